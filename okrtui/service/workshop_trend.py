"""The workshops of teams, cycle by cycle: how long each was, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.workshops import Clock
from okrtui.service import find
from okrtui.service.minutes import spans_of
from okrtui.store import cycles, teams, workshops

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.service.session import Session
    from okrtui.store.workshops import Sitting, Workshop


@dataclass(frozen=True, slots=True)
class Past:
    """A workshop in the trend: its length in seconds of working time, and what came of it."""

    team: str
    cycle: str
    ref: str
    state: str
    is_first: bool
    seconds: int
    sittings: int
    people: int
    notes: int
    ideas: int
    remark: str


def trend(session: Session, *, team: str | None = None) -> list[Past]:
    """The workshops of a team, or of all, by cycle: how long each was, and what came of it.

    Raises:
        NotFound: there is no such team.
    """
    with session.reading() as view:
        connection = view.connection
        found = workshops.every_one(connection, find.team(view, team).id if team is not None else None)
        numbers = [one.id for one in found]
        held: dict[int, list[Sitting]] = {one: [] for one in numbers}
        for sitting in workshops.sittings(connection, numbers):
            held[sitting.workshop_id].append(sitting)
        there = Counter(one.workshop_id for one in workshops.attendance(connection, numbers))
        noted, written = workshops.note_counts(connection, numbers), workshops.idea_counts(connection, numbers)
        slugs = {one.id: one.slug for one in teams.in_tree_order(connection)}
        names = {one.id: one.name for one in cycles.in_order(connection)}
        ended = _first_ends(found)
        return [
            Past(
                team=slugs[one.team_id],
                cycle=names[one.cycle_id],
                ref=one.ref,
                state=one.state,
                is_first=ended.get(one.team_id, one.at) >= one.at,
                seconds=Clock(spans_of(held[one.id]), is_first=False).seconds(view.now),
                sittings=len(held[one.id]),
                people=there[one.id],
                notes=noted.get(one.id, 0),
                ideas=written.get(one.id, 0),
                remark=one.remark,
            )
            for one in found
        ]


def _first_ends(found: Iterable[Workshop]) -> dict[int, str]:
    """When each team closed its first workshop; one that began before that, or is that one, is a first."""
    ended: dict[int, str] = {}
    for one in found:
        if one.closed_at is not None:
            ended[one.team_id] = min(one.closed_at, ended.get(one.team_id, one.closed_at))
    return ended
