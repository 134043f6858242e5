"""Queries behind "needs you"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.store import rows
from okrtui.store.invitations import Invitation

if TYPE_CHECKING:
    from collections.abc import Collection

    from okrtui.store.sqlite import Connection

_COLUMNS = rows.columns(Invitation, "invitation")


def invitations_of(
    connection: Connection, cycle_id: int, team_ids: Collection[int], leading: Collection[int], person_id: int
) -> list[Invitation]:
    """A cycle's invitations that may ask something of a person: to their teams, of what they lead, over what they own."""
    sql = (
        f"SELECT {_COLUMNS} FROM invitation JOIN objective ON objective.id = invitation.objective_id "
        f"WHERE objective.cycle_id = ? AND (invitation.team_id IN ({rows.marks(len(team_ids))}) "
        f"OR objective.team_id IN ({rows.marks(len(leading))}) OR invitation.person_id = ? OR invitation.id IN "
        "(SELECT invitation_id FROM key_result WHERE owner_id = ? AND state = 'agreed')) ORDER BY invitation.id"
    )
    return rows.many(connection, Invitation, sql, (cycle_id, *team_ids, *leading, person_id, person_id))


def teams_with_leads(connection: Connection) -> set[int]:
    """Teams that somebody active leads."""
    sql = (
        "SELECT DISTINCT team_id FROM membership JOIN person ON person.id = person_id "
        "WHERE role = 'lead' AND person.active"
    )
    return {number for (number,) in connection.execute(sql)}
