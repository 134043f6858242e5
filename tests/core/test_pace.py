from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.errors import Invalid
from okrtui.core.pace import Pace, pace, silent

STARTS = date(2026, 6, 1)  # a Monday
ENDS = STARTS + timedelta(days=99)  # 100 days: one point a day


def after(days: int) -> date:
    return STARTS + timedelta(days=days)


@pytest.mark.parametrize(
    ("share", "days", "words"),
    [
        (0.5, 50, "on pace"),
        (0.6, 50, "on pace"),
        (0.4, 50, "on pace"),
        (0.61, 50, "ahead by 11 points"),
        (0.62, 50, "ahead by 12 points"),
        (0.39, 50, "behind by 11 points"),
        (1.0, 50, "ahead by 50 points"),
        (0.0, 99, "behind by 99 points"),
        (0.0, 100, "behind by 100 points"),
        (0.89, 300, "behind by 11 points"),
        (0.0, 0, "on pace"),
        (0.0, 13, "on pace"),
        (0.0, 14, "behind by 14 points"),
        (0.15, 0, "on pace"),
        (0.16, 0, "ahead by 16 points"),
        (0.28, 13, "on pace"),
        (0.29, 13, "ahead by 16 points"),
        (0.24, 14, "on pace"),
        (0.25, 14, "ahead by 11 points"),
        (0.0, -30, "on pace"),
    ],
)
def test_pace(share: float, days: int, words: str) -> None:
    found = pace(share, STARTS - timedelta(days=20), after(days), STARTS, ENDS)
    assert found is not None
    assert found.text == words


def test_points_carry_their_sign() -> None:
    assert pace(0.3, STARTS, after(50), STARTS, ENDS) == Pace("behind", -20)
    assert pace(0.7, STARTS, after(50), STARTS, ENDS) == Pace("ahead", 20)
    assert pace(0.55, STARTS, after(50), STARTS, ENDS) == Pace("on pace", 5)


def test_time_runs_from_the_day_it_was_agreed() -> None:
    agreed = after(50)
    assert pace(0.0, agreed, after(60), STARTS, ENDS) == Pace("behind", -20)
    assert pace(0.0, agreed, after(57), STARTS, ENDS) == Pace("on pace", -14)  # its own first two weeks
    assert pace(0.5, agreed, after(75), STARTS, ENDS) == Pace("on pace", 0)


def test_no_pace() -> None:
    assert pace(None, STARTS, after(50), STARTS, ENDS) is None
    assert pace(0.5, ENDS + timedelta(days=1), after(120), STARTS, ENDS) is None
    assert pace(1.0, ENDS, ENDS + timedelta(days=1), STARTS, ENDS) == Pace("on pace", 0)


@given(st.floats(0, 1), st.integers(-50, 99), st.integers(-50, 200), st.integers(0, 60))
def test_pace_judges_what_it_shows(share: float, agreed: int, today: int, later: int) -> None:
    found = pace(share, after(agreed), after(today), STARTS, ENDS)
    assert found is not None
    assert -100 <= found.points <= 100
    tolerance = 15 if today - max(agreed, 0) < 14 else 10
    assert found.state == ("on pace" if abs(found.points) <= tolerance else "ahead" if found.points > 0 else "behind")
    once_more = pace(share, after(agreed), after(today + later), STARTS, ENDS)
    assert once_more is not None
    assert once_more.points <= found.points


# Due days: Fridays 5 June (week 1), 12 June (week 2), …
@pytest.mark.parametrize(
    ("checked", "agreed", "today", "owed"),
    [
        (None, 0, 4, False),  # Friday is not over
        (None, 0, 5, True),
        (1, 0, 5, False),
        (1, 0, 11, False),
        (1, 0, 12, True),
        (2, 0, 12, False),
        (3, 0, 12, False),  # ahead of time is fine
        (None, 4, 5, True),  # agreed on the due day
        (None, 5, 6, False),  # agreed the day after
        (None, 5, 11, False),
        (None, 5, 12, True),
        (None, -10, -1, False),
        (None, 0, 150, True),
        (14, 0, 150, False),
        (13, 0, 150, True),
    ],
)
def test_silent(checked: int | None, agreed: int, today: int, owed: bool) -> None:
    assert silent(checked, after(agreed), after(today), STARTS, ENDS) is owed


def test_silent_by_the_teams_due_day() -> None:
    assert silent(None, STARTS, after(1), STARTS, ENDS, 0)
    assert not silent(None, STARTS, after(1), STARTS, ENDS, 1)


def test_silent_in_no_cycle() -> None:
    with pytest.raises(Invalid):
        silent(None, STARTS, ENDS, ENDS, STARTS)
