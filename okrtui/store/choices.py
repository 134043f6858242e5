"""What somebody has chosen for themselves, such as colours; in the second file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection


def put(connection: Connection, person_id: int, name: str, value: str) -> None:
    """Keep a choice in place of the one before."""
    connection.execute(
        "INSERT INTO choice (person_id, name, value) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id, name) DO UPDATE SET value = excluded.value",
        (person_id, name, value),
    )


def get(connection: Connection, person_id: int, name: str) -> str:
    """A choice; empty where nothing was chosen."""
    row = connection.execute("SELECT value FROM choice WHERE person_id = ? AND name = ?", (person_id, name)).fetchone()
    return str(row[0]) if row else ""
