"""Confidence rounds: a team gives its numbers under a seal, and they appear at once, as numbers and never beside names.

Who looks at a round takes part in it. It opens when everybody who takes part and is still here has given a number for each
key result; nobody sees another's before, and afterwards only how they lie: lowest, middle, highest.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import NotAllowed
from okrtui.core.inputs import RoundEntry
from okrtui.core.model import KeyResultState
from okrtui.core.names import parse_ref
from okrtui.service import find
from okrtui.service.presence import present_people
from okrtui.service.priorities import this_week
from okrtui.store import invitations, key_results, people, rounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from okrtui.core.leave import Leave
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.key_results import KeyResult
    from okrtui.store.rounds import Round, Vote
    from okrtui.store.teams import Team

    Doing = Callable[[Session, str, "str | None"], object]
    """One of `start`, `open_` and `abandon`."""

WIDE = 3
"""How far apart the lowest and the highest of a round lie where it is worth a talk."""

ENOUGH = 2
"""People a round needs to be opened, where the team has so many: one number alone is a check-in."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the numbers of one key result lie in one round; ``numbers`` are 0 to 10, the lowest first, without names."""

    week: int
    numbers: tuple[int, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return float(median(self.numbers))

    @property
    def width(self) -> int:
        """How far the lowest and the highest lie apart."""
        return self.numbers[-1] - self.numbers[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """A key result of a round: one's own number, if given, and how earlier rounds lay, the oldest first."""

    ref: str
    statement: str
    mine: int | None
    earlier: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A team's rounds of a cycle.

    ``week`` is None while none is under way; ``taking_part`` and ``in_`` are handles, ``waiting`` those of them that opening waits
    for.
    """

    team: str
    team_name: str
    cycle: str
    week: int | None
    started_by: str | None
    taking_part: tuple[str, ...]
    in_: tuple[str, ...]
    waiting: tuple[str, ...]
    key_results: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The team and the cycle of a round, and leave to do something there."""

    team: Team
    cycle: Cycle
    leave: Leave


def _place(deed: Deed, act: Act, team: str | None, cycle: str | None) -> _Place:
    meant, where = find.own_team(deed, team), find.cycle(deed, cycle)
    return _Place(meant, where, deed.must(act, find.team_in_cycle(deed, meant, where)))


def start(session: Session, team: str | None = None, cycle: str | None = None) -> int:
    """Begin a round on a team's agreed key results; whoever begins it takes part.

    Returns:
        The week it is of.

    Raises:
        NotAllowed: by anybody but the team; one is under way; nothing is agreed; the cycle is not running.
        NotFound: no such team or cycle.
        Ambiguous: several teams are yours and none was named.
    """
    with session.writing() as deed:
        place = _place(deed, Act.ROUND_START, team, cycle)
        if rounds.sealed(deed.connection, place.team.id, place.cycle.id):
            raise NotAllowed(f"A round of {place.team.name} is under way: give your numbers in it.")
        if not _agreed(deed, place.team, place.cycle):
            raise NotAllowed(
                f"{place.team.name} has no agreed key result in {place.cycle.name}, and a round is on those: "
                "propose one on the board (3)."
            )
        week = this_week(deed, place.cycle)
        if week is None:
            raise NotAllowed(f"{place.cycle.name} begins on {place.cycle.starts}: begin the round then.")
        number = rounds.start(deed.connection, place.team.id, place.cycle.id, week, deed.person_id, deed.at)
        rounds.join(deed.connection, number, deed.person_id, deed.at)
        _record(deed, Act.ROUND_START, place, {"week": week})
    return week


def _record(deed: Deed, act: Act, place: _Place, after: Mapping[str, object]) -> None:
    deed.record(
        act, place.team.slug, leave=place.leave, cycle_id=place.cycle.id, team_id=place.team.id, after=dict(after)
    )


def _agreed(view: View, team: Team, cycle: Cycle) -> list[KeyResult]:
    asked = [one.id for one in invitations.to_team(view.connection, cycle.id, team.id)]
    found = key_results.of_invitations(view.connection, asked)
    return [one for one in found if one.state == KeyResultState.AGREED]


def _under_way(view: View, team: Team, cycle: Cycle) -> Round:
    found = rounds.sealed(view.connection, team.id, cycle.id)
    if found is None:
        raise NotAllowed(f"No round of {team.name} is under way: begin one with `okrtui round start`.")
    return found


def join(session: Session, team: str | None = None, cycle: str | None = None) -> None:
    """Take part in the round that is under way; opening waits for one's numbers while one is here.

    Raises:
        NotAllowed: by anybody but the team, or none is under way.
    """
    with session.writing() as deed:
        place = _place(deed, Act.ROUND_VOTE, team, cycle)
        found = _under_way(deed, place.team, place.cycle)
        if rounds.join(deed.connection, found.id, deed.person_id, deed.at):
            _record(deed, Act.ROUND_VOTE, place, {"week": found.week, "in": False})


def vote(
    session: Session, numbers: Mapping[str, object], team: str | None = None, cycle: str | None = None
) -> tuple[str, ...]:
    """Give one's confidence, 0 to 10, by the refs of key results; a number may be changed until the round is opened.

    Returns:
        The refs that still lack one's number.

    Raises:
        NotAllowed: by anybody but the team; none is under way; a key result is not of the round.
        NotFound: a ref is no key result's.
        Invalid: a number is no whole one from 0 to 10.
    """
    entry = entered(RoundEntry, {"numbers": dict(numbers)})
    with session.writing() as deed:
        place = _place(deed, Act.ROUND_VOTE, team, cycle)
        found = _under_way(deed, place.team, place.cycle)
        agreed = {one.id: one for one in _agreed(deed, place.team, place.cycle)}
        given = {_number(ref, agreed, place): value for ref, value in entry.numbers.items()}
        rounds.join(deed.connection, found.id, deed.person_id, deed.at)
        rounds.vote(deed.connection, found.id, deed.person_id, given)
        mine = {
            one.key_result_id for one in rounds.votes(deed.connection, [found.id]) if one.person_id == deed.person_id
        }
        missing = tuple(one.ref for one in agreed.values() if one.id not in mine)
        _record(deed, Act.ROUND_VOTE, place, {"week": found.week, "in": not missing})
    return missing


def _number(ref: str, agreed: Mapping[int, KeyResult], place: _Place) -> int:
    named = parse_ref(ref, "KR")
    if named.number not in agreed:
        raise NotAllowed(
            f"{named} is no agreed key result of {place.team.name} in {place.cycle.name}: give numbers to "
            f"{', '.join(one.ref for one in agreed.values())}."
        )
    return named.number


def open_(session: Session, team: str | None = None, cycle: str | None = None) -> int:
    """Open the round: everybody's numbers appear at once, without names.

    Returns:
        How many people gave numbers.

    Raises:
        NotAllowed: by anybody but the team; somebody who takes part and is here has not given theirs; too few have.
    """
    here = present_people(session)
    with session.writing() as deed:
        place = _place(deed, Act.ROUND_OPEN, team, cycle)
        found = _under_way(deed, place.team, place.cycle)
        standing = _Standing.load(deed, found, _agreed(deed, place.team, place.cycle), here)
        if standing.waiting:
            raise NotAllowed(
                f"The round opens when all who are here are in, and {_named(standing.waiting)} "
                f"{'is' if len(standing.waiting) == 1 else 'are'} not yet: ask for their numbers."
            )
        if len(standing.in_) < min(ENOUGH, _active_people(deed, place.team)):
            raise NotAllowed("A round is of several people: let another give their numbers, or check in instead (4).")
        rounds.end(deed.connection, found.id, "opened", deed.at)
        _record(deed, Act.ROUND_OPEN, place, {"week": found.week, "people": len(standing.in_)})
        return len(standing.in_)


def _active_people(view: View, team: Team) -> int:
    return len(people.active_below(view.connection, team.path))


def abandon(session: Session, team: str | None = None, cycle: str | None = None) -> None:
    """End the round that is under way without opening it; its numbers stay sealed for good.

    Raises:
        NotAllowed: by anybody but the team, or none is under way.
    """
    with session.writing() as deed:
        place = _place(deed, Act.ROUND_ABANDON, team, cycle)
        found = _under_way(deed, place.team, place.cycle)
        rounds.end(deed.connection, found.id, "abandoned", deed.at)
        _record(deed, Act.ROUND_ABANDON, place, {"week": found.week})


def _named(handles: Sequence[str]) -> str:
    return " and ".join(", ".join(f"@{one}" for one in part) for part in (handles[:-1], handles[-1:]) if part)


@dataclass(frozen=True, slots=True)
class _Standing:
    """Who takes part in a round, who has given every number, whom opening waits for; handles."""

    taking_part: tuple[str, ...]
    in_: tuple[str, ...]
    waiting: tuple[str, ...]

    @classmethod
    def load(cls, view: View, found: Round, agreed: Iterable[KeyResult], here: frozenset[int]) -> _Standing:
        wanted = {one.id for one in agreed}
        given: dict[int, set[int]] = {}
        for one in rounds.votes(view.connection, [found.id]):
            given.setdefault(one.person_id, set()).add(one.key_result_id)
        persons = rounds.taking_part(view.connection, found.id)
        handles = people.handles(view.connection, set(persons))
        done = [one for one in persons if wanted <= given.get(one, set())]
        waiting = [one for one in persons if one not in done and one in here]
        return cls(*(tuple(handles[one] for one in group) for group in (persons, done, waiting)))


def page(session: Session, team: str | None = None, cycle: str | None = None) -> RoundPage:
    """A team's round under way, with one's own numbers alone, and how the opened ones of its cycle lay.

    Raises:
        NotFound: no such team or cycle.
        Ambiguous: several teams are yours and none was named.
    """
    here = present_people(session)
    with session.reading() as view:
        meant, where = find.own_team(view, team), find.cycle(view, cycle)
        agreed = _agreed(view, meant, where)
        under_way = rounds.sealed(view.connection, meant.id, where.id)
        earlier = _earlier(view, meant, where)
        mine = _mine(view, under_way)
        asked = tuple(Asked(one.ref, one.statement, mine.get(one.id), tuple(earlier.get(one.id, ()))) for one in agreed)
        place = (meant.slug, meant.name, where.name)
        if under_way is None:
            return RoundPage(*place, None, None, (), (), (), asked)
        standing = _Standing.load(view, under_way, agreed, here)
        by = people.handles(view.connection, {under_way.author_id})[under_way.author_id]
        return RoundPage(*place, under_way.week, by, standing.taking_part, standing.in_, standing.waiting, asked)


def _mine(view: View, under_way: Round | None) -> dict[int, int]:
    if under_way is None:
        return {}
    given = rounds.votes(view.connection, [under_way.id])
    return {one.key_result_id: one.confidence for one in given if one.person_id == view.actor.person_id}


def _earlier(view: View, team: Team, cycle: Cycle) -> dict[int, list[Spread]]:
    """How the opened rounds lay, by key result."""
    found = rounds.opened(view.connection, team.id, cycle.id)
    weeks = {one.id: one.week for one in found}
    told: dict[tuple[int, int], list[int]] = {}
    one: Vote
    for one in rounds.votes(view.connection, weeks):
        told.setdefault((one.key_result_id, one.round_id), []).append(one.confidence)
    spreads: dict[int, list[Spread]] = {}
    for (key_result, number), confidences in sorted(told.items(), key=lambda pair: pair[0][1]):
        spreads.setdefault(key_result, []).append(Spread(weeks[number], tuple(confidences)))
    return spreads
