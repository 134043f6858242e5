"""Signals of a team: each says what it counts, its numbers, and a question to talk about (docs/signals.md).

Source: design/1-method.md, "Signals, of a team, never of a person". Most only count. Four are watched: something that may
be played happened, and where; they are raised by what is in the history and by nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from okrtui.core.sightings import added_late, all_top, always_equal, was_eased
from okrtui.core.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from okrtui.core.sightings import History

Numbers = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A signal's numbers in one cycle, in words too; ``main`` is the one to plot, None where nothing was there to count."""

    cycle: str
    numbers: Numbers
    text: str
    main: float | None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a watched signal was seen: the team's name, the last cycle of it, and its numbers in words."""

    team: str
    cycle: str
    text: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What a signal counts, and how. ``main`` gives the number to plot; ``seen`` is there for a watched one."""

    key: str
    name: str
    counts: str
    question: str
    numbers: Callable[[Tally], Numbers]
    text: Callable[[Tally], str]
    main: Callable[[Tally], float | None]
    seen: Callable[[History], Iterator[tuple[str, str]]] | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal of some teams together; ``sightings`` are by team, and none where it is not raised."""

    definition: Definition
    figures: tuple[Figure, ...]
    sightings: tuple[Sighting, ...]

    @property
    def is_watched(self) -> bool:
        """Whether it can be raised at all."""
        return self.definition.seen is not None

    @property
    def is_told(self) -> bool:
        """Whether there was anything to count."""
        return any(figure.main is not None for figure in self.figures)


def signals(cycles: Sequence[str], teams: Mapping[str, Sequence[Tally]]) -> tuple[Signal, ...]:
    """Return the signals of teams, by their names, from their tallies in these cycles, the oldest first.

    What is counted is counted over all of the teams. What is watched for is looked for in each by itself.
    """
    together = together_of(len(cycles), teams)
    histories = {name: tuple(zip(cycles, tallies, strict=True)) for name, tallies in teams.items()}
    return tuple(_signal(one, cycles, together, histories) for one in DEFINITIONS)


def together_of(cycles: int, teams: Mapping[str, Sequence[Tally]]) -> tuple[Tally, ...]:
    """Return what all of the teams counted, by cycle."""
    by_cycle = zip(*teams.values(), strict=True) if teams else ((Tally(),) for _ in range(cycles))
    return tuple(reduce(add, found) for found in by_cycle)


def _signal(
    one: Definition, cycles: Sequence[str], together: Sequence[Tally], histories: Mapping[str, History]
) -> Signal:
    sightings = (
        Sighting(team, cycle, text)
        for team, history in histories.items()
        if one.seen is not None
        for cycle, text in one.seen(history)
    )
    return Signal(one, tuple(_figure(one, *each) for each in zip(cycles, together, strict=True)), tuple(sightings))


def _figure(one: Definition, cycle: str, tally: Tally) -> Figure:
    main = one.main(tally)
    return Figure(cycle, one.numbers(tally), "no data" if main is None else one.text(tally), main)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _percent(part: float, whole: float) -> str:
    return f"{part / whole:.0%}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _all(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _pushbacks(tally: Tally) -> str:
    raised = f"{tally.raised or 'none'} raised on {_count(tally.asked, 'invitation')}"
    if not tally.raised:
        return raised
    took = f" in {_days(tally.answer_days / tally.answered)} on average" if tally.answered else ""
    return _all(
        raised,
        f"{tally.answered} answered{took}",
        f"{tally.taken_back} taken back" if tally.taken_back else "",
        f"{tally.unanswered} left unanswered" if tally.unanswered else "",
        f"{tally.waiting} waiting, the oldest for {_days(tally.oldest_days)}" if tally.waiting else "",
    )


def _days(days: float) -> str:
    return f"{days:.1f} days"


def _workshops(tally: Tally) -> str:
    length = round(tally.minutes / tally.workshops)
    return f"{_count(tally.workshops, 'workshop')} in {_count(tally.sittings, 'sitting')}, {length} minutes each"


def _rhythm(tally: Tally) -> str:
    missing = tally.due - tally.on_time - tally.late
    return f"{_percent(tally.on_time, tally.due)} of {_count(tally.due, 'due week')} on time, {tally.late} late, {missing} missing"


def _rounds(tally: Tally) -> str:
    moved = tally.moved / tally.followed if tally.followed else 0.0
    way = "higher" if moved > 0 else "lower"
    return _all(
        f"{_count(tally.rounds, 'round')}, {tally.apart / tally.laid:.1f} apart on average",
        f"{abs(moved):.1f} {way} at the last than at the first" if moved else "",
    )


def _gap(tally: Tally) -> str:
    way = "the team higher" if tally.higher > 0 else "leadership higher" if tally.higher < 0 else ""
    apart = f"{tally.gap / tally.pairs / 10:.2f} apart over {_count(tally.pairs, 'key result')}"
    return _all(apart, f"{way} by {abs(tally.higher) / tally.pairs / 10:.2f}" if way else "")


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "first_typed",
        "Whose words",
        "Words of the agreed key results that the team's side typed first.",
        "Which of them would the team have written if nobody had suggested anything?",
        lambda tally: {"words": tally.words, "own": tally.own_words, "share": _share(tally.own_words, tally.words)},
        lambda tally: f"{_percent(tally.own_words, tally.words)} of {_count(tally.words, 'word')}",
        lambda tally: _share(tally.own_words, tally.words),
    ),
    Definition(
        "pushbacks",
        "Pushbacks",
        "Rounds of pushing back on an objective, how many were answered, and how long that took or takes.",
        "Which objective would have deserved one, and what kept it in?",
        lambda tally: {
            "asked": tally.asked,
            "raised": tally.raised,
            "answered": tally.answered,
            "taken_back": tally.taken_back,
            "unanswered": tally.unanswered,
            "waiting": tally.waiting,
            "days_to_answer": _share(tally.answer_days, tally.answered),
            "oldest_days": tally.oldest_days if tally.waiting else None,
        },
        _pushbacks,
        lambda tally: float(tally.raised) if tally.asked else None,
    ),
    Definition(
        "workshops",
        "Workshops",
        "Workshops held, their sittings, and their working time without the breaks.",
        "Was it a conversation about the work, or a template being filled in?",
        lambda tally: {
            "workshops": tally.workshops,
            "sittings": tally.sittings,
            "minutes": round(tally.minutes),
            "minutes_each": _share(tally.minutes, tally.workshops),
        },
        _workshops,
        lambda tally: _share(tally.minutes, tally.workshops),
    ),
    Definition(
        "rhythm",
        "Check-in rhythm",
        "Weeks in which agreed key results owed a check-in and got one: in that week, later, or never.",
        "What does the team itself get out of the minute a check-in takes?",
        lambda tally: {
            "due": tally.due,
            "on_time": tally.on_time,
            "late": tally.late,
            "share_on_time": _share(tally.on_time, tally.due),
            "share_late": _share(tally.late, tally.due),
        },
        _rhythm,
        lambda tally: _share(tally.on_time, tally.due),
    ),
    Definition(
        "wordless",
        "Check-ins without a word",
        "Check-ins that say neither what changed, nor what blocks, nor what is next.",
        "What could nobody see from the number alone?",
        lambda tally: {
            "checkins": tally.checkins,
            "wordless": tally.wordless,
            "share": _share(tally.wordless, tally.checkins),
        },
        lambda tally: f"{_percent(tally.wordless, tally.checkins)} of {_count(tally.checkins, 'check-in')}",
        lambda tally: _share(tally.wordless, tally.checkins),
    ),
    Definition(
        "falls",
        "Falls of confidence",
        "Check-ins at which confidence fell by 2 or more, or for the second time running.",
        "Who heard of it that week, and what was done differently?",
        lambda tally: {"falls": tally.falls, "checkins": tally.checkins},
        lambda tally: f"{_count(tally.falls, 'fall')} in {_count(tally.checkins, 'check-in')}",
        lambda tally: float(tally.falls) if tally.checkins else None,
    ),
    Definition(
        "rounds",
        "Confidence rounds",
        "Opened rounds of the team's sealed confidence: how far its numbers lay apart, and where they moved.",
        "What does somebody see that the others do not, and has it been said?",
        lambda tally: {
            "rounds": tally.rounds,
            "spread": _share(tally.apart, tally.laid),
            "trend": _share(tally.moved, tally.followed),
        },
        _rounds,
        lambda tally: _share(tally.apart, tally.laid),
    ),
    Definition(
        "eased",
        "Targets eased",
        "Amendments of an agreed key result that made its target easier, by the week of the cycle.",
        "Was the first target argued about as much as the second?",
        lambda tally: {"agreed": tally.agreed, "eased": len(tally.eased)},
        lambda tally: f"{len(tally.eased) or 'none'} of {_count(tally.agreed, 'key result')}",
        lambda tally: float(len(tally.eased)) if tally.agreed or tally.eased else None,
        was_eased,
    ),
    Definition(
        "gap",
        "Gap between the two scores",
        "How far the opened self and manager scores lay apart, as they were first opened.",
        "Where do the two sides mean different things by the same words?",
        lambda tally: {
            "pairs": tally.pairs,
            "gap": _share(tally.gap / 10, tally.pairs),
            "self_above_manager": _share(tally.higher / 10, tally.pairs),
        },
        _gap,
        lambda tally: _share(tally.gap / 10, tally.pairs),
    ),
    Definition(
        "all_top",
        "Everything at 1.0",
        "Agreed scores of 1.0; raised where a team has nothing else two cycles running.",
        "What would the team not have dared to promise?",
        lambda tally: {"scored": tally.scored, "top": tally.top},
        lambda tally: f"{tally.top} of {tally.scored} at 1.0",
        lambda tally: _share(tally.top, tally.scored),
        all_top,
    ),
    Definition(
        "always_equal",
        "Self equal to manager",
        "Pairs of opened scores without a gap; raised where a team has no other two cycles running, three or more.",
        "Do the two sides write before they have talked, or after?",
        lambda tally: {"pairs": tally.pairs, "equal": tally.equal},
        lambda tally: f"{tally.equal} of {_count(tally.pairs, 'pair')} alike",
        lambda tally: _share(tally.equal, tally.pairs),
        always_equal,
    ),
    Definition(
        "added_late",
        "Added late, closed at 1.0",
        "Key results agreed in the last three weeks of a cycle, or after it, and closed at 1.0.",
        "Was it a goal when it was added, or done already?",
        lambda tally: {"added_late": len(tally.late_top), "scored": tally.scored},
        lambda tally: f"{len(tally.late_top) or 'none'} of {tally.scored} scored",
        lambda tally: float(len(tally.late_top)) if tally.scored else None,
        added_late,
    ),
)
