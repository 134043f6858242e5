"""What is typed and not saved, by person and form; in the second file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection


def keep(connection: Connection, person_id: int, form: str, fields: str, at: str) -> None:
    """Keep a draft in place of the one there."""
    connection.execute(
        "INSERT INTO draft (person_id, form, fields, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (person_id, form) DO UPDATE SET fields = excluded.fields, at = excluded.at",
        (person_id, form, fields, at),
    )


def forget(connection: Connection, person_id: int, form: str) -> None:
    """Forget a draft, where there is one."""
    connection.execute("DELETE FROM draft WHERE person_id = ? AND form = ?", (person_id, form))


def of_person(connection: Connection, person_id: int) -> list[tuple[str, str, str]]:
    """Form, fields and time of each draft of a person, the oldest first."""
    found = connection.execute("SELECT form, fields, at FROM draft WHERE person_id = ? ORDER BY at, form", (person_id,))
    return [(str(form), str(fields), str(at)) for form, fields, at in found]
