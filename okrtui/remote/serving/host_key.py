"""The server's own key, by which people's programs know that it is still the same server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import asyncssh

from okrtui.core.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def host_key_file(path: Path) -> Path:
    """Where the server's key of the database at ``path`` is kept."""
    return path.with_name(f"{path.name}.hostkey")


def host_key(path: Path) -> asyncssh.SSHKey:
    """The key at a place; one is made where there is none, readable by the account alone.

    Raises:
        StoreError: it is no key, others may read it, or none can be made there.
    """
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            raise StoreError(f"{path} may be read by others: make it yours alone (chmod 600), or a new one.")
        return asyncssh.read_private_key(path)
    except OSError as error:
        raise StoreError(f"The system refused {path} ({error.strerror}): look at what is there.") from error
    except asyncssh.KeyImportError as error:
        raise StoreError(
            f"{path} is no key that can be read: put the one before in its place, or remove it."
        ) from error


def _make(path: Path) -> None:
    """Make a key; of two servers that start at once, one makes it."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    data = asyncssh.generate_private_key("ssh-ed25519", comment="okrtui").export_private_key()
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as made:
            made.write(data)
            made.flush()
            os.fsync(made.fileno())
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
