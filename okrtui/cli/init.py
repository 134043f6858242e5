"""Making a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli.verbs import Verb, example
from okrtui.core.names import slugify
from okrtui.remote import identity
from okrtui.service import setup
from okrtui.service.session import Session, stamp
from okrtui.store.file import Store
from okrtui.store.making import refuse_taken
from okrtui.store.trouble import file_sentences

if TYPE_CHECKING:
    from pathlib import Path

    from okrtui.cli.call import Call


@click.command(cls=Verb, epilog=example('init --company "Acme"', 'init --company "Acme" --rehearsal'))
@click.option("--company", default="Company", show_default=True, metavar="NAME", help="What the company is called.")
@click.option("--lead", metavar="HANDLE", help="Who leads the company, if not you.")
@click.option("--rehearsal", is_flag=True, help="A file for trying out, whose clock OKRTUI_NOW may set.")
@click.pass_obj
def init(call: Call, /, *, company: str, lead: str | None, rehearsal: bool) -> None:
    """Make a file: the company is its first team, you are its admin and, unless --lead names another, its lead."""
    clock = identity.clock_of(call.environ, rehearsal=rehearsal)
    way = identity.way_of(call.account, clock)
    login = call.account.login
    handle = slugify(login) or "owner"
    named: list[str] = []

    def fill(store: Store) -> None:
        session = Session(store, None, way, clock)
        founded = setup.found_company(session, company=company, handle=handle, login=login, name=handle, lead=lead)
        named.append(founded)

    make_room(call.path)
    Store.create(call.path, rehearsal=rehearsal, now=stamp(clock()), fill=fill).close()
    call.made("company", named[0], person=handle, path=str(call.path))


def make_room(path: Path) -> None:
    """Make the folder of a new file.

    Raises:
        StoreError: there is a file already, or none can be made there.
    """
    with file_sentences(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_taken(path)
