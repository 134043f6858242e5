"""Teams: a tree whose root is the company, and who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.core.sides import Chain
    from okrtui.store.sqlite import Connection


@dataclass(frozen=True, slots=True)
class Team:
    """A team; ``path`` holds the ids from the root down to it, as ``/1/4/9/``."""

    id: int
    slug: str
    name: str
    parent_id: int | None
    path: str
    function: str
    steady: int
    due_weekday: int
    individual: str
    individual_reason: str
    archived: int
    at: str
    version: int

    @property
    def chain(self) -> Chain:
        """Ids from the root down to this team."""
        return chain_of(self.path)

    @property
    def depth(self) -> int:
        """0 for the company, 1 for the teams right below it."""
        return len(self.chain) - 1


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a team."""

    person_id: int
    handle: str
    name: str
    role: str
    active: int


_COLUMNS = rows.columns(Team, "team")


def chain_of(path: str) -> Chain:
    """The ids a path holds."""
    return tuple(int(part) for part in path.strip("/").split("/"))


def below(path: str) -> tuple[str, str]:
    """The range of paths of a team and all below it: from the first, up to but not the second."""
    return path, path[:-1] + "0"  # "0" follows "/"


def by_slug(connection: Connection, slug: str) -> Team | None:
    """The team of this slug, archived or not."""
    return rows.one(connection, Team, f"SELECT {_COLUMNS} FROM team WHERE slug = ?", (slug.lower(),))


def by_id(connection: Connection, number: int) -> Team | None:
    """The team of this id."""
    return rows.one(connection, Team, f"SELECT {_COLUMNS} FROM team WHERE id = ?", (number,))


def root(connection: Connection) -> Team | None:
    """The company; None in a file that was never set up."""
    return rows.one(connection, Team, f"SELECT {_COLUMNS} FROM team WHERE parent_id IS NULL")


def in_tree_order(connection: Connection) -> list[Team]:
    """Every team, each followed by those below it, siblings by name."""
    found = rows.many(connection, Team, f"SELECT {_COLUMNS} FROM team ORDER BY name COLLATE NOCASE, id")
    children: dict[int | None, list[Team]] = {}
    for team in found:
        children.setdefault(team.parent_id, []).append(team)
    ordered: list[Team] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        team = waiting.pop()
        ordered.append(team)
        waiting.extend(reversed(children.get(team.id, [])))
    return ordered


def of_person(connection: Connection, person_id: int) -> list[Team]:
    """The teams a person is in, those they lead first, then by name."""
    sql = (
        f"SELECT {_COLUMNS} FROM team JOIN membership ON membership.team_id = team.id "
        "WHERE membership.person_id = ? AND NOT team.archived ORDER BY membership.role, team.name COLLATE NOCASE"
    )
    return rows.many(connection, Team, sql, (person_id,))


def add(connection: Connection, values: Mapping[str, rows.Value], parent: Team | None) -> int:
    """Add a team under its parent."""
    number = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM team").fetchone()[0])
    path = f"{parent.path if parent else '/'}{number}/"
    place: dict[str, rows.Value] = {"id": number, "path": path, "parent_id": parent.id if parent else None}
    return rows.insert(connection, "team", {**place, **values})


def change(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Change columns of a team, all but its place."""
    rows.update(connection, "team", number, values)


def move(connection: Connection, team: Team, parent: Team) -> None:
    """Put a team, with all below it, under another parent."""
    start, end = below(team.path)
    connection.execute(
        "UPDATE team SET path = ? || substr(path, ?) WHERE path >= ? AND path < ?",
        (f"{parent.path}{team.id}/", len(team.path) + 1, start, end),
    )
    rows.update(connection, "team", team.id, {"parent_id": parent.id})


def members(connection: Connection, team_id: int) -> list[Member]:
    """Who is in a team, leads first."""
    sql = (
        "SELECT person.id, person.handle, person.name, membership.role, person.active FROM membership "
        "JOIN person ON person.id = membership.person_id WHERE membership.team_id = ? "
        "ORDER BY membership.role, person.handle"
    )
    return rows.many(connection, Member, sql, (team_id,))


def join(connection: Connection, team_id: int, person_id: int, role: str, at: str) -> None:
    """Put a person into a team, or give them another role there."""
    connection.execute(
        "INSERT INTO membership (person_id, team_id, role, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (person_id, team_id) DO UPDATE SET role = excluded.role",
        (person_id, team_id, role, at),
    )


def leave(connection: Connection, team_id: int, person_id: int) -> bool:
    """Take a person out of a team; False where they were not in it."""
    found = connection.execute("DELETE FROM membership WHERE team_id = ? AND person_id = ?", (team_id, person_id))
    return found.rowcount > 0


def set_deputy(connection: Connection, team_id: int, lead_id: int, person_id: int, until: str, at: str) -> None:
    """Let a person stand in for a lead through a day."""
    connection.execute(
        "INSERT INTO deputy (team_id, lead_id, person_id, until, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (team_id, lead_id, person_id) DO UPDATE SET until = excluded.until",
        (team_id, lead_id, person_id, until, at),
    )


def active_leads(connection: Connection, team_ids: Chain, *, but: int | None = None) -> list[str]:
    """Handles of the active leads of any of these teams, but one person."""
    sql = (
        "SELECT DISTINCT person.handle FROM membership JOIN person ON person.id = membership.person_id "
        f"WHERE membership.team_id IN ({rows.marks(len(team_ids))}) AND membership.role = 'lead' "
        "AND person.active AND person.id IS NOT ? ORDER BY person.handle"
    )
    return [handle for (handle,) in connection.execute(sql, (*team_ids, but))]


def leadership_present(connection: Connection, leading: Chain, today: str, *, but: int | None = None) -> bool:
    """Whether anybody active, but one person, leads any of these teams or stands in for somebody who does."""
    if active_leads(connection, leading, but=but):
        return True
    sql = (
        "SELECT EXISTS (SELECT 1 FROM deputy JOIN person ON person.id = deputy.person_id "
        "JOIN membership ON membership.team_id = deputy.team_id AND membership.person_id = deputy.lead_id "
        f"AND membership.role = 'lead' WHERE deputy.team_id IN ({rows.marks(len(leading))}) "
        "AND deputy.until >= ? AND person.active AND person.id IS NOT ?)"
    )
    return bool(connection.execute(sql, (*leading, today, but)).fetchone()[0])


def team_present(connection: Connection, path: str, leading: Chain, today: str, *, but: int | None = None) -> bool:
    """Whether anybody active is in this team or below it who is not on the leading side."""
    start, end = below(path)
    chain = rows.marks(len(leading))
    sql = (
        "SELECT EXISTS (SELECT 1 FROM team JOIN membership ON membership.team_id = team.id "
        "JOIN person ON person.id = membership.person_id "
        "WHERE team.path >= ? AND team.path < ? AND person.active AND person.id IS NOT ? "
        "AND NOT EXISTS (SELECT 1 FROM membership leading WHERE leading.person_id = person.id "
        f"AND leading.role = 'lead' AND leading.team_id IN ({chain})) "
        "AND NOT EXISTS (SELECT 1 FROM deputy JOIN membership stood_for ON stood_for.team_id = deputy.team_id "
        "AND stood_for.person_id = deputy.lead_id AND stood_for.role = 'lead' WHERE deputy.person_id = person.id "
        f"AND deputy.team_id IN ({chain}) AND deputy.until >= ?))"
    )
    return bool(connection.execute(sql, (start, end, but, *leading, *leading, today)).fetchone()[0])
