"""Progress of a key result by its kind, and of its objective (design/1-method.md, "KR kinds, progress, pace").

Numbers taken are finite floats, as the forms and the file hold them; numbers given are finite too, however far apart
the numbers taken lie. Shares are 0.0 to 1.0. What nobody checked in has no progress: callers keep None for it, never 0.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from math import fsum, isinf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a key result is: ``share`` from 0 to 1; ``unclamped`` is below 0 or above 1 where it went past an end."""

    share: float
    unclamped: float


class Item(NamedTuple):
    """An agreed key result as its objective counts it: ``share`` None is no data yet, ``weight`` 0 is a guardrail."""

    ref: str
    share: float | None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ObjectiveProgress:
    """What an objective shows of its agreed key results.

    ``share``: the weighted mean of those that report, 0 to 1; None without data. ``counted``: False where key results
    are agreed and all weigh 0. ``reporting`` and ``of`` count them all, guardrails too. ``weakest``: the ref of the
    first one without data, else of the lowest, guardrails too; ``weakest_share`` is None where it has no data.
    """

    share: float | None
    reporting: int
    of: int
    counted: bool
    weakest: str | None
    weakest_share: float | None

    @property
    def text(self) -> str:
        """Return what always stands beside the share, such as "3 of 4 reporting"."""
        return f"{self.reporting} of {self.of} reporting" if self.of else "nothing agreed yet"


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """The weighted mean of the agreed scores, 0.0 to 1.0, not rounded, None without any; and the refs without one."""

    value: float | None
    unscored: tuple[str, ...]


def toward(value: float, baseline: float, target: float, *, rising: bool) -> Progress:
    """Return the progress from ``baseline`` to ``target`` of an ``increase`` (``rising``) or a ``decrease``.

    (value − baseline) / (target − baseline); with equal ends, which only imports have, 1 at or past the target, else 0.
    ``rising`` is asked only then: otherwise the ends say the direction.
    """
    if baseline == target:
        return done(value >= target if rising else value <= target)
    return _progress(_ratio(value, baseline, target, baseline))


def within(value: float, low: float, high: float) -> Progress:
    """Return the progress of a ``maintain``: 1 from ``low`` through ``high``, else 1 − distance / width of the band.

    Outside a band without width it is 0.
    """
    if low <= value <= high or high <= low:
        return done(low <= value <= high)
    return _progress(1 - (_ratio(low, value, high, low) if value < low else _ratio(value, high, high, low)))


def ticked(steps: Iterable[tuple[float, bool]]) -> Progress | None:
    """Return the progress of a ``milestone`` from its steps' weights (0 or more) and whether each is ticked.

    Steps count equally where every weight is 0. None without steps: nothing could have been ticked.
    """
    pairs = [(1.0 if is_ticked else 0.0, weight) for weight, is_ticked in steps]
    share = _mean(pairs)
    if share is None:
        share = _mean([(step, 1.0) for step, _ in pairs])
    return None if share is None else _progress(share)


def done(value: bool) -> Progress:  # noqa: FBT001  # the answer itself, not a switch
    """Return the progress of a ``binary``: 1 when it is done, else 0."""
    share = 1.0 if value else 0.0
    return Progress(share, share)


def roll_up(items: Iterable[Item]) -> ObjectiveProgress:
    """Return an objective's progress from its agreed key results: Σ(share × weight) / Σ weight over those that report.

    Guardrails (weight 0) stay out of the share alone. Children of the objective are no part of it.
    """
    agreed = list(items)
    weakest = min(agreed, key=_strength, default=None)
    return ObjectiveProgress(
        share=share_of((item.share, item.weight) for item in agreed),
        reporting=sum(item.share is not None for item in agreed),
        of=len(agreed),
        counted=not agreed or any(item.weight > 0 for item in agreed),
        weakest=weakest.ref if weakest else None,
        weakest_share=weakest.share if weakest else None,
    )


def share_of(pairs: Iterable[tuple[float | None, float]]) -> float | None:
    """Return what `roll_up` has as the share, from the share and the weight of each agreed key result: for thousands."""
    return _mean([(share, weight) for share, weight in pairs if share is not None])


def weighted_scores(items: Iterable[tuple[str, float | None, float]]) -> ObjectiveScore:
    """Return an objective's score from each key result's ref, agreed score (0.0 to 1.0, None without) and weight."""
    rows = list(items)
    value = _mean([(score, weight) for _, score, weight in rows if score is not None])
    return ObjectiveScore(value, tuple(ref for ref, score, _ in rows if score is None))


def _strength(item: Item) -> float:
    return -1.0 if item.share is None else item.share


def _progress(unclamped: float) -> Progress:
    largest = sys.float_info.max
    return Progress(min(max(unclamped, 0.0), 1.0), min(max(unclamped, -largest), largest))


def _ratio(over: float, less: float, by: float, minus: float) -> float:
    """Return (over − less) / (by − minus), even where a difference is beyond the floats; infinite if the ratio is."""
    top, bottom = over - less, by - minus
    if isinf(top) or isinf(bottom):
        top, bottom = over / 2 - less / 2, by / 2 - minus / 2
    return top / bottom


def _mean(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return the mean of the (value, weight) pairs weighing more than 0, within their values; None without any."""
    values = [value for value, weight in pairs if weight > 0]
    if not values:
        return None
    weights = [weight for _, weight in pairs if weight > 0]
    lightest, heaviest = min(weights), max(weights)
    if lightest == heaviest:
        mean = fsum(values) / len(values)
    else:  # weights relative to the heaviest cannot add up to more than the floats hold
        relative = [weight / heaviest for weight in weights]
        mean = fsum(value * weight for value, weight in zip(values, relative, strict=True)) / fsum(relative)
    return min(max(mean, min(values)), max(values))
