"""A list of lines that keeps its cursor when what it shows is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from widgets.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.visual import VisualType


class Listing(OptionList):
    """An OptionList with a title, options known by their ids, and words for when there are none.

    Options whose id is None or that are disabled are headings.
    """

    DEFAULT_CSS = """
    Listing {
        border: round $surface-lighten-2;
        border-title-color: $text-muted;
        padding: 0;
        background: transparent;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        &:focus { border: round $accent; border-title-color: $accent; }
        & > .option-list--option-disabled { color: $accent; text-style: bold; }
        & > .option-list--option { padding: 0; }
        & > .option-list--option-highlighted { background: $boost; color: $text; text-style: none; }
        &:focus > .option-list--option-highlighted { background: $primary 40%; color: $text; text-style: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    # A moved cursor paints the lines it left and those it came to, not the whole list: half a kilobyte instead of four.
    highlighted: reactive[int | None] = reactive(None, repaint=False)

    def __init__(self, *, id: str, title: str = "") -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id, markup=False)
        if title:
            self.border_title = Content(title)
        self._prompts: list[tuple[str | None, VisualType]] = []

    def watch_highlighted(self, before: int | None, highlighted: int | None) -> None:  # type: ignore[override]  # Textual calls a watcher with as many as it takes
        """Paint the option the cursor left and the one it came to."""
        super().watch_highlighted(highlighted)
        for index in (before, highlighted):
            if index in self._index_to_line:
                self.repaint(self._index_to_line[index], self._heights[index])

    def repaint(self, line: int, height: int) -> None:
        """Paint an option that the cursor left or came to: ``height`` lines from ``line``."""
        self.refresh_lines(line, height)

    def scroll_to_highlight(self, top: bool = False) -> None:  # noqa: FBT001, FBT002  # Textual's signature
        """Scroll by half a page where the cursor leaves what is shown, so that most of its moves scroll nothing."""
        if self.highlighted is None or not self.is_mounted or top:
            super().scroll_to_highlight(top)
            return
        self._update_lines()
        line, height = self._index_to_line.get(self.highlighted, 0), self._heights.get(self.highlighted, 1)
        room = self.scrollable_content_region.height
        if line < self.scroll_offset.y or line + height > self.scroll_offset.y + room:
            self.scroll_to(y=max(0, line - room // 2), animate=False, force=True, immediate=True)

    def show(self, options: Sequence[Option], empty: str = "") -> None:
        """Show these options; the cursor stays on the option it was on, or near where that was."""
        chosen, place = self.chosen, self.highlighted
        said = [Option(words(empty, "$foreground-muted", lines=True), disabled=True)] if empty and not options else []
        shown = [*options, *said]
        prompts = [(option.id, option.prompt) for option in shown]
        if prompts == self._prompts and self.option_count:
            return
        self._prompts = prompts
        top = self.scroll_offset.y
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options(shown)
            self._restore(chosen, place)
        self.scroll_to(y=top, animate=False)
        if self.highlighted is not None:
            self.post_message(
                self.OptionHighlighted(self, self.get_option_at_index(self.highlighted), self.highlighted)
            )

    def _restore(self, chosen: str | None, place: int | None) -> None:
        if chosen is not None and self._has(chosen):
            self.highlighted = self.get_option_index(chosen)
            return
        usable = [index for index, option in enumerate(self.options) if not option.disabled]
        if usable:
            wanted = place or 0
            self.highlighted = min(usable, key=lambda index: abs(index - wanted))

    def _has(self, option_id: str) -> bool:
        return any(known == option_id for known, _ in self._prompts)

    @property
    def chosen(self) -> str | None:
        """The id of the option under the cursor; None where there is none."""
        if self.highlighted is None:
            return None
        option = self.get_option_at_index(self.highlighted)
        return None if option.disabled else option.id

    def choose(self, option_id: str) -> bool:
        """Put the cursor on an option; False where it is not here."""
        if not self._has(option_id):
            return False
        self.highlighted = self.get_option_index(option_id)
        return True

    def action_select(self) -> None:
        """Select what is under the cursor; without anything there, Enter is the screen's.

        Raises:
            SkipAction: there is nothing to select.
        """
        if self.chosen is None:
            raise SkipAction
        super().action_select()
