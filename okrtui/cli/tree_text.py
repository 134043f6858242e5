"""The alignment tree, as text and as ``--json`` answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.cli.output import one_line, paint, percent
from okrtui.cli.shapes import picked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okrtui.cli.shapes import Shape
    from okrtui.service.rooms import Place
    from okrtui.service.trees import Node


def tree(place: Place, roots: Sequence[Node], *, care: bool = False) -> str:
    """The alignment tree, or, with ``care``, what of it needs care."""
    lines = [paint(place.text, "bold")]
    for root in roots:
        lines.extend(_node(root, 0))
    if not roots:
        lines.append("Nothing needs care." if care else "No objective is published yet.")
    return "\n".join(lines)


def _node(one: Node, depth: int) -> Iterator[str]:
    marks = f" [{', '.join(one.marks)}]" if one.marks else ""
    told = ", ".join(_figures(one))
    yield f"{'  ' * depth}{one.ref}  {one_line(one.text)}{f' ({told})' if told else ''}{marks}"
    for child in one.children:
        yield from _node(child, depth + 1)


def _figures(one: Node) -> Iterator[str]:
    """Whose it is, how far it is, and, as a figure of its own, how far what contributes to it is."""
    if one.kind == "team":
        return
    yield from filter(None, (one.team, one.owner if one.kind in {"initiative", "commitment"} else ""))
    if one.kind in {"objective", "key_result"}:
        yield percent(one.progress)
    if one.confidence is not None:
        yield f"confidence {one.confidence}"
    if one.aligned is not None:
        yield f"aligned below: {percent(one.aligned.share)} of {one.aligned.of}"


def shape(one: Node) -> Shape:
    """A line of the tree with what is below it."""
    below = [shape(child) for child in one.children]
    return picked(one, "ref kind text team progress confidence marks") | {"children": below}
