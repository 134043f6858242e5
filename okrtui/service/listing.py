"""What there is to choose from: teams, cycles, people and things by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.store import cycles as cycle_rows
from okrtui.store import people as person_rows
from okrtui.store import teams as team_rows
from okrtui.store.listing import things_of

if TYPE_CHECKING:
    from okrtui.service.session import Session
    from okrtui.store.cycles import Cycle
    from okrtui.store.people import Person
    from okrtui.store.teams import Team


@dataclass(frozen=True, slots=True)
class Thing:
    """An objective or key result by its words, and the team whose screens show it."""

    ref: str
    text: str
    team: str


def teams(session: Session) -> list[Team]:
    """Every team, each followed by those below it."""
    with session.reading() as view:
        return team_rows.in_tree_order(view.connection)


def cycles(session: Session) -> list[Cycle]:
    """Every cycle, by its first day."""
    with session.reading() as view:
        return cycle_rows.in_order(view.connection)


def people(session: Session) -> list[Person]:
    """Everybody, by handle."""
    with session.reading() as view:
        return person_rows.everybody(view.connection)


def things(session: Session, cycle: str | None) -> list[Thing]:
    """The objectives and key results of a cycle, the current one unless named, for choosing by a part of their words."""
    with session.reading() as view:
        meant = cycle_rows.by_name(view.connection, cycle) if cycle else cycle_rows.current(view.connection)
        return [Thing(*row) for row in things_of(view.connection, meant.id)] if meant else []
