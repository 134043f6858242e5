"""The numbered steps from one shape of the file to the next.

``VERSION`` is the number of steps this program knows, and a file's ``user_version`` the number it has been through.
The steps themselves need sqlite-utils (44 ms), which is imported only when one is to be taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import StoreError

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection

VERSION = 1


def version_of(connection: Connection) -> int:
    """How many steps the file has been through."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: Connection) -> None:
    """Take every step the file lacks, and build the search anew. The caller holds the queue and an immediate transaction, and commits it."""
    from okrtui.store.migrations.steps import take_all  # noqa: PLC0415 - see above
    from okrtui.store.search import rebuild  # noqa: PLC0415 - as above

    take_all(connection)
    rebuild(connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    loose = loose_tables(connection)
    if loose:
        raise StoreError(f"The upgrade left tables that are not strict ({', '.join(loose)}): nothing was changed.")


def loose_tables(connection: Connection) -> list[str]:
    """The tables that would take a value of any type; but for the two by which Litestream knows how far it has copied."""
    rows = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_litestream\\_%' ESCAPE '\\' ORDER BY name"
    )
    return [name for (name,) in rows]
