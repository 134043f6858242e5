"""A team's room: its objectives and key results at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.model import ObjectiveState, Phase
from okrtui.core.weeks import weeks
from okrtui.service import find
from okrtui.service.activity import Line, recent
from okrtui.service.cards import Calendar, KeyResultCard, Names, ObjectiveCard, cards_under, progress_of_cards
from okrtui.service.invitation_cards import InvitationCard, invitation_cards
from okrtui.service.needs import of_person
from okrtui.service.overdone import warned
from okrtui.store import cycles, individuals, links, objectives, teams

if TYPE_CHECKING:
    from okrtui.service.looking import Need
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.objectives import Objective
    from okrtui.store.teams import Team


@dataclass(frozen=True, slots=True)
class Place:
    """Where a screen is: the team and the cycle, and the week there. ``cycle`` is empty while there is none."""

    team: str
    team_name: str
    cycle: str
    phase: Phase | None
    week: int | None
    weeks: int
    starts: str = ""
    ends: str = ""

    @property
    def text(self) -> str:
        """As the header says it: "Sales ▸ 2026-Q4 ▸ week 9 of 13, running"."""
        if not self.cycle:
            return f"{self.team_name} ▸ no cycle yet"
        if self.week is None:
            return f"{self.team_name} ▸ {self.cycle} ▸ {self.phase}"
        return f"{self.team_name} ▸ {self.cycle} ▸ week {self.week} of {self.weeks}, {self.phase}"

    @property
    def short(self) -> str:
        """The same where there is little room: "Sales ▸ 2026-Q4 ▸ week 9"."""
        if not self.cycle or self.week is None:
            return self.text
        return f"{self.team_name} ▸ {self.cycle} ▸ week {self.week}"


@dataclass(frozen=True, slots=True)
class Room:
    """Everything the room shows, read at one time."""

    place: Place
    objectives: tuple[ObjectiveCard, ...]
    needs_you: tuple[Need, ...]
    activity: tuple[Line, ...]
    steady: bool
    warnings: tuple[str, ...] = ()
    """What the team is asked about its individual OKRs."""


def home(session: Session) -> tuple[str, str | None]:
    """Where somebody's screens begin: the slug of their own team, or the company's, and the current cycle's name."""
    with session.reading() as view:
        own = teams.of_person(view.connection, view.actor.person_id) if view.actor.person_id else []
        deepest = max(own, key=lambda team: team.depth, default=None) or find.company(view)
        cycle = cycles.current(view.connection)
        return deepest.slug, cycle.name if cycle else None


def place(view: View, team: Team, cycle: Cycle | None) -> Place:
    """The team, the cycle and the week there."""
    if cycle is None:
        return Place(team.slug, team.name, "", None, None, 0)
    calendar = Calendar.load(view, cycle)
    return Place(
        team.slug,
        team.name,
        cycle.name,
        cycle.phase,
        calendar.week,
        len(weeks(cycle.starts, cycle.ends)),
        cycle.starts.isoformat(),
        cycle.ends.isoformat(),
    )


def room(session: Session, team: str, cycle: str | None = None, *, activity: int = 30, with_needs: bool = True) -> Room:
    """A team's room in a cycle, the current one unless named; ``with_needs`` False where `guide.frame` tells what waits.

    Raises:
        NotFound: there is no such team, or no such cycle.
    """
    with session.reading() as view:
        found = find.team(view, team)
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        needs = of_person(view, view.actor.person_id) if with_needs and view.actor.person_id else []
        cards = _cards(view, found, meant) if meant else ()
        return Room(
            place(view, found, meant),
            cards,
            tuple(needs),
            tuple(recent(view, [found.id], activity)),
            bool(found.steady),
            warned(view, found, meant) if meant else (),
        )


def objectives_of(session: Session, team: str, cycle: str | None = None) -> tuple[Place, tuple[ObjectiveCard, ...]]:
    """What a team's leads wrote and what was put to the team, with its invitation and key results.

    Raises:
        NotFound: there is no such team, or no such cycle.
    """
    with session.reading() as view:
        found = find.team(view, team)
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        return place(view, found, meant), _cards(view, found, meant, drafts=True) if meant else ()


def _cards(view: View, team: Team, cycle: Cycle, *, drafts: bool = False) -> tuple[ObjectiveCard, ...]:
    names, calendar = Names(view), Calendar.load(view, cycle)
    shown = [one for one in objectives.of_team(view.connection, cycle.id, team.id) if drafts or _is_shown(one, team)]
    by_id = {one.id: one for one in shown}
    own = [one for one in individuals.of_room(view.connection, cycle.id, team.id) if one.objective_id in by_id]
    cards = cards_under(view, own, by_id, names, calendar)
    answers = invitation_cards(view, own, by_id, names)
    invited = {one.objective_id: one for one in own}
    linked = links.linked(view.connection, [one.ref for one in shown])
    found = []
    for objective in shown:
        one = invited.get(objective.id)
        answer = answers[one.id] if one else None
        under = tuple(cards[one.id]) if one else ()
        written_by = names.team(objective.team_id)
        is_linked = objective.ref in linked or (written_by is not None and written_by.parent_id is None)
        found.append(_card(objective, answer, under, names, linked=is_linked))
    return tuple(found)


def _is_shown(objective: Objective, team: Team) -> bool:
    if objective.state == ObjectiveState.WITHDRAWN:
        return False
    return objective.state == ObjectiveState.PUBLISHED or objective.team_id == team.id


def _card(
    objective: Objective,
    answer: InvitationCard | None,
    under: tuple[KeyResultCard, ...],
    names: Names,
    *,
    linked: bool,
) -> ObjectiveCard:
    return ObjectiveCard(
        ref=objective.ref,
        title=objective.title,
        why=objective.why,
        ambition=objective.ambition,
        state=objective.state,
        team=names.slug(objective.team_id),
        team_name=names.name(objective.team_id),
        author=names.person(objective.author_id) or "",
        linked=linked,
        invitation=answer,
        progress=progress_of_cards(under),
        key_results=under,
    )
