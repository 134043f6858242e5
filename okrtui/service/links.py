"""Links: what an objective or a key result contributes to, or supports, asked by its side and consented to by the parent's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import said
from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.core.model import LinkKind, Phase, spoken
from okrtui.service import find, threads
from okrtui.service.cards import Names
from okrtui.service.link_ends import OVER, End
from okrtui.store import links

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.core.leave import Leave
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.links import Link


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link, as it is listed; ``consented_by`` is None while it waits for a lead of ``parent_team``."""

    child: str
    child_words: str
    child_team: str
    parent: str
    parent_words: str
    parent_team: str
    kind: str
    author: str
    at: str
    consented_by: str | None


def add(session: Session, child: str, parent: str, kind: str = LinkKind.CONTRIBUTES) -> bool:
    """Link an objective or a key result to a parent; a lead of the parent's team consents by asking.

    Returns:
        Whether the link stands; else it waits for the consent of a lead of the parent's team.

    Raises:
        NotAllowed: by anybody but the child's side; linked already; the parent is over, or would come to stand under itself.
        NotFound: there is no such child or parent.
        Invalid: no such kind.
    """
    with session.writing() as deed:
        return ask(deed, child, parent, kind)


def refusal(session: Session, child: str, parent: str) -> str:
    """Why whoever looks cannot link a thing to a parent now, and what to do instead; empty where they can.

    Raises:
        NotFound: there is no such child or parent.
    """
    with session.reading() as view:
        below, above = End.find(view, child), End.find(view, parent)
        leave = below.linking(view)
        if not leave:
            return leave.refusal
        try:
            _must_fit(view, below, above)
        except NotAllowed as refused:
            return str(refused)
        return ""


def ask(deed: Deed, child: str, parent: str, kind: str = LinkKind.CONTRIBUTES, *, undoes: int | None = None) -> bool:
    """`add` as part of another deed; ``undoes`` is the event that this takes back.

    Raises:
        NotAllowed, NotFound, Invalid: as `add` does.
    """
    if kind not in set(LinkKind):
        raise Invalid(f"A link contributes or supports: {kind[:40]!r} is neither.", {"kind": "Choose one of the two."})
    below, above = End.find(deed, child), End.find(deed, parent)
    leave = _granted(below.linking(deed))
    _must_fit(deed, below, above)
    consents = bool(above.taking(deed, below))
    consented_by = deed.person_id if consents else None
    links.add(
        deed.connection, below.ref, above.ref, kind, author_id=deed.person_id, consented_by=consented_by, at=deed.at
    )
    after: dict[str, object] = {"parent": above.ref, "kind": str(kind), "consented": consents}
    _record(deed, below.act, below, leave, after=after | ({"undoes": undoes} if undoes is not None else {}))
    return consents


def inherit(deed: Deed, child: str, origin: str) -> None:
    """Link a new thing to the parents of another, but those that nothing can stand below any more; part of another deed."""
    for link in links.parents(deed.connection, origin):
        above = End.find(deed, link.parent)
        if link.consented_by is not None and not above.is_over and above.exchange.cycle.phase is not Phase.CLOSED:
            ask(deed, child, link.parent, link.kind)


def consent(session: Session, child: str, parent: str) -> None:
    """Consent to a link that was asked for.

    Raises:
        NotAllowed: by anybody but a lead of the parent's team or above; or it stands already.
        NotFound: nobody asked for it.
    """
    with session.writing() as deed:
        found, below, above = _waiting(deed, child, parent)
        leave = _granted(above.taking(deed, below))
        _must_take(above)
        links.consent(deed.connection, found.id, deed.person_id, deed.at)
        _record(deed, Act.LINK_CONSENT, below, leave, after={"parent": above.ref, "kind": found.kind})


def decline(session: Session, child: str, parent: str, words: str = "") -> None:
    """Decline a link that was asked for; whoever asked finds the words in the child's thread, and is told.

    Raises:
        NotAllowed: by anybody but a lead of the parent's team or above; or it stands already: remove it.
        NotFound: nobody asked for it.
        Invalid: the words are too long.
    """
    reason = said(words, "words")
    with session.writing() as deed:
        found, below, above = _waiting(deed, child, parent)
        leave = _granted(above.taking(deed, below, Act.LINK_DECLINE))
        links.remove(deed.connection, found.id)
        asker = Names(deed).person(found.author_id)
        body = f"@{asker} {reason}".strip()
        threads.quote(deed, below.ref, "declined", body, f"{below.ref} {found.kind} to {above.ref}")
        _record(deed, Act.LINK_DECLINE, below, leave, before=_told(found), after={"parent": above.ref, "words": reason})


def remove(session: Session, child: str, parent: str) -> None:
    """Take a link away: by the child's side, or by a lead of the parent's team.

    Raises:
        NotAllowed: by anybody else.
        NotFound: there is no such link.
    """
    with session.writing() as deed:
        take_away(deed, child, parent)


def take_away(deed: Deed, child: str, parent: str, *, undoes: int | None = None) -> None:
    """`remove` as part of another deed; ``undoes`` is the event that this takes back.

    Raises:
        NotAllowed, NotFound: as `remove` does.
    """
    found, below, above = _link(deed, child, parent)
    own = below.linking(deed)
    leave = own or above.taking(deed, below, Act.LINK_DECLINE) or own
    _granted(leave)
    links.remove(deed.connection, found.id)
    after: dict[str, object] = {"parent": above.ref}
    _record(
        deed,
        "link.remove",
        below,
        leave,
        before=_told(found),
        after=after | ({"undoes": undoes} if undoes is not None else {}),
    )


def all_links(
    session: Session, *, ref: str | None = None, team: str | None = None, cycle: str | None = None
) -> list[LinkLine]:
    """The links of a cycle, the current one unless named; with ``ref`` those of one thing, with ``team`` of its things.

    Raises:
        NotFound: there is no such thing, team or cycle.
    """
    with session.reading() as view:
        if ref is not None:
            spelled = End.find(view, ref).ref
            found = [*links.parents(view.connection, spelled), *links.children(view.connection, [spelled])]
        else:
            found = links.of_cycle(view.connection, find.cycle(view, cycle).id)
        lines = listed(view, found)
        if team is None:
            return lines
        slug = find.team(view, team).slug
        return [line for line in lines if slug in {line.child_team, line.parent_team}]


def waiting_under(view: View, objective_id: int) -> list[LinkLine]:
    """The links to an objective and to its key results that wait for a consent."""
    return listed(view, links.waiting_under(view.connection, objective_id))


def listed(view: View, found: Iterable[Link]) -> list[LinkLine]:
    """Links as they are listed."""
    names = Names(view)
    lines = []
    for one in found:
        below, above = End.find(view, one.child), End.find(view, one.parent)
        lines.append(
            LinkLine(
                below.ref,
                below.words,
                below.team.slug,
                above.ref,
                above.words,
                above.team.slug,
                one.kind,
                names.person(one.author_id) or "",
                one.at,
                names.person(one.consented_by),
            )
        )
    return lines


def _granted(leave: Leave) -> Leave:
    if not leave:
        raise NotAllowed(leave.refusal)
    return leave


def _must_fit(view: View, below: End, above: End) -> None:
    if above.ref == below.ref:
        raise NotAllowed(f"{below.ref} cannot stand under itself: give another parent.")
    if below.key_result and above.ref == below.exchange.objective.ref:
        raise NotAllowed(f"{below.ref} stands under {above.ref} already, as its key result: give another parent.")
    if found := links.between(view.connection, below.ref, above.ref):
        word = "is linked" if found.consented_by is not None else "asks for its link"
        raise NotAllowed(
            f"{below.ref} {word} to {above.ref} already ({found.kind}): remove that first with "
            f"`okrtui link remove {below.ref} {above.ref}`."
        )
    _must_take(above)
    if path := way_up(view, above.ref, below.ref):
        shown = " → ".join((below.ref, *path))
        raise NotAllowed(
            f"{below.ref} would stand under itself ({shown}): give another parent, or remove one of these."
        )


def _must_take(above: End) -> None:
    if above.is_over:
        state = spoken(above.state if above.state in OVER else above.exchange.objective.state)
        raise NotAllowed(f"{above.ref} is {state}, and nothing stands under it any more: give another parent.")
    cycle = above.exchange.cycle
    if cycle.phase is Phase.CLOSED:
        raise NotAllowed(f"{cycle.name}, the cycle of {above.ref}, is closed: give a parent in one that is not.")


def way_up(view: View, start: str, end: str) -> list[str]:
    """A shortest way up from one thing to another, both named; empty where there is none. Links that wait count, too."""
    came_from = {start: ""}
    level = [start]
    while level and end not in came_from:
        found = links.above(view.connection, level)
        level = []
        for child, parent in found:
            if parent not in came_from:
                came_from[parent] = child
                level.append(parent)
    if end not in came_from:
        return []
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]


def _link(view: View, child: str, parent: str) -> tuple[Link, End, End]:
    below, above = End.find(view, child), End.find(view, parent)
    found = links.between(view.connection, below.ref, above.ref)
    if found is None:
        raise NotFound(f"{below.ref} has no link to {above.ref}: `okrtui link list {below.ref}` shows those it has.")
    return found, below, above


def _waiting(view: View, child: str, parent: str) -> tuple[Link, End, End]:
    found, below, above = _link(view, child, parent)
    if found.consented_by is not None:
        raise NotAllowed(
            f"The link of {below.ref} to {above.ref} was consented to already: remove it with "
            f"`okrtui link remove {below.ref} {above.ref}`."
        )
    return found, below, above


def _told(found: Link) -> dict[str, object]:
    return {"parent": found.parent, "kind": found.kind, "consented": found.consented_by is not None}


def _record(deed: Deed, verb: str, below: End, leave: Leave, **halves: dict[str, object]) -> None:
    deed.record(
        verb,
        below.ref,
        leave=leave,
        cycle_id=below.exchange.cycle.id,
        team_id=below.team.id,
        before=halves.get("before"),
        after=halves.get("after"),
    )
