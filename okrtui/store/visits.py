"""What somebody had seen when they last left a place; in the second file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection


def put(connection: Connection, person_id: int, place: str, event_id: int, at: str) -> None:
    """Keep the newest event seen; an older one never takes its place."""
    connection.execute(
        "INSERT INTO visit (person_id, place, event_id, at) VALUES (?, ?, ?, ?) ON CONFLICT (person_id, place)"
        " DO UPDATE SET event_id = max(event_id, excluded.event_id), at = excluded.at",
        (person_id, place, event_id, at),
    )


def last(connection: Connection, person_id: int, place: str) -> int | None:
    """The newest event seen there; None where they were never there."""
    row = connection.execute(
        "SELECT event_id FROM visit WHERE person_id = ? AND place = ?", (person_id, place)
    ).fetchone()
    return int(row[0]) if row else None
