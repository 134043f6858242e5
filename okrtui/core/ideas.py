"""Key results that were written elsewhere, read as ideas: from CSV, from JSON, or from a list with a sentence a line."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, field
from io import StringIO
from itertools import zip_longest
from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid
from okrtui.core.inputs import KeyResultEntry
from okrtui.core.partial import key_results_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_ROWS = 20_000
MOST_BYTES = 50_000_000
COLUMNS = (*KeyResultEntry.model_fields, "objective", "team")
"""What a row may say; anything else in it is left out."""

_OTHER_NAMES = {"shared_with": "shared_team", "key_result": "statement", "kr": "statement"}
_OVER = frozenset({"dropped", "not_agreed"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BREAK = re.compile("\r\n|\r|\n")
_DELIMITERS = ",;\t"
_FORMULA = re.compile(r"'*[=+\-@]")
_TASK = re.compile(r"\s*\[[ xX]?\]\s")
_STEP = re.compile(r"^(?P<name>.*\S)\s*:\s*(?P<weight>\d+(?:\.\d+)?)$")
_HEADING = re.compile(
    r"#{1,6}\s+(?:.*?\b(?P<objective>O[1-9]\d*)\b(?:,\s*(?P<team>[\w-]+)(?=:|\s*$))?)?", re.IGNORECASE
)
_BULLET = re.compile(r"\s*(?:(?:[-*+•–]|\d{1,4}[.)])\s+(?:\[[ xX]?\]\s+)?|\[[ xX]?\]\s+)")
_LABEL = re.compile(r"(?:KR ?\d+(?:\.\d+)?|key result ?\d*)\s*[:.)–-]\s*", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_RULE = re.compile(r"\s*(?:([-*_=])\s*){3,}$")


@dataclass(frozen=True, slots=True)
class Row:
    """One idea: the fields of a key result's form, and the refs and slugs of what it belongs under, empty where not said."""

    place: int
    """The line it begins on; in JSON its place in the list."""
    fields: Mapping[str, object]
    objective: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that was read."""

    rows: tuple[Row, ...]
    problems: tuple[tuple[int, str], ...] = ()
    """What could not be read: its place, and a sentence."""
    noun: str = "Line"
    """What a place is: a line, or an item of a list."""
    left_out: tuple[str, ...] = ()
    """Columns that a key result has no place for."""
    over: int = 0
    """Key results that were dropped or never agreed, and stay where they are."""


@dataclass(slots=True)
class _Reading:
    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    left_out: dict[str, None] = field(default_factory=dict)
    over: int = 0

    def add(self, place: int, said: Mapping[str, object]) -> None:
        """Keep what a row says under the names of the form."""
        named = {_name(column): value for column, value in said.items()}
        if named.get("state") in _OVER:
            self.over += 1
            return
        self.left_out |= dict.fromkeys(name for name in named if name not in COLUMNS)
        whole = {name: value for name, value in named.items() if name in COLUMNS and value not in (None, "")}
        objective, team = whole.pop("objective", ""), whole.pop("team", "")
        if len(self.rows) + len(self.problems) >= MOST_ROWS:
            raise Invalid(f"That holds more than {MOST_ROWS:,} key results: import it in parts.")
        self.rows.append(Row(place, whole, str(objective).strip(), str(team).strip()))

    def sheet(self, noun: str = "Line") -> Sheet:
        return Sheet(tuple(self.rows), tuple(self.problems), noun, tuple(self.left_out), self.over)


def read(raw: bytes) -> Sheet:
    """The key results that a file holds, whatever it is: JSON, CSV with a line of names, Markdown or plain text.

    Raises:
        Invalid: it is no text, no whole JSON, too large, or holds nothing.
    """
    text = _text(raw)
    if not text.strip():
        raise Invalid("There is nothing to import: give a sentence a line, CSV with a line of names, or JSON.")
    if text.lstrip()[0] in "[{" and not _TASK.match(text):
        sheet = _json(text)
    else:
        delimiter = _delimiter(text)
        sheet = _csv(text, delimiter) if delimiter else _list(text)
    if not (sheet.rows or sheet.problems or sheet.over):
        raise Invalid("It holds no key result: give a sentence a line, CSV with a line of names, or JSON.")
    return sheet


def _text(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise Invalid(f"That is larger than {MOST_BYTES // 1_000_000} MB: import it in parts.")
    try:
        return raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("That is no text in UTF-8: save it as CSV, JSON or a list in UTF-8.") from error


def _lines(text: str) -> list[str]:
    return _BREAK.split(text)


def _name(column: str) -> str:
    name = "_".join(column.strip().casefold().replace("-", " ").split())
    return _OTHER_NAMES.get(name, name)


# JSON


def _json(text: str) -> Sheet:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("That is no whole JSON document: it was cut off, or is another file.") from error
    if isinstance(found, dict):
        found = key_results_of(found) if "tables" in found else [found]
    reading = _Reading()
    for place, item in enumerate(found, 1):
        if isinstance(item, dict):
            reading.add(place, item)
        elif isinstance(item, str):
            reading.add(place, {"statement": item})
        else:
            reading.problems.append((place, "It is neither an object nor a sentence."))
    return reading.sheet("Item")


# CSV


def _delimiter(text: str) -> str | None:
    """What parts the columns, where the first line names them; None where it is no such line."""
    first = next(line for line in _lines(text) if line.strip())
    for delimiter in _DELIMITERS:
        names = {_name(cell) for cell in next(csv.reader([first], delimiter=delimiter), [])}
        if "statement" in names and (len(names) == 1 or delimiter in first):
            return delimiter
        if len(names & set(COLUMNS)) > 1:
            raise Invalid('The line of names has no "statement": call the column with the sentences that.')
    return None


def _csv(text: str, delimiter: str) -> Sheet:
    reading = _Reading()
    names: list[str] = []
    for place, cells in _cells(text, delimiter, reading):
        if not any(map(str.strip, cells)):
            continue
        if not names:
            names = cells
        elif len(cells) > len(names) and any(map(str.strip, cells[len(names) :])):
            reading.problems.append((place, f"It has {len(cells)} cells, and the line of names has {len(names)}."))
        else:
            said = dict(zip_longest(names, cells[: len(names)], fillvalue=""))
            reading.add(place, {name: _cell(name, value) for name, value in said.items()})
    return reading.sheet()


def _cells(text: str, delimiter: str, reading: _Reading) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on; the reader of CSV gives up at a cell without an end."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            reading.problems.append((before + 1, "It cannot be read as CSV: look for a quotation mark without an end."))
            return
        yield before + 1, cells
        before = reader.line_num


def _cell(name: str, value: str) -> object:
    said = value.strip()
    if said.startswith("'") and _FORMULA.match(said):
        said = said[1:]
    return _steps(said) if _name(name) == "steps" and said else said


def _steps(said: str) -> list[dict[str, object]]:
    """``Pilot; Roll-out: 2`` as the steps of a milestone."""
    found: list[dict[str, object]] = []
    for step in filter(None, map(str.strip, said.split(";"))):
        weighed = _STEP.match(step)
        found.append({"name": weighed["name"], "weight": weighed["weight"]} if weighed else {"name": step})
    return found


# A list


def _list(text: str) -> Sheet:
    """A sentence a line; a heading with a ref names the objective, and what is indented below a sentence is left out."""
    reading = _Reading()
    under: dict[str, object] = {}
    fenced = listed = False
    for place, line in enumerate(_lines(text), 1):
        bullet = _BULLET.match(line)
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or not line.strip() or _RULE.match(line):
            continue
        elif heading := _HEADING.match(line):
            under = {name: value for name, value in heading.groupdict().items() if value} or under
        elif line.lstrip().startswith("|"):
            reading.problems.append((place, "It is a row of a table: save the table as CSV."))
        elif bullet or not (listed and line[0].isspace()):
            listed = bool(bullet)
            said = _ESCAPED.sub(r"\1", line[bullet.end() if bullet else 0 :].strip())
            statement = _LABEL.sub("", said, count=1)
            reading.add(place, {"statement": _unmarked(statement), **under})
    return reading.sheet()


def _unmarked(said: str) -> str:
    """A sentence without the marks that make all of it bold or italic."""
    for mark in ("**", "__", "*", "_"):
        if len(said) > 2 * len(mark) and said.startswith(mark) and said.endswith(mark):
            return said[len(mark) : -len(mark)]
    return said


def quoted(cell: str) -> str:
    """A cell for CSV that no spreadsheet takes for a formula: a quote before ``=``, ``+``, ``-`` and ``@``, read back here."""
    return f"'{cell}" if _FORMULA.match(cell) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
