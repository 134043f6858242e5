"""Fields one goes through from the top: the one that has the focus stays in view, whatever is laid out around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size
    from textual.widget import Widget


class InView(VerticalScroll, can_focus=False):
    """Scrolls to the field that has the focus, and to the very top where that is the first one.

    Textual looks once, when the focus comes. But the focus, the text above the field and the height there is arrive in
    any order, and change afterwards; so it is looked again after each of them.
    """

    def __init__(self, *, id: str, whole: type[Widget] | None = None) -> None:  # noqa: A002  # Textual's name
        """Begin empty; ``whole`` is what around a field is shown with it."""
        super().__init__(id=id)
        self._whole = whole

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002  # Textual's name
        """Show the field, once what it brought with it is laid out."""
        self.call_after_refresh(self.show_focused)

    def on_resize(self) -> None:
        """Show it in the height there is now."""
        self.show_focused()

    def watch_virtual_size(self, before: Size, now: Size) -> None:
        """Show it where it stands now, once the layout that moved it is done."""
        if before != now:
            self.call_after_refresh(self.show_focused)

    def show_focused(self) -> None:
        """Bring the field that has the focus into view; nothing where the focus is elsewhere."""
        field = self.screen.focused if self.is_attached else None
        if field is None or self not in field.ancestors:
            return
        if field is next(filter(_can_be_gone_to, self.query()), None):
            self.scroll_home(animate=False, immediate=True)
        whole = self._whole
        around = next((one for one in field.ancestors_with_self if whole and isinstance(one, whole)), field)
        around.scroll_visible(animate=False, immediate=True)


def _can_be_gone_to(field: Widget) -> bool:
    return field.focusable and all(around.display for around in field.ancestors_with_self)
