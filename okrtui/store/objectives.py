"""Objectives and every text they have had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.store.sqlite import Connection


@dataclass(frozen=True, slots=True)
class Objective:
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


@dataclass(frozen=True, slots=True)
class ObjectiveText:
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


def set_learning(connection: Connection, number: int, words: str, author_id: int, at: str) -> None:
    """Write the line of learning of an objective, or write it anew."""
    connection.execute(
        "INSERT INTO learning (objective_id, words, author_id, at) VALUES (?, ?, ?, ?) ON CONFLICT (objective_id) "
        "DO UPDATE SET words = excluded.words, author_id = excluded.author_id, at = excluded.at, version = version + 1",
        (number, words, author_id, at),
    )


def link(
    connection: Connection, child: str, parent: str, kind: str, *, author_id: int, consented_by: int | None, at: str
) -> None:
    """Link a thing to its parent."""
    values: dict[str, rows.Value] = {
        "child": child,
        "parent": parent,
        "kind": kind,
        "author_id": author_id,
        "at": at,
        "consented_by": consented_by,
        "consented_at": at if consented_by else None,
    }
    rows.insert(connection, "link", values)


def links(connection: Connection, cycle_id: int) -> list[tuple[str, str, str]]:
    """Child, parent and kind of every consented link of a cycle's objectives and key results."""
    sql = (
        "SELECT child, parent, link.kind FROM link JOIN objective ON child = 'O' || objective.id "
        "WHERE cycle_id = ?1 AND consented_by IS NOT NULL UNION ALL "
        "SELECT child, parent, link.kind FROM link JOIN key_result ON child = 'KR' || key_result.id "
        "JOIN invitation ON invitation.id = invitation_id JOIN objective ON objective.id = objective_id "
        "WHERE cycle_id = ?1 AND consented_by IS NOT NULL"
    )
    return connection.execute(sql, (cycle_id,)).fetchall()


def linked(connection: Connection, refs: Sequence[str]) -> set[str]:
    """Those of these things that contribute, by a consented link, to another."""
    sql = (
        f"SELECT DISTINCT child FROM link WHERE child IN ({rows.marks(len(refs))}) AND kind = 'contributes' "
        "AND consented_by IS NOT NULL"
    )
    return {child for (child,) in connection.execute(sql, refs)}


def parents(connection: Connection, ref: str) -> list[tuple[str, str]]:
    """Parent and kind of each consented link of one thing."""
    sql = "SELECT parent, kind FROM link WHERE child = ? AND consented_by IS NOT NULL ORDER BY id"
    return connection.execute(sql, (ref,)).fetchall()
