"""A field of several lines in which Enter goes on and alt+enter begins a new line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

if TYPE_CHECKING:
    from textual import events


class NoteArea(TextArea):
    """Words over several lines."""

    # The words of an empty field are wrapped at its width whatever that is, and cannot be at none.
    DEFAULT_CSS = "NoteArea { min-width: 4; }"

    class Submitted(Message):
        """Enter was pressed: go on to what comes next."""

        def __init__(self, area: NoteArea) -> None:
            super().__init__()
            self.area = area

        @property
        def control(self) -> NoteArea:
            """The field it was pressed in."""
            return self.area

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(text, id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True)
        self.highlight_cursor_line = False
        self.cursor_blink = False
        self.set_reactive(TextArea.selection, Selection.cursor(self.document.end))

    def load_text(self, text: str) -> None:
        """Take other words, to be written on."""
        super().load_text(text)
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self))
            return
        if event.key in {"alt+enter", "shift+enter", "ctrl+j"}:
            event.stop()
            event.prevent_default()
            self.insert("\n")
            return
        await super()._on_key(event)
