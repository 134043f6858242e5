"""What waits for somebody at the end of a cycle: scores, decisions, learning, and what goes on in the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState, KeyResultState, Phase, ScoreSide, Side
from okrtui.store import closing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from okrtui.service.asked import Asked
    from okrtui.service.looking import Looking
    from okrtui.service.needs_facts import Facts
    from okrtui.store.needs import Waiting
    from okrtui.store.scores import Calibration, Seal

CONFIRMING = ("scoring", "scoring.confirm")

_TAKES_DRAFTS = frozenset({InvitationState.OPEN, InvitationState.ACCEPTED, InvitationState.PUSHED_BACK})


def scoring(looking: Looking, asked: Asked, found: Waiting, facts: Facts) -> None:
    """What a key result waits for while its cycle scores: scores, their opening, the agreed one, and what becomes of it."""
    last = facts.settling.get(found.id)
    if last is not None and last.state == "confirmed":
        _deciding(looking, asked, found, facts)
        return
    if found.id in facts.opened:
        _agreeing(looking, asked, found, last)
        return
    for side in ScoreSide:
        if side in facts.waiting[found.id] and _writes(looking, asked, found, side, facts.seals[found.id]):
            text = f"Write the {side} score of {found.ref} {found.statement}"
            command = f"okrtui score {found.ref} --side {side} --value V -m REASON"
            looking.add("score", found.ref, asked, text, command)
    written = any(seal.is_in for seal in facts.seals[found.id])
    if Side.TEAM in asked.acts_for and not facts.waiting[found.id] and written:
        text = f"Open the scores of {found.ref} {found.statement} together"
        looking.add("open", found.ref, asked, text, f"okrtui reveal {found.ref}")


def _writes(looking: Looking, asked: Asked, found: Waiting, side: ScoreSide, seals: Collection[Seal]) -> bool:
    """Whether a side's score is this person's to write: the self score its owner's, the manager score no self score's author."""
    me = looking.actor.person_id
    if side is ScoreSide.SELF:
        return _answers_for(looking, asked, found)
    wrote_self = any(seal.side == ScoreSide.SELF and seal.author_id == me for seal in seals)
    return Side.LEADERSHIP in asked.acts_for and not wrote_self


def _answers_for(looking: Looking, asked: Asked, found: Waiting) -> bool:
    """Whether somebody is asked for what the team says of it: its owner, anybody of the team while it has none."""
    owns = found.owner_id == looking.actor.person_id or not found.owned
    return Side.TEAM in asked.acts_for and (owns or Side.LEADERSHIP in asked.acts_for)


def _agreeing(looking: Looking, asked: Asked, found: Waiting, last: Calibration | None) -> None:
    words = f"{found.ref} {found.statement}"
    if not asked.acts_for:
        return
    if last is None:
        command = f"okrtui calibrate {found.ref} --value V"
        looking.add("agree", found.ref, asked, f"Propose the agreed score of {words}", command)
    elif Side(last.side) not in asked.acts_for or len(asked.acts_for) > 1:
        text = f"Confirm or counter the agreed score of {words}"
        looking.add("agree", found.ref, asked, text, f"okrtui confirm {found.ref}", met=CONFIRMING)


def _deciding(looking: Looking, asked: Asked, found: Waiting, facts: Facts) -> None:
    if found.id not in facts.decided and _answers_for(looking, asked, found):
        text = f"What becomes of {found.ref} {found.statement} when {asked.exchange.cycle.name} closes?"
        looking.add("decide", found.ref, asked, text, f"okrtui kr close {found.ref} --decision DECISION")


def learning(looking: Looking, asked: dict[int, Asked], found: Sequence[Waiting], facts: Facts) -> None:
    """A line of learning for each objective whose scores are settled, of those who set it."""
    settled: dict[int, bool] = {}
    first: dict[int, Asked] = {}
    for one in found:
        of = asked[one.invitation_id]
        if one.state == KeyResultState.AGREED and of.exchange.cycle.phase is Phase.SCORING:
            number, last = of.exchange.objective.id, facts.settling.get(one.id)
            settled[number] = settled.get(number, True) and last is not None and last.state == "confirmed"
            if Side.LEADERSHIP in of.acts_for:
                first.setdefault(number, of)
    for number, of in first.items():
        if settled[number] and number not in facts.learnt:
            objective = of.exchange.objective
            text = f"Write down what was learnt of {objective.ref} {objective.title}"
            looking.add("learn", objective.ref, of, text, f"okrtui objective learn {objective.ref} -m WORDS")


def carrying(looking: Looking, asked: Iterable[Asked]) -> None:
    """What goes on from the cycle closed last and stands nowhere yet, for each team that has where to carry it."""
    closed = looking.ground.closed
    if closed is None:
        return
    to: dict[int, Asked] = {}
    own: dict[int, Asked] = {}
    for one in asked:
        drafts = one.exchange.cycle.phase is Phase.DRAFTING and one.invitation.state in _TAKES_DRAFTS
        if drafts and Side.TEAM in one.acts_for:
            (to if one.exchange.team is not None else own).setdefault(one.exchange.team_id, one)
    connection, me = looking.view.connection, looking.actor.person_id or 0
    if to:
        for team, count in closing.waiting_by_team(connection, closed.id, to).items():
            _carry(looking, to[team], count, closed.name)
    if own:
        for team, count in closing.waiting_of_person(connection, closed.id, me).items():
            if team in own:
                _carry(looking, own[team], count, closed.name)


def _carry(looking: Looking, to: Asked, count: int, closed: str) -> None:
    ref, cycle = to.exchange.objective.ref, to.exchange.cycle.name
    whose = "" if to.exchange.team is not None else "of your own "
    what = f"key result {whose}goes on and stands" if count == 1 else f"key results {whose}go on and stand"
    text = f"{count} {what} nowhere yet since {closed} closed: carry over into {cycle}"
    looking.add("carry", ref, to, text, f"okrtui kr carry KR --under {ref}")
