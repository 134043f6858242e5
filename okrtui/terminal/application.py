"""An application on somebody's terminal: what it draws there, in which colours, and how it ends."""

from __future__ import annotations

from contextlib import suppress
from signal import SIGHUP
from typing import TYPE_CHECKING

from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.notifications import Notification, Notify

from okrtui.terminal.driver import PosixDriver
from okrtui.terminal.painting import PaintingDriver
from okrtui.terminal.unseen import Unseen
from widgets import themes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.dom import DOMNode
    from textual.filter import LineFilter
    from textual.notifications import SeverityLevel
    from textual.widget import Widget

LEAST_SECONDS = 0.05
"""What is said in passing is shown for so long at least, where it is shown at all."""


class InPassing(Notification):
    """What is said in passing, which has time left for as long as it has not expired, whenever each is asked.

    Textual shows what has not expired, and then asks how long for. Where it expires in between, that is less than nothing, and
    a timer of less than nothing computes for ever: with it the whole process stands still.
    """

    @property
    def time_left(self) -> float:
        """Seconds until it expires."""
        return max(super().time_left, LEAST_SECONDS)

    @property
    def has_expired(self) -> bool:
        """Whether it is over."""
        return super().time_left <= 0


class OnTerminal(App[int]):
    """It sends nothing that a terminal would obey, blinks at nobody, and ends with an exit status when it is told to."""

    def __init__(self) -> None:
        super().__init__(driver_class=PosixDriver)
        self._look()
        self._unseen = Unseen()
        self.ends: Callable[[int], None] = self.leave

    def _look(self) -> None:
        """Take the themes; under NO_COLOR the one that leaves colours to the terminal, and then leave them out."""
        for _, theme in themes.THEMES.values():
            self.register_theme(theme)
        self.theme = themes.OWN_COLOURS if self.no_color else themes.DEFAULT
        self.stylesheet.set_variables(self.get_css_variables())
        self._styled = self._css_update_count
        self._filters = [NoColor() if isinstance(one, Monochrome) else one for one in self._filters]

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002  # Textual's signature
        """Style everything anew where the colours have changed: Textual asks for it at each page's first visit, too."""
        if self._styled != self._css_update_count:
            self._styled = self._css_update_count
            super().refresh_css(animate)

    def _take_theme(self, name: str | None) -> None:
        """Take the theme this person chose, if there is a choice."""
        if name in themes.THEMES and not self.no_color:
            self.theme = name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through before the terminal; the last one lets nothing through that it would obey."""
        return (*super().get_line_filters(), self._unseen)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        """Take a widget in, a field without a blink: its output keeps a dead link alive for ever."""
        blink = getattr(type(child), "cursor_blink", None)
        if blink is not None:
            child.set_reactive(blink, False)  # noqa: FBT003  # Textual's way to say it
        super()._register_child(parent, child, before, after)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something in passing."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(InPassing(message, title, severity, seconds, markup=markup)))

    def hung_up(self) -> None:
        """The terminal is gone."""
        self.ends(128 + SIGHUP)

    def leave(self, status: int) -> None:
        """End with an exit status, from a signal's handler too: the loop does it in its turn."""
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self.exit, status)

    def give_back_terminal(self) -> None:
        """Leave the terminal as it was found, once the last words are said."""
        if isinstance(self._driver, PosixDriver):
            self._driver.give_back()

    def restore_terminal(self) -> None:
        """Give the terminal back at once, where the application did not end in time."""
        if isinstance(self._driver, PosixDriver):
            self._driver.restore_now()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not taken yet what was drawn: what can wait is drawn less often."""
        return isinstance(self._driver, PaintingDriver) and self._driver.is_behind
