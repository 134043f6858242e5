"""Putting a backup back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli.verbs import FILE, Verb, example
from okrtui.remote import identity
from okrtui.service import backups

if TYPE_CHECKING:
    from pathlib import Path

    from okrtui.cli.call import Call
    from okrtui.service.session import Session
    from okrtui.store.file import Store


@click.command(cls=Verb, epilog=example('maintenance on -m "Going back to Friday"', "restore okr-friday.db"))
@click.argument("file", type=FILE)
@click.pass_obj
def restore(call: Call, file: Path) -> None:
    """Put a backup in the place of the file, which is kept beside it as FILE.before-restore. For the owner of the file.

    Refused while anybody is at work in it, and for a backup that `doctor` finds damaged. Maintenance goes on until
    `okrtui maintenance off`.
    """
    call.must_own("Restoring")

    def session_of(store: Store) -> Session:
        return identity.owner(store, call.environ)

    done = backups.restore(call.path, file, session_of)
    kept = str(done.kept) if done.kept else None
    call.tell(
        lambda: "\n".join(
            [
                f"{call.path} is as in {file}: {done.events} events, the last of {done.last}.",
                *([f"The file before is kept as {kept}."] if kept else []),
            ]
        ),
        lambda: {"path": str(call.path), "events": done.events, "last": done.last, "kept": kept},
    )
