"""Who keeps a running workshop, as long as their line holds; and who is in it, by their presence.

A keeper with a screen open is heard of every few seconds, in the second file. One whose line dropped leaves the clock
paused, dated when they were last heard of, and on offer; whoever notices first, on a screen or by a command, records it. A
keeper who never had a screen open, as one who starts it from the command line, has no line that could drop.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from time import time
from typing import TYPE_CHECKING

from okrtui.core.workshops import left_at
from okrtui.service.session import read_stamp, stamp
from okrtui.store import cycles, people, teams, workshops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from okrtui.service.presence import Spot
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.workshops import Workshop

LOOK_SECONDS = 5.0
PAGE = "workshop"


class Watch:
    """One session among the others, on the gateway's thread."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        """``clock`` gives seconds since 1970: the same for all who share the file, whatever day a rehearsal plays."""
        self._clock = clock
        self._looked = 0.0
        self._spot: Spot | None = None

    def look(self, session: Session, spot: Spot) -> Callable[[Session], None] | None:
        """Say that this keeper is here, every few seconds; what is to be recorded, None while there is nothing."""
        now = self._clock()
        if spot == self._spot and 0 <= now - self._looked < LOOK_SECONDS:
            return None
        self._spot, self._looked = spot, now
        with session.reading() as view:
            running = workshops.running(view.connection)
            if any(_is_left(session, view, one) or _is_new(view, one, spot) for one in running):
                return partial(settle, spot=spot)
        _hear(session, running, now)
        return None

    def leave(self, session: Session) -> None:
        """Be heard of for the last time."""
        with session.store.reading() as connection:
            running = workshops.running(connection)
        _hear(session, running, self._clock())


def settle(session: Session, spot: Spot | None = None) -> None:
    """Record what was noticed: keepers who left; and that whoever looks is in the workshop of the spot, whose clock runs."""
    with session.writing() as deed:
        for one in workshops.running(deed.connection):
            still_running = released(session, deed, one) is one
            if spot is not None and still_running and _is_new(deed, one, spot):
                workshops.attend(deed.connection, one.id, deed.person_id, "present", deed.at)
                _record(deed, "workshop.attend", one, {"present": deed.actor.handle})


def begin_anew(session: Session, number: int, *, has_line: bool) -> None:
    """Before a workshop gets another keeper: forget when the one before was heard of.

    ``has_line`` says that whoever acts keeps it, and has a screen open: their line may drop from now on.
    """
    if has_line and session.person_id is not None:
        work = partial(workshops.hear, number=number, person_id=session.person_id, at=time())
    else:
        work = partial(workshops.forget_keeper, number=number)
    session.store.live.write(work)


def _hear(session: Session, running: Iterable[Workshop], at: float) -> None:
    me = session.person_id
    for one in running:
        if me is not None and one.keeper_id == me:
            session.store.live.write(partial(workshops.hear, number=one.id, person_id=me, at=at))


def released(session: Session, deed: Deed, found: Workshop) -> Workshop:
    """The workshop; where its keeper left, with its clock paused at that time, and on offer."""
    at = _left(session, deed, found)
    if at is None:
        return found
    keeper = people.handles(deed.connection, [found.keeper_id])
    workshops.stop(deed.connection, found.id, stamp(at))
    workshops.change(deed.connection, found.id, {"keeper_id": None})
    told = {"left": next(iter(keeper.values()), ""), "at": stamp(at)}
    _record(deed, "workshop.pause", found, told)
    stands = workshops.by_id(deed.connection, found.id)
    assert stands is not None  # noqa: S101  # no workshop is ever taken away
    return stands


def _record(deed: Deed, verb: str, found: Workshop, told: Mapping[str, object]) -> None:
    """Record what was noticed: nobody decided it, so no leave is asked."""
    deed.record(verb, found.ref, cycle_id=found.cycle_id, team_id=found.team_id, after=told)


def _is_left(session: Session, view: View, found: Workshop) -> bool:
    return _left(session, view, found) is not None


def _left(session: Session, view: View, found: Workshop) -> datetime | None:
    """When the keeper of a running clock left; None while they are here, or where the clock stands still."""
    keeper = found.keeper_id
    going = next((one for one in workshops.sittings(view.connection, [found.id]) if one.ends_at is None), None)
    if keeper is None or going is None:
        return None
    heard = session.store.live.read(lambda connection: workshops.heard(connection, found.id, keeper))
    if heard is None:
        return None
    return left_at(view.now, timedelta(seconds=time() - heard), read_stamp(going.starts_at))


def _is_new(view: View, found: Workshop, spot: Spot) -> bool:
    """Whether whoever looks is on the screen of this workshop and is not among its people yet."""
    me = view.actor.person_id
    if me is None or spot.page != PAGE:
        return False
    team, cycle = teams.by_id(view.connection, found.team_id), cycles.by_id(view.connection, found.cycle_id)
    here = team is not None and (spot.team, spot.cycle) == (team.slug, cycle.name)
    return here and all(one.person_id != me for one in workshops.attendance(view.connection, [found.id]))
