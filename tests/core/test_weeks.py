from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrtui.core.errors import Invalid
from okrtui.core.weeks import (
    Week,
    defence_due,
    defence_from,
    due_day,
    ends_of,
    last_due_week,
    local_day,
    week_of,
    weeks,
)

DAY = timedelta(days=1)
MON, FRI, SUN = 0, 4, 6


def day(text: str) -> date:
    return date.fromisoformat(text)


@st.composite
def cycles(draw: st.DrawFn, longest: int = 200) -> tuple[date, date]:
    starts = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    return starts, starts + timedelta(days=draw(st.integers(0, longest)))


def spans(starts: str, ends: str) -> list[tuple[str, str]]:
    return [(f"{week.first:%a %d}", f"{week.last:%a %d}") for week in weeks(day(starts), day(ends))]


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [  # June 2026 begins on a Monday
        ("2026-06-01", "2026-06-14", [("Mon 01", "Sun 07"), ("Mon 08", "Sun 14")]),
        ("2026-06-04", "2026-06-14", [("Thu 04", "Sun 07"), ("Mon 08", "Sun 14")]),
        ("2026-06-05", "2026-06-14", [("Fri 05", "Sun 14")]),
        ("2026-06-07", "2026-06-21", [("Sun 07", "Sun 14"), ("Mon 15", "Sun 21")]),
        ("2026-06-01", "2026-06-11", [("Mon 01", "Sun 07"), ("Mon 08", "Thu 11")]),
        ("2026-06-01", "2026-06-10", [("Mon 01", "Wed 10")]),
        ("2026-06-01", "2026-06-08", [("Mon 01", "Mon 08")]),
        ("2026-06-05", "2026-06-10", [("Fri 05", "Wed 10")]),
        ("2026-06-05", "2026-06-17", [("Fri 05", "Wed 17")]),
        ("2026-06-05", "2026-06-18", [("Fri 05", "Sun 14"), ("Mon 15", "Thu 18")]),
        ("2026-06-07", "2026-06-08", [("Sun 07", "Mon 08")]),
        ("2026-06-02", "2026-06-02", [("Tue 02", "Tue 02")]),
        ("2026-06-06", "2026-06-07", [("Sat 06", "Sun 07")]),
    ],
)
def test_weeks(starts: str, ends: str, expected: list[tuple[str, str]]) -> None:
    assert spans(starts, ends) == expected


def test_a_quarter() -> None:
    quarter = weeks(day("2026-01-01"), day("2026-03-31"))  # Thursday to Tuesday
    assert len(quarter) == 13
    assert quarter[0] == Week(1, day("2026-01-01"), day("2026-01-04"))
    assert quarter[-1] == Week(13, day("2026-03-23"), day("2026-03-31"))


@settings(max_examples=1000)
@given(cycles())
def test_weeks_partition_the_cycle(cycle: tuple[date, date]) -> None:
    starts, ends = cycle
    found = weeks(starts, ends)
    assert [week.number for week in found] == list(range(1, len(found) + 1))
    assert (found[0].first, found[-1].last) == cycle
    for earlier, later in pairwise(found):
        assert later.first - earlier.last == DAY
        assert earlier.last.weekday() == SUN
    shortest = min(4, (ends - starts).days + 1)
    assert all(shortest <= (week.last - week.first).days + 1 <= 13 for week in found)
    assert all((week.last - week.first).days == 6 for week in found[1:-1])


@settings(max_examples=500)
@given(cycles(), st.integers(-20, 220))
def test_the_week_of_a_day_is_the_one_it_lies_in(cycle: tuple[date, date], offset: int) -> None:
    some_day = cycle[0] + timedelta(days=offset)
    expected = [week for week in weeks(*cycle) if week.first <= some_day <= week.last]
    assert week_of(some_day, *cycle) == (expected[0] if expected else None)


def test_the_ends_of_the_calendar() -> None:
    assert weeks(date.min, date.max)[-1].last == date.max
    week = week_of(date.max, date.min, date.max)
    assert week is not None
    assert due_day(week, SUN) <= date.max
    assert due_day(Week(1, date.min, date(1, 1, 3)), FRI) == date(1, 1, 3)


def test_a_cycle_that_ends_before_it_starts() -> None:
    for rule in (weeks, lambda *dates: week_of(dates[0], *dates), lambda *dates: last_due_week(dates[0], *dates)):
        with pytest.raises(Invalid, match="cannot end"):
            rule(day("2026-06-02"), day("2026-06-01"))


@pytest.mark.parametrize(
    ("first", "last", "due_weekday", "due"),
    [
        ("2026-06-01", "2026-06-07", FRI, "2026-06-05"),
        ("2026-06-01", "2026-06-07", MON, "2026-06-01"),
        ("2026-06-01", "2026-06-07", SUN, "2026-06-07"),
        ("2026-06-01", "2026-06-04", FRI, "2026-06-04"),  # no Friday in it
        ("2026-06-04", "2026-06-07", MON, "2026-06-07"),
        ("2026-06-05", "2026-06-14", FRI, "2026-06-12"),  # two Fridays
        ("2026-06-01", "2026-06-10", MON, "2026-06-08"),
        ("2026-06-01", "2026-06-10", FRI, "2026-06-05"),
    ],
)
def test_due_day(first: str, last: str, due_weekday: int, due: str) -> None:
    assert due_day(Week(1, day(first), day(last)), due_weekday) == day(due)


@pytest.mark.parametrize(
    ("today", "number"),
    [
        ("2026-05-01", None),
        ("2026-06-01", None),
        ("2026-06-05", None),  # Friday itself is not over
        ("2026-06-06", 1),
        ("2026-06-12", 1),
        ("2026-06-13", 2),
        ("2026-06-14", 2),
        ("2026-06-15", 2),
        ("2027-01-01", 2),
    ],
)
def test_last_due_week(today: str, number: int | None) -> None:
    week = last_due_week(day(today), day("2026-06-01"), day("2026-06-14"))
    assert (week.number if week else None) == number


@settings(max_examples=500)
@given(cycles(), st.integers(-20, 220), st.integers(0, 6))
def test_the_last_due_week_is_the_latest_whose_due_day_is_over(
    cycle: tuple[date, date], offset: int, due_weekday: int
) -> None:
    today = cycle[0] + timedelta(days=offset)
    over = [week for week in weeks(*cycle) if due_day(week, due_weekday) < today]
    assert last_due_week(today, *cycle, due_weekday) == (over[-1] if over else None)
    assert all(week.first <= due_day(week, due_weekday) <= week.last for week in weeks(*cycle))


@pytest.mark.parametrize(
    ("zone", "local"),
    [("UTC", "2026-03-31"), ("Pacific/Auckland", "2026-04-01"), ("America/Lima", "2026-03-31")],
)
def test_the_day_is_the_one_of_the_zone(zone: str, local: str) -> None:
    assert local_day(datetime(2026, 3, 31, 23, 30, tzinfo=UTC), zone) == day(local)


def test_summer_time_moves_the_end_of_the_day() -> None:
    assert local_day(datetime(2026, 3, 27, 22, 30, tzinfo=UTC), "Europe/Madrid") == day("2026-03-27")
    assert local_day(datetime(2026, 3, 30, 22, 30, tzinfo=UTC), "Europe/Madrid") == day("2026-03-31")


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd", "/etc/passwd", "Europe", "a\x00b"])
def test_a_zone_nobody_knows(zone: str) -> None:
    with pytest.raises(Invalid, match="time zone"):
        local_day(datetime(2026, 1, 1, tzinfo=UTC), zone)


def test_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2026, 1, 1), "UTC")


@pytest.mark.parametrize(
    ("starts", "ends", "first"),
    [
        ("2027-01-04", "2027-04-04", "2027-03-01"),  # thirteen whole weeks: the ninth
        ("2026-10-01", "2026-12-31", "2026-11-30"),  # the two thirds fall on the Tuesday after
        ("2026-10-01", "2026-10-01", "2026-10-01"),
        ("2026-01-01", "2026-12-31", "2026-08-31"),
    ],
)
def test_key_results_are_defended_from_the_week_in_which_two_thirds_are_through(
    starts: str, ends: str, first: str
) -> None:
    begins = defence_from(day(starts), day(ends))
    assert begins == day(first)
    assert defence_due(begins, day(starts), day(ends))
    assert not defence_due(begins - DAY, day(starts), day(ends))


@given(cycles())
def test_the_defence_begins_with_a_week_of_the_cycle_and_leaves_time_to_act_on_it(cycle: tuple[date, date]) -> None:
    begins = defence_from(*cycle)
    assert begins in {week.first for week in weeks(*cycle)}
    assert (begins - cycle[0]).days <= 2 * (cycle[1] - cycle[0] + DAY).days / 3


@pytest.mark.parametrize("zone", ["UTC", "Europe/Madrid", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Beirut"])
def test_a_day_ends_where_the_next_begins(zone: str) -> None:
    for ahead in range(370):
        day = date(2018, 1, 1) + timedelta(days=ahead)  # with days that begin at one o'clock in two of these zones
        over = ends_of(day, zone).astimezone(UTC)
        assert local_day(over, zone) == day + timedelta(days=1)
        assert local_day(over - timedelta(seconds=1), zone) == day
