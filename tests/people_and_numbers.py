"""Where an output lines people up with a number each: what no output does.

A number may stand beside a name where it is that of a thing: a key result of which the line or the row says its ref, the week
of a check-in, a side's score, which is signed. It may not be the person's: so many dots, so much on average, that vote. One
such row is somebody's own; two of them compare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    Json = dict[str, "Json"] | list["Json"] | str | float | bool | None

REF = re.compile(r"\b(?:O|KR|S|C|I|N|P|PR|W|WS)[1-9]\d*\b")
_NO_NUMBER = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:]+Z|\d{4}-\d\d-\d\d|\d{4}-Q\d|\d\d-\d\d \d\d:\d\d|\b\d\d?:\d\d(?::\d\d)?\b|\bQ\d\b"
)
"""Days, times and cycles."""

_A_THINGS = re.compile(
    r"\bweek \d|^\W*(?:self|manager|agreed|computed)\b|\b(?:proposed|confirmed|countered|of the team)\b"
)
"""How a line begins, or says, whose number it tells where it names no ref."""

_BORDER = re.compile("[│╭╮╰╯─▌▐]")

_ABOUT_SOMEBODY = {"person", "handle", "people", "voter", "member"}
_A_THINGS_OWN = {"week", "at", "ref", "side", "cycle", "team"}
_NO_FIGURE = {"id", "version", "active", "admin", "number", "position", "text_number", "accepted_text", "accepted_by"}


def lined_up_in_text(text: str, handles: Collection[str]) -> list[str]:
    """The lines of a paragraph, or of what stands under one thing, in which two people or more have a number each."""
    found = []
    for part in _by_thing(text):
        told = [(line, who) for line in part for who in _numbered_in_line(line, handles)]
        if len({who for _, who in told}) > 1:
            found += [line for line, _ in told]
    return found


def _by_thing(text: str) -> Iterator[list[str]]:
    """The lines of a text, parted where a paragraph ends or a thing begins; borders of a screen are left out."""
    part: list[str] = []
    for line in (_BORDER.sub(" ", line) for line in text.splitlines()):
        if not line.strip() or REF.search(line):
            yield part
            part = []
        part.append(line)
    yield part


def _numbered_in_line(line: str, handles: Collection[str]) -> Iterator[str]:
    """Who has a number beside their handle, in a line that tells of people and nothing else."""
    if REF.search(line) or _A_THINGS.search(line):
        return
    bare = _NO_NUMBER.sub(" ", line)
    for handle in handles:
        name = rf"(?<![\w@.-])@?{re.escape(handle)}(?![\w-])"
        if re.search(rf"{name}[^\w@]{{1,12}}(?:\w+ )?[-+]?\d|\d[%.\d]*[^\w@]{{1,12}}{name}", bare):
            yield handle


def lined_up_in_json(value: Json, handles: Collection[str]) -> list[str]:
    """The lists, and the objects, in which two people or more have a number each."""
    found = []
    for one in _parts(value):
        if isinstance(one, dict):
            people = [key for key, held in one.items() if key.removeprefix("@") in handles and _has_number(held)]
        else:
            people = [who for row in one if isinstance(row, dict) and (who := _whose(row, handles))]
        if len(set(people)) > 1:
            found.append(str(one)[:300])
    return found


def _parts(value: Json) -> Iterator[dict[str, Json] | list[Json]]:
    if isinstance(value, dict | list):
        yield value
        for one in value.values() if isinstance(value, dict) else value:
            yield from _parts(one)


def _whose(row: Mapping[str, Json], handles: Collection[str]) -> str:
    """Whom a row with a number is about; empty where it is about something else."""
    figures = {key: held for key, held in row.items() if key not in _NO_FIGURE and not key.endswith("_id")}
    if not any(_has_number(held) for key, held in figures.items() if key not in _A_THINGS_OWN):
        return ""
    named = {key: held.removeprefix("@") for key, held in row.items() if isinstance(held, str)}
    people = {key: held for key, held in named.items() if held in handles}
    if row.get("person_id") is not None:  # a row of an export
        return str(row["person_id"])
    if not people:
        return ""
    if any(REF.fullmatch(held) for held in named.values()):
        return ""
    about = next((held for key, held in people.items() if key in _ABOUT_SOMEBODY), "")
    if about or not (row.keys() & _A_THINGS_OWN):
        return about or next(iter(people.values()))
    return ""


def _has_number(value: Json) -> bool:
    if isinstance(value, dict):
        return any(_has_number(held) for held in value.values())
    if isinstance(value, list):
        return any(_has_number(held) for held in value)
    return isinstance(value, int | float) and not isinstance(value, bool)
