"""What one cycle of the large company comes to: its rows by table, its events, and when each of them was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from okrtui.store.events import Written

if TYPE_CHECKING:
    from random import Random

Row = tuple[Any, ...]
WEEKS = 13
WAY = "local"
FIRST_DAY = 21
"""How many days before its first Monday a cycle's rows begin."""
MINUTES = tuple(f"T{8 + minute // 60:02}:{minute % 60:02}:00Z" for minute in range(540))
"""The minutes of a working day, as a time ends."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "objective": ("id", "cycle_id", "team_id", "title", "why", "ambition", "state", "author_id", "at", "published_at"),
    "objective_text": ("objective_id", "number", "title", "why", "ambition", "author_id", "at"),
    "invitation": (
        *("id", "objective_id", "team_id", "state", "straight_line", "accepted_text", "accepted_by", "accepted_at"),
        *("author_id", "at"),
    ),
    "pushback": (
        *("invitation_id", "round", "reason", "words", "state", "answer", "answer_words", "author_id", "at"),
        *("answered_by", "answered_at"),
    ),
    "key_result": (
        *("id", "invitation_id", "statement", "kind", "unit", "baseline", "target", "low", "high", "done_means"),
        *("measure", "baseline_due", "weight", "control", "week_nine", "owner_id", "state", "parked_from", "reason"),
        *("author_id", "at", "proposed_at", "agreed_at", "agreed_by", "agreed_text"),
        *("value", "confidence", "fell", "progress", "checked_week", "trend"),
    ),
    "key_result_step": ("key_result_id", "position", "name", "weight"),
    "key_result_text": ("key_result_id", "number", "statement", "numbers", "side", "author_id", "at"),
    "checkin": (
        *("key_result_id", "week", "value", "confidence", "context", "blocker", "next", "steps", "author_id", "at"),
    ),
    "score": ("key_result_id", "side", "value", "first_value", "reasoning", "author_id", "at", "opened_at"),
    "calibration": (
        *("key_result_id", "value", "reason", "side", "state", "author_id", "at", "confirmed_by", "confirmed_at"),
    ),
    "learning": ("objective_id", "words", "author_id", "at"),
    "comment": ("id", "subject", "topic", "body", "quoted", "author_id", "at"),
    "mention": ("person_id", "comment_id"),
    "link": ("child", "parent", "kind", "author_id", "at", "consented_by", "consented_at"),
    "initiative": ("id", "team_id", "cycle_id", "title", "owner_id", "status", "author_id", "at"),
    "initiative_key_result": ("initiative_id", "key_result_id"),
    "commitment": ("id", "cycle_id", "person_id", "kind", "words", "key_result_id", "initiative_id", "state", "at"),
}


@dataclass(slots=True)
class Numbers:
    """The next free ids."""

    objective: int = 1
    invitation: int = 1
    key_result: int = 1
    comment: int = 1
    initiative: int = 1
    commitment: int = 1


class Ledger:
    """The rows and events of one cycle; ``today`` is a day of its ninth week where it still runs, None where it is closed."""

    def __init__(self, number: int, starts: date, today: date | None, free: Numbers, dice: Random) -> None:
        """``free`` and ``dice`` go from cycle to cycle: the same dice make the same company."""
        self.number, self.starts, self.today = number, starts, today
        self.free, self.dice = free, dice
        self.rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self.events: list[Written] = []
        begins = starts - timedelta(days=FIRST_DAY)
        self._days = [(begins + timedelta(days=day)).isoformat() for day in range(FIRST_DAY + 7 * (WEEKS + 2))]

    @property
    def is_closed(self) -> bool:
        """Whether the cycle is over."""
        return self.today is None

    def at(self, day: int, spread: int = 5, dice: Random | None = None) -> str:
        """A time of a working day, this many days after the cycle's first Monday, or up to ``spread`` days later."""
        random = (dice or self.dice).random
        return self._days[FIRST_DAY + day + int(random() * spread)] + MINUTES[int(random() * len(MINUTES))]

    def tell(
        self, at: str, by: int, side: str, verb: str, ref: str, team: int, after: dict[str, Any], before: str = ""
    ) -> None:
        """Record an event; ``before`` is the state it changed."""
        known: dict[str, Any] = {"state": before} if before else {}
        self.events.append(Written(at, by, side, WAY, verb, ref, self.number, team, known, after))

    def say(self, ref: str, topic: str, body: str, quoted: str, by: int, at: str) -> int:
        """Put words into a thread; the comment's id."""
        number = self.free.comment
        self.free.comment += 1
        self.rows["comment"].append((number, ref, topic, body, quoted, by, at))
        return number
