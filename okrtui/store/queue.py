"""The line writers stand in: an exclusive ``flock`` on a file beside the database.

SQLite's own wait is a poll with growing sleeps, in which the unlucky starve; the kernel wakes those who wait for a
lock in the order they came. A wait has an end: it blocks on a thread of its own, which is left to itself when the time
is up and gives the lock back should it still get it.
"""

from __future__ import annotations

import fcntl
import os
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from okrtui.core.errors import Unsaved
from okrtui.store.private import open_private
from okrtui.store.trouble import file_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PID_WIDTH = 20


def lock_file(path: Path) -> Path:
    """The file whose lock is the queue of the database at ``path``."""
    return path.with_name(f"{path.name}.lock")


@contextmanager
def held(path: Path, wait: float) -> Iterator[None]:
    """Be the one writer of the database at ``path`` for the length of the block.

    Raises:
        Unsaved: others were in front for more than ``wait`` seconds; the sentence names who holds the queue.
    """
    descriptor = _take(path, wait)
    try:
        with suppress(OSError):  # the name is a courtesy to those who wait, and a full disk may refuse it
            os.pwrite(descriptor, f"{os.getpid():<{_PID_WIDTH - 1}}\n".encode(), 0)
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def holder(path: Path) -> int | None:
    """The process id that holds the queue now, or None where nobody does."""
    lock = lock_file(path)
    if not lock.exists():
        return None
    descriptor = os.open(lock, os.O_RDWR)
    try:
        return None if _take_at_once(descriptor) else _pid_in(descriptor)
    finally:
        os.close(descriptor)


def _take(path: Path, wait: float) -> int:
    with file_sentences(path):
        descriptor = open_private(lock_file(path), os.O_RDWR, like=path if path.exists() else None)
    if _take_at_once(descriptor):
        return descriptor
    if _Turn(descriptor).comes_within(wait):
        return descriptor
    raise Unsaved(_held_sentence(path, wait))


def _take_at_once(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _pid_in(descriptor: int) -> int | None:
    written = os.pread(descriptor, _PID_WIDTH, 0).strip()
    return int(written) if written.isdigit() else None


def _held_sentence(path: Path, wait: float) -> str:
    pid = holder(path)
    who = f"process {pid}" if pid else "another process"
    return f"{path} is locked: {who} has been saving for more than {wait:g} s. Try again, or look what it is doing."


class _Turn:
    """A wait for the lock that can be left; it owns the descriptor until the turn has come."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._guard = threading.Lock()
        self._come = threading.Event()
        self._left = False

    def comes_within(self, wait: float) -> bool:
        """Wait; False when the time was up. After False or an exception, the descriptor is closed sooner or later."""
        try:
            threading.Thread(target=self._stand_in_line, name="okrtui queue", daemon=True).start()
            self._come.wait(wait)
        except BaseException:
            if self._leave():
                os.close(self._descriptor)
            raise
        return self._leave()

    def _leave(self) -> bool:
        """Whether the turn had come; if it had not, the thread closes the descriptor when it does."""
        with self._guard:
            self._left = True
            return self._come.is_set()

    def _stand_in_line(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._guard:
            if self._left:
                os.close(self._descriptor)
            else:
                self._come.set()
