"""The writing checks on sentences that are given."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from okrtui.checks import Reading, installed
from okrtui.checks import check as read
from okrtui.cli import key_result_text, output
from okrtui.cli.verbs import Verb, example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.cli.call import Call

_READ = 10_000  # characters of one line of the standard input


@click.command(
    cls=Verb,
    epilog=example('check "Launch three features"', "check --json - < sentences.txt"),
)
@click.argument("sentences", metavar="TEXT...", nargs=-1, required=True)
@click.pass_obj
def check(call: Call, /, *, sentences: tuple[str, ...]) -> None:
    """Say whether a sentence is an outcome or an output, and what it leaves open; - reads a sentence a line.

    Words of your own stand in lists in the folder okrtui/checks of your settings. Needs no file, and never refuses
    a sentence.
    """
    lists = installed()
    found = [(sentence, read(sentence, words=lists)) for sentence in _all(sentences)]
    if call.json:
        shapes = [_shape(*one) for one in found]
        output.write(output.as_json(shapes[0] if len(sentences) == 1 and sentences[0] != "-" else shapes))
    else:
        output.say("\n\n".join("\n".join(_lines(*one)) for one in found))


def _all(sentences: tuple[str, ...]) -> Iterator[str]:
    for sentence in sentences:
        if sentence == "-":
            yield from _lines_of_input()
        else:
            yield sentence


def _lines_of_input() -> Iterator[str]:
    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    return (line[:_READ] for line in text.split("\n") if line.strip())


def _shape(sentence: str, reading: Reading) -> dict[str, object]:
    return {"text": sentence, **key_result_text.reading(reading)}


def asked(reading: Reading) -> list[dict[str, str]]:
    """The questions as JSON has them."""
    return [{"rule": one.rule, "text": one.text} for one in reading.questions]


def _lines(sentence: str, reading: Reading) -> Iterator[str]:
    yield f"{output.paint(reading.verdict, 'bold')}: {output.one_line(sentence)}"
    for one in reading.questions:
        yield f"  {output.one_line(one.text)}  ({one.rule})"
    if reading.example:
        yield f"  For example: {output.one_line(reading.example)}"
