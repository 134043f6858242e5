"""What a team puts first in a week, and what it was glad of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection


class Priority(NamedTuple):
    """One thing a team puts first in a week."""

    id: int
    team_id: int
    cycle_id: int
    week: int
    rank: str
    words: str
    author_id: int
    at: str
    version: int

    @property
    def ref(self) -> str:
        """Its short name, PR7."""
        return f"PR{self.id}"


class Win(NamedTuple):
    """One thing a team was glad of in a week."""

    id: int
    team_id: int
    cycle_id: int
    week: int
    words: str
    author_id: int
    at: str
    version: int

    @property
    def ref(self) -> str:
        """Its short name, W7."""
        return f"W{self.id}"


_PRIORITY = rows.columns(Priority, "priority")
_WIN = rows.columns(Win, "win")
_OF_WEEK = "team_id = ? AND cycle_id = ? AND week = ?"


def by_id(connection: Connection, number: int) -> Priority | None:
    """The priority of this id."""
    return rows.one(connection, Priority, f"SELECT {_PRIORITY} FROM priority WHERE id = ?", (number,))


def of_week(connection: Connection, team_id: int, cycle_id: int, week: int) -> list[Priority]:
    """A team's priorities of a week, P1 before P2."""
    sql = f"SELECT {_PRIORITY} FROM priority WHERE {_OF_WEEK} ORDER BY rank, id"
    return rows.many(connection, Priority, sql, (team_id, cycle_id, week))


def save(connection: Connection, priority: Priority) -> None:
    """Add a priority, or change the words and the rank of the one with its id."""
    connection.execute(
        "INSERT INTO priority (id, team_id, cycle_id, week, rank, words, author_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET rank = excluded.rank, words = excluded.words, version = version + 1",
        (
            priority.id,
            priority.team_id,
            priority.cycle_id,
            priority.week,
            priority.rank,
            priority.words,
            priority.author_id,
            priority.at,
        ),
    )


def drop(connection: Connection, number: int) -> None:
    """Take a priority away; its event keeps its words."""
    connection.execute("DELETE FROM priority WHERE id = ?", (number,))


def win_by_id(connection: Connection, number: int) -> Win | None:
    """The win of this id."""
    return rows.one(connection, Win, f"SELECT {_WIN} FROM win WHERE id = ?", (number,))


def wins_of_week(connection: Connection, team_id: int, cycle_id: int, week: int) -> list[Win]:
    """A team's wins of a week, the first first."""
    sql = f"SELECT {_WIN} FROM win WHERE {_OF_WEEK} ORDER BY id"
    return rows.many(connection, Win, sql, (team_id, cycle_id, week))


def add_win(connection: Connection, win: Win) -> None:
    """Add a win."""
    connection.execute(
        "INSERT INTO win (id, team_id, cycle_id, week, words, author_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (win.id, win.team_id, win.cycle_id, win.week, win.words, win.author_id, win.at),
    )


def reword_win(connection: Connection, number: int, words: str) -> None:
    """Give a win other words."""
    rows.update(connection, "win", number, {"words": words})


def drop_win(connection: Connection, number: int) -> None:
    """Take a win away; its event keeps its words."""
    connection.execute("DELETE FROM win WHERE id = ?", (number,))


def next_id(connection: Connection, letters: str) -> int:
    """The next number behind PR or W, which none ever had: a ref stands for one thing, also in the log."""
    table = {"PR": "priority", "W": "win"}[letters]
    after = letters[:-1] + chr(ord(letters[-1]) + 1)
    sql = (
        f"SELECT 1 + max((SELECT coalesce(max(id), 0) FROM {table}), "
        "(SELECT coalesce(max(CAST(substr(ref, ?) AS INTEGER)), 0) FROM event WHERE ref >= ? AND ref < ? "
        "AND verb IN ('priority.set', 'win.add')))"
    )
    (number,) = connection.execute(sql, (len(letters) + 1, letters, after)).fetchone()
    return int(number)
