"""A report as one page of HTML that asks nothing of the network: its style and plots stand in it, and no script at all.

It is well-formed XML too. What people typed is escaped, and kept by itself where it is written from right to left.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from okrtui.report import plots, told, words
from okrtui.report.style import CSS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from okrtui.core.signals import Signal
    from okrtui.report.history import CycleScore
    from okrtui.report.parts import KeyResultPart, MinutesPart, ObjectivePart, Report, TeamPart

# A browser that reads it fetches nothing, whatever should ever get in.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def typed(text: str) -> str:
    """What somebody typed, as text of a page."""
    return f"<bdi>{escape(text.strip()).replace(chr(10), '<br />')}</bdi>"


def render(report: Report) -> str:
    """The page, ending with a line break."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    title = words.title(report)
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield f'<head><meta charset="utf-8" /><meta http-equiv="Content-Security-Policy" content="{_POLICY}" />'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1" />'
    yield f"<title>{escape(title)}</title><style>{CSS}</style></head>"
    yield "<body><main>"
    yield f'<header><h1>{typed(title)}</h1><p class="soft">{escape(words.when(report))}</p></header>'
    if len(report.teams) > 1:
        yield "<nav>"
        yield from (f'<a href="#{_anchor(team)}">{typed(team.name)}</a>' for team in report.teams)
        yield "</nav>"
    over = told.over(report.cycles)
    yield f"<section><h2>Scores of {typed(report.about)}, {escape(over)}</h2>"
    yield from _scores(report.scores, "scores", report.about)
    yield "</section>"
    yield f"<section><h2>Signals of {typed(report.about)}, {escape(over)}</h2>"
    for signal in report.signals:
        yield from _signal(signal)
    yield "</section>"
    for team in report.teams:
        yield from _team(team)
    yield "</main></body></html>"


def _anchor(team: TeamPart) -> str:
    return f"team-{escape(team.slug)}"


def _scores(scores: Sequence[CycleScore], name: str, about: str) -> Iterator[str]:
    known = [one for one in scores if one.score is not None]
    if len(known) > 1:
        yield f"<figure>{plots.scores(scores, name, about)}"
        yield "<figcaption>The line is the weighted mean of the agreed scores; a dot is an objective's.</figcaption></figure>"
    yield _table("figures", ((escape(one.cycle), escape(told.score(one))) for one in scores))


def _table(kind: str, rows: Iterable[tuple[str, str]]) -> str:
    """Rows of a heading and what belongs to it, both escaped already."""
    drawn = "".join(f'<tr><th scope="row">{name}</th><td>{cell}</td></tr>' for name, cell in rows)
    return f'<table class="{kind}">{drawn}</table>'


def _signal(signal: Signal) -> Iterator[str]:
    definition, raised = signal.definition, bool(signal.sightings)
    yield f'<article class="{"signal raised" if raised else "signal"}">'
    yield f"<h3>{'! ' if raised else ''}{escape(definition.name)}</h3>"
    yield f'<p class="soft">{escape(definition.counts)}</p>'
    if len(signal.figures) > 1 and signal.is_told:
        says = "; ".join(f"{figure.cycle}: {figure.text}" for figure in signal.figures)
        yield plots.spark([figure.main for figure in signal.figures], says)
    yield _table("figures", ((escape(figure.cycle), escape(figure.text)) for figure in signal.figures))
    yield from (f'<p class="seen">! {typed(line)}</p>' for line in told.seen(signal))
    yield f'<p class="question">{escape(definition.question)}</p></article>'


def _team(team: TeamPart) -> Iterator[str]:
    yield f'<section id="{_anchor(team)}"><h2>{typed(team.name)}</h2>'
    if not team.objectives:
        yield '<p class="soft">No objective was put to it.</p>'
    for objective in team.objectives:
        yield from _objective(objective)
    for part in team.minutes:
        yield from _minutes(part)
    if team.left_open:
        yield f"<h3>Left open when the cycle was closed on {escape(team.left_open[0].day)}</h3><ul>"
        yield from (f"<li>{escape(words.left_open(one.kind, one.ref))}</li>" for one in team.left_open)
        yield "</ul>"
    if any(one.score is not None for one in team.scores):
        yield "<h3>Scores across cycles</h3>"
        yield from _scores(team.scores, f"{_anchor(team)}-scores", team.name)
    found = [(f"{'! ' if one.sightings else ''}{one.definition.name}", said) for one, said in told.now(team.signals)]
    if found:
        yield "<h3>Signals</h3>"
        yield _table("figures", ((escape(name), escape(said)) for name, said in found))
    yield "</section>"


def _objective(part: ObjectivePart) -> Iterator[str]:
    yield f'<section class="objective-part"><h3>{part.ref} {typed(part.title)}</h3>'
    yield f'<p class="soft">{part.ambition}, set by {typed(part.set_by)}. {escape(words.standing(part))}.</p>'
    yield "<dl>"
    said = [
        ("Score", words.score(part)),
        ("Why", part.why),
        ("Straight line", part.straight_line),
        ("Answer", (part.invitation or "put to no team yet").replace("_", " ")),
        *(("Pushback", words.pushback(one)) for one in part.pushbacks),
        ("Learnt", part.learning or ""),
    ]
    yield from (f"<dt>{name}</dt><dd>{typed(text)}</dd>" for name, text in said if text)
    yield "</dl>"
    if part.key_results:
        heads = "".join(
            f'<th scope="col">{name}</th>' for name in ("KR", "Statement", "Numbers", "How far", "Agreed score")
        )
        yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
        yield from map(_row, part.key_results)
        yield "</tbody></table>"
    yield "</section>"


def _row(part: KeyResultPart) -> str:
    cells = (part.ref, part.statement, words.numbers(part), words.how_far(part), words.agreed(part))
    return f"<tr>{''.join(f'<td>{typed(cell)}</td>' for cell in cells)}</tr>"


def _minutes(part: MinutesPart) -> Iterator[str]:
    yield f'<section class="minutes"><h3>{escape(told.minutes(part))}</h3>'
    for question, notes in part.notes:
        yield f"<h4>{escape(question)}</h4><ul>"
        yield from (f"<li>{typed(note)}</li>" for note in notes)
        yield "</ul>"
    if part.remark:
        yield f"<p>{typed(part.remark)}</p>"
    yield "</section>"
