"""A real pty with a program in it, and the screen a person would see."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "escape": "\x1b[27u",  # as newer terminals send it: no key that is read with it makes another of it
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "f1": "\x1bOP",
    "f4": "\x1bOS",
    "ctrl+s": "\x13",
    "ctrl+q": "\x11",
    "ctrl+p": "\x10",
}


ALTERNATE = 1049
"""The mode in which a program has a screen of its own."""

SYNCHRONIZED = 2026
"""The mode in which a program is amid a frame, of which a person sees nothing yet."""

SYNCHRONIZES = f"\x1b[?{SYNCHRONIZED};2$y".encode()
"""The answer of a terminal that knows that mode."""

_ASKED = f"\x1b[?{SYNCHRONIZED}$p".encode()

_FRAME_SECONDS = 1.0
"""How long a terminal waits for the end of a frame."""


class Screen(pyte.Screen):
    """A screen that is empty once the program that had it gives it back, as a terminal's own was."""

    @property
    def is_amid_a_frame(self) -> bool:
        """Whether some of a frame was written, and some was not."""
        return SYNCHRONIZED << 5 in self.mode  # pyte's number of a private mode

    def reset_mode(self, *modes: int, **how: bool) -> None:
        """Leave a mode."""
        super().reset_mode(*modes, **how)
        if how.get("private") and ALTERNATE in modes:
            self.erase_in_display(2)
            self.cursor_position()


def asks(raw: bytes | bytearray, new: int) -> bool:
    """Whether a program asked if the terminal knows of frames, with the last so many bytes that it printed."""
    return _ASKED in raw[-new - len(_ASKED) + 1 :]


class Terminal:
    """The command in a pty of its own."""

    def __init__(
        self,
        *args: str,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
        rows: int = 24,
        seconds: float = 60.0,
        program: str = "",
    ) -> None:
        self.screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._seconds = seconds
        self.raw = bytearray()
        """Every byte that was printed."""
        self.has_ended = False
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("OKRTUI", "TEXTUAL", "SUDO"))
        }
        clean.pop("NO_COLOR", None)
        clean |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONFAULTHANDLER": "1", **(env or {})}
        self.child = pexpect.spawn(
            program or sys.executable,
            list(args) if program else ["-m", "okrtui", *args],
            env=clean,
            dimensions=(rows, columns),
            timeout=seconds,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *error: object) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """The screen, a line each."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def said(self) -> str:
        """The screen as one line: a sentence is whole, wherever the terminal or the program broke it."""
        return " ".join("".join(self.screen.display).split())

    def pump(self, seconds: float = 0.05) -> None:
        """Take in what was printed meanwhile; of a frame that has begun, all of it."""
        self._take_in(seconds)
        end = time.monotonic() + _FRAME_SECONDS
        while self.screen.is_amid_a_frame and not self.has_ended and time.monotonic() < end:
            self._take_in(seconds)

    def _take_in(self, seconds: float) -> None:
        try:
            printed = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            self.has_ended = True
            return
        self.raw += printed
        self._stream.feed(printed)
        if asks(self.raw, len(printed)):
            self.child.send(SYNCHRONIZES)

    def until(self, wanted: str | Callable[[str], bool], *, seconds: float | None = None) -> float:
        """Wait until a text is on the screen, or a condition holds of it; how long it took."""
        began = time.monotonic()
        holds = (lambda text: wanted in text) if isinstance(wanted, str) else wanted
        while not holds(self.text):
            assert not self.has_ended, f"ended, when {wanted!r} was waited for\n{self.text}"
            assert time.monotonic() - began < (seconds or self._seconds), f"waited for {wanted!r}\n{self.text}"
            self.pump()
        return time.monotonic() - began

    def press(self, *keys: str) -> None:
        """Press keys by name, or type a text."""
        for key in keys:
            self.child.send(KEYS.get(key, key))
            self.pump(0.02)

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.child.send(data)

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def hang_up(self, seconds: float) -> int | None:
        """Take the terminal away, as a lost connection does; the exit status, None where it still runs after so long."""
        with open_process(self.child.pid) as process:
            self.child.ptyproc.fileobj.close()
            if not select.select([process], [], [], seconds)[0]:
                return None
        _, status = os.waitpid(self.child.pid, 0)
        self.child.ptyproc.terminated = True
        return os.waitstatus_to_exitcode(status)

    def _stacks(self) -> str:
        """Where each thread of a program stands that should have ended; it does by that."""
        printed = len(self.raw)
        self.child.kill(signal.SIGABRT)
        end = time.monotonic() + 5
        while not self.has_ended and time.monotonic() < end:
            self.pump()
        return self.raw[printed:].decode(errors="replace")

    def ends(self) -> int:
        """Wait for the program to end; its exit status."""
        began = time.monotonic()
        while self.child.isalive():
            assert time.monotonic() - began < self._seconds, f"still running\n{self.text}\n{self._stacks()}"
            self.pump()
        while self.child.flag_eof is False:
            self.pump()
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else 128 + self.child.signalstatus)


@contextmanager
def open_process(pid: int) -> Iterator[int]:
    """A descriptor that can be read once the process has ended."""
    descriptor = os.pidfd_open(pid)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def command(path: Path, handle: str, *args: str) -> list[str]:
    """The arguments that act on a file as somebody."""
    return ["--db", str(path), "--as", handle, *args]
