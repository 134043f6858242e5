"""Lines of sight, as text to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from widgets.in_full import muted
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.service.gaps import Gap
    from okrtui.service.sight import Sight, Sights
    from okrtui.service.ways import Step, Way


def lines_of_sight(found: Sights) -> Content:
    """The line of sight of each thing."""
    if not found.things:
        return words(f"@{found.person} owns and promised nothing in an open cycle.")
    rows: list[Content] = []
    for one in found.things:
        rows += [*([Content("")] if rows else []), _heading(one), *ways_up(one, "  ")]
    return stacked(*rows)


def _heading(one: Sight) -> Content:
    return joined((f"{one.ref}  ", "bold"), words(one.text, "bold"), muted(f"  {one.team}" if one.team else ""))


def ways_up(one: Sight, margin: str = "") -> Iterator[Content]:
    """Every way up of a thing, with the straight lines, and what would mend one that is broken.

    What ways have in common is said once: the second goes on from where it parts from the first.
    """
    for way, common in one.parting_ways:
        yield from _way(way, common, margin)
    if one.is_cut:
        yield muted(f"{margin}There are more ways than these.")


def _way(way: Way, common: int, margin: str) -> Iterator[Content]:
    for depth, step in enumerate(way.steps[1:]):
        if depth >= common:
            yield from _step(step, margin + "  " * depth)
    margin += "  " * (len(way.steps) - 1)
    if way.is_whole:
        reached = "✓ reaches the company" if way.steps[1:] else "✓ the company's own"
        yield joined(margin, (reached, "$text-success"))
    for gap in way.gaps:
        yield joined(margin, words(f"✕ {gap.text}", "$text-warning"))
        yield joined(f"{margin}  ", muted(_mend(gap)))


def _mend(gap: Gap) -> str:
    return f"{gap.mend}: {gap.key} on {gap.ref}" if gap.key else gap.mend


def _step(step: Step, margin: str) -> Iterator[Content]:
    yield joined(f"{margin}↑ {step.by} ", (step.ref, "bold"), "  ", words(step.text), muted(f"  {step.team}"))
    if step.straight_line:
        yield joined(f"{margin}  ", muted(f"{step.straight_by}: “{step.straight_line}”".replace("\n", " ")))
