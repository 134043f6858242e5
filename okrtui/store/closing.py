"""What becomes of key results when their cycle closes, and where they went on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.store.sqlite import Connection


class CloseDecision(NamedTuple):
    """What was decided of a key result: keep, change, drop, defer or done."""

    key_result_id: int
    decision: str
    words: str
    author_id: int
    at: str


_COLUMNS = rows.columns(CloseDecision, "close_decision")

_UNDER = (
    "objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
    "CROSS JOIN key_result ON key_result.invitation_id = invitation.id "
    "JOIN close_decision ON close_decision.key_result_id = key_result.id "
)
_WAITS = (
    "decision IN ('keep', 'change', 'defer') "
    "AND NOT EXISTS (SELECT 1 FROM key_result AS later WHERE later.origin_id = key_result.id)"
)
"""It goes on, and stands nowhere yet."""


def decide(connection: Connection, decision: CloseDecision) -> None:
    """Keep a decision, in place of the one before."""
    connection.execute(
        "INSERT INTO close_decision (key_result_id, decision, words, author_id, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET decision = excluded.decision, words = excluded.words, "
        "author_id = excluded.author_id, at = excluded.at",
        (decision.key_result_id, decision.decision, decision.words, decision.author_id, decision.at),
    )


def decisions(connection: Connection, numbers: Iterable[int]) -> dict[int, CloseDecision]:
    """The decisions on these key results, by their ids."""
    wanted = list(numbers)
    sql = f"SELECT {_COLUMNS} FROM close_decision WHERE key_result_id IN ({rows.marks(len(wanted))})"
    return {one.key_result_id: one for one in rows.many(connection, CloseDecision, sql, wanted)}


def to_carry(connection: Connection, cycle_id: int, team_id: int, person_id: int | None = None) -> list[int]:
    """The ids of a cycle's key results of a team that are kept, changed or deferred and went on nowhere yet.

    With a person also of what the team's leads put to them alone.
    """
    sql = (
        f"SELECT key_result.id FROM {_UNDER} WHERE objective.cycle_id = ? AND (invitation.team_id = ? "
        f"OR (invitation.person_id = ? AND objective.team_id = ?)) AND {_WAITS} ORDER BY key_result.id"
    )
    return [number for (number,) in connection.execute(sql, (cycle_id, team_id, person_id, team_id))]


def to_carry_under(connection: Connection, invitation_id: int) -> list[int]:
    """The ids of the key results under one invitation that go on and stand nowhere yet."""
    sql = (
        "SELECT key_result.id FROM key_result JOIN close_decision ON close_decision.key_result_id = key_result.id "
        f"WHERE invitation_id = ? AND {_WAITS} ORDER BY key_result.id"
    )
    return [number for (number,) in connection.execute(sql, (invitation_id,))]


def waiting_by_team(connection: Connection, cycle_id: int, team_ids: Iterable[int]) -> dict[int, int]:
    """How many key results of a cycle go on and stand nowhere yet, by team; a team that has none is not there."""
    wanted = list(team_ids)
    sql = (
        "SELECT invitation.team_id, count(*) FROM invitation "
        "CROSS JOIN objective ON objective.id = invitation.objective_id AND objective.cycle_id = ? "
        "CROSS JOIN key_result ON key_result.invitation_id = invitation.id "
        "JOIN close_decision ON close_decision.key_result_id = key_result.id "
        f"WHERE invitation.team_id IN ({rows.marks(len(wanted))}) AND {_WAITS} GROUP BY invitation.team_id"
    )
    return dict(connection.execute(sql, (cycle_id, *wanted)))


def waiting_of_person(connection: Connection, cycle_id: int, person_id: int) -> dict[int, int]:
    """How many of a person's individual key results of a cycle wait so, by the team whose leads put them to that person."""
    sql = (
        "SELECT objective.team_id, count(*) FROM invitation "
        "CROSS JOIN objective ON objective.id = invitation.objective_id AND objective.cycle_id = ? "
        "CROSS JOIN key_result ON key_result.invitation_id = invitation.id "
        "JOIN close_decision ON close_decision.key_result_id = key_result.id "
        f"WHERE invitation.person_id = ? AND {_WAITS} GROUP BY objective.team_id"
    )
    return dict(connection.execute(sql, (cycle_id, person_id)))


def first_to_go_on(connection: Connection, cycle_id: int, team_id: int) -> tuple[int, str] | None:
    """Id and title of the first objective of a team in a cycle that nothing was started from, and that has what goes on."""
    sql = (
        "SELECT objective.id, title FROM objective WHERE objective.cycle_id = ? AND objective.team_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM objective AS later WHERE later.origin_id = objective.id) "
        "AND EXISTS (SELECT 1 FROM invitation CROSS JOIN key_result ON key_result.invitation_id = invitation.id "
        "JOIN close_decision ON close_decision.key_result_id = key_result.id "
        f"WHERE invitation.objective_id = objective.id AND {_WAITS}) "
        "ORDER BY objective.id LIMIT 1"
    )
    found: tuple[int, str] | None = connection.execute(sql, (cycle_id, team_id)).fetchone()
    return found


def carried_to(connection: Connection, number: int) -> list[int]:
    """The ids of the key results that go on from one, the first first."""
    sql = "SELECT id FROM key_result WHERE origin_id = ? ORDER BY id"
    return [found for (found,) in connection.execute(sql, (number,))]
