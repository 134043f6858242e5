"""Things of a cycle by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection


def things_of(connection: Connection, cycle_id: int) -> list[tuple[str, str, str]]:
    """Ref, words and team slug of every objective and key result of a cycle that was not withdrawn or dropped."""
    sql = (
        "SELECT 'O' || objective.id, title, slug FROM objective JOIN team ON team.id = objective.team_id "
        "WHERE cycle_id = ?1 AND state <> 'withdrawn' UNION ALL "
        "SELECT 'KR' || key_result.id, statement, slug FROM key_result "
        "JOIN invitation ON invitation.id = invitation_id JOIN objective ON objective.id = objective_id "
        "JOIN team ON team.id = invitation.team_id WHERE cycle_id = ?1 AND key_result.state <> 'dropped'"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()
