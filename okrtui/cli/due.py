"""What is waiting for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import needs_text
from okrtui.cli.verbs import Verb, example
from okrtui.service import needs

if TYPE_CHECKING:
    from okrtui.cli.call import Call

SOMETHING = 10


@click.command(cls=Verb, epilog=example("due", "due --team sales --exit-code || notify-team"))
@click.option("--team", metavar="SLUG", help="For everybody of this team.")
@click.option("--person", metavar="HANDLE", help="For this person; else for you.")
@click.option("--exit-code", is_flag=True, help=f"Leave with {SOMETHING} when something is waiting.")
@click.pass_context
def due(context: click.Context, /, *, team: str | None, person: str | None, exit_code: bool) -> None:
    """Show what is waiting for whom, over all open cycles; for the operator of the file, for everybody."""
    call: Call = context.obj
    found = needs.due(call.session, team=team, person=person)
    several = len({one.person for one in found}) > 1
    call.tell(lambda: needs_text.lines(found, named=several), lambda: [needs_text.shape(one) for one in found])
    if exit_code and found:
        context.exit(SOMETHING)
