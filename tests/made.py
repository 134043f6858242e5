"""Made histories: cycles, teams and what they did, straight into the rows of a file, for what is counted afterwards."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from okrtui.report import history
from okrtui.store import key_results, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from okrtui.core.signals import Signal
    from okrtui.core.tallies import Tally
    from okrtui.service.session import Session
    from okrtui.store.file import Store
    from okrtui.store.sqlite import Connection

BY = 1
"""Whoever did it: the first person of the file."""


def at(day: date, hour: int = 12) -> str:
    """A time of a day, as the file keeps it."""
    return f"{day.isoformat()}T{hour:02}:00:00Z"


@dataclass
class Made:
    """What is made in a file whose company is its first team."""

    connection: Connection
    invitations: dict[tuple[int, int], int] = field(default_factory=dict)

    def put(self, table: str, **values: Any) -> int:
        """A row; its id."""
        return rows.insert(self.connection, table, values)

    def team(self, slug: str, due_weekday: int = 4) -> int:
        """A team under the company."""
        number = int(self.connection.execute("SELECT max(id) + 1 FROM team").fetchone()[0])
        return self.put(
            "team", id=number, slug=slug, name=slug.title(), parent_id=1, path=f"/1/{number}/", due_weekday=due_weekday,
            at="2020-01-01T00:00:00Z",
        )  # fmt: skip

    def cycle(self, name: str, starts: date, phase: str = "closed", weeks: int = 13) -> int:
        """A cycle of whole weeks."""
        ends = starts + timedelta(weeks=weeks, days=-1)
        days = {"starts": starts.isoformat(), "ends": ends.isoformat()}
        return self.put("cycle", name=name, zone="UTC", phase=phase, at=at(starts), **days)

    def starts(self, cycle: int) -> date:
        """A cycle's first day."""
        return date.fromisoformat(
            self.connection.execute("SELECT starts FROM cycle WHERE id = ?", (cycle,)).fetchone()[0]
        )

    def asked(self, cycle: int, team: int) -> int:
        """The invitation of a team in a cycle, the same one each time."""
        if (cycle, team) not in self.invitations:
            day = at(self.starts(cycle))
            objective = self.put(
                "objective", cycle_id=cycle, team_id=1, title="Win", state="published", author_id=BY, at=day
            )
            self.invitations[cycle, team] = self.put(
                "invitation", objective_id=objective, team_id=team, state="accepted", author_id=BY, at=day
            )
        return self.invitations[cycle, team]

    def key_result(
        self,
        cycle: int,
        team: int,
        *,
        texts: Sequence[tuple[str, str]] = (("Median first answer falls", "team"),),
        agreed: int = 0,
        state: str = "agreed",
        weight: float = 1.0,
        target: float = 8.0,
    ) -> int:
        """A key result, agreed so many days after its cycle began, whose statements were typed by these sides."""
        day = self.starts(cycle) + timedelta(days=agreed)
        number = self.put(
            "key_result", invitation_id=self.asked(cycle, team), statement=texts[-1][0], kind="decrease", baseline=26.0,
            target=target, weight=weight, state=state, author_id=BY, at=at(day, 9), agreed_at=at(day), agreed_by=BY,
            agreed_text=len(texts), text_number=len(texts),
        )  # fmt: skip
        for place, (statement, side) in enumerate(texts, 1):
            self._text(number, place, statement, side, day, target)
        return number

    def _text(self, key_result: int, number: int, statement: str, side: str, day: date, target: float) -> None:
        numbers = dict.fromkeys(key_results.NUMBERS) | {"kind": "decrease", "target": target, "steps": []}
        self.put(
            "key_result_text", key_result_id=key_result, number=number, statement=statement, side=side,
            numbers=json.dumps(numbers), author_id=BY, at=at(day),
        )  # fmt: skip

    def amended(self, key_result: int, target: float, day: date) -> None:
        """An amendment of a key result's target."""
        sql = "UPDATE key_result SET target = ?, text_number = text_number + 1 WHERE id = ? RETURNING text_number, statement"
        number, statement = self.connection.execute(sql, (target, key_result)).fetchone()
        self._text(key_result, number, statement, "team", day, target)

    def checked_in(
        self, key_result: int, week: int, confidence: int = 6, *, words: str = "", late: bool = False
    ) -> None:
        """A check-in."""
        self.put(
            "checkin", key_result_id=key_result, week=week, value=1.0, confidence=confidence, context=words,
            late=int(late), author_id=BY, at="2020-01-01T00:00:00Z",
        )  # fmt: skip

    def scored(self, key_result: int, own: int, lead: int, agreed: int | None = None) -> None:
        """Two opened scores, in tenths, and the agreed one where there is one."""
        for side, value in (("self", own), ("manager", lead)):
            self.put(
                "score", key_result_id=key_result, side=side, value=value, first_value=value, reasoning="So",
                author_id=BY, at="2020-01-01T00:00:00Z", opened_at="2020-01-01T00:00:00Z",
            )  # fmt: skip
        if agreed is not None:
            self.put(
                "calibration", key_result_id=key_result, value=agreed, side="team", state="confirmed", author_id=BY,
                at="2020-01-01T00:00:00Z",
            )  # fmt: skip

    def pushed_back(self, cycle: int, team: int, day: date, answered: date | None = None, turn: int = 1) -> None:
        """A round of pushing back."""
        ended = {"state": "answered", "answer": "explained", "answered_at": at(answered)} if answered else {}
        self.put(
            "pushback", invitation_id=self.asked(cycle, team), round=turn, reason="cannot_measure", words="No",
            author_id=BY, at=at(day), **ended,
        )  # fmt: skip


@contextmanager
def undone(store: Store) -> Iterator[Made]:
    """A history that is there for the length of the block."""
    with store.writing() as connection:
        connection.execute("SAVEPOINT made")
        try:
            yield Made(connection)
        finally:
            connection.execute("ROLLBACK TO made")
            connection.execute("RELEASE made")


def history_of(session: Session, cycle: str, team: str | None = None, cycles: int = 5) -> history.History:
    """What is counted up to a cycle."""
    of = history.span_of(session, cycle, team, cycles)
    return history.history(of, [(one, history.count_of(session, of, one)) for one in of.cycles])


def tally_of(session: Session, cycle: str, team: str) -> Tally:
    """What is counted of one team in one cycle."""
    of = history.span_of(session, cycle, team, 1)
    (counted,) = history.count_of(session, of, of.cycles[0]).tallies.values()
    return counted


def signal(found: Sequence[Signal], key: str) -> Signal:
    """The signal of this key."""
    return next(one for one in found if one.definition.key == key)
