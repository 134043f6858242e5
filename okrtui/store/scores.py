"""Scores. What one side wrote stays in ``sealed_score`` until the scores are opened; only this module reads it.

Values are whole tenths, 0 to 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.store.sqlite import Connection


class SealedScore(NamedTuple):
    """A side's score before the opening; for its own side's eyes."""

    key_result_id: int
    side: str
    value: int
    reasoning: str
    state: str
    salt: str
    author_id: int
    at: str
    version: int


class Seal(NamedTuple):
    """What anybody may know of a score before the opening: whose it is, and whether it is in."""

    key_result_id: int
    side: str
    is_in: int
    author_id: int


class Score(NamedTuple):
    """A side's score after the opening; ``first_value`` is what was opened."""

    key_result_id: int
    side: str
    value: int
    first_value: int
    reasoning: str
    author_id: int
    at: str
    opened_at: str
    version: int


class Calibration(NamedTuple):
    """A proposal of an agreed score; ``value`` None is "no score"."""

    id: int
    key_result_id: int
    value: int | None
    reason: str
    side: str
    state: str
    author_id: int
    at: str
    confirmed_by: int | None
    confirmed_at: str | None


_SEALED = rows.columns(SealedScore, "sealed_score")
_SCORE = rows.columns(Score, "score")
_CALIBRATION = rows.columns(Calibration, "calibration")


def sealed(connection: Connection, key_result_id: int, side: str) -> SealedScore | None:
    """A side's own score, before the opening."""
    sql = f"SELECT {_SEALED} FROM sealed_score WHERE key_result_id = ? AND side = ?"
    return rows.one(connection, SealedScore, sql, (key_result_id, side))


def sealed_of(connection: Connection, key_result_ids: Iterable[int], *, side: str, author_id: int) -> list[SealedScore]:
    """The scores of these key results before the opening, of one side and of one author alone."""
    numbers = list(key_result_ids)
    sql = (
        f"SELECT {_SEALED} FROM sealed_score WHERE (key_result_id, side) IN (SELECT key_result_id, side FROM sealed_score "
        f"WHERE key_result_id IN ({rows.marks(len(numbers))}) AND (side = ? OR author_id = ?))"
    )
    return rows.many(connection, SealedScore, sql, (*numbers, side, author_id))


def seals(connection: Connection, key_result_ids: Iterable[int]) -> list[Seal]:
    """Which sides of these key results have written a score that is not opened, and whether it is in."""
    numbers = list(key_result_ids)
    sql = (
        "SELECT key_result_id, side, state = 'in', author_id FROM sealed_score "
        f"WHERE key_result_id IN ({rows.marks(len(numbers))})"
    )
    return rows.many(connection, Seal, sql, numbers)


def save_sealed(connection: Connection, score: SealedScore) -> None:
    """Write a side's score, or write it anew."""
    connection.execute(
        "INSERT INTO sealed_score (key_result_id, side, value, reasoning, state, salt, author_id, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key_result_id, side) DO UPDATE SET value = excluded.value, "
        "reasoning = excluded.reasoning, state = excluded.state, salt = excluded.salt, author_id = excluded.author_id, "
        "at = excluded.at, version = version + 1",
        (
            score.key_result_id,
            score.side,
            score.value,
            score.reasoning,
            score.state,
            score.salt,
            score.author_id,
            score.at,
        ),
    )


def open_scores(connection: Connection, key_result_id: int, at: str) -> None:
    """Move what is in out of the seal, both sides' at once; a draft of a side that is not waited for stays sealed."""
    connection.execute(
        "INSERT INTO score (key_result_id, side, value, first_value, reasoning, author_id, at, opened_at) "
        "SELECT key_result_id, side, value, value, reasoning, author_id, at, ? FROM sealed_score "
        "WHERE key_result_id = ? AND state = 'in'",
        (at, key_result_id),
    )
    connection.execute("DELETE FROM sealed_score WHERE key_result_id = ? AND state = 'in'", (key_result_id,))


def opened(connection: Connection, key_result_ids: Iterable[int]) -> list[Score]:
    """The opened scores of these key results."""
    numbers = list(key_result_ids)
    sql = f"SELECT {_SCORE} FROM score WHERE key_result_id IN ({rows.marks(len(numbers))})"
    return rows.many(connection, Score, sql, numbers)


def change_opened(connection: Connection, key_result_id: int, side: str, values: Mapping[str, rows.Value]) -> None:
    """Change a score after the opening; its first value stays."""
    changes = ", ".join(f"{name} = ?" for name in values)
    connection.execute(
        f"UPDATE score SET {changes}, version = version + 1 WHERE key_result_id = ? AND side = ?",
        (*values.values(), key_result_id, side),
    )


def calibrations(connection: Connection, key_result_ids: Iterable[int]) -> list[Calibration]:
    """Every proposal of an agreed score of these key results, the first first."""
    numbers = list(key_result_ids)
    sql = f"SELECT {_CALIBRATION} FROM calibration WHERE key_result_id IN ({rows.marks(len(numbers))}) ORDER BY id"
    return rows.many(connection, Calibration, sql, numbers)


def propose(connection: Connection, values: Mapping[str, rows.Value]) -> int:
    """Propose an agreed score; an earlier proposal is countered by it."""
    connection.execute("UPDATE calibration SET state = 'countered' WHERE key_result_id = ?", (values["key_result_id"],))
    return rows.insert(connection, "calibration", values)


def confirm(connection: Connection, number: int, person_id: int, at: str) -> None:
    """Settle an agreed score."""
    connection.execute(
        "UPDATE calibration SET state = 'confirmed', confirmed_by = ?, confirmed_at = ? WHERE id = ?",
        (person_id, at, number),
    )


def mark_in(connection: Connection, key_result_id: int, side: str) -> None:
    """Mark a side's draft in."""
    connection.execute(
        "UPDATE sealed_score SET state = 'in', version = version + 1 WHERE key_result_id = ? AND side = ?",
        (key_result_id, side),
    )
