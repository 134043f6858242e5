"""Key results as a spreadsheet or as a list in Markdown; `okrtui import` reads both again."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING

from okrtui.core.ideas import quoted
from okrtui.core.inputs import KeyResultEntry
from okrtui.report.markdown import literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okrtui.service.sheets import SheetRow

COLUMNS = (
    *("cycle", "objective", "objective_title", "team", "ref", "state"),
    *KeyResultEntry.model_fields,
    *("value", "confidence", "progress"),
)


def as_csv(rows: Iterable[SheetRow]) -> Iterator[str]:
    """The rows as lines of CSV, a line of names before them; no cell is a formula to a spreadsheet."""
    yield _line(COLUMNS)
    for row in rows:
        fields = {**row.fields, "steps": "; ".join(f"{step.name}: {_cell(step.weight)}" for step in row.steps)}
        before = (row.cycle, row.objective, row.title, row.team, row.ref, row.state)
        after = (row.value, row.confidence, row.progress)
        yield _line(map(_cell, (*before, *(fields[name] for name in KeyResultEntry.model_fields), *after)))


def _line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow([quoted(cell) for cell in cells])
    return line.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def as_markdown(rows: Iterable[SheetRow]) -> Iterator[str]:
    """The rows as a list below a heading for each objective and team, their numbers below each sentence."""
    yield "# Key results\n"
    for (cycle, objective, team, title), found in groupby(
        rows, key=lambda row: (row.cycle, row.objective, row.team, row.title)
    ):
        yield f"\n## {objective}, {team}: {literal(title)} ({cycle})\n\n"
        for row in found:
            yield f"- {row.ref}: {literal(str(row.fields['statement']))}\n"
            yield f"  {literal(_details(row))}\n"


def _details(row: SheetRow) -> str:
    said = [row.state, *_numbers(row)]
    if row.fields["owner"]:
        said.append(f"owner {row.fields['owner']}")
    if row.progress is not None:
        said.append(f"progress {row.progress:.0%}")
    return ", ".join(said)


def _numbers(row: SheetRow) -> Iterator[str]:
    fields = row.fields
    if fields["kind"]:
        yield str(fields["kind"])
    for first, last in (("baseline", "target"), ("low", "high")):
        if fields[first] is not None or fields[last] is not None:
            yield f"{_cell(fields[first]) or '?'} to {_cell(fields[last]) or '?'} {fields['unit']}".strip()
