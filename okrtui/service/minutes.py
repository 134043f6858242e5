"""A workshop as it is read: while it goes on, and its minutes after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import NotFound
from okrtui.core.model import KeyResultState
from okrtui.core.names import parse_ref
from okrtui.core.workshops import Clock, Prompt, Span, WorkshopState, closing_question
from okrtui.service import find
from okrtui.service.rooms import place
from okrtui.service.session import read_stamp
from okrtui.store import dots, invitations, key_results, people, teams, workshops

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.service.rooms import Place
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.key_results import KeyResult
    from okrtui.store.teams import Team
    from okrtui.store.workshops import Note, Sitting, Workshop

_SHOWN = frozenset({KeyResultState.IDEA, KeyResultState.DRAFT})


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What somebody wrote under a prompt."""

    ref: str
    prompt: Prompt
    body: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class SittingLine:
    """From a start to a break; ``ends`` is None while it goes on."""

    starts: str
    ends: str | None
    seconds: int


@dataclass(frozen=True, slots=True)
class Attendant:
    """Somebody who was there; ``seen`` by their presence, else ticked by name."""

    handle: str
    name: str
    seen: bool


@dataclass(frozen=True, slots=True)
class Idea:
    """A key result of the team: one written ``during`` a sitting, or still an idea or a draft."""

    ref: str
    objective: str
    statement: str
    state: str
    author: str
    dots: int
    mine: int
    during: bool


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """A team's workshop in a cycle; without a ``ref`` there is none yet, and ``clock`` is that of one to be.

    ``keeper`` is None while nobody keeps it; ``seconds`` is the working time when it was read, ``asked`` what that length
    asks at the closing. The refusals say why whoever looks may not start its clock, do what its keeper does, or write into
    it; each is empty where they may.
    """

    place: Place
    ref: str
    state: str
    prompt: Prompt
    clock: Clock
    seconds: int
    asked: str
    keeper: str | None
    me: str
    remark: str
    closed_at: str | None
    no_start: str
    no_keeping: str
    no_writing: str
    sittings: tuple[SittingLine, ...] = ()
    people: tuple[Attendant, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    ideas: tuple[Idea, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether its minutes stand."""
        return self.state == WorkshopState.CLOSED


def workshop(session: Session, team: str, cycle: str | None = None) -> WorkshopPage:
    """A team's workshop in a cycle, the current one unless named.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        shown, meant = find.team(view, team), find.cycle(view, cycle)
        found = workshops.of_team(view.connection, shown.id, meant.id)
        return _page(view, shown, meant, found) if found else _none_yet(view, shown, meant)


def _none_yet(view: View, team: Team, cycle: Cycle) -> WorkshopPage:
    refusal = _rule(view, team, cycle, Act.WORKSHOP_KEEP)
    first = refusal or "There is no workshop yet: start its clock (t)."
    return WorkshopPage(
        place=place(view, team, cycle),
        ref="",
        state="",
        prompt=Prompt.DAY_TO_DAY,
        clock=Clock((), workshops.is_first(view.connection, team.id, view.at)),
        seconds=0,
        asked="",
        keeper=None,
        me=view.actor.handle,
        remark="",
        closed_at=None,
        no_start=refusal,
        no_keeping=first,
        no_writing=first,
        ideas=_ideas(view, team, cycle, ()),
    )


def _page(view: View, team: Team, cycle: Cycle, found: Workshop) -> WorkshopPage:
    held = workshops.sittings(view.connection, [found.id])
    clock = clock_of(view, found)
    written = workshops.notes(view.connection, found.id)
    handles = _handles(view, [found.keeper_id, *(one.author_id for one in written)])
    seconds = clock.seconds(view.now)
    rule, shut = _rule(view, team, cycle, Act.WORKSHOP_KEEP), why_shut(found, team, cycle)
    return WorkshopPage(
        place=place(view, team, cycle),
        ref=found.ref,
        state=found.state,
        prompt=Prompt(found.prompt),
        clock=clock,
        seconds=seconds,
        asked=closing_question(seconds),
        keeper=handles.get(found.keeper_id) if found.keeper_id is not None else None,
        me=view.actor.handle,
        remark=found.remark,
        closed_at=found.closed_at,
        no_start=rule,
        no_keeping=rule or shut or why_kept(view, found),
        no_writing=_rule(view, team, cycle, Act.WORKSHOP_NOTE) or shut,
        sittings=tuple(
            SittingLine(one.starts_at, one.ends_at, span.seconds(view.now))
            for one, span in zip(held, clock.spans, strict=True)
        ),
        people=_people(view, found),
        notes=tuple(
            NoteLine(one.ref, Prompt(one.prompt), one.body, handles.get(one.author_id, ""), one.at) for one in written
        ),
        ideas=_ideas(view, team, cycle, clock.spans),
    )


def _rule(view: View, team: Team, cycle: Cycle, act: Act) -> str:
    return view.may(act, find.team_in_cycle(view, team, cycle)).refusal


def why_shut(found: Workshop, team: Team, cycle: Cycle) -> str:
    """Why a workshop takes nothing more; empty while it does."""
    if found.state == WorkshopState.OPEN:
        return ""
    return (
        f"The workshop of {team.name} in {cycle.name} is closed, and its minutes stay as they are: "
        "start the clock (t) for a further sitting."
    )


def why_kept(view: View, found: Workshop) -> str:
    """Why its keeper's acts are not for whoever looks; empty where they keep it, or nobody active does."""
    if found.keeper_id is None or found.keeper_id == view.actor.person_id:
        return ""
    keeper = people.by_id(view.connection, found.keeper_id)
    if keeper is None or not keeper.active:
        return ""
    return (
        f"{keeper.name} keeps this workshop: take it over first (K, or `okrtui workshop hand-over "
        f"{view.actor.handle}`), or ask {keeper.name}."
    )


def _handles(view: View, numbers: Iterable[int | None]) -> dict[int, str]:
    known = {one for one in numbers if one is not None}
    return people.handles(view.connection, known) if known else {}


def clock_of(view: View, found: Workshop) -> Clock:
    """The clock of a workshop, as it stands."""
    spans = spans_of(workshops.sittings(view.connection, [found.id]))
    return Clock(spans, workshops.is_first(view.connection, found.team_id, found.at, found.id), found.box)


def spans_of(held: Iterable[Sitting]) -> tuple[Span, ...]:
    """Sittings as the clock counts them."""
    return tuple(Span(read_stamp(one.starts_at), read_stamp(one.ends_at) if one.ends_at else None) for one in held)


def _people(view: View, found: Workshop) -> tuple[Attendant, ...]:
    there = []
    for one in workshops.attendance(view.connection, [found.id]):
        somebody = people.by_id(view.connection, one.person_id)
        assert somebody is not None  # noqa: S101  # a foreign key holds it
        there.append(Attendant(somebody.handle, somebody.name, one.way == "present"))
    return tuple(there)


def _ideas(view: View, team: Team, cycle: Cycle, spans: tuple[Span, ...]) -> tuple[Idea, ...]:
    """Those with the most dots first."""
    asked = {one.id: one for one in invitations.to_team(view.connection, cycle.id, team.id)}
    found = key_results.of_invitations(view.connection, list(asked))
    shown = [one for one in found if one.state in _SHOWN or _is_during(one, spans)]
    if not shown:
        return ()
    placed = dots.counts(view.connection, [one.id for one in shown], view.actor.person_id)
    handles = people.handles(view.connection, [one.author_id for one in shown])
    ideas = [
        Idea(
            one.ref,
            f"O{asked[one.invitation_id].objective_id}",
            one.statement,
            one.state,
            handles.get(one.author_id, ""),
            *placed.get(one.id, (0, 0)),
            _is_during(one, spans),
        )
        for one in shown
    ]
    return tuple(sorted(ideas, key=lambda one: -one.dots))


def _is_during(found: KeyResult, spans: tuple[Span, ...]) -> bool:
    at = read_stamp(found.at)
    return any(span.covers(at) for span in spans)


def who_could_be_there(session: Session, team: str) -> list[tuple[str, str]]:
    """Handles and names of those whom a team's workshop may have at its table: the team, and the leads above it.

    Raises:
        NotFound: there is no such team.
    """
    with session.reading() as view:
        shown = find.team(view, team)
        own = people.active_below(view.connection, shown.path)
        known = {one.id for one in own}
        leads = [
            somebody
            for number in shown.chain
            for member in teams.members(view.connection, number)
            if member.role == "lead" and (somebody := people.by_handle(view.connection, member.handle)) is not None
        ]
        rest = [one for one in leads if one.active and one.id not in known]
        return [(one.handle, one.name) for one in (*own, *dict.fromkeys(rest))]


def note(session: Session, ref: str) -> NoteLine:
    """A note by its ref.

    Raises:
        NotFound: there is none.
    """
    with session.reading() as view:
        found = note_of(view, ref)
        author = people.handles(view.connection, [found.author_id]).get(found.author_id, "")
        return NoteLine(found.ref, Prompt(found.prompt), found.body, author, found.at)


def note_of(view: View, ref: str) -> Note:
    """The note of this ref, as the file keeps it.

    Raises:
        NotFound: there is none.
    """
    named = parse_ref(ref, "N")
    found = workshops.note_by_id(view.connection, named.number)
    if found is None:
        raise NotFound(f"There is no note {named}: `okrtui workshop show` lists those of a workshop.")
    return found
