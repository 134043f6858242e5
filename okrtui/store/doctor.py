"""What can be wrong with a file, said in sentences: damage, loose settings, and what was changed behind our back."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from okrtui.core.errors import StoreError
from okrtui.store import events, queue, search, sqlite
from okrtui.store.file import Store
from okrtui.store.migrations import loose_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from okrtui.store.sqlite import Connection

Level = Literal["ok", "warning", "error"]
MOST_OF_A_KIND = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``sentence`` says what was found and, where it is not well, what to do."""

    level: Level
    sentence: str


def examine_file(path: Path | str) -> list[Finding]:
    """Look at the file at a path, whatever is wrong with it: why it cannot be opened is a finding, too."""
    try:
        with Store.open(path) as store:
            return examine(store)
    except StoreError as error:
        return [Finding("error", str(error))]


def examine(store: Store) -> list[Finding]:
    """Look at everything that can be looked at; what damage hides is a finding. Reads the whole file."""
    connection = store.connection
    # A damaged text must not end the look at the rest.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        return [finding for check in _CHECKS for finding in _run(check, store)]
    finally:
        connection.text_factory = str


def affected_by_wal_reset(version: tuple[int, ...]) -> bool:
    """Whether this SQLite may lose commits when two connections meet at a checkpoint.

    Versions 3.7.0 to 3.51.2 may, but for 3.44.6 and 3.50.7 and later ones of those lines (sqlite.org/wal.html, "The
    WAL-reset bug").
    """
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return not mended


def _run(check: Callable[[Store, Connection], Iterator[Finding]], store: Store) -> Iterator[Finding]:
    try:
        with store.reading() as connection:
            yield from check(store, connection)
    except (StoreError, sqlite.Error, TypeError, ValueError) as error:  # a damaged value may be of another type
        what = check.__name__.strip("_").replace("_", " ")
        yield Finding("error", f"Looking at the {what} ended early: {error}")


def _version_of_sqlite(_: Store, __: Connection) -> Iterator[Finding]:
    if affected_by_wal_reset(sqlite.sqlite_version_info):
        yield Finding(
            "warning",
            f"SQLite {sqlite.sqlite_version} can damage a file when two processes save at the same moment (fixed in"
            " 3.51.3): install pysqlite3, or a newer SQLite.",
        )
    else:
        yield Finding("ok", f"SQLite {sqlite.sqlite_version}.")


def _pages(_: Store, connection: Connection) -> Iterator[Finding]:
    found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({MOST_OF_A_KIND})")]
    if found == ["ok"]:
        yield Finding("ok", "Every page and index is whole.")
    else:
        yield from _verdict([f"The file is damaged: {problem}" for problem in found], "")


def _references(_: Store, connection: Connection) -> Iterator[Finding]:
    rows = connection.execute('SELECT "table", rowid, parent FROM pragma_foreign_key_check').fetchall()
    yield from _verdict(
        [
            f"A row of {table} ({rowid or 'no number'}) names a {parent} that is not there."
            for table, rowid, parent in rows
        ],
        "Every reference leads somewhere.",
    )


def _settings(_: Store, connection: Connection) -> Iterator[Finding]:
    problems = [
        f"The table {table} takes values of any type: it was not made by okrtui." for table in loose_tables(connection)
    ]
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    if mode != "wal":
        problems.append(f"The journal mode is {mode} instead of wal.")
    if synchronous != 2:
        problems.append(f"Commits are not waited for on the disk (synchronous is {synchronous} instead of 2).")
    yield from _verdict(problems, "Strict tables, a write-ahead log, and commits that reach the disk.")


def _files(store: Store, _: Connection) -> Iterator[Finding]:
    found = [path for path in _files_of(store.path) if path.exists()]
    problems = [problem for path in found for problem in _file_problems(path)]
    yield from _verdict(problems, "The file and those beside it are the owner's alone.", "warning")


def _files_of(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", ".lock", ".live")]


def _file_problems(path: Path) -> Iterator[str]:
    found = path.stat()
    if found.st_mode & 0o077:
        yield f"Others on this machine may open {path} (mode {found.st_mode & 0o777:o}): run 'chmod 600 {path}'."
    if found.st_uid != os.geteuid():
        yield f"{path} belongs to user {found.st_uid}, and you are user {os.geteuid()}: work as its owner."
    if found.st_nlink > 1:
        yield f"{path} has a second name (a hard link): opened by both, it would be damaged. Remove one."


def _queue(store: Store, _: Connection) -> Iterator[Finding]:
    pid = queue.holder(store.path)
    yield Finding("ok", f"Process {pid} is saving just now." if pid else "Nobody is saving just now.")


def _events(_: Store, connection: Connection) -> Iterator[Finding]:
    yield from _verdict(list(events.verify(connection)), "Every event is as it was written.")


def _texts(_: Store, connection: Connection) -> Iterator[Finding]:
    """Words that are no text; events have digests of their own."""
    tables = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> 'event'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    ).fetchall()
    damaged = [table for (table,) in tables if _holds_no_text(connection, table)]
    yield from _verdict(
        [f"Words in the table {table} are no text any more: the disk has changed them." for table in damaged],
        "All words are text.",
    )


def _holds_no_text(connection: Connection, table: str) -> bool:
    wrong = 0

    def look(raw: bytes) -> None:
        nonlocal wrong
        try:
            raw.decode()
        except UnicodeDecodeError:
            wrong += 1

    before, connection.text_factory = connection.text_factory, look
    try:
        for _ in connection.execute(f'SELECT * FROM "{table}"'):
            pass
    finally:
        connection.text_factory = before
    return wrong > 0


def _teams(_: Store, connection: Connection) -> Iterator[Finding]:
    rows = connection.execute(
        "SELECT t.slug FROM team t LEFT JOIN team p ON p.id = t.parent_id"
        " WHERE t.path <> coalesce(p.path, '/') || t.id || '/' ORDER BY t.id"
    )
    yield from _verdict(
        [f"The team {slug} is kept under another path than its parent's." for (slug,) in rows],
        "The tree of teams is whole.",
    )


def _roles(_: Store, connection: Connection) -> Iterator[Finding]:
    problems = []
    if not _any(connection, _ROOT_LEAD):
        problems.append(
            "The company has no active lead: an admin can name one with 'okrtui team join TEAM PERSON --lead'."
        )
    if not _any(connection, "SELECT 1 FROM person WHERE active AND admin"):
        problems.append("The file has no active admin: its owner can name one with 'okrtui person edit'.")
    yield from _verdict(problems, "The company has a lead, and the file an admin.")


_ROOT_LEAD = """
    SELECT 1 FROM team JOIN membership ON team_id = team.id JOIN person ON person.id = person_id
    WHERE parent_id IS NULL AND role = 'lead' AND active
"""


def _key_results(_: Store, connection: Connection) -> Iterator[Finding]:
    rows = connection.execute(
        "SELECT k.id FROM key_result k LEFT JOIN checkin c ON c.key_result_id = k.id"
        " AND c.week = (SELECT max(week) FROM checkin WHERE key_result_id = k.id)"
        " WHERE k.checked_week IS NOT c.week OR k.value IS NOT c.value OR k.confidence IS NOT c.confidence"
        " ORDER BY k.id"
    )
    yield from _verdict(
        [f"KR{number} shows other numbers than its newest check-in: check in again to mend it." for (number,) in rows],
        "Every key result shows its newest check-in.",
    )


def _search(_: Store, connection: Connection) -> Iterator[Finding]:
    yield from _verdict(list(search.problems(connection)), "Search finds what was written.")


def _any(connection: Connection, question: str) -> bool:
    return connection.execute(question).fetchone() is not None


def _verdict(problems: list[str], well: str, level: Level = "error") -> Iterator[Finding]:
    if not problems:
        yield Finding("ok", well)
    for problem in problems[:MOST_OF_A_KIND]:
        yield Finding(level, problem)
    if len(problems) > MOST_OF_A_KIND:
        yield Finding(level, f"… and {len(problems) - MOST_OF_A_KIND} more of this kind.")


_CHECKS = (
    _version_of_sqlite,
    _pages,
    _references,
    _settings,
    _files,
    _queue,
    _events,
    _texts,
    _teams,
    _roles,
    _key_results,
    _search,
)
