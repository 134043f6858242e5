"""Suggestions: words or numbers proposed for one field of an objective or a key result."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.store.sqlite import Connection


class Suggestion(NamedTuple):
    """What somebody proposed for a field; ``side`` is where they stood, ``before`` what the field said."""

    id: int
    objective_id: int | None
    key_result_id: int | None
    field: str
    before: str
    proposed: str
    words: str
    side: str
    state: str
    author_id: int
    at: str
    decided_by: int | None
    decided_at: str | None
    reason: str

    @property
    def ref(self) -> str:
        """Its short name, S3."""
        return f"S{self.id}"

    @property
    def subject(self) -> str:
        """The ref of what it is for."""
        return f"O{self.objective_id}" if self.key_result_id is None else f"KR{self.key_result_id}"


_COLUMNS = rows.columns(Suggestion, "suggestion")


def by_id(connection: Connection, number: int) -> Suggestion | None:
    """The suggestion of this id."""
    return rows.one(connection, Suggestion, f"SELECT {_COLUMNS} FROM suggestion WHERE id = ?", (number,))


def add(connection: Connection, values: Mapping[str, rows.Value]) -> int:
    """Add a suggestion, open."""
    return rows.insert(connection, "suggestion", values)


def decide(connection: Connection, number: int, *, state: str, by: int, at: str, reason: str) -> None:
    """Note that a suggestion was taken or declined."""
    connection.execute(
        "UPDATE suggestion SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?",
        (state, by, at, reason, number),
    )


def of_objective(connection: Connection, number: int) -> list[Suggestion]:
    """Everything suggested for an objective, the first first."""
    sql = f"SELECT {_COLUMNS} FROM suggestion WHERE objective_id = ? ORDER BY id"
    return rows.many(connection, Suggestion, sql, (number,))


def of_key_result(connection: Connection, number: int) -> list[Suggestion]:
    """Everything suggested for a key result, the first first."""
    sql = f"SELECT {_COLUMNS} FROM suggestion WHERE key_result_id = ? ORDER BY id"
    return rows.many(connection, Suggestion, sql, (number,))


def open_counts(connection: Connection, key_result_ids: Iterable[int]) -> dict[int, int]:
    """How many suggestions wait on each of these key results that has any."""
    wanted = list(key_result_ids)
    sql = (
        f"SELECT key_result_id, count(*) FROM suggestion WHERE key_result_id IN ({rows.marks(len(wanted))}) "
        "AND state = 'open' GROUP BY key_result_id"
    )
    return dict(connection.execute(sql, wanted))
