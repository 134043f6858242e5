"""Putting a backup in the place of a file: in one step, so that whoever looks, or dies, finds the old or the new one.

What makes it one step is that the old file has no log when it is replaced: SQLite would play that into the new one. So the
old file is had for oneself first, which also shows that nobody has it open, and its log is brought into it.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from okrtui.core.errors import StoreError
from okrtui.store import sqlite
from okrtui.store.making import COMPANIONS, sync
from okrtui.store.migrations import VERSION, version_of
from okrtui.store.openers import others_in
from okrtui.store.opening import connect, refuse_foreign
from okrtui.store.private import create_private
from okrtui.store.trouble import BUSY, DAMAGED, file_sentences, sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from okrtui.store.sqlite import Connection

IN_USE = "{path} is open ({who}): `okrtui who` says what that is. End it, then try again."


def copy_of(backup: Path, beside: Path) -> None:
    """Copy a backup to the empty file ``beside``, with its log where it has one; the backup is left as it is.

    Raises:
        StoreError: it cannot serve, or was made by a newer program; the sentence says why.
    """
    with file_sentences(backup):
        refuse_unfit_backup(backup)
        with closing(_reading(backup)) as connection:
            if version_of(connection) > VERSION:
                raise StoreError(f"{backup} was made by a newer okrtui: update okrtui, then restore it.")
            connection.execute("VACUUM INTO ?", (str(beside),))


def refuse_unfit_backup(backup: Path) -> None:
    """Raise StoreError for what is plainly no backup of ours."""
    if not backup.is_file() or not backup.stat().st_size:
        raise StoreError(f"{backup} is no backup: name a file that `okrtui backup` made.")
    refuse_foreign(backup)


def _reading(backup: Path) -> Connection:
    """A connection that changes nothing and leaves nothing beside the backup.

    One without a log has nobody at work in it, and is read as it is; else SQLite would begin a log for it.
    """
    alone = not backup.with_name(f"{backup.name}-wal").exists()
    return sqlite.connect(f"{backup.as_uri()}?{'immutable=1' if alone else 'mode=ro'}", uri=True, isolation_level=None)


@contextmanager
def making_room(path: Path) -> Iterator[Path]:
    """An empty file beside ``path`` for its new content; whatever is left of it when the block ends is removed.

    The caller holds the queue: what lies there was left by a process that died.
    """
    beside = path.with_name(f"{path.name}.restoring")
    with file_sentences(path):
        _clear(beside)
        create_private(beside, like=path if path.exists() else None)
    try:
        yield beside
    finally:
        with suppress(OSError):
            _clear(beside)


def _clear(beside: Path) -> None:
    for one in beside.parent.glob(f"{beside.name}*"):
        one.unlink(missing_ok=True)


def swap(path: Path, beside: Path, kept: Path) -> None:
    """Put the finished file ``beside`` at ``path``; the one that was there is kept as ``kept``, where there was one.

    The caller holds the queue. A damaged file is kept with its log.

    Raises:
        StoreError: somebody has the file open.
    """
    with file_sentences(path):
        sync(beside)
        if not path.exists() or not path.stat().st_size:
            _put_where_nothing_is(path, beside)
            return
        try:
            with _to_oneself(path):
                _replace(path, beside, kept)
        except sqlite.DatabaseError as error:
            if sentence_of(error, path) != DAMAGED.format(path=path):
                raise
            _keep_companions(path, kept)
            _replace(path, beside, kept)


@contextmanager
def _to_oneself(path: Path) -> Iterator[None]:
    """Have a whole file to oneself, with everything in it and nothing beside it."""
    with closing(connect(path)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite.OperationalError as error:
            if sentence_of(error, path) == BUSY.format(path=path):
                raise StoreError(IN_USE.format(path=path, who=others_in(path))) from error
            raise
        # Somebody may have opened it, and begun a log, between the two.
        if connection.execute("PRAGMA journal_mode").fetchone() != ("delete",):
            raise StoreError(IN_USE.format(path=path, who=others_in(path)))
        yield


def _replace(path: Path, beside: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: for a moment there is none at the path
        path.rename(kept)
    sync(path.parent)
    beside.replace(path)
    sync(path.parent)


def _keep_companions(path: Path, kept: Path) -> None:
    """Move the log of a damaged file to where that is kept."""
    for suffix in COMPANIONS:
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(kept.with_name(kept.name + suffix))


def _put_where_nothing_is(path: Path, beside: Path) -> None:
    for suffix in COMPANIONS:  # of a file that was deleted
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    beside.replace(path)
    sync(path.parent)
