"""One thing in full: a key result, an objective, the scores of a team, one's own page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.model import KeyResultState, ScoreSide
from okrtui.core.scores import gap
from okrtui.service import find
from okrtui.service.cards import (
    Calendar,
    InvitationCard,
    KeyResultCard,
    Names,
    cards_under,
    invitation_card,
    key_result_card,
)
from okrtui.service.key_results import as_entered, whats_missing
from okrtui.service.needs import Need, of_person
from okrtui.service.rooms import Place, place
from okrtui.service.seals import visible_seal
from okrtui.store import checkins, comments, cycles, invitations, key_results, objectives, scores, teams

if TYPE_CHECKING:
    from okrtui.service.find import Exchange
    from okrtui.service.session import Session, View
    from okrtui.store.key_results import KeyResult


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
    """A text a key result or an objective has, or once had; ``numbers`` is empty for an objective."""

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
    """A key result in full; ``fields`` are those of its form, ``missing`` what proposing still asks for, by field."""

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
    missing: dict[str, str]


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """An objective in full, with every team's answer, the unanswered first."""

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
    key_results: tuple[KeyResultCard, ...]
    parents: tuple[dict[str, str], ...]
    learning: str | None


@dataclass(frozen=True, slots=True)
class SideScore:
    """One side's score as the viewer may see it: value and reasoning are None while it is sealed from them."""

    is_in: bool
    value: float | None = None
    first_value: float | None = None
    reasoning: str | None = None
    author: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class AgreedScore:
    """The last proposal of an agreed score; ``value`` None is "no score"; ``confirmed_by`` is None until it is settled."""

    value: float | None
    reason: str
    state: str
    proposed_by: str
    confirmed_by: str | None
    at: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A key result's scores; ``computed`` is its progress, ``gap`` and ``agreed`` are None until there."""

    ref: str
    statement: str
    team: str
    computed: float | None
    self_score: SideScore
    manager: SideScore
    opened: bool
    gap: float | None
    agreed: AgreedScore | None


@dataclass(frozen=True, slots=True)
class Me:
    """One's own page: teams, key results owned, and what waits."""

    handle: str
    name: str
    admin: bool
    teams: tuple[tuple[str, str], ...]
    cycle: str | None
    week: int | None
    key_results: tuple[KeyResultCard, ...]
    needs_you: tuple[Need, ...]


def key_result(session: Session, ref: str) -> KeyResultPage:
    """A key result in full.

    Raises:
        NotFound: there is none of this ref.
    """
    with session.reading() as view:
        found, exchange = find.key_result(view, ref)
        names, calendar = Names(view), Calendar.load(view, exchange.cycle)
        thread = _thread(view, found.ref, names)
        card = key_result_card(view, found, exchange.objective.ref, exchange.team, names, calendar, len(thread))
        texts = tuple(
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
        return KeyResultPage(
            card=card,
            place=place(view, exchange.team or exchange.leading, exchange.cycle),
            objective_title=exchange.objective.title,
            straight_line=exchange.invitation.straight_line if exchange.invitation else "",
            fields=as_entered(view, found),
            guidance={"low": found.guidance_low, "middle": found.guidance_middle, "high": found.guidance_high},
            checkins=_history(view, found, names),
            thread=thread,
            texts=texts,
            original=next((text for text in texts if text.number == found.agreed_text), None),
            links=_links(view, found.ref),
            missing=whats_missing(view, found, exchange),
        )


def _history(view: View, found: KeyResult, names: Names) -> tuple[CheckinLine, ...]:
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


def _thread(view: View, ref: str, names: Names) -> tuple[ThreadLine, ...]:
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


def _links(view: View, ref: str) -> tuple[dict[str, str], ...]:
    return tuple({"parent": parent, "kind": kind} for parent, kind in objectives.parents(view.connection, ref))


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
        answers = [invitation_card(view, one, found, names) for one in asked]
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
            texts=tuple(
                TextVersion(
                    one.number, one.title, one.why, {}, names.person(one.author_id) or "", "leadership", "", one.at
                )
                for one in objectives.texts(view.connection, found.id)
            ),
            thread=_thread(view, found.ref, names),
            key_results=tuple(card for one in asked for card in cards[one.id]),
            parents=_links(view, found.ref),
            learning=objectives.learning(view.connection, found.id),
        )


def scoreboard(session: Session, *, team: str | None = None, cycle: str | None = None) -> list[ScoreLine]:
    """The scores of a cycle's agreed key results, of one team or of all; what is sealed shows to its own side alone.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        meant = find.cycle(view, cycle)
        names = Names(view)
        if team is not None:
            asked = invitations.to_team(view.connection, meant.id, find.team(view, team).id)
        else:
            asked = invitations.of_cycle(view.connection, meant.id)
        lines: list[ScoreLine] = []
        for invitation in asked:
            exchange = find.of_invitation(view, invitation)
            agreed = [
                one
                for one in key_results.of_invitations(view.connection, [invitation.id])
                if one.state == KeyResultState.AGREED
            ]
            lines.extend(_score_line(view, one, exchange, names) for one in agreed)
        return lines


def _score_line(view: View, found: KeyResult, exchange: Exchange, names: Names) -> ScoreLine:
    connection = view.connection
    opened = {one.side: one for one in scores.opened(connection, [found.id])}
    sides = {side: _side_score(view, found, exchange, names, side, opened.get(side)) for side in ScoreSide}
    proposed = scores.calibrations(connection, [found.id])
    last = proposed[-1] if proposed else None
    own, manager = sides[ScoreSide.SELF], sides[ScoreSide.MANAGER]
    both = len(opened) == 2 and own.value is not None and manager.value is not None
    return ScoreLine(
        ref=found.ref,
        statement=found.statement,
        team=exchange.team.slug if exchange.team else "",
        computed=found.progress,
        self_score=own,
        manager=manager,
        opened=bool(opened),
        gap=gap(own.value or 0.0, manager.value or 0.0) if both else None,
        agreed=None
        if last is None
        else AgreedScore(
            None if last.value is None else last.value / 10,
            last.reason,
            last.state,
            names.person(last.author_id) or "",
            names.person(last.confirmed_by),
            last.at,
        ),
    )


def _side_score(
    view: View, found: KeyResult, exchange: Exchange, names: Names, side: ScoreSide, opened: scores.Score | None
) -> SideScore:
    if opened is not None:
        return SideScore(
            is_in=True,
            value=opened.value / 10,
            first_value=opened.first_value / 10,
            reasoning=opened.reasoning,
            author=names.person(opened.author_id),
            at=opened.at,
        )
    seal = next((one for one in scores.seals(view.connection, [found.id]) if one.side == side), None)
    own = visible_seal(view, found, side, exchange.sides(view))
    if own is None:
        return SideScore(is_in=bool(seal and seal.is_in))
    return SideScore(
        is_in=own.state == "in",
        value=own.value / 10,
        first_value=own.value / 10,
        reasoning=own.reasoning,
        author=names.person(own.author_id),
        at=own.at,
    )


def me(session: Session, cycle: str | None = None) -> Me:
    """One's own page, in the current cycle unless another is named.

    Raises:
        NotAllowed: for the operator, who is no person here.
        NotFound: there is no such cycle.
    """
    with session.reading() as view:
        person_id = view.person_id
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        own = teams.of_person(view.connection, person_id)
        cards: tuple[KeyResultCard, ...] = ()
        week = None
        if meant is not None:
            names, calendar = Names(view), Calendar.load(view, meant)
            week = calendar.week
            cards = tuple(
                key_result_card(view, found, exchange.objective.ref, exchange.team, names, calendar, 0)
                for found, exchange in (
                    (one, find.of_invitation(view, invitations.by_id(view.connection, one.invitation_id)))
                    for one in key_results.of_owner(view.connection, meant.id, person_id)
                )
            )
        return Me(
            handle=view.actor.handle,
            name=view.actor.name,
            admin=view.actor.admin,
            teams=tuple((team.slug, team.name) for team in own),
            cycle=meant.name if meant else None,
            week=week,
            key_results=cards,
            needs_you=tuple(of_person(view, person_id)),
        )
