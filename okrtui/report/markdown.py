r"""A report as Markdown, in which what people typed stays as they typed it: ``*this*`` is ``\*this\*``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okrtui.report import told, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.core.signals import Signal
    from okrtui.report.parts import KeyResultPart, MinutesPart, ObjectivePart, Report, TeamPart

# CommonMark lets any of them be escaped; those of GitHub's dialect (| ~ @ $) and of bare links are among them.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&@$#]|(?<=[A-Za-z]):(?=//)|(?<=www)\.")
_AT_THE_BEGINNING = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^[-+=]", re.MULTILINE)


def literal(text: str) -> str:
    """A text as Markdown that shows it as it is; its line breaks are kept as such."""
    escaped = _AT_THE_BEGINNING.sub(_harmless, _SPECIAL.sub(r"\\\g<0>", text.strip()))
    return "<br>".join(line.strip() for line in escaped.splitlines())


def _harmless(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}"


def render(report: Report) -> str:
    """The report, ending with a line break."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {literal(words.title(report))}"
    yield ""
    yield literal(words.when(report))
    yield ""
    yield f"## Scores of {literal(report.about)}"
    yield ""
    yield from (f"- {literal(one.cycle)}: {literal(told.score(one))}" for one in report.scores)
    yield ""
    yield f"## Signals of {literal(report.about)}"
    for signal in report.signals:
        yield ""
        yield from _signal(signal)
    for team in report.teams:
        yield ""
        yield f"## {literal(team.name)}"
        yield from _team(team)


def _team(team: TeamPart) -> Iterator[str]:
    if not team.objectives:
        yield ""
        yield "No objective was put to it."
    for objective in team.objectives:
        yield ""
        yield from _objective(objective)
    for part in team.minutes:
        yield ""
        yield from _minutes(part)
    if team.left_open:
        yield ""
        yield f"Left open when the cycle was closed on {team.left_open[0].day}:"
        yield ""
    for left in team.left_open:
        yield f"- {literal(words.left_open(left.kind, left.ref))}"
    found = list(told.now(team.signals))
    if found:
        yield ""
        yield "Signals:"
        yield ""
    for signal, said in found:
        yield f"- {'**!** ' if signal.sightings else ''}{signal.definition.name}: {literal(said)}"


def _minutes(part: MinutesPart) -> Iterator[str]:
    yield f"{literal(told.minutes(part))}."
    for question, notes in part.notes:
        yield ""
        yield literal(question)
        yield ""
        yield from (f"- {literal(note)}" for note in notes)
    if part.remark:
        yield ""
        yield literal(part.remark)


def _signal(signal: Signal) -> Iterator[str]:
    definition = signal.definition
    yield f"**{'! ' if signal.sightings else ''}{literal(definition.name)}.** {literal(definition.counts)}"
    yield ""
    yield from (f"- {literal(figure.cycle)}: {literal(figure.text)}" for figure in signal.figures)
    yield from (f"- **!** {literal(line)}" for line in told.seen(signal))
    yield ""
    yield f"*{literal(definition.question)}*"


def _objective(part: ObjectivePart) -> Iterator[str]:
    yield f"### {part.ref} {literal(part.title)}"
    yield ""
    yield f"{part.ambition}, set by {literal(part.set_by)}. {words.standing(part)}."
    yield ""
    rows = [
        ("Score", words.score(part)),
        ("Why", part.why),
        ("Straight line", part.straight_line),
        ("Answer", (part.invitation or "put to no team yet").replace("_", " ")),
        ("Learnt", part.learning or ""),
    ]
    for name, said in rows:
        if said:
            yield f"- {name}: {literal(said)}"
    for pushback in part.pushbacks:
        yield f"- {literal(words.pushback(pushback))}"
    if part.key_results:
        yield ""
        yield "| KR | Statement | Numbers | How far | Agreed score |"
        yield "|---|---|---|---|---|"
        for key_result in part.key_results:
            yield _row(key_result)


def _row(part: KeyResultPart) -> str:
    cells = (part.ref, part.statement, words.numbers(part), words.how_far(part), words.agreed(part))
    return f"| {' | '.join(map(literal, cells))} |"
