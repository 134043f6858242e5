"""What goes to a terminal: written by a thread of its own, for a terminal that may be slow, stalled or gone."""

from __future__ import annotations

import os
from collections import deque
from threading import Condition, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_WAITING = 256 * 1024
"""Characters that wait for a stalled terminal; frames after them are dropped, and drawn anew when it reads again."""


class Outlet:
    """Writes text to a terminal without ever holding up who writes it.

    ``on_caught_up`` is called, on the outlet's thread, when a terminal that stalled has read everything that waited;
    ``on_gone`` once when nothing can be written any more.
    """

    def __init__(self, fileno: int, on_caught_up: Callable[[], None], on_gone: Callable[[], None]) -> None:
        self._fileno = fileno
        self._on_caught_up, self._on_gone = on_caught_up, on_gone
        self._waiting: deque[bytes] = deque()
        self._amount = 0
        self._dropped = self._gone = self._ending = False
        self._change = Condition()
        self._thread = Thread(target=self._run, name="okrtui-output", daemon=True)
        self._thread.start()

    def write(self, text: str, *, must: bool = False) -> bool:
        """Write a text, soon; whether that is so: one that need not be is dropped while too much waits."""
        data = text.encode("utf-8", "replace")
        with self._change:
            if self._gone:
                return False
            if not must and self._amount > MOST_WAITING:
                self._dropped = True
                return False
            self._waiting.append(data)
            self._amount += len(data)
            self._change.notify()
            return True

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not taken all of it yet."""
        return self._amount > 0

    def close(self, seconds: float) -> None:
        """Write what waits, for as many seconds at most."""
        with self._change:
            self._ending = True
            self._change.notify()
        self._thread.join(seconds)

    def _run(self) -> None:
        while (data := self._next()) is not None:
            try:
                _write_all(self._fileno, data)
            except OSError:
                with self._change:
                    self._gone = True
                    self._waiting.clear()
                self._on_gone()
                return

    def _next(self) -> bytes | None:
        with self._change:
            while not self._waiting:
                if self._dropped and not self._ending:
                    self._dropped = False
                    self._on_caught_up()
                if self._ending:
                    return None
                self._change.wait()
            data = b"".join(self._waiting)
            self._waiting.clear()
            self._amount = 0
            return data


def _write_all(fileno: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fileno, view) :]
