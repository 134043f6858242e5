"""One's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import me_text
from okrtui.cli.verbs import Verb, cycle_option, example
from okrtui.service import mine

if TYPE_CHECKING:
    from okrtui.cli.call import Call


@click.command(cls=Verb, epilog=example("me"))
@cycle_option()
@click.pass_obj
def me(call: Call, /, *, cycle: str | None) -> None:
    """Show what you own and promised, how each reaches the company, and what waits for you."""
    found = mine.me(call.session, cycle)
    call.tell(lambda: me_text.me(found), lambda: me_text.shape(found))
