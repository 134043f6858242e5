from __future__ import annotations

from math import isfinite
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from okrtui.core.progress import Item, Progress, done, roll_up, ticked, toward, weighted_scores, within

any_float = st.floats(allow_nan=False, allow_infinity=False)
whole = st.integers(-1000, 1000).map(float)
shares = st.floats(0, 1)
weights = st.one_of(st.just(0.0), st.just(1.0), st.floats(0, 1.7e308))
items = st.lists(
    st.builds(Item, st.integers(0, 99).map("KR{}".format), st.one_of(st.none(), shares), weights), max_size=8
)


def in_range(progress: Progress) -> bool:
    return 0 <= progress.share <= 1 and isfinite(progress.unclamped)


@pytest.mark.parametrize(
    ("value", "baseline", "target", "share", "unclamped"),
    [
        (31, 31, 50, 0, 0),
        (50, 31, 50, 1, 1),
        (45, 40, 50, 0.5, 0.5),
        (60, 40, 50, 1, 2),
        (30, 40, 50, 0, -1),
        (9, 12, 4, 0.375, 0.375),
        (14, 12, 4, 0, -0.25),
        (0, 12, 4, 1, 1.5),
        (0, -10, 10, 0.5, 0.5),
    ],
)
def test_toward(value: float, baseline: float, target: float, share: float, unclamped: float) -> None:
    assert toward(value, baseline, target, rising=target > baseline) == Progress(share, unclamped)


@pytest.mark.parametrize(
    ("value", "rising", "share"),
    [(5, True, 1), (6, True, 1), (4, True, 0), (5, False, 1), (4, False, 1), (6, False, 0)],
)
def test_equal_ends(value: float, rising: bool, share: float) -> None:
    assert toward(value, 5, 5, rising=rising) == Progress(share, share)


@settings(max_examples=1000)
@given(any_float, any_float, any_float, st.booleans())
def test_toward_stays_in_range(value: float, baseline: float, target: float, rising: bool) -> None:
    assert in_range(toward(value, baseline, target, rising=rising))
    assert toward(target, baseline, target, rising=rising).share == 1
    if baseline != target:
        assert toward(baseline, baseline, target, rising=rising).share == 0


def test_numbers_further_apart_than_floats_reach() -> None:
    assert toward(0.0, -1.7e308, 1.7e308, rising=True) == Progress(0.5, 0.5)
    assert toward(1e308, -1e308, 1.7e308, rising=True).share == pytest.approx(2 / 2.7)
    assert toward(-0.3e308, 0.7e308, -1.5e308, rising=False).share == pytest.approx(1 / 2.2)
    assert toward(1.5e308, -0.5e308, 0.5e308, rising=True).unclamped == pytest.approx(2)
    assert toward(-1.7e308, 1.7e308, 1e308, rising=False).share == 1
    assert toward(1e308, 0.0, 1e-308, rising=True).share == 1
    assert within(-1.7e308, 1e308, 1.7e308).share == 0
    assert within(0.0, 1.0, 1.7e308).share == 1


@given(any_float, any_float, any_float, any_float)
def test_nearer_the_target_is_never_less(one: float, other: float, baseline: float, target: float) -> None:
    assume(baseline != target)
    near, far = (max, min) if target > baseline else (min, max)
    ahead, behind = (toward(pick(one, other), baseline, target, rising=True).share for pick in (near, far))
    assert ahead >= behind


@given(whole, whole, whole, whole, st.sampled_from([-8.0, -1.0, 0.5, 1024.0]))
def test_moving_and_scaling_the_numbers_changes_nothing(
    value: float, baseline: float, target: float, shift: float, scale: float
) -> None:
    assume(baseline != target)
    before = toward(value, baseline, target, rising=True)
    after = toward(*(scale * (number + shift) for number in (value, baseline, target)), rising=True)
    assert after == before


@pytest.mark.parametrize(
    ("value", "share", "unclamped"),
    [(10, 1, 1), (15, 1, 1), (20, 1, 1), (9, 0.9, 0.9), (21, 0.9, 0.9), (5, 0.5, 0.5), (30, 0, 0), (35, 0, -0.5)],
)
def test_within(value: float, share: float, unclamped: float) -> None:
    assert within(value, 10, 20) == Progress(share, unclamped)


@pytest.mark.parametrize(("value", "share"), [(10, 1), (9.999, 0), (10.001, 0)])
def test_a_band_without_width(value: float, share: float) -> None:
    assert within(value, 10, 10).share == share


@settings(max_examples=500)
@given(any_float, any_float, any_float)
def test_within_stays_in_range_and_is_whole_only_inside(value: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    progress = within(value, low, high)
    assert in_range(progress)
    assert progress.share == 1 or not low <= value <= high
    assert in_range(within(value, high, low))


@given(whole, whole, whole)
def test_both_sides_of_a_band_weigh_the_same(value: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert within(value, low, high) == within(low + high - value, low, high)


@pytest.mark.parametrize(
    ("steps", "share"),
    [
        ([(1, True), (1, False)], 0.5),
        ([(3, True), (1, False)], 0.75),
        ([(3, False), (1, True)], 0.25),
        ([(0, True), (1, False)], 0),
        ([(0, False), (1, True)], 1),
        ([(0, True), (0, False), (0, False), (0, False)], 0.25),
        ([(1, True)] * 7, 1),
        ([(0.1, False)] * 7, 0),
    ],
)
def test_ticked(steps: list[tuple[float, bool]], share: float) -> None:
    assert ticked(iter(steps)) == Progress(share, share)


def test_no_steps_are_no_data() -> None:
    assert ticked([]) is None


@given(st.lists(st.tuples(weights, st.booleans()), min_size=1))
def test_ticked_stays_in_range_and_a_tick_never_takes_away(steps: list[tuple[float, bool]]) -> None:
    before = ticked(steps)
    after = ticked([(steps[0][0], True), *steps[1:]])
    whole_way = ticked([(weight, True) for weight, _ in steps])
    assert before is not None
    assert after is not None
    assert in_range(before)
    assert after.share >= before.share
    assert whole_way == Progress(1, 1)


def test_done() -> None:
    assert (done(True), done(False)) == (Progress(1, 1), Progress(0, 0))


def test_roll_up_weighs_what_reports() -> None:
    rolled = roll_up([Item("KR1", 0.5, 1), Item("KR2", 1.0, 3), Item("KR3", None, 5), Item("KR4", 0.6)])
    assert rolled.share == pytest.approx((0.5 + 3 + 0.6) / 5)
    assert (rolled.reporting, rolled.of, rolled.text) == (3, 4, "3 of 4 reporting")
    assert rolled.counted
    assert (rolled.weakest, rolled.weakest_share) == ("KR3", None)


def test_guardrails_stay_out_of_the_share_alone() -> None:
    rolled = roll_up([Item("KR1", 0.9), Item("KR2", 0.2, 0)])
    assert (rolled.share, rolled.text, rolled.weakest, rolled.weakest_share) == (0.9, "2 of 2 reporting", "KR2", 0.2)


def test_nothing_weighs_anything() -> None:
    rolled = roll_up([Item("KR1", 0.9, 0), Item("KR2", None, 0)])
    assert (rolled.share, rolled.counted, rolled.text) == (None, False, "1 of 2 reporting")


def test_nobody_has_reported() -> None:
    rolled = roll_up([Item("KR1", None), Item("KR2", None), Item("KR3", 0.4, 0)])
    assert (rolled.share, rolled.counted, rolled.weakest, rolled.text) == (None, True, "KR1", "1 of 3 reporting")


def test_nothing_is_agreed() -> None:
    rolled = roll_up(iter(()))
    assert (rolled.share, rolled.counted, rolled.weakest, rolled.text) == (None, True, None, "nothing agreed yet")


def test_the_first_of_the_lowest_is_the_weakest() -> None:
    assert roll_up([Item("KR1", 0.5), Item("KR2", 0.0), Item("KR3", 0.0)]).weakest == "KR2"


@settings(max_examples=1000)
@given(items)
def test_a_roll_up_lies_between_its_parts(parts: list[Item]) -> None:
    rolled = roll_up(parts)
    counted = [part.share for part in parts if part.share is not None and part.weight > 0]
    assert (rolled.share is None) == (not counted)
    if rolled.share is not None:
        assert min(counted) <= rolled.share <= max(counted)
    assert rolled.reporting <= rolled.of == len(parts)


@given(items, st.sampled_from([0.25, 2.0, 64.0]))
def test_order_and_the_measure_of_weights_change_nothing(parts: list[Item], factor: float) -> None:
    # Neither the largest nor the smallest floats, which scaling would turn into infinity or nothing.
    small = [part._replace(weight=min(part.weight, 1e300) if part.weight > 1e-300 else 0.0) for part in parts]
    scaled = [part._replace(weight=part.weight * factor) for part in reversed(small)]
    before, after = roll_up(small).share, roll_up(scaled).share
    assert after == (before if before is None else pytest.approx(before, abs=1e-12))


def test_weighted_scores_name_the_unscored() -> None:
    score = weighted_scores([("KR1", 0.7, 1.0), ("KR2", None, 4.0), ("KR3", 0.4, 2.0), ("KR4", None, 0.0)])
    assert score.value == pytest.approx(0.5)
    assert score.unscored == ("KR2", "KR4")


def test_no_scores() -> None:
    assert weighted_scores([("KR1", None, 1.0)]).value is None
    assert weighted_scores([("KR1", 0.7, 0.0)]).value is None
    assert weighted_scores([]).unscored == ()
    assert weighted_scores([(f"KR{number}", 0.7, 1.0) for number in range(3)]).value == 0.7


scored = st.lists(
    st.tuples(st.none() | st.integers(0, 10).map(lambda tenths: tenths / 10), st.sampled_from([0.0, 0.5, 1.0, 3.0]))
)


@given(scored, st.integers().map(Random), st.sampled_from([0.25, 2.0, 64.0]))
def test_an_objectives_score_is_a_mean_of_its_scored_key_results(
    parts: list[tuple[float | None, float]], random: Random, factor: float
) -> None:
    """Between the least and the most of what weighs anything; whatever the order and the measure of the weights."""
    items = [(f"KR{number}", score, weight) for number, (score, weight) in enumerate(parts, 1)]
    found = weighted_scores(items)
    counted = [score for _, score, weight in items if score is not None and weight > 0]
    assert (found.value is None) == (not counted)
    if found.value is not None:
        assert min(counted) - 1e-9 <= found.value <= max(counted) + 1e-9
        mixed = random.sample(items, len(items))
        again = weighted_scores((ref, score, weight * factor) for ref, score, weight in mixed).value
        assert again == pytest.approx(found.value)
    assert found.unscored == tuple(ref for ref, score, _ in items if score is None)
