"""``FILE.authorized_keys``: the line of every key, beside the file, so that sshd need not ask for those it knows.

It decides nothing, as each line has its key looked up when it is used; one that is missing is asked for.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid
from okrtui.remote import forced
from okrtui.service import keys
from okrtui.store.private import open_private

if TYPE_CHECKING:
    from pathlib import Path

    from okrtui.store.file import Store


def lines(store: Store) -> list[str]:
    """The line of every key that lets somebody in.

    Raises:
        Invalid: the path of the file cannot stand in a line.
    """
    return [forced.line(store.path, key, handle) for handle, key in keys.letting_in(store)]


def list_file(path: Path) -> Path:
    """Where the lines for the database at ``path`` are kept."""
    return path.with_name(f"{path.name}.authorized_keys")


def keep(store: Store) -> None:
    """Write the lines anew, after keys have changed; where that cannot be done, sshd asks."""
    place = list_file(store.path)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    with suppress(OSError, Invalid):
        text = "".join(f"{line}\n" for line in lines(store))
        with os.fdopen(open_private(beside, os.O_WRONLY | os.O_TRUNC, like=store.path), "w", encoding="utf-8") as kept:
            kept.write(text)
        beside.replace(place)
