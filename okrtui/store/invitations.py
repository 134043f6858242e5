"""Invitations: one objective put to one team, its answers and its pushbacks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.store.sqlite import Connection

ValueT = TypeVar("ValueT")


class Invitation(NamedTuple):
    """An objective put to a team, or to a person."""

    id: int
    objective_id: int
    team_id: int | None
    person_id: int | None
    state: str
    straight_line: str
    accepted_text: int | None
    accepted_by: int | None
    accepted_at: str | None
    need: str
    need_words: str
    author_id: int
    at: str
    version: int


class Pushback(NamedTuple):
    """One round of a team's pushing back, with its answer."""

    id: int
    invitation_id: int
    round: int
    reason: str
    words: str
    state: str
    answer: str | None
    answer_words: str
    author_id: int
    at: str
    answered_by: int | None
    answered_at: str | None


_COLUMNS = rows.columns(Invitation, "invitation")
_PUSHBACK = rows.columns(Pushback, "pushback")


def by_id(connection: Connection, number: int) -> Invitation:
    """The invitation of this id, which something stored refers to."""
    found = rows.one(connection, Invitation, f"SELECT {_COLUMNS} FROM invitation WHERE id = ?", (number,))
    assert found is not None, number  # noqa: S101  # a foreign key holds it
    return found


def of_objective(connection: Connection, objective_id: int) -> list[Invitation]:
    """Every invitation of an objective."""
    sql = f"SELECT {_COLUMNS} FROM invitation WHERE objective_id = ? ORDER BY id"
    return rows.many(connection, Invitation, sql, (objective_id,))


def of_team(connection: Connection, objective_id: int, team_id: int) -> Invitation | None:
    """The invitation of an objective to a team."""
    sql = f"SELECT {_COLUMNS} FROM invitation WHERE objective_id = ? AND team_id = ?"
    return rows.one(connection, Invitation, sql, (objective_id, team_id))


def of_cycle(connection: Connection, cycle_id: int) -> list[Invitation]:
    """Every invitation of a cycle."""
    sql = (
        f"SELECT {_COLUMNS} FROM invitation JOIN objective ON objective.id = invitation.objective_id "
        "WHERE objective.cycle_id = ? ORDER BY invitation.id"
    )
    return rows.many(connection, Invitation, sql, (cycle_id,))


def started_from(connection: Connection, cycle_id: int) -> list[Invitation]:
    """The invitations of objectives that were started from those of a cycle."""
    sql = (
        f"SELECT {_COLUMNS} FROM objective AS origin JOIN objective ON objective.origin_id = origin.id "
        "JOIN invitation ON invitation.objective_id = objective.id WHERE origin.cycle_id = ? ORDER BY invitation.id"
    )
    return rows.many(connection, Invitation, sql, (cycle_id,))


def to_team(connection: Connection, cycle_id: int, team_id: int) -> list[Invitation]:
    """Every invitation of a cycle to a team."""
    sql = (
        f"SELECT {_COLUMNS} FROM invitation CROSS JOIN objective ON objective.id = invitation.objective_id "
        "WHERE invitation.team_id = ? AND objective.cycle_id = ? ORDER BY invitation.id"
    )
    return rows.many(connection, Invitation, sql, (team_id, cycle_id))


def from_team(connection: Connection, cycle_id: int, team_id: int) -> list[Invitation]:
    """Every invitation to an objective that a team's leads wrote for a cycle."""
    sql = (
        f"SELECT {_COLUMNS} FROM objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
        "WHERE objective.cycle_id = ? AND objective.team_id = ? ORDER BY invitation.id"
    )
    return rows.many(connection, Invitation, sql, (cycle_id, team_id))


def live(connection: Connection, team_id: int) -> list[int]:
    """The published objectives of cycles not closed that a team was asked for and not released from."""
    sql = (
        "SELECT objective.id FROM invitation CROSS JOIN objective ON objective.id = invitation.objective_id "
        "CROSS JOIN cycle ON cycle.id = objective.cycle_id WHERE invitation.team_id = ? "
        "AND invitation.state IN ('open', 'accepted', 'pushed_back') AND objective.state = 'published' "
        "AND cycle.phase <> 'closed' ORDER BY objective.id"
    )
    return [number for (number,) in connection.execute(sql, (team_id,))]


def add(connection: Connection, objective_id: int, team_id: int, author_id: int, at: str) -> int:
    """Put an objective to a team."""
    values: dict[str, rows.Value] = {"objective_id": objective_id, "team_id": team_id, "author_id": author_id, "at": at}
    return rows.insert(connection, "invitation", values)


def remove(connection: Connection, number: int) -> None:
    """Take an invitation away that nothing stands under."""
    connection.execute("DELETE FROM invitation_seen WHERE invitation_id = ?", (number,))
    connection.execute("DELETE FROM invitation WHERE id = ?", (number,))


def is_bare(connection: Connection, number: int) -> bool:
    """Whether nothing was ever said or written under an invitation."""
    sql = (
        "SELECT NOT EXISTS (SELECT 1 FROM invitation WHERE id = ?1 AND straight_line <> '') "
        "AND NOT EXISTS (SELECT 1 FROM key_result WHERE invitation_id = ?1) "
        "AND NOT EXISTS (SELECT 1 FROM pushback WHERE invitation_id = ?1)"
    )
    return bool(connection.execute(sql, (number,)).fetchone()[0])


def change(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Change columns of an invitation."""
    rows.update(connection, "invitation", number, values)


def see(connection: Connection, number: int, person_id: int, at: str) -> None:
    """Note that a person has seen an invitation; the first time stays."""
    connection.execute(
        "INSERT INTO invitation_seen (invitation_id, person_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (number, person_id, at),
    )


def seen_by(connection: Connection, numbers: Iterable[int]) -> dict[int, list[str]]:
    """Handles of those who have seen each of these invitations, the first first; without those that nobody has."""
    sql = (
        "SELECT invitation_id, handle FROM json_each(?) AS asked CROSS JOIN invitation_seen "
        "ON invitation_id = asked.value JOIN person ON person.id = person_id ORDER BY invitation_seen.at, handle"
    )
    return _by_first(connection.execute(sql, (json.dumps(list(numbers)),)))


def push_back(connection: Connection, number: int, reason: str, words: str, author_id: int, at: str) -> Pushback:
    """Add a round."""
    sql = "SELECT coalesce(max(round), 0) + 1 FROM pushback WHERE invitation_id = ?"
    turn = int(connection.execute(sql, (number,)).fetchone()[0])
    values: dict[str, rows.Value] = {
        "invitation_id": number,
        "round": turn,
        "reason": reason,
        "words": words,
        "author_id": author_id,
        "at": at,
    }
    return _pushback(connection, rows.insert(connection, "pushback", values))


def _pushback(connection: Connection, number: int) -> Pushback:
    found = rows.one(connection, Pushback, f"SELECT {_PUSHBACK} FROM pushback WHERE id = ?", (number,))
    assert found is not None, number  # noqa: S101  # inserted just now
    return found


def pushbacks(connection: Connection, numbers: Iterable[int]) -> dict[int, list[Pushback]]:
    """Every round of each of these invitations, the first first; without those that were never pushed back."""
    sql = (
        f"SELECT {_PUSHBACK} FROM json_each(?) AS asked CROSS JOIN pushback "
        "ON pushback.invitation_id = asked.value ORDER BY pushback.round"
    )
    found: dict[int, list[Pushback]] = {}
    for one in rows.many(connection, Pushback, sql, (json.dumps(list(numbers)),)):
        found.setdefault(one.invitation_id, []).append(one)
    return found


def open_pushback(connection: Connection, number: int) -> Pushback | None:
    """The round that waits for its answer."""
    sql = f"SELECT {_PUSHBACK} FROM pushback WHERE invitation_id = ? AND state = 'open' ORDER BY round DESC"
    return rows.one(connection, Pushback, sql, (number,))


def end_pushback(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Answer a round, or take it back."""
    changes = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE pushback SET {changes} WHERE id = ?", (*values.values(), number))


def split_into(connection: Connection, pushback_id: int, objective_id: int) -> None:
    """Name an objective that a pushback's objective was split into."""
    connection.execute(
        "INSERT INTO pushback_split (pushback_id, objective_id) VALUES (?, ?)", (pushback_id, objective_id)
    )


def splits(connection: Connection, pushback_ids: Iterable[int]) -> dict[int, list[int]]:
    """Ids of the objectives each of these pushbacks led to; without those that led to none."""
    sql = (
        "SELECT pushback_id, objective_id FROM json_each(?) AS asked CROSS JOIN pushback_split "
        "ON pushback_id = asked.value ORDER BY objective_id"
    )
    return _by_first(connection.execute(sql, (json.dumps(list(pushback_ids)),)))


def _by_first(pairs: Iterable[tuple[int, ValueT]]) -> dict[int, list[ValueT]]:
    found: dict[int, list[ValueT]] = {}
    for first, second in pairs:
        found.setdefault(first, []).append(second)
    return found


def reworded_since(connection: Connection, objective_id: int, at: str) -> bool:
    """Whether an objective got a new text at or after a time."""
    sql = "SELECT EXISTS (SELECT 1 FROM objective_text WHERE objective_id = ? AND number > 1 AND at >= ?)"
    return bool(connection.execute(sql, (objective_id, at)).fetchone()[0])


def move_drafts(connection: Connection, source: int, target: int) -> list[int]:
    """Put the key results of an invitation that are not agreed or dropped under another; their ids.

    A proposal becomes a draft: under the other it was not proposed yet.
    """
    sql = (
        "UPDATE key_result SET invitation_id = ?, version = version + 1, "
        "state = iif(state = 'proposed', 'draft', state), "
        "parked_from = iif(parked_from = 'proposed', 'draft', parked_from) WHERE invitation_id = ? "
        "AND state IN ('idea', 'draft', 'proposed', 'parked') RETURNING id"
    )
    return sorted(number for (number,) in connection.execute(sql, (target, source)).fetchall())
