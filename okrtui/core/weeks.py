"""The weeks of a cycle and their due days (design/1-method.md, "Weeks").

Pure calendar arithmetic on whole days. "Today" comes in as an argument: see `local_day` for the day in a cycle's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid

if TYPE_CHECKING:
    from datetime import tzinfo

FRIDAY = 4
"""The due day unless a team chose another; 0 is Monday, 6 is Sunday, as in `date.weekday`."""

_SHORTEST = 4  # days; what is shorter at either end of a cycle joins its neighbour


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a cycle: its number from 1, its first and last day, both in it; 4 to 13 days, fewer in a tiny cycle."""

    number: int
    first: date
    last: date


def weeks(starts: date, ends: date) -> tuple[Week, ...]:
    """Return the weeks of the cycle from ``starts`` through ``ends``, in order, without gap or overlap.

    Weeks end on Sundays. A part of fewer than four days at either end joins its neighbour; what is left with no
    neighbour is one week. Raises `Invalid` when the cycle ends before it starts.
    """
    first, last = _calendar_weeks(starts, ends)
    return tuple(_week(index, first, last, starts, ends) for index in range(first, last + 1))


def week_of(day: date, starts: date, ends: date) -> Week | None:
    """Return the week ``day`` lies in, None outside the cycle. Raises `Invalid` as `weeks` does."""
    first, last = _calendar_weeks(starts, ends)
    if not starts <= day <= ends:
        return None
    return _week(min(max(_calendar_week(day), first), last), first, last, starts, ends)


def due_day(week: Week, due_weekday: int = FRIDAY) -> date:
    """Return the last ``due_weekday`` (0 Monday to 6 Sunday) in ``week``, or its last day where it has none."""
    due = week.last.toordinal() - (week.last.weekday() - due_weekday) % 7
    return date.fromordinal(due) if due >= week.first.toordinal() else week.last


def last_due_week(day: date, starts: date, ends: date, due_weekday: int = FRIDAY) -> Week | None:
    """Return the latest week whose due day ended before ``day`` began, None while there is none.

    After the cycle that is its last week. Raises `Invalid` as `weeks` does.
    """
    week = week_of(min(day, ends), starts, ends)
    if week is None or due_day(week, due_weekday) < day:
        return week
    if week.number == 1:
        return None
    return week_of(date.fromordinal(week.first.toordinal() - 1), starts, ends)


def local_day(now: datetime, zone: str) -> date:
    """Return the day it is in the time zone called ``zone`` (such as "Europe/Madrid") at ``now``, an aware time.

    Raises `Invalid` when nothing is known of such a zone, ValueError when ``now`` is naive.
    """
    if now.utcoffset() is None:
        raise ValueError("the time must say its zone")
    return now.astimezone(_zone(zone)).date()


def ends_of(day: date, zone: str) -> datetime:
    """Return the moment ``day`` is over in the time zone called ``zone``: the first one of the day after.

    Raises `Invalid` when nothing is known of such a zone.
    """
    return datetime.combine(day + timedelta(days=1), time.min, _zone(zone))


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # 5 ms that a start need not pay

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        sentence = f'There is no time zone called "{name}": name one as "Europe/Madrid" or "UTC".'
        raise Invalid(sentence) from error


def defence_from(starts: date, ends: date) -> date:
    """Return the first day of the week in which a cycle is two thirds through: the ninth of a quarter of thirteen.

    From it on every agreed key result asks its team whether it would still argue for it (method, "Week nine").
    """
    days = (ends - starts).days + 1
    week = week_of(starts + timedelta(days=2 * days // 3), starts, ends)
    return week.first if week else ends


def defence_due(today: date, starts: date, ends: date) -> bool:
    """Return whether a cycle is far enough for its key results to be defended."""
    return today >= defence_from(starts, ends)


def _calendar_week(day: date) -> int:
    """Return a number that goes up by one each Monday."""
    return (day.toordinal() - 1) // 7


def _calendar_weeks(starts: date, ends: date) -> tuple[int, int]:
    """Return the calendar weeks that the cycle's first and last week are named after."""
    if ends < starts:
        raise Invalid(f"A cycle cannot end ({ends}) before it starts ({starts}): change one of the dates.")
    first = _calendar_week(starts) + (7 - starts.weekday() < _SHORTEST)
    last = _calendar_week(ends) - (ends.weekday() + 1 < _SHORTEST)
    return first, max(first, last)


def _week(index: int, first: int, last: int, starts: date, ends: date) -> Week:
    return Week(
        number=index - first + 1,
        first=starts if index == first else date.fromordinal(7 * index + 1),
        last=ends if index == last else date.fromordinal(7 * index + 7),
    )
