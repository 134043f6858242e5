"""The alignment tree: the whole company of a cycle, assembled from a few queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.weeks import FRIDAY, due_day, ends_of, last_due_week
from okrtui.service import find
from okrtui.service.cards import Calendar
from okrtui.service.rooms import Place, place
from okrtui.service.session import stamp
from okrtui.service.tree_lines import AGAIN, Aligned, Rows, TreeLines
from okrtui.store import cycles, initiatives
from okrtui.store import tree as rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle


@dataclass(slots=True)
class Node:
    """A line of the tree; ``kind`` is objective, key_result, initiative, commitment or team.

    ``marks`` are words such as "pushed back by sales" or "unaligned".
    """

    ref: str
    kind: str
    text: str
    team: str
    progress: float | None
    confidence: int | None
    marks: tuple[str, ...] = ()
    children: Sequence[Node] = ()
    owner: str = ""
    aligned: Aligned | None = None
    needs_care: bool = False


def lines(session: Session, *, cycle: str | None = None, care: bool = False) -> TreeLines:
    """The lines of a cycle's tree, the current one unless named; with ``care`` what needs it says why, idle teams too.

    Raises:
        NotFound: there is no such cycle.
    """
    with session.reading() as view:
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        return TreeLines.of(_nothing() if meant is None else _rows(view, meant, care=care))


def tree(
    session: Session,
    *,
    cycle: str | None = None,
    team: str | None = None,
    depth: int | None = None,
    care: bool = False,
) -> tuple[Place, list[Node]]:
    """The tree of a cycle: company objectives at the root, below them key results and what contributes to them.

    With ``team`` only what that team wrote or was asked, with what is below; ``depth`` 1 is the roots alone. With ``care`` only
    what needs it, and what that stands under.

    Raises:
        NotFound: there is no such cycle or team.
    """
    with session.reading() as view:
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        start = find.team(view, team) if team else find.company(view)
        if meant is None:
            return place(view, start, None), []
        roots = _nested(TreeLines.of(_rows(view, meant, care=care)))
        if team is not None:
            roots = _of_team(roots, start.slug)
        if care:
            roots = _caring(roots)
        return place(view, start, meant), roots if depth is None else [_cut(node, depth) for node in roots]


# Reading


def _nothing() -> Rows:
    return Rows(0, {}, (), (), (), (), (), {}, {}, {}, ())


def _rows(view: View, cycle: Cycle, *, care: bool) -> Rows:
    connection = view.connection
    found = rows.places(connection)
    slugs = {number: slug for number, slug, _, _ in found}
    pushed: dict[str, list[str]] = {}
    for ref, team in rows.pushbacks(connection, cycle.id):
        pushed.setdefault(ref, []).append(slugs.get(team or 0, ""))
    company = next((number for number, _, above, _ in found if above is None), 0)
    return Rows(
        company,
        slugs,
        rows.stems(connection, cycle.id),
        rows.leaves(connection, cycle.id),
        rows.works(connection, cycle.id),
        rows.promises(connection, cycle.id),
        rows.ties(connection, cycle.id),
        pushed,
        _owed_by(view, cycle, found),
        _care(view, cycle, company) if care else {},
        rows.idle(connection, cycle.id) if care else (),
    )


def _care(view: View, cycle: Cycle, company: int) -> Mapping[str, Sequence[str]]:
    """Why things need care, by their refs, but for what their lines say anyway."""
    connection, said = view.connection, defaultdict(list)
    for ref, team, asked, accepted in rows.answers(connection, cycle.id):
        if not asked:
            said[ref].append("no team invited")
        elif team == company and not accepted:
            said[ref].append("no team took it up")
    for number in initiatives.key_results_without(connection, cycle.id):
        said[f"KR{number}"].append("no initiative")
    for number in initiatives.that_move_nothing(connection, cycle.id):
        said[f"I{number}"].append("moves nothing")
    return dict(said)


def _owed_by(view: View, cycle: Cycle, found: Iterable[rows.Place]) -> dict[int | None, tuple[int, str]]:
    """The latest week that is owed, by team, and the moment before which whatever is agreed owes it.

    It is the rule of `core.pace.silent`, asked once for each due weekday.
    """
    asked: dict[int, tuple[int, str]] = {}
    if Calendar.load(view, cycle).reports:
        today = view.day_in(cycle)
        for due in range(7):
            if week := last_due_week(today, cycle.starts, cycle.ends, due):
                asked[due] = week.number, stamp(ends_of(due_day(week, due), cycle.zone))
    nothing = (0, "")
    return {None: asked.get(FRIDAY, nothing), **{team: asked.get(due, nothing) for team, _, _, due in found}}


# As a tree


def _nested(found: TreeLines) -> list[Node]:
    """The lines hung below one another."""
    roots: list[Node] = []
    levels: list[list[Node]] = [roots]
    for at, depth in enumerate(found.depths):
        node = _node(found, at)
        del levels[depth + 1 :]
        levels[depth].append(node)
        below: list[Node] = []
        node.children = below
        levels.append(below)
    return roots


def _node(found: TreeLines, at: int) -> Node:
    line = found.line(at)
    figured = line.kind in {"objective", "key_result"} and AGAIN not in found.keys[at]
    return Node(
        line.ref,
        line.kind,
        line.text,
        line.team,
        line.progress,
        line.confidence,
        line.marks,
        owner=line.owner,
        aligned=found.aligned(line.ref) if figured else None,
        needs_care=found.needs_care(at),
    )


def _of_team(roots: Sequence[Node], slug: str) -> list[Node]:
    found: list[Node] = []
    for node in roots:
        if node.team == slug:
            found.append(node)
        else:
            found.extend(_of_team(node.children, slug))
    return found


def _caring(nodes: Sequence[Node]) -> list[Node]:
    """What needs care, and what that stands under."""
    found = []
    for node in nodes:
        node.children = _caring(node.children)
        if node.children or node.needs_care:
            found.append(node)
    return found


def _cut(node: Node, depth: int) -> Node:
    node.children = [] if depth <= 1 else [_cut(child, depth - 1) for child in node.children]
    return node
