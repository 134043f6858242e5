"""Queries behind "needs you"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.store import rows
from okrtui.store.invitations import Invitation
from okrtui.store.teams import below, chain_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from okrtui.core.sides import Chain
    from okrtui.store.sqlite import Connection

_COLUMNS = rows.columns(Invitation, "invitation")


def invitations_of(
    connection: Connection, cycle_id: int, team_ids: Collection[int], leading: Collection[int], person_id: int
) -> list[Invitation]:
    """A cycle's invitations that may ask something of a person: to their teams, of what they lead, over what they own."""
    parts = [
        "SELECT id FROM invitation WHERE person_id = ?",
        "SELECT invitation_id FROM key_result WHERE owner_id = ? AND state = 'agreed'",
    ]
    values: list[rows.Value] = [person_id, person_id]
    # A list without anything in it would be compared with every row there is.
    if team_ids:
        parts.append(f"SELECT id FROM invitation WHERE team_id IN ({rows.marks(len(team_ids))})")
        values += team_ids
    if leading:
        parts.append(
            "SELECT invitation.id FROM objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
            f"WHERE objective.cycle_id = ? AND objective.team_id IN ({rows.marks(len(leading))})"
        )
        values += [cycle_id, *leading]
    sql = (
        f"SELECT {_COLUMNS} FROM invitation CROSS JOIN objective ON objective.id = invitation.objective_id "
        f"WHERE invitation.id IN ({' UNION '.join(parts)}) AND objective.cycle_id = ? ORDER BY invitation.id"
    )
    return rows.many(connection, Invitation, sql, (*values, cycle_id))


def chains_without_lead(connection: Connection, chains: Iterable[Chain]) -> list[Chain]:
    """The chains of the teams, among those that these end with and all below them, that nobody active leads."""
    sql = (
        "SELECT path FROM team WHERE path >= ? AND path < ? AND NOT EXISTS (SELECT 1 FROM membership "
        "JOIN person ON person.id = person_id WHERE team_id = team.id AND role = 'lead' AND person.active)"
    )
    paths = (f"/{'/'.join(map(str, chain))}/" for chain in chains)
    return [chain_of(found) for path in paths for (found,) in connection.execute(sql, below(path))]
