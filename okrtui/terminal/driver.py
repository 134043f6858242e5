"""The driver: Textual's own for POSIX, for terminals that send anything, stall, hang up and come back."""

from __future__ import annotations

import os
import selectors
import signal
import sys
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

from okrtui.terminal.intake import Intake
from okrtui.terminal.outlet import Outlet
from okrtui.terminal.painting import LEAVE, PaintingDriver, size_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from textual.app import App

_PATIENCE = 1.0
"""Seconds a terminal has to read the last that is written to it."""


class PosixDriver(PaintingDriver, LinuxDriver):
    """Reads through an ``Intake`` and writes through an ``Outlet``, each on a thread of its own."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        out = sys.__stdout__
        self._out = out.fileno() if out is not None and out.isatty() else sys.__stderr__.fileno()  # type: ignore[union-attr]  # the command made sure of one
        self._outlet: Outlet | None = None
        self._suspended = False

    # Out

    @property
    def is_behind(self) -> bool:
        """Whether the terminal is slow: it has not taken yet what was written."""
        return self._outlet is not None and self._outlet.is_behind

    def put(self, text: str, *, must: bool) -> bool:
        """Send a text as it is; nothing to a terminal that is not taken yet, or was given back."""
        return self._outlet is not None and self._outlet.write(text, must=must)

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self._outlet = Outlet(self._out, lambda: self._soon(self._redraw), lambda: self._soon(self._hung_up))
        self._whole(super().start_application_mode)
        self._watch_size()

    def _watch_size(self) -> None:
        """Before the new size is told: what stood on a terminal that was resized may stand elsewhere now, or nowhere."""
        tell = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            self._soon(self._picture.forget)
            if callable(tell):
                tell(number, frame)

        signal.signal(signal.SIGWINCH, resized)

    def stop_application_mode(self) -> None:
        """Give the terminal back, at the end for last words, among which nothing that is typed is shown, and which no ctrl+s stops.

        The rest of it is given back after them: see :meth:`give_back`.
        """
        before = self.attrs_before
        if before is not None and not self._suspended:
            self.attrs_before = [before[0] & ~termios.IXON, *before[1:3], before[3] & ~termios.ECHO, *before[4:]]
        try:
            self._whole(super().stop_application_mode)
        finally:
            self.attrs_before = before

    def give_back(self) -> None:
        """Leave the terminal as it was found, without what was typed for a program that had ended: it is no command of a shell."""
        if self.attrs_before is None:
            return
        with suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)
            termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def close(self) -> None:
        """Have the last of it written."""
        super().close()
        if self._outlet is not None:
            self._outlet.close(_PATIENCE)
            self._outlet = None

    def restore_now(self) -> None:
        """Give the terminal back without the loop, and without waiting for anything: the end of a program that hangs."""
        try:
            os.set_blocking(self._out, False)
            os.write(self._out, LEAVE.encode())
        except OSError:
            pass
        try:
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            os.set_blocking(self._out, True)
        except (OSError, termios.error):
            pass

    def _get_terminal_size(self) -> tuple[int, int]:
        try:
            width, height = os.get_terminal_size(self._out)
        except OSError:
            width, height = 0, 0
        return size_of(width, height)

    # In

    def run_input_thread(self) -> None:
        """Read until the application ends, or the terminal does."""
        intake = Intake()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.05 if intake.is_waiting else 0.1):
                    data = self._read()
                    if not data:
                        self._soon(self._hung_up)
                        return
                    messages = intake.feed(data)
                else:
                    messages = intake.tick()
                for message in messages:
                    self.process_message(message)

    def _read(self) -> bytes:
        """What came; nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, 16 * 1024)
        except OSError:
            return b""

    # Signals: their handlers only leave a note for the loop, as they interrupt anything, also who holds a lock

    def _soon(self, call: Callable[[], None]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call)

    def _sigtstp_application(self, *_: object) -> None:
        if not is_alone():
            self._soon(self._suspend)

    def _suspend(self) -> None:
        self._suspended = True
        self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        self._soon(self._resume)

    def _resume(self) -> None:
        """Take the terminal again: after a suspension as at the start, after a plain stop without beginning twice."""
        if not self._app.is_running or self._app._exit:  # the application is ending
            return
        if self._suspended:
            self._suspended = False
            self._must_signal_resume = True
            self.resume_application_mode()
        elif self._outlet is not None:
            self._whole(self._take_again)
        self._redraw()

    def _take_again(self) -> None:
        try:
            attributes = termios.tcgetattr(self.fileno)
            attributes[3] = self._patch_lflag(attributes[3])
            attributes[0] = self._patch_iflag(attributes[0])
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
        except termios.error:
            pass
        self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l")
        self._enable_mouse_support()


def is_alone() -> bool:
    """Whether nobody could wake a stopped program: it runs without a shell's job control, as a forced command does."""
    return "SSH_ORIGINAL_COMMAND" in os.environ or os.getpgrp() == os.getsid(0)
