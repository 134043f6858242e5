"""Individual OKRs: objectives put to one person instead of a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.store import rows
from okrtui.store.invitations import Invitation, to_team

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection

_COLUMNS = rows.columns(Invitation, "invitation")
_STANDS = "invitation.state IN ('open', 'accepted', 'pushed_back') AND objective.state = 'published'"

_LINKED = (
    "EXISTS (SELECT 1 FROM link CROSS JOIN key_result ON key_result.id = CAST(substr(link.parent, 3) AS INTEGER) "
    "CROSS JOIN invitation AS above ON above.id = key_result.invitation_id WHERE link.child = 'O' || {objective} "
    "AND link.parent GLOB 'KR*' AND link.kind = 'contributes' AND above.team_id IS NOT NULL "
    "AND key_result.state NOT IN ('dropped', 'not_agreed'))"
)


def to_people_of(connection: Connection, cycle_id: int, team_id: int) -> list[Invitation]:
    """The invitations of a cycle with which a team's leads put an objective to one person."""
    sql = (
        f"SELECT {_COLUMNS} FROM objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
        "WHERE objective.cycle_id = ? AND objective.team_id = ? AND invitation.person_id IS NOT NULL ORDER BY invitation.id"
    )
    return rows.many(connection, Invitation, sql, (cycle_id, team_id))


def of_room(connection: Connection, cycle_id: int, team_id: int) -> list[Invitation]:
    """Every invitation of a cycle that a team's screens show: those to it, and those of its leads to one person."""
    return [*to_team(connection, cycle_id, team_id), *to_people_of(connection, cycle_id, team_id)]


def standing_with(connection: Connection, cycle_id: int, person_id: int) -> list[Invitation]:
    """The invitations of a cycle to one person that stand: not released, and the objective not withdrawn."""
    sql = (
        f"SELECT {_COLUMNS} FROM invitation CROSS JOIN objective ON objective.id = invitation.objective_id "
        "WHERE invitation.person_id = ? AND objective.cycle_id = ? AND invitation.state <> 'released' "
        "AND objective.state = 'published' ORDER BY invitation.id"
    )
    return rows.many(connection, Invitation, sql, (person_id, cycle_id))


def of_objective(connection: Connection, objective_id: int) -> Invitation | None:
    """The invitation of an objective to one person, where it is one person's."""
    sql = f"SELECT {_COLUMNS} FROM invitation WHERE objective_id = ? AND person_id IS NOT NULL"
    return rows.one(connection, Invitation, sql, (objective_id,))


def add(
    connection: Connection, objective_id: int, person_id: int, *, need: str, words: str, author_id: int, at: str
) -> int:
    """Put an objective to a person, with the reason for it."""
    values: dict[str, rows.Value] = {
        "objective_id": objective_id,
        "person_id": person_id,
        "need": need,
        "need_words": words,
        "author_id": author_id,
        "at": at,
    }
    return rows.insert(connection, "invitation", values)


def is_linked(connection: Connection, objective_id: int) -> bool:
    """Whether an objective contributes, or asks to, to a key result of a team that stands."""
    return bool(connection.execute(f"SELECT {_LINKED.format(objective='?')}", (objective_id,)).fetchone()[0])


def standing_of(connection: Connection, cycle_id: int, team_id: int) -> list[tuple[int, int, int]]:
    """Objective, person and whether it is linked, of each individual OKR that stands in a team."""
    sql = (
        f"SELECT objective.id, invitation.person_id, {_LINKED.format(objective='objective.id')} "
        "FROM objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
        f"WHERE objective.cycle_id = ? AND objective.team_id = ? AND invitation.person_id IS NOT NULL AND {_STANDS} "
        "ORDER BY objective.id"
    )
    return connection.execute(sql, (cycle_id, team_id)).fetchall()


def holders(connection: Connection, cycle_id: int) -> list[int]:
    """The person of each individual OKR that stands in a cycle, as often as they have one."""
    sql = (
        "SELECT invitation.person_id FROM invitation CROSS JOIN objective ON objective.id = invitation.objective_id "
        f"WHERE invitation.person_id IS NOT NULL AND objective.cycle_id = ? AND {_STANDS}"
    )
    return [number for (number,) in connection.execute(sql, (cycle_id,))]
