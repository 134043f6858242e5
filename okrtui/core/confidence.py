"""Confidence, 0 to 10: its bands, its falls, and check-ins that only repeat the last (design/1-method.md)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_OFFER = 5
"""What the form of a key result's first check-in offers."""


def band(confidence: int) -> Literal["low", "middle", "high"]:
    """Return the band of a confidence: low to 3, middle 4 to 6, high from 7."""
    if confidence <= 3:
        return "low"
    return "middle" if confidence <= 6 else "high"


def fell(history: Sequence[int]) -> bool:
    """Say whether confidence, oldest first, just fell: by 2 or more in the last step, or in both of the last two."""
    last_steps = [later - earlier for earlier, later in pairwise(history[-3:])]
    return bool(last_steps) and (last_steps[-1] <= -2 or (len(last_steps) == 2 and max(last_steps) < 0))


def homework(weeks: Sequence[tuple[object, int, str]]) -> bool:
    """Say whether the last three check-ins, oldest first, have the same value, confidence and words.

    Words are the same whatever their capitals and spacing; three times none are the same words.
    """
    last = [(value, confidence, " ".join(words.split()).casefold()) for value, confidence, words in weeks[-3:]]
    return len(last) == 3 and last[0] == last[1] == last[2]
