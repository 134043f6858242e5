"""Scores: tenths from 0.0 to 1.0, and how they are read (design/1-method.md).

What compares scores does so in whole tenths, so that 0.9 and 0.7 lie exactly 0.2 apart.
"""

from __future__ import annotations

from typing import Literal

from okrtui.core.errors import Invalid
from okrtui.core.model import Ambition

WELL_AIMED = 7
"""Tenths that an aspirational key result is read against; a committed one is read against 10."""

_NOISE = 1e-9  # what adding floats may leave of a tenth


def tenths(value: float) -> int:
    """Return a score from 0.0 to 1.0 as 0 to 10 tenths; raises `Invalid` when it is no tenth of that range."""
    if -_NOISE <= value <= 1 + _NOISE:
        nearest = round(value * 10)
        if abs(value - nearest / 10) <= _NOISE:
            return nearest
    raise Invalid(f"A score is a tenth from 0.0 to 1.0, such as 0.7, and {value:g} is not: give the nearest tenth.")


def band(score: float) -> Literal["low", "middle", "high"]:
    """Return the band of a score: low below 0.4, middle below 0.7, else high. Raises `Invalid` as `tenths` does."""
    whole = tenths(score)
    if whole < 4:
        return "low"
    return "middle" if whole < 7 else "high"


def gap(own: float, manager: float) -> float:
    """Return how far the self and the manager score lie apart, 0.0 to 1.0. Raises `Invalid` as `tenths` does."""
    return abs(tenths(own) - tenths(manager)) / 10


def needs_reason(apart: float) -> bool:
    """Say whether an agreed score must give its reason: where the two it came from lie 0.2 or more apart."""
    return tenths(apart) >= 2


def reading(score: float, ambition: Ambition) -> str:
    """Return the sentence a score is read with: against 1.0 where committed, against 0.7 where aspirational.

    Ambition changes the reading, never the score. Raises `Invalid` as `tenths` does.
    """
    whole = tenths(score)
    return _promise(whole) if ambition == Ambition.COMMITTED else _aim(whole)


def _promise(whole: int) -> str:
    if whole == 10:
        return "1.0: the promise was kept."
    return f"{whole / 10} of a promise: what should have been escalated, when?"


def _aim(whole: int) -> str:
    if whole == 10:
        words = "was it ambitious enough?"
    elif whole > WELL_AIMED:
        words = "past the aim of 0.7, what helped?"
    elif whole == WELL_AIMED:
        words = "well aimed."
    elif whole >= 4:
        words = "short of the aim of 0.7, what would have taken it there?"
    else:
        words = "far from the aim of 0.7, what stood in the way?"
    return f"{whole / 10}: {words}"
