"""The chosen line of the tree in full: what is aligned below it, then the thing as its own page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.service import links, show
from okrtui.service.tree_lines import AGAIN
from widgets.in_full import muted, part, thread
from widgets.marks import bar
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.content import Content

    from okrtui.service.session import Session
    from okrtui.service.tree_lines import Line, TreeLines


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is said of the chosen line: ``draw`` makes it for so many cells.

    ``refused`` has child and parent with the sentence why they cannot be linked; none where they can, or nothing is marked.
    """

    draw: Callable[[int], Content]
    refused: Mapping[tuple[str, str], str]


def chosen(session: Session, *, key: str, line: Line, found: TreeLines, marked: str) -> Chosen:
    """Read the thing of a line, and whether it may be linked to the marked one, on the gateway's thread.

    Raises:
        NotFound: it is gone, or what is marked.
    """
    sentence = links.refusal(session, line.ref, marked) if marked else ""
    return Chosen(_in_full(session, line, _head(key, line, found)), {(line.ref, marked): sentence} if sentence else {})


def _in_full(session: Session, line: Line, head: Sequence[Content]) -> Callable[[int], Content]:
    if line.kind == "objective":
        from widgets.objective_in_full import objective_in_full  # noqa: PLC0415  # what is read decides

        page, now = show.objective(session, line.ref), session.clock()
        return lambda _: stacked(*head, objective_in_full(page, line.team, now))
    if line.kind == "key_result":
        from widgets.key_result_in_full import key_result_in_full  # noqa: PLC0415  # as above

        thing = show.key_result(session, line.ref)
        return lambda width: stacked(*head, key_result_in_full(thing, width))
    said = thread(show.thread(session, line.ref)) if line.kind in {"initiative", "commitment"} else []
    return lambda _: stacked(words(line.text, "bold"), *head, _whose(line), *part("Thread", said))


def _head(key: str, line: Line, found: TreeLines) -> list[Content]:
    rows = [words(", ".join(line.marks), "$text-warning")] if line.marks else []
    if AGAIN in key:
        rows.append(muted("→ goes there, ← comes back."))
    aligned = found.aligned(line.ref) if line.kind in {"objective", "key_result"} else None
    if aligned is not None:
        count = f"  {aligned.reporting} of {aligned.of} reporting, each counted once"
        rows.append(joined(("aligned below  ", "bold"), bar(aligned.share), muted(count)))
    return rows


def _whose(line: Line) -> Content:
    return muted("  ".join(filter(None, (line.kind, f"@{line.owner}" if line.owner else "", line.team))))
