"""Defences: a team's last answer to "would you still argue for this?"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.store.sqlite import Connection


class Defence(NamedTuple):
    """An answer, and the number of the text it was given on."""

    key_result_id: int
    decision: str
    argument: str
    text_number: int
    author_id: int
    at: str


_COLUMNS = rows.columns(Defence, "defence")


def save(connection: Connection, defence: Defence) -> None:
    """Keep an answer, in place of the one before."""
    connection.execute(
        "INSERT INTO defence (key_result_id, decision, argument, text_number, author_id, at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (key_result_id) DO UPDATE SET decision = excluded.decision, argument = excluded.argument, "
        "text_number = excluded.text_number, author_id = excluded.author_id, at = excluded.at",
        (
            defence.key_result_id,
            defence.decision,
            defence.argument,
            defence.text_number,
            defence.author_id,
            defence.at,
        ),
    )


def of_key_results(connection: Connection, key_result_ids: Iterable[int]) -> dict[int, Defence]:
    """The answers for those of these key results that have one."""
    wanted = list(key_result_ids)
    sql = f"SELECT {_COLUMNS} FROM defence WHERE key_result_id IN ({rows.marks(len(wanted))})"
    return {found.key_result_id: found for found in rows.many(connection, Defence, sql, wanted)}
