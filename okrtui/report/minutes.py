"""The minutes of workshops, as a report holds them: how many were there, and nobody's name beside a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.workshops import QUESTIONS, WorkshopState
from okrtui.report.parts import MinutesPart
from okrtui.store import reports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.service.session import View
    from okrtui.store.cycles import Cycle
    from okrtui.store.signals import Scope


def minutes_of(view: View, scope: Scope, cycle: Cycle) -> dict[int, list[MinutesPart]]:
    """The workshops of a cycle that have sat, by the id of their team."""
    found: dict[int, list[MinutesPart]] = {}
    notes: dict[int, list[reports.Note]] = {}
    for note in reports.notes(view.connection, scope):
        notes.setdefault(note.workshop_id, []).append(note)
    for one in reports.minutes(view.connection, scope, view.at):
        if one.sittings:
            part = MinutesPart(
                day=view.day_of(one.at, cycle).isoformat(),
                is_open=one.state == WorkshopState.OPEN,
                minutes=round(one.seconds / 60),
                sittings=one.sittings,
                people=one.people,
                ideas=one.ideas,
                notes=_answers(notes.get(one.id, [])),
                remark=one.remark,
            )
            found.setdefault(one.team_id, []).append(part)
    return found


def _answers(notes: Iterable[reports.Note]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The notes under the questions they answer, in the order in which those are asked; a question without any is left out."""
    told = {prompt: tuple(one.body for one in notes if one.prompt == prompt) for prompt in QUESTIONS}
    return tuple((QUESTIONS[prompt], bodies) for prompt, bodies in told.items() if bodies)
