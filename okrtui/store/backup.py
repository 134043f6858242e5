"""A consistent copy of a file while people work in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from okrtui.core.errors import StoreError
from okrtui.store import events, sqlite
from okrtui.store.making import building
from okrtui.store.migrations import version_of
from okrtui.store.trouble import file_sentences

if TYPE_CHECKING:
    from okrtui.store.file import Store
    from okrtui.store.sqlite import Connection


def backup(store: Store, destination: Path | str) -> int:
    """Copy the file to a new one, readable by its owner alone, and look whether the copy is whole; its size in bytes.

    Writers are not held up. Not to be called inside ``reading`` or ``writing``.

    Raises:
        StoreError: there is something at ``destination`` already, it cannot be written, or the copy is not whole;
            nothing is left behind.
    """
    destination = Path(destination).absolute()
    with building(destination, f"{os.getpid()}.new") as beside, file_sentences(destination):
        store.connection.execute("VACUUM INTO ?", (str(beside),))
        _verify(store, beside)
    return destination.stat().st_size


def _verify(store: Store, copy: Path) -> None:
    connection = sqlite.connect(f"{copy.as_uri()}?immutable=1", uri=True)
    try:
        if not (_is_whole(connection) and _same_file(store, connection)):
            raise StoreError(f"The copy of {store.path} is not whole, and was removed: see what 'okrtui doctor' says.")
    finally:
        connection.close()


def _is_whole(connection: Connection) -> bool:
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return bool(verdict == "ok")


def _same_file(store: Store, connection: Connection) -> bool:
    """Whether the copy is of our kind and version, and ends with an event that the original has, too."""
    with store.reading() as original:
        chain = events.chain_of(original, events.latest_id(connection))
        kept = _stamp(original) == _stamp(connection)
    return kept and chain == events.chain_of(connection, events.latest_id(connection))


def _stamp(connection: Connection) -> tuple[int, int]:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    return application_id, version_of(connection)
