"""A disk that fails when it is told to, under the program's own store.

SQLite as it is built into apsw reaches its files through :class:`Disk`, which counts what is asked of it and, at one of
these calls, has no room, gives an error, ends the process or loses its power. :func:`under` lets the store open its
connections there instead of with its own driver; all of its code and its statements are the program's.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import apsw

from okrtui.store import sqlite

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

SECTOR = 512
"""Bytes of which a disk without power writes all or nothing."""

Fault = Literal["full", "error", "error from then on", "kill", "power cut"]
_CODES = {
    "xRead": apsw.SQLITE_IOERR_READ,
    "xWrite": apsw.SQLITE_IOERR_WRITE,
    "xTruncate": apsw.SQLITE_IOERR_TRUNCATE,
    "xSync": apsw.SQLITE_IOERR_FSYNC,
    "xFileSize": apsw.SQLITE_IOERR_FSTAT,
    "xDelete": apsw.SQLITE_IOERR_DELETE,
    "xAccess": apsw.SQLITE_IOERR_ACCESS,
}


@dataclass
class Kept:
    """A file: what of it the disk is sure to have, and what was written since it was last told to keep all."""

    content: bytearray
    is_there: bool
    """Whether the folder is sure to have its name."""
    is_deleted: bool = False
    """Whether it was deleted, which the folder may forget."""
    pending: list[tuple[int, bytes]] = field(default_factory=list)
    """Writes by where they begin; an end that was moved is -1 and the new length."""

    def sync(self) -> None:
        for at, data in self.pending:
            _apply(self.content, at, data)
        self.pending.clear()

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """What may be found afterwards: of each write nothing, all of it, or some sectors; None for no file."""
        if (self.is_deleted or not self.is_there) and chance.random() < 0.5:
            return None
        found = bytearray(self.content)
        for at, data in self.pending:
            kept = chance.choice(["nothing", "all", "some"])
            if kept == "all" or (kept == "some" and at < 0):
                _apply(found, at, data)
            elif kept == "some":
                for start, part in _sectors(at, data):
                    if chance.random() < 0.5:
                        _apply(found, start, part)
        return bytes(found)


def _apply(content: bytearray, at: int, data: bytes) -> None:
    if at < 0:
        length = int.from_bytes(data, "big")
        del content[length:]
        at, data = length, b""
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


def _sectors(at: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    start = at
    while start < at + len(data):
        end = min((start // SECTOR + 1) * SECTOR, at + len(data))
        yield start, data[start - at : end - at]
        start = end


class Disk(apsw.VFS):
    """Every file that SQLite opens through it is a real one; what a power cut would leave is known besides."""

    _made = 0

    def __init__(self) -> None:
        Disk._made += 1
        self.name = f"disk{Disk._made}"
        self.files: dict[str, Kept] = {}
        self.calls: list[str] = []
        self._fault: Fault | None = None
        self._at = 0
        self.has_failed = False
        super().__init__(self.name, "")

    def fail(self, fault: Fault, at: int) -> None:
        """Let the call of this number from now on fail; without room, every one that needs any from there on."""
        self._fault, self._at, self.has_failed = fault, at, False
        self.calls.clear()

    def mend(self) -> None:
        """Let nothing fail any more."""
        self._fault = None
        self.calls.clear()

    def cut(self, folder: Path, chance: random.Random) -> None:
        """Put into a folder what is there when the power comes back."""
        for name, kept in self.files.items():
            content = kept.after_a_cut(chance)
            if content is not None:
                (folder / Path(name).name).write_bytes(content)

    def ask(self, call: str) -> None:
        """Count a call, and fail if it is the one."""
        if self._fault == "power cut" and self.has_failed:
            raise _error(call)
        self.calls.append(call)
        reached = len(self.calls) - self._at
        if self._fault is not None and (
            reached == 0 or (reached > 0 and self._fault in {"full", "error from then on"})
        ):
            self.has_failed = True
            self._strike(call)

    def _strike(self, call: str) -> None:
        if self._fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self._fault != "full":
            raise _error(call)
        if call == "xWrite":
            raise _told(apsw.FullError("full"), apsw.SQLITE_FULL)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802  # apsw's names, as below
        self.ask("xOpen")
        return File(self, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        self.ask("xDelete")
        super().xDelete(name, sync)
        if name in self.files:
            self.files[name].is_deleted = True
        if sync:
            self.sync_folder()

    def sync_folder(self) -> None:
        """Be sure to have the names that are there and no others, as SQLite asks for with the first sync of a new file."""
        self.files = {name: kept for name, kept in self.files.items() if not kept.is_deleted}
        for kept in self.files.values():
            kept.is_there = True

    def xAccess(self, name: str, flags: int) -> bool:  # noqa: N802
        self.ask("xAccess")
        return super().xAccess(name, flags)

    def excepthook(self, *_: object) -> None:
        """An error that SQLite does not pass on was made here."""


class File(apsw.VFSFile):
    """One of its files."""

    def __init__(self, disk: Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        found = Path(path).read_bytes() if path and Path(path).exists() else None
        super().__init__("", name, flags)
        self._disk = disk
        self._kept = Kept(bytearray(), False)
        if path:
            known = disk.files.get(path)
            if known is None or (found is None):
                known = Kept(bytearray(found or b""), found is not None)
            self._kept = disk.files[path] = known

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        self._disk.ask("xRead")
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._kept.pending.append((offset, bytes(data)))
        self._disk.ask("xWrite")
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._kept.pending.append((-1, size.to_bytes(8, "big")))
        self._disk.ask("xTruncate")
        super().xTruncate(size)

    def xSync(self, _flags: int) -> None:  # noqa: N802
        self._disk.ask("xSync")
        self._kept.sync()  # the machine that the test runs on has no need to wait for its own disk
        if not self._kept.is_there:
            self._disk.sync_folder()

    def xFileSize(self) -> int:  # noqa: N802
        self._disk.ask("xFileSize")
        return super().xFileSize()

    def xLock(self, level: int) -> None:  # noqa: N802
        self._disk.ask("xLock")
        super().xLock(level)

    def excepthook(self, *_: object) -> None:
        """As the disk's."""


def _error(call: str) -> apsw.Error:
    return _told(apsw.IOError(call), _CODES.get(call, apsw.SQLITE_IOERR))


def _told(error: apsw.Error, code: int) -> apsw.Error:
    error.result, error.extendedresult = code & 0xFF, code
    return error


# The driver's face, as much of it as the store uses


class Connection:
    """A connection as the program's own driver has it, through a disk."""

    def __init__(self, uri: str, disk: Disk, seconds: float) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
        with _as_the_driver():
            self._real = apsw.Connection(uri, flags=flags, vfs=disk.name)
            self._real.set_busy_timeout(int(seconds * 1000))
        self._real.set_wal_hook(self._committed)
        self.text_factory = str
        self.isolation_level = None
        self.checkpoint_after = 1000
        """Pages in the log after which they are brought into the file."""

    def _committed(self, _: apsw.Connection, __: str, pages: int) -> int:
        """Do what SQLite does after a commit, whose success it does not depend on: apsw would raise what fails in it."""
        if pages >= self.checkpoint_after:
            with suppress(apsw.Error):
                self._real.wal_checkpoint()
        return apsw.SQLITE_OK

    @property
    def in_transaction(self) -> bool:
        return self._real.in_transaction

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Cursor:
        return Cursor(self._real, lambda cursor: cursor.execute(sql, parameters))

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Cursor:
        return Cursor(self._real, lambda cursor: cursor.executemany(sql, parameters))

    def close(self) -> None:
        """Close it, and be silent about what could not be tidied up, as the driver is."""
        self._real.set_wal_hook(None)
        with suppress(apsw.Error):
            self._real.close(True)


class Cursor:
    """What a statement answers."""

    def __init__(self, connection: apsw.Connection, ask: Callable[[apsw.Cursor], object]) -> None:
        self.description: tuple[Any, ...] | None = None
        self._real = connection.cursor()
        self._real.exec_trace = self._begin
        with _as_the_driver():
            ask(self._real)
        self._real.exec_trace = None  # a ring of the two would hold a half-read statement open
        self.rowcount = connection.changes()
        self.lastrowid = connection.last_insert_rowid()

    def _begin(self, cursor: apsw.Cursor, _sql: str, _parameters: object) -> bool:
        """Note what the rows hold while it can be asked: of a statement without any it cannot afterwards."""
        self.description = cursor.get_description() or None
        return True

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        while (row := self.fetchone()) is not None:
            yield row

    def fetchone(self) -> tuple[Any, ...] | None:
        with _as_the_driver():
            return self._real.fetchone()

    def fetchall(self) -> list[tuple[Any, ...]]:
        with _as_the_driver():
            return self._real.fetchall()


@contextmanager
def _as_the_driver() -> Iterator[None]:
    """Raise what goes wrong as the program's own driver does."""
    try:
        yield
    except apsw.Error as error:
        kind = _KINDS.get(type(error), sqlite.DatabaseError)
        told = kind(str(error))
        told.sqlite_errorcode = getattr(error, "extendedresult", None) or apsw.SQLITE_ERROR
        raise told from error


_KINDS = {
    **dict.fromkeys(
        (apsw.SQLError, apsw.FullError, apsw.IOError, apsw.BusyError, apsw.CantOpenError, apsw.ReadOnlyError),
        sqlite.OperationalError,
    ),
    apsw.ConstraintError: sqlite.IntegrityError,
}


@contextmanager
def under(disk: Disk) -> Iterator[Disk]:
    """Let the store open its files on this disk, within."""
    own, own_hook = sqlite.connect, sys.unraisablehook

    def connect(place: str, *, timeout: float = 5.0, **_: object) -> Connection:
        return Connection(place, disk, timeout)

    sqlite.connect = connect
    sys.unraisablehook = lambda told: None if isinstance(told.exc_value, apsw.Error) else own_hook(told)
    try:
        yield disk
    finally:
        sqlite.connect = own
        sys.unraisablehook = own_hook
