"""Who is here, and where; in the second file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection


class Row(NamedTuple):
    """One session of a person, in the order of the table's columns.

    ``follows`` is the id of the person whose screen it goes along with. ``moved`` is when it came to where it is, ``at`` its
    last heartbeat, both in seconds since 1970.
    """

    session: str
    person_id: int
    handle: str
    page: str
    form: str
    cycle: str
    team: str
    ref: str
    view: str
    scroll: float
    follows: int | None
    moved: float
    at: float


def put(connection: Connection, row: Row) -> None:
    """Say where a session is now."""
    connection.execute(f"INSERT OR REPLACE INTO presence VALUES ({', '.join('?' * len(row))})", row)


def take_away(connection: Connection, session: str, *, before: float) -> None:
    """Forget a session, and those whose last heartbeat was before a time."""
    connection.execute("DELETE FROM presence WHERE session = ? OR at < ?", (session, before))


def since(connection: Connection, after: float) -> list[Row]:
    """The sessions heard of after a time, by handle."""
    sql = f"SELECT {', '.join(Row._fields)} FROM presence WHERE at > ? ORDER BY handle"
    return [Row(*found) for found in connection.execute(sql, (after,))]
