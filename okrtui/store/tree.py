"""The rows of the alignment tree: thousands a cycle, so they are tuples of just what a line shows. Each begins with its ref."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection

Place = tuple[int, str, int | None, int]
"""A team: its id, slug, the id of the one above it, and its due weekday."""
Stem = tuple[str, int, int, str]
"""A published objective: its ref, its id, its team's id, its title."""
Leaf = tuple[
    str, int, int | None, str, float, float | None, int | None, int, int | None, str | None, str | None, str | None
]
"""An agreed key result: its ref, its objective's id, invited team's id, statement, weight, progress, confidence, whether it
fell, the last week checked in, when it was agreed, its amendment, and its owner's handle where that is somebody active."""
Work = tuple[str, int, str, str, str | None, str | None]
"""An initiative under one of the key results it should move: its ref, its team's id, title, status, its owner's handle where
that is somebody active, and the key result's ref; None where it moves nothing that stands."""
Promise = tuple[str, str, str, str, str | None]
"""A commitment: its ref, whose (a handle), words, state, and the ref of what it is promised to."""

Idle = tuple[str, str]
"""A team without objectives: its slug and its name."""
Row = Stem | Leaf | Work | Promise | Idle


def places(connection: Connection) -> list[Place]:
    """Every team."""
    return connection.execute("SELECT id, slug, parent_id, due_weekday FROM team").fetchall()


def stems(connection: Connection, cycle_id: int) -> list[Stem]:
    """The published objectives of a cycle, in the order they were written."""
    sql = "SELECT 'O' || id, id, team_id, title FROM objective WHERE cycle_id = ? AND state = 'published' ORDER BY id"
    return connection.execute(sql, (cycle_id,)).fetchall()


def pushbacks(connection: Connection, cycle_id: int) -> list[tuple[str, int | None]]:
    """Objective's ref and invited team's id of every pushback of a cycle that waits for its answer."""
    sql = (
        "SELECT 'O' || objective_id, invitation.team_id FROM objective "
        "CROSS JOIN invitation ON invitation.objective_id = objective.id AND invitation.state = 'pushed_back' "
        "WHERE objective.cycle_id = ? ORDER BY invitation.id"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()


def leaves(connection: Connection, cycle_id: int) -> list[Leaf]:
    """The agreed key results under the published objectives of a cycle, by objective and invitation, in the order they were written."""
    sql = (
        "SELECT 'KR' || key_result.id, objective.id, invitation.team_id, statement, weight, progress, confidence, fell, "
        "checked_week, agreed_at, amendment, CASE WHEN person.active THEN person.handle END FROM objective "
        "CROSS JOIN invitation ON invitation.objective_id = objective.id "
        "CROSS JOIN key_result ON key_result.invitation_id = invitation.id AND key_result.state = 'agreed' "
        "LEFT JOIN person ON person.id = owner_id WHERE objective.cycle_id = ? AND objective.state = 'published' "
        "ORDER BY objective.id, invitation.id, key_result.id"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()


def ties(connection: Connection, cycle_id: int) -> list[tuple[str, str, str]]:
    """Child, parent and kind of every consented link of a cycle's objectives and key results, in the order they were asked."""
    sql = (
        "SELECT child, parent, kind FROM (SELECT child, parent, link.kind, link.id AS number FROM objective "
        "CROSS JOIN link ON child = 'O' || objective.id WHERE cycle_id = ?1 AND consented_by IS NOT NULL UNION ALL "
        "SELECT child, parent, link.kind, link.id FROM objective "
        "CROSS JOIN invitation ON invitation.objective_id = objective.id "
        "CROSS JOIN key_result ON key_result.invitation_id = invitation.id AND key_result.state = 'agreed' "
        "CROSS JOIN link ON child = 'KR' || key_result.id WHERE cycle_id = ?1 AND consented_by IS NOT NULL) ORDER BY number"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()


def works(connection: Connection, cycle_id: int) -> list[Work]:
    """The initiatives of a cycle but those dropped, once for each key result they should move, in the order they were written."""
    sql = (
        "SELECT 'I' || initiative.id, initiative.team_id, title, status, CASE WHEN person.active THEN person.handle END, "
        "'KR' || key_result.id FROM initiative "
        "LEFT JOIN initiative_key_result ON initiative_id = initiative.id "
        "LEFT JOIN key_result ON key_result.id = key_result_id AND key_result.state NOT IN ('dropped', 'not_agreed') "
        "LEFT JOIN person ON person.id = initiative.owner_id "
        "WHERE initiative.cycle_id = ? AND status <> 'dropped' ORDER BY initiative.id, key_result.id"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()


def promises(connection: Connection, cycle_id: int) -> list[Promise]:
    """The contributions and stretches promised in a cycle and not let go: what everybody may read."""
    sql = (
        "SELECT 'P' || commitment.id, handle, words, commitment.state, "
        "coalesce('KR' || key_result_id, 'I' || initiative_id) FROM commitment "
        "CROSS JOIN person ON person.id = commitment.person_id "
        "WHERE commitment.cycle_id = ? AND commitment.kind IN ('contribution', 'stretch') AND commitment.state <> 'let_go' "
        "ORDER BY commitment.id"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()


def answers(connection: Connection, cycle_id: int) -> list[tuple[str, int, int, int]]:
    """Of each published objective of a cycle, its ref, its team's id, how many were asked and not released, how many accepted.

    Those of steady teams are left alone.
    """
    sql = (
        "SELECT 'O' || objective.id, objective.team_id, count(invitation.id), "
        "count(CASE WHEN invitation.state = 'accepted' THEN 1 END) FROM objective "
        "CROSS JOIN team ON team.id = objective.team_id AND NOT team.steady "
        "LEFT JOIN invitation ON invitation.objective_id = objective.id AND invitation.state <> 'released' "
        "WHERE cycle_id = ? AND objective.state = 'published' GROUP BY objective.id"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()


def idle(connection: Connection, cycle_id: int) -> list[Idle]:
    """Slug and name of each team, neither steady nor archived, that has written no published objective of a cycle and was asked none."""
    sql = (
        "SELECT slug, name FROM team WHERE NOT steady AND NOT archived AND NOT EXISTS ("
        "SELECT 1 FROM objective WHERE cycle_id = ?1 AND team_id = team.id AND state = 'published') AND NOT EXISTS ("
        "SELECT 1 FROM invitation CROSS JOIN objective ON objective.id = objective_id "
        "WHERE invitation.team_id = team.id AND invitation.state <> 'released' "
        "AND cycle_id = ?1 AND objective.state = 'published') ORDER BY path"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()
