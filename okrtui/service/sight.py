"""Line of sight: every way up from a thing to the company's objectives, and where it is broken, what would mend it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from okrtui.core.model import InvitationState, KeyResultState, LinkKind, Phase
from okrtui.core.names import parse_ref
from okrtui.service import find
from okrtui.service.commitments import find_commitment
from okrtui.service.initiatives import find_initiative
from okrtui.service.link_ends import End
from okrtui.store import commitments, cycles, individuals, initiatives, invitations, key_results, links, teams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.service.find import Exchange
    from okrtui.service.session import Session, View
    from okrtui.store.commitments import Commitment
    from okrtui.store.people import Person

MOST_WAYS = 50
"""Ways that are told of one thing: where many things have several parents each, there are more than anybody reads."""
MOST_STEPS = 60
"""Steps of one way that are told."""


@dataclass(frozen=True, slots=True)
class Step:
    """A thing on a way up, and how the one below reaches it: "stands under", "contributes to", "supports", "moves".

    ``straight_line`` is what those asked by it, ``straight_by``, do every week that moves it.
    """

    ref: str
    kind: str
    text: str
    team: str
    by: str = ""
    straight_line: str = ""
    straight_by: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a way is broken, at which thing, and what would mend it."""

    ref: str
    text: str
    mend: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way up, the thing itself first; it reaches the company unbroken where there are no ``gaps``."""

    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it reaches the company, by what counts as aligned."""
        return not self.gaps


@dataclass(frozen=True, slots=True)
class Sight:
    """A thing's line of sight; ``is_cut`` says that there are more ways than are told."""

    ref: str
    text: str
    team: str
    ways: tuple[Way, ...]
    is_cut: bool = False

    @property
    def reaches(self) -> bool:
        """Whether any way reaches the company."""
        return any(way.is_whole for way in self.ways)


@dataclass(frozen=True, slots=True)
class Sights:
    """What was asked about: one thing, or all of a person's in the open cycles (``person`` is their handle)."""

    things: tuple[Sight, ...]
    person: str = ""


def sight(session: Session, about: str) -> Sights:
    """The line of sight of a thing (O12, KR34, I3, P4), or with @handle of all that a person owns and promised.

    Raises:
        NotFound: there is no such thing or person, or whoever looks may not see it.
    """
    with session.reading() as view:
        if not about.strip().startswith("@"):
            return Sights((_of(view, about),))
        person = find.person(view, about)
        return Sights(tuple(_of(view, ref) for ref in _of_person(view, person)), person.handle)


def _of_person(view: View, person: Person) -> Iterator[str]:
    """What a person owns and promised in the open cycles, but development goals: they are for growing, not for the company."""
    for cycle in cycles.in_order(view.connection):
        if cycle.phase is Phase.CLOSED:
            continue
        yield from (f"O{one.objective_id}" for one in individuals.to_person(view.connection, cycle.id, person.id))
        owned = key_results.of_owner(view.connection, cycle.id, person.id)
        yield from (one.ref for one in owned if one.state not in {KeyResultState.DROPPED, KeyResultState.NOT_AGREED})
        yield from (one.ref for one in initiatives.of_owner(view.connection, cycle.id, person.id))
        promised = commitments.of_cycle(view.connection, cycle.id, None)  # without a reader: none that is private
        yield from (one.ref for one in promised if one.person_id == person.id)


def _of(view: View, ref: str) -> Sight:
    looking = _Looking(view)
    first = looking.step(ref)
    looking.climb((first,), ())
    return Sight(first.ref, first.text, first.team, tuple(looking.ways), looking.is_cut)


_Above = tuple[list[tuple[Step, tuple[Gap, ...]]], tuple[Gap, ...]]
"""The steps right above a thing, each with what breaks the way to it, and what is broken at the thing itself."""


@dataclass(slots=True)
class _Looking:
    """One look upwards; what a way leads through is read once."""

    view: View
    ways: list[Way] = field(default_factory=list)
    is_cut: bool = False
    ends: dict[str, End] = field(default_factory=dict)

    def end(self, ref: str) -> End:
        if ref not in self.ends:
            self.ends[ref] = End.find(self.view, ref)
        return self.ends[ref]

    def step(self, ref: str, by: str = "") -> Step:
        match parse_ref(ref, "O", "KR", "I", "P").letters:
            case "I":
                one, team, _ = find_initiative(self.view, ref)
                return Step(one.ref, "initiative", one.title, team.slug, by)
            case "P":
                promise = find_commitment(self.view, ref)
                return Step(promise.ref, "commitment", promise.words, "", by)
            case letters:
                end = self.end(ref)
                kind = "objective" if letters == "O" else "key_result"
                return Step(end.ref, kind, end.words, end.team.slug, by)

    def climb(self, steps: tuple[Step, ...], gaps: tuple[Gap, ...]) -> None:
        """Go on from the last step, every way there is; one that leads back to itself ends there."""
        if len(self.ways) >= MOST_WAYS or len(steps) > MOST_STEPS:
            self.is_cut = True
            return
        further, own = self._above(steps[-1])
        gaps += own
        on_the_way = {one.ref for one in steps}
        if back := [step.ref for step, _ in further if step.ref in on_the_way]:
            further = [(step, gap) for step, gap in further if step.ref not in on_the_way]
            gaps += (_circle(steps[-1].ref, back[0]),) if not further else ()
        if not further:
            self.ways.append(Way(steps, gaps))
        for step, gap in further:
            self.climb((*steps, step), gaps + gap)

    def _above(self, last: Step) -> _Above:
        match last.kind:
            case "commitment":
                return self._from_commitment(last)
            case "initiative":
                return self._from_initiative(last)
            case "key_result":
                return self._from_key_result(last)
            case _:
                return self._from_objective(last)

    def _from_commitment(self, last: Step) -> _Above:
        promise: Commitment = find_commitment(self.view, last.ref)
        if promise.about:
            return [(self.step(promise.about, "contributes to"), ())], ()
        return [], (Gap(last.ref, f"{last.ref} is a development goal, which is for growing", "It needs no way up."),)

    def _from_initiative(self, last: Step) -> _Above:
        number = parse_ref(last.ref, "I").number
        moved = initiatives.moved_by(self.view.connection, [number]).get(number, [])
        if not moved:
            mend = f"Say which key result it moves: okrtui initiative link {last.ref} KR"
            return [], (Gap(last.ref, f"{last.ref} moves no key result", mend),)
        return [(self.step(f"KR{one}", "moves"), ()) for one, _ in moved], ()

    def _from_key_result(self, last: Step) -> _Above:
        end = self.end(last.ref)
        own: tuple[Gap, ...] = ()
        if end.is_over:
            own = (Gap(last.ref, f"{last.ref} is {end.state.replace('_', ' ')}", "Link what is below to another."),)
        exchange = end.exchange
        asked = exchange.invitation
        above = self.step(exchange.objective.ref, "stands under")
        if asked is not None and asked.straight_line:
            above = replace(above, straight_line=asked.straight_line, straight_by=_invited(exchange))
        return [(above, _unanswered(exchange)), *self._by_links(last.ref)], own

    def _from_objective(self, last: Step) -> _Above:
        end = self.end(last.ref)
        own: tuple[Gap, ...] = ()
        if end.is_over:
            own = (Gap(last.ref, f"{last.ref} is withdrawn", "Link what is below to another objective."),)
        if end.team.parent_id is None:
            return [], own
        by_links = self._by_links(last.ref)
        if not by_links:
            own += (self._without_parent(end),)
        return by_links, own

    def _by_links(self, ref: str) -> list[tuple[Step, tuple[Gap, ...]]]:
        found: list[tuple[Step, tuple[Gap, ...]]] = []
        for one in links.parents(self.view.connection, ref):
            if one.consented_by is None:
                continue
            if one.kind == LinkKind.SUPPORTS:
                text = f"{ref} supports {one.parent}, which does not count as aligned"
                gap = Gap(ref, text, "Link it to what it contributes to.")
                found.append((self.step(one.parent, "supports"), (gap,)))
            else:
                found.append((self._with_line(self.step(one.parent, "contributes to"), ref), ()))
        return found

    def _with_line(self, step: Step, child: str) -> Step:
        """A step with the straight line of the child's team, where the objective was put to that team, too."""
        above, below = self.end(step.ref), self.end(child).team
        if above.key_result is not None:
            return step
        asked = invitations.of_team(self.view.connection, above.exchange.objective.id, below.id)
        return replace(step, straight_line=asked.straight_line, straight_by=below.name) if asked else step

    def _without_parent(self, end: End) -> Gap:
        for one in links.parents(self.view.connection, end.ref):
            leads = _handles(self.view, self.end(one.parent))
            text = f"{end.ref} asks to contribute to {one.parent}, and waits for consent"
            return Gap(end.ref, text, f"A lead consents ({leads}): okrtui link consent {end.ref} {one.parent}")
        text = f"{end.ref} contributes to nothing above {end.team.name}"
        return Gap(end.ref, text, f"A lead links it ({_handles(self.view, end)}): okrtui link add {end.ref} PARENT")


def _circle(ref: str, back: str) -> Gap:
    """A way that an older or another program let lead back to itself."""
    return Gap(ref, f"{ref} leads back to {back}", f"Take the link away: okrtui link remove {ref} {back}")


def _handles(view: View, end: End) -> str:
    """Who leads a thing's team, else the nearest team above it that anybody leads."""
    for team_id in reversed(end.team.chain):
        if found := teams.active_leads(view.connection, (team_id,)):
            return ", ".join(f"@{handle}" for handle in found)
    return "nobody leads it yet"


def _invited(exchange: Exchange) -> str:
    return exchange.team.name if exchange.team else exchange.person.name if exchange.person else ""


def _unanswered(exchange: Exchange) -> tuple[Gap, ...]:
    """What breaks the way from a key result to its objective: that those asked have not accepted it."""
    asked, ref, name = exchange.invitation, exchange.objective.ref, _invited(exchange)
    assert asked is not None  # noqa: S101  # a key result stands under one
    slug = exchange.team.slug if exchange.team else ""
    match InvitationState(asked.state):
        case InvitationState.ACCEPTED:
            return ()
        case InvitationState.PUSHED_BACK:
            mend = f"Its leads answer: okrtui invitation answer {ref} --team {slug}"
            return (Gap(ref, f"{name} pushed back on {ref}", mend),)
        case InvitationState.RELEASED:
            return (
                Gap(
                    ref,
                    f"{name} was released from {ref}",
                    f"Its leads invite anew: okrtui objective invite {ref} {slug}",
                ),
            )
        case _:
            mend = f"{name} accepts it: okrtui invitation accept {ref} --team {slug} -m STRAIGHT_LINE"
            return (Gap(ref, f"{name} has not accepted {ref}", mend),)
