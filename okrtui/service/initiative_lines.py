"""Initiatives as they are shown: one, a team's, a key result's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.service import find
from okrtui.service.cards import Names
from okrtui.service.initiatives import find_initiative
from okrtui.store import commitments, cycles, initiatives

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.service.session import Session, View
    from okrtui.store.initiatives import Initiative


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """An initiative with the key results it should move, each a ref and its words, and who stretches on it."""

    ref: str
    title: str
    team: str
    team_name: str
    cycle: str
    owner: str | None
    status: str
    author: str
    at: str
    moves: tuple[tuple[str, str], ...]
    stretched_by: tuple[str, ...]


def lines(view: View, found: Sequence[Initiative], names: Names | None = None) -> list[InitiativeLine]:
    """Initiatives as they are shown, each kind of thing read once for all of them."""
    if not found:
        return []
    known = names or Names(view)
    moves = initiatives.moved_by(view.connection, [one.id for one in found])
    stretched = commitments.stretched_on(view.connection, [one.id for one in found])
    cycle_names = {number: cycles.by_id(view.connection, number).name for number in {one.cycle_id for one in found}}
    return [
        InitiativeLine(
            one.ref,
            one.title,
            known.slug(one.team_id),
            known.name(one.team_id),
            cycle_names[one.cycle_id],
            known.person(one.owner_id),
            one.status,
            known.person(one.author_id) or "",
            one.at,
            tuple((f"KR{number}", statement) for number, statement in moves.get(one.id, ())),
            tuple(known.person(each) or "" for each in stretched.get(one.id, ())),
        )
        for one in found
    ]


def listed(
    session: Session, *, team: str | None = None, cycle: str | None = None, key_result: str | None = None
) -> list[InitiativeLine]:
    """The initiatives of a cycle, the current one unless named: of all, of a team, or for a key result.

    Raises:
        NotFound: no such team, cycle or key result.
    """
    with session.reading() as view:
        if key_result is not None:
            found, _ = find.key_result(view, key_result)
            return lines(view, initiatives.of_key_result(view.connection, found.id))
        where = find.cycle(view, cycle)
        if team is None:
            return lines(view, initiatives.of_cycle(view.connection, where.id))
        return lines(view, initiatives.of_team(view.connection, where.id, find.team(view, team).id))


def shown(session: Session, ref: str) -> InitiativeLine:
    """One initiative.

    Raises:
        NotFound: there is none of this ref.
    """
    with session.reading() as view:
        found, _, _ = find_initiative(view, ref)
        return lines(view, [found])[0]
