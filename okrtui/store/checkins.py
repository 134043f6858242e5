"""Check-ins, clustered by key result and week, and their earlier texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection


class Checkin(NamedTuple):
    """One key result in one week, in the team's words."""

    key_result_id: int
    week: int
    value: float | None
    confidence: int
    context: str
    blocker: str
    next: str
    steps: str
    late: int
    author_id: int
    at: str
    version: int

    @property
    def ticked(self) -> list[str]:
        """Names of the steps of a milestone that are done."""
        return list(json.loads(self.steps))


_COLUMNS = rows.columns(Checkin, "checkin")


def of_week(connection: Connection, key_result_id: int, week: int) -> Checkin | None:
    """The check-in of a week."""
    sql = f"SELECT {_COLUMNS} FROM checkin WHERE key_result_id = ? AND week = ?"
    return rows.one(connection, Checkin, sql, (key_result_id, week))


AFTER_ALL = 1_000_000
"""A week after every week there is, for `before`."""


def before(connection: Connection, key_result_id: int, week: int) -> Checkin | None:
    """The last check-in before a week."""
    sql = f"SELECT {_COLUMNS} FROM checkin WHERE key_result_id = ? AND week < ? ORDER BY week DESC LIMIT 1"
    return rows.one(connection, Checkin, sql, (key_result_id, week))


def history(connection: Connection, key_result_id: int) -> list[Checkin]:
    """Every check-in of a key result, the oldest week first."""
    return rows.many(
        connection, Checkin, f"SELECT {_COLUMNS} FROM checkin WHERE key_result_id = ? ORDER BY week", (key_result_id,)
    )


def save(connection: Connection, checkin: Checkin) -> None:
    """Write a week's check-in; one that was there keeps its text in ``checkin_text``."""
    connection.execute(
        "INSERT INTO checkin_text (key_result_id, week, version, value, confidence, context, blocker, next, steps, "
        "author_id, at) SELECT key_result_id, week, version, value, confidence, context, blocker, next, steps, author_id, "
        "at FROM checkin WHERE key_result_id = ? AND week = ?",
        (checkin.key_result_id, checkin.week),
    )
    connection.execute(
        "INSERT INTO checkin (key_result_id, week, value, confidence, context, blocker, next, steps, late, author_id, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key_result_id, week) DO UPDATE SET "
        "value = excluded.value, confidence = excluded.confidence, context = excluded.context, "
        "blocker = excluded.blocker, next = excluded.next, steps = excluded.steps, author_id = excluded.author_id, "
        "at = excluded.at, version = version + 1",
        (
            checkin.key_result_id,
            checkin.week,
            checkin.value,
            checkin.confidence,
            checkin.context,
            checkin.blocker,
            checkin.next,
            checkin.steps,
            checkin.late,
            checkin.author_id,
            checkin.at,
        ),
    )
