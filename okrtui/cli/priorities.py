"""A team's week: its priorities and its wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import squares_text
from okrtui.cli.verbs import Noun, cycle_option, example, given, team_option, week_option
from okrtui.core.model import Rank
from okrtui.service import priorities, rooms, squares

if TYPE_CHECKING:
    from okrtui.cli.call import Call
    from okrtui.service.squares import Said, Squares

_WHOSE = "The team; may be left out by who is in one."
_RANK = click.option(
    "--rank", type=click.Choice([str(one) for one in Rank]), help="P1 comes before P2; P1 where none is given."
)


@click.group(cls=Noun)
def priority() -> None:
    """What a team puts first in a week: four things at most, P1 before P2."""


@priority.command(epilog=example('priority add "Nights have a rota" --team sales --rank P1'))
@click.argument("words")
@team_option(_WHOSE)
@_RANK
@week_option()
@cycle_option()
@click.pass_obj
def add(call: Call, /, *, words: str, team: str | None, rank: str | None, week: int | None, cycle: str | None) -> None:
    """Set a priority of your team's week."""
    fields = {"words": words, "rank": rank or str(Rank.P1)}
    made = priorities.add(call.session, fields, team=team, cycle=cycle, week=week)
    call.changed(made.ref, team=made.team, cycle=made.cycle, week=made.week)


@priority.command(epilog=example('priority edit PR1 --words "Nights and weekends have a rota" --rank P2'))
@click.argument("ref")
@click.option("--words", metavar="WORDS", help="On one line.")
@_RANK
@click.pass_context
def edit(context: click.Context, /, *, ref: str, **_: object) -> None:
    """Change the words or the rank of a priority of your team."""
    call: Call = context.obj
    changes = {name: value for name, value in given(context).items() if name != "ref"}
    if not changes:
        raise click.UsageError("Nothing to change: give --words or --rank.")
    priorities.edit(call.session, ref, changes)
    call.changed(ref)


@priority.command(epilog=example("priority drop PR1"))
@click.argument("ref")
@click.pass_obj
def drop(call: Call, /, *, ref: str) -> None:
    """Drop a priority of your team's week; the log keeps its words."""
    priorities.drop(call.session, ref)
    call.changed(ref)


@priority.command("list", epilog=example("priority list --team sales --week 9"))
@team_option("Of this team; else yours.")
@week_option()
@cycle_option()
@click.pass_obj
def list_priorities(call: Call, /, *, team: str | None, week: int | None, cycle: str | None) -> None:
    """Show a team's priorities of a week."""
    found = _squares(call, team, cycle, week)
    call.tell(
        lambda: _lines(found.priorities, f"No priorities are set for week {found.week}."),
        lambda: [squares_text.said_shape(one) for one in found.priorities],
    )


@click.group(cls=Noun)
def win() -> None:
    """What a team was glad of in a week: any day, on Friday above all."""


@win.command("add", epilog=example('win add "The first clinic fills its own cancellations" --team sales'))
@click.argument("words")
@team_option(_WHOSE)
@week_option()
@cycle_option()
@click.pass_obj
def add_win(call: Call, /, *, words: str, team: str | None, week: int | None, cycle: str | None) -> None:
    """Write down a win of your team's week."""
    made = priorities.add_win(call.session, words, team=team, cycle=cycle, week=week)
    call.changed(made.ref, team=made.team, cycle=made.cycle, week=made.week)


@win.command("edit", epilog=example('win edit W1 "The first two clinics fill their own cancellations"'))
@click.argument("ref")
@click.argument("words")
@click.pass_obj
def edit_win(call: Call, /, *, ref: str, words: str) -> None:
    """Change the words of a win of your team; the log keeps the earlier ones."""
    priorities.edit_win(call.session, ref, words)
    call.changed(ref)


@win.command("drop", epilog=example("win drop W1"))
@click.argument("ref")
@click.pass_obj
def drop_win(call: Call, /, *, ref: str) -> None:
    """Take a win back that was written down by mistake; the log keeps its words."""
    priorities.drop_win(call.session, ref)
    call.changed(ref)


@win.command("list", epilog=example("win list --team sales --week 9"))
@team_option("Of this team; else yours.")
@week_option()
@cycle_option()
@click.pass_obj
def list_wins(call: Call, /, *, team: str | None, week: int | None, cycle: str | None) -> None:
    """Show a team's wins of a week."""
    found = _squares(call, team, cycle, week)
    call.tell(
        lambda: _lines(found.wins, f"No wins are written down for week {found.week}."),
        lambda: [squares_text.said_shape(one) for one in found.wins],
    )


def _squares(call: Call, team: str | None, cycle: str | None, week: int | None) -> Squares:
    return squares.squares(call.session, team or rooms.home(call.session)[0], cycle, week)


def _lines(found: tuple[Said, ...], none: str) -> str:
    return "\n".join(squares_text.said(found)) if found else none
