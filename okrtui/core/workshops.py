"""The workshop's clock and what its length asks (method, "The first session is a workshop, not a form")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class WorkshopState(StrEnum):
    """Whether more may be written into a workshop; one that is closed is opened by a further sitting."""

    OPEN = "open"
    CLOSED = "closed"


class Prompt(StrEnum):
    """What the notes answer, in the order in which it is asked."""

    DAY_TO_DAY = "day_to_day"
    MEASURE = "measure"


QUESTIONS = {
    Prompt.DAY_TO_DAY: "What does this mean in our day-to-day?",
    Prompt.MEASURE: "What would we measure to know it is happening?",
}

FIRST_MINUTES = (90, 120)
LATER_MINUTES = (60, 75)
HURRIED_BELOW = 60
STUCK_BEYOND = 180

DROPPED = timedelta(seconds=60)
"""How long the line of a keeper may be silent before the clock counts as left (method, "Two sides")."""

TEMPLATE = "Was this a template being filled in?"
UNDERSPECIFIED = "The objective is probably underspecified: push back instead of adding key results."


@dataclass(frozen=True, slots=True)
class Span:
    """A sitting from its start to the break that ended it; ``ends`` is None while the clock runs."""

    starts: datetime
    ends: datetime | None = None

    def seconds(self, now: datetime) -> int:
        """How long it lasted by ``now``; never below 0, also where a clock was set back."""
        return max(0, int(((self.ends or now) - self.starts).total_seconds()))

    def covers(self, moment: datetime) -> bool:
        """Whether a moment lies in it, both ends included."""
        return self.starts <= moment and (self.ends is None or moment <= self.ends)


@dataclass(frozen=True, slots=True)
class Clock:
    """A workshop's clock as it was read: it tells the time worked at any later moment, without asking again.

    ``box`` is the second of working time at which the time box ends, None while there is none; a break stops it too.
    """

    spans: tuple[Span, ...]
    is_first: bool
    box: int | None = None

    @property
    def runs(self) -> bool:
        """Whether a sitting is going on."""
        return any(span.ends is None for span in self.spans)

    def seconds(self, now: datetime) -> int:
        """Seconds worked by ``now``: sittings add up, breaks do not count."""
        return sum(span.seconds(now) for span in self.spans)

    def left_in_box(self, now: datetime) -> int | None:
        """Seconds until the time box ends, 0 once it has; None without one."""
        return None if self.box is None else max(0, self.box - self.seconds(now))


def meant_minutes(*, is_first: bool) -> tuple[int, int]:
    """From and to how many minutes a workshop is meant to last: a team's first, or a later one."""
    return FIRST_MINUTES if is_first else LATER_MINUTES


def advice(seconds: int, *, is_first: bool) -> str:
    """What the length so far says while people work; empty while there is nothing to say."""
    least, most = meant_minutes(is_first=is_first)
    minutes = seconds / 60
    if minutes > STUCK_BEYOND:
        return UNDERSPECIFIED
    if minutes > most:
        return f"Past the {most} minutes it is meant to take: what is still open can wait for another sitting."
    return "Long enough to close." if minutes >= least else ""


def closing_question(seconds: int) -> str:
    """What ending now asks: the answer is kept, and none is needed. Empty where the length asks nothing."""
    if seconds < HURRIED_BELOW * 60:
        return TEMPLATE
    return UNDERSPECIFIED if seconds > STUCK_BEYOND * 60 else ""


def left_at(now: datetime, silent: timedelta, sitting: datetime) -> datetime | None:
    """When a keeper left who was last heard of ``silent`` ago; None while that is not long.

    Never before their sitting began.
    """
    return max(sitting, now - silent) if silent > DROPPED else None


def next_prompt(prompt: Prompt) -> Prompt:
    """The prompt after this one; after the last comes the first again."""
    order = tuple(Prompt)
    return order[(order.index(prompt) + 1) % len(order)]


def length(seconds: int) -> str:
    """Working time as people read it: "1:05:30", "0:59:07"."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
