"""Choosing one of many by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from screens.dialogs.dialog import Dialog
from widgets.listing import Listing
from widgets.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class Pick(Dialog["str | None"]):
    """Gives the value chosen, or None when it is left. ``choices`` are values with their words."""

    DEFAULT_CSS = """
    Pick {
        align: center middle;
        & > #pick {
            width: 60;
            max-width: 90%;
            height: auto;
            max-height: 80%;
            border: round $accent;
            background: $surface;
        }
        Input { height: 1; border: none; background: $boost; padding: 0 1; }
        Listing { height: auto; max-height: 16; border: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="pick.leave"),
        Binding("down", "down", "Down", id="pick.down", show=False, priority=True),
        Binding("up", "up", "Up", id="pick.up", show=False, priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], chosen: str = "") -> None:
        super().__init__()
        self._title, self._choices, self._chosen = title, choices, chosen

    def compose(self) -> ComposeResult:
        """A field and the choices that fit it."""
        with Vertical(id="pick") as box:
            box.border_title = Content(self._title)
            yield Input(placeholder="type a part of it", compact=True)
            yield Listing(id="choices")

    def on_mount(self) -> None:
        """Show them all, with the cursor on what is chosen now."""
        self._show("")
        place = next((index for index, (value, _) in enumerate(self._choices) if value == self._chosen), 0)
        self.query_one(Listing).highlighted = place if self._choices else None

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, typed: str) -> None:
        fitting = [(at, text) for at, (_, text) in enumerate(self._choices) if typed.casefold() in text.casefold()]
        options = [Option(words(text), id=f"choice-{at}") for at, text in fitting]
        self.query_one(Listing).show(options, "Nothing fits: type less of it.")

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        option = self.query_one(Listing).chosen
        self.dismiss(self._choices[int(option.removeprefix("choice-"))][0] if option else None)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def action_down(self) -> None:
        """Move down while the field keeps the focus."""
        self.query_one(Listing).action_cursor_down()

    def action_up(self) -> None:
        """Move up while the field keeps the focus."""
        self.query_one(Listing).action_cursor_up()
