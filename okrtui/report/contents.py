"""What a report of a cycle holds, read at one time: teams, their objectives, key results, scores, answers, learning.

Scores and progress stand with key results and teams, never with people: a report names no owner beside a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.model import Ambition, KeyResultState, ObjectiveState
from okrtui.core.progress import ObjectiveProgress, weighted_scores
from okrtui.core.scores import reading
from okrtui.core.weeks import weeks
from okrtui.service import find
from okrtui.service.cards import Calendar, KeyResultCard, Names, cards_under, progress_of_cards
from okrtui.store import invitations, objectives, scores

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.core.progress import ObjectiveScore
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.invitations import Invitation, Pushback
    from okrtui.store.objectives import Objective
    from okrtui.store.teams import Team


@dataclass(frozen=True, slots=True)
class KeyResultPart:
    """An agreed key result, or one that was dropped; ``agreed_score`` is 0.0 to 1.0, None without one.

    ``settled`` says whether its two sides have settled the score, which may be "no score" for the reason in ``remark``.
    """

    ref: str
    statement: str
    state: str
    kind: str | None
    unit: str
    baseline: float | None
    value: float | None
    target: float | None
    low: float | None
    high: float | None
    progress: float | None
    confidence: int | None
    pace: str | None
    reason: str
    settled: bool
    agreed_score: float | None
    reading: str | None
    remark: str


@dataclass(frozen=True, slots=True)
class PushbackPart:
    """A round of pushing back and its answer."""

    round: int
    state: str
    reason: str
    words: str
    answer: str | None
    answer_words: str


@dataclass(frozen=True, slots=True)
class ObjectivePart:
    """An objective as one team answered it."""

    ref: str
    title: str
    why: str
    ambition: str
    set_by: str
    invitation: str | None
    straight_line: str
    progress: ObjectiveProgress
    score: ObjectiveScore
    key_results: tuple[KeyResultPart, ...]
    pushbacks: tuple[PushbackPart, ...]
    learning: str | None


@dataclass(frozen=True, slots=True)
class TeamPart:
    """A team; ``depth`` is 0 for the company."""

    slug: str
    name: str
    depth: int
    objectives: tuple[ObjectivePart, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A cycle's report as of ``at``; left out is a team that was asked nothing and needs no OKRs, or only asked others."""

    company: str
    cycle: str
    starts: str
    ends: str
    phase: str
    week: int | None
    weeks: int
    at: str
    teams: tuple[TeamPart, ...]


def build(session: Session, cycle: str | None = None, team: str | None = None) -> Report:
    """The report of a cycle, the current one unless named; with ``team`` of that team and all below it.

    Raises:
        NotFound: there is no such cycle or team.
    """
    with session.reading() as view:
        meant = find.cycle(view, cycle)
        top = find.team(view, team) if team is not None else find.company(view)
        calendar, names = Calendar.load(view, meant), Names.load(view)
        written = _Written.load(view, meant, names, calendar)
        shown = [one for one in names.all_teams() if top.id in one.chain]
        return Report(
            company=find.company(view).name,
            cycle=meant.name,
            starts=meant.starts.isoformat(),
            ends=meant.ends.isoformat(),
            phase=str(meant.phase),
            week=calendar.week,
            weeks=len(weeks(meant.starts, meant.ends)),
            at=view.at,
            teams=tuple(part for part in (_team(view, one, written) for one in shown) if part is not None),
        )


@dataclass(frozen=True, slots=True)
class _Written:
    """All of a cycle, read in a few queries."""

    objectives: dict[int, Objective]
    asked: dict[int, list[Invitation]]
    cards: dict[int, list[KeyResultCard]]
    settled: dict[int, scores.Calibration]
    names: Names

    @classmethod
    def load(cls, view: View, cycle: Cycle, names: Names, calendar: Calendar) -> _Written:
        published = {
            one.id: one
            for one in objectives.of_cycle(view.connection, cycle.id)
            if one.state == ObjectiveState.PUBLISHED
        }
        found = [one for one in invitations.of_cycle(view.connection, cycle.id) if one.objective_id in published]
        asked: dict[int, list[Invitation]] = {}
        for one in found:
            asked.setdefault(one.team_id or 0, []).append(one)
        cards = cards_under(view, found, published, names, calendar)
        numbers = [_number(card) for under in cards.values() for card in under if card.counts]
        settled = {
            one.key_result_id: one for one in scores.calibrations(view.connection, numbers) if one.state == "confirmed"
        }
        return cls(published, asked, cards, settled, names)


def _number(card: KeyResultCard) -> int:
    return int(card.ref.removeprefix("KR"))


def _team(view: View, team: Team, written: _Written) -> TeamPart | None:
    asked = written.asked.get(team.id, [])
    put = {one.objective_id for under in written.asked.values() for one in under}
    unasked = [one for one in written.objectives.values() if one.team_id == team.id and one.id not in put]
    leads_only = any(one.team_id == team.id for one in written.objectives.values())
    if not asked and not unasked and (team.steady or team.archived or leads_only):
        return None
    parts = [_objective(view, written.objectives[one.objective_id], one, written) for one in asked]
    parts += [_objective(view, one, None, written) for one in unasked]
    return TeamPart(team.slug, team.name, team.depth, tuple(parts))


def _objective(view: View, objective: Objective, invitation: Invitation | None, written: _Written) -> ObjectivePart:
    cards = written.cards[invitation.id] if invitation else []
    ambition = Ambition(objective.ambition)
    parts = tuple(_key_result(card, ambition, written) for card in cards if _is_told(card))
    rounds = invitations.pushbacks(view.connection, invitation.id) if invitation else []
    return ObjectivePart(
        ref=objective.ref,
        title=objective.title,
        why=objective.why,
        ambition=str(ambition),
        set_by=written.names.name(objective.team_id),
        invitation=invitation.state if invitation else None,
        straight_line=invitation.straight_line if invitation else "",
        progress=progress_of_cards(cards),
        score=_score(cards, parts),
        key_results=parts,
        pushbacks=tuple(map(_pushback, rounds)),
        learning=objectives.learning(view.connection, objective.id),
    )


def _is_told(card: KeyResultCard) -> bool:
    return card.state in {KeyResultState.AGREED, KeyResultState.DROPPED}


def _score(cards: Iterable[KeyResultCard], parts: Iterable[KeyResultPart]) -> ObjectiveScore:
    agreed = {part.ref: part.agreed_score for part in parts}
    return weighted_scores((card.ref, agreed[card.ref], card.weight) for card in cards if card.counts)


def _key_result(card: KeyResultCard, ambition: Ambition, written: _Written) -> KeyResultPart:
    settled = written.settled.get(_number(card))
    score = None if settled is None or settled.value is None else settled.value / 10
    return KeyResultPart(
        ref=card.ref,
        statement=card.statement,
        state=card.state,
        kind=card.kind,
        unit=card.unit,
        baseline=card.baseline,
        value=card.value,
        target=card.target,
        low=card.low,
        high=card.high,
        progress=card.progress,
        confidence=card.confidence,
        pace=card.pace,
        reason=card.reason,
        settled=settled is not None,
        agreed_score=score,
        reading=None if score is None else reading(score, ambition),
        remark=settled.reason if settled else "",
    )


def _pushback(one: Pushback) -> PushbackPart:
    return PushbackPart(one.round, one.state, one.reason, one.words, one.answer, one.answer_words)
