"""Dots: how often each person marked a key result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.store.sqlite import Connection


def count(connection: Connection, key_result_id: int, person_id: int) -> int:
    """How many dots of a person stand on a key result."""
    sql = "SELECT count FROM dot WHERE key_result_id = ? AND person_id = ?"
    found = connection.execute(sql, (key_result_id, person_id)).fetchone()
    return int(found[0]) if found else 0


def put(connection: Connection, key_result_id: int, person_id: int, dots: int) -> None:
    """Have this many dots of a person on a key result, in place of those that stand there."""
    if not dots:
        connection.execute("DELETE FROM dot WHERE key_result_id = ? AND person_id = ?", (key_result_id, person_id))
        return
    connection.execute(
        "INSERT INTO dot (key_result_id, person_id, count) VALUES (?, ?, ?) "
        "ON CONFLICT (key_result_id, person_id) DO UPDATE SET count = excluded.count",
        (key_result_id, person_id, dots),
    )


def given(connection: Connection, person_id: int, cycle_id: int, team_id: int | None) -> int:
    """How many dots a person has on what a team wrote in a cycle; those on what was dropped are theirs again."""
    sql = (
        "SELECT coalesce(sum(count), 0) FROM dot JOIN key_result ON key_result.id = key_result_id "
        "JOIN invitation ON invitation.id = invitation_id JOIN objective ON objective.id = objective_id "
        "WHERE dot.person_id = ? AND objective.cycle_id = ? AND invitation.team_id IS ? AND key_result.state <> 'dropped'"
    )
    return int(connection.execute(sql, (person_id, cycle_id, team_id)).fetchone()[0])


def counts(connection: Connection, key_result_ids: Iterable[int], person_id: int | None) -> dict[int, tuple[int, int]]:
    """All dots and one person's, on each of these key results that has any."""
    wanted = list(key_result_ids)
    sql = (
        "SELECT key_result_id, sum(count), sum(iif(person_id IS ?, count, 0)) FROM dot "
        f"WHERE key_result_id IN ({rows.marks(len(wanted))}) GROUP BY key_result_id"
    )
    return {number: (dots, mine) for number, dots, mine in connection.execute(sql, (person_id, *wanted))}
