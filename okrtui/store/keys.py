"""Public keys by which people come over SSH, and the one-time codes by which a key is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.store.sqlite import Connection


class Key(NamedTuple):
    """A person's key. ``blob`` is base64; ``added_by`` is None for the operator of the file, ``off_at`` while it is on."""

    id: int
    person_id: int
    type: str
    blob: str
    fingerprint: str
    comment: str
    added_by: int | None
    at: str
    off_at: str | None
    version: int


class Code(NamedTuple):
    """A code that lets one key in, once; the file holds its digest alone."""

    id: int
    person_id: int
    digest: str
    expires: str
    added_by: int | None
    at: str
    used_at: str | None


_KEY = rows.columns(Key, "ssh_key")
_CODE = rows.columns(Code, "ssh_code")

# A key lets in while it is on, and its person is.
_LETS_IN = "ssh_key JOIN person ON person.id = ssh_key.person_id WHERE ssh_key.off_at IS NULL AND person.active"
_OPEN = (
    "ssh_code JOIN person ON person.id = ssh_code.person_id WHERE ssh_code.used_at IS NULL AND expires > ? AND active"
)


def by_fingerprint(connection: Connection, fingerprint: str) -> Key | None:
    """The key of a fingerprint, on or off."""
    return rows.one(connection, Key, f"SELECT {_KEY} FROM ssh_key WHERE fingerprint = ?", (fingerprint,))


def beginning_with(connection: Connection, fingerprint: str) -> list[Key]:
    """The keys, on or off, whose fingerprints begin like this."""
    sql = f"SELECT {_KEY} FROM ssh_key WHERE substr(fingerprint, 1, ?) = ? ORDER BY id"
    return rows.many(connection, Key, sql, (len(fingerprint), fingerprint))


def of_person(connection: Connection, person_id: int) -> list[Key]:
    """A person's keys, on or off."""
    return rows.many(connection, Key, f"SELECT {_KEY} FROM ssh_key WHERE person_id = ? ORDER BY id", (person_id,))


def everyone(connection: Connection) -> list[Key]:
    """All keys, on or off, in the order they were added."""
    return rows.many(connection, Key, f"SELECT {_KEY} FROM ssh_key ORDER BY id")


def letting_in(connection: Connection) -> list[tuple[Key, str]]:
    """The keys that let somebody in, each with their handle."""
    found = connection.execute(f"SELECT {_KEY}, handle FROM {_LETS_IN} ORDER BY ssh_key.id")
    return [(Key(*row[:-1]), row[-1]) for row in found]


def lets_in(connection: Connection, fingerprint: str) -> tuple[Key, str] | None:
    """The key of a fingerprint with its person's handle, where it lets them in."""
    sql = f"SELECT {_KEY}, handle FROM {_LETS_IN} AND fingerprint = ?"
    row = connection.execute(sql, (fingerprint,)).fetchone()
    return None if row is None else (Key(*row[:-1]), row[-1])


def is_on(connection: Connection, number: int, person_id: int) -> bool:
    """Whether a key is on, and still this person's."""
    sql = "SELECT 1 FROM ssh_key WHERE id = ? AND person_id = ? AND off_at IS NULL"
    return connection.execute(sql, (number, person_id)).fetchone() is not None


def add(connection: Connection, values: Mapping[str, rows.Value]) -> None:
    """Add a key, or in place of one that was switched off, its person and all, the same key anew."""
    found = by_fingerprint(connection, str(values["fingerprint"]))
    if found is None:
        rows.insert(connection, "ssh_key", values)
    else:
        rows.update(connection, "ssh_key", found.id, {**values, "off_at": None})


def switch_off(connection: Connection, number: int, at: str) -> None:
    """Switch a key off; its row stays, for the history."""
    rows.update(connection, "ssh_key", number, {"off_at": at})


def add_code(connection: Connection, values: Mapping[str, rows.Value]) -> None:
    """Add a code."""
    rows.insert(connection, "ssh_code", values)


def open_codes(connection: Connection, now: str) -> list[tuple[Code, str]]:
    """The codes that still let a key in, each with the handle of whom it is for."""
    found = connection.execute(f"SELECT {_CODE}, handle FROM {_OPEN} ORDER BY ssh_code.id", (now,))
    return [(Code(*row[:-1]), row[-1]) for row in found]


def open_code(connection: Connection, digest: str, now: str) -> Code | None:
    """The code of a digest, where it still lets a key in."""
    return rows.one(connection, Code, f"SELECT {_CODE} FROM {_OPEN} AND digest = ?", (now, digest))


def use_code(connection: Connection, number: int, at: str) -> None:
    """Let a code have been used."""
    connection.execute("UPDATE ssh_code SET used_at = ? WHERE id = ?", (at, number))


def close_codes(connection: Connection, person_id: int, at: str) -> int:
    """Close whatever codes are open for a person; how many there were."""
    sql = "UPDATE ssh_code SET used_at = ? WHERE person_id = ? AND used_at IS NULL AND expires > ?"
    return connection.execute(sql, (at, person_id, at)).rowcount


# In the second file: that a key was used is worth no wait for a disk, and wakes nobody.


def note_use(live: Connection, number: int, at: str) -> None:
    """Note when a key was last used."""
    live.execute("INSERT OR REPLACE INTO key_use (key_id, at) VALUES (?, ?)", (number, at))


def uses(live: Connection) -> dict[int, str]:
    """When each key was last used."""
    return dict(live.execute("SELECT key_id, at FROM key_use"))
