"""Which processes have a file open, and which of them save, or wait to: as the kernel tells it.

SQLite holds a lock on a file for as long as it is open, and the queue is one: ``/proc/locks`` names both, whoever runs the
processes. Where there is none, as on macOS, nobody is named.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from okrtui.store.queue import lock_file

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCKS = Path("/proc/locks")


class Opener(NamedTuple):
    """A process that has the file open, or stands in its queue; ``command`` is empty where it may not be read."""

    pid: int
    command: str
    saves: bool
    waits: bool


class _Lock(NamedTuple):
    pid: int
    waits: bool
    inode: str


def openers(path: Path) -> list[Opener]:
    """The processes that have the file at ``path`` open or stand in its queue, by their ids; this one is among them."""
    held = [one for one in _locks() if one.pid > 0]
    of_file = {one.pid for one in held if one.inode == _inode(path)}
    in_queue = [one for one in held if one.inode == _inode(lock_file(path))]
    saving = {one.pid for one in in_queue if not one.waits}
    waiting = {one.pid for one in in_queue if one.waits}
    return [Opener(pid, _command(pid), pid in saving, pid in waiting) for pid in sorted(of_file | saving | waiting)]


def others_in(path: Path) -> str:
    """The other processes that have the file open, for a sentence."""
    found = [str(one.pid) for one in openers(path) if one.pid != os.getpid()]
    if not found:
        return "another process"
    return f"process{'es' if len(found) > 1 else ''} {', '.join(found)}"


def _inode(path: Path) -> str:
    """A file as the kernel's list of locks names it, by device and number; empty for none."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"


def _locks() -> Iterator[_Lock]:
    """Every lock there is: "1: POSIX  ADVISORY  READ 4711 fe:00:2245437 128 128", or "1: -> FLOCK …" for one that waits."""
    try:
        lines = LOCKS.read_text("ascii", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        _, *words = line.split()
        waits = words[:1] == ["->"]
        words = words[1:] if waits else words
        if len(words) > 4 and words[3].lstrip("-").isdigit():
            yield _Lock(int(words[3]), waits, words[4])


def _command(pid: int) -> str:
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return ""
    return " ".join(raw.decode("utf-8", "replace").replace("\0", " ").split())
