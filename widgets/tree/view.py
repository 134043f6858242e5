"""The widget: it draws the lines that are in view, and of a moved cursor the two that it touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from widgets.tree.lines import DEEPEST, Folds, Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.style import Style

RowT = TypeVar("RowT")

GUTTER = 2
"""Cells of the cursor's bar, and of each level's guide."""
LEAST_WORDS = 16
"""Cells that a line's words keep, however deep it stands."""
_KEPT_STRIPS = 512
_SPACE = Content(" ")


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """What stands right of the words, ``width`` cells wide: what does not fit is cut, what is shorter is filled up.

    It is left out where the whole line has less than ``shown_from`` cells, and takes the share ``grows`` of those beyond 80.
    """

    draw: Callable[[RowT], Content]
    width: int
    shown_from: int = 0
    grows: float = 0.0

    def width_in(self, cells: int) -> int:
        """How wide it is in a line of so many cells."""
        return self.width + int(max(0, cells - 80) * self.grows)


@dataclass(frozen=True, slots=True)
class _Look(Generic[RowT]):
    """How lines are drawn: cells of the whole line and of its words, the columns with theirs, and the styles."""

    cells: int
    room: int
    columns: tuple[tuple[Column[RowT], int], ...]
    line: Style
    cursor: Style
    guide: Style


class LineTree(ScrollView, Generic[RowT], can_focus=True, inherit_bindings=False):
    """A tree of lines with columns, of any number of lines.

    ``words`` draws a line's first column, without its guides; ``text`` is what a filter looks for it by.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-tree--line", "line-tree--guide", "line-tree--cursor"}
    ALLOW_SELECT = False

    DEFAULT_CSS = """
    LineTree {
        overflow-x: hidden;
        overflow-y: scroll;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        & > .line-tree--guide { color: $surface-lighten-3; }
        & > .line-tree--cursor { background: $boost; }
        &:focus > .line-tree--cursor { background: $primary 40%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", show=False),
        Binding("down,j", "cursor_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("home", "cursor_first", "First", show=False),
        Binding("end", "cursor_last", "Last", show=False),
        Binding("left,h", "cursor_out", "Fold, or to the line above", show=False),
        Binding("right,l", "cursor_in", "Unfold, or to the first line below", show=False),
        Binding("space", "fold", "Fold or unfold", show=False),
        Binding("asterisk", "unfold_below", "Unfold all below", show=False),
        Binding("minus", "fold_all", "Fold all", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    """The line the cursor is on, counted among those shown."""

    class _OfTree(Message):
        def __init__(self, tree: ScrollView, key: str) -> None:
            super().__init__()
            self.tree, self.key = tree, key

        @property
        def control(self) -> ScrollView:
            """The tree it happened in."""
            return self.tree

    class Moved(_OfTree):
        """The cursor came to another line; ``key`` is empty where none is shown."""

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, LineTree.Moved) and message.tree is self.tree

    class Opened(_OfTree):
        """Enter was pressed on a line, or one without anything below it was clicked twice."""

    class Folded(_OfTree):
        """Something was folded or unfolded; ``key`` is the line's, or empty where all were."""

    def __init__(
        self,
        words: Callable[[RowT], Content],
        columns: Sequence[Column[RowT]] = (),
        text: Callable[[RowT], str] | None = None,
        *,
        id: str | None = None,  # noqa: A002  # Textual's name
    ) -> None:
        super().__init__(id=id)
        self.auto_links = False  # there are none to be found in every line
        self._words, self._text, self._columns = words, text, columns
        self._rows: Sequence[RowT] = ()
        self._lines = Lines((), b"", Folds())
        self._strips: LRUCache[tuple[int, bool], Strip] = LRUCache(_KEPT_STRIPS)
        self._look_now: _Look[RowT] | None = None
        self._filter: tuple[str, bytes | None] = ("", None)

    # What is shown

    @property
    def lines(self) -> Lines:
        """Which lines are shown, and what stands where; to be read, not to be changed."""
        return self._lines

    @property
    def folds(self) -> Folds:
        """What is folded: a copy, to be kept."""
        return self._lines.folds.copy()

    @property
    def key(self) -> str:
        """The key of the line under the cursor; empty where none is shown."""
        place = self._place
        return self._lines.keys[place] if place >= 0 else ""

    @property
    def row(self) -> RowT | None:
        """The row under the cursor."""
        place = self._place
        return self._rows[place] if place >= 0 else None

    @property
    def _place(self) -> int:
        shown = self._lines.shown
        return shown[self.cursor] if self.cursor < len(shown) else -1

    def show(self, rows: Sequence[RowT], keys: Sequence[str], depths: bytes, passing: bytes | None = None) -> None:
        """Show other rows, in the order they stand; folds, filter and cursor stay with the keys they were on.

        ``keys`` are unique. ``depths`` has a byte a row: 0 for a root, and at most one more than the row before; there are no
        more than 255. ``passing`` is what `filter` takes.
        """
        before, place = self._lines, self._place
        key, line = self.key, self.cursor - self.scroll_offset.y
        self._rows = rows
        self._lines = Lines(keys, depths, before.folds, self.texts)
        self._filter = (self._filter[0], passing)
        if before.is_filtered or passing is not None:
            self._lines.filter(*self._filter)
        self._renew(self._again(before, place, key), line)
        if self.key != key:
            self.post_message(self.Moved(self, self.key))

    def _again(self, before: Lines, place: int, key: str) -> int:
        """Where a line stands now; where it is gone, the nearest one after it that is there still, or before it."""
        if place < 0:
            return 0
        now = self._lines.place_of(key)
        if now < 0:
            here = set(self._lines.keys)
            at = before.position(place)
            after = (one for one in before.shown[at:] if before.keys[one] in here)
            ahead = (one for one in reversed(before.shown[:at]) if before.keys[one] in here)
            near = next(after, next(ahead, -1))
            now = self._lines.place_of(before.keys[near]) if near >= 0 else 0
        return self._lines.near(now)

    def texts(self) -> Sequence[str]:
        """What a filter looks for each row by."""
        return [self._text(row) for row in self._rows] if self._text is not None else [""] * len(self._rows)

    def choose(self, key: str) -> bool:
        """Put the cursor on a line, and unfold what it is hidden in; False where it is not there, or the filter leaves it out."""
        place = self._lines.place_of(key)
        if place < 0:
            return False
        if self._lines.position(place) < 0:
            self._lines.reveal(place)
            self._renew(self._lines.near(place))
        if self._lines.position(place) < 0:
            return False
        self.cursor = self._lines.position(place)
        return True

    # Filtering

    def prepare_filter(self) -> None:
        """Do once, before the first key, what every key of a filter needs."""
        self._lines.prepare()

    def filter(self, words: str, passing: bytes | None = None) -> None:
        """Show only the rows whose text has each of these words, and what they stand under; with neither, all of them.

        ``passing`` has a byte a row, 1, or 0 where it is left out whatever it says. The cursor stays on its line, or goes to
        the first one that was found.
        """
        place, was_filtered = self._place, self._lines.is_filtered
        self._filter = (words, passing)
        self._lines.filter(words, passing)
        if was_filtered and not self._lines.is_filtered and place >= 0:
            self._lines.reveal(place)
        at = self._lines.position(place) if place >= 0 and self._lines.is_hit(place) else -1
        if at < 0:
            shown = self._lines.shown
            at = next((at for at, one in enumerate(shown) if self._lines.is_hit(one)), 0)
        key = self.key
        self._renew(at)
        self.post_message(self.Moved(self, self.key or key))

    # Folding

    def fold_as(self, folds: Folds) -> None:
        """Fold and unfold what these say; the filter stays."""
        place = self._place
        self._lines.take(folds.copy())
        if self._filter != ("", None):
            self._lines.filter(*self._filter)
        self._renew(self._lines.near(max(place, 0)))

    def action_fold(self) -> None:
        """Fold or unfold the line under the cursor."""
        if self._place >= 0 and self._lines.fold(self.cursor):
            self._changed(self.key)

    def action_unfold_below(self) -> None:
        """Unfold the line under the cursor and all below it."""
        if self._place >= 0 and self._lines.unfold_below(self.cursor):
            self._changed(self.key)

    def action_fold_all(self) -> None:
        """Fold every line; the cursor goes to the root it is under."""
        place = self._place
        self._lines.fold_all()
        self._renew(self._lines.near(max(place, 0)))
        self.post_message(self.Folded(self, ""))

    def _changed(self, key: str) -> None:
        self._renew(self.cursor, self.cursor - self.scroll_offset.y)
        self.post_message(self.Folded(self, key))

    # Moving

    def action_cursor_up(self) -> None:
        """Move up a line."""
        self._move(self.cursor - 1)

    def action_cursor_down(self) -> None:
        """Move down a line."""
        self._move(self.cursor + 1)

    def action_page_up(self) -> None:
        """Move up as many lines as are in view."""
        self._move(self.cursor - self._in_view)

    def action_page_down(self) -> None:
        """Move down as many lines as are in view."""
        self._move(self.cursor + self._in_view)

    def action_cursor_first(self) -> None:
        """Move to the first line."""
        self._move(0)

    def action_cursor_last(self) -> None:
        """Move to the last line."""
        self._move(len(self._lines.shown) - 1)

    def action_cursor_out(self) -> None:
        """Fold a branch that is open; else go to the line above."""
        place = self._place
        if place < 0:
            return
        if self._lines.is_branch(place) and not self._lines.is_folded(place):
            self.action_fold()
        elif (above := self._lines.parent(place)) >= 0:
            self._move(self._lines.position(above))

    def action_cursor_in(self) -> None:
        """Unfold a branch that is folded; else go to the first line below."""
        place = self._place
        if place < 0 or not self._lines.is_branch(place):
            return
        if self._lines.is_folded(place):
            self.action_fold()
        else:
            self._move(self.cursor + 1)

    def action_open(self) -> None:
        """Open the line under the cursor."""
        if self._place >= 0:
            self.post_message(self.Opened(self, self.key))

    def _move(self, to: int) -> None:
        self.cursor = to

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a line."""
        return max(0, min(cursor, len(self._lines.shown) - 1))

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Paint the line the cursor left and the one it came to: their words alone."""
        for line in (before, cursor):
            self.refresh(Region(0, line - self.scroll_offset.y, self._look.room, 1))
        self._follow()
        self.post_message(self.Moved(self, self.key))

    @property
    def _in_view(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def _follow(self) -> None:
        """Scroll by half of what is in view where the cursor leaves it, so that most of its moves scroll nothing."""
        top, room = self.scroll_offset.y, self.scrollable_content_region.height
        if room and not top <= self.cursor < top + room:
            self.scroll_to(y=max(0, self.cursor - room // 2), animate=False, force=True)

    def _renew(self, cursor: int, line: int | None = None) -> None:
        """Show what is shown now, with the cursor there; ``line`` is where in the view it is to stand."""
        self._strips.clear()
        self._measure()
        with self.prevent(self.Moved):
            self.cursor = cursor
        if line is not None and 0 <= line < self._in_view:
            self.scroll_to(y=max(0, self.cursor - line), animate=False, force=True)
        self._follow()
        self.refresh()

    def _measure(self) -> None:
        """Say how many lines there are; nothing is laid out anew, as the scrollbar is always there."""
        size = Size(1, len(self._lines.shown))
        self.set_reactive(LineTree.virtual_size, size)
        self._scroll_update(size)

    # Drawing

    def redraw(self) -> None:
        """Draw every line anew, where what is drawn of the rows has changed."""
        self._strips.clear()
        self.refresh()

    def on_resize(self) -> None:
        """Draw for another width, and keep the cursor in view."""
        self._look_anew()
        self._follow()

    def notify_style_update(self) -> None:
        """Draw in other colours."""
        self._look_anew()
        super().notify_style_update()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  # Textual's signature
        """Draw the cursor as it is with the focus, or without."""
        self._look_anew()
        super().watch_has_focus(has_focus)

    @property
    def _look(self) -> _Look[RowT]:
        """What every line drawn now has in common."""
        cells = self.scrollable_content_region.width
        if self._look_now is None or self._look_now.cells != cells:
            self._strips.clear()
            columns = tuple((one, one.width_in(cells)) for one in self._columns if cells >= one.shown_from)
            line = self.get_visual_style("line-tree--line")
            self._look_now = _Look(
                cells,
                max(1, cells - sum(width + 1 for _, width in columns)),
                columns,
                line,
                self.get_visual_style("line-tree--line", "line-tree--cursor"),
                self.get_visual_style("line-tree--guide", partial=True),
            )
        return self._look_now

    def _look_anew(self) -> None:
        self._look_now = None
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """A line in view."""
        look, position = self._look, self.scroll_offset.y + y
        if position >= len(self._lines.shown):
            return Strip.blank(look.cells, look.line.rich_style)
        known = (self._lines.shown[position], position == self.cursor)
        strip = self._strips.get(known)
        if strip is None:
            strip = self._strips[known] = self._drawn(*known, look)
        return strip

    def _drawn(self, place: int, is_on: bool, look: _Look[RowT]) -> Strip:  # noqa: FBT001  # as it is known by
        row = self._rows[place]
        guides = Content.styled(self._guides(place, look.room), look.guide)
        head = _cut(Content.assemble("▌ " if is_on else "  ", guides, self._twist(place), self._words(row)), look.room)
        if is_on:
            head = head.stylize_before(look.cursor)
        cells = [part for column, width in look.columns for part in (_SPACE, _cut(column.draw(row), width))]
        line = Content("").join([head, *cells])
        return Strip.join(Visual.to_strips(self, line, look.cells, 1, look.line)).adjust_cell_length(look.cells)

    def _guides(self, place: int, room: int) -> str:
        """A bar for each level above; of a line too deep for this width, only as many as leave room for words, and dots."""
        depth = self._lines.depths[place]
        most = max(0, (room - LEAST_WORDS - 2 * GUTTER) // GUTTER)
        return "│ " * depth if depth <= most else "│ " * (most - 1) + "⋯ " * min(1, most)

    def _twist(self, place: int) -> str:
        if not self._lines.is_branch(place):
            return "  "
        return "▸ " if self._lines.is_folded(place) else "▾ "

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; a second click folds a branch, or opens what has nothing below it."""
        where = event.get_content_offset(self)
        if where is None:
            return
        position = self.scroll_offset.y + where.y
        if position >= len(self._lines.shown):
            return
        self.cursor = position
        if event.chain % 2 == 0:
            if self._lines.is_branch(self._place):
                self.action_fold()
            else:
                self.action_open()


def _cut(content: Content, width: int) -> Content:
    """A line of content in exactly so many cells: an ellipsis where it is cut, spaces where it is short."""
    cut = content.truncate(width, ellipsis=True)
    return cut.pad_right(max(0, width - cut.cell_length))


__all__ = ["DEEPEST", "Column", "Folds", "LineTree", "Lines"]
