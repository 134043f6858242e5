"""One column of the board: cards of several lines each, drawn as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList

from widgets.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType
    from textual.widgets.option_list import Option

_GUTTER = 2  # cells left of a card: the cursor's bar and a space


class Column(Listing, inherit_bindings=False):
    """A listing whose cursor is a bar beside its card and the card's first line: a key paints little more than that.

    Only the column that the cursor is in shows one. A click chooses, a double click opens.
    """

    # Without those that scroll sideways: left and right go to the columns beside.
    BINDINGS: ClassVar[list[BindingType]] = [*OptionList.BINDINGS, *Listing.BINDINGS]

    DEFAULT_CSS = """
    Column {
        min-width: 8;
        text-wrap: wrap;
        text-overflow: fold;
        & > .option-list--option-highlighted { background: transparent; }
        &:focus > .option-list--option-highlighted { background: $primary 40%; }
        &.-current > .option-list--option-highlighted { background: $boost; }
        &.-current:focus > .option-list--option-highlighted { background: $primary 40%; }
    }
    """

    class Opened(Message):
        """A card was clicked twice."""

    def __init__(self, name: str, *, id: str, folded: bool = False) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self.called = name
        self.count = 0
        self.folded = folded
        """Whether it shows its count alone while the cursor is elsewhere."""
        self.title()

    def title(self) -> None:
        """Say its name and how many cards it has."""
        self.border_title = Content(f"{self.called} · {self.count}")

    def show(self, options: Sequence[Option], empty: str = "") -> None:
        """Show these cards; the cursor stays on the card it was on, or near where that was."""
        self.count = len(options)
        self.title()
        super().show(options, empty)

    def has(self, card: str) -> bool:
        """Whether a card is in this column."""
        return self._has(card)

    # Where the cursor stands among the lines shown, for the column beside

    @property
    def line_of_cursor(self) -> int:
        """The line of the cursor's card, counted from the first one shown."""
        if self.highlighted is None:
            return 0
        return self._index_to_line.get(self.highlighted, 0) - self.scroll_offset.y

    def choose_at(self, line: int) -> None:
        """Put the cursor on the card at a line, counted from the first one shown; the last one where there is none."""
        lines = self._lines
        if lines and self.option_count:
            self.highlighted = lines[min(max(0, line + self.scroll_offset.y), len(lines) - 1)][0]
        elif self.highlighted is None and self.option_count:  # not laid out yet
            self.highlighted = 0

    # Drawing

    def _get_left_gutter_width(self) -> int:
        return _GUTTER

    def repaint(self, line: int, height: int) -> None:
        """Paint the first line of a card, and of the others the bar."""
        self.refresh_lines(line)
        self.refresh(Region(0, line + 1 - self.scroll_offset.y, 1, height - 1))

    def render_line(self, y: int) -> Strip:
        """A line of a card, with the bar beside it where the cursor is on it."""
        plain = self.get_visual_style("option-list--option")
        place = self.scroll_offset.y + y
        if place >= len(self._lines):
            return Strip.blank(self.scrollable_content_region.width, plain.rich_style)
        index, offset = self._lines[place]
        option = self.options[index]
        is_on = index == self.highlighted and not option.disabled and self.has_class("-current")
        style = plain
        if is_on and offset == 0:
            style = self.get_visual_style("option-list--option", "option-list--option-highlighted")
        strips = self._get_option_render(option, style)
        if offset >= len(strips):  # it was measured for a width that it has no more
            return Strip.blank(self.scrollable_content_region.width, plain.rich_style)
        strip = strips[offset]
        bar = Segment("▌ " if is_on else "  ", style.rich_style)
        return Strip([bar, *strip], strip.cell_length + _GUTTER).apply_meta({"option": index})

    # The mouse

    async def _on_click(self, event: events.Click) -> None:
        event.prevent_default()
        index = event.style.meta.get("option")
        if not isinstance(index, int) or self.options[index].disabled:
            return
        self.highlighted = index
        if event.chain == 2:
            self.post_message(self.Opened())
