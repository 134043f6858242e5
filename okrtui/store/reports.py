"""What a report tells in words: minutes of workshops, learning, rounds of pushing back; a query each, over a cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.store import rows
from okrtui.store.invitations import Pushback
from okrtui.store.signals import SAT_DAYS

if TYPE_CHECKING:
    from okrtui.store.signals import Scope
    from okrtui.store.sqlite import Connection


@dataclass(frozen=True, slots=True)
class Minutes:
    """A team's workshop: when it began, how long it sat, how many people were there and how many ideas came of it."""

    id: int
    team_id: int
    at: str
    state: str
    remark: str
    sittings: int
    seconds: float
    people: int
    ideas: int


def minutes(connection: Connection, scope: Scope, now: str) -> list[Minutes]:
    """The workshops of a cycle; a sitting that goes on is counted up to now, an idea is what was written during one."""
    sql = (
        "SELECT workshop.id, team_id, workshop.at, workshop.state, remark, "
        "(SELECT count(*) FROM workshop_sitting WHERE workshop_id = workshop.id), "
        f"(SELECT {SAT_DAYS} * 86400.0 FROM workshop_sitting WHERE workshop_id = workshop.id), "
        "(SELECT count(*) FROM workshop_attendance WHERE workshop_id = workshop.id), "
        "(SELECT count(*) FROM invitation CROSS JOIN objective ON objective.id = invitation.objective_id "
        "CROSS JOIN key_result ON key_result.invitation_id = invitation.id "
        "CROSS JOIN workshop_sitting ON workshop_id = workshop.id "
        "AND key_result.at BETWEEN starts_at AND coalesce(ends_at, ?) "
        "WHERE invitation.team_id = workshop.team_id AND objective.cycle_id = workshop.cycle_id) "
        f"FROM {scope.workshops} ORDER BY workshop.id"
    )
    return rows.many(connection, Minutes, sql, (now, now, *scope.values))


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a workshop under the prompt it answers."""

    workshop_id: int
    prompt: str
    body: str


def notes(connection: Connection, scope: Scope) -> list[Note]:
    """The notes of a cycle's workshops, as they were written down."""
    sql = (
        f"SELECT workshop.id, workshop_note.prompt, body FROM {scope.workshops} "
        "CROSS JOIN workshop_note ON workshop_id = workshop.id ORDER BY workshop_note.id"
    )
    return rows.many(connection, Note, sql, scope.values)


@dataclass(frozen=True, slots=True)
class Learning:
    """What was learnt of an objective."""

    objective_id: int
    title: str
    words: str


def learning(connection: Connection, scope: Scope) -> list[Learning]:
    """What was learnt of the objectives that teams set or that were put to them."""
    if scope.path is None:
        chosen = "objective.cycle_id = ?"
    else:
        chosen = (
            "objective.id IN (SELECT objective.id FROM team CROSS JOIN objective ON objective.team_id = team.id "
            "AND objective.cycle_id = ? WHERE team.path >= ? AND team.path < ? UNION SELECT invitation.objective_id "
            "FROM team CROSS JOIN invitation ON invitation.team_id = team.id "
            "CROSS JOIN objective ON objective.id = invitation.objective_id AND objective.cycle_id = ? "
            "WHERE team.path >= ? AND team.path < ?)"
        )
    sql = (
        "SELECT objective.id, title, learning.words FROM objective "
        f"CROSS JOIN learning ON learning.objective_id = objective.id WHERE {chosen} ORDER BY objective.id"
    )
    values = scope.values if scope.path is None else scope.values * 2
    return rows.many(connection, Learning, sql, values)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What a cycle was closed over, of one team: an invitation, a pushback, a score or a calibration, and when."""

    team_id: int
    kind: str
    ref: str
    at: str


def left_open(connection: Connection, scope: Scope) -> list[LeftOpen]:
    """What a cycle was closed over, of these teams, as it was listed then."""
    sql = (
        "SELECT left_open.team_id, kind, ref, left_open.at FROM left_open JOIN team ON team.id = left_open.team_id "
        f"WHERE left_open.cycle_id = ?{scope.below} ORDER BY left_open.id"
    )
    return rows.many(connection, LeftOpen, sql, scope.values)


_PUSHBACK = rows.columns(Pushback, "pushback")


def pushbacks(connection: Connection, scope: Scope) -> list[Pushback]:
    """Every round of what was put to these teams, each invitation's first first."""
    sql = (
        f"{scope.asked}SELECT {_PUSHBACK} FROM asked CROSS JOIN pushback ON pushback.invitation_id = asked.id "
        "ORDER BY pushback.invitation_id, round"
    )
    return rows.many(connection, Pushback, sql, scope.values)
