"""The alignment tree: the whole company of a cycle, assembled from a few queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState, ObjectiveState
from okrtui.core.pace import silent
from okrtui.core.progress import Item, roll_up
from okrtui.core.weeks import FRIDAY
from okrtui.service import find
from okrtui.service.cards import Calendar
from okrtui.service.rooms import Place, place
from okrtui.store import cycles, invitations, key_results, objectives, teams

if TYPE_CHECKING:
    from datetime import date

    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.key_results import Leaf
    from okrtui.store.teams import Team


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
    slugs = {team.id: team for team in teams.in_tree_order(view.connection)}
    shown = {
        one.id: one for one in objectives.of_cycle(view.connection, cycle.id) if one.state == ObjectiveState.PUBLISHED
    }
    asked = {one.id: one for one in invitations.of_cycle(view.connection, cycle.id) if one.objective_id in shown}
    nodes: dict[str, Node] = {}
    for objective in shown.values():
        nodes[objective.ref] = Node(
            objective.ref, "objective", objective.title, slugs[objective.team_id].slug, None, None
        )
    leaves: dict[int, list[Leaf]] = {}
    for leaf in key_results.leaves(view.connection, cycle.id):
        leaves.setdefault(leaf.invitation_id, []).append(leaf)
    silence = _Silence(view, Calendar.load(view, cycle))
    under: dict[str, list[Leaf]] = {ref: [] for ref in nodes}
    for invitation in asked.values():
        node = nodes[f"O{invitation.objective_id}"]
        team = slugs.get(invitation.team_id or 0)
        if invitation.state == InvitationState.PUSHED_BACK:
            node.marks.append(f"pushed back by {team.slug if team else ''}")
        for leaf in leaves.get(invitation.id, ()):
            under[node.ref].append(leaf)
            key_result = _key_result(leaf, team, silent=silence.of(leaf, team))
            nodes[key_result.ref] = key_result
            node.children.append(key_result)
    for ref, found in under.items():
        nodes[ref].progress = roll_up(Item(f"KR{leaf.id}", leaf.progress, leaf.weight) for leaf in found).share
    company = next((team.slug for team in slugs.values() if team.parent_id is None), "")
    return _linked(view, cycle, nodes, company)


class _Silence:
    """Which key results owe a check-in, each question answered once: thousands share an answer."""

    def __init__(self, view: View, calendar: Calendar) -> None:
        self._view, self._calendar = view, calendar
        self._days: dict[str, date] = {}
        self._known: dict[tuple[int | None, date, int], bool] = {}

    def of(self, leaf: Leaf, team: Team | None) -> bool:
        if leaf.agreed_at is None or not self._calendar.reports:
            return False
        cycle = self._calendar.cycle
        if leaf.agreed_at not in self._days:
            self._days[leaf.agreed_at] = self._view.day_of(leaf.agreed_at, cycle)
        asked = leaf.checked_week, self._days[leaf.agreed_at], team.due_weekday if team else FRIDAY
        if asked not in self._known:
            week, agreed, due = asked
            self._known[asked] = silent(week, agreed, self._calendar.today, cycle.starts, cycle.ends, due)
        return self._known[asked]


def _key_result(leaf: Leaf, team: Team | None, *, silent: bool) -> Node:
    marks = []
    if leaf.fell:
        marks.append("fell")
    if silent:
        marks.append("silent")
    if not leaf.owned:
        marks.append("no owner")
    if leaf.amendment is not None:
        marks.append("amended")
    return Node(
        f"KR{leaf.id}", "key_result", leaf.statement, team.slug if team else "", leaf.progress, leaf.confidence, marks
    )


def _linked(view: View, cycle: Cycle, nodes: dict[str, Node], company: str) -> list[Node]:
    """Hang objectives under what they contribute to; what has no way up stands at the root, marked unless the company's."""
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
