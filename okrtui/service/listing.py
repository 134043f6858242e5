"""What there is to choose from: teams, cycles, people and things by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.model import Side
from okrtui.core.sides import Sides, standing
from okrtui.service import find
from okrtui.store import cycles as cycle_rows
from okrtui.store import individuals
from okrtui.store import invitations as invitation_rows
from okrtui.store import objectives as objective_rows
from okrtui.store import people as person_rows
from okrtui.store import teams as team_rows
from okrtui.store.listing import things_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
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


def owners(session: Session, objective: str, team: str) -> list[Person]:
    """Who may own a team's key result under an objective, by handle: its team's side, or anybody there if it has nobody.

    Of an individual OKR it is its person alone.

    Raises:
        NotFound: there is no such objective or team.
    """
    with session.reading() as view:
        exchange, meant = find.objective(view, objective), find.team(view, team)
        if one_person := individuals.of_objective(view.connection, exchange.objective.id):
            return person_rows.by_ids(view.connection, [one_person.person_id or 0])
        asked = team_rows.TeamSide(meant.path, exchange.leading.chain)
        active = person_rows.active_below(view.connection, meant.path)
        own = team_rows.on_team_side(view.connection, asked, view.today)
        return [one for one in active if one.id in own] or active


def teams_below(session: Session, ref: str) -> list[Team]:
    """The teams an objective may be put to: its own and those below, but for archived ones that were never asked.

    Raises:
        NotFound: there is no such objective.
    """
    with session.reading() as view:
        exchange = find.objective(view, ref)
        asked = {one.team_id for one in invitation_rows.of_objective(view.connection, exchange.objective.id)}
        return [
            team
            for team in team_rows.in_tree_order(view.connection)
            if exchange.leading.id in team.chain and (team.id in asked or not team.archived)
        ]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An objective of a cycle before; ``goes_on`` says that the cycle asked about has one that was started from it."""

    ref: str
    title: str
    cycle: str
    goes_on: bool


def to_go_on_from(session: Session, team: str, cycle: str | None) -> list[Earlier]:
    """What a team published for earlier cycles, the last one first: an objective can be started from one.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        meant, own = find.cycle(view, cycle), find.team(view, team)
        rows = objective_rows.to_go_on_from(view.connection, own.id, meant.id)
        return [Earlier(f"O{number}", title, name, bool(goes_on)) for number, title, name, goes_on in rows]


def unseen(session: Session, ref: str) -> tuple[int, ...]:
    """Ids of the invitations of an objective that wait for a look of whoever looks: to a team of theirs, whose side is theirs.

    Raises:
        NotFound: there is no such objective.
    """
    with session.reading() as view:
        own = {post.team_id for post in view.actor.posts if post.deputy_for is None}
        exchange = find.objective(view, ref)
        asked = [
            one
            for one in invitation_rows.of_objective(view.connection, exchange.objective.id)
            if one.team_id in own or one.person_id == view.actor.person_id
        ]
        seen = invitation_rows.seen_by(view.connection, [one.id for one in asked])
        theirs = _waiting_for_a_look(view, exchange.leading, {one.team_id for one in asked if one.team_id is not None})
        return tuple(
            one.id
            for one in asked
            if view.actor.handle not in seen.get(one.id, ()) and (one.team_id is None or one.team_id in theirs)
        )


def _waiting_for_a_look(view: View, leading: Team, asked: Collection[int]) -> set[int]:
    """Those of these teams whose side is that of whoever looks, or nobody's, towards an objective of the leading one."""
    invited = team_rows.by_ids(view.connection, asked)
    sides = {one.id: team_rows.TeamSide(one.path, leading.chain) for one in invited}
    present = team_rows.teams_present(view.connection, set(sides.values()), view.today)
    return {
        one.id
        for one in invited
        if not present[sides[one.id]]
        or standing(view.actor, Sides(leading.chain, leading.name, one.chain)).side is Side.TEAM
    }
