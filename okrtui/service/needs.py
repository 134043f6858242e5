"""What waits for somebody, over all open cycles: each thing one key, or one command, from the place to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState, Side, spoken
from okrtui.service import find, needs_key_results, needs_scores, needs_words
from okrtui.service.asked import Asked, Ground, asked_of, leading_for
from okrtui.service.looking import RANK, Looking, Need
from okrtui.store import needs, people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.core.sides import Actor
    from okrtui.service.session import Session, View
    from okrtui.store.people import Person


def due(session: Session, *, team: str | None = None, person: str | None = None) -> list[Need]:
    """What waits for whom: for a person, for everybody of a team, or for whoever asks (everybody, for the operator).

    Raises:
        NotFound: there is no such team or person.
    """
    with session.reading() as view:
        if person is not None:
            return _of_people(view, [find.person(view, person)])
        if team is not None:
            meant = find.team(view, team)
            asked = people.by_ids(view.connection, needs.askable(view.connection, meant.chain, view.today))
            return [need for need in _of_people(view, asked) if need.team == meant.slug]
        if view.actor.person_id is None:
            return _of_people(view, people.everybody(view.connection))
        return of_person(view, view.actor.person_id)


def of_person(view: View, person_id: int) -> list[Need]:
    """What waits for one person, in the order it is offered: in a handful of queries, however much it is."""
    return _of_people(view, people.by_ids(view.connection, [person_id]))


def _of_people(view: View, asked: Iterable[Person]) -> list[Need]:
    """What waits for each of these; what several are asked about is read once."""
    ground = Ground(view)
    return [need for one in asked if one.active for need in _look(Looking(ground, _acting(view, one)))]


def _acting(view: View, person: Person) -> Actor:
    return view.actor if person.id == view.actor.person_id else find.acting(view, person)


def _look(looking: Looking) -> list[Need]:
    leading = leading_for(looking.view, looking.actor)
    asked = asked_of(looking.ground, looking.actor, leading)
    _exchanges(looking, asked)
    needs_key_results.look(looking, {one.invitation.id: one for one in asked})
    needs_words.suggestions(looking, asked, leading)
    needs_words.links_that_ask(looking, leading)
    needs_scores.carrying(looking, asked)
    needs_words.mentions(looking)
    needs_words.workshops(looking)
    return sorted(looking.found, key=lambda need: (RANK[need.kind], not need.overdue))


def _exchanges(looking: Looking, found: Iterable[Asked]) -> None:
    pushed_back = [
        one for one in found if Side.LEADERSHIP in one.acts_for and one.invitation.state == InvitationState.PUSHED_BACK
    ]
    if pushed_back:
        reasons = needs.pushback_reasons(looking.view.connection, [one.invitation.id for one in pushed_back])
        for one in pushed_back:
            _pushback(looking, one, reasons.get(one.invitation.id, ""))
    for one in found:
        if Side.TEAM in one.acts_for:
            _invitation(looking, one)


def _pushback(looking: Looking, asked: Asked, reason: str) -> None:
    ref, team = asked.exchange.objective.ref, asked.exchange.team
    text = f"{team.name if team else 'They'} pushed back on {ref} ({spoken(reason)}): answer it"
    looking.add("pushback", ref, asked, text, f"okrtui invitation answer {ref} --team {asked.exchange.asked}")


def _invitation(looking: Looking, asked: Asked) -> None:
    objective, team = asked.exchange.objective, asked.exchange.team
    if asked.invitation.state == InvitationState.OPEN:
        text = f"{objective.ref} asks {team.name if team else 'you'}: accept it or push back: {objective.title}"
    elif asked.invitation.state == InvitationState.ACCEPTED and asked.invitation.accepted_text != objective.text_number:
        text = f"{objective.ref} was reworded since you accepted: accept the new text or push back: {objective.title}"
    else:
        return
    command = f"okrtui invitation accept {objective.ref} --team {asked.exchange.asked} -m STRAIGHT_LINE"
    looking.add("invitation", objective.ref, asked, text, command)
