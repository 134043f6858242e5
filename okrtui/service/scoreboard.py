"""The scores of a cycle as somebody may see them: what is sealed shows to its own side alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.key_results import progress_of
from okrtui.core.model import Ambition, KeyResultState, ScoreSide
from okrtui.core.scores import gap, reading
from okrtui.service import find
from okrtui.service.cards import Names
from okrtui.service.seals import visible_seals
from okrtui.store import checkins, closing, individuals, invitations, key_results, scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.service.find import Exchange
    from okrtui.service.session import Session, View
    from okrtui.store.invitations import Invitation
    from okrtui.store.key_results import KeyResult

    Sided = Mapping[tuple[int, str], "SideScore"]


@dataclass(frozen=True, slots=True)
class SideScore:
    """One side's score as the viewer may see it: value and reasoning are None while it is sealed from them."""

    is_in: bool
    value: float | None = None
    first_value: float | None = None
    reasoning: str | None = None
    author: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class AgreedScore:
    """The last proposal of an agreed score; ``value`` None is "no score"; ``confirmed_by`` is None until it is settled.

    ``reading`` is the sentence a settled score is read with, by its objective's ambition.
    """

    value: float | None
    reason: str
    state: str
    side: str
    proposed_by: str
    confirmed_by: str | None
    at: str
    reading: str | None


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A key result's scores; ``gap`` and ``agreed`` are None until there.

    ``computed`` is its progress against the numbers that stand; ``computed_original`` against those it was agreed with, None
    where they are the same. ``decision`` is what becomes of it when its cycle closes.
    """

    ref: str
    statement: str
    team: str
    objective: str
    objective_title: str
    ambition: str
    weight: float
    computed: float | None
    computed_original: float | None
    amended: bool
    self_score: SideScore
    manager: SideScore
    opened: bool
    gap: float | None
    agreed: AgreedScore | None
    decision: str | None


NOT_IN = SideScore(is_in=False)


def scoreboard(session: Session, *, team: str | None = None, cycle: str | None = None) -> list[ScoreLine]:
    """The scores of a cycle's agreed key results, of one team or of all.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        meant = find.cycle(view, cycle)
        if team is not None:
            asked = individuals.of_room(view.connection, meant.id, find.team(view, team).id)
        else:
            asked = invitations.of_cycle(view.connection, meant.id)
        return lines_under(view, asked)


def lines_under(view: View, asked: Iterable[Invitation]) -> list[ScoreLine]:
    """The scores of the agreed key results under these invitations."""
    exchanges = {one.id: find.of_invitation(view, one) for one in asked}
    found = [
        one for one in key_results.of_invitations(view.connection, exchanges) if one.state == KeyResultState.AGREED
    ]
    board = _Board.load(view, found, exchanges)
    return [_line(board, one, exchanges[one.invitation_id]) for one in found]


@dataclass(frozen=True, slots=True)
class _Board:
    """What stands of the scores of some key results, read for all of them at once."""

    view: View
    names: Names
    sides: Sided
    opened: frozenset[int]
    proposed: Mapping[int, scores.Calibration]
    decided: Mapping[int, str]

    @classmethod
    def load(cls, view: View, found: Iterable[KeyResult], exchanges: Mapping[int, Exchange]) -> _Board:
        connection, names = view.connection, Names(view)
        numbers = [one.id for one in found]
        opened = scores.opened(connection, numbers)
        told = {(one.key_result_id, one.side): _told(one, names) for one in opened}
        return cls(
            view,
            names,
            _sealed(view, found, exchanges, names) | told,
            frozenset(one.key_result_id for one in opened),
            {one.key_result_id: one for one in scores.calibrations(connection, numbers)},
            {number: one.decision for number, one in closing.decisions(connection, numbers).items()},
        )


def _told(one: scores.Score, names: Names) -> SideScore:
    return SideScore(
        is_in=True,
        value=one.value / 10,
        first_value=one.first_value / 10,
        reasoning=one.reasoning,
        author=names.person(one.author_id),
        at=one.at,
    )


def _sealed(
    view: View, found: Iterable[KeyResult], exchanges: Mapping[int, Exchange], names: Names
) -> dict[tuple[int, str], SideScore]:
    """Of each sealed score that it is in, or not; to its own side, and its author, all of it."""
    under = {one.id: one.invitation_id for one in found}
    seals = scores.seals(view.connection, under)
    sides = {(one.key_result_id, one.side): SideScore(is_in=bool(one.is_in)) for one in seals}
    for number in {under[one.key_result_id] for one in seals if under[one.key_result_id] in exchanges}:
        ours = [one.key_result_id for one in seals if under[one.key_result_id] == number]
        for own in visible_seals(view, ours, exchanges[number].sides(view)):
            value = own.value / 10
            sides[own.key_result_id, own.side] = SideScore(
                own.state == "in", value, value, own.reasoning, names.person(own.author_id), own.at
            )
    return sides


def _line(board: _Board, found: KeyResult, exchange: Exchange) -> ScoreLine:
    own, manager = (board.sides.get((found.id, str(side)), NOT_IN) for side in (ScoreSide.SELF, ScoreSide.MANAGER))
    is_open = found.id in board.opened
    both = is_open and own.value is not None and manager.value is not None
    objective, last = exchange.objective, board.proposed.get(found.id)
    return ScoreLine(
        ref=found.ref,
        statement=found.statement,
        team=(exchange.team or exchange.leading).slug,
        objective=objective.ref,
        objective_title=objective.title,
        ambition=objective.ambition,
        weight=found.weight,
        computed=found.progress,
        computed_original=_against_the_original(board.view, found),
        amended=found.amendment is not None,
        self_score=own,
        manager=manager,
        opened=is_open,
        gap=gap(own.value or 0.0, manager.value or 0.0) if both else None,
        agreed=agreed_score(last, board.names, Ambition(objective.ambition)) if last else None,
        decision=board.decided.get(found.id),
    )


def agreed_score(last: scores.Calibration, names: Names, ambition: Ambition) -> AgreedScore:
    """A proposal of an agreed score; only a settled one is read by its objective's ambition."""
    value = None if last.value is None else last.value / 10
    return AgreedScore(
        value=value,
        reason=last.reason,
        state=last.state,
        side=last.side,
        proposed_by=names.person(last.author_id) or "",
        confirmed_by=names.person(last.confirmed_by),
        at=last.at,
        reading=None if value is None or last.state != "confirmed" else reading(value, ambition),
    )


def _against_the_original(view: View, found: KeyResult) -> float | None:
    """The progress against the numbers it was agreed with, by its newest check-in; None where they stand unchanged."""
    if found.amendment is None or found.agreed_text == found.text_number:
        return None
    text = key_results.original(view.connection, found)
    newest = checkins.before(view.connection, found.id, checkins.AFTER_ALL)
    if text is None or newest is None:
        return None
    numbers = json.loads(text.numbers)
    agreed = found._replace(**{name: numbers[name] for name in key_results.NUMBERS if name in numbers})
    ticked = [(float(weight), name in newest.ticked) for name, weight in numbers.get("steps", [])]
    done = progress_of(agreed, newest.value, ticked)
    return None if done is None or done.share == found.progress else done.share
