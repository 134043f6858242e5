"""One cycle of the large company: everything its teams wrote, agreed, checked in and scored, as rows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from okrtui.core import confidence as falls
from okrtui.core.key_results import progress_of
from okrtui.demo import large_words as words
from okrtui.store.events import Written
from okrtui.store.key_results import NUMBERS

if TYPE_CHECKING:
    from random import Random

    from okrtui.demo.large_company import Unit

Row = tuple[Any, ...]
WEEKS = 13
EACH = 10  # key results a team and cycle
WAY = "local"

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
}


@dataclass(slots=True)
class Numbers:
    """The next free ids."""

    objective: int = 1
    invitation: int = 1
    key_result: int = 1
    comment: int = 1


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


class Quarter:
    """The rows and events of one cycle; ``today`` is a day of its ninth week where it still runs, None where it is closed."""

    def __init__(
        self, number: int, starts: date, today: date | None, units: list[Unit], free: Numbers, dice: Random
    ) -> None:
        self.number, self.starts, self.today = number, starts, today
        self.rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self.events: list[Written] = []
        self._free, self._dice, self._units = free, dice, units
        self._parents: dict[int, list[str]] = {}
        self._asked_above: dict[int, int] = {}

    def write(self) -> None:
        """Write every team's cycle, the company first."""
        for unit in self._units:
            self._unit(unit)

    # When

    def _at(self, day: int, spread: int = 5) -> str:
        """A time of a working day, this many days after the cycle's first Monday, or up to ``spread`` days later."""
        dice = self._dice
        meant = self.starts + timedelta(days=day + int(dice.random() * spread))
        minute = int(dice.random() * 540)
        return f"{meant.isoformat()}T{8 + minute // 60:02}:{minute % 60:02}:00Z"

    def _tell(
        self, at: str, by: int, side: str, verb: str, ref: str, team: int, after: dict[str, Any], before: str = ""
    ) -> None:
        known: dict[str, Any] = {"state": before} if before else {}
        self.events.append(Written(at, by, side, WAY, verb, ref, self.number, team, known, after))

    # Objectives and invitations

    def _unit(self, unit: Unit) -> None:
        accepted: list[int] = []
        if unit.id in self._asked_above:
            objective = self._asked_above[unit.id]
            invitation, state = self._invite(objective, unit, unit.parent or unit)
            if state == "accepted":
                accepted.append(invitation)
        titles = words.TITLES.get(unit.function, words.TITLES["product"])
        turn = self._dice.randrange(len(titles))
        for place in range(3):
            for_others = place == 0 and bool(unit.children)
            title = titles[(turn + place) % len(titles)].format(where=unit.where)
            objective = self._objective(unit, title[0].upper() + title[1:])
            if for_others:
                for child in unit.children:
                    self._asked_above[child.id] = objective
            if not for_others or unit.parent is None:
                invitation, _ = self._invite(objective, unit, unit)
                accepted.append(invitation)
        for place in range(EACH):
            invitation = accepted[place % len(accepted)]
            self._key_result(unit, invitation, place)

    def _objective(self, unit: Unit, title: str) -> int:
        dice, number = self._dice, self._free.objective
        self._free.objective += 1
        author, at = unit.leading, self._at(-19, 3)
        why = words.WHYS[dice.randrange(len(words.WHYS))]
        ambition = "committed" if dice.random() < 0.3 else "aspirational"
        self.rows["objective"].append((number, self.number, unit.id, title, why, ambition, "published", author, at, at))
        self.rows["objective_text"].append((number, 1, title, why, ambition, author, at))
        ref = f"O{number}"
        self._tell(at, author, "leadership", "objective.add", ref, unit.id, {"title": title, "ambition": ambition})
        self._tell(at, author, "leadership", "objective.publish", ref, unit.id, {"state": "published"}, "draft")
        if unit.parent is not None and dice.random() < 0.9:
            self._link(ref, unit, at)
        self._parents.setdefault(unit.id, []).append(ref)
        if self.today is None:
            learnt = words.LEARNT[dice.randrange(len(words.LEARNT))]
            self.rows["learning"].append((number, learnt, author, self._at(93, 2)))
        return number

    def _link(self, ref: str, unit: Unit, at: str) -> None:
        assert unit.parent is not None  # noqa: S101  # the company contributes to nothing
        above = self._parents[unit.parent.id]
        parent = above[self._dice.randrange(len(above))]
        lead = unit.parent.leading
        self.rows["link"].append((ref, parent, "contributes", unit.leading, at, lead, at))
        after = {"parent": parent, "kind": "contributes", "consented": True}
        self._tell(at, unit.leading, "leadership", "objective.link", ref, unit.id, after)

    def _invite(self, objective: int, unit: Unit, by: Unit) -> tuple[int, str]:
        """Put an objective to a team; the invitation's id and what the team said."""
        dice, number = self._dice, self._free.invitation
        self._free.invitation += 1
        state = self._answer(unit, by)
        asked, answered = self._at(-16, 2), self._at(-14, 3)
        member = unit.members[dice.randrange(len(unit.members))]
        line = words.STRAIGHT_LINES[dice.randrange(len(words.STRAIGHT_LINES))]
        yes = state == "accepted"
        self.rows["invitation"].append(
            (
                *(number, objective, unit.id, state, line if yes else "", 1 if yes else None, member if yes else None),
                *(answered if yes else None, by.leading, asked),
            )
        )
        ref, leads = f"O{objective}", by.leading
        self._tell(asked, leads, "leadership", "invitation.invite", ref, by.id, {"team": unit.slug})
        if yes:
            after = {"state": "accepted", "straight_line": line}
            self._tell(answered, member, "team", "invitation.accept", ref, unit.id, after, "open")
        elif state in {"pushed_back", "released"}:
            self._push_back(number, unit, by, member, ref, answered, released=state == "released")
        return number, state

    def _answer(self, unit: Unit, by: Unit) -> str:
        if by is unit:
            return "accepted"
        if self.today is not None and unit is self._units[-1]:
            return "open"
        chance = self._dice.random()
        if chance < (0.93 if self.today is None else 0.88):
            return "accepted"
        if chance > 0.97:
            return "released"
        if self.today is None:
            return "unanswered"
        return "open" if chance < 0.94 else "pushed_back"

    def _push_back(self, number: int, unit: Unit, by: Unit, member: int, ref: str, at: str, *, released: bool) -> None:
        reason = list(words.PUSHBACKS)[self._dice.randrange(len(words.PUSHBACKS))]
        said, later = words.PUSHBACKS[reason], self._at(-10, 2)
        answer = ("answered", "released", "You are right: it is not yours.") if released else ("open", None, "")
        by_whom, when = (by.leading, later) if released else (None, None)
        self.rows["pushback"].append((number, 1, reason, said, *answer, member, at, by_whom, when))
        after = {"state": "pushed_back", "reason": reason, "words": said, "round": 1}
        self._tell(at, member, "team", "invitation.push_back", ref, unit.id, after, "open")
        if released:
            after = {"state": "released", "answer": "released", "words": answer[2]}
            self._tell(later, by.leading, "leadership", "invitation.answer", ref, unit.id, after, "pushed_back")

    # Key results

    def _key_result(self, unit: Unit, invitation: int, place: int) -> None:
        dice = self._dice
        known = self.today is not None and unit is self._units[-1]
        found = self._draft(unit, place, plain=known)
        state = self._state(place, known=known)
        owner = unit.members[dice.randrange(len(unit.members))]
        if known and place < 4:
            owner = unit.members[0]
        written, proposed, agreed = self._at(-13, 4), self._at(-8, 3), self._at(-5, 3)
        ref, lead = f"KR{found.id}", unit.leading
        is_proposed = state in {"proposed", "agreed", "dropped"} or (known and place == 0)
        is_agreed = state in {"agreed", "dropped"}
        told = Told(ref, unit.id, owner)
        if is_agreed:
            until = 5 if state == "dropped" else WEEKS if self.today is None else 9
            self._check_ins(found, told, until, due=known and place < 4)
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
        if state == "agreed" and self.today is None:
            self._score(found, unit, owner, ref)

    def _state(self, place: int, *, known: bool) -> str:
        if known and place < 4:
            return "draft" if place == 0 else "agreed"
        chance = self._dice.random()
        if self.today is None:
            return "agreed" if chance < 0.99 else "dropped" if chance < 0.995 else "not_agreed"
        for share, state in ((0.93, "agreed"), (0.95, "proposed"), (0.97, "draft"), (0.985, "idea"), (0.995, "parked")):
            if chance < share:
                return state
        return "dropped"

    def _draft(self, unit: Unit, place: int, *, plain: bool) -> Draft:
        dice, number = self._dice, self._free.key_result
        self._free.key_result += 1
        metrics = words.METRICS.get(unit.function, words.METRICS["product"])
        metric = metrics[(place + unit.id + self.number) % len(metrics)]
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
        due = (self.starts + timedelta(days=40)).isoformat()
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
        self.rows["key_result"].append(
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
        self.rows["key_result_text"].append((found.id, 1, found.statement, kept, "team", owner, times[0]))
        self.rows["key_result_step"].extend(
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
        self._tell(written, owner, "team", "kr.add", ref, unit.id, after)
        if state in {"proposed", "agreed", "dropped"} or returned:
            self._tell(proposed, owner, "team", "kr.propose", ref, unit.id, {"state": "proposed"}, "draft")
            self._say(ref, "proposal", "", found.statement, owner, proposed)
        if state in {"agreed", "dropped"}:
            self._tell(agreed, lead, "leadership", "kr.agree", ref, unit.id, {"state": "agreed"}, "proposed")
            self._say(ref, "agreement", "", found.statement, lead, agreed)
        if state == "dropped":
            after = {"state": "dropped", "reason": "We chose another measure."}
            self._tell(self._at(40), owner, "team", "kr.drop", ref, unit.id, after, "agreed")
        if returned:
            question = "Who counts this today, and how often?"
            self._tell(agreed, lead, "leadership", "kr.return", ref, unit.id, {"state": "draft"}, "proposed")
            body = "@samir can you say in one line what would count as done here?"
            number = self._say(ref, "comment", body, "", lead, agreed)
            self.rows["mention"].append((owner, number))
            self._say(ref, "question", question, found.statement, lead, agreed)

    def _say(self, ref: str, topic: str, body: str, quoted: str, by: int, at: str) -> int:
        number = self._free.comment
        self._free.comment += 1
        self.rows["comment"].append((number, ref, topic, body, quoted, by, at))
        return number

    # Week by week

    def _check_ins(self, found: Draft, told: Told, until: int, *, due: bool) -> None:
        dice = self._dice
        arrives = 0.3 + 0.9 * dice.random()
        trust = 4.0 + 4.0 * dice.random()
        drift = (arrives - 0.7) * 0.5
        silent_from = 8 if self.today is not None and dice.random() < 0.04 and not due else 99
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
        first = 7 * (week - 1)
        if self.today is None or first + 6 < (self.today - self.starts).days:
            return first + 2 + int(3 * self._dice.random()), True
        gone = (self.today - self.starts).days - first
        return (first + int(min(gone, 5) * self._dice.random()), False) if gone > 0 else (None, False)

    def _check_in(self, found: Draft, told: Told, week: int, day: int, share: float, trust: int) -> None:
        dice = self._dice
        value = self._value(found, week, share, told)
        chance = dice.random()
        context = f"{words.DID[int(chance * len(words.DID))]}, {words.FOUND[int(dice.random() * len(words.FOUND))]}"
        blocker = words.BLOCKERS[int(chance * 400) % len(words.BLOCKERS)] if trust < 4 and chance < 0.3 else ""
        following = words.NEXT[int(chance * 500) % len(words.NEXT)]
        at = self._at(day, 1)
        steps = json.dumps(list(told.ticked), ensure_ascii=False) if told.ticked else "[]"
        self.rows["checkin"].append((found.id, week, value, trust, context, blocker, following, steps, told.owner, at))
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
        self.events.append(
            Written(at, told.owner, "team", WAY, "kr.checkin", told.ref, self.number, told.team, {}, after)
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

    def _score(self, found: Draft, unit: Unit, owner: int, ref: str) -> None:
        dice, lead = self._dice, unit.leading
        base = int(10 * min(1.0, max(0.0, 0.2 + 0.7 * dice.random())))
        other = min(10, max(0, base + dice.randrange(-2, 2)))
        agreed = (base + other) // 2
        opened, settled = self._at(91, 1), self._at(92, 1)
        reason = words.REASONS[dice.randrange(len(words.REASONS))]
        mine = (found.id, "self", base, base, reason, owner, opened, opened)
        theirs = (found.id, "manager", other, other, reason, lead, opened, opened)
        self.rows["score"] += [mine, theirs]
        self.rows["calibration"].append((found.id, agreed, reason, "team", "confirmed", owner, settled, lead, settled))
        sides = {
            "self": {"value": base / 10, "reasoning": reason, "salt": ""},
            "manager": {"value": other / 10, "reasoning": reason, "salt": ""},
        }
        self._tell(opened, owner, "team", "score.reveal", ref, unit.id, sides)
        after = {"value": agreed / 10, "reason": reason, "settled": False}
        self._tell(settled, owner, "team", "score.calibrate", ref, unit.id, after)
        self._tell(settled, lead, "leadership", "score.confirm", ref, unit.id, {"value": agreed / 10})
