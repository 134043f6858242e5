"""A report as a screen shows it: read cycle by cycle, so that a large company's can be followed, and stopped."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from okrtui.core.model import Phase
from okrtui.report import history
from okrtui.report.minutes import minutes_of
from okrtui.store import cycles as cycle_rows
from okrtui.store import reports

if TYPE_CHECKING:
    from okrtui.core.signals import Signal
    from okrtui.report.history import Counted, CycleScore, Span
    from okrtui.report.parts import MinutesPart
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.reports import Learning, LeftOpen

AT_ONCE_SECONDS = 0.25
"""After so long a reading gives what it has, and the thread it runs on does something else before it goes on."""


@dataclass(frozen=True, slots=True)
class Sections:
    """What was read so far: of ``of`` cycles those that were ``counted``; minutes by the name of their team."""

    about: str
    team: str
    cycle: str
    cycles: tuple[str, ...]
    counted: int
    of: int
    signals: tuple[Signal, ...]
    scores: tuple[CycleScore, ...]
    minutes: tuple[tuple[str, MinutesPart], ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to be read."""
        return self.counted == self.of


class Reading:
    """A report that is read in turns; a closed cycle is counted once, as nothing changes in it any more."""

    def __init__(self) -> None:
        self._asked: tuple[str, str | None] | None = None
        self._closed: dict[int, Counted] = {}
        self._open: dict[int, Counted] = {}

    def begin(self, session: Session, team: str, cycle: str | None, count: int) -> Sections | None:
        """Read what is new since the last time, for as long as `AT_ONCE_SECONDS`; None while there is no cycle.

        Raises:
            NotFound: there is no such team or cycle.
        """
        if self._asked != (team, cycle):
            self._asked, self._closed = (team, cycle), {}
        self._open = {}
        return self.go_on(session, count)

    def go_on(self, session: Session, count: int) -> Sections | None:
        """Read on from where the last turn ended, one cycle at least."""
        assert self._asked is not None  # noqa: S101  # it was begun
        team, cycle = self._asked
        with session.reading() as view:
            if cycle is None and cycle_rows.current(view.connection) is None:
                return None
            of = history.span(view, cycle, team, count)
            self._count(view, of)
            return self._sections(view, of)

    def _count(self, view: View, of: Span) -> None:
        ends = monotonic() + AT_ONCE_SECONDS
        for cycle in reversed(of.cycles):
            if self._known(cycle) is None:
                known = self._closed if cycle.phase is Phase.CLOSED else self._open
                known[cycle.id] = history.count(view, of, cycle)
                if monotonic() > ends:
                    return

    def _known(self, cycle: Cycle) -> Counted | None:
        return self._closed.get(cycle.id) if cycle.phase is Phase.CLOSED else self._open.get(cycle.id)

    def _sections(self, view: View, of: Span) -> Sections:
        counted = [(cycle, known) for cycle in of.cycles if (known := self._known(cycle)) is not None]
        past = history.history(of, counted)
        shown = of.cycles[-1]
        minutes = minutes_of(view, of.scope(shown), shown)
        return Sections(
            about=of.top.name if len(of.teams) == 1 else f"{of.top.name} and below",
            team=of.top.slug,
            cycle=shown.name,
            cycles=tuple(cycle.name for cycle in of.cycles),
            counted=len(counted),
            of=len(of.cycles),
            signals=past.signals(),
            scores=past.scores(),
            minutes=tuple((team.name, part) for team in of.teams for part in minutes.get(team.id, ())),
        )


@dataclass(frozen=True, slots=True)
class Ended:
    """How a cycle ended for a team and those below it: what was learnt of its objectives, and what it was closed over."""

    learning: tuple[Learning, ...]
    left_open: tuple[LeftOpen, ...]


def ended(session: Session, team: str, cycle: str) -> Ended:
    """How a cycle ended for a team and those below it.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        of = history.span(view, cycle, team, 1)
        scope = of.scope(of.cycles[-1])
        return Ended(tuple(reports.learning(view.connection, scope)), tuple(reports.left_open(view.connection, scope)))
