"""The driver's and the operating system's errors, in sentences for the person. Nothing else maps them."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from okrtui.core.errors import StoreError, Unsaved
from okrtui.store.sqlite import Error, OperationalError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAMAGED = "{path} is damaged: put a backup in its place, and see what 'okrtui doctor' says of this one."
BUSY = "Another program holds {path}: close it there, then try again."
READ_ONLY = "{path} or its folder may not be written to from this account: ask whoever owns it to change that."
FULL = "There is no room left on the disk of {path}: nothing was saved. Make room, then try again."
FAILING = "The disk under {path} gave an error: nothing was saved. Look at the disk, then run 'okrtui doctor'."
CANNOT_OPEN = "{path} cannot be opened: look whether its folder is still there and may be written to."

_PASSING = (BUSY, FULL, FAILING)

INDEX_BYTES = 32768
"""Of the index of the log, which opening the file makes; SQLite calls it an error of the disk where there is no room for it."""

# SQLite's primary result codes (sqlite.org/rescode.html); extended ones carry them in the low byte.
_BY_CODE = {
    3: READ_ONLY,  # SQLITE_PERM
    5: BUSY,
    6: BUSY,  # SQLITE_LOCKED
    8: READ_ONLY,
    10: FAILING,  # SQLITE_IOERR
    11: DAMAGED,  # SQLITE_CORRUPT
    13: FULL,
    14: CANNOT_OPEN,
    15: BUSY,  # SQLITE_PROTOCOL: the locks of a WAL file were not to be had in time
    26: DAMAGED,  # SQLITE_NOTADB
}
_BY_ERRNO = {
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EROFS: READ_ONLY,
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EIO: FAILING,
}


def sentence_of(error: Error, path: Path) -> str | None:
    """What a driver's error means for the person, or None where it is a mistake in okrtui itself."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        template = _BY_CODE.get(code & 0xFF)
        if template is FAILING and _has_no_room(path):
            template = FULL
        return template and template.format(path=path)
    if isinstance(error, OperationalError) and "Could not decode to UTF-8" in str(error):
        return DAMAGED.format(path=path)
    return None


def _has_no_room(path: Path) -> bool:
    try:
        found = os.statvfs(path.parent)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < INDEX_BYTES


def store_error(sentence: str, path: Path) -> StoreError:
    """The error of a sentence: one that may pass, or one that ends what is done at the file."""
    passes = any(sentence == template.format(path=path) for template in _PASSING)
    return Unsaved(sentence) if passes else StoreError(sentence)


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Raise the driver's errors about the file as :class:`StoreError`.

    An error in the SQL or a broken constraint is okrtui's own mistake and passes through as it is.
    """
    try:
        yield
    except Error as error:
        sentence = sentence_of(error, path)
        if sentence is None:
            raise
        raise store_error(sentence, path) from error
    except UnicodeDecodeError as error:  # SQLite quotes in its messages what is damaged
        raise StoreError(DAMAGED.format(path=path)) from error


@contextmanager
def file_sentences(path: Path) -> Iterator[None]:
    """Raise the driver's errors and the operating system's as :class:`StoreError`: only around work on the file."""
    try:
        with sentences(path):
            yield
    except OSError as error:
        template = _BY_ERRNO.get(error.errno or 0, CANNOT_OPEN)
        raise store_error(template.format(path=path), path) from error
