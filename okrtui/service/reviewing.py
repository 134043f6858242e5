"""Looking at the review that goes on, several times a second, and being heard of while one keeps it."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

from okrtui.core import reviews as rules
from okrtui.core.acts import Act
from okrtui.service import find
from okrtui.store import reviews as rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.core.reviews import Review
    from okrtui.service.presence import Spot
    from okrtui.service.session import Session
    from okrtui.store.live import Live

HEARD_SECONDS = 5.0
PAGE = "scoring"

NOT_KEPT = "Nobody keeps a review of this team: keep it (K)."


class Reviewing:
    """One session among the others, on the second file's thread where there is an event loop."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        """``clock`` gives seconds since 1970: the same for all who share the file."""
        self._clock = clock
        self._heard = 0.0

    def look(self, session: Session, spot: Spot | None, *, live: Live) -> Review | None:
        """Say that this keeper is here, every few seconds; the review of the scores that are shown, if one goes on."""
        now = self._clock()
        me = session.person_id
        if me is not None and not 0 <= now - self._heard < HEARD_SECONDS:
            self._heard = now
            if live.read(lambda connection: rows.keeps_any(connection, me)):
                live.write(lambda connection: rows.hear(connection, me, now, left_since=now - rules.DROPPED))
        if spot is None or spot.page != PAGE:
            return None
        return of_team(session, spot.team, spot.cycle, live=live, now=now)


def of_team(
    session: Session, team: str, cycle: str, *, live: Live | None = None, now: float | None = None
) -> Review | None:
    """The review of a team's scores in a cycle; None where none goes on."""
    found = (live or session.store.live).read(lambda connection: rows.of_team(connection, team))
    if found is None or found.cycle != cycle or found.is_over(time() if now is None else now):
        return None
    return found


def why_not(session: Session, team: str, cycle: str | None) -> str:
    """Why no review may be kept of a team's scores; empty where one may."""
    with session.reading() as view:
        return view.may(
            Act.REVIEW_KEEP, find.team_in_cycle(view, find.team(view, team), find.cycle(view, cycle))
        ).refusal


def why_not_mine(review: Review | None, me: int | None, now: float) -> str:
    """Why somebody may not lead a review on; empty where they keep it."""
    if review is None:
        return NOT_KEPT
    if review.is_on_offer(now):
        return f"The review is on offer since @{review.keeper} left: take it up (K)."
    if review.keeper_id != me:
        return f"@{review.keeper} keeps the review: follow (@), or take it over (K)."
    return ""
