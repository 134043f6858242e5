"""What there is to choose from: teams, cycles, people and things by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState, Side
from okrtui.core.sides import standing
from okrtui.service import find
from okrtui.store import cycles as cycle_rows
from okrtui.store import invitations as invitation_rows
from okrtui.store import people as person_rows
from okrtui.store import teams as team_rows
from okrtui.store.listing import things_of

if TYPE_CHECKING:
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.invitations import Invitation
    from okrtui.store.people import Person
    from okrtui.store.teams import Team


@dataclass(frozen=True, slots=True)
class Thing:
    """An objective or key result by its words, and the team whose screens show it."""

    ref: str
    text: str
    team: str


def teams(session: Session) -> list[Team]:
    """Every team, each followed by those below it."""
    with session.reading() as view:
        return team_rows.in_tree_order(view.connection)


def cycles(session: Session) -> list[Cycle]:
    """Every cycle, by its first day."""
    with session.reading() as view:
        return cycle_rows.in_order(view.connection)


def people(session: Session) -> list[Person]:
    """Everybody, by handle."""
    with session.reading() as view:
        return person_rows.everybody(view.connection)


def things(session: Session, cycle: str | None) -> list[Thing]:
    """The objectives and key results of a cycle, the current one unless named, for choosing by a part of their words."""
    with session.reading() as view:
        meant = cycle_rows.by_name(view.connection, cycle) if cycle else cycle_rows.current(view.connection)
        return [Thing(*row) for row in things_of(view.connection, meant.id)] if meant else []


def people_of(session: Session, team: str) -> list[Person]:
    """Who may own a key result of a team: everybody active in it or below it, by handle.

    Raises:
        NotFound: there is no such team.
    """
    with session.reading() as view:
        return person_rows.active_below(view.connection, find.team(view, team).path)


def teams_to_invite(session: Session, ref: str) -> list[Team]:
    """The teams an objective can still be put to: its own and those below that were not invited, or were released.

    Raises:
        NotFound: there is no such objective.
    """
    with session.reading() as view:
        exchange = find.objective(view, ref)
        invited = invitation_rows.of_objective(view.connection, exchange.objective.id)
        asked = {one.team_id for one in invited if one.state != InvitationState.RELEASED}
        return [
            team
            for team in team_rows.in_tree_order(view.connection)
            if exchange.leading.id in team.chain and team.id not in asked and not team.archived
        ]


def answers_awaited(session: Session, team: str, cycle: str | None) -> dict[str, tuple[int, int]]:
    """How many other teams have pushed back on each objective of a team, and how many have not answered it, by its ref.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        leading = find.team(view, team)
        meant = cycle_rows.current(view.connection) if cycle is None else find.cycle(view, cycle)
        counts: dict[str, tuple[int, int]] = {}
        if meant is None:
            return counts
        for one in invitation_rows.from_team(view.connection, meant.id, leading.id):
            if one.team_id != leading.id:
                pushed, waiting = counts.get(f"O{one.objective_id}", (0, 0))
                pushed += one.state == InvitationState.PUSHED_BACK
                waiting += one.state == InvitationState.OPEN
                counts[f"O{one.objective_id}"] = pushed, waiting
        return counts


def unseen(session: Session, ref: str) -> tuple[int, ...]:
    """Ids of the invitations of an objective that wait for a look of whoever looks: to a team of theirs, whose side is theirs.

    Raises:
        NotFound: there is no such objective.
    """
    with session.reading() as view:
        own = {post.team_id for post in view.actor.posts if post.deputy_for is None}
        asked = invitation_rows.of_objective(view.connection, find.objective(view, ref).objective.id)
        return tuple(one.id for one in asked if one.team_id in own and _waits_for_a_look(view, one))


def _waits_for_a_look(view: View, invitation: Invitation) -> bool:
    if view.actor.handle in invitation_rows.seen_by(view.connection, invitation.id):
        return False
    sides = find.of_invitation(view, invitation).sides(view)
    return standing(view.actor, sides).side is Side.TEAM or not sides.team_present
