"""The parts of which texts are made: headings, facts, sections, threads, suggestions."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from okrtui.cli.output import one_line, paint, percent, plain, table
from okrtui.cli.shapes import picked
from okrtui.core.model import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from okrtui.cli.shapes import Shape
    from okrtui.service.cards import KeyResultCard
    from okrtui.service.show import ThreadLine
    from okrtui.service.suggestions import SuggestionLine


def heading(ref: str, words: str) -> str:
    """The first line of a thing in full."""
    return paint(f"{ref}  {one_line(words)}", "bold")


def facts(rows: Sequence[tuple[str, object]]) -> list[str]:
    """Names and what is said of each, but where nothing is."""
    return table([(name, value) for name, value in rows if value], indent="  ")


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A titled part with an empty line before it; nothing where it has no lines."""
    if found := list(lines):
        yield ""
        yield paint(title, "bold")
        yield from (indent(line, "  ") for line in found)


def said(one: ThreadLine) -> str:
    """Words in a thread."""
    topic = "" if one.topic == "comment" else f" {one.topic}"
    struck = " (struck through)" if one.struck else ""
    quoted = f"\n  > {one_line(one.quoted)}" if one.quoted else ""
    body = "\n" + indent(plain(one.body), "  ") if one.body else ""
    return f"{one.ref}  {one.author}{topic}, {one.at}{struck}{quoted}{body}"


def suggestion(one: SuggestionLine) -> str:
    """A suggestion with what became of it."""
    moved = ", which says something else by now" if one.moved and one.state == "open" else ""
    change = f"{one.field}: {one_line(one.before) or '–'} → {one_line(one.proposed) or '–'}"
    lines = [f"{one.ref}  {one.author}, {one.at}: {change}{moved}"]
    if one.words:
        lines.append(indent(plain(one.words), "  "))
    if one.state != "open":
        lines.append(f"  {one.state} by {one.decided_by}: {one_line(one.reason)}".rstrip(": "))
    return "\n".join(lines)


def key_result_row(card: KeyResultCard) -> tuple[object, ...]:
    """A key result as cells of a table."""
    return card.ref, card.team, spoken(card.state), percent(card.progress), card.statement


def said_shape(one: ThreadLine) -> Shape:
    """Words in a thread."""
    return picked(one, "ref topic body quoted author at struck")


def suggestion_shape(one: SuggestionLine) -> Shape:
    """A suggestion with what became of it; ``moved``: the field says something else by now than ``before``."""
    return picked(one, "ref field before proposed words state author at decided_by decided_at reason moved")
