"""The interface on a made-up company."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from okrtui import demo as made_up
from okrtui.cli.init import make_room
from okrtui.cli.interface import is_a_terminal, must_be_a_terminal, show
from okrtui.cli.verbs import FILE, Verb, example
from okrtui.remote import identity
from okrtui.service.session import utc_now
from okrtui.store.file import Store

if TYPE_CHECKING:
    from okrtui.cli.call import Call
    from okrtui.service.session import Session


@click.command(cls=Verb, epilog=example("demo", "demo --keep demo.db --person samir"))
@click.option("--size", type=click.Choice(["small"]), default="small", show_default=True, help="How large a company.")
@click.option("--keep", type=FILE, metavar="FILE", help="Keep it in this file; without a terminal that is all.")
@click.option("--person", default=made_up.PERSON, show_default=True, metavar="HANDLE", help="Who you are in it.")
@click.pass_context
def demo(context: click.Context, /, *, size: str, keep: Path | None, person: str) -> None:  # noqa: ARG001 - one so far
    """Open the interface on a made-up company, in a file that is thrown away."""
    call: Call = context.obj
    if keep is None:
        must_be_a_terminal()
        with TemporaryDirectory(prefix="okrtui-demo-") as folder:
            context.exit(_open(_built(Path(folder) / "demo.db"), person))
    call.must_be_at_home("--keep")
    _built(keep)
    if is_a_terminal():
        context.exit(_open(keep, person))
    call.made("file", str(keep))


def _built(path: Path) -> Path:
    make_room(path)
    made_up.build(path, utc_now())
    return path


def _open(path: Path, person: str) -> int:
    def play(store: Store) -> Session:
        return identity.identify(store, {}, person)

    with Store.open(path) as store:
        play(store)
        rehearsal = store.rehearsal
    return show(path, play, rehearsal=rehearsal)
