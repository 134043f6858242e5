"""People, and the posts they hold in teams."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.core.model import Role
from okrtui.core.sides import Post
from okrtui.store import rows
from okrtui.store.teams import below, chain_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from okrtui.store.sqlite import Connection


class Person(NamedTuple):
    """Somebody who may act here."""

    id: int
    handle: str
    name: str
    login: str
    active: int
    admin: int
    at: str
    version: int


_COLUMNS = rows.columns(Person, "person")


def by_handle(connection: Connection, handle: str) -> Person | None:
    """The person of this handle, active or not."""
    return rows.one(connection, Person, f"SELECT {_COLUMNS} FROM person WHERE handle = ?", (handle.lower(),))


def by_login(connection: Connection, login: str) -> Person | None:
    """The person the operating system knows by this login."""
    return rows.one(connection, Person, f"SELECT {_COLUMNS} FROM person WHERE login = ?", (login,))


def by_id(connection: Connection, number: int) -> Person | None:
    """The person of this id."""
    return rows.one(connection, Person, f"SELECT {_COLUMNS} FROM person WHERE id = ?", (number,))


def by_ids(connection: Connection, numbers: Collection[int]) -> list[Person]:
    """The people of these ids, by handle."""
    sql = f"SELECT {_COLUMNS} FROM person WHERE id IN ({rows.marks(len(numbers))}) ORDER BY handle"
    return rows.many(connection, Person, sql, numbers)


def everybody(connection: Connection) -> list[Person]:
    """All people by handle."""
    return rows.many(connection, Person, f"SELECT {_COLUMNS} FROM person ORDER BY handle")


def active_below(connection: Connection, path: str) -> list[Person]:
    """Everybody active in the team of this path or below it, by handle."""
    start, end = below(path)
    sql = (
        f"SELECT {_COLUMNS} FROM person WHERE active AND id IN (SELECT person_id FROM membership "
        "JOIN team ON team.id = team_id WHERE team.path >= ? AND team.path < ?) ORDER BY handle"
    )
    return rows.many(connection, Person, sql, (start, end))


def handles(connection: Connection, numbers: Iterable[int | None] | None = None) -> dict[int, str]:
    """Handles by id: of these people, or of everybody."""
    if numbers is None:
        return dict(connection.execute("SELECT id, handle FROM person"))
    wanted = sorted({number for number in numbers if number is not None})
    sql = f"SELECT id, handle FROM person WHERE id IN ({rows.marks(len(wanted))})"
    return dict(connection.execute(sql, wanted))


def admins(connection: Connection) -> list[str]:
    """Names of the active admins."""
    return [name for (name,) in connection.execute("SELECT name FROM person WHERE admin AND active ORDER BY handle")]


def are_several(connection: Connection) -> bool:
    """Whether more than one person was ever added."""
    sql = "SELECT (SELECT max(id) FROM person) > (SELECT min(id) FROM person)"
    return bool(connection.execute(sql).fetchone()[0])


def add(connection: Connection, *, handle: str, name: str, login: str, admin: bool, at: str) -> int:
    """Add a person; handle and login must be free."""
    values: dict[str, rows.Value] = {"handle": handle, "name": name, "login": login, "admin": int(admin), "at": at}
    return rows.insert(connection, "person", values)


def change(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Change columns of a person."""
    rows.update(connection, "person", number, values)


def posts(connection: Connection, number: int, today: str) -> tuple[Post, ...]:
    """Every post of a person on a day, a deputy's too while it lasts and its lead still is one."""
    own = connection.execute(
        "SELECT team.id, team.name, team.path, membership.role FROM membership "
        "JOIN team ON team.id = membership.team_id WHERE membership.person_id = ?",
        (number,),
    ).fetchall()
    stood_in = connection.execute(
        "SELECT team.id, team.name, team.path, deputy.lead_id FROM deputy JOIN team ON team.id = deputy.team_id "
        "JOIN membership ON membership.team_id = deputy.team_id AND membership.person_id = deputy.lead_id "
        "AND membership.role = 'lead' WHERE deputy.person_id = ? AND deputy.until >= ?",
        (number, today),
    ).fetchall()
    return (
        *(Post(team, name, chain_of(path), Role(role)) for team, name, path, role in own),
        *(Post(team, name, chain_of(path), Role.LEAD, lead) for team, name, path, lead in stood_in),
    )
