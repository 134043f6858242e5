"""Whole tables out of a file and into an empty one, row by row and column by column, for export and import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.store import rows
from okrtui.store.sqlite import Error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from okrtui.store.sqlite import Connection

# Every table of ours, each after those its rows point to.
TABLES = (
    "setting",
    "person",
    "team",
    "membership",
    "deputy",
    "cycle",
    "objective",
    "objective_text",
    "invitation",
    "invitation_seen",
    "pushback",
    "pushback_split",
    "key_result",
    "key_result_step",
    "key_result_text",
    "key_result_quiet",
    "suggestion",
    "comment",
    "mention",
    "dot",
    "workshop",
    "workshop_sitting",
    "workshop_attendance",
    "workshop_note",
    "checkin",
    "checkin_text",
    "priority",
    "win",
    "confidence_round",
    "confidence_round_person",
    "confidence_vote",
    "defence",
    "sealed_score",
    "score",
    "calibration",
    "close_decision",
    "learning",
    "left_open",
    "initiative",
    "initiative_key_result",
    "commitment",
    "link",
    "ssh_key",
    "ssh_code",
    "event",
)


class Misfit(Exception):
    """A row that a table does not take; ``place`` counts from 1, and is 0 for the table as a whole."""

    def __init__(self, table: str, place: int, why: str) -> None:
        super().__init__(why)
        self.table = table
        self.place = place


def columns(connection: Connection, table: str) -> dict[str, str]:
    """The columns of a table, in their order, each with its type: TEXT, INTEGER or REAL."""
    return dict(connection.execute("SELECT name, type FROM pragma_table_info(?) ORDER BY cid", (table,)).fetchall())


def every_row(connection: Connection, table: str) -> Iterator[dict[str, rows.Value]]:
    """The rows of a table by its key."""
    names = list(columns(connection, table))
    key = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (table,))
    order = ", ".join(name for (name,) in key)
    for row in connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY {order}"):
        yield dict(zip(names, row, strict=True))


def is_empty(connection: Connection) -> bool:
    """Whether nothing was written since the schema: settings aside, no table has a row."""
    return not any(
        connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0]
        for table in TABLES
        if table != "setting"
    )


def put(connection: Connection, table: str, found: Sequence[Mapping[str, rows.Value]]) -> None:
    """Add rows to a table, each with all of its columns; references are looked at when the transaction ends.

    Raises:
        Misfit: a row does not fit.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    types = columns(connection, table)
    sql = f"INSERT INTO {table} ({', '.join(types)}) VALUES ({rows.marks(len(types))})"
    for place, row in enumerate(found, 1):
        try:
            connection.execute(sql, _values(row, types))
        except (Error, ValueError, OverflowError) as error:
            raise Misfit(table, place, str(error)) from error


# SQLite would turn one into another without a word, where it can.
_TAKEN = {"TEXT": (str,), "INTEGER": (int,), "REAL": (int, float)}


def _values(row: Mapping[str, rows.Value], types: Mapping[str, str]) -> list[rows.Value]:
    if row.keys() != types.keys():
        raise ValueError(f"columns missing or unknown: {', '.join(sorted(row.keys() ^ types.keys()))}")
    for name, value in row.items():
        if value is not None and not isinstance(value, _TAKEN[types[name]]):
            raise ValueError(f"{name} takes no {type(value).__name__}")
    return [row[name] for name in types]


def clear_settings(connection: Connection) -> None:
    """Take away the settings of a new file, in whose place come those of another."""
    connection.execute("DELETE FROM setting")
