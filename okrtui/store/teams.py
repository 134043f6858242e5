"""Teams: a tree whose root is the company, and who is in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from okrtui.core.sides import Chain
    from okrtui.store.sqlite import Connection


class Team(NamedTuple):
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


class Member(NamedTuple):
    """A person in a team."""

    person_id: int
    handle: str
    name: str
    role: str
    active: int


_COLUMNS = rows.columns(Team, "team")
_MEMBERS = (
    "SELECT membership.team_id, person.id, person.handle, person.name, membership.role, person.active FROM membership "
    "JOIN person ON person.id = membership.person_id {where} ORDER BY membership.role, person.handle"
)


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


def by_ids(connection: Connection, numbers: Collection[int]) -> list[Team]:
    """The teams of these ids."""
    return rows.many(connection, Team, f"SELECT {_COLUMNS} FROM team WHERE id IN ({rows.marks(len(numbers))})", numbers)


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
    found = connection.execute(_MEMBERS.format(where="WHERE membership.team_id = ?"), (team_id,))
    return [Member(*row) for _, *row in found]


def all_members(connection: Connection) -> dict[int, list[Member]]:
    """Who is in each team that anybody is in, leads first."""
    found: dict[int, list[Member]] = {}
    for team_id, *row in connection.execute(_MEMBERS.format(where="")):
        found.setdefault(team_id, []).append(Member(*row))
    return found


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


class Leading(NamedTuple):
    """The leading side: whoever leads one of these teams or stands in for somebody who does, but one person."""

    chain: Chain
    but: int | None = None


class TeamSide(NamedTuple):
    """The team's side: whoever is in the team of this path or below it and is not on the leading side, but one person."""

    path: str
    leading: Chain
    but: int | None = None


_LEADS = (
    "SELECT 1 FROM membership WHERE membership.role = 'lead' AND membership.person_id = person.id "
    "AND membership.team_id IN (SELECT value FROM json_each(asked.value, '$[0]'))"
)
_STANDS_IN = (
    "SELECT 1 FROM deputy JOIN membership ON membership.team_id = deputy.team_id "
    "AND membership.person_id = deputy.lead_id AND membership.role = 'lead' WHERE deputy.person_id = person.id "
    "AND deputy.until >= ?2 AND deputy.team_id IN (SELECT value FROM json_each(asked.value, '$[0]'))"
)

_ON_TEAM_SIDE = (
    "team.path >= json_extract(asked.value, '$[1]') AND team.path < json_extract(asked.value, '$[2]') "
    "AND person.active AND person.id IS NOT json_extract(asked.value, '$[3]') "
    f"AND NOT EXISTS ({_LEADS}) AND NOT EXISTS ({_STANDS_IN})"
)


def leaderships_present(connection: Connection, asked: Iterable[Leading], today: str) -> dict[Leading, bool]:
    """Whether each leading side has anybody active in it, in one query."""
    lead = (
        "SELECT 1 FROM json_each(asked.value, '$[0]') AS team CROSS JOIN membership "
        "ON membership.team_id = team.value AND membership.role = 'lead' "
        "CROSS JOIN person ON person.id = membership.person_id "
        "WHERE person.active AND person.id IS NOT json_extract(asked.value, '$[1]')"
    )
    deputy = (
        "SELECT 1 FROM json_each(asked.value, '$[0]') AS team CROSS JOIN deputy "
        "ON deputy.team_id = team.value AND deputy.until >= ?2 "
        "CROSS JOIN membership ON membership.team_id = deputy.team_id AND membership.person_id = deputy.lead_id "
        "AND membership.role = 'lead' CROSS JOIN person ON person.id = deputy.person_id "
        "WHERE person.active AND person.id IS NOT json_extract(asked.value, '$[1]')"
    )
    known = list(asked)
    if not known:
        return {}
    sql = f"SELECT EXISTS ({lead}) OR EXISTS ({deputy}) FROM json_each(?1) AS asked"
    values = json.dumps([[one.chain, one.but] for one in known])
    return {one: bool(there) for one, (there,) in zip(known, connection.execute(sql, (values, today)), strict=True)}


def teams_present(connection: Connection, asked: Iterable[TeamSide], today: str) -> dict[TeamSide, bool]:
    """Whether each team's side has anybody active in it, in one query."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM team CROSS JOIN membership AS place ON place.team_id = team.id "
        f"CROSS JOIN person ON person.id = place.person_id WHERE {_ON_TEAM_SIDE}) FROM json_each(?1) AS asked"
    )
    known = list(asked)
    if not known:
        return {}
    values = json.dumps([_as_asked(one) for one in known])
    return {one: bool(there) for one, (there,) in zip(known, connection.execute(sql, (values, today)), strict=True)}


def _as_asked(side: TeamSide) -> tuple[Chain, str, str, int | None]:
    return side.leading, *below(side.path), side.but


def on_team_side(connection: Connection, asked: TeamSide, today: str) -> set[int]:
    """Ids of everybody active on a team's side."""
    sql = (
        "SELECT DISTINCT person.id FROM json_each(?1) AS asked CROSS JOIN team "
        "CROSS JOIN membership AS place ON place.team_id = team.id "
        f"CROSS JOIN person ON person.id = place.person_id WHERE {_ON_TEAM_SIDE}"
    )
    return {number for (number,) in connection.execute(sql, (json.dumps([_as_asked(asked)]), today))}


def leadership_present(connection: Connection, leading: Chain, today: str, *, but: int | None = None) -> bool:
    """Whether anybody active, but one person, leads any of these teams or stands in for somebody who does."""
    asked = Leading(leading, but)
    return leaderships_present(connection, [asked], today)[asked]


def team_present(connection: Connection, path: str, leading: Chain, today: str, *, but: int | None = None) -> bool:
    """Whether anybody active is in this team or below it who is not on the leading side."""
    asked = TeamSide(path, leading, but)
    return teams_present(connection, [asked], today)[asked]
