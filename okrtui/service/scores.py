"""Scoring: each side writes under a seal, the team opens both, the two sides settle the agreed score.

Whatever is sealed is shown to its own side alone (`okrtui.service.seals`); events of a sealed score
carry a salted digest, and refusals here never depend on what is sealed.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.inputs import CalibrationEntry, ScoreEntry
from okrtui.core.leave import is_waited_for
from okrtui.core.model import ScoreSide, Side
from okrtui.core.scores import tenths
from okrtui.service import find
from okrtui.service.seals import OTHER, authors, waited_for
from okrtui.store import people, scores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session
    from okrtui.store.key_results import KeyResult
    from okrtui.store.rows import Value
    from okrtui.store.scores import SealedScore

_ACTS = {ScoreSide.SELF: Act.SCORE_SELF, ScoreSide.MANAGER: Act.SCORE_MANAGER}


def write(session: Session, ref: str, side: ScoreSide, value: float, reasoning: str, *, is_in: bool = True) -> None:
    """Write a side's score, and mark it in unless it is a draft; after the opening its first value stays in view.

    Raises:
        NotAllowed: by anybody but that side, or by the author of the other side's score.
        Invalid: the score is no tenth of 0..1, or gives no reasoning.
    """
    entry = entered(ScoreEntry, {"value": value, "reasoning": reasoning})
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        wrote = authors(deed, key_result)
        thing = exchange.on_key_result(deed, key_result, not_by=wrote.get(OTHER[side]))
        leave = deed.must(_ACTS[side], thing)
        if scores.opened(deed.connection, [key_result.id]):
            _change_opened(deed, key_result, exchange, leave, side, entry)
        else:
            _seal(deed, key_result, exchange, leave, side, entry, is_in=is_in)


def _seal(
    deed: Deed,
    key_result: KeyResult,
    exchange: Exchange,
    leave: Leave,
    side: ScoreSide,
    entry: ScoreEntry,
    *,
    is_in: bool,
) -> None:
    sealed = scores.SealedScore(
        key_result_id=key_result.id,
        side=str(side),
        value=tenths(entry.value),
        reasoning=entry.reasoning,
        state="in" if is_in else "draft",
        salt=secrets.token_hex(16),
        author_id=deed.person_id,
        at=deed.at,
        version=1,
    )
    scores.save_sealed(deed.connection, sealed)
    _record(deed, _ACTS[side], key_result, exchange, leave, {"in": is_in, "digest": _digest(sealed)})


def _digest(sealed: SealedScore) -> str:
    """What stands in the event until the opening tells value, reasoning and salt."""
    return hashlib.sha256(f"{sealed.salt}\n{sealed.value}\n{sealed.reasoning}".encode()).hexdigest()


def _record(
    deed: Deed, verb: str, key_result: KeyResult, exchange: Exchange, leave: Leave, after: Mapping[str, object]
) -> None:
    deed.record(verb, key_result.ref, leave=leave, cycle_id=exchange.cycle.id, team_id=exchange.team_id, after=after)


def _change_opened(
    deed: Deed, key_result: KeyResult, exchange: Exchange, leave: Leave, side: ScoreSide, entry: ScoreEntry
) -> None:
    if side not in {one.side for one in scores.opened(deed.connection, [key_result.id])}:
        raise NotAllowed(
            f"The scores of {key_result.ref} are open, and the {side} side was not waited for: propose an agreed score instead."
        )
    changes: dict[str, Value] = {
        "value": tenths(entry.value),
        "reasoning": entry.reasoning,
        "author_id": deed.person_id,
        "at": deed.at,
    }
    scores.change_opened(deed.connection, key_result.id, str(side), changes)
    after: dict[str, object] = {"value": entry.value, "reasoning": entry.reasoning, "opened": True}
    _record(deed, _ACTS[side], key_result, exchange, leave, after)


def mark_in(session: Session, ref: str, side: ScoreSide) -> None:
    """Mark a side's draft in.

    Raises:
        NotAllowed: by anybody but that side, or it has written nothing.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = deed.must(_ACTS[side], exchange.on_key_result(deed, key_result))
        draft = scores.sealed(deed.connection, key_result.id, str(side))
        if draft is None:
            raise NotAllowed(f"Your side has written no score of {key_result.ref} yet: write it first.")
        scores.mark_in(deed.connection, key_result.id, str(side))
        _record(deed, _ACTS[side], key_result, exchange, leave, {"in": True, "digest": _digest(draft)})


def reveal(session: Session, refs: list[str]) -> list[str]:
    """Open the scores of these key results together: both sides' appear at once, for good.

    Returns:
        The refs opened.

    Raises:
        NotAllowed: by anybody but the team; a side that is waited for is not in; they are open already.
    """
    with session.writing() as deed:
        return [_reveal(deed, ref) for ref in dict.fromkeys(refs)]


def _reveal(deed: Deed, ref: str) -> str:
    key_result, exchange = find.key_result(deed, ref)
    leave = deed.must(Act.REVEAL, exchange.on_key_result(deed, key_result))
    if scores.opened(deed.connection, [key_result.id]):
        raise NotAllowed(f"The scores of {key_result.ref} are open already: propose the agreed score.")
    waiting = waited_for(deed, key_result, exchange)
    if waiting:
        named = " and ".join(sorted(f"the {side} score" for side in waiting))
        raise NotAllowed(f"The scores of {key_result.ref} open when both are in, and {named} is not: ask for it (c).")
    told = {}
    for side in ScoreSide:
        sealed = scores.sealed(deed.connection, key_result.id, str(side))
        if sealed is not None and sealed.state == "in":
            told[str(side)] = {"value": sealed.value / 10, "reasoning": sealed.reasoning, "salt": sealed.salt}
    if not told:
        raise NotAllowed(f"No score of {key_result.ref} is in yet: write yours first, and mark it in.")
    scores.open_scores(deed.connection, key_result.id, deed.at)
    _record(deed, Act.REVEAL, key_result, exchange, leave, {**told})
    return key_result.ref


def calibrate(session: Session, ref: str, value: float, reason: str = "") -> bool:
    """Propose the agreed score, or counter one; where the other side has nobody it is settled at once, alone.

    Returns:
        Whether it is settled already.

    Raises:
        NotAllowed: by a reader; the scores are not open yet.
        Invalid: the score is no tenth of 0..1, or the reason is missing where the gap was 0.2 or more.
    """
    entry = entered(CalibrationEntry, {"value": value, "reason": reason})
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = deed.must(Act.CALIBRATE, exchange.on_key_result(deed, key_result))
        opened = scores.opened(deed.connection, [key_result.id])
        if not opened:
            raise NotAllowed(f"The scores of {key_result.ref} are not open yet: the team opens them when both are in.")
        values = [one.value for one in opened]
        if max(values) - min(values) >= 2 and not entry.reason:
            sentence = f"The two scores of {key_result.ref} lie {(max(values) - min(values)) / 10} apart: say why this one (-m)."
            raise Invalid(sentence, {"reason": sentence})
        settled = not is_waited_for(_opposite(leave.side), exchange.sides(deed))
        _propose(deed, key_result, exchange, leave, entry, settled=settled)
        return settled


def _opposite(side: Side) -> Side:
    return Side.TEAM if side is Side.LEADERSHIP else Side.LEADERSHIP


def leave_unscored(session: Session, ref: str, reason: str) -> None:
    """Answer with "no score" and a reason, which either side may and which needs no second name.

    Raises:
        NotAllowed: by a reader; the cycle is not scoring; the two sides have agreed a score.
        Invalid: no reason is given.
    """
    entry = entered(CalibrationEntry, {"value": None, "reason": reason})
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = deed.must(Act.CALIBRATE, exchange.on_key_result(deed, key_result))
        last = _last_proposal(deed, key_result)
        if last is not None and last.state == "confirmed" and last.value is not None:
            raise NotAllowed(
                f"The two sides agreed on {last.value / 10} for {key_result.ref}: propose another score, for the other side to "
                "confirm."
            )
        _propose(deed, key_result, exchange, leave, entry, settled=True)


def _last_proposal(deed: Deed, key_result: KeyResult) -> scores.Calibration | None:
    return next(reversed(scores.calibrations(deed.connection, [key_result.id])), None)


def _propose(
    deed: Deed, key_result: KeyResult, exchange: Exchange, leave: Leave, entry: CalibrationEntry, *, settled: bool
) -> None:
    number = scores.propose(
        deed.connection,
        {
            "key_result_id": key_result.id,
            "value": None if entry.value is None else tenths(entry.value),
            "reason": entry.reason,
            "side": str(leave.side),
            "author_id": deed.person_id,
            "at": deed.at,
        },
    )
    after = {"value": entry.value, "reason": entry.reason, "settled": settled}
    _record(deed, Act.CALIBRATE, key_result, exchange, leave, after)
    if settled:
        scores.confirm(deed.connection, number, deed.person_id, deed.at)


def confirm(session: Session, ref: str) -> float | None:
    """Confirm the agreed score that the other side proposed.

    Returns:
        The agreed score, 0.0 to 1.0.

    Raises:
        NotAllowed: by the side that proposed it, or there is none to confirm.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        last = _last_proposal(deed, key_result)
        waits = last is not None and last.state == "proposed"
        not_side = Side(last.side) if last is not None and waits else None
        leave = deed.must(Act.CONFIRM, exchange.on_key_result(deed, key_result, not_side=not_side))
        if last is None or not waits:
            raise NotAllowed(f"There is no proposed score of {key_result.ref} to confirm: propose one.")
        scores.confirm(deed.connection, last.id, deed.person_id, deed.at)
        value = None if last.value is None else last.value / 10
        _record(
            deed,
            Act.CONFIRM,
            key_result,
            exchange,
            leave,
            {"value": value, "proposed_by": _handle(deed, last.author_id)},
        )
        return value


def _handle(deed: Deed, person_id: int) -> str:
    person = people.by_id(deed.connection, person_id)
    return person.handle if person else ""
