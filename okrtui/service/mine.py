"""One's own page: what somebody owns and promised, how each reaches the company, and what waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okrtui.core.model import NO_MORE
from okrtui.core.names import parse_ref
from okrtui.service import commitments, find, initiative_lines
from okrtui.service.cards import Calendar, KeyResultCard, Names, Told, key_result_card
from okrtui.service.needs import of_person
from okrtui.service.sight import Sight, of_things
from okrtui.store import checkins, cycles, individuals, invitations, key_results, objectives, people, teams
from okrtui.store import commitments as commitment_rows
from okrtui.store import initiatives as initiative_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.service.commitments import CommitmentLine
    from okrtui.service.initiative_lines import InitiativeLine
    from okrtui.service.looking import Need
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle


@dataclass(frozen=True, slots=True)
class OwnObjective:
    """An individual OKR's objective: why somebody has one of their own, and what they have said to it."""

    ref: str
    title: str
    team: str
    state: str
    need: str
    need_words: str


@dataclass(frozen=True, slots=True)
class SaidThisWeek:
    """A key result's check-in of the week it is."""

    ref: str
    value: float | None
    confidence: int
    context: str


@dataclass(frozen=True, slots=True)
class Own:
    """What is somebody's in a cycle.

    ``reports`` says that check-ins are asked for now. ``growth`` holds the development goals of people whose teams they lead,
    ``checkins`` those of this week, by ref, and ``ways`` the line of sight of each thing but of development goals, by ref.
    """

    cycle: str | None = None
    week: int | None = None
    reports: bool = False
    key_results: tuple[KeyResultCard, ...] = ()
    objectives: tuple[OwnObjective, ...] = ()
    initiatives: tuple[InitiativeLine, ...] = ()
    commitments: tuple[CommitmentLine, ...] = ()
    growth: tuple[CommitmentLine, ...] = ()
    checkins: dict[str, SaidThisWeek] = field(default_factory=dict)
    ways: dict[str, Sight] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Me:
    """Somebody's own page: who they are, what is theirs in a cycle, and what waits for them in any."""

    handle: str
    name: str
    admin: bool
    teams: tuple[tuple[str, str], ...]
    own: Own
    needs_you: tuple[Need, ...]


def me(session: Session, cycle: str | None = None, *, with_needs: bool = True) -> Me:
    """One's own page, in the current cycle unless another is named; ``with_needs`` False where `guide.frame` tells them.

    Raises:
        NotAllowed: for the operator, who is no person here.
        NotFound: there is no such cycle.
    """
    with session.reading() as view:
        person_id = view.person_id
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        return Me(
            handle=view.actor.handle,
            name=view.actor.name,
            admin=view.actor.admin,
            teams=tuple((team.slug, team.name) for team in teams.of_person(view.connection, person_id)),
            own=Own() if meant is None else _own(view, meant),
            needs_you=tuple(of_person(view, person_id)) if with_needs else (),
        )


def _own(view: View, cycle: Cycle) -> Own:
    connection, me = view.connection, view.person_id
    names, calendar = Names(view), Calendar.load(view, cycle)
    cards = _cards(view, cycle, names, calendar)
    mine = _objectives(view, cycle, names)
    works = initiative_lines.lines(view, initiative_rows.of_owner(connection, cycle.id, me), names)
    promised = commitments.lines(view, commitment_rows.of_person(connection, cycle.id, me), names)
    growth = commitment_rows.growth_under(connection, cycle.id, me)
    reaching = [one.ref for group in (cards, mine, works) for one in group]
    reaching += [one.ref for one in promised if one.about]
    return Own(
        cycle=cycle.name,
        week=calendar.week,
        reports=calendar.reports,
        key_results=tuple(cards),
        objectives=tuple(mine),
        initiatives=tuple(works),
        commitments=tuple(promised),
        growth=tuple(commitments.lines(view, growth, names)),
        checkins=_checkins(view, cards, calendar.week),
        ways=of_things(view, reaching),
    )


def _cards(view: View, cycle: Cycle, names: Names, calendar: Calendar) -> list[KeyResultCard]:
    found = []
    for one in key_results.of_owner(view.connection, cycle.id, view.person_id):
        if one.state in NO_MORE:
            continue
        exchange = find.of_invitation(view, invitations.by_id(view.connection, one.invitation_id))
        team = exchange.team or exchange.leading
        found.append(key_result_card(view, one, exchange.objective.ref, team, names, calendar, Told()))
    return found


def _objectives(view: View, cycle: Cycle, names: Names) -> list[OwnObjective]:
    asked = individuals.standing_with(view.connection, cycle.id, view.person_id)
    if not asked:
        return []
    by_id = {one.id: one for one in objectives.by_ids(view.connection, {one.objective_id for one in asked})}
    own = []
    for one in asked:
        found = by_id[one.objective_id]
        team = names.slug(found.team_id)
        own.append(OwnObjective(found.ref, found.title, team, one.state, one.need, one.need_words))
    return own


def _checkins(view: View, cards: Iterable[KeyResultCard], week: int | None) -> dict[str, SaidThisWeek]:
    found = {}
    for card in cards:
        if week is None or card.checked_week != week:
            continue
        last = checkins.history(view.connection, parse_ref(card.ref).number)[-1]
        found[card.ref] = SaidThisWeek(card.ref, last.value, last.confidence, last.context)
    return found


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be promised to, each a ref with its words: key results and initiatives of one's teams and of the one shown.

    ``of_team`` holds the key results of the one shown alone, for its initiatives, and ``people`` who may own one of these.
    """

    key_results: tuple[tuple[str, str], ...]
    initiatives: tuple[tuple[str, str], ...]
    of_team: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]


def choices(session: Session, team: str, cycle: str | None = None) -> Choices:
    """What somebody can promise to, or write an initiative for, in a cycle, the current one unless named.

    Raises:
        NotAllowed: for the operator, who is no person here.
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        where, shown = find.cycle(view, cycle), find.team(view, team)
        own = [one for one in teams.of_person(view.connection, view.person_id) if one.id != shown.id]
        standing = {one.id: _standing(view, where, one.id) for one in (shown, *own)}
        works = [one for team_id in standing for one in initiative_rows.of_team(view.connection, where.id, team_id)]
        return Choices(
            tuple(one for found in standing.values() for one in found),
            tuple((one.ref, f"{one.ref} {one.title}") for one in works if one.status in {"planned", "doing"}),
            tuple(standing[shown.id]),
            tuple(
                (one.handle, f"{one.name} (@{one.handle})") for one in people.active_below(view.connection, shown.path)
            ),
        )


def _standing(view: View, cycle: Cycle, team_id: int) -> list[tuple[str, str]]:
    asked = [one.id for one in individuals.of_room(view.connection, cycle.id, team_id)]
    found = key_results.of_invitations(view.connection, asked) if asked else []
    return [(one.ref, f"{one.ref} {one.statement}") for one in found if one.state not in NO_MORE]
