"""The four squares of a team: this week's priorities, confidence, what is coming in four weeks, guardrails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from okrtui.core.errors import NotAllowed, NotFound
from okrtui.core.model import KeyResultState, Kind, Phase
from okrtui.core.names import parse_ref
from okrtui.core.weeks import FRIDAY, due_day, week_of, weeks
from okrtui.service import find, rooms
from okrtui.service.cards import Names
from okrtui.store import checkins, cycles, key_results, priorities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okrtui.service.cards import KeyResultCard
    from okrtui.service.rooms import Place
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.priorities import Priority, Win
    from okrtui.store.teams import Team

AHEAD = timedelta(weeks=4)
_EVERY_WEEK = 10_000


@dataclass(frozen=True, slots=True)
class Said:
    """A priority or a win: ``rank`` is empty for a win; ``author`` is a handle."""

    ref: str
    week: int
    rank: str
    words: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Coming:
    """Something ahead: on a day or, without one, next; ``ref`` is empty where it is the whole team's."""

    day: date | None
    ref: str
    text: str
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Guardrail:
    """A key result of weight 0 that stays in its band; ``inside`` is None without data."""

    card: KeyResultCard
    inside: bool | None


@dataclass(frozen=True, slots=True)
class Squares:
    """Everything the four squares show, read at one time.

    ``week`` is the one whose priorities and wins these are, None where the cycle has not begun; ``asks_for_wins`` from
    Friday to Sunday. ``confidence`` holds the agreed key results, those without data and then the lowest first.
    """

    place: Place
    week: int | None
    priorities: tuple[Said, ...] = ()
    wins: tuple[Said, ...] = ()
    asks_for_wins: bool = False
    confidence: tuple[KeyResultCard, ...] = ()
    coming: tuple[Coming, ...] = ()
    guardrails: tuple[Guardrail, ...] = ()


def squares(session: Session, team: str, cycle: str | None = None, week: int | None = None) -> Squares:
    """The four squares of a team, of this week unless another is named.

    Raises:
        NotFound: there is no such team or cycle.
        NotAllowed: the cycle has no such week.
    """
    with session.reading() as view:
        place, cards = rooms.objectives_of(session, team, cycle)
        if not place.cycle:
            return Squares(place, None)
        found, meant = find.team(view, team), find.cycle(view, place.cycle)
        agreed = [one for card in cards for one in card.key_results if one.state == KeyResultState.AGREED]
        number = _week(view, meant, week)
        names = Names(view)
        set_, won = _of_week(view, found, meant, number)
        return Squares(
            place,
            number,
            tuple(_said(one, names) for one in set_),
            tuple(_said(one, names) for one in won),
            view.day_in(meant).weekday() >= FRIDAY,
            tuple(sorted(agreed, key=lambda one: -1 if one.confidence is None else one.confidence)),
            tuple(_coming(view, found, meant, agreed)),
            tuple(_guardrails(agreed)),
        )


def _week(view: View, cycle: Cycle, number: int | None) -> int | None:
    count = len(weeks(cycle.starts, cycle.ends))
    if number is not None and not 1 <= number <= count:
        raise NotAllowed(f"{cycle.name} has weeks 1 to {count}, and no week {number}: name one of them.")
    if number is not None:
        return number
    now = week_of(min(view.day_in(cycle), cycle.ends), cycle.starts, cycle.ends)
    return now.number if now else None


def _of_week(view: View, team: Team, cycle: Cycle, week: int | None) -> tuple[list[Priority], list[Win]]:
    if week is None:
        return [], []
    place = (team.id, cycle.id, week)
    return priorities.of_week(view.connection, *place), priorities.wins_of_week(view.connection, *place)


def _said(one: Priority | Win, names: Names) -> Said:
    author = names.person(one.author_id) or ""
    return Said(one.ref, one.week, getattr(one, "rank", ""), one.words, author, one.at)


def priority(session: Session, ref: str) -> Said:
    """A priority by its ref.

    Raises:
        NotFound: there is none, or no more.
    """
    with session.reading() as view:
        found = priorities.by_id(view.connection, parse_ref(ref, "PR").number)
        if found is None:
            raise NotFound(f"{ref} was dropped: set another (a).")
        return _said(found, Names(view))


def win(session: Session, ref: str) -> Said:
    """A win by its ref.

    Raises:
        NotFound: there is none, or no more.
    """
    with session.reading() as view:
        found = priorities.win_by_id(view.connection, parse_ref(ref, "W").number)
        if found is None:
            raise NotFound(f"{ref} was taken back: write another down (a).")
        return _said(found, Names(view))


def _guardrails(agreed: Iterable[KeyResultCard]) -> Iterator[Guardrail]:
    for card in agreed:
        if card.kind == Kind.MAINTAIN and card.weight == 0:
            yield Guardrail(card, _is_inside(card))


def _is_inside(card: KeyResultCard) -> bool | None:
    if card.value is None:
        return None
    above_low = card.low is None or card.value >= card.low
    return above_low and (card.high is None or card.value <= card.high)


def _coming(view: View, team: Team, cycle: Cycle, agreed: Iterable[KeyResultCard]) -> list[Coming]:
    """What lies ahead, dated before undated, the soonest first."""
    today = view.day_in(cycle)
    dated, undated = list(_of_the_cycle(view, team, cycle, today)), list[Coming]()
    for card in agreed:
        for one in _of_key_result(view, card):
            (undated if one.day is None else dated).append(one)
    near = [one for one in dated if one.day is not None and one.day <= today + AHEAD]
    told = [Coming(one.day, one.ref, one.text, one.day is not None and one.day < today) for one in near]
    return sorted(told, key=lambda one: (one.day or today, one.ref)) + undated


def _of_the_cycle(view: View, team: Team, cycle: Cycle, today: date) -> Iterator[Coming]:
    """The days of the cycle itself that are not over: the due day, two thirds through, its end, the next one's beginning."""
    if cycle.phase is Phase.CLOSED:
        return
    numbered = weeks(cycle.starts, cycle.ends)
    now = week_of(today, cycle.starts, cycle.ends)
    late = numbered[-(-2 * len(numbered) // 3) - 1]
    if now is not None and cycle.phase is Phase.RUNNING and due_day(now, team.due_weekday) >= today:
        yield Coming(due_day(now, team.due_weekday), "", f"check-ins of week {now.number} are due")
    if late.last >= today:
        yield Coming(
            max(late.first, today) if now == late else late.first,
            "",
            f"week {late.number}, two thirds through: would you still argue for each key result?",
        )
    if cycle.ends >= today:
        yield Coming(cycle.ends, "", f"{cycle.name} ends, then both sides score")
    for other in cycles.in_order(view.connection):
        if other.starts > today and other.id != cycle.id:
            yield Coming(other.starts, "", f"{other.name} begins")


def _of_key_result(view: View, card: KeyResultCard) -> Iterator[Coming]:
    """A baseline to be known, steps to be ticked, and what the last check-in said is next."""
    found = key_results.by_id(view.connection, parse_ref(card.ref).number)
    assert found is not None  # noqa: S101  # its card was read in this transaction
    last = checkins.before(view.connection, found.id, _EVERY_WEEK)
    if found.kind == Kind.ESTABLISH and found.baseline_due:
        yield Coming(date.fromisoformat(found.baseline_due), card.ref, f"its baseline is known: {card.statement}")
    if found.kind == Kind.MILESTONE:
        ticked = set(last.ticked) if last else set()
        rest = [step.name for step in key_results.steps(view.connection, found.id) if step.name not in ticked]
        if rest:
            yield Coming(
                None, card.ref, f"{len(rest)} {'step' if len(rest) == 1 else 'steps'} to go: {', '.join(rest)}"
            )
    if last and last.next:
        yield Coming(None, card.ref, f"next: {last.next}")
