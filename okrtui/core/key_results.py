"""What a key result needs before it is proposed, and how far it is, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from okrtui.core import progress
from okrtui.core.model import Control, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Measured(Protocol):
    """The numbers of a key result, from a form or from the file."""

    @property
    def kind(self) -> str | None: ...
    @property
    def baseline(self) -> float | None: ...
    @property
    def target(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def done_means(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def baseline_due(self) -> object: ...
    @property
    def control(self) -> str | None: ...
    @property
    def week_nine(self) -> str: ...


# The fields that each kind counts with, and what is said while one is missing.
NEEDED_BY_KIND: dict[Kind, dict[str, str]] = {
    Kind.INCREASE: {"baseline": "Say where it stands now (baseline).", "target": "Say where it should be (target)."},
    Kind.DECREASE: {"baseline": "Say where it stands now (baseline).", "target": "Say where it should be (target)."},
    Kind.MAINTAIN: {"low": "Give the low end of the band (low).", "high": "Give the high end of the band (high)."},
    Kind.MILESTONE: {},
    Kind.BINARY: {"done_means": "Say what done means."},
    Kind.ESTABLISH: {
        "measure": "Say what will be measured (measure).",
        "baseline_due": "Say by which day its baseline will be known.",
    },
}


def missing(numbers: Measured, *, owner: object, steps: Collection[object], shared_with: object) -> dict[str, str]:
    """What is still missing before this can be proposed, by field (method, "Lifecycles"): empty when nothing is."""
    gaps: dict[str, str] = {}
    if not owner:
        gaps["owner"] = "Name its owner."
    if numbers.kind is None:
        gaps["kind"] = "Choose its kind: increase, decrease, maintain, milestone, binary or establish."
    else:
        needed = NEEDED_BY_KIND[Kind(numbers.kind)]
        gaps |= {name: words for name, words in needed.items() if getattr(numbers, name) in {None, ""}}
        if numbers.kind == Kind.MILESTONE and not steps:
            gaps["steps"] = "Name the steps of the milestone."
    if numbers.control is None:
        gaps["control"] = "Say whether the number is ours, shared or not ours to move (control)."
    elif numbers.control == Control.SHARED and not shared_with:
        gaps["shared_team"] = "Name the team it is shared with."
    if not numbers.week_nine:
        gaps["week_nine"] = "Answer: would you argue for this in week nine?"
    return gaps


def progress_of(
    numbers: Measured, value: float | None, steps: Iterable[tuple[float, bool]] = ()
) -> progress.Progress | None:
    """How far a key result is with this value; None where that cannot be said yet.

    ``value`` is in the key result's unit; for ``binary`` 1 is done, for ``milestone`` the ``steps`` count instead, each
    its weight and whether it is ticked. An ``establish`` has no progress before its baseline is known.
    """
    match numbers.kind:
        case Kind.MILESTONE:
            return progress.ticked(steps)
        case Kind.INCREASE | Kind.DECREASE if None not in {value, numbers.baseline, numbers.target}:
            assert value is not None  # noqa: S101  # the guard says so
            assert numbers.baseline is not None  # noqa: S101
            assert numbers.target is not None  # noqa: S101
            return progress.toward(value, numbers.baseline, numbers.target, rising=numbers.kind == Kind.INCREASE)
        case Kind.MAINTAIN if value is not None and numbers.low is not None and numbers.high is not None:
            return progress.within(value, numbers.low, numbers.high)
        case Kind.BINARY if value is not None:
            return progress.done(value >= 1)
        case _:
            return None
