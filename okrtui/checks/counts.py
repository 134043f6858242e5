"""Advice beside the words of a key result: who moves its number, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.checks.rules import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_KEY_RESULTS = 5  # on an objective
MOST_OBJECTIVES = 3  # of a team

_CONTROL = {
    "shared": "Who moves the other part of this number, and have they said yes?",
    "not_ours": "If this number is not yours to move, which one is, and leads to it?",
}


def advice_on_counts(*, key_results: int = 0, objectives: int = 0, known: Iterable[str] = ()) -> tuple[Question, ...]:
    """What the counts ask: of key results on one objective, and of objectives for one team. ``known`` quiets a rule."""
    return _unless_known(_counts(key_results, objectives), known)


def _counts(key_results: int, objectives: int) -> Iterator[Question]:
    if key_results > MOST_KEY_RESULTS:
        yield Question("count-key-results", f"{key_results} key results: is the objective underspecified?")
    if objectives > MOST_OBJECTIVES:
        yield Question("count-objectives", f"{objectives} objectives for one team: which would you let go of first?")


def advice_on_control(control: str | None, *, known: Iterable[str] = ()) -> tuple[Question, ...]:
    """What the control of a key result asks (`ours`, `shared`, `not_ours`; None is not said yet)."""
    text = "Whose number is this to move: ours, shared, not ours?" if control is None else _CONTROL.get(control)
    return _unless_known([Question("control", text)] if text else [], known)


def _unless_known(found: Iterable[Question], known: Iterable[str]) -> tuple[Question, ...]:
    quiet = frozenset(known)
    return tuple(one for one in found if one.rule not in quiet)
