"""Week by week in the large company: the check-ins of its key results."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okrtui.demo import large_words as words
from okrtui.demo.large_ledger import WAY, WEEKS
from okrtui.store.events import Written

if TYPE_CHECKING:
    from okrtui.demo.large_ledger import Ledger


@dataclass(slots=True)
class Draft:
    """A key result on its way into rows; the fields are those of the table."""

    id: int
    kind: str | None
    statement: str
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    low: float | None = None
    high: float | None = None
    done_means: str = ""
    measure: str = ""
    baseline_due: str | None = None
    weight: float = 1.0
    control: str | None = "ours"
    week_nine: str = words.WEEK_NINE
    steps: tuple[str, ...] = ()


@dataclass(slots=True)
class Told:
    """What was checked in so far of a key result, and by whom."""

    ref: str
    team: int
    owner: int
    weeks: list[tuple[int, float | None, int]] = field(default_factory=list)
    ticked: tuple[str, ...] = ()


class Weeks:
    """The check-ins of one cycle."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def write(self, found: Draft, told: Told, until: int, *, due: bool) -> None:
        """The check-ins of a key result up to a week; ``due``: that of the week it is now is still to come."""
        dice = self._ledger.dice
        arrives = 0.3 + 0.9 * dice.random()
        trust = 4.0 + 4.0 * dice.random()
        drift = (arrives - 0.7) * 0.5
        silent_from = 8 if not self._ledger.is_closed and dice.random() < 0.04 and not due else 99
        for week in range(1, until + 1):
            if week >= silent_from or dice.random() < 0.005:
                continue
            day, is_over = self._day(week)
            if not is_over and (due or dice.random() < 0.4):
                continue
            if day is None:
                continue
            trust = min(9.9, max(1.0, trust + drift + 1.6 * dice.random() - 0.8))
            share = arrives * week / WEEKS + 0.1 * dice.random() - 0.05
            self._check_in(found, told, week, day, share, int(trust))

    def _day(self, week: int) -> tuple[int | None, bool]:
        """A day of a week that is over by now, counted from the first, and whether the whole week is."""
        first, today = 7 * (week - 1), self._ledger.today
        gone = 7 if today is None else (today - self._ledger.starts).days - first
        if gone > 6:
            return first + 2 + int(3 * self._ledger.dice.random()), True
        return (first + int(min(gone, 5) * self._ledger.dice.random()), False) if gone > 0 else (None, False)

    def _check_in(self, found: Draft, told: Told, week: int, day: int, share: float, trust: int) -> None:
        dice = self._ledger.dice
        value = self._value(found, week, share, told)
        chance = dice.random()
        context = f"{words.DID[int(chance * len(words.DID))]}, {words.FOUND[int(dice.random() * len(words.FOUND))]}"
        blocker = words.BLOCKERS[int(chance * 400) % len(words.BLOCKERS)] if trust < 4 and chance < 0.3 else ""
        following = words.NEXT[int(chance * 500) % len(words.NEXT)]
        at = self._ledger.at(day, 1)
        steps = json.dumps(list(told.ticked), ensure_ascii=False) if told.ticked else "[]"
        self._ledger.rows["checkin"].append(
            (found.id, week, value, trust, context, blocker, following, steps, told.owner, at)
        )
        told.weeks.append((week, value, trust))
        after = {
            "value": value if found.kind != "milestone" else None,
            "confidence": trust,
            "context": context,
            "blocker": blocker,
            "next": following,
            "steps": told.ticked,
            "week": week,
        }
        self._ledger.events.append(
            Written(at, told.owner, "team", WAY, "kr.checkin", told.ref, self._ledger.number, told.team, {}, after)
        )

    def _value(self, found: Draft, week: int, share: float, told: Told) -> float | None:
        if found.baseline is not None and found.target is not None:
            return float(round(found.baseline + (found.target - found.baseline) * share, 1))
        if found.low is not None and found.high is not None:
            return float(round(found.low + (found.high - found.low) * (0.2 + share), 1))
        if found.kind == "milestone":
            told.ticked = found.steps[: max(0, int(share * len(found.steps)))]
            return len(told.ticked) / len(found.steps)
        if found.kind == "binary":
            return float(week > 9 and share > 0.7)
        return None if week < 6 else float(round(50 + 40 * share))
