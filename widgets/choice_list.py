"""One of a few, chosen with the arrows or a first letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from widgets.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events


class ChoiceList(OptionList):
    """One of a few, chosen with the arrows or a first letter; Enter goes on. Only what is chosen shows without the focus."""

    DEFAULT_CSS = """
    ChoiceList {
        height: 1;
        border: none;
        padding: 0;
        scrollbar-size-vertical: 0;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .option-list--option-highlighted { background: transparent; color: $text; text-style: none; }
        &:focus {
            height: auto;
            max-height: 7;
            scrollbar-size-vertical: 1;
            & > .option-list--option-highlighted { background: $primary 50%; color: $text; text-style: bold; }
        }
    }
    """

    class Chosen(Message):
        """Enter was pressed on a choice."""

    def __init__(self, choices: Sequence[tuple[str, str]], chosen: str, *, id: str) -> None:  # noqa: A002  # Textual's name
        options = [Option(words(text), id=f"choice-{place}") for place, (_, text) in enumerate(choices)]
        super().__init__(*options, id=id, markup=False, compact=True)
        self._values = [value for value, _ in choices]
        self._words = [text.lstrip("@ ").casefold() for _, text in choices]
        self._first = self._values.index(chosen) if chosen in self._values else 0
        self._is_open = False
        self._opens = False

    def on_mount(self) -> None:
        """Begin on what is chosen."""
        self.highlighted = self._first

    def on_focus(self) -> None:
        """Open."""
        self.call_after_refresh(self._opened)

    def _opened(self) -> None:
        self._is_open = self.has_focus
        self.scroll_to_highlight()

    def on_blur(self) -> None:
        """Close to what is chosen."""
        self._is_open = False
        self.call_after_refresh(self.scroll_to_highlight, top=True)

    def on_mouse_down(self) -> None:
        """A press that brings the focus opens the list, and chooses nothing yet."""
        self._opens = not self._is_open

    async def _on_click(self, event: events.Click) -> None:
        if self._opens:
            event.prevent_default()
            event.stop()

    @property
    def value(self) -> str:
        """What is chosen now."""
        place = self._first if self.highlighted is None else self.highlighted
        return self._values[place] if self._values else ""

    def choose(self, value: str) -> None:
        """Choose a value, where it is one of them."""
        if value in self._values:
            self.highlighted = self._values.index(value)

    def action_select(self) -> None:
        """Go on to the next field."""
        self.post_message(self.Chosen())

    def on_key(self, event: events.Key) -> None:
        """Go to the next choice that begins with the letter typed."""
        if not event.is_printable or event.character is None:
            return
        letter = event.character.casefold()
        here = self._first if self.highlighted is None else self.highlighted
        order = [*range(here + 1, len(self._words)), *range(here + 1)]
        self.highlighted = next((at for at in order if self._words[at].startswith(letter)), here)
        event.stop()
