"""Teams: the tree, and who is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import Noun, day, example, given, message, spelled
from okrtui.service import individuals, overviews, setup

if TYPE_CHECKING:
    from datetime import date

    from okrtui.cli.call import Call

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@click.group(cls=Noun)
def team() -> None:
    """Teams: a tree whose root is the company. Setting it up is an admin's."""


def _due(value: str | None) -> int | None:
    return None if value is None else DAYS.index(value)


@team.command(epilog=example('team add sales --name "Sales" --under acme'))
@click.argument("slug")
@click.option("--name", help="Its name; else the slug.")
@click.option("--under", default="", metavar="SLUG", help="The team above it; else the company.")
@click.option("--function", default="", help="What it does: sales, marketing, engineering.")
@click.option("--due-day", type=click.Choice(DAYS), default="fri", show_default=True, help="When check-ins are due.")
@click.pass_obj
def add(call: Call, /, *, slug: str, name: str | None, due_day: str, **fields: object) -> None:
    """Add a team."""
    whole = {"slug": slug, "name": name or slug, "due_weekday": _due(due_day), **fields}
    call.made("team", setup.add_team(call.session, whole))


@team.command(epilog=example('team edit sales --name "Sales & Success" --due-day thu'))
@click.argument("slug")
@click.option("--name", help="Its name.")
@click.option("--function", help="What it does.")
@click.option("--due-day", type=click.Choice(DAYS), help="When check-ins are due.")
@click.pass_context
def edit(context: click.Context, /, *, slug: str, due_day: str | None, **_: object) -> None:
    """Change a team's name, function or due day."""
    changes = given(context)
    del changes["slug"]
    if changes.pop("due_day", None):
        changes["due_weekday"] = _due(due_day)
    call: Call = context.obj
    setup.edit_team(call.session, slug, changes)
    call.made("team", spelled(slug))


@team.command(epilog=example("team move nights --under sales"))
@click.argument("slug")
@click.option("--under", required=True, metavar="SLUG", help="The team above it from now on.")
@click.pass_obj
def move(call: Call, /, *, slug: str, under: str) -> None:
    """Put a team, with all below it, under another."""
    setup.move_team(call.session, slug, under)
    call.made("team", spelled(slug))


@team.command(epilog=example("team archive nights"))
@click.argument("slug")
@click.pass_obj
def archive(call: Call, /, *, slug: str) -> None:
    """Put a team away; its past stays."""
    setup.archive_team(call.session, slug)
    call.made("team", spelled(slug))


@team.command(epilog=example("team join sales ana", "team join sales lea --lead"))
@click.argument("slug")
@click.argument("handle")
@click.option("--lead", is_flag=True, help="As a lead of the team.")
@click.pass_obj
def join(call: Call, /, *, slug: str, handle: str, lead: bool) -> None:
    """Put a person into a team, or change what they are in it."""
    setup.join_team(call.session, slug, handle, lead=lead)
    call.made("team", spelled(slug), person=spelled(handle))


@team.command(epilog=example("team leave sales ana"))
@click.argument("slug")
@click.argument("handle")
@click.pass_obj
def leave(call: Call, /, *, slug: str, handle: str) -> None:
    """Take a person out of a team."""
    setup.leave_team(call.session, slug, handle)
    call.made("team", spelled(slug), person=spelled(handle))


@team.command(epilog=example("team deputy sales ana --until 2026-11-30"))
@click.argument("slug")
@click.argument("handle")
@click.option("--until", required=True, type=day, metavar="DAY", help="The last day.")
@click.option("--for", "lead", metavar="HANDLE", help="The lead stood in for, if not you.")
@click.pass_obj
def deputy(call: Call, /, *, slug: str, handle: str, until: date, lead: str | None) -> None:
    """Let a person stand in for a lead through a day; each act of theirs says so. For that lead, one above, or an admin."""
    setup.name_deputy(call.session, slug, handle, until=until, lead=lead)
    call.made("team", spelled(slug), person=spelled(handle))


@team.command(epilog=example("team steady office", "team steady office --off"))
@click.argument("slug")
@click.option("--off", is_flag=True, help="Take the mark off.")
@click.pass_obj
def steady(call: Call, /, *, slug: str, off: bool) -> None:
    """Mark a team that needs no OKRs, so that no list misses any of it. For its leads and admins."""
    setup.set_steady(call.session, slug, steady=not off)
    call.made("team", spelled(slug))


@team.command(epilog=example('team individual sales --mode selective -m "The analyst\'s work is in no key result"'))
@click.argument("slug")
@click.option("--mode", required=True, type=click.Choice(individuals.MODES), help="off, or selective: with its reason.")
@message("Why: what the team's own do not cover.")
@click.pass_obj
def individual(call: Call, /, *, slug: str, mode: str, message: str) -> None:
    """Switch individual OKRs of a team to selective, or off. For its leads and admins."""
    early = individuals.set_mode(call.session, slug, mode, message)
    name = spelled(slug)
    call.tell(
        lambda: "\n".join(filter(None, (name, early))), lambda: {"team": name, "mode": mode, "early": early or None}
    )


@team.command("list", epilog=example("team list"))
@click.pass_obj
def list_(call: Call) -> None:
    """Show every team, with who is in it."""
    found = overviews.all_teams(call.session)
    call.tell(lambda: "\n".join(output.table(map(_row, found))), lambda: [_shape(one) for one in found])


def _row(one: overviews.TeamLine) -> tuple[str, ...]:
    marks = ", ".join(word for word, holds in (("steady", one.steady), ("archived", one.archived)) if holds)
    return (
        "  " * one.depth + one.slug,
        one.name,
        f"led by {', '.join(one.leads)}" if one.leads else "no lead",
        ", ".join(one.members),
        marks,
    )


def _shape(one: overviews.TeamLine) -> dict[str, object]:
    return {
        "slug": one.slug,
        "name": one.name,
        "under": one.under or None,
        "function": one.function,
        "steady": one.steady,
        "archived": one.archived,
        "due_day": DAYS[one.due_weekday],
        "leads": list(one.leads),
        "members": list(one.members),
    }
