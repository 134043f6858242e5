"""The workshop's clock: sittings add up, breaks do not count, and the length asks what the method says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.workshops import (
    TEMPLATE,
    UNDERSPECIFIED,
    Clock,
    Prompt,
    Span,
    advice,
    closing_question,
    left_at,
    length,
    meant_minutes,
    next_prompt,
)

TEN = datetime(2026, 10, 6, 10, tzinfo=UTC)


def after(minutes):
    return TEN + timedelta(minutes=minutes)


def clock(*spans, box=None):
    made = tuple(Span(after(start), None if end is None else after(end)) for start, end in spans)
    return Clock(made, is_first=True, box=box)


@pytest.mark.parametrize(
    ("spans", "now", "minutes"),
    [
        ((), 500, 0),
        (((0, None),), 42, 42),
        (((0, 30),), 500, 30),
        (((0, 30), (40, None)), 60, 50),
        (((0, 30), (24 * 60, 24 * 60 + 45)), 9999, 75),
        (((60, None),), 30, 0),  # a clock that was set back
    ],
)
def test_sittings_add_up_and_breaks_do_not_count(spans, now, minutes):
    assert clock(*spans).seconds(after(now)) == minutes * 60


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=8), st.integers(0, 5000))
def test_the_time_is_the_sum_of_what_was_sat_through(pairs, later):
    spans, at, total = [], 0, 0
    for pause, sitting in pairs:
        at += pause
        spans.append((at, at + sitting))
        at += sitting
        total += sitting
    assert clock(*spans).seconds(after(at + later)) == total * 60


def test_it_runs_while_a_sitting_goes_on():
    assert clock((0, 10), (20, None)).runs
    assert not clock((0, 10)).runs
    assert not clock().runs


def test_a_time_box_stops_with_the_clock():
    boxed = clock((0, 10), (30, None), box=15 * 60)
    assert boxed.left_in_box(after(32)) == 3 * 60
    assert boxed.left_in_box(after(40)) == 0
    assert clock((0, 10), box=15 * 60).left_in_box(after(500)) == 5 * 60
    assert clock((0, None)).left_in_box(after(5)) is None


def test_what_a_workshop_is_meant_to_take():
    assert meant_minutes(is_first=True) == (90, 120)
    assert meant_minutes(is_first=False) == (60, 75)


@pytest.mark.parametrize(
    ("minutes", "asked"),
    [(0, TEMPLATE), (59.9, TEMPLATE), (60, ""), (75, ""), (180, ""), (180.1, UNDERSPECIFIED), (400, UNDERSPECIFIED)],
)
def test_the_closing_asks_about_the_very_short_and_the_very_long(minutes, asked):
    assert closing_question(int(minutes * 60)) == asked


@pytest.mark.parametrize(
    ("minutes", "is_first", "said"),
    [
        (30, True, ""),
        (30, False, ""),
        (65, True, ""),
        (65, False, "Long enough"),
        (80, False, "Past the 75 minutes"),
        (100, True, "Long enough"),
        (130, True, "Past the 120 minutes"),
        (181, False, "push back instead"),
        (181, True, "push back instead"),
    ],
)
def test_what_the_length_says_while_people_work(minutes, is_first, said):
    told = advice(minutes * 60, is_first=is_first)
    assert said in told
    assert bool(told) == bool(said)


def test_a_keeper_has_left_after_a_minute_of_silence_dated_when_last_heard():
    assert left_at(after(30), timedelta(seconds=60), TEN) is None
    assert left_at(after(30), timedelta(minutes=10), TEN) == after(20)
    assert left_at(after(30), timedelta(hours=10), TEN) == TEN  # never before the sitting began


def test_the_prompts_come_in_turn():
    assert next_prompt(Prompt.DAY_TO_DAY) is Prompt.MEASURE
    assert next_prompt(Prompt.MEASURE) is Prompt.DAY_TO_DAY


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00:00"), (59, "0:00:59"), (3599, "0:59:59"), (3930, "1:05:30")])
def test_how_a_length_is_read(seconds, said):
    assert length(seconds) == said


@pytest.mark.parametrize(("minute", "inside"), [(-1, False), (0, True), (5, True), (10, True), (11, False)])
def test_what_a_sitting_covers(minute, inside):
    assert Span(TEN, after(10)).covers(after(minute)) is inside
    assert Span(TEN).covers(after(10**5))
