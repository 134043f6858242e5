"""The screens' content as text: the tree and a team's room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import room_text, squares_text, tree_text
from okrtui.cli.verbs import Verb, cycle_option, example, team_option, week_option
from okrtui.service import rooms, squares, trees

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
    call.tell(lambda: tree_text.tree(place, roots, care=care), lambda: [tree_text.shape(one) for one in roots])


@click.command(cls=Verb, epilog=example("room sales"))
@click.argument("team")
@click.option("--squares", "as_squares", is_flag=True, help="The four squares of a week instead.")
@week_option("Whose squares; else this week's.")
@cycle_option()
@click.pass_obj
def room(call: Call, /, *, team: str, as_squares: bool, week: int | None, cycle: str | None) -> None:
    """Show a team's objectives and key results at a glance, and what waits for you; or the four squares of its week."""
    if as_squares:
        shown = squares.squares(call.session, team, cycle, week)
        call.tell(lambda: squares_text.text(shown), lambda: squares_text.shape(shown))
        return
    if week is not None:
        raise click.UsageError("--week goes with --squares: the room is as it is now.")
    found = rooms.room(call.session, team, cycle)
    call.tell(lambda: room_text.room(found), lambda: room_text.shape(found))
