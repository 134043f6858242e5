"""What may be known of scores before they are opened: who is waited for, and what a side sees of its own.

Kept apart from writing them, so that lists which only look need not load what checks input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.model import ScoreSide, Side
from okrtui.core.sides import standing
from okrtui.store import scores, teams

if TYPE_CHECKING:
    from okrtui.core.sides import Sides
    from okrtui.service.find import Exchange
    from okrtui.service.session import View
    from okrtui.store.key_results import KeyResult
    from okrtui.store.scores import SealedScore

OTHER = {ScoreSide.SELF: ScoreSide.MANAGER, ScoreSide.MANAGER: ScoreSide.SELF}
_SIDES = {ScoreSide.SELF: Side.TEAM, ScoreSide.MANAGER: Side.LEADERSHIP}


def waited_for(view: View, key_result: KeyResult, exchange: Exchange) -> set[ScoreSide]:
    """The sides whose score is not in and that have anybody who could write it."""
    seals = {ScoreSide(one.side): one for one in scores.seals(view.connection, [key_result.id])}
    outstanding = {side for side in ScoreSide if side not in seals or not seals[side].is_in}
    waiting = set()
    for side in outstanding:
        other = seals.get(OTHER[side])
        if _could_write(view, exchange, side, but=other.author_id if other else None):
            waiting.add(side)
    return waiting


def _could_write(view: View, exchange: Exchange, side: ScoreSide, *, but: int | None) -> bool:
    """Whether anybody active, but the author of the other score, stands on a side."""
    chain = exchange.leading.chain
    if side is ScoreSide.MANAGER:
        return teams.leadership_present(view.connection, chain, view.today, but=but)
    if exchange.team is not None:
        return teams.team_present(view.connection, exchange.team.path, chain, view.today, but=but)
    return exchange.person is not None and bool(exchange.person.active) and exchange.person.id != but


def visible_seal(view: View, key_result: KeyResult, side: ScoreSide, sides: Sides) -> SealedScore | None:
    """A sealed score, for its own side and its author alone; None to everybody else, as if there were none."""
    if view.actor.is_operator:
        return None
    stands = standing(view.actor, sides).side
    sealed = scores.sealed(view.connection, key_result.id, str(side))
    if sealed is None or (stands is not _SIDES[side] and sealed.author_id != view.actor.person_id):
        return None
    return sealed
