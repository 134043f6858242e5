"""What may lie beneath a dialog, and still be drawn anew."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

ResultT = TypeVar("ResultT")


class Beneath(Screen[ResultT]):
    """A screen that may lie beneath another, which is drawn with its own changes when this one has changed.

    Textual has the upper screen draw the changed regions of the lower one, and lets it forget which of its own widgets wait to
    be drawn: words typed into a form at that moment stand in it, and are not seen until the next key.
    """

    def _compositor_refresh(self) -> None:
        """Draw what changed, where it would be shown; beneath another once, not again at every message."""
        if self.app._batch_count:
            self._repaint_required = True
            return
        super()._compositor_refresh()
        shown = self.app.screen
        if self is shown:
            return
        self._repaint_required = False
        if shown._repaint_required:  # now one of the widgets that wait to be drawn, not all of them
            shown._repaint_required = False
            shown._dirty_widgets.add(shown)
