"""A view of lines with a cursor: it moves, scrolls by half a view, and paints of a moved cursor the two lines it touches."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView

if TYPE_CHECKING:
    from textual import events


class CursorView(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of one cell's height and a cursor on one of them; what the lines are is a subclass's to say."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    CursorView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", show=False),
        Binding("down,j", "cursor_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("home", "cursor_first", "First", show=False),
        Binding("end", "cursor_last", "Last", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    """The line the cursor is on, counted from the first one shown."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self.auto_links = False  # there are none to be found in every line

    # What a subclass says

    @property
    @abstractmethod
    def count(self) -> int:
        """How many lines there are."""

    @property
    @abstractmethod
    def painted(self) -> int:
        """The cells of a line that look otherwise with the cursor on it, from the left."""

    def came(self) -> None:
        """The cursor came to another line."""

    def chosen_again(self) -> None:
        """The line under the cursor was clicked once more."""

    # Moving

    def action_cursor_up(self) -> None:
        """Move up a line."""
        self.cursor -= 1

    def action_cursor_down(self) -> None:
        """Move down a line."""
        self.cursor += 1

    def action_page_up(self) -> None:
        """Move up as many lines as are in view."""
        self.cursor -= self.in_view

    def action_page_down(self) -> None:
        """Move down as many lines as are in view."""
        self.cursor += self.in_view

    def action_cursor_first(self) -> None:
        """Move to the first line."""
        self.cursor = 0

    def action_cursor_last(self) -> None:
        """Move to the last line."""
        self.cursor = self.count - 1

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a line."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Paint the line the cursor left and the one it came to: what of them looks otherwise."""
        for line in (before, cursor):
            self.refresh(Region(0, line - self.scroll_offset.y, self.painted, 1))
        self.keep_in_view()
        self.came()

    # Scrolling

    @property
    def in_view(self) -> int:
        """How many lines there is room for."""
        return max(1, self.scrollable_content_region.height)

    def keep_in_view(self) -> None:
        """Scroll by half of what is in view where the cursor left it, so that most of its moves scroll nothing."""
        top, room = self.scroll_offset.y, self.scrollable_content_region.height
        if room and not top <= self.cursor < top + room:
            self.scroll_to(y=max(0, self.cursor - room // 2), animate=False, force=True)

    def measure(self) -> None:
        """Say how many lines there are; nothing is laid out anew, as the scrollbar is always there."""
        size = Size(1, self.count)
        if size != self.virtual_size:
            self.set_reactive(CursorView.virtual_size, size)
            self._scroll_update(size)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; a second click does what a subclass says."""
        where = event.get_content_offset(self)
        if where is None or (line := self.scroll_offset.y + where.y) >= self.count:
            return
        self.cursor = line
        if event.chain % 2 == 0:
            self.chosen_again()
