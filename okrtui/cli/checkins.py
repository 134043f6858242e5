"""Check-ins in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli.verbs import Verb, example, given, number, week_option
from okrtui.service import checkins

if TYPE_CHECKING:
    from okrtui.cli.call import Call


@click.command(
    cls=Verb, epilog=example('checkin KR1 --value 20 --confidence 6 -m "Weekend queue covered since Monday"')
)
@click.argument("ref")
@click.option(
    "--value", type=number, metavar="NUMBER", help="Where it stands; for binary 1 is done. Not for milestones."
)
@click.option("--confidence", type=int, required=True, metavar="0..10", help="That it will be reached.")
@click.option("-m", "--message", "context", metavar="WORDS", help="What changed.")
@click.option("--blocker", metavar="WORDS", help="What is in the way.")
@click.option("--next", metavar="WORDS", help="What is next.")
@week_option()
@click.option(
    "--step", "steps", multiple=True, metavar="NAME", help="A step of a milestone that is done; all that are."
)
@click.pass_context
def checkin(context: click.Context, /, *, ref: str, week: int | None, **_: object) -> None:
    """Check a key result in for a week, for your team.

    The same week again revises it: what is not given stays, and the earlier text is kept. Without --step a milestone
    has the steps done that were done before.
    """
    call: Call = context.obj
    fields = {name: value for name, value in given(context).items() if name not in {"ref", "week"}}
    saved = checkins.check_in(call.session, ref, fields, week=week)
    call.changed(saved.ref, week=saved.week, progress=saved.progress, late=saved.late, revised=saved.revised)
