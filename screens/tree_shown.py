"""The chosen line of the tree in full: what is aligned below it, then the thing as its own page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.service import show
from widgets.in_full import muted
from widgets.marks import bar
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from okrtui.service.session import Session
    from okrtui.service.tree_lines import Line, TreeLines


def in_full(session: Session, *, line: Line, found: TreeLines) -> Callable[[int], Content]:
    """Read the thing of a line, on the gateway's thread, and give what draws it.

    Raises:
        NotFound: it is gone.
    """
    if line.kind == "objective":
        from widgets.objective_in_full import objective_in_full  # noqa: PLC0415  # what is read decides

        page, now = show.objective(session, line.ref), session.clock()
        return lambda _: stacked(*_head(line, found), objective_in_full(page, line.team, now))
    if line.kind == "key_result":
        from widgets.key_result_in_full import key_result_in_full  # noqa: PLC0415  # as above

        thing = show.key_result(session, line.ref)
        return lambda width: stacked(*_head(line, found), key_result_in_full(thing, width))
    return lambda _: stacked(words(line.text, "bold"), *_head(line, found), _whose(line))


def _head(line: Line, found: TreeLines) -> list[Content]:
    rows = [words(", ".join(line.marks), "$text-warning")] if line.marks else []
    aligned = found.aligned(line.ref) if line.kind in {"objective", "key_result"} else None
    if aligned is not None:
        count = f"  {aligned.reporting} of {aligned.of} reporting, each counted once"
        rows.append(joined(("aligned below  ", "bold"), bar(aligned.share), muted(count)))
    return rows


def _whose(line: Line) -> Content:
    return muted("  ".join(filter(None, (line.kind, f"@{line.owner}" if line.owner else "", line.team))))
