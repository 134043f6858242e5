"""Who is here, and where; in the second file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection


class Row(NamedTuple):
    """One session of a person; ``at`` is the time of its last heartbeat, in seconds since 1970."""

    session: str
    person_id: int
    handle: str
    page: str
    form: str
    cycle: str
    team: str
    at: float


def put(connection: Connection, row: Row) -> None:
    """Say where a session is now."""
    connection.execute("INSERT OR REPLACE INTO presence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def take_away(connection: Connection, session: str, *, before: float) -> None:
    """Forget a session, and those whose last heartbeat was before a time."""
    connection.execute("DELETE FROM presence WHERE session = ? OR at < ?", (session, before))


def since(connection: Connection, after: float) -> list[Row]:
    """The sessions heard of after a time, by handle."""
    return [
        Row(*found)
        for found in connection.execute(
            "SELECT session, person_id, handle, page, form, cycle, team, at FROM presence WHERE at > ? ORDER BY handle",
            (after,),
        )
    ]
