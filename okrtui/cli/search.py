"""Searching what people wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli.output import one_line, paint
from okrtui.cli.verbs import Verb, example
from okrtui.service import search as searching

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okrtui.cli.call import Call
    from okrtui.service.search import Found, Span


@click.command(
    cls=Verb,
    epilog=example(
        "search first answer", "search weekends team:sales cycle:2026-Q4", """search '"one queue"' owner:ana --newest"""
    ),
)
@click.argument("words", nargs=-1, required=True)
@click.option("--newest", is_flag=True, help="The newest first; else what fits best.")
@click.option(
    "--most",
    type=click.IntRange(1, 1000),
    default=searching.MOST,
    show_default=True,
    metavar="N",
    help="How many at most.",
)
@click.pass_obj
def search(call: Call, /, *, words: tuple[str, ...], newest: bool, most: int) -> None:
    """Find words in objectives, key results, straight lines, comments, check-ins, initiatives and commitments.

    All of the words are found, the last one as the beginning of one, too; case and accents do not matter. Words in double quotes
    stand together. team:SLUG, owner:HANDLE, cycle:NAME and state:STATE narrow it down.
    """
    found = searching.search(call.session, " ".join(words), ranked=not newest, most=most).found
    call.tell(lambda: _text(found), lambda: [one._asdict() for one in found])


def _text(found: Sequence[Found]) -> str:
    return "\n".join(line for one in found for line in _lines(one)) or "Nothing is found."


def _lines(one: Found) -> Iterator[str]:
    kind = one.kind.replace("_", " ")
    whose = " ".join(filter(None, (one.team, one.cycle, f"@{one.author}" if one.author else "", one.state)))
    yield f"{one.ref}  {_marked(one.title, one.title_marks)}  ({kind}, {whose})"
    if one.text:
        yield f"    {_marked(one.text, one.text_marks)}"


def _marked(text: str, marks: Sequence[Span]) -> str:
    """A text with what was found in bold."""
    pieces, place = [], 0
    for start, end in marks:
        pieces += [one_line(text[place:start]), paint(one_line(text[start:end]), "bold")]
        place = end
    return "".join([*pieces, one_line(text[place:])])
