"""Building a report: all of it is read at one time, in a number of queries that does not grow with the company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from okrtui.core.model import Ambition, KeyResultState, ObjectiveState
from okrtui.core.progress import weighted_scores
from okrtui.core.scores import reading
from okrtui.core.weeks import weeks
from okrtui.report import history
from okrtui.report.minutes import minutes_of
from okrtui.report.parts import KeyResultPart, LeftOpenPart, ObjectivePart, PushbackPart, Report, TeamPart
from okrtui.service import find
from okrtui.service.cards import Calendar, KeyResultCard, Names, Told, key_result_card, progress_of_cards
from okrtui.store import invitations, key_results, objectives, reports, scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from okrtui.core.progress import ObjectiveScore
    from okrtui.report.history import Counted, History, Span
    from okrtui.report.parts import MinutesPart
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.invitations import Invitation, Pushback
    from okrtui.store.objectives import Objective
    from okrtui.store.reports import LeftOpen
    from okrtui.store.teams import Team

RowT = TypeVar("RowT")


def build(
    session: Session,
    cycle: str | None = None,
    team: str | None = None,
    *,
    cycles: int = history.CYCLES,
    told: Callable[[int, int], None] | None = None,
) -> Report:
    """The report of a cycle, the current one unless named; with ``team`` of that team and all below it.

    Signals and scores are of the last ``cycles`` up to it. ``told`` is called with how many of them are counted, and how many there are.

    Raises:
        NotFound: there is no such cycle or team.
    """
    with session.reading() as view:
        of = history.span(view, cycle, team, cycles)
        counted: list[tuple[Cycle, Counted]] = []
        for each in of.cycles:
            counted.append((each, history.count(view, of, each)))
            if told is not None:
                told(len(counted), len(of.cycles))
        return _report(view, of, history.history(of, counted))


def _report(view: View, of: Span, past: History) -> Report:
    meant = of.cycles[-1]
    calendar = Calendar.load(view, meant)
    written = _Written.load(view, of, calendar)
    alone = len(of.teams) == 1
    found = (_team(one, written, None if alone else past) for one in of.teams)
    return Report(
        company=find.company(view).name,
        cycle=meant.name,
        starts=meant.starts.isoformat(),
        ends=meant.ends.isoformat(),
        phase=str(meant.phase),
        week=calendar.week,
        weeks=len(weeks(meant.starts, meant.ends)),
        at=view.at,
        about=of.top.name if alone else f"{of.top.name} and the teams below it",
        cycles=past.cycles,
        signals=past.signals(),
        scores=past.scores(),
        teams=tuple(part for part in found if part is not None),
    )


@dataclass(frozen=True, slots=True)
class _Written:
    """All that the teams of a report wrote in its cycle, read in a few queries."""

    objectives: dict[int, Objective]
    unasked: dict[int, list[Objective]]
    leading: set[int]
    asked: dict[int, list[Invitation]]
    cards: dict[int, list[KeyResultCard]]
    settled: dict[int, scores.Calibration]
    rounds: dict[int, list[Pushback]]
    learnt: dict[int, str]
    minutes: dict[int, list[MinutesPart]]
    left_open: dict[int, list[LeftOpen]]
    names: Names

    @classmethod
    def load(cls, view: View, of: Span, calendar: Calendar) -> _Written:
        connection, cycle = view.connection, calendar.cycle
        scope, shown = of.scope(cycle), {team.id for team in of.teams}
        names = Names.load(view) if of.is_company else Names(view)
        known = objectives.of_cycle(connection, cycle.id)
        published = {one.id: one for one in known if one.state == ObjectiveState.PUBLISHED}
        put = [one for one in invitations.of_cycle(connection, cycle.id) if one.objective_id in published]
        invited = {one.objective_id for one in put}
        unasked = _by(lambda one: one.team_id, (one for one in published.values() if one.id not in invited))
        asked = _by(lambda one: one.team_id or 0, (one for one in put if one.team_id in shown))
        cards = _cards(view, [one for under in asked.values() for one in under], published, names, calendar)
        numbers = [_number(card) for under in cards.values() for card in under if card.counts]
        settled = {
            one.key_result_id: one for one in scores.calibrations(connection, numbers) if one.state == "confirmed"
        }
        rounds = _by(lambda one: one.invitation_id, reports.pushbacks(connection, scope))
        learnt = {one.objective_id: one.words for one in reports.learning(connection, scope)}
        leading = {one.team_id for one in published.values()}
        minutes = minutes_of(view, scope, calendar.cycle)
        left_open = _by(lambda one: one.team_id, reports.left_open(connection, scope))
        return cls(published, unasked, leading, asked, cards, settled, rounds, learnt, minutes, left_open, names)


def _by(key: Callable[[RowT], int], found: Iterable[RowT]) -> dict[int, list[RowT]]:
    """What was found, by a number of each."""
    grouped: dict[int, list[RowT]] = {}
    for one in found:
        grouped.setdefault(key(one), []).append(one)
    return grouped


def _cards(
    view: View, asked: list[Invitation], published: dict[int, Objective], names: Names, calendar: Calendar
) -> dict[int, list[KeyResultCard]]:
    """The key results under these invitations, without what people said beside their words."""
    by_id, said = {one.id: one for one in asked}, Told()
    cards: dict[int, list[KeyResultCard]] = {one.id: [] for one in asked}
    for found in key_results.of_invitations(view.connection, list(by_id)):
        invitation = by_id[found.invitation_id]
        ref, team = published[invitation.objective_id].ref, names.team(invitation.team_id)
        cards[invitation.id].append(key_result_card(view, found, ref, team, names, calendar, said))
    return cards


def _number(card: KeyResultCard) -> int:
    return int(card.ref.removeprefix("KR"))


def _team(team: Team, written: _Written, past: History | None) -> TeamPart | None:
    """One team's part; ``past`` is None where the whole report is of this team."""
    asked, unasked = written.asked.get(team.id, []), written.unasked.get(team.id, [])
    if not asked and not unasked and (team.steady or team.archived or team.id in written.leading):
        return None
    parts = [_objective(written.objectives[one.objective_id], one, written) for one in asked]
    parts += [_objective(one, None, written) for one in unasked]
    return TeamPart(
        slug=team.slug,
        name=team.name,
        depth=team.depth,
        objectives=tuple(parts),
        minutes=tuple(written.minutes.get(team.id, ())),
        left_open=tuple(map(_left_open, written.left_open.get(team.id, ()))),
        signals=past.signals(team) if past else (),
        scores=past.scores(team) if past else (),
    )


def _objective(objective: Objective, invitation: Invitation | None, written: _Written) -> ObjectivePart:
    cards = written.cards[invitation.id] if invitation else []
    ambition = Ambition(objective.ambition)
    parts = tuple(_key_result(card, ambition, written) for card in cards if _is_told(card))
    rounds = written.rounds.get(invitation.id, []) if invitation else []
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
        learning=written.learnt.get(objective.id),
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


def _left_open(one: LeftOpen) -> LeftOpenPart:
    return LeftOpenPart(one.ref, one.kind, one.at[:10])


def _pushback(one: Pushback) -> PushbackPart:
    return PushbackPart(one.round, one.state, one.reason, one.words, one.answer, one.answer_words)
