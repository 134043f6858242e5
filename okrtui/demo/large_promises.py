"""What is promised in the large company: the initiatives of its teams, and the commitments of their people."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from okrtui.demo import large_words as words
from okrtui.demo.large_ledger import WAY
from okrtui.store.events import Written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.demo.large_company import Unit
    from okrtui.demo.large_ledger import Ledger

INITIATIVES = 2
"""How many a team has in a cycle."""

CONTRIBUTIONS = 3
"""How many of a team's people promise something to its key results in a cycle."""


class Promises:
    """Those of one cycle. Their dice are their own, by the cycle's number."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._dice = Random(ledger.number)  # noqa: S311  # made-up words, no secret

    def write(self, unit: Unit, agreed: Sequence[int]) -> None:
        """A team's initiatives for its agreed key results, and what its people promise."""
        if not agreed:
            return
        made = [self._initiative(unit, agreed, place) for place in range(INITIATIVES)]
        first = self._dice.randrange(len(unit.members)) if self._ledger.is_closed else 0
        people = [unit.members[(first + place) % len(unit.members)] for place in range(CONTRIBUTIONS + 1)]
        for person in people[:CONTRIBUTIONS]:
            number = agreed[self._dice.randrange(len(agreed))]
            self._commitment(unit, person, "contribution", self._one_of(words.CONTRIBUTIONS), key_result=number)
        self._commitment(unit, people[0], "development", self._one_of(words.GOALS))
        self._commitment(unit, people[-1], "stretch", self._one_of(words.STRETCHES), initiative=made[0])

    def _one_of(self, found: Sequence[str]) -> str:
        return found[self._dice.randrange(len(found))]

    def _initiative(self, unit: Unit, agreed: Sequence[int], place: int) -> int:
        ledger, dice = self._ledger, self._dice
        number = ledger.free.initiative
        ledger.free.initiative += 1
        owner = unit.members[dice.randrange(len(unit.members))]
        title = words.INITIATIVES[(place + dice.randrange(len(words.INITIATIVES))) % len(words.INITIATIVES)]
        title, ref = title.format(where=unit.where), f"I{number}"
        moves = sorted({agreed[dice.randrange(len(agreed))] for _ in range(2)})
        began = "doing" if place == 0 else "planned"
        status = began if not ledger.is_closed else "done" if dice.random() < 0.8 else "stopped"
        at = self._at(-4, 4)
        ledger.rows["initiative"].append((number, unit.id, ledger.number, title, owner, status, owner, at))
        ledger.rows["initiative_key_result"] += [(number, one) for one in moves]
        after = {"title": title, "status": began, "moves": [f"KR{one}" for one in moves]}
        ledger.tell(at, owner, "team", "initiative.add", ref, unit.id, after)
        if status != began:
            self._tell(
                self._at(80, 5), owner, "team", "initiative.status", ref, unit.id, {"status": began}, {"status": status}
            )
        return number

    def _commitment(
        self,
        unit: Unit,
        person: int,
        kind: str,
        said: str,
        *,
        key_result: int | None = None,
        initiative: int | None = None,
    ) -> None:
        ledger, dice = self._ledger, self._dice
        number = ledger.free.commitment
        ledger.free.commitment += 1
        state = "open" if not ledger.is_closed or dice.random() < 0.1 else "done" if dice.random() < 0.8 else "let_go"
        at, ref = self._at(1, 4), f"P{number}"
        ledger.rows["commitment"].append((number, ledger.number, person, kind, said, key_result, initiative, state, at))
        about = f"KR{key_result}" if key_result else f"I{initiative}" if initiative else ""
        team = None if kind == "development" else unit.id
        self._tell(at, person, "", "commitment.add", ref, team, {}, {"kind": kind, "words": said, "about": about})
        if state != "open":
            before, after = {"state": "open"}, {"state": state}
            self._tell(self._at(80, 5), person, "", f"commitment.{state}", ref, team, before, after)

    def _tell(
        self,
        at: str,
        by: int,
        side: str,
        verb: str,
        ref: str,
        team: int | None,
        before: Mapping[str, object],
        after: Mapping[str, object],
    ) -> None:
        """Record an event; that of a development goal is of no team, and tells nothing but that there was one."""
        is_private = team is None
        fields = ({}, {}) if is_private else (dict(before), dict(after))
        self._ledger.events.append(
            Written(at, by, side, WAY, verb, ref, self._ledger.number, team, *fields, is_private)
        )

    def _at(self, day: int, spread: int) -> str:
        return self._ledger.at(day, spread, self._dice)
