"""Key results and objectives as screens and commands show them: read in a few queries, never with the history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okrtui.core.model import KeyResultState, Phase
from okrtui.core.pace import pace, silent
from okrtui.core.progress import Item, ObjectiveProgress, roll_up
from okrtui.core.weeks import week_of
from okrtui.store import comments, invitations, key_results, people, teams

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

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


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """What a team has said to an objective; ``reworded`` since it accepted; ``pushback`` is the last round, open or not."""

    id: int
    team: str
    team_name: str
    state: str
    straight_line: str
    accepted_by: str | None
    accepted_at: str | None
    reworded: bool
    asked_at: str
    pushback: PushbackCard | None
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PushbackCard:
    """A round of pushing back, with its answer once there is one."""

    round: int
    state: str
    reason: str
    words: str
    author: str
    at: str
    answer: str | None
    answer_words: str
    answered_by: str | None
    answered_at: str | None


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

    def all_teams(self) -> list[Team]:
        """Every team looked up so far; after `load`, all there are in the order of the tree."""
        return [team for team in self._teams.values() if team is not None]

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


def key_result_card(
    view: View,
    found: KeyResult,
    objective: str,
    team: Team | None,
    names: Names,
    calendar: Calendar,
    comment_count: int,
) -> KeyResultCard:
    """A key result at a glance."""
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
        comments=comment_count,
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


def invitation_card(view: View, found: Invitation, objective: Objective, names: Names) -> InvitationCard:
    """What a team has said to an objective."""
    rounds = invitations.pushbacks(view.connection, found.id)
    pushback = None
    if rounds:
        last = rounds[-1]
        pushback = PushbackCard(
            last.round,
            last.state,
            last.reason,
            last.words,
            names.person(last.author_id) or "",
            last.at,
            last.answer,
            last.answer_words,
            names.person(last.answered_by),
            last.answered_at,
        )
    return InvitationCard(
        id=found.id,
        team=names.slug(found.team_id),
        team_name=names.name(found.team_id) or names.person(found.person_id) or "",
        state=found.state,
        straight_line=found.straight_line,
        accepted_by=names.person(found.accepted_by),
        accepted_at=found.accepted_at,
        reworded=found.accepted_text is not None and found.accepted_text != objective.text_number,
        asked_at=found.at,
        pushback=pushback,
        seen_by=tuple(invitations.seen_by(view.connection, found.id)),
    )


def progress_of_cards(cards: Iterable[KeyResultCard]) -> ObjectiveProgress:
    """The roll-up over those agreed."""
    return roll_up(Item(card.ref, card.progress, card.weight) for card in cards if card.counts)


def cards_under(
    view: View, asked: list[Invitation], objectives_by_id: Mapping[int, Objective], names: Names, calendar: Calendar
) -> dict[int, list[KeyResultCard]]:
    """The key results under these invitations, by invitation, in two queries."""
    found = key_results.of_invitations(view.connection, [one.id for one in asked])
    said = comments.counts(view.connection, [one.ref for one in found])
    by_id = {one.id: one for one in asked}
    cards: dict[int, list[KeyResultCard]] = {one.id: [] for one in asked}
    for key_result in found:
        invitation = by_id[key_result.invitation_id]
        objective = objectives_by_id[invitation.objective_id]
        team = names.team(invitation.team_id)
        card = key_result_card(view, key_result, objective.ref, team, names, calendar, said.get(key_result.ref, 0))
        cards[invitation.id].append(card)
    return cards
