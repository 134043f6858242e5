"""Cycles: adding them, moving them on and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import Noun, day, example, given, message
from okrtui.core.model import Phase
from okrtui.service import cycles, overviews

if TYPE_CHECKING:
    from okrtui.cli.call import Call


@click.group(cls=Noun)
def cycle() -> None:
    """Cycles: drafting, running, scoring, closed. Adding one is an admin's; moving it, also the company's leads'."""


@cycle.command(epilog=example("cycle add 2026-Q4 --starts 2026-10-01 --ends 2026-12-31 --zone Europe/Madrid"))
@click.argument("name")
@click.option("--starts", required=True, type=day, metavar="DAY", help="Its first day.")
@click.option("--ends", required=True, type=day, metavar="DAY", help="Its last day.")
@click.option("--zone", default="UTC", show_default=True, help="The time zone its days are of.")
@click.pass_obj
def add(call: Call, /, **fields: object) -> None:
    """Add a cycle, which begins drafting."""
    call.made("cycle", cycles.add(call.session, fields))


@cycle.command(epilog=example("cycle edit 2026-Q4 --ends 2027-01-03"))
@click.argument("name")
@click.option("--starts", type=day, metavar="DAY", help="Its first day.")
@click.option("--ends", type=day, metavar="DAY", help="Its last day.")
@click.option("--zone", help="The time zone its days are of.")
@click.pass_context
def edit(context: click.Context, /, *, name: str, **_: object) -> None:
    """Change the days or the zone of a cycle that is still drafting."""
    changes = given(context)
    del changes["name"]
    call: Call = context.obj
    cycles.edit(call.session, name, changes)
    call.made("cycle", name)


@cycle.command(epilog=example("cycle advance 2026-Q4 --to running"))
@click.argument("name")
@click.option("--to", type=click.Choice([str(one) for one in Phase]), help="The phase that is meant: the next.")
@click.option("--over", is_flag=True, help="Close over what is missing; for a lead of the company.")
@click.pass_obj
def advance(call: Call, /, *, name: str, to: str | None, over: bool) -> None:
    """Move a cycle on to its next phase."""
    phase = cycles.advance(call.session, name, Phase(to) if to else None, over=over)
    call.made("cycle", name, phase=str(phase))


@cycle.command(epilog=example('cycle back 2026-Q4 -m "Two teams had not drafted yet"'))
@click.argument("name")
@message("Why.", required=True)
@click.pass_obj
def back(call: Call, /, *, name: str, message: str) -> None:
    """Move a cycle back to the phase before, with a reason; never from closed."""
    call.made("cycle", name, phase=str(cycles.back(call.session, name, message)))


@cycle.command("list", epilog=example("cycle list"))
@click.pass_obj
def list_(call: Call) -> None:
    """Show every cycle; * marks the current one."""
    found = overviews.all_cycles(call.session)
    call.tell(lambda: "\n".join(output.table(map(_row, found))), lambda: [_shape(one) for one in found])


def _row(one: overviews.CycleLine) -> tuple[str, ...]:
    week = f"week {one.week}" if one.week else ""
    return "*" if one.current else "", one.name, str(one.phase), f"{one.starts} to {one.ends}", one.zone, week


def _shape(one: overviews.CycleLine) -> dict[str, object]:
    return {
        "name": one.name,
        "phase": str(one.phase),
        "starts": one.starts,
        "ends": one.ends,
        "zone": one.zone,
        "week": one.week,
        "current": one.current,
    }
