"""Many rows at once, for a file that is being made: the same tables, the same chain, and nothing read in between."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from okrtui.store.sqlite import Connection


def insert(connection: Connection, table: str, names: Sequence[str], found: Iterable[tuple[rows.Value, ...]]) -> None:
    """Add rows that hold these columns of a table. ``table`` and ``names`` are ours, never a person's words."""
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({rows.marks(len(names))})"
    connection.executemany(sql, found)


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
