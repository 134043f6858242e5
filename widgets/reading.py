"""One thing in full, to be read: a text that scrolls, and keeps its place while the same thing is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Reading(VerticalScroll, can_focus=True):
    """A text with a title; arrows, j and k scroll it."""

    DEFAULT_CSS = """
    Reading {
        border: round $surface-lighten-2;
        border-title-color: $text-muted;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        &:focus { border: round $accent; border-title-color: $accent; }
        Static { height: auto; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._of = ""
        self._shown = Content("")

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static("", markup=False)

    def show(self, of: str, text: Content) -> None:
        """Show the text of a thing, named in the title; from its beginning where it is another than before."""
        if of != self._of:
            self._of = of
            self.border_title = Content(of)
            self.scroll_home(animate=False)
        if text != self._shown:
            self._shown = text
            self.query_one(Static).update(text)

    @property
    def text(self) -> str:
        """What can be read now, without its styles."""
        return self._shown.plain
