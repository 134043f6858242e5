"""The workshop's clock: told from what was read, a line that is drawn anew each second while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from okrtui.core.workshops import advice, length, meant_minutes
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.timer import Timer

    from okrtui.service.minutes import WorkshopPage

TICK_SECONDS = 1.0


class ClockLine(Static):
    """How long it has been, who keeps it, what it is meant to take, and the time box; below, what the length says.

    A tick asks nothing of the store and sends one line: nothing while the clock stands still, or another page is shown.
    """

    DEFAULT_CSS = """
    ClockLine {
        height: auto;
        padding: 0 1;
        background: $boost;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    class BoxOver(Message):
        """The time box has run out."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._page: WorkshopPage | None = None
        self._now: Callable[[], datetime] | None = None
        self._timer: Timer | None = None
        self._drawn = Content("")
        self._over: tuple[str, int] | None = None
        """The time box whose end was told."""

    def on_mount(self) -> None:
        """Wait for a clock that runs."""
        self._timer = self.set_interval(TICK_SECONDS, self._tick, pause=True)

    def show(self, page: WorkshopPage, now: Callable[[], datetime]) -> None:
        """Show a clock as it was read; ``now`` tells the time, a rehearsal's where the file is one."""
        self._page, self._now = page, now
        self._draw()
        if self._timer is not None:
            (self._timer.resume if page.clock.runs else self._timer.pause)()

    def show_nothing(self, sentence: str) -> None:
        """Show why there is no clock."""
        self._page = None
        self._put(words(sentence, "$foreground-muted"))

    def _tick(self) -> None:
        if self.screen.is_current:
            self._draw()

    def _draw(self) -> None:
        if self._page is None or self._now is None:
            return
        now = self._now()
        self._put(_told(self._page, now))
        left = self._page.clock.left_in_box(now)
        box = (self._page.ref, self._page.clock.box or 0)
        if left == 0 and self._page.clock.runs and self._over != box:
            self._over = box
            self.post_message(self.BoxOver())

    def _put(self, told: Content) -> None:
        if told == self._drawn:
            return
        grew = told.plain.count("\n") != self._drawn.plain.count("\n")
        self._drawn = told
        self.update(told, layout=grew)

    @property
    def text(self) -> str:
        """What can be read now, without its styles."""
        return self._drawn.plain


def _told(page: WorkshopPage, now: datetime) -> Content:
    seconds = page.clock.seconds(now)
    least, most = meant_minutes(is_first=page.clock.is_first)
    which = "first one" if page.clock.is_first else "later one"
    rows = [
        joined(
            *_standing(page),
            " ",
            (length(seconds), "bold"),
            f" {_state(page)}",
            (f" · {which}: {least} to {most} min", "$foreground-muted"),
            *_boxed(page, now),
        )
    ]
    said = page.asked if page.is_closed else advice(seconds, is_first=page.clock.is_first)
    if said:
        rows.append(words(said, "$text-warning"))
    return stacked(*rows)


def _standing(page: WorkshopPage) -> tuple[tuple[str, str]]:
    if page.clock.runs:
        return (("▶", "bold $text-success"),)
    return (("■" if page.is_closed else "‖", "bold $foreground-muted"),)


def _state(page: WorkshopPage) -> str:
    if not page.ref:
        return "not begun"
    if page.is_closed:
        return "closed"
    if page.clock.runs:
        return f"running, kept by @{page.keeper}"
    return f"paused, kept by @{page.keeper}" if page.keeper else "paused, and nobody keeps it"


def _boxed(page: WorkshopPage, now: datetime) -> tuple[Content | tuple[str, str], ...]:
    left = page.clock.left_in_box(now)
    if left is None:
        return ()
    if left == 0:
        return ((" · time box over", "bold $text-warning"),)
    return ((f" · box {left // 60}:{left % 60:02} left", "bold $accent"),)
