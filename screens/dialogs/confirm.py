"""A question before what cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from screens.dialogs.dialog import Dialog
from widgets.text import words

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Confirm(Dialog[bool]):
    """Yes or no; Enter is yes, Esc is no."""

    DEFAULT_CSS = """
    Confirm {
        align: center middle;
        & > #question {
            width: auto;
            max-width: 76;
            height: auto;
            border: round $accent;
            background: $surface;
            padding: 1 2;
        }
        #words { width: auto; max-width: 70; height: auto; }
        #buttons { width: auto; height: 1; margin-top: 1; }
        Button { height: 1; border: none; margin-right: 2; min-width: 12; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", "No", id="confirm.no"),
        Binding("y", "answer(True)", "Yes", id="confirm.yes"),
    ]

    def __init__(self, question: str, *, yes: str = "Yes", no: str = "Leave it") -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """The question and two buttons."""
        with Vertical(id="question"):
            yield Static(words(self._question, lines=True), id="words", markup=False)
            with Horizontal(id="buttons"):
                yield Button(Content(f"{self._yes} (Enter)"), id="yes", variant="primary", compact=True)
                yield Button(Content(f"{self._no} (Esc)"), id="no", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001  # Textual passes an action's arguments by place
        """Answer."""
        self.dismiss(answer)
