"""One thing in full: a key result, an objective."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.checks import Reading, check_key_result
from okrtui.service import commitments, find, initiative_lines
from okrtui.service.cards import Calendar, KeyResultCard, Names, Told, cards_under, key_result_card
from okrtui.service.carried import Closing, GoesOn, Origin, decided_of, goes_on, origin_of
from okrtui.service.defences import DefenceLine
from okrtui.service.initiatives import find_initiative
from okrtui.service.invitation_cards import InvitationCard, invitation_cards
from okrtui.service.key_results import whats_missing
from okrtui.service.links import LinkLine, waiting_under
from okrtui.service.objectives import texts_of
from okrtui.service.owing import waits_for
from okrtui.service.rooms import Place, place
from okrtui.service.standing_in import StoodIn, stood_in
from okrtui.service.suggestions import SuggestionLine, lines
from okrtui.service.wording import as_entered
from okrtui.store import (
    checkins,
    comments,
    cycles,
    defences,
    invitations,
    key_results,
    links,
    objectives,
    suggestions,
)
from okrtui.store import commitments as commitment_rows
from okrtui.store import initiatives as initiative_rows

if TYPE_CHECKING:
    from okrtui.service.commitments import CommitmentLine
    from okrtui.service.initiative_lines import InitiativeLine
    from okrtui.service.session import Session, View
    from okrtui.store.defences import Defence
    from okrtui.store.key_results import KeyResult
    from okrtui.store.objectives import Objective


@dataclass(frozen=True, slots=True)
class CheckinLine:
    """A check-in, as its team wrote it; ``steps`` names what is ticked of a milestone."""

    week: int
    value: float | None
    confidence: int
    context: str
    blocker: str
    next: str
    steps: tuple[str, ...]
    author: str
    at: str
    late: bool


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """Words in a thread; ``quoted`` is the text they were about, as it was."""

    ref: str
    topic: str
    body: str
    quoted: str
    author: str
    at: str
    struck: bool


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A text a key result or an objective has, or once had; ``numbers`` of an objective is its ambition."""

    number: int
    statement: str
    why: str
    numbers: dict[str, object]
    author: str
    side: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class KeyResultPage:
    """A key result in full; ``fields`` are those of its form, ``missing`` what proposing still asks for, by field.

    ``dots`` holds the viewer's own alone, whatever the card counts: whose the others are is nobody's to list. ``check`` is what
    the writing checks make of the statement, asking no more what is ``quieted``. ``defence_due`` says that an answer to "would
    you still argue for this?" is owed. ``origin`` and ``goes_on`` are its cycles before and after, ``closing`` what was
    decided of it at the end of its own.
    """

    card: KeyResultCard
    place: Place
    objective_title: str
    straight_line: str
    fields: dict[str, object]
    guidance: dict[str, str]
    checkins: tuple[CheckinLine, ...]
    thread: tuple[ThreadLine, ...]
    texts: tuple[TextVersion, ...]
    original: TextVersion | None
    links: tuple[dict[str, str], ...]
    asked_links: tuple[dict[str, str], ...]
    missing: dict[str, str]
    suggestions: tuple[SuggestionLine, ...]
    dots: tuple[tuple[str, int], ...]
    defence: DefenceLine | None
    defence_due: bool
    quieted: dict[str, str]
    check: Reading
    imported_by: str | None
    adopted_by: str | None
    origin: Origin | None
    goes_on: tuple[GoesOn, ...]
    closing: Closing | None
    initiatives: tuple[InitiativeLine, ...] = ()
    contributions: tuple[CommitmentLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """An objective in full, with every team's answer, the unanswered first.

    ``asked_parents`` are links that wait for the consent of a lead above, ``asked_below`` those of others to it or to its key
    results; ``linked`` says whether there is a way up, or none is
    needed; ``origin`` is the ref and the cycle of what it goes on from, ``goes_on`` of what was started from it.
    """

    ref: str
    place: Place
    title: str
    why: str
    ambition: str
    state: str
    reason: str
    team: str
    author: str
    published_at: str | None
    invitations: tuple[InvitationCard, ...]
    texts: tuple[TextVersion, ...]
    thread: tuple[ThreadLine, ...]
    suggestions: tuple[SuggestionLine, ...]
    key_results: tuple[KeyResultCard, ...]
    parents: tuple[dict[str, str], ...]
    asked_parents: tuple[dict[str, str], ...]
    asked_below: tuple[LinkLine, ...]
    linked: bool
    origin: tuple[str, str] | None
    goes_on: tuple[tuple[str, str], ...]
    stood_in: tuple[StoodIn, ...]
    learning: str | None


def key_result(session: Session, ref: str) -> KeyResultPage:
    """A key result in full.

    Raises:
        NotFound: there is none of this ref.
    """
    with session.reading() as view:
        found, exchange = find.key_result(view, ref)
        names, calendar = Names(view), Calendar.load(view, exchange.cycle)
        told = Told.of(view, [found])
        team = exchange.team or exchange.leading
        card = key_result_card(view, found, exchange.objective.ref, team, names, calendar, told)
        fields, quieted = as_entered(view, found), dict(told.quiets.get(found.id, {}))
        defence = defences.of_key_results(view.connection, [found.id]).get(found.id)
        texts = _texts_of_key_result(view, found, names)
        return KeyResultPage(
            card=card,
            place=place(view, exchange.team or exchange.leading, exchange.cycle),
            objective_title=exchange.objective.title,
            straight_line=exchange.invitation.straight_line if exchange.invitation else "",
            fields=fields,
            guidance={"low": found.guidance_low, "middle": found.guidance_middle, "high": found.guidance_high},
            checkins=history_of(view, found, names),
            thread=thread_of(view, found.ref, names),
            texts=texts,
            original=next((text for text in texts if text.number == found.agreed_text), None),
            links=_parents(view, found.ref),
            asked_links=_parents(view, found.ref, asked=True),
            missing=whats_missing(view, found, exchange),
            suggestions=lines(suggestions.of_key_result(view.connection, found.id), fields, names),
            dots=((view.actor.handle, card.my_dots),) if card.my_dots else (),
            defence=_defence(defence, names),
            defence_due=waits_for(view, found, exchange.cycle, defence) == "defence",
            quieted=quieted,
            check=check_key_result(found.statement, found, known=quieted),
            imported_by=names.person(found.imported_by),
            adopted_by=names.person(found.adopted_by),
            origin=origin_of(view, found),
            goes_on=goes_on(view, found),
            closing=decided_of(view, found, names),
            initiatives=tuple(
                initiative_lines.lines(view, initiative_rows.of_key_result(view.connection, found.id), names)
            ),
            contributions=tuple(
                commitments.lines(view, commitment_rows.of_key_result(view.connection, found.id), names)
            ),
        )


def _texts_of_key_result(view: View, found: KeyResult, names: Names) -> tuple[TextVersion, ...]:
    return tuple(
        TextVersion(
            one.number,
            one.statement,
            "",
            json.loads(one.numbers),
            names.person(one.author_id) or "",
            one.side,
            one.reason,
            one.at,
        )
        for one in key_results.texts(view.connection, found.id)
    )


def _texts_of_objective(view: View, found: Objective, names: Names) -> tuple[TextVersion, ...]:
    return tuple(
        TextVersion(
            one.number,
            one.title,
            one.why,
            {"ambition": one.ambition},
            names.person(one.author_id) or "",
            "leadership",
            "",
            one.at,
        )
        for one in objectives.texts(view.connection, found.id)
    )


def _defence(found: Defence | None, names: Names) -> DefenceLine | None:
    if found is None:
        return None
    return DefenceLine(found.decision, found.argument, names.person(found.author_id) or "", found.at)


def history_of(view: View, found: KeyResult, names: Names) -> tuple[CheckinLine, ...]:
    """Every check-in of a key result, the oldest week first."""
    return tuple(
        CheckinLine(
            one.week,
            one.value,
            one.confidence,
            one.context,
            one.blocker,
            one.next,
            tuple(one.ticked),
            names.person(one.author_id) or "",
            one.at,
            bool(one.late),
        )
        for one in checkins.history(view.connection, found.id)
    )


def thread_of(view: View, ref: str, names: Names) -> tuple[ThreadLine, ...]:
    """What was said under a ref, the first first."""
    return tuple(
        ThreadLine(
            one.ref,
            one.topic,
            one.body,
            one.quoted,
            names.person(one.author_id) or "",
            one.at,
            one.struck_at is not None,
        )
        for one in comments.thread(view.connection, ref)
    )


def thread(session: Session, ref: str) -> tuple[ThreadLine, ...]:
    """What was said of an initiative or of a promise, the first first.

    Raises:
        NotFound: there is none of this ref, as far as whoever looks may know.
    """
    with session.reading() as view:
        found = find_initiative(view, ref)[0] if ref[:1] in "Ii" else commitments.find_commitment(view, ref)
        return thread_of(view, found.ref, Names(view))


def _parents(view: View, ref: str, *, asked: bool = False) -> tuple[dict[str, str], ...]:
    """What a thing is linked to; with ``asked`` the links that wait for a consent."""
    found = links.parents(view.connection, ref)
    return tuple({"parent": one.parent, "kind": one.kind} for one in found if (one.consented_by is None) is asked)


# Unanswered first: what leadership waits for, then what it is asked.
_ANSWER_ORDER = ("pushed_back", "open", "unanswered", "accepted", "released")


def objective(session: Session, ref: str) -> ObjectivePage:
    """An objective in full.

    Raises:
        NotFound: there is none of this ref.
    """
    with session.reading() as view:
        exchange = find.objective(view, ref)
        found, names = exchange.objective, Names(view)
        asked = invitations.of_objective(view.connection, found.id)
        cards = cards_under(view, asked, {found.id: found}, names, Calendar.load(view, exchange.cycle))
        answers = invitation_cards(view, asked, {found.id: found}, names).values()
        return ObjectivePage(
            ref=found.ref,
            place=place(view, exchange.leading, exchange.cycle),
            title=found.title,
            why=found.why,
            ambition=found.ambition,
            state=found.state,
            reason=found.reason,
            team=exchange.leading.slug,
            author=names.person(found.author_id) or "",
            published_at=found.published_at,
            invitations=tuple(sorted(answers, key=lambda one: _ANSWER_ORDER.index(one.state))),
            texts=_texts_of_objective(view, found, names),
            thread=thread_of(view, found.ref, names),
            suggestions=lines(suggestions.of_objective(view.connection, found.id), texts_of(found), names),
            key_results=tuple(card for one in asked for card in cards[one.id]),
            parents=_parents(view, found.ref),
            asked_parents=_parents(view, found.ref, asked=True),
            asked_below=tuple(waiting_under(view, found.id)),
            linked=exchange.leading.parent_id is None or bool(links.linked(view.connection, [found.ref])),
            origin=_of_cycle(view, found.origin_id),
            goes_on=tuple(
                filter(None, (_of_cycle(view, one) for one in objectives.begun_from(view.connection, found.id)))
            ),
            stood_in=stood_in(view, found.ref, names),
            learning=objectives.learning(view.connection, found.id),
        )


def _of_cycle(view: View, number: int | None) -> tuple[str, str] | None:
    """The ref of an objective and the name of its cycle."""
    found = objectives.by_id(view.connection, number) if number is not None else None
    return (found.ref, cycles.by_id(view.connection, found.cycle_id).name) if found else None
