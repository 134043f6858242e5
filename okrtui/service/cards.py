"""Key results and objectives as screens and commands show them: read in a few queries, never with the history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okrtui.core.model import KeyResultState, Phase
from okrtui.core.pace import pace, silent
from okrtui.core.progress import Item, ObjectiveProgress, roll_up
from okrtui.core.weeks import week_of
from okrtui.store import comments, dots, key_results, people, quiets, suggestions, teams

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from okrtui.service.invitation_cards import InvitationCard
    from okrtui.service.session import View
    from okrtui.store.cycles import Cycle
    from okrtui.store.invitations import Invitation
    from okrtui.store.key_results import KeyResult
    from okrtui.store.objectives import Objective
    from okrtui.store.people import Person
    from okrtui.store.teams import Team


@dataclass(frozen=True, slots=True)
class KeyResultCard:
    """A key result at a glance.

    ``progress`` is 0 to 1 or None without data; ``pace`` is in words, None where there is none; ``trend`` holds week,
    value and confidence of the last check-ins, the oldest first; ``silent`` says that a due day went by without one.
    ``suggestions`` counts the open ones; ``imported_by`` is None once the team adopted it; ``quieted`` are the rules of the
    writing checks that ask no more.
    """

    ref: str
    objective: str
    team: str
    statement: str
    state: str
    kind: str | None
    unit: str
    baseline: float | None
    target: float | None
    low: float | None
    high: float | None
    weight: float
    owner: str | None
    owner_active: bool
    author: str
    control: str | None
    value: float | None
    progress: float | None
    pace: str | None
    confidence: int | None
    fell: bool
    checked_week: int | None
    silent: bool
    trend: tuple[tuple[int, float | None, int], ...]
    amendment: str | None
    parked_from: str | None
    reason: str
    comments: int
    dots: int
    my_dots: int
    suggestions: int
    imported_by: str | None
    quieted: tuple[str, ...]
    version: int

    @property
    def counts(self) -> bool:
        """Whether it counts in its objective's progress."""
        return self.state == KeyResultState.AGREED


@dataclass(frozen=True, slots=True)
class ObjectiveCard:
    """An objective as one team sees it: its text, that team's invitation and the key results under it."""

    ref: str
    title: str
    why: str
    ambition: str
    state: str
    team: str
    team_name: str
    author: str
    linked: bool
    invitation: InvitationCard | None
    progress: ObjectiveProgress
    key_results: tuple[KeyResultCard, ...] = field(default=())


class Names:
    """Handles of people and slugs of teams by id, each looked up once for a whole screen."""

    def __init__(self, view: View) -> None:
        """Nothing is read before it is asked for, so that a screen pays for whom it names and not for everybody."""
        self._connection = view.connection
        self._people: dict[int, Person | None] = {}
        self._teams: dict[int, Team | None] = {}

    @classmethod
    def load(cls, view: View) -> Names:
        """Everybody and every team, for what shows a whole company."""
        names = cls(view)
        names._people.update((one.id, one) for one in people.everybody(view.connection))
        names._teams.update((team.id, team) for team in teams.in_tree_order(view.connection))
        return names

    def _person(self, number: int) -> Person | None:
        if number not in self._people:
            self._people[number] = people.by_id(self._connection, number)
        return self._people[number]

    def team(self, number: int | None) -> Team | None:
        """A team, None for none."""
        if number is None:
            return None
        if number not in self._teams:
            self._teams[number] = teams.by_id(self._connection, number)
        return self._teams[number]

    def person(self, number: int | None) -> str | None:
        """The handle of a person, None for nobody."""
        found = None if number is None else self._person(number)
        return found.handle if found else None

    def is_active(self, number: int | None) -> bool:
        """Whether this is somebody active."""
        found = None if number is None else self._person(number)
        return bool(found and found.active)

    def slug(self, number: int | None) -> str:
        """The slug of a team, empty for none."""
        found = self.team(number)
        return found.slug if found else ""

    def name(self, number: int | None) -> str:
        """The name of a team, empty for none."""
        found = self.team(number)
        return found.name if found else ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a cycle's key results are read against: the day and the week it is there."""

    cycle: Cycle
    today: date
    week: int | None

    @classmethod
    def load(cls, view: View, cycle: Cycle) -> Calendar:
        """The day and the week in the cycle's time zone."""
        today = view.day_in(cycle)
        found = week_of(today, cycle.starts, cycle.ends)
        return cls(cycle, today, found.number if found else None)

    @property
    def reports(self) -> bool:
        """Whether check-ins are asked for now."""
        return self.cycle.phase in {Phase.RUNNING, Phase.SCORING} and self.today >= self.cycle.starts


@dataclass(frozen=True, slots=True)
class Told:
    """What people said of key results beside their words, each kind read once for a whole list."""

    comments: Mapping[str, int] = field(default_factory=dict)
    dots: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    suggestions: Mapping[int, int] = field(default_factory=dict)
    quiets: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View, found: Sequence[KeyResult]) -> Told:
        """All of it for these."""
        connection, ids = view.connection, [one.id for one in found]
        return cls(
            comments.counts(connection, [one.ref for one in found]),
            dots.counts(connection, ids, view.actor.person_id),
            suggestions.open_counts(connection, ids),
            quiets.of_key_results(connection, ids),
        )


def key_result_card(
    view: View, found: KeyResult, objective: str, team: Team | None, names: Names, calendar: Calendar, told: Told
) -> KeyResultCard:
    """A key result at a glance."""
    all_dots, my_dots = told.dots.get(found.id, (0, 0))
    return KeyResultCard(
        ref=found.ref,
        objective=objective,
        team=team.slug if team else "",
        statement=found.statement,
        state=found.state,
        kind=found.kind,
        unit=found.unit,
        baseline=found.baseline,
        target=found.target,
        low=found.low,
        high=found.high,
        weight=found.weight,
        owner=names.person(found.owner_id),
        owner_active=names.is_active(found.owner_id),
        author=names.person(found.author_id) or "",
        control=found.control,
        value=found.value,
        progress=found.progress,
        pace=_pace_text(view, found, calendar),
        confidence=found.confidence,
        fell=bool(found.fell),
        checked_week=found.checked_week,
        silent=_is_silent(view, found, team, calendar),
        trend=tuple(found.weeks),
        amendment=found.amendment,
        parked_from=found.parked_from,
        reason=found.reason,
        comments=told.comments.get(found.ref, 0),
        dots=all_dots,
        my_dots=my_dots,
        suggestions=told.suggestions.get(found.id, 0),
        imported_by=names.person(found.imported_by) if found.waits_for_adoption else None,
        quieted=tuple(told.quiets.get(found.id, ())),
        version=found.version,
    )


def _pace_text(view: View, found: KeyResult, calendar: Calendar) -> str | None:
    if found.state != KeyResultState.AGREED or found.agreed_at is None or not calendar.reports:
        return None
    if found.kind not in {"increase", "decrease", "milestone"}:
        return None
    cycle = calendar.cycle
    agreed = view.day_of(found.agreed_at, cycle)
    measured = pace(found.progress, agreed, calendar.today, cycle.starts, cycle.ends)
    return measured.text if measured else None


def _is_silent(view: View, found: KeyResult, team: Team | None, calendar: Calendar) -> bool:
    if found.state != KeyResultState.AGREED or found.agreed_at is None or not calendar.reports:
        return False
    cycle = calendar.cycle
    agreed = view.day_of(found.agreed_at, cycle)
    due = team.due_weekday if team else 4
    return silent(found.checked_week, agreed, calendar.today, cycle.starts, cycle.ends, due)


def progress_of_cards(cards: Iterable[KeyResultCard]) -> ObjectiveProgress:
    """The roll-up over those agreed."""
    return roll_up(Item(card.ref, card.progress, card.weight) for card in cards if card.counts)


def cards_under(
    view: View, asked: list[Invitation], objectives_by_id: Mapping[int, Objective], names: Names, calendar: Calendar
) -> dict[int, list[KeyResultCard]]:
    """The key results under these invitations, by invitation, in as many queries whatever their number."""
    found = key_results.of_invitations(view.connection, [one.id for one in asked])
    told = Told.of(view, found)
    by_id = {one.id: one for one in asked}
    cards: dict[int, list[KeyResultCard]] = {one.id: [] for one in asked}
    for key_result in found:
        invitation = by_id[key_result.invitation_id]
        objective = objectives_by_id[invitation.objective_id]
        team = names.team(invitation.team_id or objective.team_id)
        card = key_result_card(view, key_result, objective.ref, team, names, calendar, told)
        cards[invitation.id].append(card)
    return cards
