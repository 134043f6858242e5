"""Everything of one noun, with what belongs to it: people, teams, cycles, objectives, invitations, key results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.service import find
from okrtui.service.cards import Calendar, KeyResultCard, Names, cards_under
from okrtui.service.invitation_cards import InvitationCard, invitation_cards
from okrtui.store import cycles, individuals, invitations, objectives, people, teams

if TYPE_CHECKING:
    from okrtui.core.model import Phase
    from okrtui.service.session import Session, View
    from okrtui.store.invitations import Invitation
    from okrtui.store.objectives import Objective


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody, with their teams, ``sales (lead)``; ``login`` is None to all but those who set people up."""

    handle: str
    name: str
    admin: bool
    active: bool
    teams: tuple[str, ...]
    login: str | None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team; ``depth`` is 0 for the company. ``leads`` and ``members`` are handles of active people."""

    slug: str
    name: str
    under: str
    depth: int
    function: str
    steady: bool
    archived: bool
    due_weekday: int
    leads: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CycleLine:
    """A cycle; its days are ISO dates in its zone, ``week`` is None outside of it."""

    name: str
    phase: Phase
    starts: str
    ends: str
    zone: str
    week: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective; ``invited`` are slugs of teams with what each has said."""

    ref: str
    title: str
    team: str
    state: str
    ambition: str
    invited: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An objective put to a team, and its answer."""

    objective: str
    title: str
    card: InvitationCard


def everybody(session: Session) -> list[PersonLine]:
    """All people by handle."""
    with session.reading() as view:
        shown = view.actor.admin or view.actor.is_operator
        members = teams.all_members(view.connection)
        posts: dict[int, list[str]] = {}
        for team in teams.in_tree_order(view.connection):
            for one in members.get(team.id, ()):
                posts.setdefault(one.person_id, []).append(f"{team.slug} ({one.role})")
        return [
            PersonLine(
                one.handle,
                one.name,
                bool(one.admin),
                bool(one.active),
                tuple(posts.get(one.id, ())),
                one.login if shown else None,
            )
            for one in people.everybody(view.connection)
        ]


def all_teams(session: Session) -> list[TeamLine]:
    """Every team in the order of the tree."""
    with session.reading() as view:
        found = teams.in_tree_order(view.connection)
        slugs = {team.id: team.slug for team in found}
        members = teams.all_members(view.connection)
        lines = []
        for team in found:
            active = [one for one in members.get(team.id, ()) if one.active]
            lines.append(
                TeamLine(
                    team.slug,
                    team.name,
                    slugs.get(team.parent_id or 0, ""),
                    team.depth,
                    team.function,
                    bool(team.steady),
                    bool(team.archived),
                    team.due_weekday,
                    tuple(one.handle for one in active if one.role == "lead"),
                    tuple(one.handle for one in active if one.role != "lead"),
                )
            )
        return lines


def all_cycles(session: Session) -> list[CycleLine]:
    """Every cycle, the first first."""
    with session.reading() as view:
        current = cycles.current(view.connection)
        return [
            CycleLine(
                one.name,
                one.phase,
                one.starts.isoformat(),
                one.ends.isoformat(),
                one.zone,
                Calendar.load(view, one).week,
                current is not None and one.id == current.id,
            )
            for one in cycles.in_order(view.connection)
        ]


@dataclass(frozen=True, slots=True)
class _Cycle:
    """What a cycle holds, of one team or of all."""

    objectives: dict[int, Objective]
    invitations: list[Invitation]
    names: Names
    calendar: Calendar


def _of_cycle(view: View, cycle: str | None, team: str | None) -> _Cycle:
    meant = find.cycle(view, cycle)
    if team is not None:
        only = find.team(view, team).id
        written = objectives.of_team(view.connection, meant.id, only)
        asked = individuals.of_room(view.connection, meant.id, only)
        names = Names(view)
    else:
        written = objectives.of_cycle(view.connection, meant.id)
        asked = invitations.of_cycle(view.connection, meant.id)
        names = Names.load(view)
    return _Cycle({one.id: one for one in written}, asked, names, Calendar.load(view, meant))


def all_objectives(session: Session, *, cycle: str | None = None, team: str | None = None) -> list[ObjectiveLine]:
    """The objectives of a cycle: with ``team`` those it wrote and those put to it.

    Raises:
        NotFound: there is no such cycle or team.
    """
    with session.reading() as view:
        found = _of_cycle(view, cycle, team)
        answers: dict[int, list[tuple[str, str]]] = {}
        for one in found.invitations:
            answers.setdefault(one.objective_id, []).append((_invited(one, found.names), one.state))
        return [
            ObjectiveLine(
                one.ref,
                one.title,
                found.names.slug(one.team_id),
                one.state,
                one.ambition,
                tuple(answers.get(one.id, ())),
            )
            for one in found.objectives.values()
        ]


def _invited(one: Invitation, names: Names) -> str:
    return names.slug(one.team_id) or f"@{names.person(one.person_id)}"


def all_invitations(session: Session, *, cycle: str | None = None, team: str | None = None) -> list[InvitationLine]:
    """The invitations of a cycle, with ``team`` those to it; what is waited for comes first.

    Raises:
        NotFound: there is no such cycle or team.
    """
    with session.reading() as view:
        found = _of_cycle(view, cycle, team)
        cards = invitation_cards(view, found.invitations, found.objectives, found.names)
        lines = []
        for one in found.invitations:
            objective = found.objectives[one.objective_id]
            lines.append(InvitationLine(objective.ref, objective.title, cards[one.id]))
        waiting = {"pushed_back": 0, "open": 1}
        return sorted(lines, key=lambda line: waiting.get(line.card.state, 2))


def all_key_results(
    session: Session,
    *,
    cycle: str | None = None,
    team: str | None = None,
    owner: str | None = None,
    state: str | None = None,
) -> list[KeyResultCard]:
    """The key results of a cycle: of one team, owned by one person, in one state, or all.

    Raises:
        NotFound: there is no such cycle, team or person.
    """
    with session.reading() as view:
        found = _of_cycle(view, cycle, team)
        handle = find.person(view, owner).handle if owner is not None else None
        cards = cards_under(view, found.invitations, found.objectives, found.names, found.calendar)
        return [
            card
            for one in found.invitations
            for card in cards[one.id]
            if (handle is None or card.owner == handle) and (state is None or card.state == state)
        ]
