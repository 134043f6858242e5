"""What is watched for in a team's history: each gives the cycle in which it was seen, and its numbers in words.

Source: design/1-method.md, "Signals": targets eased, and when; everything at 1.0 two cycles running; self equal to manager
always; key results added in the last three weeks and closed at 1.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from okrtui.core.easing import Easing

LATE_DAYS = 21
"""What was agreed in so many days before a cycle's end, or after it, counts as added late: three weeks."""

FEWEST_PAIRS = 3
"""Fewer pairs of equal scores, in two cycles together, say nothing."""

History = tuple[tuple[str, Tally], ...]
"""Names of cycles with a team's tally in each, the oldest first."""


def easing_text(one: Easing) -> str:
    """Return an easing in words: "KR4 in week 9: 25 % → 18 %"."""
    week = f" in week {one.week}" if one.week is not None else " outside its weeks"
    return f"{one.ref}{week}: {one.before} → {one.after}"


def was_eased(history: History) -> Iterator[tuple[str, str]]:
    """Yield each amendment that made a target easier."""
    for cycle, tally in history:
        for one in tally.eased:
            yield cycle, easing_text(one)


def added_late(history: History) -> Iterator[tuple[str, str]]:
    """Yield each cycle in which something agreed in its last three weeks was closed at 1.0."""
    for cycle, tally in history:
        if tally.late_top:
            yield cycle, ", ".join(tally.late_top)


def _last_two(history: History, counted: Callable[[Tally], int]) -> History:
    """Return the latest cycle with anything counted and the one right before it, where that has, too; else nothing."""
    last = max((place for place, (_, tally) in enumerate(history) if counted(tally)), default=0)
    two = history[last - 1 : last + 1] if last else ()
    return two if all(counted(tally) for _, tally in two) else ()


def all_top(history: History) -> Iterator[tuple[str, str]]:
    """Yield once where the latest cycle with agreed scores, and the one right before it, have none but 1.0."""
    two = _last_two(history, lambda tally: tally.scored)
    if two and all(tally.top == tally.scored for _, tally in two):
        yield two[-1][0], " and ".join(f"{tally.top} of {tally.scored} in {cycle}" for cycle, tally in two)


def always_equal(history: History) -> Iterator[tuple[str, str]]:
    """Yield once where the latest cycle with opened pairs, and the one right before it, have no gap in any of them."""
    two = _last_two(history, lambda tally: tally.pairs)
    enough = sum(tally.pairs for _, tally in two) >= FEWEST_PAIRS
    if two and enough and all(tally.equal == tally.pairs for _, tally in two):
        yield two[-1][0], " and ".join(f"{tally.equal} of {tally.pairs} in {cycle}" for cycle, tally in two)
