"""The steps, oldest first. A step that has been released is never edited: add another, and raise ``VERSION``."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from okrtui.store.migrations.parted import expanded
from okrtui.store.sqlite import complete_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.store.sqlite import Connection

migrations = Migrations("okrtui")


@migrations()
def first_schema(db: Database) -> None:
    """The whole of the method's nouns."""
    script = resources.files(__package__).joinpath("first_schema.sql").read_text("utf-8")
    for statement in statements(expanded(script)):
        db.conn.execute(statement)


def take_all(connection: Connection) -> None:
    """Take every step that is pending, each inside the caller's transaction."""
    migrations.apply(Database(connection, execute_plugins=False, strict=True))


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: ``executescript`` would commit the transaction it runs in."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if complete_statement(gathered):
            yield gathered
            gathered = ""
