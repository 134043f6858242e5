"""A review's clock and its way from key result to key result."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.reviews import BOX_MINUTES, DROPPED, FORGOTTEN, Review, next_item

BEGAN = 1000.0
BEGUN = Review("sales", "2026-Q4", 3, "ana", BEGAN, ("KR1",), 0, BOX_MINUTES, BOX_MINUTES * 60.0, BEGAN)
TEN = tuple((f"KR{number}", False) for number in range(1, 11))


def heard(review, now):
    return Review(*(getattr(review, name) if name != "heard" else now for name in Review.__slots__))


def test_the_box_runs_down_to_nothing_and_not_below():
    assert BEGUN.left(BEGAN) == 300
    assert heard(BEGUN, BEGAN + 50).left(BEGAN + 50) == 250
    assert heard(BEGUN, BEGAN + 400).left(BEGAN + 400) == 0


def test_a_clock_that_is_set_back_gives_no_more_than_there_was():
    assert BEGUN.left(BEGAN - 500) == 300


def test_a_break_stops_it():
    paused = BEGUN.paused(BEGAN + 20)
    assert (paused.runs(BEGAN + 30), paused.left(BEGAN + 50)) == (False, 280)
    again = paused.paused(BEGAN + 55)
    assert (again.runs(BEGAN + 56), again.left(BEGAN + 58)) == (True, 277)


@pytest.mark.parametrize(("silent", "on_offer"), [(0, False), (DROPPED, False), (DROPPED + 1, True)])
def test_who_is_silent_for_a_minute_leaves_it_on_offer(silent, on_offer):
    assert BEGUN.is_on_offer(BEGAN + silent) is on_offer


def test_the_clock_of_a_keeper_who_left_stood_still_since_they_were_heard_of():
    review = heard(BEGUN, BEGAN + 40)
    later = BEGAN + 40 + DROPPED + 500
    assert (review.runs(later), review.left(later)) == (False, 260)
    taken = review.kept_by(4, "ben", later)
    assert (taken.item, taken.left(later + 10), taken.keeper) == ("KR1", 250, "ben")
    assert not taken.is_on_offer(later + 10)


def test_one_that_nobody_takes_up_is_over_after_hours():
    assert not BEGUN.is_over(BEGAN + FORGOTTEN)
    assert BEGUN.is_over(BEGAN + FORGOTTEN + 1)


def test_each_key_result_gets_the_minutes_of_the_box():
    review = BEGUN.boxed(12, BEGAN + 10)
    assert review.left(BEGAN + 10) == 720
    assert review.went_on("KR2", BEGAN + 100).left(BEGAN + 101) == 719


def test_it_goes_in_the_order_of_the_agenda_and_passes_over_what_is_settled():
    agenda = [("KR3", False), ("KR1", False), ("KR2", True), ("KR4", False)]
    review, seen = BEGUN, []
    for _ in range(3):
        review = review.went_on(next_item(review, agenda), BEGAN)
        seen.append(review.item)
    assert seen == ["KR3", "KR4", "KR3"], "the last one is what is left unsettled"


def test_back_and_on_again_is_the_same_way():
    review = BEGUN.went_on("KR2", BEGAN).went_on("KR3", BEGAN).went_back(BEGAN)
    assert review.item == "KR2"
    assert next_item(review, TEN) == "KR3"
    assert review.went_on("KR3", BEGAN).trail == ("KR1", "KR2", "KR3")
    assert BEGUN.went_back(BEGAN).item == "KR1"


def test_there_is_no_next_where_everything_else_is_settled():
    assert next_item(BEGUN, [("KR1", False), ("KR2", True)]) == ""


def test_what_is_listed_no_more_is_passed_over():
    review = BEGUN.went_on("KR2", BEGAN).went_back(BEGAN)
    assert next_item(review, [("KR1", False), ("KR3", False)]) == "KR3"


@given(st.permutations([ref for ref, _ in TEN]), st.integers(0, 9))
def test_a_review_of_ten_is_at_each_of_them_once_before_any_again(order, first):
    agenda = [(ref, False) for ref in order]
    review = Review("sales", "2026-Q4", 3, "ana", BEGAN, (order[first],), 0, 5, 300.0, BEGAN)
    for _ in range(9):
        review = review.went_on(next_item(review, agenda), BEGAN)
    assert sorted(review.trail) == sorted(order)
