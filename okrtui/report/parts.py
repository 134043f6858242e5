"""What a report of a cycle holds: teams, their objectives, key results, scores, answers, learning, minutes and signals.

Scores and progress stand with key results and teams, never with people: a report names no owner beside a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.core.progress import ObjectiveProgress, ObjectiveScore
    from okrtui.core.signals import Signal
    from okrtui.report.history import CycleScore


@dataclass(frozen=True, slots=True)
class KeyResultPart:
    """An agreed key result, or one that was dropped; ``agreed_score`` is 0.0 to 1.0, None without one.

    ``settled`` says whether its two sides have settled the score, which may be "no score" for the reason in ``remark``.
    """

    ref: str
    statement: str
    state: str
    kind: str | None
    unit: str
    baseline: float | None
    value: float | None
    target: float | None
    low: float | None
    high: float | None
    progress: float | None
    confidence: int | None
    pace: str | None
    reason: str
    settled: bool
    agreed_score: float | None
    reading: str | None
    remark: str


@dataclass(frozen=True, slots=True)
class PushbackPart:
    """A round of pushing back and its answer."""

    round: int
    state: str
    reason: str
    words: str
    answer: str | None
    answer_words: str


@dataclass(frozen=True, slots=True)
class ObjectivePart:
    """An objective as one team answered it."""

    ref: str
    title: str
    why: str
    ambition: str
    set_by: str
    invitation: str | None
    straight_line: str
    progress: ObjectiveProgress
    score: ObjectiveScore
    key_results: tuple[KeyResultPart, ...]
    pushbacks: tuple[PushbackPart, ...]
    learning: str | None


@dataclass(frozen=True, slots=True)
class MinutesPart:
    """A workshop: ``day`` it began, ``people`` who were there, ``ideas`` written in it; notes by the question they answer."""

    day: str
    is_open: bool
    minutes: int
    sittings: int
    people: int
    ideas: int
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    remark: str


@dataclass(frozen=True, slots=True)
class LeftOpenPart:
    """What the cycle was closed over on a day; ``kind`` is invitation, pushback, score or calibration. The log says by whom."""

    ref: str
    kind: str
    day: str


@dataclass(frozen=True, slots=True)
class TeamPart:
    """A team; ``depth`` is 0 for the company. Signals and scores are its own, without the teams below it."""

    slug: str
    name: str
    depth: int
    objectives: tuple[ObjectivePart, ...]
    minutes: tuple[MinutesPart, ...] = ()
    left_open: tuple[LeftOpenPart, ...] = ()
    signals: tuple[Signal, ...] = ()
    scores: tuple[CycleScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A cycle's report as of ``at``; left out is a team that was asked nothing and needs no OKRs, or only asked others.

    ``about`` names the team it is of, with those below it where there are any. Its signals and scores are of all of them
    over ``cycles``, the oldest first.
    """

    company: str
    cycle: str
    starts: str
    ends: str
    phase: str
    week: int | None
    weeks: int
    at: str
    about: str
    cycles: tuple[str, ...]
    signals: tuple[Signal, ...]
    scores: tuple[CycleScore, ...]
    teams: tuple[TeamPart, ...]
