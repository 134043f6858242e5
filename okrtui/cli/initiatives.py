"""Initiatives: a team's pieces of work, and the key results they should move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output, promises_text
from okrtui.cli.parts_text import said_shape
from okrtui.cli.verbs import Noun, cycle_option, example, given, team_option
from okrtui.core.model import InitiativeStatus
from okrtui.service import initiative_lines, initiatives
from okrtui.service.show import thread

if TYPE_CHECKING:
    from okrtui.cli.call import Call

_STATUS = click.Choice([str(one) for one in InitiativeStatus if one is not InitiativeStatus.DROPPED])


@click.group(cls=Noun)
def initiative() -> None:
    """Initiatives: what a team does so that its key results move. Written by the team."""


@initiative.command(epilog=example('initiative add "A rota for the nights" --team sales --kr KR1 --owner ana'))
@click.argument("title")
@team_option("The team; may be left out by who is in one.")
@click.option("--kr", "key_results", multiple=True, metavar="REF", help="A key result it should move; may be repeated.")
@click.option("--owner", default="", metavar="HANDLE", help="Who sees it through.")
@click.option("--status", type=_STATUS, default="planned", show_default=True, help="Where it is.")
@cycle_option()
@click.pass_obj
def add(call: Call, /, *, team: str | None, cycle: str | None, key_results: tuple[str, ...], **fields: str) -> None:
    """Write an initiative of your team."""
    call.changed(initiatives.add(call.session, fields, team=team, cycle=cycle, key_results=key_results))


@initiative.command(epilog=example("initiative edit I1 --owner ben"))
@click.argument("ref")
@click.option("--title", help="One line.")
@click.option("--owner", metavar="HANDLE", help="Who sees it through; an empty text takes the owner away.")
@click.pass_context
def edit(context: click.Context, /, *, ref: str, **_: object) -> None:
    """Change the title or the owner of an initiative of your team."""
    changes = {name: value for name, value in given(context).items() if name != "ref"}
    if not changes:
        raise click.UsageError("Nothing to change: give --title or --owner.")
    call: Call = context.obj
    initiatives.edit(call.session, ref, changes)
    call.changed(ref)


@initiative.command(epilog=example("initiative status I1 doing"))
@click.argument("ref")
@click.argument("status", type=_STATUS)
@click.pass_obj
def status(call: Call, /, *, ref: str, status: str) -> None:
    """Say where an initiative of your team is."""
    initiatives.set_status(call.session, ref, status)
    call.changed(ref, status=status)


@initiative.command(epilog=example("initiative link I1 KR1 KR2"))
@click.argument("ref")
@click.argument("key_result", nargs=-1, required=True)
@click.pass_obj
def link(call: Call, /, *, ref: str, key_result: tuple[str, ...]) -> None:
    """Say which key results of the team an initiative should move."""
    initiatives.link(call.session, ref, key_result)
    call.changed(ref)


@initiative.command(epilog=example("initiative unlink I1 KR2"))
@click.argument("ref")
@click.argument("key_result", nargs=-1, required=True)
@click.pass_obj
def unlink(call: Call, /, *, ref: str, key_result: tuple[str, ...]) -> None:
    """Say no longer that it should move them."""
    initiatives.unlink(call.session, ref, key_result)
    call.changed(ref)


@initiative.command(epilog=example("initiative drop I1"))
@click.argument("ref")
@click.pass_obj
def drop(call: Call, /, *, ref: str) -> None:
    """Drop one that was written by mistake; one that is given up is stopped instead."""
    initiatives.drop(call.session, ref)
    call.changed(ref)


@initiative.command("list", epilog=example("initiative list --team sales", "initiative list --kr KR1"))
@team_option("Of this team; else of all.")
@click.option("--kr", "key_result", metavar="REF", help="Those that should move this key result.")
@cycle_option()
@click.pass_obj
def list_(call: Call, /, *, team: str | None, key_result: str | None, cycle: str | None) -> None:
    """Show the initiatives of a cycle."""
    found = initiative_lines.listed(call.session, team=team, cycle=cycle, key_result=key_result)
    call.tell(
        lambda: "\n".join(output.table(map(promises_text.row, found))) or "No initiative is written yet.",
        lambda: [promises_text.shape(one) for one in found],
    )


@initiative.command(epilog=example("initiative show I1"))
@click.argument("ref")
@click.pass_obj
def show(call: Call, /, *, ref: str) -> None:
    """Show an initiative with the key results it should move, and what was said of it."""
    found, said = initiative_lines.shown(call.session, ref), thread(call.session, ref)
    call.tell(
        lambda: promises_text.in_full(found, said),
        lambda: promises_text.shape(found) | {"thread": [said_shape(one) for one in said]},
    )
