"""A review of scores and its clock: who keeps it, which key result it is at, and how long that may take.

Whoever keeps it is heard of every few seconds. Of one who was not for `DROPPED` the clock stood still since they were heard of
last, and the review is on offer: that follows from what is kept, and nobody has to record it. Times are seconds since
1970.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BOX_MINUTES = 5
"""What a key result is given, until its keeper says otherwise."""

DROPPED = 60.0
"""How long the line of a keeper may be silent before the review is on offer (method, "Two sides")."""

FORGOTTEN = 4 * 3600.0
"""How long a review is on offer before it counts as over."""


@dataclass(frozen=True, slots=True)
class Review:
    """A review as it was read; it tells its clock at any later moment.

    ``trail`` are the refs of the key results it has been at, in that order, and ``place`` the one it is at now. ``remaining``
    are the seconds that were left of its time box at ``since``; without that the clock stands still.
    """

    team: str
    cycle: str
    keeper_id: int
    keeper: str
    heard: float
    trail: tuple[str, ...]
    place: int
    minutes: int
    remaining: float
    since: float | None

    @property
    def item(self) -> str:
        """The key result it is at."""
        return self.trail[self.place] if 0 <= self.place < len(self.trail) else ""

    def is_on_offer(self, now: float) -> bool:
        """Whether nobody keeps it now."""
        return now - self.heard > DROPPED

    def is_over(self, now: float) -> bool:
        """Whether nobody has kept it for so long that it counts as ended."""
        return now - self.heard > FORGOTTEN

    def runs(self, now: float) -> bool:
        """Whether its clock runs."""
        return self.since is not None and not self.is_on_offer(now)

    def left(self, now: float) -> float:
        """Seconds left of the time box, 0 once it is over."""
        if self.since is None:
            return self.remaining
        until = self.heard if self.is_on_offer(now) else now
        return min(self.remaining, max(0.0, self.remaining - (until - self.since)))

    # What its keeper does

    def went_on(self, item: str, now: float) -> Review:
        """Go on to a key result: along the trail where it is the next there, else it is the trail's new end."""
        ahead = self.place + 1
        trail = self.trail if self.trail[ahead : ahead + 1] == (item,) else (*self.trail, item)
        return replace(self, trail=trail, place=ahead if trail is self.trail else len(trail) - 1)._boxed(now)

    def went_back(self, now: float) -> Review:
        """Go back to the key result before; at the first one stay there."""
        return replace(self, place=max(0, self.place - 1))._boxed(now)

    def boxed(self, minutes: int, now: float) -> Review:
        """Give this key result, and those after it, so many minutes each, from now."""
        return replace(self, minutes=minutes)._boxed(now)

    def paused(self, now: float) -> Review:
        """Stop the clock for a break, or let it run again."""
        return replace(self, heard=now, remaining=self.left(now), since=None if self.runs(now) else now)

    def kept_by(self, keeper_id: int, keeper: str, now: float) -> Review:
        """Let somebody else keep it; the clock goes on where it stood."""
        return replace(self, keeper_id=keeper_id, keeper=keeper, heard=now, remaining=self.left(now), since=now)

    def _boxed(self, now: float) -> Review:
        return replace(self, heard=now, remaining=self.minutes * 60.0, since=now)


def next_item(review: Review, agenda: Sequence[tuple[str, bool]]) -> str:
    """The key result after the one a review is at; empty where all others are settled.

    ``agenda`` has each with whether it is settled. One that was gone back from comes first, then what the review was not at
    yet, in the order of the agenda, then what is left unsettled.
    """
    open_ = [ref for ref, settled in agenda if not settled and ref != review.item]
    ahead = [ref for ref in review.trail[review.place + 1 : review.place + 2] if any(ref == one for one, _ in agenda)]
    new = [ref for ref in open_ if ref not in review.trail]
    return next(iter((*ahead, *new, *open_)), "")
