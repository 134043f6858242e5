"""The alignment tree: a line for each thing, its progress, confidence and owner in columns, and its marks in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from textual.content import Content

from okrtui.core.confidence import band
from okrtui.report.bars import blocks
from okrtui.service.tree_lines import AGAIN, Line
from widgets.text import joined, words
from widgets.tree import Column, LineTree

if TYPE_CHECKING:
    from okrtui.service.tree_lines import TreeLines

GLYPHS = {"objective": "◎", "key_result": "●", "initiative": "▷", "commitment": "◇", "team": "□"}
_BANDS = {"low": ("▼", "$text-error"), "middle": ("◆", "$text-warning"), "high": ("▲", "$text-success")}
_BAR = 4
WITH_PROGRESS = {"objective", "key_result"}


class Drawn(Sequence[Line]):
    """Lines that are worked out when they are drawn."""

    def __init__(self, found: TreeLines) -> None:
        self.found = found

    def __len__(self) -> int:
        return len(self.found.keys)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        if isinstance(place, slice):
            return [self.found.line(at) for at in range(*place.indices(len(self)))]
        return self.found.line(place)


class AlignmentTree(LineTree[Line]):
    """A company's tree; what is marked says so."""

    DEFAULT_CSS = """
    AlignmentTree {
        border: round $surface-lighten-2;
        border-title-color: $text-muted;
        border-subtitle-color: $text-warning;
        background: transparent;
        &:focus { border: round $accent; border-title-color: $accent; }
    }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name
        columns = [
            Column(progress, _BAR + 5),
            Column(confidence, 4, shown_from=40),
            Column(whose, 8, shown_from=60, searched=True),
            Column(marks, 13, shown_from=66, grows=0.4),
        ]
        super().__init__(self._line, columns, elsewhere=in_full, id=id)
        self.marked = ""
        """The ref that others are to be linked to."""

    def texts(self) -> Sequence[str]:
        """What a filter looks for each line by."""
        return self._rows.found.texts() if isinstance(self._rows, Drawn) else []

    def mark(self, ref: str) -> None:
        """Mark a thing in place of the one before; empty: none."""
        self.marked = ref
        self.redraw()

    def _line(self, line: Line) -> Content:
        style = "bold $accent" if line.kind == "objective" else "bold"
        mark = joined((" marked ", "reverse"), " ") if line.ref == self.marked else ""
        ref = "" if line.kind == "team" else (f"{line.ref} ", style)
        return joined(
            (f"{GLYPHS[line.kind]} ", "$accent" if line.kind == "objective" else ""), ref, mark, words(line.text)
        )


def in_full(key: str) -> str:
    """Of a thing that stands once more the key of the line where it stands in full; empty of any other."""
    ref, again, _ = key.partition(AGAIN)
    return ref if again else ""


def progress(line: Line) -> Content:
    """A bar with its figure; dots and a dash without data, nothing for what has no progress."""
    if line.kind not in WITH_PROGRESS:
        return Content("")
    if line.progress is None:
        return Content.styled("·" * _BAR + "    –", "$foreground-muted")
    return joined((blocks(line.progress, _BAR), "$primary on $surface-lighten-2"), f" {line.progress:>4.0%}")


def confidence(line: Line) -> Content:
    """Confidence with the glyph of its band."""
    if line.confidence is None:
        return Content("")
    glyph, style = _BANDS[band(line.confidence)]
    return Content.styled(f"{line.confidence:>2}{glyph}", style)


def whose(line: Line) -> Content:
    """The owner, where there is one, else the team."""
    return words(f"@{line.owner}" if line.owner else line.team, "$foreground-muted")


def marks(line: Line) -> Content:
    """What is worth a look, in words."""
    return words(", ".join(line.marks), "$text-warning")
