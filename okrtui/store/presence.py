"""Who is here, and where; in the second file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.store.sqlite import Connection


class Row(NamedTuple):
    """One session of a person, in the order of the table's columns.

    ``follows`` is the id of the person whose screen it goes along with. ``moved`` is when it came to where it is, ``at`` its
    last heartbeat, ``since`` its beginning, all in seconds since 1970; ``way`` is how the person came.
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
    since: float
    pid: int
    way: str


def put(connection: Connection, row: Row) -> None:
    """Say where a session is now."""
    connection.execute(f"INSERT OR REPLACE INTO presence VALUES ({', '.join('?' * len(row))})", row)


def beat(connection: Connection, sessions: Sequence[str], at: float) -> None:
    """Let these sessions have been heard of now."""
    connection.execute(
        "UPDATE presence SET at = ? WHERE session IN (SELECT value FROM json_each(?))", (at, json.dumps(sessions))
    )


def take_away(connection: Connection, session: str, *, before: float) -> None:
    """Forget a session, and those whose last heartbeat was before a time."""
    connection.execute("DELETE FROM presence WHERE session = ? OR at < ?", (session, before))


def since(connection: Connection, after: float) -> list[Row]:
    """The sessions heard of after a time, by handle."""
    sql = f"SELECT {', '.join(Row._fields)} FROM presence WHERE at > ? ORDER BY handle"
    return [Row(*found) for found in connection.execute(sql, (after,))]


def send_away(connection: Connection, session: str, why: str, at: float) -> None:
    """Have a session end; ``why`` is what its person is told."""
    connection.execute("INSERT OR REPLACE INTO sent_away VALUES (?, ?, ?)", (session, why, at))


def why_sent_away(connection: Connection, session: str) -> str | None:
    """What the person of a session is told that has to end; None for one that may stay."""
    found = connection.execute("SELECT why FROM sent_away WHERE session = ?", (session,)).fetchone()
    return str(found[0]) if found else None


def all_sent_away(connection: Connection) -> dict[str, str]:
    """What the people of all sessions are told that have to end."""
    return dict(connection.execute("SELECT session, why FROM sent_away"))


def forget_sent_away(connection: Connection, before: float) -> None:
    """Forget which sessions had to end, of those before a time."""
    connection.execute("DELETE FROM sent_away WHERE at < ?", (before,))
