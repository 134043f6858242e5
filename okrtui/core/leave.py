"""The one question of who may do what: `may` answers it from the table of `core.acts`, with a sentence where it is no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.core.model import PHASES, Phase, Side, spoken
from okrtui.core.rules import RULES, Rule
from okrtui.core.sides import Actor, Sides, Standing, standing

if TYPE_CHECKING:
    from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Thing:
    """What an act is done to, as far as the rules need to know.

    ``noun`` and ``ref`` name it in sentences; ``state`` is the state its rule asks for; ``not_by`` is a person who may
    not do this act (the author of the other side's score); ``not_side`` a side that may not (the one that proposed, for
    confirming).
    """

    ref: str
    state: StrEnum
    phase: Phase
    cycle: str
    sides: Sides
    not_by: int | None = None
    not_side: Side | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """The answer to `may`: as which side, for whom, alone or not; or the refusal's sentence."""

    side: Side
    deputy_for: int | None = None
    alone: bool = False
    refusal: str = ""

    def __bool__(self) -> bool:
        return not self.refusal


OPERATOR_HAS_NO_PEN = (
    "You are the operator of this file and no person in it: an admin adds you with `okrtui person add`, or act as "
    "somebody with --as."
)


def may(actor: Actor, act: Act, thing: Thing) -> Leave:
    """Whether the actor may do this now, and as whom; a refusal says what they can do instead.

    A side with nobody active in it is not waited for: the other side does its acts, marked *alone*.
    """
    rule = RULES[act]
    stands = standing(actor, thing.sides)
    if actor.is_operator:
        return Leave(stands.side, refusal=OPERATOR_HAS_NO_PEN)
    alone = _does_it_alone(stands.side, rule, thing)
    if not alone and (stands.side not in rule.by or stands.side is thing.not_side):
        return Leave(stands.side, refusal=_not_yours(actor, stands, rule, thing))
    if thing.not_by is not None and thing.not_by == actor.person_id:
        return Leave(stands.side, refusal=_not_yourself(act, thing))
    if refusal := _not_now(rule, thing):
        return Leave(stands.side, refusal=refusal)
    return Leave(stands.side, stands.deputy_for, alone)


def must(actor: Actor, act: Act, thing: Thing) -> Leave:
    """`may`, for the service.

    Raises:
        NotAllowed: with the sentence of the refusal.
    """
    leave = may(actor, act, thing)
    if not leave:
        raise NotAllowed(leave.refusal)
    return leave


def is_waited_for(side: Side, sides: Sides) -> bool:
    """Whether a side has anybody active in it."""
    return {Side.LEADERSHIP: sides.leadership_present, Side.TEAM: sides.team_present, Side.READER: True}[side]


def _does_it_alone(side: Side, rule: Rule, thing: Thing) -> bool:
    if side is Side.READER:
        return False
    whose = rule.by - {thing.not_side}
    return side not in whose and not any(is_waited_for(other, thing.sides) for other in whose)


def _not_yours(actor: Actor, stands: Standing, rule: Rule, thing: Thing) -> str:
    if stands.side in rule.by and stands.side is thing.not_side:
        other = thing.sides.team or "the team"
        if stands.side is Side.TEAM:
            other = f"the leads of {thing.sides.objective_team}"
        return f"Your side proposed it: somebody of the other side ({other}) confirms it, or counters with their own: ask them (c)."
    return f"{rule.whose} {_you(actor, stands, thing.sides)}: {rule.instead.get(stands.side, 'comment (c)')}."


def _you(actor: Actor, stands: Standing, sides: Sides) -> str:
    match stands.side:
        case Side.LEADERSHIP:
            return (
                f"You stand in for a lead of {stands.team_name}"
                if stands.deputy_for
                else f"You lead {stands.team_name}"
            )
        case Side.TEAM:
            return f"You are in {stands.team_name or 'it yourself'}"
        case Side.READER:
            among = "" if sides.person_id is not None else "in "
            outside = f"are not {among}{sides.team} and " if sides.team else ""
            return f"{actor.name}, you {outside}do not lead {sides.objective_team}"


def _not_yourself(act: Act, thing: Thing) -> str:
    if act is Act.SCORE_SELF:
        wrote, other, whom = "manager", "self", f"somebody of {thing.sides.team or 'the team'}"
    else:
        wrote, other, whom = "self", "manager", f"another lead of {thing.sides.objective_team} or of a team above"
    return f"You wrote the {wrote} score of {thing.ref}, so its {other} score is somebody else's to write: ask {whom}."


def _not_now(rule: Rule, thing: Thing) -> str:
    if thing.phase not in rule.phases:
        return _wrong_phase(rule, thing)
    if rule.states and thing.state not in rule.states:
        return f"{thing.ref} is {spoken(thing.state)}: {rule.when}."
    return ""


def _wrong_phase(rule: Rule, thing: Thing) -> str:
    if thing.phase is Phase.CLOSED:
        return f"{thing.cycle} is closed and stays as it was: comment (c), or carry it into the next cycle."
    fitting = " or ".join(phase for phase in Phase if phase in rule.phases)
    sentence = f"{thing.cycle} is {thing.phase}, and this is done while a cycle is {fitting}"
    if PHASES.index(thing.phase) > max(map(PHASES.index, rule.phases)):
        return f"{sentence}: comment (c), or ask an admin to move the cycle back, with a reason."
    return f"{sentence}: ask an admin to move the cycle on."
