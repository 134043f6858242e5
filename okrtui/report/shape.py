"""A report as what JSON can hold."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.report.contents import ObjectivePart, Report


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
        "teams": [
            {"team": team.slug, "name": team.name, "objectives": [_objective(one) for one in team.objectives]}
            for team in report.teams
        ],
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
