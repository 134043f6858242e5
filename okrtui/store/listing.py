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
        "JOIN team ON team.id = coalesce(invitation.team_id, objective.team_id) WHERE cycle_id = ?1 AND key_result.state <> 'dropped'"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()


def unanswered(
    connection: Connection, cycle_id: int, team_id: int
) -> list[tuple[int, str, str, str, str, str, str, int]]:
    """Every invitation of a cycle that is open or pushed back, to an objective that a team published or that was put to it.

    The id of the objective's team, its ref, the slug and the name of the team it was put to, or @handle and the name of the
    person, the state, since when, the pushback's reason, and by how many it was seen.
    """
    # CROSS JOIN keeps the order: from the objectives of the cycle, or from the invitations of the team.
    columns = (
        "SELECT objective.team_id, 'O' || objective.id, coalesce(team.slug, '@' || person.handle), "
        "coalesce(team.name, person.name), invitation.state, "
        "coalesce(pushback.at, invitation.at), coalesce(pushback.reason, ''), "
        "(SELECT count(*) FROM invitation_seen WHERE invitation_seen.invitation_id = invitation.id) "
    )
    rest = (
        "LEFT JOIN team ON team.id = invitation.team_id LEFT JOIN person ON person.id = invitation.person_id "
        "LEFT JOIN pushback ON pushback.invitation_id = invitation.id AND pushback.state = 'open' "
        "WHERE objective.cycle_id = ?1 AND objective.state = 'published' AND invitation.state IN ('open', 'pushed_back') "
    )
    sql = (
        f"{columns} FROM objective CROSS JOIN invitation ON invitation.objective_id = objective.id {rest} "
        f"AND objective.team_id = ?2 UNION {columns} FROM invitation "
        f"CROSS JOIN objective ON objective.id = invitation.objective_id {rest} AND invitation.team_id = ?2"
    )
    return connection.execute(sql, (cycle_id, team_id)).fetchall()
