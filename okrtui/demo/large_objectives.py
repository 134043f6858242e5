"""The objectives of the large company: what its teams wrote in a cycle, put to others, linked, and heard back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.demo import large_words as words

if TYPE_CHECKING:
    from okrtui.demo.large_company import Unit
    from okrtui.demo.large_ledger import Ledger


class Objectives:
    """Those of one cycle, written team by team, the company first."""

    def __init__(self, ledger: Ledger, known: Unit) -> None:
        """``known`` is the team of the demo's person, which has not answered yet in the cycle that runs."""
        self._ledger, self._known = ledger, known
        self._parents: dict[int, list[str]] = {}
        self._asked_above: dict[int, int] = {}

    def write(self, unit: Unit) -> list[int]:
        """A team's objectives, and what it said to those that were put to it; the ids of the invitations it accepted."""
        accepted: list[int] = []
        if unit.id in self._asked_above:
            objective = self._asked_above[unit.id]
            invitation, state = self._invite(objective, unit, unit.parent or unit)
            if state == "accepted":
                accepted.append(invitation)
        titles = words.TITLES.get(unit.function, words.TITLES["product"])
        turn = self._ledger.dice.randrange(len(titles))
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
        return accepted

    def _objective(self, unit: Unit, title: str) -> int:
        dice, number = self._ledger.dice, self._ledger.free.objective
        self._ledger.free.objective += 1
        author, at = unit.leading, self._ledger.at(-19, 3)
        why = words.WHYS[dice.randrange(len(words.WHYS))]
        ambition = "committed" if dice.random() < 0.3 else "aspirational"
        self._ledger.rows["objective"].append(
            (number, self._ledger.number, unit.id, title, why, ambition, "published", author, at, at)
        )
        self._ledger.rows["objective_text"].append((number, 1, title, why, ambition, author, at))
        ref = f"O{number}"
        self._ledger.tell(
            at, author, "leadership", "objective.add", ref, unit.id, {"title": title, "ambition": ambition}
        )
        self._ledger.tell(at, author, "leadership", "objective.publish", ref, unit.id, {"state": "published"}, "draft")
        if unit.parent is not None and dice.random() < 0.9:
            self._link(ref, unit, at)
        self._parents.setdefault(unit.id, []).append(ref)
        if self._ledger.is_closed:
            learnt = words.LEARNT[dice.randrange(len(words.LEARNT))]
            self._ledger.rows["learning"].append((number, learnt, author, self._ledger.at(93, 2)))
        return number

    def _link(self, ref: str, unit: Unit, at: str) -> None:
        assert unit.parent is not None  # noqa: S101  # the company contributes to nothing
        above = self._parents[unit.parent.id]
        parent = above[self._ledger.dice.randrange(len(above))]
        lead = unit.parent.leading
        self._ledger.rows["link"].append((ref, parent, "contributes", unit.leading, at, lead, at))
        after = {"parent": parent, "kind": "contributes", "consented": True}
        self._ledger.tell(at, unit.leading, "leadership", "objective.link", ref, unit.id, after)

    def _invite(self, objective: int, unit: Unit, by: Unit) -> tuple[int, str]:
        """Put an objective to a team; the invitation's id and what the team said."""
        dice, number = self._ledger.dice, self._ledger.free.invitation
        self._ledger.free.invitation += 1
        state = self._answer(unit, by)
        asked, answered = self._ledger.at(-16, 2), self._ledger.at(-14, 3)
        member = unit.members[dice.randrange(len(unit.members))]
        line = words.STRAIGHT_LINES[dice.randrange(len(words.STRAIGHT_LINES))]
        yes = state == "accepted"
        self._ledger.rows["invitation"].append(
            (
                *(number, objective, unit.id, state, line if yes else "", 1 if yes else None, member if yes else None),
                *(answered if yes else None, by.leading, asked),
            )
        )
        ref, leads = f"O{objective}", by.leading
        self._ledger.tell(asked, leads, "leadership", "invitation.invite", ref, by.id, {"team": unit.slug})
        if yes:
            after = {"state": "accepted", "straight_line": line}
            self._ledger.tell(answered, member, "team", "invitation.accept", ref, unit.id, after, "open")
        elif state in {"pushed_back", "released"}:
            self._push_back(number, unit, by, member, ref, answered, released=state == "released")
        return number, state

    def _answer(self, unit: Unit, by: Unit) -> str:
        if by is unit:
            return "accepted"
        if not self._ledger.is_closed and unit is self._known:
            return "open"
        chance = self._ledger.dice.random()
        if chance < (0.93 if self._ledger.is_closed else 0.88):
            return "accepted"
        if chance > 0.97:
            return "released"
        if self._ledger.is_closed:
            return "unanswered"
        return "open" if chance < 0.94 else "pushed_back"

    def _push_back(self, number: int, unit: Unit, by: Unit, member: int, ref: str, at: str, *, released: bool) -> None:
        reason = list(words.PUSHBACKS)[self._ledger.dice.randrange(len(words.PUSHBACKS))]
        said, later = words.PUSHBACKS[reason], self._ledger.at(-10, 2)
        answer = ("answered", "released", "You are right: it is not yours.") if released else ("open", None, "")
        by_whom, when = (by.leading, later) if released else (None, None)
        self._ledger.rows["pushback"].append((number, 1, reason, said, *answer, member, at, by_whom, when))
        after = {"state": "pushed_back", "reason": reason, "words": said, "round": 1}
        self._ledger.tell(at, member, "team", "invitation.push_back", ref, unit.id, after, "open")
        if released:
            after = {"state": "released", "answer": "released", "words": answer[2]}
            self._ledger.tell(later, by.leading, "leadership", "invitation.answer", ref, unit.id, after, "pushed_back")
