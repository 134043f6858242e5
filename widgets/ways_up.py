"""Lines of sight, as text to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from widgets.in_full import muted
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.service.sight import Sight, Sights, Step, Way


def ways_up(found: Sights) -> Content:
    """Every way up of each thing, with the straight lines, and what would mend one that is broken."""
    if not found.things:
        return words(f"@{found.person} owns and promised nothing in an open cycle.")
    rows: list[Content] = []
    for one in found.things:
        rows += [*([Content("")] if rows else []), *_thing(one)]
    return stacked(*rows)


def _thing(one: Sight) -> Iterator[Content]:
    yield joined((f"{one.ref}  ", "bold"), words(one.text, "bold"), muted(f"  {one.team}" if one.team else ""))
    for way in one.ways:
        yield from _way(way)
    if one.is_cut:
        yield muted("  There are more ways than these.")


def _way(way: Way) -> Iterator[Content]:
    for depth, step in enumerate(way.steps[1:], 1):
        yield from _step(step, "  " * depth)
    margin = "  " * len(way.steps)
    if way.is_whole:
        reached = "✓ reaches the company" if way.steps[1:] else "✓ the company's own"
        yield joined(margin, (reached, "$text-success"))
    for gap in way.gaps:
        yield joined(margin, words(f"✕ {gap.text}", "$text-warning"))
        yield joined(f"{margin}  ", muted(gap.mend))


def _step(step: Step, margin: str) -> Iterator[Content]:
    yield joined(f"{margin}↑ {step.by} ", (step.ref, "bold"), "  ", words(step.text), muted(f"  {step.team}"))
    if step.straight_line:
        yield joined(f"{margin}  ", muted(f"{step.straight_by}: “{step.straight_line}”".replace("\n", " ")))
