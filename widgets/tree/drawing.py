"""How a line is drawn: its guides, its words and its columns, each in exactly its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from widgets.tree.hits import found_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.style import Style as RichStyle

RowT = TypeVar("RowT")

LEAST_WORDS = 16
"""Cells that a line's words keep, however deep it stands."""
_LEVEL = 2
"""Cells of the cursor's bar, of the guide of each level, and of the twist."""
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")

Worn = tuple[str | Style, ...]
"""What a piece of text wears, the undermost first."""
Piece = tuple[str, Worn]


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """What stands right of the words, ``width`` cells wide: what does not fit is cut, what is shorter is filled up.

    It is left out where the whole line has less than ``shown_from`` cells, and takes the share ``grows`` of those beyond 80.
    Where it is ``searched``, what a filter looks for is marked in it as it is in the words.
    """

    draw: Callable[[RowT], Content]
    width: int
    shown_from: int = 0
    grows: float = 0.0
    searched: bool = False

    def width_in(self, cells: int) -> int:
        """How wide it is in a line of so many cells."""
        return self.width + int(max(0, cells - 80) * self.grows)


@dataclass(frozen=True, slots=True)
class Styles:
    """What lines wear: a line, the words under the cursor, the guides, and what a filter looks for."""

    line: Style
    cursor: Style
    guide: Style
    hit: Style


@dataclass(frozen=True, slots=True)
class Standing:
    """How a line stands: how deep, its twist, whether the cursor is on it, and the words to be marked in it."""

    depth: int
    twist: str
    is_on: bool
    wanted: tuple[str, ...] = ()


class Look(Generic[RowT]):
    """How lines are drawn as long as neither their width nor their styles change.

    Everything is drawn without Textual's layout of text, which there is nothing to lay out for: that takes a third of the time.
    """

    def __init__(self, cells: int, columns: Sequence[Column[RowT]], styles: Styles) -> None:
        self._columns = tuple((one, one.width_in(cells)) for one in columns if cells >= one.shown_from)
        self.cells = cells
        taken = sum(width + 1 for _, width in self._columns)
        self.room = max(1, cells - taken)
        """Cells of the words and what stands before them."""
        self._drawn = self.room + taken
        self._styles = styles
        self._known: dict[Worn, RichStyle] = {}

    def blank(self) -> Strip:
        """Where there is no line."""
        return Strip.blank(self.cells, self._styles.line.rich_style)

    def draw(self, row: RowT, words: Content, standing: Standing) -> Strip:
        """A line of this row, whose first column says these words."""
        line = self._styles.line
        pieces = list(self._head(words, standing))
        for column, width in self._columns:
            pieces.append((" ", (line,)))
            pieces += self._fitted(column.draw(row), width, line, standing.wanted if column.searched else ())
        return Strip(self._segments(pieces), self._drawn).adjust_cell_length(self.cells, line.rich_style)

    def _head(self, words: Content, standing: Standing) -> Iterator[Piece]:
        """The first column; in a view narrower than what stands before the words, as much of that as fits."""
        base = self._styles.cursor if standing.is_on else self._styles.line
        guides = self._guides(standing.depth)
        left = self.room - len(guides) - 2 * _LEVEL
        if left < 0:
            yield ("▌" if standing.is_on else " ").ljust(self.room), (base,)
            return
        yield "▌ " if standing.is_on else "  ", (base,)
        yield guides, (base, self._styles.guide)
        yield standing.twist, (base,)
        yield from self._fitted(words, left, base, standing.wanted)

    def _guides(self, depth: int) -> str:
        """A bar for each level above; of a line too deep for this width, only as many as leave room for words, and dots."""
        most = max(0, (self.room - LEAST_WORDS - 2 * _LEVEL) // _LEVEL)
        return "│ " * depth if depth <= most else "│ " * (most - 1) + "⋯ " * min(1, most)

    def _fitted(self, content: Content, width: int, base: Style, wanted: Sequence[str]) -> Iterator[Piece]:
        """Content in exactly so many cells: an ellipsis where it is cut, spaces where it is short."""
        if not content.plain.isprintable():
            content = Content(_CONTROLS.sub(" ", content.plain), list(content.spans), strip_control_codes=False)
        for start, end in found_in(content.plain, wanted) if wanted else ():
            content = content.stylize(self._styles.hit, start, end)
        short = width - content.cell_length
        if short < 0:
            content = content.truncate(width, ellipsis=True)
        yield from _pieces(content, base)
        if short > 0:
            yield " " * short, (base,)

    def _segments(self, pieces: Iterable[Piece]) -> list[Segment]:
        """As few segments as there are styles one after the other: each costs at every step on its way to the terminal."""
        found: list[Segment] = []
        text, worn = "", None
        for more, wears in pieces:
            style = self._known.get(wears)
            if style is None:
                style = self._learn(wears)
            if style is worn:
                text += more
                continue
            if text:
                found.append(Segment(text, worn))
            text, worn = more, style
        return [*found, Segment(text, worn)]

    def _learn(self, wears: Worn) -> RichStyle:
        style = Style.combine(Style.parse(one) if isinstance(one, str) else one for one in wears).rich_style
        self._known[wears] = next((one for one in self._known.values() if one == style), style)
        return self._known[wears]


def _pieces(content: Content, base: Style) -> Iterator[Piece]:
    """The text in pieces, each with all that it wears."""
    text, spans = content.plain, content.spans
    if not spans:
        yield text, (base,)
        return
    ends = {0, len(text), *chain.from_iterable((span.start, span.end) for span in spans)}
    for start, end in pairwise(sorted(ends)):
        worn = (span.style for span in spans if span.start <= start and span.end >= end)
        yield text[start:end], (base, *worn)
