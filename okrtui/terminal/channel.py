"""The driver for a terminal at the other end of a channel: no file, no thread and no signal of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from textual import constants, events
from textual.drivers.linux_driver import (
    KITTY_DISAMBIGUATE_ESCAPE_CODES,
    KITTY_REPORT_ALL_KEYS,
    KITTY_REPORT_ASSOCIATED_TEXT,
)
from textual.geometry import Size
from textual.messages import InBandWindowResize

from okrtui.terminal.intake import Intake
from okrtui.terminal.outlet import MOST_WAITING
from okrtui.terminal.painting import LEAVE, PaintingDriver, size_of

if TYPE_CHECKING:
    import asyncio

    from textual.app import App
    from textual.message import Message

_KITTY = KITTY_DISAMBIGUATE_ESCAPE_CODES | KITTY_REPORT_ALL_KEYS | KITTY_REPORT_ASSOCIATED_TEXT

TAKE = f"\x1b[?1049h\x1b[?1000h\x1b[?1006h\x1b[?25l\x1b[?1004h\x1b[>{_KITTY}u\x1b[?2026$p\x1b[?2004h\x1b[?7l"
"""What takes the terminal: a screen of its own, keys, buttons of the mouse and pastes told apart, frames shown at once."""

CATCH_UP_SECONDS = 0.1
"""How often it is looked whether a terminal that stalled has taken what waited."""


class Line(Protocol):
    """The way to somebody's terminal; all of it is used on the loop."""

    size: tuple[int, int]
    """Columns and rows, as the terminal said them last; zeros where it said nothing."""

    @property
    def waiting(self) -> int:
        """Bytes that were written and that the terminal has not taken yet."""

    def write(self, data: bytes) -> None:
        """Send bytes, at once or once there is room; nothing where the line is gone."""

    def attach(self, reader: ChannelDriver) -> None:
        """Tell a driver of what comes from the terminal from now on, and of what has come before."""


class ChannelDriver(PaintingDriver):
    """Draws on a :class:`Line`, which calls :meth:`feed`, :meth:`resized` and :meth:`hung_up`, on the loop.

    What is written in one turn of the loop is sent as one.
    """

    def __init__(
        self,
        app: App[Any],
        line: Line,
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._line = line
        self._size = size_of(*line.size)  # the application begins in this one, and is told of others alone
        self._intake = Intake()
        self._held: list[bytes] = []
        self._ticking: asyncio.TimerHandle | None = None
        self._is_taken = self._dropped = False

    # Out

    @property
    def is_behind(self) -> bool:
        """Whether the terminal is slow: it has not taken yet what was written."""
        return self._line.waiting > 0

    def put(self, text: str, *, must: bool) -> bool:
        """Send a text as it is, unless too much waits for a terminal that stalls: then what is newest is drawn later."""
        if not self._is_taken:
            return False
        if not must and self._line.waiting > MOST_WAITING:
            if not self._dropped:
                self._dropped = True
                self._loop.call_later(CATCH_UP_SECONDS, self._catch_up)
            return False
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(text.encode("utf-8", "replace"))
        return True

    def _send(self) -> None:
        data, self._held = b"".join(self._held), []
        if data:
            self._line.write(data)

    def _catch_up(self) -> None:
        if not self._is_taken:
            return
        if self._line.waiting:
            self._loop.call_later(CATCH_UP_SECONDS, self._catch_up)
            return
        self._dropped = False
        self._redraw()

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self._is_taken = True
        self._whole(lambda: self.write(TAKE))
        self._line.attach(self)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.disable_input()
        self._whole(lambda: self.write(LEAVE))

    def close(self) -> None:
        """Send the last of it."""
        self._send()
        self._is_taken = False

    # In

    def feed(self, data: bytes) -> None:
        """Take what the terminal sent."""
        self._read(self._intake.feed(data))

    def _read(self, messages: list[Message]) -> None:
        for message in messages:
            if not isinstance(message, InBandWindowResize):  # the line tells the size
                self.process_message(message)
        self._wait()

    def _wait(self) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
        self._ticking = (
            self._loop.call_later(constants.ESCAPE_DELAY, self._tick) if self._intake.is_unfinished else None
        )

    def _tick(self) -> None:
        self._ticking = None
        self._read(self._intake.tick())

    def send_message(self, message: Message) -> None:
        """Give the application a message, on the loop that both are on."""
        self._app.post_message(message)

    def disable_input(self) -> None:
        """Take nothing in any more."""
        if self._ticking is not None:
            self._ticking.cancel()
            self._ticking = None

    # The line

    def resized(self) -> None:
        """Draw for another size; what stood there may stand elsewhere now, or nowhere."""
        self._picture.forget()
        size = Size(*size_of(*self._line.size))
        self.send_message(events.Resize(size, size))

    def hung_up(self) -> None:
        """The terminal is gone."""
        self.disable_input()
        self._is_taken = False
        self._hung_up()
