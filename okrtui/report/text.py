"""A report as lines of text."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from okrtui.report import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.report.contents import KeyResultPart, ObjectivePart, Report


def render(report: Report) -> str:
    """The report, ending with a line break."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield words.title(report)
    yield words.when(report)
    for team in report.teams:
        yield ""
        yield f"{team.name} ({team.slug})"
        if not team.objectives:
            yield "  No objective was put to it."
        for objective in team.objectives:
            yield indent("\n".join(_objective(objective)), "  ")


def _objective(part: ObjectivePart) -> Iterator[str]:
    yield f"{part.ref}  {part.title} ({part.ambition}, set by {part.set_by})"
    yield f"  {words.standing(part)}"
    if score := words.score(part):
        yield f"  Score {score}"
    if part.invitation:
        line = f": {part.straight_line}" if part.straight_line else ""
        yield indent(f"{part.invitation.replace('_', ' ')}{line}", "  ")
    for key_result in part.key_results:
        yield indent("\n".join(_key_result(key_result)), "  ")
    for pushback in part.pushbacks:
        yield indent(words.pushback(pushback), "  ")
    if part.learning:
        yield indent(f"Learnt: {part.learning}", "  ")


def _key_result(part: KeyResultPart) -> Iterator[str]:
    yield f"{part.ref}  {part.statement}"
    for line in (words.numbers(part), words.how_far(part), words.agreed(part)):
        if line:
            yield indent(line, "  ")
