"""What teams did in the cycles up to one: signals, scores across cycles, learning; counted a cycle at a time.

A cycle of a thousand teams takes a third of a second, so that whoever reads many can say how far they are, and stop.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from okrtui.core.easing import easings, own_words, words_of
from okrtui.core.model import Phase
from okrtui.core.sightings import LATE_DAYS
from okrtui.core.signals import signals, together_of
from okrtui.core.tallies import Tally, mean
from okrtui.core.weeks import due_day, ends_of, week_of, weeks
from okrtui.service import find
from okrtui.service.session import stamp
from okrtui.store import cycles as cycle_rows
from okrtui.store import signals as counts
from okrtui.store import teams

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okrtui.core.signals import Signal
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.teams import Team

CYCLES = 5
"""How many cycles are looked at unless told: with quarters, the one that runs and a year before it."""


@dataclass(frozen=True, slots=True)
class ObjectiveMark:
    """An objective's score: the weighted mean of the agreed scores under it, 0.0 to 1.0."""

    ref: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class CycleScore:
    """The scores of a cycle: the weighted mean of all, None while nothing is agreed, and each objective's."""

    cycle: str
    score: float | None
    objectives: tuple[ObjectiveMark, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The team looked at with those below it, and the cycles, the oldest first."""

    top: Team
    is_company: bool
    teams: tuple[Team, ...]
    cycles: tuple[Cycle, ...]

    def scope(self, cycle: Cycle) -> counts.Scope:
        """What is read of a cycle."""
        return counts.Scope(cycle.id, None if self.is_company else self.top.path)


@dataclass(frozen=True, slots=True)
class Counted:
    """A cycle that was counted: by team id its tally, and the scores of its objectives."""

    tallies: Mapping[int, Tally]
    marks: Mapping[int, tuple[ObjectiveMark, ...]]


def span(view: View, cycle: str | None, team: str | None, count: int = CYCLES) -> Span:
    """The last ``count`` cycles up to one, the current one unless named, and a team with those below it, or all.

    Raises:
        NotFound: there is no such cycle or team.
    """
    meant, company = find.cycle(view, cycle), find.company(view)
    top = company if team is None else find.team(view, team)
    known = cycle_rows.in_order(view.connection)
    last = known.index(meant) + 1
    shown = tuple(one for one in teams.in_tree_order(view.connection) if top.id in one.chain)
    return Span(top, top.id == company.id, shown, tuple(known[max(0, last - count) : last]))


def span_of(session: Session, cycle: str | None, team: str | None, count: int = CYCLES) -> Span:
    """The same for whoever is not looking already."""
    with session.reading() as view:
        return span(view, cycle, team, count)


def count_of(session: Session, of: Span, cycle: Cycle) -> Counted:
    """Count one cycle of a span for whoever is not looking already."""
    with session.reading() as view:
        return count(view, of, cycle)


def count(view: View, of: Span, cycle: Cycle) -> Counted:
    """Count one cycle of a span."""
    connection, scope, now = view.connection, of.scope(cycle), view.at
    found: dict[int, dict[str, Any]] = {one.team_id: {"asked": one.asked} for one in counts.asked(connection, scope)}
    _take(found, counts.pushbacks(connection, scope, now))
    _take(found, counts.workshops(connection, scope, now))
    _take(found, counts.rhythm(connection, scope, _due(view, of, cycle)))
    _take(found, counts.said(connection, scope))
    _take(found, counts.rounds(connection, scope))
    _take(found, counts.gaps(connection, scope))
    _words(found, counts.statements(connection, scope), counts.mixed_texts(connection, scope))
    _eased(found, view, cycle, counts.amended(connection, scope))
    late_from = stamp(ends_of(cycle.ends - timedelta(days=LATE_DAYS), cycle.zone))
    marks = _scores(found, counts.scored(connection, scope, late_from))
    return Counted({team: Tally(**values) for team, values in found.items()}, marks)


def _take(found: dict[int, dict[str, Any]], rows: Iterable[Any]) -> None:
    """Add what a query counted to what is found of each team."""
    for row in rows:
        values = found.setdefault(row.team_id, {})
        values.update((name, getattr(row, name)) for name in row.__slots__ if name != "team_id")


def _due(view: View, of: Span, cycle: Cycle) -> list[counts.Due]:
    """The due days that are over, for each weekday that a team chose."""
    today = view.day_in(cycle)
    if cycle.phase is Phase.DRAFTING:
        return []
    return [
        (weekday, week.number, stamp(ends_of(due, cycle.zone)))
        for weekday in sorted({team.due_weekday for team in of.teams})
        for week in weeks(cycle.starts, cycle.ends)
        if (due := due_day(week, weekday)) < today
    ]


def _words(found: dict[int, dict[str, Any]], rows: Iterable[counts.Statements], mixed: Iterable[counts.Text]) -> None:
    for row in rows:
        own = len(words_of(row.own))
        found.setdefault(row.team_id, {}).update(agreed=row.agreed, words=own, own_words=own)
    texts: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for text in mixed:
        texts.setdefault((text.team_id, text.key_result_id), []).append((text.statement, text.side))
    for (team, _), versions in texts.items():
        own, whole = own_words(versions)
        found[team]["words"] += whole
        found[team]["own_words"] += own


def _eased(found: dict[int, dict[str, Any]], view: View, cycle: Cycle, rows: Iterable[counts.Amended]) -> None:
    texts: dict[tuple[int, int], list[tuple[dict[str, object], int | None]]] = {}
    for row in rows:
        week = week_of(view.day_of(row.at, cycle), cycle.starts, cycle.ends)
        known = texts.setdefault((row.team_id, row.key_result_id), [])
        known.append((json.loads(row.numbers), week.number if week else None))
    for (team, number), versions in texts.items():
        values = found.setdefault(team, {})
        values["eased"] = (*values.get("eased", ()), *easings(f"KR{number}", versions))


def _scores(found: dict[int, dict[str, Any]], rows: Iterable[counts.Scored]) -> dict[int, tuple[ObjectiveMark, ...]]:
    marks: dict[int, list[ObjectiveMark]] = {}
    for row in rows:
        values = found.setdefault(row.team_id, {})
        for name in ("scored", "top", "weight", "weighted"):
            values[name] = values.get(name, 0) + getattr(row, name)
        late = tuple(f"KR{number}" for number in row.late_top.split())
        values["late_top"] = (*values.get("late_top", ()), *late)
        score = mean(row.weighted, row.weight)
        if score is not None:
            marks.setdefault(row.team_id, []).append(ObjectiveMark(f"O{row.objective_id}", row.title, score))
    return {team: tuple(scores) for team, scores in marks.items()}


@dataclass(frozen=True, slots=True)
class History:
    """What was counted of some teams in some cycles, the oldest first."""

    cycles: tuple[str, ...]
    counted: tuple[Counted, ...]
    teams: tuple[Team, ...]

    def signals(self, team: Team | None = None) -> tuple[Signal, ...]:
        """The signals of one team by itself, or of all of them together."""
        meant = self.teams if team is None else (team,)
        return signals(self.cycles, {one.name: self._tallies(one) for one in meant if self._knows(one)})

    def scores(self, team: Team | None = None) -> tuple[CycleScore, ...]:
        """The scores of each cycle, of one team by itself or of all of them together."""
        meant = self.teams if team is None else (team,)
        whole = together_of(len(self.cycles), {one.slug: self._tallies(one) for one in meant if self._knows(one)})
        return tuple(
            CycleScore(name, tally.score, tuple(mark for one in meant for mark in counted.marks.get(one.id, ())))
            for name, tally, counted in zip(self.cycles, whole, self.counted, strict=True)
        )

    def _knows(self, team: Team) -> bool:
        return any(team.id in counted.tallies for counted in self.counted)

    def _tallies(self, team: Team) -> tuple[Tally, ...]:
        return tuple(counted.tallies.get(team.id, _NOTHING) for counted in self.counted)


_NOTHING = Tally()


def history(of: Span, counted: Sequence[tuple[Cycle, Counted]]) -> History:
    """What was counted so far of a span, put in order."""
    ordered = sorted(counted, key=lambda each: of.cycles.index(each[0]))
    return History(tuple(cycle.name for cycle, _ in ordered), tuple(each for _, each in ordered), of.teams)
