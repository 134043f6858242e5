"""The second file, ``FILE.live``: what is being typed, who is here, who keeps what, and when somebody last looked.

It stands beside the first so that typing neither waits for a disk nor wakes everybody, is in no backup, and holds nothing
that may not be lost: what is damaged, or another version's, is moved aside and made anew, and nothing that happens to
it ends a session.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from okrtui.store import sqlite
from okrtui.store.private import create_private
from okrtui.store.trouble import DAMAGED, FAILING, sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from okrtui.store.sqlite import Connection

T = TypeVar("T")

APPLICATION_ID = 0x4F4B524C  # "OKRL"
VERSION = 3
BUSY_SECONDS = 0.1
_BUSY = (5, 6, 15)  # SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL
_COMPANIONS = ("", "-wal", "-shm")
_SCHEMA = (
    """CREATE TABLE draft (
        person_id INTEGER NOT NULL, form TEXT NOT NULL, fields TEXT NOT NULL, place TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (person_id, form)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE presence (
        session TEXT NOT NULL PRIMARY KEY, person_id INTEGER NOT NULL, handle TEXT NOT NULL, page TEXT NOT NULL,
        form TEXT NOT NULL, cycle TEXT NOT NULL, team TEXT NOT NULL, ref TEXT NOT NULL, view TEXT NOT NULL,
        scroll REAL NOT NULL, follows INTEGER, moved REAL NOT NULL, at REAL NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE visit (
        person_id INTEGER NOT NULL, place TEXT NOT NULL, event_id INTEGER NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (person_id, place)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE choice (
        person_id INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (person_id, name)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE keeper (
        workshop_id INTEGER NOT NULL PRIMARY KEY, person_id INTEGER NOT NULL, at REAL NOT NULL
    ) STRICT""",
    """CREATE TABLE review (
        team TEXT NOT NULL PRIMARY KEY, cycle TEXT NOT NULL, keeper_id INTEGER NOT NULL, keeper TEXT NOT NULL,
        heard REAL NOT NULL, trail TEXT NOT NULL, place INTEGER NOT NULL, minutes INTEGER NOT NULL, remaining REAL NOT NULL,
        since REAL
    ) STRICT, WITHOUT ROWID""",
)


def live_file(path: Path) -> Path:
    """The second file of the database at ``path``."""
    return path.with_name(f"{path.name}.live")


def discard(path: Path) -> None:
    """Remove the second file of a database that is no more, so that its drafts are offered to nobody else."""
    for suffix in _COMPANIONS:
        live_file(path).with_name(live_file(path).name + suffix).unlink(missing_ok=True)


class _Unusable(Exception):
    """It is another program's, or another version's."""


class Live:
    """The second file, opened when it is first used, on the thread that uses it."""

    def __init__(self, path: Path) -> None:
        """Of the database at ``path``."""
        self.path = live_file(path)
        self._like = path
        self._connection: Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._trouble: str | None = None

    def write(self, work: Callable[[Connection], object]) -> bool:
        """Run ``work``, one statement, on the connection; whether the file could serve."""

        def done(connection: Connection) -> bool:
            work(connection)
            return True

        return self.read(done) or False

    def read(self, work: Callable[[Connection], T]) -> T | None:
        """Run ``work`` on the connection; None where the file cannot serve now, of which :meth:`trouble` tells."""
        try:
            return self._try(work)
        except (sqlite.Error, OSError, _Unusable) as error:
            self.close()
            if not self._is_past_saving(error):
                self._note(error)
                return None
        try:
            self._set_aside()
            return self._try(work)
        except (sqlite.Error, OSError, _Unusable) as error:
            self.close()
            self._note(error)
            return None

    def trouble(self) -> str:
        """Why it could not serve, in a sentence; the first time only, empty after that and while all is well."""
        told = self._trouble or ""
        if told:
            self._trouble = ""
        return told

    def data_version(self) -> int:
        """A number that moves when another connection has written; -1 where the file cannot serve."""
        version = self.read(lambda connection: int(connection.execute("PRAGMA data_version").fetchone()[0]))
        return -1 if version is None else version

    def close(self) -> None:
        """Close the connection; it is opened again when it is used."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite.Error):
                connection.close()

    def _try(self, work: Callable[[Connection], T]) -> T:
        if self._connection is not None and self._opened != self._found():
            self.close()
        connection = self._connection or self._open()
        try:
            return work(connection)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def _open(self) -> Connection:
        # One that is there is not opened by a descriptor of Python's own: closing that would drop the locks of every
        # other connection of this process (sqlite.org/howtocorrupt.html, 2.2).
        with suppress(FileExistsError):
            create_private(self.path, like=self._like)
        self._opened = self._found()
        connection = sqlite.connect(
            f"{self.path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
        try:
            _set_up(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _is_past_saving(self, error: Exception) -> bool:
        if isinstance(error, sqlite.Error):
            sentence = sentence_of(error, self.path)
            return sentence is None or sentence == DAMAGED.format(path=self.path)
        return isinstance(error, _Unusable)

    def _set_aside(self) -> None:
        """Move what cannot be used to ``FILE.live.old``, unless somebody has made it anew meanwhile."""
        if self._opened != self._found():
            return
        for suffix in _COMPANIONS:
            with suppress(FileNotFoundError):
                aside = f"{self.path.name}.old{suffix}"
                self.path.with_name(self.path.name + suffix).replace(self.path.with_name(aside))

    def _note(self, error: Exception) -> None:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY or self._trouble is not None:
            return
        said = sentence_of(error, self.path) if isinstance(error, sqlite.Error) else None
        self._trouble = said or FAILING.format(path=self.path)


def _set_up(connection: Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN")  # looked at as of one moment: another may be laying it out
    laid_out = _is_ours(connection)
    connection.execute("COMMIT")
    if not laid_out:
        _make(connection)


def _is_ours(connection: Connection) -> bool:
    """Whether it is laid out; an empty one is not, yet.

    Raises:
        _Unusable: it is laid out otherwise.
    """
    (identity,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if (identity, version, tables) == (0, 0, 0):
        return False
    if (identity, version) != (APPLICATION_ID, VERSION):
        raise _Unusable
    return True


def _make(connection: Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("BEGIN IMMEDIATE")
    if not _is_ours(connection):
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
