"""The key results of the large company: written, proposed, agreed, and in the end scored."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from okrtui.core import confidence as falls
from okrtui.core.key_results import progress_of
from okrtui.demo import large_words as words
from okrtui.demo.large_ledger import WEEKS
from okrtui.demo.large_weeks import Draft, Told, Weeks
from okrtui.store.key_results import NUMBERS

if TYPE_CHECKING:
    from okrtui.demo.large_company import Unit
    from okrtui.demo.large_ledger import Ledger


class KeyResults:
    """Those of one cycle."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._weeks = ledger, Weeks(ledger)

    def write(self, unit: Unit, invitation: int, place: int, *, known: bool) -> Draft | None:
        """A team's key result under an invitation; None where it was not agreed, or was dropped.

        ``known``: something of it waits for the demo's person.
        """
        dice = self._ledger.dice
        found = self._draft(unit, place, plain=known)
        state = self._state(place, known=known)
        owner = unit.members[dice.randrange(len(unit.members))]
        if known and place < 4:
            owner = unit.members[0]
        written, proposed, agreed = self._ledger.at(-13, 4), self._ledger.at(-8, 3), self._ledger.at(-5, 3)
        ref, lead = f"KR{found.id}", unit.leading
        is_proposed = state in {"proposed", "agreed", "dropped"} or (known and place == 0)
        is_agreed = state in {"agreed", "dropped"}
        told = Told(ref, unit.id, owner)
        if is_agreed:
            until = 5 if state == "dropped" else WEEKS if self._ledger.is_closed else 9
            self._weeks.write(found, told, until, due=known and place < 4)
        self._put(
            found,
            invitation,
            told,
            owner=owner,
            state=state,
            times=(written, proposed if is_proposed else None, agreed if is_agreed else None),
            agreed_by=lead if is_agreed else None,
        )
        self._exchange(found, unit, owner, state, (written, proposed, agreed), returned=known and place == 0)
        if state == "agreed" and self._ledger.is_closed:
            self._score(found, unit, owner, ref)
        return found if state == "agreed" else None

    def _state(self, place: int, *, known: bool) -> str:
        if known and place < 4:
            return "draft" if place == 0 else "agreed"
        chance = self._ledger.dice.random()
        if self._ledger.is_closed:
            return "agreed" if chance < 0.99 else "dropped" if chance < 0.995 else "not_agreed"
        for share, state in ((0.93, "agreed"), (0.95, "proposed"), (0.97, "draft"), (0.985, "idea"), (0.995, "parked")):
            if chance < share:
                return state
        return "dropped"

    def _draft(self, unit: Unit, place: int, *, plain: bool) -> Draft:
        dice, number = self._ledger.dice, self._ledger.free.key_result
        self._ledger.free.key_result += 1
        metrics = words.METRICS.get(unit.function, words.METRICS["product"])
        metric = metrics[(place + unit.id + self._ledger.number) % len(metrics)]
        statement = metric.statement.format(where=unit.where)
        first = round(dice.uniform(*metric.start))
        goal = round(dice.uniform(*metric.goal))
        chance = 0.0 if plain else dice.random()
        if chance < 0.72:
            weight = 0.0 if chance > 0.70 else 1.0
            return Draft(number, metric.kind, statement, metric.unit, float(first), float(goal), weight=weight)
        if chance < 0.82:
            low = float(min(first, goal))
            words_kept = statement.rsplit(" ", 1)[0] + " stay where they are"
            return Draft(number, "maintain", words_kept, metric.unit, low=low, high=low + 10)
        if chance < 0.90:
            steps = words.STEPS[number % len(words.STEPS)]
            return Draft(number, "milestone", f"The new way of working with {unit.where} is in place", steps=steps)
        if chance < 0.96:
            done = "It is signed, and everybody was told"
            return Draft(number, "binary", f"The agreement with {unit.where} is renewed", done_means=done)
        due = (self._ledger.starts + timedelta(days=40)).isoformat()
        return Draft(
            number,
            "establish",
            f"We know how {unit.where} see us",
            measure="Answers to five questions",
            baseline_due=due,
        )

    def _put(
        self,
        found: Draft,
        invitation: int,
        told: Told,
        *,
        owner: int,
        state: str,
        times: tuple[str, str | None, str | None],
        agreed_by: int | None,
    ) -> None:
        last = told.weeks[-1] if told.weeks else None
        steps = [(1.0, name in told.ticked) for name in found.steps]
        measured = progress_of(found, last[1], steps) if last else None
        self._ledger.rows["key_result"].append(
            (
                *(found.id, invitation, found.statement, found.kind, found.unit, found.baseline, found.target),
                *(found.low, found.high, found.done_means, found.measure, found.baseline_due, found.weight),
                *(found.control, found.week_nine, owner, state, "draft" if state == "parked" else None),
                "We chose another measure." if state == "dropped" else "",
                *(owner, *times, agreed_by, 1 if agreed_by else None),
                *(last[1] if last else None, last[2] if last else None),
                int(falls.fell([one[2] for one in told.weeks])),
                *(measured.share if measured else None, last[0] if last else None),
                json.dumps([list(one) for one in told.weeks[-WEEKS:]]),
            )
        )
        numbers: dict[str, object] = {name: getattr(found, name) for name in NUMBERS}
        numbers["steps"] = [[name, 1.0] for name in found.steps]
        kept = json.dumps(numbers, ensure_ascii=False)
        self._ledger.rows["key_result_text"].append((found.id, 1, found.statement, kept, "team", owner, times[0]))
        self._ledger.rows["key_result_step"].extend(
            (found.id, position, name, 1.0) for position, name in enumerate(found.steps, 1)
        )

    def _exchange(
        self, found: Draft, unit: Unit, owner: int, state: str, times: tuple[str, str, str], *, returned: bool
    ) -> None:
        """Tell how it was written, proposed, and agreed or returned, with the words in its thread."""
        ref, lead = f"KR{found.id}", unit.leading
        written, proposed, agreed = times
        first = "idea" if state == "idea" else "draft"
        after = {"statement": found.statement, "kind": found.kind, "state": first}
        self._ledger.tell(written, owner, "team", "kr.add", ref, unit.id, after)
        if state in {"proposed", "agreed", "dropped"} or returned:
            self._ledger.tell(proposed, owner, "team", "kr.propose", ref, unit.id, {"state": "proposed"}, "draft")
            self._ledger.say(ref, "proposal", "", found.statement, owner, proposed)
        if state in {"agreed", "dropped"}:
            self._ledger.tell(agreed, lead, "leadership", "kr.agree", ref, unit.id, {"state": "agreed"}, "proposed")
            self._ledger.say(ref, "agreement", "", found.statement, lead, agreed)
        if state == "dropped":
            after = {"state": "dropped", "reason": "We chose another measure."}
            self._ledger.tell(self._ledger.at(40), owner, "team", "kr.drop", ref, unit.id, after, "agreed")
        if returned:
            question = "Who counts this today, and how often?"
            self._ledger.tell(agreed, lead, "leadership", "kr.return", ref, unit.id, {"state": "draft"}, "proposed")
            body = "@samir can you say in one line what would count as done here?"
            number = self._ledger.say(ref, "comment", body, "", lead, agreed)
            self._ledger.rows["mention"].append((owner, number))
            self._ledger.say(ref, "question", question, found.statement, lead, agreed)

    def _score(self, found: Draft, unit: Unit, owner: int, ref: str) -> None:
        dice, lead = self._ledger.dice, unit.leading
        base = int(10 * min(1.0, max(0.0, 0.2 + 0.7 * dice.random())))
        other = min(10, max(0, base + dice.randrange(-2, 2)))
        agreed = (base + other) // 2
        opened, settled = self._ledger.at(91, 1), self._ledger.at(92, 1)
        reason = words.REASONS[dice.randrange(len(words.REASONS))]
        mine = (found.id, "self", base, base, reason, owner, opened, opened)
        theirs = (found.id, "manager", other, other, reason, lead, opened, opened)
        self._ledger.rows["score"] += [mine, theirs]
        self._ledger.rows["calibration"].append(
            (found.id, agreed, reason, "team", "confirmed", owner, settled, lead, settled)
        )
        sides = {
            "self": {"value": base / 10, "reasoning": reason, "salt": ""},
            "manager": {"value": other / 10, "reasoning": reason, "salt": ""},
        }
        self._ledger.tell(opened, owner, "team", "score.reveal", ref, unit.id, sides)
        after = {"value": agreed / 10, "reason": reason, "settled": False}
        self._ledger.tell(settled, owner, "team", "score.calibrate", ref, unit.id, after)
        self._ledger.tell(settled, lead, "leadership", "score.confirm", ref, unit.id, {"value": agreed / 10})
