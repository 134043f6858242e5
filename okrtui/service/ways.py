"""The ways up from a thing: what it stands under, contributes to, supports or moves, step by step to the company."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from okrtui.core.model import LinkKind
from okrtui.core.names import parse_ref
from okrtui.service import gaps
from okrtui.service.commitments import find_commitment
from okrtui.service.initiatives import find_initiative
from okrtui.service.link_ends import End
from okrtui.store import initiatives, invitations, links

if TYPE_CHECKING:
    from okrtui.service.gaps import Gap
    from okrtui.service.session import View

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
class Way:
    """One way up, the thing itself first; it reaches the company unbroken where there are no ``gaps``."""

    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it reaches the company, by what counts as aligned."""
        return not self.gaps


_Above = tuple[list[tuple[Step, tuple["Gap", ...]]], tuple["Gap", ...]]
"""The steps right above a thing, each with what breaks the way to it, and what is broken at the thing itself."""


@dataclass(slots=True)
class Ends:
    """The objectives and key results that ways lead through, each read once."""

    view: View
    _known: dict[str, End] = field(default_factory=dict)

    def __getitem__(self, ref: str) -> End:
        if ref not in self._known:
            self._known[ref] = End.find(self.view, ref)
        return self._known[ref]


@dataclass(slots=True)
class Climb:
    """One look upwards from a thing: the ways, and whether there are more than were told."""

    ends: Ends
    ways: list[Way] = field(default_factory=list)
    is_cut: bool = False

    def from_thing(self, ref: str) -> Step:
        """Find every way up from a thing; the thing itself, as the first step.

        Raises:
            NotFound: there is none, as far as whoever looks may know.
        """
        first = self._step(ref)
        self._climb((first,), ())
        return first

    @property
    def _view(self) -> View:
        return self.ends.view

    def _step(self, ref: str, by: str = "") -> Step:
        match parse_ref(ref).letters:
            case "I":
                one, team, _ = find_initiative(self._view, ref)
                return Step(one.ref, "initiative", one.title, team.slug, by)
            case "P":
                promise = find_commitment(self._view, ref)
                return Step(promise.ref, "commitment", promise.words, "", by)
            case letters:
                end = self.ends[ref]
                kind = "objective" if letters == "O" else "key_result"
                return Step(end.ref, kind, end.words, end.team.slug, by)

    def _climb(self, steps: tuple[Step, ...], broken: tuple[Gap, ...]) -> None:
        """Go on from the last step, every way there is; one that leads back to itself ends there."""
        if len(self.ways) >= MOST_WAYS or len(steps) > MOST_STEPS:
            self.is_cut = True
            return
        further, own = self._above(steps[-1])
        broken += own
        on_the_way = {one.ref for one in steps}
        if back := [step.ref for step, _ in further if step.ref in on_the_way]:
            further = [(step, gap) for step, gap in further if step.ref not in on_the_way]
            broken += (gaps.leads_back(steps[-1].ref, back[0]),) if not further else ()
        if not further:
            self.ways.append(Way(steps, broken))
        for step, gap in further:
            self._climb((*steps, step), broken + gap)

    def _above(self, last: Step) -> _Above:
        match last.kind:
            case "commitment":
                return self._from_commitment(last.ref)
            case "initiative":
                return self._from_initiative(last.ref)
            case "key_result":
                return self._from_key_result(self.ends[last.ref])
            case _:
                return self._from_objective(self.ends[last.ref])

    def _from_commitment(self, ref: str) -> _Above:
        about = find_commitment(self._view, ref).about
        return ([(self._step(about, "contributes to"), ())], ()) if about else ([], (gaps.is_growing(ref),))

    def _from_initiative(self, ref: str) -> _Above:
        number = parse_ref(ref, "I").number
        moved = initiatives.moved_by(self._view.connection, [number]).get(number, [])
        return [(self._step(f"KR{one}", "moves"), ()) for one, _ in moved], () if moved else (gaps.moves_nothing(ref),)

    def _from_key_result(self, end: End) -> _Above:
        exchange = end.exchange
        asked = exchange.invitation
        above = self._step(exchange.objective.ref, "stands under")
        if asked is not None and asked.straight_line:
            above = replace(above, straight_line=asked.straight_line, straight_by=gaps.invited(exchange))
        own = (gaps.is_over(end),) if end.is_over else ()
        return [(above, gaps.unanswered(exchange)), *self._by_links(end.ref)], own

    def _from_objective(self, end: End) -> _Above:
        own = (gaps.is_over(end),) if end.is_over else ()
        if end.team.parent_id is None:
            return [], own
        by_links = self._by_links(end.ref)
        return by_links, own if by_links else (*own, self._without_parent(end))

    def _by_links(self, ref: str) -> list[tuple[Step, tuple[Gap, ...]]]:
        found: list[tuple[Step, tuple[Gap, ...]]] = []
        for one in links.parents(self._view.connection, ref):
            if one.consented_by is None:
                continue
            if one.kind == LinkKind.SUPPORTS:
                found.append((self._step(one.parent, "supports"), (gaps.only_supports(ref, one.parent),)))
            else:
                found.append((self._with_line(self._step(one.parent, "contributes to"), ref), ()))
        return found

    def _with_line(self, step: Step, child: str) -> Step:
        """A step with the straight line of the child's team, where the objective was put to that team, too."""
        above, below = self.ends[step.ref], self.ends[child].team
        if above.key_result is not None:
            return step
        asked = invitations.of_team(self._view.connection, above.exchange.objective.id, below.id)
        return replace(step, straight_line=asked.straight_line, straight_by=below.name) if asked else step

    def _without_parent(self, end: End) -> Gap:
        asked = links.parents(self._view.connection, end.ref)
        if asked:
            return gaps.waits(self._view, end.ref, self.ends[asked[0].parent])
        return gaps.stands_alone(self._view, end)
