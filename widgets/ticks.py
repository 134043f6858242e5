"""Any of a few, or of many: space ticks, Enter goes on. A tick is a glyph, not a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.content import Content


class TickList(OptionList):
    """Choices, each a value with its words, of which any may be ticked.

    With ``narrows`` letters that are typed leave only the choices with them in their words; backspace takes the last one back.
    """

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

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        ticked: Iterable[str] = (),
        *,
        id: str,  # noqa: A002  # Textual's name
        narrows: bool = False,
    ) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self._choices: list[tuple[str, str]] = []
        self._ticked: set[str] = set()
        self._narrows = narrows
        self._typed = ""
        self.show(choices, ticked)

    def show(self, choices: Sequence[tuple[str, str]], ticked: Iterable[str]) -> None:
        """Show other choices, these of them ticked."""
        self._choices = list(choices)
        self._ticked = set(ticked) & {value for value, _ in choices}
        self._typed = ""
        self._fill()

    def _fill(self) -> None:
        """Show the choices that fit what is typed, and what that is."""
        typed = self._typed.casefold()
        fitting = [place for place, (_, text) in enumerate(self._choices) if typed in text.casefold()]
        said = joined("/ ", (self._typed, "bold"), f"  {len(fitting)} of {len(self._choices)}, backspace")
        self.clear_options()
        self.add_options([Option(said, disabled=True)] if typed else [])
        self.add_options([Option(self._row(place), id=f"tick-{place}") for place in fitting])
        self.highlighted = bool(typed) * 1 if fitting else None

    @property
    def ticked(self) -> list[str]:
        """The values that are ticked, in the order they stand."""
        return [value for value, _ in self._choices if value in self._ticked]

    def tick(self, values: Iterable[str]) -> None:
        """Tick these values and no others."""
        self._ticked = set(values) & {value for value, _ in self._choices}
        for option in self.options:
            if option.id:
                self.replace_option_prompt(option.id, self._row(_place(option)))

    def action_tick(self) -> None:
        """Tick the choice under the cursor, or take its tick off."""
        option = self.highlighted_option
        if option is None or option.id is None:
            return
        place = _place(option)
        self._ticked ^= {self._choices[place][0]}
        self.replace_option_prompt(option.id, self._row(place))
        self.post_message(self.Ticked(self))

    def action_select(self) -> None:
        """A click ticks."""
        self.action_tick()

    def action_go_on(self) -> None:
        """Go on to the next field."""
        self.post_message(self.Submitted())

    def on_key(self, event: events.Key) -> None:
        """Narrow the choices to those with what is typed."""
        if not self._narrows:
            return
        if event.key == "backspace" and self._typed:
            self._typed = self._typed[:-1]
        elif event.is_printable and event.character and event.character != " ":
            self._typed += event.character
        else:
            return
        event.stop()
        self._fill()

    def _row(self, place: int) -> Content:
        value, text = self._choices[place]
        mark = ("[✓] ", "bold $text-success") if value in self._ticked else "[ ] "
        return joined(mark, words(text))


def _place(option: Option) -> int:
    return int((option.id or "").removeprefix("tick-"))
