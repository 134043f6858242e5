"""A team's room, as text and as ``--json`` answers it."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from okrtui.cli import key_result_text, needs_text
from okrtui.cli.objective_text import answer, answer_shape
from okrtui.cli.output import paint, percent, table
from okrtui.cli.parts_text import heading, section
from okrtui.cli.shapes import picked
from okrtui.core.model import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.cli.shapes import Shape
    from okrtui.service.cards import KeyResultCard, ObjectiveCard
    from okrtui.service.rooms import Room


def room(found: Room) -> str:
    """A team's room."""
    return "\n".join(_room(found))


def _room(found: Room) -> Iterator[str]:
    yield paint(found.place.text, "bold")
    if found.steady:
        yield "A steady team: no OKRs are asked of it."
    yield from (f"! {one}" for one in found.warnings)
    if not found.objectives and found.place.cycle:
        yield "No objective is put to it yet."
    for one in found.objectives:
        yield ""
        yield from _objective_card(one)
    yield from section("Needs you", [needs_text.lines(found.needs_you, named=False)] if found.needs_you else [])


def _objective_card(one: ObjectiveCard) -> Iterator[str]:
    yield heading(one.ref, one.title)
    weakest = f", weakest {one.progress.weakest}" if one.progress.weakest else ""
    yield f"  {percent(one.progress.share)}, {one.progress.text}{weakest} ({one.ambition}, set by {one.team})"
    if one.invitation is None:
        yield f"  {one.state}"
    else:
        yield indent(answer(one.invitation), "  ")
    rows = [
        (card.ref, spoken(card.state), percent(card.progress), _confidence(card), card.pace or "", card.statement)
        for card in one.key_results
    ]
    yield from table(rows, indent="  ")


def _confidence(card: KeyResultCard) -> str:
    return "" if card.confidence is None else f"confidence {card.confidence}"


def shape(found: Room) -> Shape:
    """A team's room."""
    return {
        "team": found.place.team,
        "cycle": found.place.cycle or None,
        "week": found.place.week,
        "phase": str(found.place.phase) if found.place.phase else None,
        "warnings": found.warnings,
        "objectives": [_objective_shape(one) for one in found.objectives],
        "needs_you": [needs_text.shape(one) for one in found.needs_you],
    }


def _objective_shape(one: ObjectiveCard) -> Shape:
    return {
        **picked(one, "ref title why ambition state team"),
        "progress": one.progress.share,
        "reporting": picked(one.progress, "reporting of"),
        "weakest": one.progress.weakest,
        "weakest_progress": one.progress.weakest_share,
        "invitation": answer_shape(one.invitation) if one.invitation else None,
        "key_results": [key_result_text.card(found) for found in one.key_results],
    }
