"""What may lie beneath a dialog, and still be drawn anew."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

ResultT = TypeVar("ResultT")


class Beneath(Screen[ResultT]):
    """A screen whose changes, where it lies beneath another, have that one drawn whole.

    Textual has the upper screen draw the changed regions of the lower one, for which it forgets which of its own widgets wait
    to be drawn: words typed into a form at that moment stand in it, and are not seen until the next key.
    """

    def _compositor_refresh(self) -> None:
        """Draw what changed, where it would be shown; beneath another once, not again at every message."""
        if self.app._batch_count:
            self._repaint_required = True
            return
        shown = self.app.screen
        is_changed = self is not shown and bool(self._compositor._dirty_regions)
        super()._compositor_refresh()
        if is_changed:
            shown.refresh()
        if self is not shown:
            self._repaint_required = False
