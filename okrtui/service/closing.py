"""Closing: what becomes of each key result, and how it goes on in the next cycle.

What is kept, changed or deferred goes on as a draft with a link to where it came from and its progress empty: by itself,
under an objective that was started from the one it stood under and is put to the same team; else where its team carries it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import NotAllowed
from okrtui.core.inputs import CloseEntry
from okrtui.core.model import CloseDecision, KeyResultState, Phase, Side
from okrtui.core.sides import standing
from okrtui.service import find
from okrtui.store import closing, cycles, individuals, invitations, key_results, people

if TYPE_CHECKING:
    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.invitations import Invitation
    from okrtui.store.key_results import KeyResult
    from okrtui.store.rows import Value
    from okrtui.store.teams import Team

GOES_ON = frozenset({CloseDecision.KEEP, CloseDecision.CHANGE, CloseDecision.DEFER})

# What a key result takes along. Its week-nine answer was for the quarter that is over, and the day a baseline was due has
# gone by: both are asked again.
_TAKEN = (
    "statement",
    "kind",
    "unit",
    "baseline",
    "target",
    "low",
    "high",
    "done_means",
    "measure",
    "weight",
    "control",
    "shared_team_id",
    "guidance_low",
    "guidance_middle",
    "guidance_high",
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A key result of an earlier cycle that goes on and stands nowhere yet; ``asked`` is the slug of its team, or its @person."""

    ref: str
    cycle: str
    objective: str
    asked: str
    statement: str
    decision: str
    words: str


class ToCarry(NamedTuple):
    """How many key results go on and stand nowhere yet: of a team, and of whoever looks alone."""

    team: int
    own: int


def decide(session: Session, ref: str, decision: str, words: str = "") -> None:
    """Decide what becomes of an agreed key result; anybody of its two sides may, and decide otherwise until the cycle closes.

    Raises:
        NotAllowed: by a reader; it is not agreed; the cycle is not scoring.
        Invalid: the decision is none of the five, or a change says nothing of what changes.
    """
    entry = entered(CloseEntry, {"decision": decision, "words": words})
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = deed.must(Act.KR_CLOSE, exchange.on_key_result(deed, key_result))
        before = closing.decisions(deed.connection, [key_result.id]).get(key_result.id)
        made = closing.CloseDecision(key_result.id, str(entry.decision), entry.words, deed.person_id, deed.at)
        closing.decide(deed.connection, made)
        deed.record(
            Act.KR_CLOSE,
            key_result.ref,
            leave=leave,
            cycle_id=exchange.cycle.id,
            team_id=exchange.team_id,
            before={"decision": before.decision, "words": before.words} if before else {},
            after={"decision": made.decision, "words": made.words},
        )


def carry(session: Session, ref: str, under: str, team: str | None = None) -> str:
    """Carry a key result into another cycle by hand, as a draft under an objective that was put to its team, or its person, there.

    Returns:
        The draft's ref.

    Raises:
        NotAllowed: by anybody but the team; its cycle is not closed; it was decided to drop it, or that it is done; it is of
            another team, went on already, or the objective is of the same cycle.
        NotFound: there is no such key result or objective.
        Ambiguous: the objective was put to several teams and none was named.
    """
    with session.writing() as deed:
        key_result, came_from = find.key_result(deed, ref)
        to = find.invitation(deed, under, team or came_from.asked)
        leave = deed.must(Act.KR_ADD, to.on_invitation(deed))
        _must_go_on(deed, key_result, came_from, to)
        return _carry(deed, key_result, to, leave)


def _must_go_on(deed: Deed, key_result: KeyResult, came_from: Exchange, to: Exchange) -> None:
    if came_from.cycle.id == to.cycle.id:
        raise NotAllowed(f"{to.objective.ref} is of the same cycle: carry {key_result.ref} to one of another.")
    if came_from.cycle.phase is not Phase.CLOSED:
        raise NotAllowed(
            f"{key_result.ref} goes on once {came_from.cycle.name} is closed: until then it may be decided otherwise."
        )
    if came_from.asked != to.asked:
        whose = "of another team" if came_from.team and to.team else f"{came_from.asked}'s own"
        raise NotAllowed(
            f"{key_result.ref} is {whose}, and {to.objective.ref} was put to {to.asked}: write it anew there (a)."
        )
    if later := closing.carried_to(deed.connection, key_result.id):
        raise NotAllowed(f"{key_result.ref} goes on already as KR{later[-1]}: edit that one (e).")
    decided = closing.decisions(deed.connection, [key_result.id]).get(key_result.id)
    if decided is None or decided.decision not in GOES_ON:
        so_far = f"decided: {decided.decision}" if decided else "not decided"
        raise NotAllowed(
            f"Only what is kept, changed or deferred goes on, and of {key_result.ref} that was {so_far}: write it anew (a)."
        )


def _carry(deed: Deed, key_result: KeyResult, to: Exchange, leave: Leave | None) -> str:
    assert to.invitation is not None  # noqa: S101  # it goes under an invitation
    place: dict[str, Value] = {
        "invitation_id": to.invitation.id,
        "state": str(KeyResultState.DRAFT),
        "origin_id": key_result.id,
        "author_id": key_result.author_id,
        "owner_id": _owner(deed, key_result, to),
        "at": deed.at,
    }
    number = key_results.add(deed.connection, {**place, **{name: getattr(key_result, name) for name in _TAKEN}})
    steps = key_results.steps(deed.connection, key_result.id)
    key_results.set_steps(deed.connection, number, [(step.name, step.weight) for step in steps])
    last = key_results.texts(deed.connection, key_result.id)[-1]
    key_results.keep_text(deed.connection, number, side=last.side, reason="", author_id=last.author_id, at=deed.at)
    deed.record(
        "kr.carry",
        f"KR{number}",
        leave=leave,
        cycle_id=to.cycle.id,
        team_id=to.team_id,
        after={"origin": key_result.ref, "objective": to.objective.ref, "state": str(KeyResultState.DRAFT)},
    )
    return f"KR{number}"


def _owner(deed: Deed, key_result: KeyResult, to: Exchange) -> int | None:
    """Its owner, where they are still here and of the team's side, or it has nobody else."""
    owner = people.by_id(deed.connection, key_result.owner_id) if key_result.owner_id else None
    if owner is None or not owner.active:
        return None
    sides = to.sides(deed)
    stays = not sides.team_present or standing(find.acting(deed, owner), sides).side is Side.TEAM
    return owner.id if stays else None


def carry_along(deed: Deed, to: Exchange) -> list[str]:
    """Carry what goes on under the objective that another was started from, now that it is put to the same team.

    Only of a cycle that is closed: until then a decision may still be changed. Nobody writes by it: the words stay those of
    whoever wrote them.
    """
    origin = to.objective.origin_id
    came_from = _asked_before(deed, origin, to) if origin is not None else None
    if came_from is None or find.of_invitation(deed, came_from).cycle.phase is not Phase.CLOSED:
        return []
    wanted = set(closing.to_carry_under(deed.connection, came_from.id))
    under = key_results.of_invitations(deed.connection, [came_from.id])
    return [_carry(deed, one, to, None) for one in under if one.id in wanted]


def _asked_before(deed: Deed, objective: int, to: Exchange) -> Invitation | None:
    """The invitation of an earlier objective to the same team, or the same person."""
    if to.team is not None:
        return invitations.of_team(deed.connection, objective, to.team.id)
    found = individuals.of_objective(deed.connection, objective)
    return found if found is not None and to.person is not None and found.person_id == to.person.id else None


def carry_on(deed: Deed, cycle: Cycle) -> list[str]:
    """As a cycle closes: carry what goes on under objectives that were started from its own already."""
    return [
        ref
        for asked in invitations.started_from(deed.connection, cycle.id)
        for ref in carry_along(deed, find.of_invitation(deed, asked))
    ]


def waiting_of(session: Session, team: str) -> list[Waiting]:
    """What `waiting` gives, for whoever is not looking already.

    Raises:
        NotFound: there is no such team.
    """
    with session.reading() as view:
        return waiting(view, find.team(view, team))


def count_waiting(session: Session, team: str) -> ToCarry:
    """How many those are, without reading them.

    Raises:
        NotFound: there is no such team.
    """
    with session.reading() as view:
        meant, closed = find.team(view, team), cycles.last_closed(view.connection)
        if closed is None:
            return ToCarry(0, 0)
        own = closing.waiting_of_person(view.connection, closed.id, view.actor.person_id or 0)
        below = closing.waiting_by_team(view.connection, closed.id, [meant.id])
        return ToCarry(below.get(meant.id, 0), own.get(meant.id, 0))


def waiting(view: View, team: Team) -> list[Waiting]:
    """A team's key results of the cycle closed last that go on and stand nowhere yet, for it to carry.

    With them those of whoever looks, that its leads put to them alone.
    """
    closed = cycles.last_closed(view.connection)
    if closed is None:
        return []
    numbers = closing.to_carry(view.connection, closed.id, team.id, view.actor.person_id)
    decided = closing.decisions(view.connection, numbers)
    found = []
    for number in numbers:
        key_result, exchange = find.key_result(view, f"KR{number}")
        one = decided[number]
        found.append(
            Waiting(
                ref=key_result.ref,
                cycle=closed.name,
                objective=exchange.objective.ref,
                asked=exchange.asked,
                statement=key_result.statement,
                decision=one.decision,
                words=one.words,
            )
        )
    return found
