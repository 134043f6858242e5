"""Maintenance: a note beside the file, ``FILE.maintenance``, by which everybody but the file's owner is kept out of it.

It stands beside the file and not in it: it holds while a backup is put in the file's place, and is in none.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from okrtui.core.errors import StoreError
from okrtui.store.private import open_private
from okrtui.store.trouble import file_sentences

if TYPE_CHECKING:
    from pathlib import Path


class Maintenance(NamedTuple):
    """Why nobody is let in, who said so, and when."""

    reason: str
    by: str
    at: str


def note_of(path: Path) -> Path:
    """Where the note of the file at ``path`` stands while there is one."""
    return path.with_name(f"{path.name}.maintenance")


def of(path: Path) -> Maintenance | None:
    """What the note says; None where there is none, and nothing but that there is one where it cannot be read."""
    try:
        said = json.loads(note_of(path).read_bytes())
        return Maintenance(str(said["reason"]), str(said["by"]), str(said["at"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        return Maintenance("", "", "")


def begin(path: Path, found: Maintenance) -> None:
    """Put the note there, in place of one that is there. The caller holds the queue: whoever saves next reads it."""
    note = note_of(path)
    beside = note.with_name(f"{note.name}.new")
    with file_sentences(note):
        descriptor = open_private(beside, os.O_WRONLY | os.O_TRUNC, like=path if path.exists() else None)
        try:
            os.write(descriptor, json.dumps(found._asdict(), ensure_ascii=False).encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.replace(note)


def end(path: Path) -> None:
    """Take the note away; none there is fine."""
    with file_sentences(note_of(path)):
        note_of(path).unlink(missing_ok=True)


def refuse(path: Path) -> None:
    """Raise StoreError, with the reason, while there is a note."""
    found = of(path)
    if found is not None:
        since = f" since {found.at}" if found.at else ""
        by = f" by {found.by}" if found.by else ""
        why = f": {found.reason}" if found.reason else ""
        raise StoreError(f"{path} is in maintenance{since}{by}{_closed(why)} Try again later.")


def _closed(why: str) -> str:
    return why if why.endswith((".", "!", "?")) else f"{why}."
