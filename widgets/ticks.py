"""Any of a few: space ticks, Enter goes on. A tick is a glyph, not a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content


class TickList(OptionList):
    """Choices, each a value with its words, of which any may be ticked."""

    DEFAULT_CSS = """
    TickList {
        height: auto;
        max-height: 8;
        border: none;
        padding: 0;
        background: $boost;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", show=False),
        Binding("enter", "go_on", "Go on", show=False),
    ]

    class Ticked(Message):
        """A tick was set or taken off."""

        def __init__(self, ticks: TickList) -> None:
            super().__init__()
            self.ticks = ticks

        @property
        def control(self) -> TickList:
            """The list it happened in."""
            return self.ticks

    class Submitted(Message):
        """Enter was pressed: go on to what comes next."""

    def __init__(self, choices: Sequence[tuple[str, str]] = (), ticked: Iterable[str] = (), *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id, markup=False, compact=True)
        self._choices: list[tuple[str, str]] = []
        self._ticked: set[str] = set()
        self.show(choices, ticked)

    def show(self, choices: Sequence[tuple[str, str]], ticked: Iterable[str]) -> None:
        """Show other choices, these of them ticked."""
        self._choices = list(choices)
        self._ticked = set(ticked) & {value for value, _ in choices}
        self.clear_options()
        self.add_options([Option(self._row(place)) for place in range(len(self._choices))])
        self.highlighted = 0 if self._choices else None

    @property
    def ticked(self) -> list[str]:
        """The values that are ticked, in the order they stand."""
        return [value for value, _ in self._choices if value in self._ticked]

    def tick(self, values: Iterable[str]) -> None:
        """Tick these values and no others."""
        self._ticked = set(values) & {value for value, _ in self._choices}
        for place in range(len(self._choices)):
            self.replace_option_prompt_at_index(place, self._row(place))

    def action_tick(self) -> None:
        """Tick the choice under the cursor, or take its tick off."""
        if self.highlighted is None:
            return
        value, _ = self._choices[self.highlighted]
        self._ticked ^= {value}
        self.replace_option_prompt_at_index(self.highlighted, self._row(self.highlighted))
        self.post_message(self.Ticked(self))

    def action_select(self) -> None:
        """A click ticks."""
        self.action_tick()

    def action_go_on(self) -> None:
        """Go on to the next field."""
        self.post_message(self.Submitted())

    def _row(self, place: int) -> Content:
        value, text = self._choices[place]
        mark = ("[✓] ", "bold $text-success") if value in self._ticked else "[ ] "
        return joined(mark, words(text))
