"""Links: an objective or a key result below another one, asked for and consented to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from okrtui.store.sqlite import Connection


class Link(NamedTuple):
    """What contributes to, or supports, what; without ``consented_by`` it waits for a lead of the parent's team."""

    id: int
    child: str
    parent: str
    kind: str
    author_id: int
    at: str
    consented_by: int | None
    consented_at: str | None


class Waiting(NamedTuple):
    """A link that waits for its consent, and whose screens show it: the parent's objective, team and cycle."""

    child: str
    words: str
    parent: str
    kind: str
    author: str
    objective_id: int
    team_id: int
    cycle_id: int


_COLUMNS = rows.columns(Link, "link")


def add(
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


def consent(connection: Connection, number: int, person_id: int, at: str) -> None:
    """Note who consented."""
    connection.execute("UPDATE link SET consented_by = ?, consented_at = ? WHERE id = ?", (person_id, at, number))


def remove(connection: Connection, number: int) -> None:
    """Take a link away."""
    connection.execute("DELETE FROM link WHERE id = ?", (number,))


def between(connection: Connection, child: str, parent: str) -> Link | None:
    """The link of these two."""
    return rows.one(connection, Link, f"SELECT {_COLUMNS} FROM link WHERE child = ? AND parent = ?", (child, parent))


def parents(connection: Connection, ref: str) -> list[Link]:
    """The links of a thing to its parents, those that wait for consent too, the first first."""
    return rows.many(connection, Link, f"SELECT {_COLUMNS} FROM link WHERE child = ? ORDER BY id", (ref,))


def children(connection: Connection, refs: Sequence[str]) -> list[Link]:
    """The links of others to these things, those that wait for consent too, the first first."""
    sql = f"SELECT {_COLUMNS} FROM link WHERE parent IN ({rows.marks(len(refs))}) ORDER BY id"
    return rows.many(connection, Link, sql, refs)


def waiting_under(connection: Connection, objective_id: int) -> list[Link]:
    """The links to an objective and to its key results that wait for a consent, the first first."""
    sql = (
        f"SELECT {_COLUMNS} FROM link WHERE parent = 'O' || ?1 AND consented_by IS NULL UNION ALL "
        f"SELECT {_COLUMNS} FROM invitation CROSS JOIN key_result ON invitation_id = invitation.id "
        "CROSS JOIN link ON parent = 'KR' || key_result.id WHERE objective_id = ?1 AND consented_by IS NULL ORDER BY 1"
    )
    return rows.many(connection, Link, sql, (objective_id,))


_OF_CYCLE = (
    "FROM link JOIN objective ON child = 'O' || objective.id WHERE cycle_id = ?1{more} UNION ALL "
    "SELECT {columns} FROM link JOIN key_result ON child = 'KR' || key_result.id "
    "JOIN invitation ON invitation.id = invitation_id JOIN objective ON objective.id = objective_id "
    "WHERE cycle_id = ?1{more}"
)


def of_cycle(connection: Connection, cycle_id: int) -> list[Link]:
    """Every link of a cycle's objectives and key results, those that wait for consent too."""
    sql = f"SELECT {_COLUMNS} {_OF_CYCLE.format(columns=_COLUMNS, more='')} ORDER BY 1"
    return rows.many(connection, Link, sql, (cycle_id,))


def consented(connection: Connection, cycle_id: int) -> list[tuple[str, str, str]]:
    """Child, parent and kind of every consented link of a cycle's objectives and key results."""
    columns = "child, parent, link.kind"
    more = " AND consented_by IS NOT NULL"
    return connection.execute(
        f"SELECT {columns} {_OF_CYCLE.format(columns=columns, more=more)}", (cycle_id,)
    ).fetchall()


def linked(connection: Connection, refs: Sequence[str]) -> set[str]:
    """Those of these things that contribute, by a consented link, to another."""
    sql = (
        f"SELECT DISTINCT child FROM link WHERE child IN ({rows.marks(len(refs))}) AND kind = 'contributes' "
        "AND consented_by IS NOT NULL"
    )
    return {child for (child,) in connection.execute(sql, refs)}


def above(connection: Connection, refs: Sequence[str]) -> list[tuple[str, str]]:
    """What stands right above these things: by links, those that wait too, and of a key result its objective."""
    marks = rows.marks(len(refs))
    sql = (
        f"SELECT child, parent FROM link WHERE child IN ({marks}) UNION ALL "
        "SELECT 'KR' || key_result.id, 'O' || objective_id FROM key_result "
        "JOIN invitation ON invitation.id = invitation_id "
        f"WHERE key_result.id IN ({rows.marks(len(refs))})"
    )
    numbers = [int(ref[2:]) if ref.startswith("KR") else None for ref in refs]
    return connection.execute(sql, (*refs, *numbers)).fetchall()


# Where what is linked to stands, and whose it is: an objective, a team's key result, and one person's.
_UNDER = "CROSS JOIN key_result ON key_result.invitation_id = invitation.id CROSS JOIN link ON parent = 'KR' || key_result.id"
_GROUNDS = (
    ("objective.team_id", "objective CROSS JOIN link ON parent = 'O' || objective.id"),
    (
        "invitation.team_id",
        f"invitation CROSS JOIN objective ON objective.id = invitation.objective_id {_UNDER}",
    ),
    (
        "objective.team_id",
        "objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
        f"AND invitation.person_id IS NOT NULL {_UNDER}",
    ),
)


def waiting(connection: Connection, cycle_ids: Collection[int], team_ids: Collection[int]) -> list[Waiting]:
    """The links that wait for a lead of one of these teams, below what stands in these cycles; the first first."""
    sql = " UNION ALL ".join(
        "SELECT link.id, child, coalesce(below.title, asking.statement, ''), parent, link.kind, handle, objective.id, "
        f"{team}, objective.cycle_id FROM {ground} JOIN person ON person.id = link.author_id "
        "LEFT JOIN objective AS below ON below.id = iif(child GLOB 'O*', CAST(substr(child, 2) AS INTEGER), NULL) "
        "LEFT JOIN key_result AS asking ON asking.id = iif(child GLOB 'KR*', CAST(substr(child, 3) AS INTEGER), NULL) "
        f"WHERE consented_by IS NULL AND objective.cycle_id IN ({rows.marks(len(cycle_ids))}) "
        f"AND {team} IN ({rows.marks(len(team_ids))}) AND coalesce(below.state, '') <> 'withdrawn' "
        "AND coalesce(asking.state, '') NOT IN ('dropped', 'not_agreed')"
        for team, ground in _GROUNDS
    )
    values = (*cycle_ids, *team_ids)
    return [Waiting(*found) for _, *found in connection.execute(f"{sql} ORDER BY 1", values * len(_GROUNDS))]
