"""Reviews that go on; in the second file. A change is one statement that says whose review it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.reviews import Review

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection

_COLUMNS = "team, cycle, keeper_id, keeper, heard, trail, place, minutes, remaining, since"


def of_team(connection: Connection, team: str) -> Review | None:
    """The review of a team, by its slug."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM review WHERE team = ?", (team,)).fetchone()
    if row is None:
        return None
    slug, cycle, keeper_id, keeper, heard, trail, *clock = row
    return Review(slug, cycle, keeper_id, keeper, heard, tuple(trail.split()), *clock)


def put(connection: Connection, review: Review, *, kept_by: int | None, left_since: float) -> bool:
    """Keep a review as it is now; whether that was done.

    Not where another is there than the one that ``kept_by`` keeps, unless nobody was heard of there since ``left_since``.
    """
    row = (
        review.team,
        review.cycle,
        review.keeper_id,
        review.keeper,
        review.heard,
        " ".join(review.trail),
        review.place,
        review.minutes,
        review.remaining,
        review.since,
    )
    changed = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
    done = connection.execute(
        f"INSERT INTO review ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (team) DO UPDATE SET {changed}"
        " WHERE review.keeper_id = ? OR review.heard < ?",
        (*row, -1 if kept_by is None else kept_by, left_since),
    )
    return done.rowcount == 1


def end(connection: Connection, team: str, keeper_id: int) -> bool:
    """End a review that somebody keeps; whether they did."""
    return connection.execute("DELETE FROM review WHERE team = ? AND keeper_id = ?", (team, keeper_id)).rowcount == 1


def keeps_any(connection: Connection, keeper_id: int) -> bool:
    """Whether somebody keeps a review anywhere."""
    return connection.execute("SELECT 1 FROM review WHERE keeper_id = ?", (keeper_id,)).fetchone() is not None


def hear(connection: Connection, keeper_id: int, now: float, *, left_since: float) -> None:
    """A keeper is here; one who was silent since before ``left_since`` has lost the review, and takes it up anew."""
    connection.execute(
        "UPDATE review SET heard = ? WHERE keeper_id = ? AND heard BETWEEN ? AND ?", (now, keeper_id, left_since, now)
    )
