"""Files nobody but the owner of the database may read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MODE = 0o600


def open_private(path: Path, flags: int, *, like: Path | None = None) -> int:
    """Open or create a file with mode 0600 whatever the umask; a descriptor, for the caller to close.

    With ``like``, what root creates belongs to that file's owner, who could not use it otherwise.
    """
    descriptor = os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW, MODE)
    try:
        _make_private(descriptor, like)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def create_private(path: Path, *, like: Path | None = None) -> None:
    """Create an empty file with mode 0600; FileExistsError where there is one."""
    os.close(open_private(path, os.O_RDWR | os.O_EXCL, like=like))


def touch_private(path: Path, *, like: Path | None = None) -> None:
    """Create the file with mode 0600 unless it is there; one that is there gets the mode."""
    os.close(open_private(path, os.O_RDWR, like=like))


def _make_private(descriptor: int, like: Path | None) -> None:
    found = os.fstat(descriptor)
    me = os.geteuid()
    if found.st_mode & 0o777 != MODE and me in {0, found.st_uid}:
        os.fchmod(descriptor, MODE)
    if me == 0 and like is not None:
        owner = like.stat()
        if (owner.st_uid, owner.st_gid) != (found.st_uid, found.st_gid):
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
