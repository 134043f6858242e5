"""Objectives and every text they have had."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from okrtui.store.sqlite import Connection


class Objective(NamedTuple):
    """What leadership says winning looks like."""

    id: int
    cycle_id: int
    team_id: int
    title: str
    why: str
    ambition: str
    state: str
    reason: str
    author_id: int
    origin_id: int | None
    text_number: int
    at: str
    published_at: str | None
    version: int

    @property
    def ref(self) -> str:
        """Its short name, O12."""
        return f"O{self.id}"


class ObjectiveText(NamedTuple):
    """A text an objective has, or once had."""

    objective_id: int
    number: int
    title: str
    why: str
    ambition: str
    author_id: int
    at: str


_COLUMNS = rows.columns(Objective, "objective")
_TEXT = rows.columns(ObjectiveText, "objective_text")


def by_id(connection: Connection, number: int) -> Objective | None:
    """The objective of this id."""
    return rows.one(connection, Objective, f"SELECT {_COLUMNS} FROM objective WHERE id = ?", (number,))


def by_ids(connection: Connection, numbers: Collection[int]) -> list[Objective]:
    """The objectives of these ids."""
    sql = f"SELECT {_COLUMNS} FROM objective WHERE id IN ({rows.marks(len(numbers))})"
    return rows.many(connection, Objective, sql, numbers)


def of_cycle(connection: Connection, cycle_id: int) -> list[Objective]:
    """Every objective of a cycle."""
    return rows.many(
        connection, Objective, f"SELECT {_COLUMNS} FROM objective WHERE cycle_id = ? ORDER BY id", (cycle_id,)
    )


def of_team(connection: Connection, cycle_id: int, team_id: int) -> list[Objective]:
    """What a team's leads wrote for a cycle, and what was put to the team, in the order it was written."""
    sql = (
        f"SELECT {_COLUMNS} FROM objective WHERE cycle_id = ?1 AND id IN ("
        "SELECT id FROM objective WHERE cycle_id = ?1 AND team_id = ?2 "
        "UNION SELECT objective_id FROM invitation WHERE team_id = ?2) ORDER BY id"
    )
    return rows.many(connection, Objective, sql, (cycle_id, team_id))


def add(connection: Connection, values: Mapping[str, rows.Value]) -> int:
    """Add an objective, with its first text."""
    number = rows.insert(connection, "objective", values)
    keep_text(connection, number, at=str(values["at"]), author_id=int(values["author_id"] or 0))
    return number


def change(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Change columns of an objective."""
    rows.update(connection, "objective", number, values)


def keep_text(connection: Connection, number: int, *, at: str, author_id: int) -> None:
    """Keep the text an objective has now under its text number, in place of one of that number."""
    connection.execute(
        "INSERT INTO objective_text (objective_id, number, title, why, ambition, author_id, at) "
        "SELECT id, text_number, title, why, ambition, ?, ? FROM objective WHERE id = ? "
        "ON CONFLICT (objective_id, number) DO UPDATE SET title = excluded.title, why = excluded.why, "
        "ambition = excluded.ambition, author_id = excluded.author_id, at = excluded.at",
        (author_id, at, number),
    )


def texts(connection: Connection, number: int) -> list[ObjectiveText]:
    """Every text an objective has had, the first first."""
    sql = f"SELECT {_TEXT} FROM objective_text WHERE objective_id = ? ORDER BY number"
    return rows.many(connection, ObjectiveText, sql, (number,))


def learning(connection: Connection, number: int) -> str | None:
    """The line of learning of an objective."""
    found = connection.execute("SELECT words FROM learning WHERE objective_id = ?", (number,)).fetchone()
    return found[0] if found else None


def learnt(connection: Connection, numbers: Iterable[int]) -> set[int]:
    """Which of these objectives have a line of learning."""
    wanted = list(numbers)
    sql = f"SELECT objective_id FROM learning WHERE objective_id IN ({rows.marks(len(wanted))})"
    return {number for (number,) in connection.execute(sql, wanted)}


def set_learning(connection: Connection, number: int, words: str, author_id: int, at: str) -> None:
    """Write the line of learning of an objective, or write it anew."""
    connection.execute(
        "INSERT INTO learning (objective_id, words, author_id, at) VALUES (?, ?, ?, ?) ON CONFLICT (objective_id) "
        "DO UPDATE SET words = excluded.words, author_id = excluded.author_id, at = excluded.at, version = version + 1",
        (number, words, author_id, at),
    )


def begun_from(connection: Connection, number: int) -> list[int]:
    """Ids of the objectives that go on from one of an earlier cycle."""
    sql = "SELECT id FROM objective WHERE origin_id = ? ORDER BY id"
    return [one for (one,) in connection.execute(sql, (number,))]


def to_go_on_from(connection: Connection, team_id: int, cycle_id: int) -> list[tuple[int, str, str, int]]:
    """What a team published for the cycles before one, the last cycle first.

    Id, title, the cycle's name, and whether it goes on in that one cycle already.
    """
    sql = (
        "SELECT objective.id, objective.title, cycle.name, EXISTS ("
        "SELECT 1 FROM objective AS next WHERE next.origin_id = objective.id AND next.cycle_id = ?2) "
        "FROM objective JOIN cycle ON cycle.id = objective.cycle_id "
        "WHERE objective.team_id = ?1 AND objective.state = 'published' "
        "AND cycle.starts < (SELECT starts FROM cycle WHERE id = ?2) ORDER BY cycle.starts DESC, objective.id"
    )
    return connection.execute(sql, (team_id, cycle_id)).fetchall()
