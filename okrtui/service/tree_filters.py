"""The quick filters of the tree: what is mine, my team's, needs care, or is unaligned."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from okrtui.store import teams

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.service.session import Session
    from okrtui.service.tree_lines import TreeLines
    from okrtui.store.tree import Stem

MINE, TEAM, CARE, UNALIGNED = "mine", "team", "care", "unaligned"
NAMES = {
    "": "everything",
    MINE: "mine: what I own",
    TEAM: "my team's, and what is below it",
    CARE: "what needs care",
    UNALIGNED: "what contributes to nothing",
}
"""The filters in words; the empty one shows everything."""


def passing(session: Session, found: TreeLines, name: str) -> bytes | None:
    """For each line 1 where a filter keeps it, else 0; None where there is no filter of this name."""
    if name not in NAMES or not name:
        return None
    keeps = _keeper(session, found, name)
    return bytes(keeps(at) for at in range(len(found.keys)))


def _keeper(session: Session, found: TreeLines, name: str) -> Callable[[int], bool]:
    if name == CARE:
        return found.needs_care
    if name == UNALIGNED:
        return lambda at: found.keys[at][0] == "O" and found.is_unaligned(cast("Stem", found.rows[at]))
    with session.reading() as view:
        handle, person_id = view.actor.handle, view.actor.person_id
        if name == MINE:
            return lambda at: person_id is not None and found.whose(at)[0] == handle
        own = teams.of_person(view.connection, person_id) if person_id is not None else []
        chains = {team.id for team in own}
        below = {team.id for team in teams.in_tree_order(view.connection) if chains.intersection(team.chain)}
        return lambda at: found.whose(at)[1] in below
