"""Suggestions: made by anybody, taken or declined by the side whose pen it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli.verbs import Verb, example, message
from okrtui.service import suggestions

if TYPE_CHECKING:
    from okrtui.cli.call import Call

_FIELDS = dict.fromkeys((*suggestions.FIELDS_OF_OBJECTIVE, *suggestions.FIELDS_OF_KEY_RESULT))


@click.command(
    cls=Verb,
    epilog=example(
        'suggest KR1 --field statement "Median first answer, nights too"',
        'suggest KR1 --field target 6 -m "@ana, the pilot was at 7 already"',
    ),
)
@click.argument("ref")
@click.argument("proposed")
@click.option("--field", type=click.Choice(list(_FIELDS)), required=True, help="What it should be in place of.")
@message("Why; @handle tells that person.")
@click.pass_obj
def suggest(call: Call, /, *, ref: str, proposed: str, field: str, message: str) -> None:
    """Suggest other words, or another number, for an objective or a key result. For anybody."""
    call.made("ref", suggestions.suggest(call.session, ref, field, proposed, message))


@click.command(cls=Verb, epilog=example("take S3", 'take S3 -m "You are right: nights were left out"'))
@click.argument("ref")
@message("Why; what is agreed is amended by it, and asks for a reason unless the suggestion came with one.")
@click.pass_obj
def take(call: Call, /, *, ref: str, message: str) -> None:
    """Take a suggestion, so that what it is for says it. For the side whose pen it is."""
    call.made("ref", suggestions.take(call.session, ref, message))


@click.command(cls=Verb, epilog=example('decline S3 -m "We cannot count nights yet"'))
@click.argument("ref")
@message("Why.")
@click.pass_obj
def decline(call: Call, /, *, ref: str, message: str) -> None:
    """Decline a suggestion; it stays on record. For the side whose pen it is."""
    call.made("ref", suggestions.decline(call.session, ref, message))
