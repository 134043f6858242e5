"""What is looked at before a file is trusted, and how a connection to it is set up."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

from okrtui.core.errors import StoreError
from okrtui.store import network, sqlite
from okrtui.store.loops import refuse_loop
from okrtui.store.trouble import READ_ONLY

if TYPE_CHECKING:
    from pathlib import Path

    from okrtui.store.sqlite import Connection

APPLICATION_ID = 0x4F4B5231  # "OKR1"
OLDEST_SQLITE = (3, 37)  # the first with STRICT tables
BUSY_SECONDS = 5.0
SMALLEST_FILE = 512  # bytes: a page has at least as many, and SQLite takes anything shorter for an empty file
NOT_A_DATABASE = 26
NOT_OURS = (
    "{path} is not an okrtui file, or its beginning is damaged: name another with --db, or put a backup in its place."
)


def connect(path: Path) -> Connection:
    """A connection set up as every one of ours is: no implicit transactions, keys enforced, commits on the disk.

    It serves the thread that opens it, which must run no event loop.
    """
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(f"okrtui needs SQLite 3.37 or newer, and this Python has {sqlite.sqlite_version}: update it.")
    refuse_loop()
    connection = sqlite.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    # Without it INSERT OR REPLACE would delete an event past the trigger that keeps it.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA synchronous = FULL")


def refuse_unfit(path: Path) -> None:
    """Raise StoreError, with what to do, for a path that cannot hold a file of ours or cannot be written to."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name the file in it.")
    if not path.exists():
        raise StoreError(f"There is no file at {path}: make one with 'okrtui init', or name another with --db.")
    if not path.is_file():
        raise StoreError(f"{path} is not a plain file: name the file that 'okrtui init' made.")
    if path.stat().st_size == 0:
        raise StoreError(f"{path} is empty: remove it and run 'okrtui init', or put a backup in its place.")
    refuse_network(path.parent)
    if not (_may(path, os.W_OK | os.R_OK) and _may(path.parent, os.W_OK | os.X_OK)):
        raise StoreError(READ_ONLY.format(path=path))


def refuse_network(folder: Path) -> None:
    """Raise StoreError for a folder that several machines share: what they save there would damage the file."""
    kind = network.network_kind(folder)
    if kind:
        raise StoreError(
            f"{folder} is on a network file system ({kind}), where a shared file would be damaged: keep it on a disk of"
            " the machine that okrtui runs on."
        )


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def refuse_foreign(path: Path) -> None:
    """Raise StoreError for what is plainly not SQLite's or not ours, without leaving a trace beside it.

    It is read as immutable, through SQLite: a descriptor of Python's own would, when closed, drop the locks of every
    other connection this process has to the file (sqlite.org/howtocorrupt.html, 2.2).
    """
    if path.stat().st_size < SMALLEST_FILE:
        raise StoreError(NOT_OURS.format(path=path))
    with closing(sqlite.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
        try:
            refuse_other_id(path, connection)
        except sqlite.DatabaseError as error:
            # Anything else may be a file that is whole with its log, or that a checkpoint is being written to.
            if getattr(error, "sqlite_errorcode", None) == NOT_A_DATABASE:
                raise StoreError(NOT_OURS.format(path=path)) from error


def refuse_other_id(path: Path, connection: Connection) -> None:
    """Raise StoreError for a database of another program."""
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    if found != APPLICATION_ID:
        raise StoreError(f"{path} belongs to another program: name another file with --db.")
