"""Screens of which everything that changed is drawn, once: what Textual forgets under some circumstances is remembered here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from textual._compositor import Compositor
from textual.screen import Screen

if TYPE_CHECKING:
    from textual import events
    from textual._compositor import CompositorMap, ReflowResult
    from textual.geometry import Size
    from textual.widget import Widget

ResultT = TypeVar("ResultT")


class Remembering(Compositor):
    """Takes for changed whatever stands elsewhere than in the frame before.

    Textual compares each layout to the one before. One that was worked out in between, as whoever asks where a widget stands may
    have it do, was never drawn: what changed up to it is on the terminal as it was, until something else changes there.
    """

    @property
    def full_map(self) -> CompositorMap:
        """Where everything stands."""
        before = self._full_map
        found = super().full_map
        if found is not before:
            places = (place.clip.intersection(place.region) for _, place in found.items() ^ before.items())
            self._dirty_regions.update(filter(None, places))
        return found

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out everything, after which nothing of it has to be worked out again."""
        found = super().reflow(parent, size)
        self._full_map_invalidated = False
        return found


class Beneath(Screen[ResultT]):
    """A screen that may lie beneath another, which is drawn with its own changes when this one has changed.

    Textual has the upper screen draw the changed regions of the lower one, and lets it forget which of its own widgets wait to
    be drawn: words typed into a form at that moment stand in it, and are not seen until the next key.
    """

    def __init__(self, *names: Any, **more: Any) -> None:
        super().__init__(*names, **more)
        self._compositor = Remembering()
        self._styled_for: object = None

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Look up no style again where they were looked up for the same colours: the first time, and behind the page before."""
        state = (self.app.theme, self.app.classes, self.app.pseudo_classes)
        if self._styled_for in {None, state}:
            event.refresh_styles = False
        self._styled_for = state

    def _compositor_refresh(self) -> None:
        """Draw what changed, where it would be shown; beneath another once, not again at every message."""
        if self.app._batch_count:
            self._repaint_required = True
            return
        is_whole = self._compositor.size.region in self._compositor._dirty_regions
        super()._compositor_refresh()
        shown = self.app.screen
        if self is shown:
            # Who wanted all of it drawn has it: Textual would draw it a second time where it was laid out anew, too.
            self._repaint_required = self._repaint_required and not is_whole
            return
        self._repaint_required = False
        if shown._repaint_required:  # now one of the widgets that wait to be drawn, not all of them
            shown._repaint_required = False
            shown._dirty_widgets.add(shown)
