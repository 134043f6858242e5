"""The words that every kind of report says alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.model import KeyResultState, Kind, PushbackReason, spoken

if TYPE_CHECKING:
    from okrtui.report.parts import KeyResultPart, ObjectivePart, PushbackPart, Report


def title(report: Report) -> str:
    """What it is a report of."""
    return f"{report.company}: {report.cycle}"


def when(report: Report) -> str:
    """The days, the phase and the week."""
    week = f", week {report.week} of {report.weeks}" if report.week else ""
    return f"{report.starts} to {report.ends}, {report.phase}{week}. As of {report.at}."


def percent(share: float | None) -> str:
    """A share of 0 to 1; "no data" for none."""
    return "no data" if share is None else f"{share * 100:.0f}%"


def number(value: float | None) -> str:
    """A number as people write it; a dash for none."""
    return "–" if value is None else f"{value:.10g}"


def standing(part: ObjectivePart) -> str:
    """How far an objective is: "33%, 3 of 4 reporting, weakest KR2"."""
    found = part.progress
    share = percent(found.share) if found.counted else "not counted"
    weakest = f", weakest {found.weakest}" if found.weakest and found.of > 1 else ""
    return f"{share}, {found.text}{weakest}"


def score(part: ObjectivePart) -> str:
    """An objective's score, with what has none; empty while nothing is scored."""
    if part.score.value is None:
        return ""
    without = f", without {', '.join(part.score.unscored)}" if part.score.unscored else ""
    return f"{part.score.value:.2f}{without}"


def numbers(part: KeyResultPart) -> str:
    """From where over where it is to where it should be: "26 → 20 → 8 hours"."""
    unit = f" {part.unit}" if part.unit else ""
    match part.kind:
        case Kind.INCREASE | Kind.DECREASE:
            return f"{number(part.baseline)} → {number(part.value)} → {number(part.target)}{unit}"
        case Kind.MAINTAIN:
            return f"{number(part.value)}, to stay between {number(part.low)} and {number(part.high)}{unit}"
        case None:
            return ""
        case kind:
            return str(kind)


def how_far(part: KeyResultPart) -> str:
    """Progress, confidence and pace; of a dropped one why it was."""
    if part.state == KeyResultState.DROPPED:
        return f"dropped at {percent(part.progress)}: {part.reason}"
    confidence = f"confidence {part.confidence}" if part.confidence is not None else ""
    return ", ".join(word for word in (percent(part.progress), confidence, part.pace or "") if word)


_LEFT_OPEN = {
    "invitation": "the team did not answer",
    "pushback": "leadership did not answer the pushback",
    "score": "no agreed score",
    "calibration": "the agreed score was proposed and not confirmed",
}


def left_open(kind: str, ref: str) -> str:
    """What a cycle was closed over: "KR3: no agreed score"."""
    return f"{ref}: {_LEFT_OPEN.get(kind, spoken(kind))}"


def agreed(part: KeyResultPart) -> str:
    """The agreed score and how it reads; empty while there is none."""
    if not part.settled:
        return ""
    if part.agreed_score is None:
        return f"no score: {part.remark}"
    return f"{part.reading} {part.remark}".rstrip()


def pushback(part: PushbackPart) -> str:
    """A round: what was said, and what was answered."""
    asked = f"Pushback {part.round}, {spoken(PushbackReason(part.reason))}: {part.words}"
    if part.answer is None:
        return f"{asked} ({part.state.replace('_', ' ')})"
    return f"{asked} — {part.answer}{f': {part.answer_words}' if part.answer_words else ''}"
