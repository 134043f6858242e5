from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.confidence import FIRST_OFFER, band, fell, homework

levels = st.integers(0, 10)


def test_bands() -> None:
    assert [band(level) for level in range(11)] == ["low"] * 4 + ["middle"] * 3 + ["high"] * 4
    assert FIRST_OFFER == 5


@pytest.mark.parametrize(
    ("history", "flagged"),
    [
        ([], False),
        ([5], False),
        ([5, 4], False),
        ([5, 3], True),
        ([10, 0], True),
        ([6, 5, 4], True),
        ([6, 5, 5], False),
        ([6, 6, 5], False),
        ([7, 5, 5], False),  # the fall was a step ago
        ([7, 5, 6], False),
        ([2, 6, 4], True),
        ([9, 8, 7, 8, 7], False),
        ([3, 9, 8, 7], True),
        ([0, 0, 0], False),
    ],
)
def test_fell(history: list[int], flagged: bool) -> None:
    assert fell(history) is flagged


@given(st.lists(levels), st.lists(levels, min_size=3, max_size=3))
def test_only_the_last_two_steps_matter(before: list[int], last: list[int]) -> None:
    assert fell([*before, *last]) == fell(last) == fell(tuple(last))
    assert not fell(sorted([*before, *last]))


@pytest.mark.parametrize(
    ("weeks", "repeated"),
    [
        ([], False),
        ([(40.0, 5, "fine")] * 2, False),
        ([(40.0, 5, "fine")] * 3, True),
        ([(40.0, 5, "")] * 3, True),
        ([(None, 5, "waiting")] * 3, True),
        ([(39.0, 5, "fine"), *[(40.0, 5, "fine")] * 3], True),
        ([*[(40.0, 5, "fine")] * 3, (41.0, 5, "fine")], False),
        ([(40.0, 5, "fine"), (40.0, 6, "fine"), (40.0, 5, "fine")], False),
        ([(40.0, 5, "fine"), (40.0, 5, "fine"), (40.0, 5, "the new onboarding slipped")], False),
        ([(39.0, 5, "fine"), (40.0, 5, "fine"), (40.0, 5, "fine")], False),
        ([(40.0, 5, "All fine"), (40.0, 5, "all  fine\n"), (40.0, 5, "ALL FINE")], True),
    ],
)
def test_homework(weeks: list[tuple[object, int, str]], repeated: bool) -> None:
    assert homework(weeks) is repeated
