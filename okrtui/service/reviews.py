"""A review of a team's scores: who keeps it, which key result it is at, and its clock.

Keeping gives no pen: anybody may keep it, one person at a time, a team at a time. It is of the moment, and stands in the second
file alone: in no event and no export. What is said and scored in it is recorded as it always is.
"""

from __future__ import annotations

from functools import partial
from time import time
from typing import TYPE_CHECKING

from okrtui.core import reviews as rules
from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import NotAllowed
from okrtui.core.inputs import ReviewBoxEntry
from okrtui.core.reviews import Review
from okrtui.service import find
from okrtui.service.presence import FORGOTTEN_SECONDS
from okrtui.service.reviewing import NOT_KEPT, of_team, why_not_mine
from okrtui.store import presence
from okrtui.store import reviews as rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.core.leave import Thing
    from okrtui.service.session import Session, View

ALL_SETTLED = "Everything else is settled: end the review (E)."
AT_THE_FIRST = "This is the first key result of the review: go on to the next (>)."


def keep(session: Session, team: str, cycle: str, item: str, *, over: int | None = None) -> Review:
    """Keep the review from now on: begin it at a key result, or take up one that is on offer where it stopped.

    ``over`` is who keeps it now, where it is to be taken over from them.

    Raises:
        NotAllowed: somebody else keeps it, or the cycle is not scoring.
        NotFound: there is no such team or cycle.
    """
    me, handle = _somebody(session, team, cycle)
    now, live = time(), session.store.live
    known = live.read(lambda connection: rows.of_team(connection, team))
    if known is None or known.is_over(now) or (known.cycle != cycle and known.is_on_offer(now)):
        kept = Review(team, cycle, me, handle, now, (item,), 0, rules.BOX_MINUTES, rules.BOX_MINUTES * 60.0, now)
    elif known.cycle != cycle:
        raise NotAllowed(
            f"@{known.keeper} keeps the review of {known.cycle}: choose that cycle (Y), or ask them to end it."
        )
    else:
        kept = known.kept_by(me, handle, now)
    return _put(session, kept, kept_by=me if over is None else over)


def go_on(session: Session, team: str, cycle: str, agenda: Sequence[tuple[str, bool]]) -> Review:
    """Go on to the next key result of the agenda: refs, each with whether it is settled.

    Raises:
        NotAllowed: somebody else keeps the review, or all others are settled.
    """
    kept = _mine(session, team, cycle)
    item = rules.next_item(kept, agenda)
    if not item:
        raise NotAllowed(ALL_SETTLED)
    return _put(session, kept.went_on(item, time()), kept_by=kept.keeper_id)


def go_back(session: Session, team: str, cycle: str) -> Review:
    """Go back to the key result before.

    Raises:
        NotAllowed: somebody else keeps the review, or this is its first key result.
    """
    kept = _mine(session, team, cycle)
    if not kept.place:
        raise NotAllowed(AT_THE_FIRST)
    return _put(session, kept.went_back(time()), kept_by=kept.keeper_id)


def pause(session: Session, team: str, cycle: str) -> Review:
    """Stop the clock for a break, or let it run again.

    Raises:
        NotAllowed: somebody else keeps the review.
    """
    kept = _mine(session, team, cycle)
    return _put(session, kept.paused(time()), kept_by=kept.keeper_id)


def box(session: Session, minutes: object, team: str, cycle: str) -> Review:
    """Give this key result, and those after it, so many minutes each, from now.

    Raises:
        NotAllowed: somebody else keeps the review.
        Invalid: that is no number of minutes from 1 to 60.
    """
    entry = entered(ReviewBoxEntry, {"minutes": minutes})
    kept = _mine(session, team, cycle)
    return _put(session, kept.boxed(entry.minutes, time()), kept_by=kept.keeper_id)


def hand_over(session: Session, handle: str, team: str, cycle: str) -> Review:
    """Let somebody who is here keep the review from now on.

    Raises:
        NotAllowed: somebody else keeps it, or that person is not here.
    """
    kept, now = _mine(session, team, cycle), time()
    here = session.store.live.read(lambda connection: presence.since(connection, now - FORGOTTEN_SECONDS)) or []
    found = next((row for row in here if row.handle == handle), None)
    if found is None or not found.person_id:
        raise NotAllowed(f"@{handle} is not here now: hand it over to somebody who is.")
    return _put(session, kept.kept_by(found.person_id, found.handle, now), kept_by=kept.keeper_id)


def end(session: Session, team: str, cycle: str) -> bool:
    """End the review; whether it was there to be ended.

    Raises:
        NotAllowed: somebody else keeps it.
    """
    kept = _mine(session, team, cycle)
    return bool(session.store.live.read(lambda connection: rows.end(connection, team, kept.keeper_id)))


def _somebody(session: Session, team: str, cycle: str) -> tuple[int, str]:
    """Who keeps it, looked at anew.

    Raises:
        NotAllowed: the cycle is not scoring; or it is nobody of the file, or nobody active.
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        leave = view.may(Act.REVIEW_KEEP, _place(view, team, cycle))
        if not leave:
            raise NotAllowed(leave.refusal)
        return view.person_id, view.actor.handle


def _place(view: View, team: str, cycle: str) -> Thing:
    return find.team_in_cycle(view, find.team(view, team), find.cycle(view, cycle))


def _mine(session: Session, team: str, cycle: str) -> Review:
    """The review, which whoever acts keeps."""
    me, _ = _somebody(session, team, cycle)
    now = time()
    found = of_team(session, team, cycle, now=now)
    if sentence := why_not_mine(found, me, now):
        raise NotAllowed(sentence)
    assert found is not None  # noqa: S101  # the sentence says so
    return found


def _put(session: Session, review: Review, *, kept_by: int) -> Review:
    """Keep a review as it is now, unless somebody else has begun to keep it meanwhile."""
    work = partial(rows.put, review=review, kept_by=kept_by, left_since=time() - rules.DROPPED)
    done = session.store.live.read(work)
    if done is None:
        raise NotAllowed("The file of what goes on now cannot serve: try again in a moment.")
    if not done:
        found = session.store.live.read(lambda connection: rows.of_team(connection, review.team))
        raise NotAllowed(why_not_mine(found, session.person_id, time()) or NOT_KEPT)
    return review
