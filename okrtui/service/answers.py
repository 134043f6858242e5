"""What the teams have said to the objectives they were asked about: how many, and who has not answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState
from okrtui.service import find
from okrtui.service.cards import Names
from okrtui.store import cycles, invitations, listing

if TYPE_CHECKING:
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle


@dataclass(frozen=True, slots=True)
class Answers:
    """How many teams stand where with one objective; ``teams`` are their slugs."""

    accepted: int
    pushed_back: int
    unanswered: int
    released: int
    teams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A team, or a person as @handle, that was asked and has not accepted: an invitation that is open, or was pushed back.

    ``since`` is when it was asked, or pushed back for the ``reason`` given; ``seen_by`` counts who of it has looked.
    """

    ref: str
    team: str
    team_name: str
    state: str
    since: str
    reason: str
    seen_by: int


def counted(session: Session, team: str, cycle: str | None) -> dict[str, Answers]:
    """How the teams answered each objective that a team's leads wrote for a cycle, by its ref.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        meant = _cycle(view, cycle)
        if meant is None:
            return {}
        names = Names(view)
        states: dict[str, list[tuple[str, str]]] = {}
        for one in invitations.from_team(view.connection, meant.id, find.team(view, team).id):
            states.setdefault(f"O{one.objective_id}", []).append((names.slug(one.team_id), one.state))
        return {ref: _answers(found) for ref, found in states.items()}


def _cycle(view: View, name: str | None) -> Cycle | None:
    return cycles.current(view.connection) if name is None else find.cycle(view, name)


def _answers(found: list[tuple[str, str]]) -> Answers:
    states = [state for _, state in found]
    return Answers(
        accepted=states.count(InvitationState.ACCEPTED),
        pushed_back=states.count(InvitationState.PUSHED_BACK),
        unanswered=states.count(InvitationState.OPEN) + states.count(InvitationState.UNANSWERED),
        released=states.count(InvitationState.RELEASED),
        teams=frozenset(slug for slug, _ in found),
    )


def unanswered(session: Session, team: str, cycle: str | None) -> tuple[Unanswered, ...]:
    """Who has not answered, of what whoever looks leads: objectives of the team shown, and those put to it.

    What was pushed back comes first, for it waits for leadership; then the longest asked.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        meant = _cycle(view, cycle)
        if meant is None:
            return ()
        names = Names(view)
        rows = listing.unanswered(view.connection, meant.id, find.team(view, team).id)
        led = {number for number in {row[0] for row in rows} if _leads(view, names, number)}
        found = [Unanswered(*row[1:]) for row in rows if row[0] in led]
        return tuple(sorted(found, key=lambda one: (one.state != InvitationState.PUSHED_BACK, one.since)))


def _leads(view: View, names: Names, team_id: int) -> bool:
    team = names.team(team_id)
    return team is not None and view.actor.leads(team.chain) is not None
