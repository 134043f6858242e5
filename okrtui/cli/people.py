"""People: adding, changing, listing, switching off and on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import Noun, example, spelled
from okrtui.service import overviews, setup

if TYPE_CHECKING:
    from okrtui.cli.call import Call


@click.group(cls=Noun)
def person() -> None:
    """People: who may act here. Adding and changing them is an admin's."""


@person.command(epilog=example('person add ana --name "Ana Ruiz" --login aruiz'))
@click.argument("handle")
@click.option("--name", help="Their name; else the handle.")
@click.option("--login", default="", help="Their login on this machine; else the handle.")
@click.option("--admin", is_flag=True, help="Let them set up people, teams and cycles.")
@click.pass_obj
def add(call: Call, /, *, handle: str, name: str | None, login: str, admin: bool) -> None:
    """Add a person."""
    fields = {"handle": handle, "name": name or handle, "login": login, "admin": admin}
    call.made("person", setup.add_person(call.session, fields))


@person.command(epilog=example("person edit ana --admin"))
@click.argument("handle")
@click.option("--name", help="Their name.")
@click.option("--login", help="Their login on this machine.")
@click.option("--admin/--no-admin", default=None, help="Whether they set up people, teams and cycles.")
@click.pass_obj
def edit(call: Call, /, *, handle: str, name: str | None, login: str | None, admin: bool | None) -> None:
    """Change a person's name, login or admin mark."""
    setup.edit_person(call.session, handle, name=name, login=login, admin=admin)
    call.made("person", spelled(handle))


@person.command(epilog=example("person deactivate ana"))
@click.argument("handle")
@click.pass_obj
def deactivate(call: Call, /, *, handle: str) -> None:
    """Switch a person off; what they wrote stays, and they end at their next act."""
    setup.set_active(call.session, handle, active=False)
    call.made("person", spelled(handle))


@person.command(epilog=example("person activate ana"))
@click.argument("handle")
@click.pass_obj
def activate(call: Call, /, *, handle: str) -> None:
    """Switch a person on again."""
    setup.set_active(call.session, handle, active=True)
    call.made("person", spelled(handle))


@person.command("list", epilog=example("person list"))
@click.pass_obj
def list_(call: Call) -> None:
    """Show everybody; logins to admins alone."""
    found = overviews.everybody(call.session)
    call.tell(lambda: "\n".join(output.table(map(_row, found))), lambda: [_shape(one) for one in found])


def _row(one: overviews.PersonLine) -> tuple[str, ...]:
    marks = ", ".join(word for word, holds in (("admin", one.admin), ("switched off", not one.active)) if holds)
    return one.handle, one.name, ", ".join(one.teams), one.login or "", marks


def _shape(one: overviews.PersonLine) -> dict[str, object]:
    shape: dict[str, object] = {
        "handle": one.handle,
        "name": one.name,
        "admin": one.admin,
        "active": one.active,
        "teams": list(one.teams),
    }
    return shape if one.login is None else {**shape, "login": one.login}
