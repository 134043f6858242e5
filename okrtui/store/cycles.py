"""Cycles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from okrtui.core.model import Phase
from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.store.sqlite import Connection


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle; ``starts`` and ``ends`` are its first and last day in ``zone``."""

    id: int
    name: str
    starts: date
    ends: date
    zone: str
    phase: Phase
    version: int


def _cycle(number: int, name: str, starts: str, ends: str, zone: str, phase: str, version: int) -> Cycle:
    return Cycle(number, name, date.fromisoformat(starts), date.fromisoformat(ends), zone, Phase(phase), version)


_SELECT = "SELECT id, name, starts, ends, zone, phase, version FROM cycle"


def by_name(connection: Connection, name: str) -> Cycle | None:
    """The cycle of this name, case aside."""
    found = connection.execute(f"{_SELECT} WHERE lower(name) = lower(?)", (name,)).fetchone()
    return _cycle(*found) if found else None


def by_id(connection: Connection, number: int) -> Cycle:
    """The cycle of this id, which something stored refers to."""
    return _cycle(*connection.execute(f"{_SELECT} WHERE id = ?", (number,)).fetchone())


def in_order(connection: Connection) -> list[Cycle]:
    """Every cycle, by its first day."""
    return [_cycle(*found) for found in connection.execute(f"{_SELECT} ORDER BY starts, id")]


def current(connection: Connection) -> Cycle | None:
    """The running or scoring one that ends first, else the earliest drafting one, else the last that closed."""
    found = connection.execute(
        f"{_SELECT} ORDER BY CASE phase WHEN 'running' THEN 0 WHEN 'scoring' THEN 0 WHEN 'drafting' THEN 1 ELSE 2 END, "
        "CASE WHEN phase = 'closed' THEN -julianday(ends) ELSE julianday(ends) END, id LIMIT 1"
    ).fetchone()
    return _cycle(*found) if found else None


def last_closed(connection: Connection) -> Cycle | None:
    """The closed one that began last; None before the first is closed."""
    found = connection.execute(f"{_SELECT} WHERE phase = 'closed' ORDER BY starts DESC, id DESC LIMIT 1").fetchone()
    return _cycle(*found) if found else None


def add(connection: Connection, *, name: str, starts: date, ends: date, zone: str, at: str) -> int:
    """Add a cycle, drafting."""
    values: dict[str, rows.Value] = {
        "name": name,
        "starts": starts.isoformat(),
        "ends": ends.isoformat(),
        "zone": zone,
        "at": at,
    }
    return rows.insert(connection, "cycle", values)


def change(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Change columns of a cycle."""
    rows.update(connection, "cycle", number, values)


def leave_open(
    connection: Connection, cycle_id: int, team_id: int | None, kind: str, ref: str, by: int, at: str
) -> None:
    """Record what a cycle was closed over."""
    values: dict[str, rows.Value] = {
        "cycle_id": cycle_id,
        "team_id": team_id,
        "kind": kind,
        "ref": ref,
        "author_id": by,
        "at": at,
    }
    rows.insert(connection, "left_open", values)


class Open(NamedTuple):
    """Something a closing cycle leaves without an answer: the ref of its objective or its own, its team, its state."""

    ref: str
    team_id: int | None
    team: str | None
    state: str


def open_invitations(connection: Connection, cycle_id: int) -> list[Open]:
    """The invitations of a cycle that wait for either side."""
    sql = (
        "SELECT 'O' || objective.id, invitation.team_id, slug, invitation.state FROM objective "
        "CROSS JOIN invitation ON invitation.objective_id = objective.id LEFT JOIN team ON team.id = invitation.team_id "
        "WHERE objective.cycle_id = ? AND invitation.state IN ('open', 'pushed_back') ORDER BY invitation.id"
    )
    return [Open(*found) for found in connection.execute(sql, (cycle_id,))]


def open_key_results(connection: Connection, cycle_id: int) -> list[Open]:
    """The key results of a cycle that were neither agreed nor dropped."""
    sql = (
        "SELECT 'KR' || key_result.id, invitation.team_id, slug, key_result.state FROM objective "
        "CROSS JOIN invitation ON invitation.objective_id = objective.id "
        "CROSS JOIN key_result ON key_result.invitation_id = invitation.id LEFT JOIN team ON team.id = invitation.team_id "
        "WHERE objective.cycle_id = ? AND key_result.state IN ('idea', 'draft', 'proposed', 'parked') "
        "ORDER BY key_result.id"
    )
    return [Open(*found) for found in connection.execute(sql, (cycle_id,))]


def end_what_is_open(connection: Connection, cycle_id: int) -> None:
    """Give what a closing cycle leaves without an answer its final state (method, "The nouns")."""
    connection.execute(
        "UPDATE invitation SET state = 'unanswered', version = version + 1 WHERE state IN ('open', 'pushed_back') "
        "AND objective_id IN (SELECT id FROM objective WHERE cycle_id = ?)",
        (cycle_id,),
    )
    connection.execute(
        "UPDATE pushback SET state = 'unanswered' WHERE state = 'open' AND invitation_id IN (SELECT invitation.id "
        "FROM invitation JOIN objective ON objective.id = objective_id WHERE cycle_id = ?)",
        (cycle_id,),
    )
    connection.execute(
        "UPDATE key_result SET state = 'not_agreed', version = version + 1 "
        "WHERE state IN ('idea', 'draft', 'proposed', 'parked') AND invitation_id IN (SELECT invitation.id "
        "FROM invitation JOIN objective ON objective.id = objective_id WHERE cycle_id = ?)",
        (cycle_id,),
    )
