"""Who is here, and where: each session says so every ten seconds, and is forgotten after thirty without a word.

Where somebody is, down to the thing their cursor is on, is what those who follow them go by. It is of the moment: it stands in
the second file alone, in no event and no export.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from time import time
from typing import TYPE_CHECKING

from okrtui.core.errors import AccessEnded
from okrtui.store import people, presence
from okrtui.store.presence import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from okrtui.service.session import Session
    from okrtui.store.live import Live

HEARTBEAT_SECONDS = 10.0
FORGOTTEN_SECONDS = 30.0
TELL_SECONDS = 0.2
"""How long after it was said where somebody is it is said again: a key that is held is no write each."""
LOOK_SECONDS = 5.0
"""How often those are looked for who have said nothing for too long; who says something is seen at the next look."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody is: a page of a team and a cycle, and the form that is open there, if one is.

    ``ref`` is what the cursor is on, ``view`` says in words of the page's own how it is shown, ``scroll`` how far down the text
    stands that is read, from 0 to 1. ``follows`` is the person whose screen this one goes along with.
    """

    page: str
    team: str
    cycle: str = ""
    form: str = ""
    ref: str = ""
    view: str = ""
    scroll: float = 0.0
    follows: int | None = None

    @property
    def place(self) -> Spot:
        """The page, and the form: what does not change with every key."""
        return Spot(self.page, self.team, self.cycle, self.form)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who is here; of who is here twice, the window in which they moved last. The operator's id is 0."""

    handle: str
    spot: Spot
    person_id: int


class Presence:
    """One session among the others, on the second file's thread where there is an event loop."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        """``clock`` gives seconds since 1970: the same for all who share the file, whatever day a rehearsal plays."""
        self._clock = clock
        self._since = clock()
        self.token = os.urandom(8).hex()
        """What this session is called in the second file."""
        self._handle: str | None = None
        self._known = 0.0
        self._spot: Spot | None = None
        self._moved = self._said = 0.0
        self._looked = 0.0
        self._version = -1
        self._others: tuple[Present, ...] = ()
        self._left = False

    def identify(self, session: Session) -> None:
        """Look up who this is, every ten seconds, on the thread that reads the file: whose access ends is here no longer."""
        now = self._clock()
        if self._handle is None or not 0 <= now - self._known < HEARTBEAT_SECONDS:
            self._handle, self._known = _handle(session), now

    def look(self, session: Session, spot: Spot | None, *, live: Live | None = None) -> tuple[Present, ...]:
        """Say where this session is, where that is due, and see who else is here, a person once, by handle.

        Without ``live``, the second file as its own thread has it, all of it is done here. Without ``spot`` nothing is said.

        Raises:
            AccessEnded: the session was sent away.
        """
        if live is None:
            live = session.store.live
            self.identify(session)
        now = self._clock()
        if spot is not None and (self._spot is None or spot.place != self._spot.place or self._is_quiet(now)):
            self.tell(session, spot, live=live)
        version = live.data_version()
        if version != self._version or not 0 <= now - self._looked < LOOK_SECONDS:
            self._version, self._looked = version, now
            if why := live.read(lambda connection: presence.why_sent_away(connection, self.token)):
                raise AccessEnded(why)
            self._others = _others(_rows(live, now), session.person_id or 0)
        return self._others

    def tell(self, session: Session, spot: Spot, *, live: Live) -> None:
        """Say where this session is, where it is not said yet or was said too long ago."""
        now = self._clock()
        is_due = not 0 <= now - self._said < HEARTBEAT_SECONDS
        if self._handle is None or self._left or (spot == self._spot and not is_due):
            return
        if self._spot is None or replace(spot, form="") != replace(self._spot, form=""):
            self._moved = now
        row = Row(
            self.token,
            session.person_id or 0,
            self._handle,
            spot.page,
            spot.form,
            spot.cycle,
            spot.team,
            spot.ref,
            spot.view,
            spot.scroll,
            spot.follows,
            self._moved,
            now,
            self._since,
            os.getpid(),
            session.way,
        )
        if live.write(lambda connection: presence.put(connection, row)):
            self._spot, self._said = spot, now

    def _is_quiet(self, now: float) -> bool:
        """Whether nothing was said for a moment: where the cursor is may be said again."""
        return not 0 <= now - self._said < TELL_SECONDS

    def leave(self, session: Session, *, live: Live | None = None) -> None:
        """Be gone at once, and for good."""
        self._left = True
        before = self._clock() - FORGOTTEN_SECONDS
        (live or session.store.live).write(lambda found: presence.take_away(found, self.token, before=before))


def present_people(session: Session, clock: Callable[[], float] = time) -> frozenset[int]:
    """The ids of everybody who is here now, on whatever screen."""
    return frozenset(row.person_id for row in _rows(session.store.live, clock()))


def circle(others: Iterable[Present], me: int, whom: int) -> tuple[int, ...]:
    """Those who would go round with ``me`` following ``whom``, each following the one before; empty where nobody would."""
    follows: Mapping[int, int | None] = {one.person_id: one.spot.follows for one in others}
    round_: list[int] = [me]
    at: int | None = whom
    while at is not None and at not in round_:
        round_.append(at)
        at = follows.get(at)
    return tuple(round_) if at == me else ()


def _rows(live: Live, now: float) -> list[Row]:
    return live.read(lambda connection: presence.since(connection, now - FORGOTTEN_SECONDS)) or []


def _others(rows: Iterable[Row], mine: int) -> tuple[Present, ...]:
    return everybody(row for row in rows if row.person_id != mine)


def everybody(rows: Iterable[Row]) -> tuple[Present, ...]:
    """Whose sessions these are, a person once, by handle."""
    latest = {row.handle: row for row in sorted(rows, key=lambda row: row.moved)}
    return tuple(Present(handle, _spot(row), row.person_id) for handle, row in sorted(latest.items()))


def _spot(row: Row) -> Spot:
    return Spot(row.page, row.team, row.cycle, row.form, row.ref, row.view, row.scroll, row.follows)


def _handle(session: Session) -> str | None:
    """Who it is; None where their access was switched off."""
    if session.person_id is None:
        return "operator"
    with session.store.reading() as connection:
        person = people.by_id(connection, session.person_id)
    return person.handle if person is not None and person.active else None
