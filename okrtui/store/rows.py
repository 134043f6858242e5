"""Rows into named tuples: columns in the order of the fields, no models, nothing measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.store.sqlite import Connection

RowT = TypeVar("RowT")
Value = str | int | float | None


def columns(row: type[NamedTuple], table: str) -> str:
    """The columns a row class is made of, each with its table in front: ``person.id, person.handle``."""
    return ", ".join(f"{table}.{name}" for name in row._fields)


def many(connection: Connection, row: type[RowT], sql: str, values: Iterable[Value] = ()) -> list[RowT]:
    """Every row a query gives."""
    return [row(*found) for found in connection.execute(sql, tuple(values))]


def one(connection: Connection, row: type[RowT], sql: str, values: Iterable[Value] = ()) -> RowT | None:
    """The first row a query gives, or None."""
    found = connection.execute(sql, tuple(values)).fetchone()
    return None if found is None else row(*found)


def insert(connection: Connection, table: str, values: Mapping[str, Value]) -> int:
    """Add a row and give its id. ``table`` and the keys are ours, never a person's words."""
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    cursor = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
    return int(cursor.lastrowid or 0)


def update(connection: Connection, table: str, number: int, values: Mapping[str, Value], *, key: str = "id") -> None:
    """Change a row that carries a version, and move its version on. ``table`` and the keys are ours."""
    changes = "".join(f"{name} = ?, " for name in values)
    sql = f"UPDATE {table} SET {changes}version = version + 1 WHERE {key} = ?"
    connection.execute(sql, (*values.values(), number))


def marks(count: int) -> str:
    """Question marks for an IN list."""
    return ", ".join("?" * count)
