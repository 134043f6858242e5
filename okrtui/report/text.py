"""A report as lines of text."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from okrtui.report import told, words
from okrtui.report.bars import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okrtui.core.signals import Signal
    from okrtui.report.history import CycleScore
    from okrtui.report.parts import KeyResultPart, MinutesPart, ObjectivePart, Report, TeamPart

_BAR = 20


def render(report: Report) -> str:
    """The report, ending with a line break."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield words.title(report)
    yield words.when(report)
    yield ""
    yield f"Scores of {report.about}, {told.over(report.cycles)}"
    yield from _scores(report.scores)
    yield ""
    yield f"Signals of {report.about}, {told.over(report.cycles)}"
    for signal in report.signals:
        yield ""
        yield from _signal(signal)
    for team in report.teams:
        yield ""
        yield f"{team.name} ({team.slug})"
        yield from _team(team)


def _team(team: TeamPart) -> Iterator[str]:
    if not team.objectives:
        yield "  No objective was put to it."
    for objective in team.objectives:
        yield indent("\n".join(_objective(objective)), "  ")
    for part in team.minutes:
        yield indent("\n".join(_minutes(part)), "  ")
    if team.left_open:
        yield f"  Left open when the cycle was closed on {team.left_open[0].day}"
    for left in team.left_open:
        yield f"    {words.left_open(left.kind, left.ref)}"
    found = list(told.now(team.signals))
    if found:
        yield "  Signals"
    for signal, said in found:
        yield f"    {'! ' if signal.sightings else ''}{signal.definition.name}: {said}"


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


def _minutes(part: MinutesPart) -> Iterator[str]:
    yield told.minutes(part)
    for question, notes in part.notes:
        yield f"  {question}"
        for note in notes:
            yield indent(note, "    ")
    if part.remark:
        yield indent(part.remark, "  ")


def _scores(scores: Sequence[CycleScore]) -> Iterator[str]:
    width = max(len(one.cycle) for one in scores)
    for one in scores:
        drawn = "·" * _BAR if one.score is None else blocks(one.score, _BAR)
        yield f"  {one.cycle:<{width}}  {drawn}  {told.score(one)}"


def _signal(signal: Signal) -> Iterator[str]:
    definition = signal.definition
    yield f"{'! ' if signal.sightings else '  '}{definition.name}"
    yield f"    {definition.counts}"
    width = max(len(figure.cycle) for figure in signal.figures)
    for figure in signal.figures:
        yield f"    {figure.cycle:<{width}}  {figure.text}"
    for line in told.seen(signal):
        yield f"    ! {line}"
    yield f"    ? {definition.question}"
