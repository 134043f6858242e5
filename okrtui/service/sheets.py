"""Every key result as a row, for a spreadsheet: what anybody may see, with nothing of the conversation about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.inputs import KeyResultEntry
from okrtui.core.model import Kind
from okrtui.service.cards import Names
from okrtui.store import cycles, invitations, key_results, objectives

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.key_results import KeyResult, StepRow

_OWN = tuple(name for name in KeyResultEntry.model_fields if name not in {"owner", "shared_team", "steps"})


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A key result with the names of what it stands under; ``fields`` are those of its form, in their order."""

    cycle: str
    objective: str
    title: str
    team: str
    ref: str
    state: str
    fields: Mapping[str, object]
    steps: tuple[StepRow, ...]
    value: float | None
    confidence: int | None
    progress: float | None


def rows(session: Session) -> Generator[SheetRow, None, None]:
    """The key results of all cycles, the first cycle first, by objective and team."""
    with session.reading() as view:
        names = Names.load(view)
        for cycle in cycles.in_order(view.connection):
            yield from _of_cycle(view, cycle, names)


def _of_cycle(view: View, cycle: Cycle, names: Names) -> Iterator[SheetRow]:
    written = {one.id: one for one in objectives.of_cycle(view.connection, cycle.id)}
    asked = {one.id: one for one in invitations.of_cycle(view.connection, cycle.id)}
    places = {
        number: place for place, number in enumerate(sorted(asked, key=lambda one: (asked[one].objective_id, one)))
    }
    for found in sorted(key_results.of_cycle(view.connection, cycle.id), key=lambda one: places[one.invitation_id]):
        invitation = asked[found.invitation_id]
        objective = written[invitation.objective_id]
        milestone = found.kind == Kind.MILESTONE
        yield SheetRow(
            cycle=cycle.name,
            objective=objective.ref,
            title=objective.title,
            team=names.slug(invitation.team_id),
            ref=found.ref,
            state=found.state,
            fields=_fields(found, names),
            steps=tuple(key_results.steps(view.connection, found.id)) if milestone else (),
            value=found.value,
            confidence=found.confidence,
            progress=found.progress,
        )


def _fields(found: KeyResult, names: Names) -> dict[str, object]:
    whose = {"owner": names.person(found.owner_id), "shared_team": names.slug(found.shared_team_id)}
    said = {**{name: getattr(found, name) for name in _OWN}, **whose}
    return {name: said[name] for name in KeyResultEntry.model_fields if name in said}
