"""Comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli.verbs import Verb, example
from okrtui.service import threads

if TYPE_CHECKING:
    from okrtui.cli.call import Call


@click.command(cls=Verb, epilog=example('comment KR1 "Whose hours do we count, @lea?"'))
@click.argument("ref")
@click.argument("words")
@click.pass_obj
def comment(call: Call, /, *, ref: str, words: str) -> None:
    """Comment on an objective, a key result, an initiative or a promise; @handle tells that person."""
    call.made("ref", threads.comment(call.session, ref, words))
