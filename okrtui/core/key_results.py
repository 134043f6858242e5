"""What a key result needs before it is proposed, and how far it is, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from okrtui.core import progress
from okrtui.core.model import Control, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


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


class Counted(Protocol):
    """The numbers that belong to a statement: as the file holds them, or as they are typed."""

    @property
    def kind(self) -> str | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def baseline(self) -> float | str | None: ...
    @property
    def target(self) -> float | str | None: ...
    @property
    def low(self) -> float | str | None: ...
    @property
    def high(self) -> float | str | None: ...


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one key result by themselves; ends are numbers, or text while they are typed."""

    kind: str | None
    unit: str
    baseline: float | str | None
    target: float | str | None
    low: float | str | None
    high: float | str | None

    @classmethod
    def of(cls, counted: Counted) -> Numbers:
        """Those of something that has more."""
        return cls(counted.kind, counted.unit, counted.baseline, counted.target, counted.low, counted.high)

    @classmethod
    def typed(cls, values: Mapping[str, object]) -> Numbers:
        """Those a form holds by now."""
        kind, unit, *ends = (str(values.get(name) or "") for name in ("kind", "unit", *ENDS))
        return cls(kind or None, unit, *ends)


ENDS = ("baseline", "target", "low", "high")


def in_a_sentence(statement: str, numbers: Counted) -> str:
    """A statement with the numbers it has in fields of their own: "First answer falls from 26 to 8 hours"."""
    match numbers.kind:
        case Kind.INCREASE | Kind.DECREASE if _are_given(numbers.baseline, numbers.target):
            ends = f"from {_figure(numbers.baseline)} to {_figure(numbers.target)}"
        case Kind.MAINTAIN if _are_given(numbers.low, numbers.high):
            ends = f"between {_figure(numbers.low)} and {_figure(numbers.high)}"
        case _:
            return statement
    return f"{statement.rstrip().rstrip('.')} {ends} {numbers.unit}".rstrip()


def _are_given(*ends: float | str | None) -> bool:
    return all(str(end).strip() for end in ends if end is not None) and None not in ends


def _figure(value: float | str | None) -> str:
    return f"{value:.10g}" if isinstance(value, int | float) else str(value).strip()


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
