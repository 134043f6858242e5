"""Initiatives: what teams do that should move their key results, and which they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from okrtui.store.sqlite import Connection


class Initiative(NamedTuple):
    """A team's piece of work in a cycle."""

    id: int
    team_id: int
    cycle_id: int
    title: str
    owner_id: int | None
    status: str
    author_id: int
    at: str
    version: int

    @property
    def ref(self) -> str:
        """Its short name, I7."""
        return f"I{self.id}"


_COLUMNS = rows.columns(Initiative, "initiative")
_LISTED = "initiative.status <> 'dropped'"
_AT_WORK = "initiative.status IN ('planned', 'doing')"
_STANDS = "key_result.state NOT IN ('dropped', 'not_agreed')"


def by_id(connection: Connection, number: int) -> Initiative | None:
    """The initiative of this id, a dropped one too."""
    return rows.one(connection, Initiative, f"SELECT {_COLUMNS} FROM initiative WHERE id = ?", (number,))


def by_ids(connection: Connection, numbers: Collection[int]) -> list[Initiative]:
    """The initiatives of these ids, dropped ones too."""
    sql = f"SELECT {_COLUMNS} FROM initiative WHERE id IN ({rows.marks(len(numbers))}) ORDER BY id"
    return rows.many(connection, Initiative, sql, numbers)


def of_cycle(connection: Connection, cycle_id: int) -> list[Initiative]:
    """Every initiative of a cycle but those dropped."""
    sql = f"SELECT {_COLUMNS} FROM initiative WHERE cycle_id = ? AND {_LISTED} ORDER BY id"
    return rows.many(connection, Initiative, sql, (cycle_id,))


def of_team(connection: Connection, cycle_id: int, team_id: int) -> list[Initiative]:
    """A team's initiatives in a cycle but those dropped."""
    sql = f"SELECT {_COLUMNS} FROM initiative WHERE cycle_id = ? AND team_id = ? AND {_LISTED} ORDER BY id"
    return rows.many(connection, Initiative, sql, (cycle_id, team_id))


def of_owner(connection: Connection, cycle_id: int, person_id: int) -> list[Initiative]:
    """The initiatives of a cycle that a person owns, but those dropped."""
    sql = f"SELECT {_COLUMNS} FROM initiative WHERE cycle_id = ? AND owner_id = ? AND {_LISTED} ORDER BY id"
    return rows.many(connection, Initiative, sql, (cycle_id, person_id))


def of_key_result(connection: Connection, key_result_id: int) -> list[Initiative]:
    """The initiatives that should move a key result, but those dropped."""
    sql = (
        f"SELECT {_COLUMNS} FROM initiative_key_result CROSS JOIN initiative ON initiative.id = initiative_id "
        f"WHERE key_result_id = ? AND {_LISTED} ORDER BY initiative.id"
    )
    return rows.many(connection, Initiative, sql, (key_result_id,))


def add(connection: Connection, values: Mapping[str, rows.Value]) -> int:
    """Add an initiative."""
    return rows.insert(connection, "initiative", values)


def change(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Change columns of an initiative."""
    rows.update(connection, "initiative", number, values)


def link(connection: Connection, number: int, key_result_id: int) -> bool:
    """Say that an initiative should move a key result; False where that was said already."""
    sql = "INSERT INTO initiative_key_result (initiative_id, key_result_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
    return connection.execute(sql, (number, key_result_id)).rowcount > 0


def unlink(connection: Connection, number: int, key_result_id: int) -> bool:
    """Say so no longer; False where it was not said."""
    sql = "DELETE FROM initiative_key_result WHERE initiative_id = ? AND key_result_id = ?"
    return connection.execute(sql, (number, key_result_id)).rowcount > 0


def moved_by(connection: Connection, numbers: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """Id and statement of the key results that each of these initiatives should move, by initiative."""
    sql = (
        "SELECT initiative_id, key_result.id, key_result.statement FROM initiative_key_result "
        f"JOIN key_result ON key_result.id = key_result_id WHERE initiative_id IN ({rows.marks(len(numbers))}) "
        "ORDER BY initiative_id, key_result.id"
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for number, key_result_id, statement in connection.execute(sql, tuple(numbers)):
        found.setdefault(number, []).append((key_result_id, statement))
    return found


def key_results_without(connection: Connection, cycle_id: int) -> list[int]:
    """Ids of a cycle's agreed key results that no initiative should move, whether planned, at work or done.

    Guardrails, of weight 0, and what is kept as it is (maintain) need none; neither do steady teams' key results.
    """
    sql = (
        "SELECT key_result.id FROM objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
        "CROSS JOIN key_result ON key_result.invitation_id = invitation.id "
        "LEFT JOIN team ON team.id = coalesce(invitation.team_id, objective.team_id) "
        "WHERE objective.cycle_id = ? AND key_result.state = 'agreed' AND key_result.weight > 0 "
        "AND key_result.kind <> 'maintain' AND NOT team.steady AND NOT EXISTS ("
        "SELECT 1 FROM initiative_key_result CROSS JOIN initiative ON initiative.id = initiative_id "
        "WHERE key_result_id = key_result.id AND initiative.status NOT IN ('stopped', 'dropped')) "
        "ORDER BY key_result.id"
    )
    return [number for (number,) in connection.execute(sql, (cycle_id,))]


def that_move_nothing(connection: Connection, cycle_id: int) -> list[int]:
    """Ids of a cycle's planned and running initiatives that stand for no key result, or for none that stands itself.

    Those of steady teams are left alone.
    """
    sql = (
        "SELECT initiative.id FROM initiative CROSS JOIN team ON team.id = initiative.team_id AND NOT team.steady "
        f"WHERE cycle_id = ? AND {_AT_WORK} AND NOT EXISTS ("
        "SELECT 1 FROM initiative_key_result CROSS JOIN key_result ON key_result.id = key_result_id "
        f"WHERE initiative_id = initiative.id AND {_STANDS}) ORDER BY initiative.id"
    )
    return [number for (number,) in connection.execute(sql, (cycle_id,))]
