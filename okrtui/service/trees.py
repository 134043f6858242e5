"""The alignment tree: the whole company of a cycle, assembled from a few queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState, KeyResultState, ObjectiveState
from okrtui.core.progress import Item, roll_up
from okrtui.service import find
from okrtui.service.cards import Calendar, KeyResultCard, Names, cards_under
from okrtui.service.rooms import Place, place
from okrtui.store import cycles, invitations, objectives

if TYPE_CHECKING:
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle


@dataclass(slots=True)
class Node:
    """A line of the tree; ``kind`` is objective or key_result, ``marks`` are words such as "pushed back" or "unaligned"."""

    ref: str
    kind: str
    text: str
    team: str
    progress: float | None
    confidence: int | None
    marks: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


def tree(
    session: Session, *, cycle: str | None = None, team: str | None = None, depth: int | None = None
) -> tuple[Place, list[Node]]:
    """The tree of a cycle: company objectives at the root, below them key results and what contributes to them.

    With ``team`` only what that team wrote or was asked, with what is below; ``depth`` 1 is the roots alone.

    Raises:
        NotFound: there is no such cycle or team.
    """
    with session.reading() as view:
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        start = find.team(view, team) if team else find.company(view)
        if meant is None:
            return place(view, start, None), []
        roots = _roots(view, meant)
        if team is not None:
            roots = _of_team(roots, start.slug)
        return place(view, start, meant), roots if depth is None else [_cut(node, depth) for node in roots]


def _roots(view: View, cycle: Cycle) -> list[Node]:
    names, calendar = Names.load(view), Calendar.load(view, cycle)
    shown = {
        one.id: one for one in objectives.of_cycle(view.connection, cycle.id) if one.state == ObjectiveState.PUBLISHED
    }
    asked = [one for one in invitations.of_cycle(view.connection, cycle.id) if one.objective_id in shown]
    cards = cards_under(view, asked, shown, names, calendar)
    nodes: dict[str, Node] = {}
    for objective in shown.values():
        nodes[objective.ref] = Node(
            objective.ref, "objective", objective.title, names.slug(objective.team_id), None, None
        )
    under: dict[str, list[KeyResultCard]] = {ref: [] for ref in nodes}
    for invitation in asked:
        node = nodes[f"O{invitation.objective_id}"]
        if invitation.state == InvitationState.PUSHED_BACK:
            node.marks.append(f"pushed back by {names.slug(invitation.team_id)}")
        for card in cards[invitation.id]:
            if card.state != KeyResultState.AGREED:
                continue
            under[node.ref].append(card)
            nodes[card.ref] = _key_result(card)
            node.children.append(nodes[card.ref])
    for ref, found in under.items():
        nodes[ref].progress = roll_up(Item(card.ref, card.progress, card.weight) for card in found).share
    return _linked(view, cycle, nodes, names)


def _key_result(card: KeyResultCard) -> Node:
    marks = [
        word
        for word, holds in (
            ("fell", card.fell),
            ("silent", card.silent),
            ("no owner", not card.owner_active),
            ("amended", card.amendment is not None),
        )
        if holds
    ]
    return Node(card.ref, "key_result", card.statement, card.team, card.progress, card.confidence, marks)


def _linked(view: View, cycle: Cycle, nodes: dict[str, Node], names: Names) -> list[Node]:
    """Hang objectives under what they contribute to; what has no way up stands at the root, marked unless the company's."""
    company = next((team.slug for team in names.teams.values() if team.parent_id is None), "")
    hung = set()
    for child, parent, kind in objectives.links(view.connection, cycle.id):
        if kind == "contributes" and child in nodes and parent in nodes and child not in hung:
            nodes[parent].children.append(nodes[child])
            hung.add(child)
    roots = [node for ref, node in nodes.items() if node.kind == "objective" and ref not in hung]
    for node in roots:
        if node.team != company:
            node.marks.append("unaligned")
    return sorted(roots, key=lambda node: node.team != company)


def _of_team(roots: list[Node], slug: str) -> list[Node]:
    found: list[Node] = []
    for node in roots:
        if node.team == slug:
            found.append(node)
        else:
            found.extend(_of_team(node.children, slug))
    return found


def _cut(node: Node, depth: int) -> Node:
    if depth <= 1:
        node.children = []
    else:
        node.children = [_cut(child, depth - 1) for child in node.children]
    return node
