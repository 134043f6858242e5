"""The file as one JSON document, out and in."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.init import make_room
from okrtui.cli.verbs import Verb, example
from okrtui.core.errors import Invalid
from okrtui.service import restore, transfer
from okrtui.service.session import stamp, utc_now
from okrtui.store.file import Store

if TYPE_CHECKING:
    from okrtui.cli.call import Call


@click.command(cls=Verb, epilog=example("export --format json > okr.json"))
@click.option("--format", "format_", type=click.Choice(["json"]), default="json", show_default=True, help="How.")
@click.pass_obj
def export(call: Call, *, format_: str) -> None:  # noqa: ARG001 - there is one so far
    """Print the file as one JSON document.

    The owner's is whole: it holds everything, the scores still sealed too, and `okrtui import` puts it into a new file.
    Anybody else's is marked partial and lacks sealed scores, logins and what concerns others alone.
    """
    with closing(transfer.export(call.session, whole=call.is_owner)) as pieces:
        output.write_pieces(map(output.escaped, pieces))


@click.command(
    "import", cls=Verb, epilog=example("--db new.db import okr.json", "--db new.db import - --dry-run < okr.json")
)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and import nothing.")
@click.pass_obj
def import_(call: Call, *, file: str, dry_run: bool) -> None:
    """Put the owner's whole export into a new file, authors and log included. For the owner of the file."""
    call.must_own("An import")
    document = restore.read(_bytes(file))
    if dry_run:
        with TemporaryDirectory() as folder:
            _put(Path(folder) / "okr.db", document)
    else:
        _put(call.path, document)
    counts = document.counts
    call.tell(
        lambda: _told(counts) if dry_run else str(call.path),
        lambda: {"path": str(call.path), "dry_run": dry_run, "rows": counts},
    )


def _told(counts: dict[str, int]) -> str:
    return "\n".join(["Would import:", *output.table(counts.items(), indent="  ")])


def _bytes(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Invalid(
            f"{file[:200]} cannot be read ({error.strerror}): name the file that an export was kept in."
        ) from error


def _put(path: Path, document: restore.Document) -> None:
    if path.exists():
        with Store.open(path) as store:
            restore.restore(store, document)
        return
    make_room(path)
    Store.create(
        path, rehearsal=False, now=stamp(utc_now()), fill=lambda store: restore.restore(store, document)
    ).close()
