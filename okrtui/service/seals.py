"""What may be known of scores before they are opened: who is waited for, and what a side sees of its own.

Kept apart from writing them, so that lists which only look need not load what checks input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.model import ScoreSide, Side
from okrtui.core.sides import standing
from okrtui.store import scores, teams
from okrtui.store.teams import Leading, TeamSide

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from okrtui.core.sides import Sides
    from okrtui.service.find import Exchange
    from okrtui.service.session import View
    from okrtui.store.key_results import KeyResult
    from okrtui.store.scores import Seal, SealedScore

_Asked = Leading | TeamSide | int
OTHER = {ScoreSide.SELF: ScoreSide.MANAGER, ScoreSide.MANAGER: ScoreSide.SELF}
_SIDES = {ScoreSide.SELF: Side.TEAM, ScoreSide.MANAGER: Side.LEADERSHIP}


def authors(view: View, key_result: KeyResult) -> dict[ScoreSide, int]:
    """Who wrote which side's score: no secret, unlike what it says."""
    sealed = scores.seals(view.connection, [key_result.id])
    opened = scores.opened(view.connection, [key_result.id])
    wrote = {ScoreSide(one.side): one.author_id for one in sealed}
    return wrote | {ScoreSide(one.side): one.author_id for one in opened}


def waited_for(view: View, key_result: KeyResult, exchange: Exchange) -> set[ScoreSide]:
    """The sides whose score is not in and that have anybody who could write it."""
    found = scores.seals(view.connection, [key_result.id])
    return all_waited_for(view, found, {key_result.id: exchange})[key_result.id]


def all_waited_for(view: View, seals: Iterable[Seal], exchanges: Mapping[int, Exchange]) -> dict[int, set[ScoreSide]]:
    """The sides that `waited_for` names, of many key results by id, with their seals read already; in two queries."""
    wrote = {(one.key_result_id, ScoreSide(one.side)): one for one in seals}
    asked: dict[tuple[int, ScoreSide], _Asked | None] = {}
    for number, exchange in exchanges.items():
        for side in ScoreSide:
            own, other = wrote.get((number, side)), wrote.get((number, OTHER[side]))
            if own is None or not own.is_in:
                asked[number, side] = _who_could_write(exchange, side, but=other.author_id if other else None)
    present = _present(view, {one for one in asked.values() if one is not None})
    waiting: dict[int, set[ScoreSide]] = {number: set() for number in exchanges}
    for (number, side), whom in asked.items():
        if whom is not None and present[whom]:
            waiting[number].add(side)
    return waiting


def _who_could_write(exchange: Exchange, side: ScoreSide, *, but: int | None) -> _Asked | None:
    """Whom to look for on a side, all but the author of the other score; None where it is known that nobody is there."""
    chain = exchange.leading.chain
    if side is ScoreSide.MANAGER:
        return Leading(chain, but)
    if exchange.team is not None:
        return TeamSide(exchange.team.path, chain, but)
    return exchange.person.id if exchange.person and exchange.person.active and exchange.person.id != but else None


def _present(view: View, asked: Collection[_Asked]) -> dict[_Asked, bool]:
    """Who of those is there; a person, named by their id, is."""
    connection, today = view.connection, view.today
    present: dict[_Asked, bool] = {one: True for one in asked if isinstance(one, int)}
    leading = teams.leaderships_present(connection, [one for one in asked if isinstance(one, Leading)], today)
    team = teams.teams_present(connection, [one for one in asked if isinstance(one, TeamSide)], today)
    present.update((*leading.items(), *team.items()))
    return present


def visible_seals(view: View, key_result_ids: Sequence[int], sides: Sides) -> list[SealedScore]:
    """Sealed scores of key results under one invitation, for their own side and their authors alone; no others are read."""
    if view.actor.is_operator:
        return []
    stands = standing(view.actor, sides).side
    own = next((str(score) for score, side in _SIDES.items() if side is stands), "")
    return scores.sealed_of(view.connection, key_result_ids, side=own, author_id=view.person_id)
