"""A text over the screen, to be read and left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from screens.dialogs.dialog import Dialog
from widgets.reading import Reading
from widgets.text import plain

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Read(Dialog[None]):
    """A text with a title; the arrows, pgup and pgdn scroll it, Esc leaves."""

    DEFAULT_CSS = """
    Read {
        align: center middle;
        & > Reading {
            width: 90%;
            max-width: 110;
            height: auto;
            max-height: 96%;
            background: $surface;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "close", "Close", id="read.close")]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """The text."""
        text = Reading(id="text")
        text.border_subtitle = Content("arrows, pgdn scroll · Esc closes")
        yield text

    def on_mount(self) -> None:
        """Begin at its beginning."""
        reading = self.query_one(Reading)
        reading.show(plain(self._title), self._text)
        reading.focus()

    @property
    def text(self) -> str:
        """What can be read."""
        return self._text.plain

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(None)
