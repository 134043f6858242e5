"""What a service manager is told: lines for its journal, when the server is ready, and that it goes on."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import socket
from contextlib import suppress

_LEVELS = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3, logging.CRITICAL: 2}


class _Line(logging.Formatter):
    """A line without a time, which the journal has; with its level in front where the journal reads it."""

    def __init__(self, *, for_journal: bool) -> None:
        super().__init__("%(message)s")
        self._for_journal = for_journal

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if not self._for_journal:
            return text
        level = _LEVELS.get(record.levelno, 6)
        return "\n".join(f"<{level}>{line}" for line in text.splitlines())


def begin() -> None:
    """Send what happens to the standard error; also where everything stands, when systemd ends a server that stands still."""
    faulthandler.enable()
    handler = logging.StreamHandler()
    handler.setFormatter(_Line(for_journal="JOURNAL_STREAM" in os.environ))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("okrtui.serve").setLevel(logging.INFO)
    logging.getLogger("asyncssh").setLevel(logging.ERROR)


def ready() -> None:
    """Say that people may come."""
    _notify("READY=1")


def keep_telling() -> None:
    """Say that the loop goes round, twice as often as systemd asks for it (sd_watchdog_enabled(3)), if it does.

    A loop that computes for ever serves nobody: no error ends it, and none of its own timers.
    """
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    if microseconds.isdecimal() and os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid()):
        _tell_again(asyncio.get_running_loop(), int(microseconds) / 2_000_000)


def _tell_again(loop: asyncio.AbstractEventLoop, seconds: float) -> None:
    _notify("WATCHDOG=1")
    loop.call_later(seconds, _tell_again, loop, seconds)


def stopping() -> None:
    """Say that nobody is let in any more."""
    _notify("STOPPING=1")


def _notify(state: str) -> None:
    """Tell systemd, where it started this process and asked to be told (sd_notify(3))."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel, suppress(OSError):
        channel.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)
