"""Signals and scores across cycles in words that every kind of report says alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okrtui.core.signals import Signal
    from okrtui.report.history import CycleScore
    from okrtui.report.parts import MinutesPart

MOST_SIGHTINGS = 12
"""More teams than these are counted in a text that people read, and are all there in JSON."""


def over(cycles: Sequence[str]) -> str:
    """The cycles looked at: "2025-Q4 to 2026-Q3"."""
    return cycles[0] if len(cycles) == 1 else f"{cycles[0]} to {cycles[-1]}"


def seen(signal: Signal, *, one_team: bool = False) -> Iterator[str]:
    """Where a watched signal was seen: "Sales, 2025-Q4: KR2 in week 9: 25 % → 18 %"; the last line may count the rest."""
    for one in signal.sightings[:MOST_SIGHTINGS]:
        place = one.cycle if one_team else f"{one.team}, {one.cycle}"
        yield f"{place}: {one.text}"
    if (rest := len(signal.sightings) - MOST_SIGHTINGS) > 0:
        yield f"and {rest} more"


def now(signals: Sequence[Signal]) -> Iterator[tuple[Signal, str]]:
    """What signals say of the last cycle looked at, those that have nothing to say left out."""
    for signal in signals:
        last = signal.figures[-1]
        if last.main is not None:
            yield signal, last.text


def score(one: CycleScore) -> str:
    """The score of a cycle: "0.57, 6 objectives from 0.40 to 0.80"; "nothing agreed" where there is none."""
    if one.score is None:
        return "nothing agreed"
    least, most = (f"{end(mark.score for mark in one.objectives):.2f}" for end in (min, max))
    between = f" from {least} to {most}" if least != most else ""
    return f"{one.score:.2f}, {objectives(one)}{between}"


def objectives(one: CycleScore) -> str:
    """How many objectives of a cycle have a score: "6 objectives"."""
    return f"{len(one.objectives)} objective{'' if len(one.objectives) == 1 else 's'}"


def minutes(part: MinutesPart) -> str:
    """A workshop: "Workshop of 2026-10-06: 95 minutes in 2 sittings, 4 people, 7 ideas"."""
    counted = ((part.sittings, "sitting", "sittings"), (part.people, "person", "people"), (part.ideas, "idea", "ideas"))
    sittings, people, ideas = (f"{number} {one if number == 1 else many}" for number, one, many in counted)
    going_on = ", not closed" if part.is_open else ""
    return f"Workshop of {part.day}: {part.minutes} minutes in {sittings}, {people}, {ideas}{going_on}"
