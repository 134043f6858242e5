"""What is typed and not saved, by person and form; in the second file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection


def keep(connection: Connection, person_id: int, form: str, fields: str, place: str, at: str) -> None:
    """Keep a draft in place of the one there; ``place`` says where its form was opened."""
    connection.execute(
        "INSERT INTO draft (person_id, form, fields, place, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (person_id, form)"
        " DO UPDATE SET fields = excluded.fields, place = excluded.place, at = excluded.at",
        (person_id, form, fields, place, at),
    )


def forget(connection: Connection, person_id: int, form: str) -> None:
    """Forget a draft, where there is one."""
    connection.execute("DELETE FROM draft WHERE person_id = ? AND form = ?", (person_id, form))


def rewrite(connection: Connection, person_id: int, form: str, fields: str) -> None:
    """Put other fields in the place of those of a draft."""
    connection.execute("UPDATE draft SET fields = ? WHERE person_id = ? AND form = ?", (fields, person_id, form))


def everybodys(connection: Connection) -> list[tuple[int, str, str]]:
    """Person, form and fields of every draft."""
    return connection.execute("SELECT person_id, form, fields FROM draft").fetchall()


def of_person(connection: Connection, person_id: int) -> list[tuple[str, str, str, str]]:
    """Form, fields, place and time of each draft of a person, the oldest first."""
    sql = "SELECT form, fields, place, at FROM draft WHERE person_id = ? ORDER BY at, form"
    return connection.execute(sql, (person_id,)).fetchall()
