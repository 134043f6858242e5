"""What waits for somebody in words: suggestions, links that ask, mentions; and workshops that nobody keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.model import Side, spoken
from okrtui.core.names import parse_ref
from okrtui.store import commitments, links, needs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from okrtui.service.asked import Asked
    from okrtui.service.looking import Looking
    from okrtui.service.session import View
    from okrtui.store.needs import Suggested


def suggestions(looking: Looking, asked: Iterable[Asked], leading: Collection[int]) -> None:
    """What is suggested: on a key result to its owner, else its author, else its team; on an objective to its leads."""
    connection, ground = looking.view.connection, looking.ground
    as_team = {one.invitation.id: one for one in asked if Side.TEAM in one.acts_for}
    if as_team:
        for one in needs.suggested_to_teams(connection, as_team):
            if one.asked in {looking.actor.person_id, None}:
                of = as_team[one.place]
                _suggestion(looking, one, of.slug, of.exchange.cycle.name)
    if leading and ground.cycles:
        for one, team_id, cycle_id in needs.suggested_to_leaders(connection, ground.cycles, leading):
            _suggestion(looking, one, ground.team(team_id).slug, ground.cycles[cycle_id].name)


def _suggestion(looking: Looking, one: Suggested, team: str, cycle: str) -> None:
    what = f"{one.thing} ({spoken(one.field)})"
    text = f"{one.author} suggests for {what}: {one.proposed}: take it or decline it"
    met = ("objectives", "objective.take") if one.thing.startswith("O") else None
    looking.put("suggestion", one.thing, team, cycle, text, f"okrtui take S{one.id}", met)


def links_that_ask(looking: Looking, leading: Collection[int]) -> None:
    """What others ask to stand below the work of the teams somebody leads."""
    ground = looking.ground
    if not leading or not ground.cycles:
        return
    for one in links.waiting(looking.view.connection, ground.cycles, leading):
        team, cycle = ground.team(one.team_id).slug, ground.cycles[one.cycle_id].name
        text = f"{one.author} asks that {one.child} {one.words} {one.kind} to {one.parent}: consent or decline"
        command = f"okrtui link consent {one.child} {one.parent}"
        looking.put("link", f"O{one.objective_id}", team, cycle, text, command)


_MENTIONED = {
    "O": ("objective", "objectives"),
    "KR": ("kr", "board"),
    "I": ("initiative", "tree"),
    "P": ("commitment", "tree"),
}
"""The noun of the command that shows a thread, and the page that does, by the letters of a ref."""


def _may_read_growth(view: View, ref: str) -> bool:
    """Whether whoever looks, who may ask about anybody's needs, may know of a development goal."""
    return commitments.by_id(view.connection, parse_ref(ref).number, view.actor.person_id) is not None


def mentions(looking: Looking) -> None:
    """Where others mentioned somebody and they have not seen it yet."""
    for one in needs.mentions_of(looking.view.connection, looking.actor.person_id or 0):
        if one.is_private and not _may_read_growth(looking.view, one.subject):
            continue
        noun, page = _MENTIONED[one.subject.rstrip("0123456789")]
        met = ("me" if one.is_own or one.is_private else page, "comment")
        wrote = "wrote to" if one.subject[0] == "P" else "mentioned"
        text = f"{one.author} {wrote} you on {one.subject}: {one.body}"
        looking.put("mention", one.subject, one.team, one.cycle, text, f"okrtui {noun} show {one.subject}", met)


def workshops(looking: Looking) -> None:
    """The workshops of their teams that nobody keeps."""
    ground, mine = looking.ground, {post.team_id for post in looking.actor.posts}
    if not mine or not ground.cycles:
        return
    for ref, team_id, cycle_id in needs.workshops_on_offer(
        looking.view.connection, ground.cycles, mine, looking.actor.person_id or 0
    ):
        team = ground.team(team_id)
        text = f"The workshop of {team.name} has nobody who keeps it: its clock stands until somebody goes on with it"
        command = f"okrtui workshop start --team {team.slug}"
        looking.put("workshop", ref, team.slug, ground.cycles[cycle_id].name, text, command)
