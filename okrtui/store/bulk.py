"""Many rows at once, for a file that is being made: the same tables, the same chain, and nothing read in between."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from okrtui.store.sqlite import Connection


CACHE_KIB = 128 * 1024


def insert(connection: Connection, table: str, names: Sequence[str], found: Iterable[tuple[rows.Value, ...]]) -> None:
    """Add rows that hold these columns of a table. ``table`` and ``names`` are ours, never a person's words."""
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({rows.marks(len(names))})"
    connection.executemany(sql, found)


@contextmanager
def unlogged(connection: Connection) -> Iterator[None]:
    """Write each page once, and have nothing to go back to: for a file that counts as made once it is whole and synced.

    Whatever goes wrong within the block leaves a file that cannot be used.
    """
    connection.execute("PRAGMA journal_mode = OFF").fetchone()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    yield
    connection.execute("PRAGMA cache_size = -2000")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_mode = WAL").fetchone()


@contextmanager
def unindexed(connection: Connection, table: str) -> Iterator[None]:
    """Leave a table without the indexes that the schema names, and build them in one go at the end of the block."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid"
    found = connection.execute(sql, (table,)).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, made in found:
        connection.execute(made)
