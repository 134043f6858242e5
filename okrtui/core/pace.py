"""Pace: progress against the time gone, and who owes a check-in (design/1-method.md, "KR kinds, progress, pace")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from okrtui.core.weeks import FRIDAY, due_day, last_due_week

if TYPE_CHECKING:
    from datetime import date

EARLY_DAYS = 14
EARLY_TOLERANCE = 15  # points, in a key result's first two weeks
TOLERANCE = 10  # points, after them


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a key result stands against the time gone; ``points`` of 100, above 0 ahead of it, below 0 behind."""

    state: Literal["on pace", "ahead", "behind"]
    points: int

    @property
    def text(self) -> str:
        """Return the words shown, such as "behind by 9 points"."""
        return self.state if self.state == "on pace" else f"{self.state} by {abs(self.points)} points"


def pace(share: float | None, agreed: date, today: date, starts: date, ends: date) -> Pace | None:
    """Return the pace of an increase, a decrease or a milestone, whose progress is ``share`` (0 to 1).

    Expected is the share of whole days gone since it was agreed, or since the cycle's first day if that is later,
    through the cycle's last day: nothing on the first of them, all on the day after the last. Points are rounded first,
    so that what is shown is what is judged; at the tolerance it is on pace. None without data, and where it was agreed
    after the cycle's last day.
    """
    begins = max(agreed, starts)
    if share is None or begins > ends:
        return None
    gone, days = (today - begins).days, (ends - begins).days + 1
    points = round((share - min(max(gone / days, 0.0), 1.0)) * 100)
    if abs(points) <= (EARLY_TOLERANCE if gone < EARLY_DAYS else TOLERANCE):
        return Pace("on pace", points)
    return Pace("ahead" if points > 0 else "behind", points)


def silent(
    last_checked_week: int | None, agreed: date, today: date, starts: date, ends: date, due_weekday: int = FRIDAY
) -> bool:
    """Say whether a key result owes the check-in of the latest week whose due day is over.

    ``last_checked_week`` is the number of the latest week it was checked in for, None for never. What was agreed after
    that due day owes nothing yet. Raises `Invalid` when the cycle ends before it starts.
    """
    week = last_due_week(today, starts, ends, due_weekday)
    if week is None or agreed > due_day(week, due_weekday):
        return False
    return last_checked_week is None or last_checked_week < week.number
