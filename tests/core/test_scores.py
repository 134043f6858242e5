from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.errors import Invalid
from okrtui.core.model import Ambition
from okrtui.core.scores import band, gap, needs_reason, reading, tenths

scores = st.integers(0, 10).map(lambda whole: whole / 10)


@pytest.mark.parametrize(
    ("value", "whole"),
    [(0.0, 0), (-0.0, 0), (1.0, 10), (0.7, 7), (0.1 + 0.2, 3), (1 - 0.9, 1), (0.7 + 9e-10, 7), (1 + 9e-10, 10)],
)
def test_tenths(value: float, whole: int) -> None:
    assert tenths(value) == whole


@pytest.mark.parametrize("value", [0.75, 0.05, -0.1, 1.1, 7.0, 10.0, 1e300, inf, -inf, nan, 0.7 + 1e-8, -1e-8])
def test_no_tenths(value: float) -> None:
    with pytest.raises(Invalid, match=r"a tenth from 0\.0 to 1\.0"):
        tenths(value)


@given(st.floats())
def test_a_score_is_a_tenth_or_refused(value: float) -> None:
    try:
        whole = tenths(value)
    except Invalid:
        return
    assert abs(value - whole / 10) <= 1e-9
    assert 0 <= whole <= 10


def test_bands() -> None:
    assert [band(whole / 10) for whole in range(11)] == ["low"] * 4 + ["middle"] * 3 + ["high"] * 4
    assert band(0.1 * 7) == "high"


@pytest.mark.parametrize(
    ("own", "manager", "apart", "reason"),
    [(0.7, 0.7, 0.0, False), (0.8, 0.7, 0.1, False), (0.9, 0.7, 0.2, True), (0.3, 0.5, 0.2, True), (0, 1, 1.0, True)],
)
def test_gap(own: float, manager: float, apart: float, reason: bool) -> None:
    assert gap(own, manager) == apart
    assert needs_reason(gap(own, manager)) is reason


@given(st.integers(0, 10), st.integers(0, 10))
def test_a_gap_of_two_tenths_needs_a_reason(own: int, manager: int) -> None:
    assert needs_reason(gap(own / 10, manager / 10)) == (abs(own - manager) >= 2)
    assert gap(own / 10, manager / 10) == gap(manager / 10, own / 10)


def test_a_promise_is_read_against_all_of_it() -> None:
    assert reading(0.7, Ambition.COMMITTED) == "0.7 of a promise: what should have been escalated, when?"
    assert reading(1.0, Ambition.COMMITTED) == "1.0: the promise was kept."
    assert all("escalated" in reading(whole / 10, Ambition.COMMITTED) for whole in range(10))


def test_an_aim_is_read_against_seven_tenths() -> None:
    assert reading(0.7, Ambition.ASPIRATIONAL) == "0.7: well aimed."
    assert reading(1.0, Ambition.ASPIRATIONAL) == "1.0: was it ambitious enough?"
    readings = [reading(whole / 10, Ambition.ASPIRATIONAL).partition(": ")[2].split()[0] for whole in range(11)]
    assert readings == ["far"] * 4 + ["short"] * 3 + ["well"] + ["past"] * 2 + ["was"]


@given(scores, st.sampled_from(Ambition))
def test_a_reading_says_the_score_as_it_is(score: float, ambition: Ambition) -> None:
    assert reading(score, ambition).startswith(f"{score:.1f}")


@given(scores, scores)
def test_the_same_score_reads_differently_by_ambition_and_a_kept_promise_is_all_of_it(one: float, other: float) -> None:
    """A promise is kept at 1.0 alone; an aim asks nothing at 0.7 alone, and always more the further it was missed."""
    assert ("kept" in reading(one, Ambition.COMMITTED)) == (one == 1.0)
    assert ("well aimed" in reading(one, Ambition.ASPIRATIONAL)) == (one == 0.7)
    if band(one) != band(other):
        assert reading(one, Ambition.ASPIRATIONAL)[4:] != reading(other, Ambition.ASPIRATIONAL)[4:]
