"""A report as what JSON can hold."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.core.signals import Signal
    from okrtui.report.parts import MinutesPart, ObjectivePart, Report, TeamPart


def shape(report: Report) -> dict[str, object]:
    """The report; ``progress`` is 0 to 1 or null, as wherever ``--json`` answers."""
    return {
        "company": report.company,
        "cycle": report.cycle,
        "starts": report.starts,
        "ends": report.ends,
        "phase": report.phase,
        "week": report.week,
        "weeks": report.weeks,
        "at": report.at,
        "about": report.about,
        "cycles": list(report.cycles),
        "signals": [_signal(one) for one in report.signals],
        "scores": [asdict(one) for one in report.scores],
        "teams": [_team(team) for team in report.teams],
    }


def _team(team: TeamPart) -> dict[str, object]:
    return {
        "team": team.slug,
        "name": team.name,
        "objectives": [_objective(one) for one in team.objectives],
        "minutes": [_minutes(one) for one in team.minutes],
        "left_open": [asdict(one) for one in team.left_open],
        "signals": [_signal(one) for one in team.signals],
        "scores": [asdict(one) for one in team.scores],
    }


def _minutes(part: MinutesPart) -> dict[str, object]:
    notes = [{"question": question, "notes": list(found)} for question, found in part.notes]
    return {**asdict(part), "notes": notes}


def _signal(signal: Signal) -> dict[str, object]:
    definition = signal.definition
    return {
        "signal": definition.key,
        "name": definition.name,
        "counts": definition.counts,
        "question": definition.question,
        "watched": signal.is_watched,
        "raised": bool(signal.sightings),
        "cycles": [{"cycle": one.cycle, **one.numbers, "text": one.text} for one in signal.figures],
        "seen": [asdict(one) for one in signal.sightings],
    }


def _objective(part: ObjectivePart) -> dict[str, object]:
    return {
        "ref": part.ref,
        "title": part.title,
        "why": part.why,
        "ambition": part.ambition,
        "set_by": part.set_by,
        "invitation": {"state": part.invitation, "straight_line": part.straight_line} if part.invitation else None,
        "progress": part.progress.share,
        "reporting": {"reporting": part.progress.reporting, "of": part.progress.of},
        "weakest": part.progress.weakest,
        "score": part.score.value,
        "unscored": list(part.score.unscored),
        "key_results": [asdict(one) for one in part.key_results],
        "pushbacks": [asdict(one) for one in part.pushbacks],
        "learning": part.learning,
    }
