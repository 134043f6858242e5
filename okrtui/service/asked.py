"""As whom somebody is asked: the exchanges that may wait for a person, read together, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from okrtui.core.model import Phase, Role, Side
from okrtui.core.sides import Sides, standing
from okrtui.service.find import Exchange
from okrtui.store import cycles, needs, objectives, people, teams
from okrtui.store.teams import TeamSide

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from okrtui.core.sides import Actor
    from okrtui.service.session import View
    from okrtui.store.invitations import Invitation
    from okrtui.store.objectives import Objective
    from okrtui.store.people import Person
    from okrtui.store.sqlite import Connection
    from okrtui.store.teams import Team

RowT = TypeVar("RowT", "Objective", "Team", "Person")


@dataclass(frozen=True, slots=True)
class Asked:
    """An exchange and the sides somebody is asked as in it: none where they are asked as an owner alone."""

    invitation: Invitation
    exchange: Exchange
    acts_for: frozenset[Side]

    @property
    def slug(self) -> str:
        """The team whose screens show it."""
        return self.exchange.team.slug if self.exchange.team else self.exchange.leading.slug


class Ground:
    """Everything of the open cycles that was read so far: what many people are asked about is read once."""

    def __init__(self, view: View) -> None:
        """``view`` is the look it all is of, whoever looks."""
        self.view = view
        found = cycles.in_order(view.connection)
        self.cycles = {one.id: one for one in found if one.phase is not Phase.CLOSED}
        self.closed = next((one for one in reversed(found) if one.phase is Phase.CLOSED), None)
        self._objectives: dict[int, Objective] = {}
        self._teams: dict[int, Team] = {}
        self._people: dict[int, Person] = {}
        self._present: dict[TeamSide, bool] = {}

    def team(self, number: int) -> Team:
        """A team."""
        self._read(self._teams, [number], teams.by_ids)
        return self._teams[number]

    def exchanges(self, found: Collection[Invitation]) -> list[Exchange]:
        """The exchange each of these invitations stands in, in a query for each kind of thing."""
        self._read(self._objectives, {one.objective_id for one in found}, objectives.by_ids)
        leading = {self._objectives[one.objective_id].team_id for one in found}
        self._read(self._teams, leading | {one.team_id for one in found if one.team_id is not None}, teams.by_ids)
        self._read(self._people, {one.person_id for one in found if one.person_id is not None}, people.by_ids)
        return [self._exchange(one) for one in found]

    def _exchange(self, found: Invitation) -> Exchange:
        objective = self._objectives[found.objective_id]
        return Exchange(
            objective,
            self.cycles[objective.cycle_id],
            self._teams[objective.team_id],
            found,
            self._teams[found.team_id] if found.team_id is not None else None,
            self._people[found.person_id] if found.person_id is not None else None,
        )

    def team_present(self, asked: Collection[TeamSide]) -> dict[TeamSide, bool]:
        """Whether each of these has anybody active in it."""
        if unknown := set(asked) - self._present.keys():
            self._present |= teams.teams_present(self.view.connection, unknown, self.view.today)
        return self._present

    def _read(
        self,
        known: dict[int, RowT],
        wanted: Iterable[int],
        read: Callable[[Connection, Collection[int]], list[RowT]],
    ) -> None:
        if unknown := set(wanted) - known.keys():
            known.update((one.id, one) for one in read(self.view.connection, unknown))


def leading_for(view: View, actor: Actor) -> set[int]:
    """Teams whose leadership somebody is asked as: those they lead, and those below without an active lead of their own."""
    led = {post.team_id for post in actor.posts if post.role is Role.LEAD}
    if not led:
        return led
    chains = [post.chain for post in actor.posts if post.team_id in led]
    without = {chain[-1]: chain for chain in needs.chains_without_lead(view.connection, chains)}
    inherited = {
        number
        for number, chain in without.items()
        if next((one for one in reversed(chain) if one not in without or one in led), None) in led
    }
    return led | inherited


def asked_of(ground: Ground, actor: Actor, leading: Collection[int]) -> list[Asked]:
    """The exchanges of the open cycles that may wait for somebody, as whom they are asked in each."""
    if actor.person_id is None or not ground.cycles:
        return []
    mine = {post.team_id for post in actor.posts}
    connection = ground.view.connection
    found = needs.invitations_of(connection, ground.cycles.keys(), mine, leading, actor.person_id)
    exchanges = ground.exchanges(found)
    stand = [_side(actor, one, mine, leading) for one in exchanges]
    led = {_team_side(one) for one, side in zip(exchanges, stand, strict=True) if side is Side.LEADERSHIP}
    present = ground.team_present({one for one in led if one is not None})
    return [
        Asked(invitation, exchange, _acts_for(side, exchange, present))
        for invitation, exchange, side in zip(found, exchanges, stand, strict=True)
    ]


def _side(actor: Actor, exchange: Exchange, mine: Collection[int], leading: Collection[int]) -> Side | None:
    """The side somebody is asked as; None where others of it are: another team's leads, or the people of a team below."""
    invited = exchange.team
    person = exchange.person
    sides = Sides(
        objective_chain=exchange.leading.chain,
        objective_team=exchange.leading.name,
        team_chain=invited.chain if invited else (),
        person_id=person.id if person else None,
    )
    side = standing(actor, sides).side
    if side is Side.LEADERSHIP and exchange.leading.id in leading:
        return side
    if side is Side.TEAM and (person is not None or (invited is not None and invited.id in mine)):
        return side
    return None


def _team_side(exchange: Exchange) -> TeamSide | None:
    return TeamSide(exchange.team.path, exchange.leading.chain) if exchange.team else None


def _acts_for(side: Side | None, exchange: Exchange, present: dict[TeamSide, bool]) -> frozenset[Side]:
    if side is not Side.LEADERSHIP:
        return frozenset() if side is None else frozenset({side})
    asked = _team_side(exchange)
    team_present = present[asked] if asked else exchange.person is not None and bool(exchange.person.active)
    return frozenset({Side.LEADERSHIP} if team_present else {Side.LEADERSHIP, Side.TEAM})
