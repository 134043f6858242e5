"""What somebody may not do now, act by act, for a program that shows it before anybody presses a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.leave import Thing
from okrtui.core.model import InvitationState, ObjectiveState
from okrtui.service import find, leaves, link_ends
from okrtui.store import cycles, individuals, invitations, objectives, suggestions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.service.find import Exchange
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.invitations import Invitation
    from okrtui.store.suggestions import Suggestion
    from okrtui.store.teams import Team

Refusals = dict[Act, str]
"""The sentence for each act that is refused; an act that may be done is not in it."""

_ON_OBJECTIVE = (
    Act.OBJECTIVE_EDIT,
    Act.OBJECTIVE_REWORD,
    Act.OBJECTIVE_PUBLISH,
    Act.OBJECTIVE_WITHDRAW,
    Act.OBJECTIVE_LEARN,
    Act.INVITE,
    Act.OBJECTIVE_SUGGEST,
    Act.OBJECTIVE_LINK,
)
_ON_INVITATION = (Act.ACCEPT, Act.PUSH_BACK, Act.TAKE_BACK)
_ON_KEY_RESULT = (
    Act.KR_EDIT,
    Act.KR_START,
    Act.KR_IDEA,
    Act.KR_OWN,
    Act.KR_PROPOSE,
    Act.KR_TAKE_BACK,
    Act.KR_AGREE,
    Act.KR_RETURN,
    Act.KR_PARK,
    Act.KR_UNPARK,
    Act.KR_DROP,
    Act.KR_GUIDE,
    Act.KR_AMEND,
    Act.KR_ESTABLISH,
    Act.KR_SUGGEST,
    Act.KR_TAKE,
    Act.KR_DECLINE,
    Act.KR_ADOPT,
    Act.KR_DOT,
    Act.KR_QUIET,
    Act.KR_DEFEND,
    Act.KR_LINK,
    Act.AMENDMENT_AGREE,
    Act.AMENDMENT_QUESTION,
    Act.AMENDMENT_ANSWER,
    Act.AMENDMENT_TAKE_BACK,
)
_OF_ROUND = (Act.ROUND_START, Act.ROUND_VOTE, Act.ROUND_OPEN, Act.ROUND_ABANDON)
_OF_WEEK = (Act.PRIORITY_SET, Act.PRIORITY_DROP, Act.WIN_ADD, Act.WIN_DROP)


def of_place(session: Session, team: str, cycle: str | None) -> Refusals:
    """What may not be begun in a team and a cycle: writing an objective, writing a key result.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        shown = find.team(view, team)
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        if meant is None:
            sentence = "There is no cycle yet, and everything is written in one: press ] for what comes first."
            return {Act.OBJECTIVE_ADD: sentence, Act.KR_ADD: sentence}
        sides = find.sides_between(view, shown, None)
        thing = Thing(shown.name, ObjectiveState.DRAFT, meant.phase, meant.name, sides)
        found = {Act.OBJECTIVE_ADD: view.may(Act.OBJECTIVE_ADD, thing).refusal, Act.KR_ADD: _adding(view, shown, meant)}
        return only_refused(found)


def of_week(session: Session, team: str, cycle: str | None) -> Refusals:
    """What may not be written down of a team's week: a priority, a win.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        shown = find.team(view, team)
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        if meant is None:
            return dict.fromkeys(
                _OF_WEEK, "There is no cycle yet, and a week is one of its: press ] for what comes first."
            )
        thing = find.team_in_cycle(view, shown, meant)
        return only_refused({act: view.may(act, thing).refusal for act in _OF_WEEK})


def of_round(session: Session, team: str, cycle: str | None) -> Refusals:
    """What may not be done in a team's confidence rounds.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        thing = find.team_in_cycle(view, find.team(view, team), find.cycle(view, cycle))
        return only_refused({act: view.may(act, thing).refusal for act in _OF_ROUND})


def only_refused(found: Mapping[Act, str]) -> Refusals:
    """Of what each act would say, what is said by those that are refused."""
    return {act: sentence for act, sentence in found.items() if sentence}


def _adding(view: View, team: Team, cycle: Cycle) -> str:
    """Why no key result can be written for this team: empty where one can."""
    refusal = f"No objective was put to {team.name} yet: its leads write, publish and invite (2)."
    for objective in objectives.of_team(view.connection, cycle.id, team.id):
        connection = view.connection
        asked = invitations.of_team(connection, objective.id, team.id) or individuals.of_objective(
            connection, objective.id
        )
        if asked is None:
            continue
        leave = view.may(Act.KR_ADD, find.of_invitation(view, asked).on_invitation(view))
        if leave:
            return ""
        refusal = leave.refusal
    return refusal


def of_objective(session: Session, ref: str, team: str) -> Refusals:
    """What may not be done with an objective; accepting and pushing back are asked for this team.

    Raises:
        NotFound: there is no such objective or team.
    """
    with session.reading() as view:
        exchange = find.objective(view, ref)
        thing = exchange.on_objective(view)
        found = {act: view.may(act, thing).refusal for act in _ON_OBJECTIVE}
        waiting = suggestions.of_objective(view.connection, exchange.objective.id)
        for act in (Act.OBJECTIVE_TAKE, Act.OBJECTIVE_DECLINE):
            found[act] = view.may(act, thing).refusal or _nothing_suggested(exchange.objective.ref, waiting)
        asked = invitations.of_objective(view.connection, exchange.objective.id)
        answering = _answering(view, exchange, asked)
        found |= link_ends.deciding(view, exchange.objective.id)
        return only_refused(found | _of_the_team(view, exchange, asked, team) | {Act.ANSWER: answering})


def _of_the_team(view: View, exchange: Exchange, asked: Iterable[Invitation], slug: str) -> dict[Act, str]:
    shown = find.team(view, slug)
    own = next((one for one in asked if one.person_id is not None or one.team_id == shown.id), None)
    if own is None:
        sentence = f"{exchange.objective.ref} was not put to {shown.name}: choose an invited team (T), or comment (c)."
        return dict.fromkeys(_ON_INVITATION, sentence)
    thing = find.of_invitation(view, own).on_invitation(view)
    return {act: view.may(act, thing).refusal for act in _ON_INVITATION}


def _answering(view: View, exchange: Exchange, asked: Iterable[Invitation]) -> str:
    """Why no pushback on this objective can be answered: empty where one can."""
    for one in asked:
        if one.state == InvitationState.PUSHED_BACK:
            return view.may(Act.ANSWER, find.of_invitation(view, one).on_invitation(view)).refusal
    return f"Nobody waits for an answer on {exchange.objective.ref}: only a pushback is answered; comment (c)."


def of_key_result(session: Session, ref: str) -> Refusals:
    """What may not be done with a key result.

    Raises:
        NotFound: there is none of this ref.
    """
    with session.reading() as view:
        key_result, exchange = find.key_result(view, ref)
        found = {act: leaves.for_key_result(view, act, key_result, exchange).refusal for act in _ON_KEY_RESULT}
        waiting = suggestions.of_key_result(view.connection, key_result.id)
        for act in (Act.KR_TAKE, Act.KR_DECLINE):
            found[act] = found[act] or _nothing_suggested(key_result.ref, waiting)
        return only_refused(found)


def _nothing_suggested(ref: str, found: Iterable[Suggestion]) -> str:
    """Why there is nothing to take or to decline: empty where there is."""
    if any(one.state == "open" for one in found):
        return ""
    return f"No suggestion for {ref} waits: comment (c), or suggest something yourself (s)."
