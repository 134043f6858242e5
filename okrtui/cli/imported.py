"""What an import of ideas answers: each with the verdict and the questions of the checks, and how many there were."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from okrtui.cli import output
from okrtui.cli.check import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from okrtui.cli.call import Call
    from okrtui.core.ideas import Sheet
    from okrtui.service.importing import Idea, Report

REFUSED = 2


def progress(sheet: Sheet) -> Callable[[int], None] | None:
    """A line on the standard error that counts along, where somebody watches it."""
    if not sys.stderr.isatty():
        return None
    of = len(sheet.rows)

    def tell(done: int) -> None:
        sys.stderr.write(f"\r{done:,} of {of:,}" + ("\r\x1b[K" if done + _SHORTLY > of else ""))
        sys.stderr.flush()

    return tell


_SHORTLY = 200  # what is left when the last word about the progress comes


def tell(call: Call, sheet: Sheet, report: Report, *, dry_run: bool) -> bool:
    """Answer; whether it was done: a row that will not do gets its sentence on the standard error."""
    if call.json:
        output.write(output.as_json(_shape(sheet, report, dry_run=dry_run)))
    elif not report.problems:
        output.say("\n".join(_lines(sheet, report, dry_run=dry_run)))
    if not report.problems:
        return True
    for place, sentence in report.problems:
        output.complain(f"{sheet.noun} {place}: {sentence}")
    rows = len(sheet.rows) + len(sheet.problems)
    output.complain(f"Nothing was imported: {len(report.problems):,} of {rows:,} will not do.")
    return False


def _shape(sheet: Sheet, report: Report, *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "ideas": [_idea(one) for one in report.ideas],
        "verdicts": _verdicts(report),
        "problems": [{"place": place, "text": sentence} for place, sentence in report.problems],
        "left_out": list(sheet.left_out),
        "over": sheet.over,
    }


def _idea(one: Idea) -> dict[str, object]:
    return {
        "place": one.place,
        "ref": one.ref or None,
        "objective": one.objective,
        "team": one.team,
        "statement": one.statement,
        "verdict": one.reading.verdict,
        "questions": asked(one.reading),
        "example": one.reading.example,
    }


def _verdicts(report: Report) -> dict[str, int]:
    found = Counter(one.reading.verdict for one in report.ideas)
    return {verdict: found[verdict] for verdict in ("outcome", "output", "vague")}


def _lines(sheet: Sheet, report: Report, *, dry_run: bool) -> Iterator[str]:
    for one in report.ideas:
        name = one.ref or f"{sheet.noun} {one.place}"
        yield f"{name}  {output.paint(one.reading.verdict, 'bold')}: {output.one_line(one.statement)}"
        yield from (f"  {output.one_line(question.text)}  ({question.rule})" for question in one.reading.questions)
    counts = ", ".join(f"{count:,} {verdict}" for verdict, count in _verdicts(report).items() if count)
    ideas = "1 idea" if len(report.ideas) == 1 else f"{len(report.ideas):,} ideas"
    yield f"{'Would import' if dry_run else 'Imported'} {ideas}{': ' if counts else '.'}{counts}".rstrip()
    if sheet.over:
        yield f"Left where they are, dropped or never agreed: {sheet.over:,}."
    if sheet.left_out:
        yield f"Left out, as an idea has no place for it: {', '.join(map(output.one_line, sheet.left_out))[:300]}."
    if report.ideas and not dry_run:
        yield "They are nobody's until their team adopts them: `okrtui kr adopt`, or y on the board."
