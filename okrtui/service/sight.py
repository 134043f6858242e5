"""Line of sight: every way up from a thing to the company's objectives, and where it is broken, what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from okrtui.core.errors import NotFound
from okrtui.core.model import NO_MORE, CommitmentState, Phase
from okrtui.core.names import parse_ref
from okrtui.service import find
from okrtui.service.ways import Climb, Ends, Way
from okrtui.store import commitments, cycles, individuals, initiatives, key_results, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okrtui.service.session import Session, View
    from okrtui.service.ways import Step
    from okrtui.store.people import Person

_WITH_WAYS = ("O", "KR", "I", "P")


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

    @property
    def parting_ways(self) -> list[tuple[Way, int]]:
        """Each way, with how many of its steps up it has in common with the one before."""
        found = []
        before: tuple[Step, ...] = ()
        for way in self.ways:
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, way.steps, strict=False)))
            found.append((way, max(0, same - 1)))
            before = way.steps
        return found

    @property
    def in_a_line(self) -> str:
        """The best way, without the thing itself: a whole one before one that is broken, then the shortest."""
        best = min(self.ways, key=lambda way: (not way.is_whole, len(way.steps)))
        told = [f"{step.ref} {step.text}" for step in best.steps[1:]] + [f"✕ {gap.text}" for gap in best.gaps]
        return " ▸ ".join(told) or "the company's own"


@dataclass(frozen=True, slots=True)
class Sights:
    """What was asked about: one thing, or all of a person's in the open cycles (``person`` is their handle)."""

    things: tuple[Sight, ...]
    person: str = ""


def sight(session: Session, about: str) -> Sights:
    """The line of sight of a thing (O12, KR34, I3, P4), or of all that a person, by their handle, owns and promised.

    Raises:
        NotFound: there is no such thing or person, or whoever looks may not see it.
    """
    with session.reading() as view:
        person = _person(view, about.strip())
        if person is None:
            return Sights(tuple(of_things(view, [about]).values()))
        return Sights(tuple(of_things(view, _of_person(view, person)).values()), person.handle)


def _person(view: View, about: str) -> Person | None:
    """The person meant, where no ref is: with an @ none ever is, without one where there is somebody of this handle."""
    if about.startswith("@"):
        return find.person(view, about)
    try:
        parse_ref(about, *_WITH_WAYS)
    except NotFound as error:
        found = people.by_handle(view.connection, about)
        if found is None:
            raise NotFound(f"{str(error).rstrip('.')}, or a person's @handle.") from error
        return found
    return None


def of_things(view: View, refs: Iterable[str]) -> dict[str, Sight]:
    """The line of sight of each of these things, by its ref.

    Raises:
        NotFound: there is no such thing, as far as whoever looks may know.
    """
    ends = Ends(view)
    found = {}
    for ref in refs:
        climb = Climb(ends)
        first = climb.from_thing(ref)
        found[first.ref] = Sight(first.ref, first.text, first.team, tuple(climb.ways), climb.is_cut)
    return found


def _of_person(view: View, person: Person) -> Iterator[str]:
    """What a person owns and promised in the open cycles, but development goals: they are for growing, not for the company."""
    connection = view.connection
    for cycle in cycles.in_order(connection):
        if cycle.phase is Phase.CLOSED:
            continue
        yield from (f"O{one.objective_id}" for one in individuals.standing_with(connection, cycle.id, person.id))
        owned = key_results.of_owner(connection, cycle.id, person.id)
        yield from (one.ref for one in owned if one.state not in NO_MORE)
        yield from (one.ref for one in initiatives.of_owner(connection, cycle.id, person.id))
        promised = commitments.of_person(connection, cycle.id, person.id)
        yield from (one.ref for one in promised if not one.is_private and one.state != CommitmentState.LET_GO)
