"""The second file, ``FILE.live``: what is being typed, who is here, who keeps what, and when somebody last looked.

It stands beside the first so that typing neither waits for a disk nor wakes everybody, is in no backup, and holds nothing
that may not be lost: what is damaged, or an older version's, is moved aside and made anew, what people typed and chose
taken over as far as it can be read. What happens to it ends no session, but a newer version's is left alone: this program
is out of date.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from okrtui.store import sqlite
from okrtui.store.private import create_private
from okrtui.store.trouble import DAMAGED, FAILING, sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from okrtui.store.sqlite import Connection

T = TypeVar("T")

ENDING = ".live"
APPLICATION_ID = 0x4F4B524C  # "OKRL"
VERSION = 4
BUSY_SECONDS = 0.1
OUTDATED = "{path} was made by a newer okrtui, as after an update: start okrtui again."
_BUSY = (5, 6, 15)  # SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL
_COMPANIONS = ("", "-wal", "-shm")
_LASTING = ("draft", "visit", "choice")
_SCHEMA = (
    """CREATE TABLE draft (
        person_id INTEGER NOT NULL, form TEXT NOT NULL, fields TEXT NOT NULL, place TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (person_id, form)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE presence (
        session TEXT NOT NULL PRIMARY KEY, person_id INTEGER NOT NULL, handle TEXT NOT NULL, page TEXT NOT NULL,
        form TEXT NOT NULL, cycle TEXT NOT NULL, team TEXT NOT NULL, ref TEXT NOT NULL, view TEXT NOT NULL,
        scroll REAL NOT NULL, follows INTEGER, moved REAL NOT NULL, at REAL NOT NULL, since REAL NOT NULL,
        pid INTEGER NOT NULL, way TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE sent_away (session TEXT NOT NULL PRIMARY KEY, why TEXT NOT NULL, at REAL NOT NULL) STRICT",
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
    "CREATE TABLE key_use (key_id INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL) STRICT",
)


def live_file(path: Path) -> Path:
    """The second file of the database at ``path``."""
    return path.with_name(path.name + ENDING)


def discard(path: Path) -> None:
    """Remove the second file of a database that is no more, so that its drafts are offered to nobody else."""
    for suffix in _COMPANIONS:
        live_file(path).with_name(live_file(path).name + suffix).unlink(missing_ok=True)


class _Unusable(Exception):
    """It is another program's, or an older version's."""


class _Newer(Exception):
    """It is a newer version's."""


class Live:
    """The second file, opened when it is first used, on the thread that uses it."""

    def __init__(self, path: Path) -> None:
        """Of the database at ``path``."""
        self.path = live_file(path)
        self._like = path
        self._connection: Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._trouble: str | None = None
        self.outdated = ""
        """The sentence for whoever works with a program that is older than the file; empty where it is not."""

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
        except (sqlite.Error, OSError, _Unusable, _Newer) as error:
            self.close()
            if not self._is_past_saving(error):
                self._note(error)
                return None
        try:
            if self._set_aside():
                self._take_over()
            return self._try(work)
        except (sqlite.Error, OSError, _Unusable, _Newer) as error:
            self.close()
            self._note(error)
            return None

    def keep_for(self, copy: Path, people: Iterable[int], newest: int) -> bool:
        """Keep a copy of it all as ``copy``, then what is of these people, or the operator, alone; whether that was done.

        Events after ``newest`` were seen by nobody any more.
        """
        numbers = json.dumps([0, *people])

        def sort(connection: Connection) -> None:
            create_private(copy, like=self._like)
            connection.execute("VACUUM INTO ?", (str(copy),))
            connection.execute("BEGIN IMMEDIATE")
            for table in _LASTING:
                sql = f"DELETE FROM {table} WHERE person_id NOT IN (SELECT value FROM json_each(?))"
                connection.execute(sql, (numbers,))
            connection.execute("DELETE FROM visit WHERE event_id > ?", (newest,))
            for table in ("presence", "keeper", "review"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("COMMIT")

        return self.write(sort)

    def write_anew(self) -> bool:
        """Leave nothing in it, in its log or in what was moved aside of what was deleted from it; whether that was done."""
        for suffix in _COMPANIONS:
            self._aside.with_name(self._aside.name + suffix).unlink(missing_ok=True)

        def write(connection: Connection) -> None:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

        return self.write(write)

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

    def _set_aside(self) -> bool:
        """Move what cannot be used to ``FILE.live.old``; False where somebody has made it anew meanwhile."""
        if self._opened != self._found():
            return False
        self.move_to(self._aside)
        return True

    def move_to(self, other: Path) -> None:
        """Move the file elsewhere, as it is, in place of one that is there."""
        self.close()
        for suffix in _COMPANIONS:
            there = other.with_name(other.name + suffix)
            there.unlink(missing_ok=True)  # of another time: a log is never played into another file
            with suppress(FileNotFoundError):
                self.path.with_name(self.path.name + suffix).replace(there)

    @property
    def _aside(self) -> Path:
        return self.path.with_name(f"{self.path.name}.old")

    def _take_over(self) -> None:
        """Bring what people typed and chose from what was moved aside, as far as it can be read and still means something."""
        connection = self._open()
        with suppress(sqlite.DatabaseError):  # it is none
            connection.execute("ATTACH ? AS old", (str(self._aside),))
            ours = connection.execute("PRAGMA old.application_id").fetchone() == (APPLICATION_ID,)
            for table in _LASTING if ours else ():
                with suppress(sqlite.Error):  # damaged there, or laid out otherwise
                    columns = ", ".join(_columns(connection, "main", table) & _columns(connection, "old", table))
                    connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM old.{table}")
        with suppress(sqlite.Error):  # it was not attached
            connection.execute("DETACH old")

    def _note(self, error: Exception) -> None:
        if isinstance(error, _Newer):
            self.outdated = OUTDATED.format(path=self.path)
            return
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
        _Newer: by a newer version of this program.
    """
    (identity,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if (identity, version, tables) == (0, 0, 0):
        return False
    if identity == APPLICATION_ID and version > VERSION:
        raise _Newer
    if (identity, version) != (APPLICATION_ID, VERSION):
        raise _Unusable
    return True


def _columns(connection: Connection, schema: str, table: str) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?, ?)", (table, schema))}


def _make(connection: Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("BEGIN IMMEDIATE")
    if not _is_ours(connection):
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
