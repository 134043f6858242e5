"""The interface on a made-up company."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from okrtui import demo as made_up
from okrtui.cli.init import make_room
from okrtui.cli.interface import is_a_terminal, must_be_a_terminal, opened_on, show
from okrtui.cli.verbs import FILE, Verb, example
from okrtui.remote import identity
from okrtui.service.session import utc_now

if TYPE_CHECKING:
    from okrtui.cli.call import Call
    from okrtui.service.session import Session
    from okrtui.store.file import Store


@click.command(cls=Verb, epilog=example("demo", "demo --keep demo.db --person samir"))
@click.option(
    "--size",
    type=click.Choice(["small", "large"]),
    default="small",
    show_default=True,
    help="How large a company; large is 1,000 teams, and takes about two minutes and 2 GB.",
)
@click.option("--keep", type=FILE, metavar="FILE", help="Keep it in this file; without a terminal that is all.")
@click.option("--person", default=made_up.PERSON, show_default=True, metavar="HANDLE", help="Who you are in it.")
@click.pass_context
def demo(context: click.Context, /, *, size: str, keep: Path | None, person: str) -> None:
    """Open the interface on a made-up company, in a file that is thrown away."""
    call: Call = context.obj
    if keep is None:
        must_be_a_terminal()
        with TemporaryDirectory(prefix="okrtui-demo-") as folder:
            context.exit(_open(_built(Path(folder) / "demo.db", size), person))
    call.must_be_at_home("--keep")
    _built(keep, size)
    if is_a_terminal():
        context.exit(_open(keep, person))
    call.made("file", str(keep))


def _built(path: Path, size: str) -> Path:
    make_room(path)
    if size == "large":
        from okrtui.demo.large import build_large  # noqa: PLC0415 - its words are for those who ask

        build_large(path, utc_now(), told=_tell)
    else:
        made_up.build(path, utc_now())
    return path


def _tell(done: int, of: int) -> None:
    """Say on standard error how far a long making is, on one line of a terminal."""
    if sys.stderr.isatty():
        end = "\n" if done == of else ""
        sys.stderr.write(f"\rMaking a company of 1,000 teams and 1.5 million check-ins: {done} of {of}{end}")
        sys.stderr.flush()


def _open(path: Path, person: str) -> int:
    def play(store: Store) -> Session:
        return identity.identify(store, {}, person)

    return show(opened_on(path, play))
