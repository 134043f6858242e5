"""A view whose lines are drawn when they come into view, and kept while nothing about them changes."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic

from textual.cache import LRUCache

from widgets.tree.cursor import CursorView
from widgets.tree.drawing import Look, RowT, Standing, Styles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content
    from textual.geometry import Size
    from textual.strip import Strip

    from widgets.tree.drawing import Column

_KEPT_STRIPS = 512


class PaintedView(CursorView, Generic[RowT]):
    """Lines with columns and a cursor; which row stands in a line is a subclass's to say."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-tree--line",
        "line-tree--guide",
        "line-tree--cursor",
        "line-tree--hit",
    }

    DEFAULT_CSS = """
    PaintedView {
        & > .line-tree--guide { color: $surface-lighten-3; }
        & > .line-tree--cursor { background: $boost; }
        & > .line-tree--hit { color: $text-warning; text-style: bold underline; }
        &:focus > .line-tree--cursor { background: $primary 40%; }
    }
    """

    def __init__(self, columns: Sequence[Column[RowT]], *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._columns = columns
        self._strips: LRUCache[tuple[int, bool], Strip] = LRUCache(_KEPT_STRIPS)
        """Lines as they were drawn, by what stands where and whether the cursor is on it."""
        self._alike: LRUCache[tuple[RowT, Standing], Strip] = LRUCache(_KEPT_STRIPS)
        """The same by what they say: after news most lines in view say what they said before."""
        self._look_now: tuple[tuple[Size, bool], Look[RowT]] | None = None

    # What a subclass says

    @abstractmethod
    def place_at(self, line: int) -> int:
        """What stands in a line: a number by which it is kept."""

    @abstractmethod
    def standing(self, place: int, *, is_on: bool) -> tuple[RowT, Standing]:
        """The row at a place and how it stands, with the cursor on it or not: where both are the same, the same is drawn."""

    @abstractmethod
    def words_of(self, row: RowT) -> Content:
        """What the first column says of a row."""

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line in view."""
        look, line = self._look, self.scroll_offset.y + y
        if line >= self.count:
            return look.blank()
        place, is_on = self.place_at(line), line == self.cursor
        strip = self._strips.get((place, is_on))
        if strip is None:
            strip = self._strips[place, is_on] = self._drawn(self.standing(place, is_on=is_on), look)
        return strip

    def _drawn(self, said: tuple[RowT, Standing], look: Look[RowT]) -> Strip:
        strip = self._alike.get(said)
        if strip is None:
            row, standing = said
            strip = self._alike[said] = look.draw(row, self.words_of(row), standing)
        return strip

    def redraw(self) -> None:
        """Draw every line anew, where what is drawn of the same rows has changed."""
        self._alike.clear()
        self.moved_on()
        self.refresh()

    def moved_on(self) -> None:
        """Take it that other rows stand where they stood, or stand otherwise."""
        self._strips.clear()

    @property
    def painted(self) -> int:
        """The cells that the cursor changes: those of the words, not of the columns."""
        return self._look.room

    # What all lines have in common

    @property
    def _look(self) -> Look[RowT]:
        """How every line is drawn now; it is asked for each, and what is inside a border takes time to work out."""
        room = self.outer_size, self.show_vertical_scrollbar
        if self._look_now is None or self._look_now[0] != room:
            self._alike.clear()
            self.moved_on()
            self._look_now = room, Look(self.scrollable_content_region.width, self._columns, self._styles_now())
        return self._look_now[1]

    def _styles_now(self) -> Styles:
        return Styles(
            self.get_visual_style("line-tree--line"),
            self.get_visual_style("line-tree--line", "line-tree--cursor"),
            self.get_visual_style("line-tree--guide", partial=True),
            self.get_visual_style("line-tree--hit", partial=True),
        )

    def _look_anew(self) -> None:
        self._look_now = None

    def on_resize(self) -> None:
        """Draw for another width, and keep the cursor in view."""
        self._look_anew()
        self.keep_in_view()

    def notify_style_update(self) -> None:
        """Draw in other colours."""
        self._look_anew()
        super().notify_style_update()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  # Textual's signature
        """Draw the cursor as it is with the focus, or without."""
        self._look_anew()
        super().watch_has_focus(has_focus)
