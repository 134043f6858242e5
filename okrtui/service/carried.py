"""Where a key result comes from, and where it went on: both ways, across cycles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.service import find
from okrtui.store import closing, scores

if TYPE_CHECKING:
    from okrtui.service.cards import Names
    from okrtui.service.session import View
    from okrtui.store.key_results import KeyResult


@dataclass(frozen=True, slots=True)
class Origin:
    """What a key result goes on from: how that one ended, and what was decided of it.

    ``progress`` and ``score`` are 0 to 1; ``score`` is the agreed one, None without. ``words`` are those of the decision.
    """

    ref: str
    cycle: str
    statement: str
    value: float | None
    unit: str
    progress: float | None
    score: float | None
    decision: str | None
    words: str


@dataclass(frozen=True, slots=True)
class GoesOn:
    """A key result of a later cycle that goes on from one."""

    ref: str
    cycle: str
    state: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What becomes of a key result when its cycle closes, by whom it was decided, and why."""

    decision: str
    words: str
    author: str
    at: str


def decided_of(view: View, found: KeyResult, names: Names) -> Closing | None:
    """What was decided of a key result for the end of its cycle; None before."""
    one = closing.decisions(view.connection, [found.id]).get(found.id)
    return Closing(one.decision, one.words, names.person(one.author_id) or "", one.at) if one else None


def origin_of(view: View, found: KeyResult) -> Origin | None:
    """What a key result goes on from; None for one that was written anew."""
    if found.origin_id is None:
        return None
    origin, exchange = find.key_result(view, f"KR{found.origin_id}")
    decided = closing.decisions(view.connection, [origin.id]).get(origin.id)
    settled = [one for one in scores.calibrations(view.connection, [origin.id]) if one.state == "confirmed"]
    value = settled[-1].value if settled else None
    return Origin(
        ref=origin.ref,
        cycle=exchange.cycle.name,
        statement=origin.statement,
        value=origin.value,
        unit=origin.unit,
        progress=origin.progress,
        score=None if value is None else value / 10,
        decision=decided.decision if decided else None,
        words=decided.words if decided else "",
    )


def goes_on(view: View, found: KeyResult) -> tuple[GoesOn, ...]:
    """The key results that go on from one, the first first."""
    later = (find.key_result(view, f"KR{number}") for number in closing.carried_to(view.connection, found.id))
    return tuple(GoesOn(one.ref, exchange.cycle.name, one.state) for one, exchange in later)
