"""Splitting an objective: what it was split into, the new ones written for it, and where the team's drafts go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.entering import entered
from okrtui.core.errors import NotAllowed
from okrtui.core.inputs import ObjectiveEntry
from okrtui.service import find, links, objectives
from okrtui.service.asking import put_to
from okrtui.store import invitations

if TYPE_CHECKING:
    from okrtui.core.inputs import AnswerEntry
    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed


def split(deed: Deed, exchange: Exchange, pushback_id: int, entry: AnswerEntry, leave: Leave) -> list[str]:
    """Note what an objective is split into and carry it out, as part of answering its pushback; the refs of the new ones.

    Raises:
        NotAllowed: into itself; one person's own; or the team cannot be asked for the first of the new ones.
        NotFound: an objective it is split into is not there.
    """
    if exchange.team is None and (entry.into or entry.new):
        raise NotAllowed(
            f"{exchange.objective.ref} is one person's own: reword it, explain it, or release them instead."
        )
    named = {one.objective.id: one for one in (find.objective(deed, ref) for ref in entry.into)}
    if exchange.objective.id in named:
        raise NotAllowed(f"{exchange.objective.ref} cannot be split into itself: name the new objectives.")
    news = [*named.values(), *(_written(deed, exchange, title) for title in entry.new)]
    for new in news:
        invitations.split_into(deed.connection, pushback_id, new.objective.id)
    if news and not entry.keep_drafts:
        _move_drafts(deed, exchange, news[0], leave)
    return [new.objective.ref for new in news]


def _written(deed: Deed, exchange: Exchange, title: str) -> Exchange:
    """A new objective beside the one that is split: its why, ambition and parents, published and put to the team."""
    entry = entered(ObjectiveEntry, {**objectives.texts_of(exchange.objective), "title": title})
    number = objectives.write(deed, exchange.leading, exchange.cycle, entry)
    links.inherit(deed, f"O{number}", exchange.objective.ref)
    objectives.make_public(deed, find.objective(deed, f"O{number}"))
    written = find.objective(deed, f"O{number}")
    assert exchange.team is not None  # noqa: S101  # only teams push back on what can be split
    put_to(deed, written, exchange.team)
    return written


def _move_drafts(deed: Deed, exchange: Exchange, new: Exchange, leave: Leave) -> None:
    assert exchange.team is not None  # noqa: S101  # as above
    assert exchange.invitation is not None  # noqa: S101  # it was pushed back on
    target = invitations.of_team(deed.connection, new.objective.id, exchange.team.id)
    number = put_to(deed, new, exchange.team) if target is None else target.id
    for moved in invitations.move_drafts(deed.connection, exchange.invitation.id, number):
        deed.record(
            "kr.move",
            f"KR{moved}",
            leave=leave,
            cycle_id=new.cycle.id,
            team_id=exchange.team.id,
            before={"objective": exchange.objective.ref},
            after={"objective": new.objective.ref},
        )
