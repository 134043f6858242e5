"""Key results, their steps and every text they have had."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from okrtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.store.sqlite import Connection


class KeyResult(NamedTuple):
    """The team's evidence under an invitation; see the schema for what each column holds."""

    id: int
    invitation_id: int
    statement: str
    kind: str | None
    unit: str
    baseline: float | None
    target: float | None
    low: float | None
    high: float | None
    done_means: str
    measure: str
    baseline_due: str | None
    established: int
    weight: float
    control: str | None
    shared_team_id: int | None
    week_nine: str
    owner_id: int | None
    state: str
    parked_from: str | None
    reason: str
    amendment: str | None
    author_id: int
    imported_by: int | None
    adopted_by: int | None
    adopted_at: str | None
    origin_id: int | None
    guidance_low: str
    guidance_middle: str
    guidance_high: str
    at: str
    proposed_at: str | None
    agreed_at: str | None
    agreed_by: int | None
    agreed_text: int | None
    amended_from: int | None
    text_number: int
    value: float | None
    confidence: int | None
    fell: int
    progress: float | None
    checked_week: int | None
    trend: str
    version: int

    @property
    def ref(self) -> str:
        """Its short name, KR34."""
        return f"KR{self.id}"

    @property
    def waits_for_adoption(self) -> bool:
        """Whether it came by an import and its team has not made it its own yet."""
        return self.imported_by is not None and self.adopted_by is None

    @property
    def weeks(self) -> list[tuple[int, float | None, int]]:
        """Week, value and confidence of its last check-ins, the oldest first."""
        return [tuple(week) for week in json.loads(self.trend)]


class StepRow(NamedTuple):
    """A named step of a milestone."""

    position: int
    name: str
    weight: float


class KeyResultText(NamedTuple):
    """A text a key result has, or once had; ``numbers`` is JSON of the fields that count."""

    key_result_id: int
    number: int
    statement: str
    numbers: str
    side: str
    reason: str
    author_id: int
    at: str


_COLUMNS = rows.columns(KeyResult, "key_result")
_TEXT = rows.columns(KeyResultText, "key_result_text")

# What a text keeps beside the statement: the fields whose change is an amendment once it is agreed.
NUMBERS = ("kind", "unit", "baseline", "target", "low", "high", "done_means", "measure", "baseline_due", "weight")


def by_id(connection: Connection, number: int) -> KeyResult | None:
    """The key result of this id."""
    return rows.one(connection, KeyResult, f"SELECT {_COLUMNS} FROM key_result WHERE id = ?", (number,))


def of_invitations(connection: Connection, invitation_ids: Iterable[int]) -> list[KeyResult]:
    """Every key result under these invitations."""
    numbers = list(invitation_ids)
    sql = f"SELECT {_COLUMNS} FROM key_result WHERE invitation_id IN ({rows.marks(len(numbers))}) ORDER BY id"
    return rows.many(connection, KeyResult, sql, numbers)


def of_cycle(connection: Connection, cycle_id: int) -> list[KeyResult]:
    """Every key result of a cycle."""
    sql = (
        f"SELECT {_COLUMNS} FROM key_result JOIN invitation ON invitation.id = key_result.invitation_id "
        "JOIN objective ON objective.id = invitation.objective_id WHERE objective.cycle_id = ? ORDER BY key_result.id"
    )
    return rows.many(connection, KeyResult, sql, (cycle_id,))


def add(connection: Connection, values: Mapping[str, rows.Value]) -> int:
    """Add a key result."""
    return rows.insert(connection, "key_result", values)


def change(connection: Connection, number: int, values: Mapping[str, rows.Value]) -> None:
    """Change columns of a key result."""
    rows.update(connection, "key_result", number, values)


def set_steps(connection: Connection, number: int, steps: Iterable[tuple[str, float]]) -> None:
    """Give a milestone its steps, in place of those it has."""
    connection.execute("DELETE FROM key_result_step WHERE key_result_id = ?", (number,))
    connection.executemany(
        "INSERT INTO key_result_step (key_result_id, position, name, weight) VALUES (?, ?, ?, ?)",
        [(number, position, name, weight) for position, (name, weight) in enumerate(steps, 1)],
    )


def steps(connection: Connection, number: int) -> list[StepRow]:
    """The steps of a milestone, in order."""
    sql = "SELECT position, name, weight FROM key_result_step WHERE key_result_id = ? ORDER BY position"
    return rows.many(connection, StepRow, sql, (number,))


def keep_text(connection: Connection, number: int, *, side: str, reason: str, author_id: int, at: str) -> None:
    """Keep the text a key result has now under its text number, in place of one of that number."""
    key_result = by_id(connection, number)
    assert key_result is not None, number  # noqa: S101  # the caller has just written it
    numbers: dict[str, object] = {name: getattr(key_result, name) for name in NUMBERS}
    numbers["steps"] = [[step.name, step.weight] for step in steps(connection, number)]
    connection.execute(
        "INSERT INTO key_result_text (key_result_id, number, statement, numbers, side, reason, author_id, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key_result_id, number) DO UPDATE SET "
        "statement = excluded.statement, numbers = excluded.numbers, side = excluded.side, reason = excluded.reason, "
        "author_id = excluded.author_id, at = excluded.at",
        (
            number,
            key_result.text_number,
            key_result.statement,
            json.dumps(numbers, ensure_ascii=False),
            side,
            reason,
            author_id,
            at,
        ),
    )


def texts(connection: Connection, number: int) -> list[KeyResultText]:
    """Every text a key result has had, the first first."""
    sql = f"SELECT {_TEXT} FROM key_result_text WHERE key_result_id = ? ORDER BY number"
    return rows.many(connection, KeyResultText, sql, (number,))


def original(connection: Connection, key_result: KeyResult) -> KeyResultText | None:
    """The text that was agreed, which scoring grades against beside the one that stands; None before that."""
    if key_result.agreed_text is None:
        return None
    sql = f"SELECT {_TEXT} FROM key_result_text WHERE key_result_id = ? AND number = ?"
    return rows.one(connection, KeyResultText, sql, (key_result.id, key_result.agreed_text))


def of_owner(connection: Connection, cycle_id: int, person_id: int) -> list[KeyResult]:
    """Every key result of a cycle that a person owns, whatever its state."""
    sql = (
        f"SELECT {_COLUMNS} FROM key_result CROSS JOIN invitation ON invitation.id = key_result.invitation_id "
        "CROSS JOIN objective ON objective.id = invitation.objective_id "
        "WHERE key_result.owner_id = ? AND objective.cycle_id = ? ORDER BY key_result.id"
    )
    return rows.many(connection, KeyResult, sql, (person_id, cycle_id))


def any_agreed(connection: Connection, cycle_id: int) -> bool:
    """Whether a key result of a cycle is agreed."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM objective CROSS JOIN invitation ON invitation.objective_id = objective.id "
        "CROSS JOIN key_result ON key_result.invitation_id = invitation.id "
        "WHERE objective.cycle_id = ? AND key_result.state = 'agreed')"
    )
    return bool(connection.execute(sql, (cycle_id,)).fetchone()[0])


def owned(connection: Connection, cycle_id: int, person_id: int) -> list[KeyResult]:
    """The agreed key results of a cycle that a person owns."""
    sql = (
        f"SELECT {_COLUMNS} FROM key_result CROSS JOIN invitation ON invitation.id = key_result.invitation_id "
        "CROSS JOIN objective ON objective.id = invitation.objective_id "
        "WHERE key_result.owner_id = ? AND key_result.state = 'agreed' AND objective.cycle_id = ? ORDER BY key_result.id"
    )
    return rows.many(connection, KeyResult, sql, (person_id, cycle_id))
