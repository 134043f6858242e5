"""Making a new file: built whole beside its place and put there in one step, so that half a file is never found."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from okrtui.core.errors import StoreError
from okrtui.store.migrations import migrate
from okrtui.store.opening import APPLICATION_ID, connect
from okrtui.store.private import create_private
from okrtui.store.trouble import file_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from okrtui.store.sqlite import Connection

COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file."""


def refuse_taken(path: Path) -> None:
    """Raise StoreError where a new file cannot be put at ``path``."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it.")
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder {path.parent}: make it first, or name another file.")
    if path.exists() and (not path.is_file() or path.stat().st_size):
        raise StoreError(f"There is already a file at {path}: name another, or move that one away.")


@contextmanager
def building(path: Path, ending: str = "new") -> Iterator[Path]:
    """A place beside ``path`` to build its content in; put at ``path`` when the block ends well, else removed.

    What lies there was left by a process that died: the caller holds the queue, or chooses an ending of its own.
    """
    beside = path.with_name(f"{path.name}.{ending}")
    with file_sentences(path):
        refuse_taken(path)
        _remove(beside)
        create_private(beside)
    try:
        yield beside
        with file_sentences(path):
            _put(beside, path)
    finally:
        _remove(beside)


def free_name(path: Path, *endings: str) -> Path:
    """The path, or where it, or it with one of the endings, is taken the first free one after it: ``NAME-2``, ``NAME-3``."""
    found, number = path, 1
    while any(found.with_name(found.name + ending).exists() for ending in ("", *endings)):
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


def _remove(path: Path) -> None:
    for suffix in ("", *COMPANIONS, ".lock", ".live", ".live-wal", ".live-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have a finished file, or the names in a folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _place(source: Path, destination: Path) -> None:
    """Give a finished file its name; FileExistsError where the name is taken."""
    try:
        destination.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        source.rename(destination)
    else:
        source.unlink()
    sync(destination.parent)


def _put(beside: Path, path: Path) -> None:
    sync(beside)
    refuse_taken(path)
    for suffix in ("", *COMPANIONS):  # an empty file, and a log that would be played into the new one
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    try:
        _place(beside, path)
    except FileExistsError as error:
        raise StoreError(f"Somebody else has just made a file at {path}: look what it is.") from error


def lay_out(path: Path, *, rehearsal: bool, now: str) -> None:
    """Write the schema and the first settings into the empty file at ``path``."""
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        _fill(connection, rehearsal=rehearsal, now=now)


def settle(path: Path) -> None:
    """Bring everything out of the log into the file itself; closing does so, too, but is silent where there is no room."""
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _fill(connection: Connection, *, rehearsal: bool, now: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    migrate(connection)
    connection.executemany(
        "INSERT INTO setting (name, value) VALUES (?, ?)",
        [("created", now), ("rehearsal", str(int(rehearsal)))],
    )
    connection.execute("COMMIT")
