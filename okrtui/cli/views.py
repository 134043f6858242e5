"""The screens' content as text: the tree and a team's room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import pages, shapes
from okrtui.cli.verbs import Verb, cycle_option, example, team_option
from okrtui.service import rooms, trees

if TYPE_CHECKING:
    from okrtui.cli.call import Call


@click.command(cls=Verb, epilog=example("tree --team sales --depth 2"))
@team_option("What this team wrote, and what is below; else all.")
@click.option(
    "--care", is_flag=True, help="Only what needs care, and what that stands under; teams without objectives, too."
)
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="How many levels; 1 is the roots alone.")
@cycle_option()
@click.pass_obj
def tree(call: Call, /, *, care: bool, **wanted: object) -> None:
    """Show the alignment tree of a cycle."""
    place, roots = trees.tree(call.session, care=care, **wanted)  # type: ignore[arg-type]  # click has made them what they are
    call.tell(lambda: pages.tree(place, roots, care=care), lambda: [shapes.node(one) for one in roots])


@click.command(cls=Verb, epilog=example("room sales"))
@click.argument("team")
@cycle_option()
@click.pass_obj
def room(call: Call, /, *, team: str, cycle: str | None) -> None:
    """Show a team's objectives and key results at a glance, and what waits for you."""
    found = rooms.room(call.session, team, cycle)
    call.tell(lambda: pages.room(found), lambda: shapes.room(found))
