"""Full-text search over what people wrote, newest first or ranked.

The indexes are the file's own (`first_schema.sql`): triggers keep them in step with their tables, so that whoever writes has
nothing to say here. They hold nothing that is sealed.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows
from okrtui.store.search_sources import SOURCES
from okrtui.store.sqlite import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.store.search_sources import Source
    from okrtui.store.sqlite import Connection


class Hit(NamedTuple):
    """Words that were found.

    ``ref`` is what is found and ``goes_to`` what is shown for it; ``team`` is empty for what belongs to none.
    """

    kind: str
    ref: str
    goes_to: str
    title: str
    text: str
    author: str
    team: str
    cycle: str
    state: str
    at: str


Row = tuple[str, ...]
_KIND, _AT = Hit._fields.index("kind"), Hit._fields.index("at")


class Narrowed(NamedTuple):
    """What a search is narrowed to: ids of teams, owners and cycles, and states; what is empty narrows nothing."""

    team: tuple[int, ...] = ()
    owner: tuple[int, ...] = ()
    cycle: tuple[int, ...] = ()
    state: tuple[str, ...] = ()


def newest(connection: Connection, words: str, narrowed: Narrowed, reader: int | None, most: int) -> list[Hit]:
    """Up to ``most`` hits, the newest first; ``words`` are an expression of FTS5, ``reader`` is whoever looks."""
    found = _found(connection, words, narrowed, reader, most, ranked=False)
    found.sort(key=itemgetter(_AT), reverse=True)
    return list(map(Hit._make, found[:most]))


def ranked(connection: Connection, words: str, narrowed: Narrowed, reader: int | None, most: int) -> list[Hit]:
    """Up to ``most`` hits, the best of each kind first, then the second best; asked as `newest` is.

    How well a comment fits and how well an objective does are no two figures to compare: each index counts its own words.
    """
    places: Counter[str] = Counter()
    found = []
    for row in _found(connection, words, narrowed, reader, most, ranked=True):
        found.append((places[row[_KIND]], row))
        places[row[_KIND]] += 1
    found.sort(key=itemgetter(0))
    return [Hit._make(row) for _, row in found[:most]]


def _found(
    connection: Connection, words: str, narrowed: Narrowed, reader: int | None, most: int, *, ranked: bool
) -> list[Row]:
    """The columns of a `Hit`, which is made of those alone that are told."""
    given = {name: json.dumps(found) for name, found in narrowed._asdict().items() if found}
    names, teams = frozenset(given), _teams(connection, narrowed)
    found: list[Row] = []
    for source in SOURCES:
        values = {**given, "reader": reader, "words": _asked(source, words, teams)}
        found += connection.execute(_statement(source, names, most, ranked=ranked), values)
    return found


def _teams(connection: Connection, narrowed: Narrowed) -> str:
    """The teams in which a narrowed search can find anything, as an expression of FTS5; empty where it may be any."""
    if narrowed.team:
        return " OR ".join(f"t{number}" for number in narrowed.team)
    if not narrowed.owner:
        return ""
    sql = (
        "SELECT DISTINCT team FROM key_result CROSS JOIN key_result_place ON key_result_id = key_result.id "
        f"WHERE owner_id IN ({rows.marks(len(narrowed.owner))})"
    )
    return " OR ".join(team for (team,) in connection.execute(sql, narrowed.owner)) or '""'


def _asked(source: Source, words: str, teams: str) -> str:
    """What one index is asked for."""
    asked = f"{source.words}({words})"
    return f"{asked} AND team : ({teams})" if source.knows_team and teams else asked


@cache
def _statement(source: Source, given: frozenset[str], most: int, *, ranked: bool) -> str:
    """The query of one index; ``given`` are the names of the values there are.

    ``most`` is written into it: SQLite prepares a statement anew each time a limit is bound, which takes longer than the rest.
    """
    narrow = {
        "team": "team.id IN (SELECT value FROM json_each(:team))",
        "owner": f"{source.owner_id} IN (SELECT value FROM json_each(:owner))",
        "cycle": f"{source.of_cycles} AND cycle.id IN (SELECT value FROM json_each(:cycle))",
        "state": f"{source.state} IN (SELECT value FROM json_each(:state))",
    }
    conditions = [f"{source.index} MATCH :words", source.visible]
    conditions += [condition for name, condition in narrow.items() if name in given]
    order = f"{source.index}.rowid DESC"
    if ranked:
        conditions.append(f"{source.index}.rank MATCH 'bm25({source.weights})'")
        order = f"{source.index}.rank"
    columns = (
        f"'{source.kind}', {source.found}, {source.goes_to}, {source.title}, {source.text}, {source.author}, "
        f"coalesce(team.slug, ''), cycle.name, {source.state}, {source.at}"
    )
    return (
        f"SELECT {columns} FROM {source.index} {source.joins} WHERE {' AND '.join(conditions)} "
        f"ORDER BY {order} LIMIT {most}"
    )


# Keeping the indexes


def rebuild(connection: Connection) -> None:
    """Build every index anew from its table: after an upgrade, or once words were blanked that must leave no trace.

    The old words are gone from the index, not only marked as deleted.
    """
    for source in SOURCES:
        _command(connection, source, "rebuild")


@contextmanager
def left_out(connection: Connection) -> Iterator[None]:
    """Write many rows without looking after the indexes, which are built in one go at the end of the block."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_search_*' ORDER BY rowid"
    found = connection.execute(sql).fetchall()
    for name, _ in found:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, made in found:
        connection.execute(made)
    rebuild(connection)


def problems(connection: Connection) -> Iterator[str]:
    """A sentence for each index that does not say what its table does. Reads all of both, and holds up those who save."""
    for source in SOURCES:
        try:
            # With a rank the words are compared, too, and not only the index with itself (sqlite.org/fts5.html, 6.4).
            connection.execute(f"INSERT INTO {source.index} ({source.index}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            kind = source.kind.replace("_", " ")
            yield (
                f"The search of each {kind} does not fit what was written ({error}): export the file and import it into "
                "a new one, which builds the search anew."
            )


def _command(connection: Connection, source: Source, command: str) -> None:
    connection.execute(f"INSERT INTO {source.index} ({source.index}) VALUES (?)", (command,))
