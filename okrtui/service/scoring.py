"""One key result as its two sides score it: both scores as far as they are open, what they are read against, what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.core.model import Ambition, ScoreSide, spoken
from okrtui.core.weeks import weeks
from okrtui.service import find
from okrtui.service.cards import Names
from okrtui.service.permissions import only_refused
from okrtui.service.rooms import Place, place
from okrtui.service.scoreboard import ScoreLine, agreed_score, lines_under
from okrtui.service.seals import OTHER, authors, waited_for
from okrtui.service.show import CheckinLine, ThreadLine, history_of, thread_of
from okrtui.store import closing, cycles, individuals, objectives, scores

if TYPE_CHECKING:
    from okrtui.service.find import Exchange
    from okrtui.service.permissions import Refusals
    from okrtui.service.scoreboard import AgreedScore
    from okrtui.service.session import Session, View
    from okrtui.store.key_results import KeyResult

SCORES = {ScoreSide.SELF: Act.SCORE_SELF, ScoreSide.MANAGER: Act.SCORE_MANAGER}
_ACTS = (*SCORES.values(), Act.REVEAL, Act.CALIBRATE, Act.CONFIRM, Act.KR_CLOSE)


@dataclass(frozen=True, slots=True)
class ScoringPage:
    """A key result on the scoring screen.

    ``mine`` is the side whose score whoever looks may write, for who may write both the one that is waited for, else self;
    None for nobody of the two. ``waiting`` names the sides that opening waits for. ``guidance`` holds the lines for 0.3, 0.7 and 1.0 by "low", "middle"
    and "high". ``proposals`` are the agreed scores proposed so far, the last one standing. ``weeks`` is how many the cycle has.
    ``learning`` is its objective's.
    """

    line: ScoreLine
    mine: ScoreSide | None
    waiting: tuple[ScoreSide, ...]
    unit: str
    baseline: float | None
    target: float | None
    guidance: dict[str, str]
    week_nine: str
    checkins: tuple[CheckinLine, ...]
    weeks: int
    thread: tuple[ThreadLine, ...]
    proposals: tuple[AgreedScore, ...]
    decision_words: str
    learning: str | None
    refusals: Refusals


def of_team(session: Session, team: str, cycle: str | None = None) -> tuple[Place, tuple[ScoreLine, ...]]:
    """Where a team is, and the scores of its agreed key results, in the order they were put under their objectives.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        shown = find.team(view, team)
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        asked = individuals.of_room(view.connection, meant.id, shown.id) if meant is not None else []
        return place(view, shown, meant), tuple(lines_under(view, asked))


def of_key_result(session: Session, ref: str) -> ScoringPage:
    """A key result on the scoring screen.

    Raises:
        NotFound: there is none of this ref.
        NotAllowed: it is not agreed, and so not scored.
    """
    with session.reading() as view:
        found, exchange = find.key_result(view, ref)
        assert exchange.invitation is not None  # noqa: S101  # a key result stands under one
        line = next((one for one in lines_under(view, [exchange.invitation]) if one.ref == found.ref), None)
        if line is None:
            raise NotAllowed(
                f"{found.ref} is {spoken(found.state)}, and what is agreed is scored: look at it on the board (3)."
            )
        names, waiting = Names(view), tuple(sorted(waited_for(view, found, exchange)))
        told = {act: _refusal(view, act, found, exchange) for act in _ACTS}
        learning = view.may(Act.OBJECTIVE_LEARN, find.objective(view, exchange.objective.ref).on_objective(view))
        refusals = only_refused(told | {Act.OBJECTIVE_LEARN: learning.refusal})
        own = [side for side, act in SCORES.items() if act not in refusals]
        decided = closing.decisions(view.connection, [found.id]).get(found.id)
        return ScoringPage(
            line=line,
            mine=next(iter(sorted(own, key=lambda side: side not in waiting)), None),
            waiting=waiting,
            unit=found.unit,
            baseline=found.baseline,
            target=found.target,
            guidance={"low": found.guidance_low, "middle": found.guidance_middle, "high": found.guidance_high},
            week_nine=found.week_nine,
            checkins=history_of(view, found, names),
            weeks=len(weeks(exchange.cycle.starts, exchange.cycle.ends)),
            thread=thread_of(view, found.ref, names),
            proposals=tuple(
                agreed_score(one, names, Ambition(line.ambition))
                for one in scores.calibrations(view.connection, [found.id])
            ),
            decision_words=decided.words if decided else "",
            learning=objectives.learning(view.connection, exchange.objective.id),
            refusals=refusals,
        )


def _refusal(view: View, act: Act, found: KeyResult, exchange: Exchange) -> str:
    side = next((side for side, score in SCORES.items() if score is act), None)
    not_by = authors(view, found).get(OTHER[side]) if side is not None else None
    return view.may(act, exchange.on_key_result(view, found, not_by=not_by)).refusal
