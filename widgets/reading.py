"""One thing in full, to be read: a text that scrolls, and keeps its place while the same thing is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Reading(VerticalScroll, can_focus=True, inherit_bindings=False):
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

    # Without those that scroll sideways, which nothing here does: left and right are the page's.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", show=False),
        Binding("up,k", "scroll_up", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._of = ""
        self._share: float | None = None
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
    def of(self) -> str:
        """The thing whose text is shown."""
        return self._of

    @property
    def share(self) -> float:
        """How far down it stands, from 0 to 1."""
        return round(self.scroll_offset.y / self.max_scroll_y, 4) if self.max_scroll_y else 0.0

    def scroll_share(self, share: float) -> None:
        """Scroll so far down, from 0 to 1, once the text is laid out."""
        is_waiting, self._share = self._share is not None, share
        if not is_waiting:
            self.call_after_refresh(self._scroll_there)

    def _scroll_there(self) -> None:
        share, self._share = self._share, None
        if share is not None:
            self.scroll_to(y=round(share * self.max_scroll_y), animate=False)

    @property
    def text(self) -> str:
        """What can be read now, without its styles."""
        return self._shown.plain
