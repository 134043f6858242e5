"""The file itself: copying it, looking whether it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import FILE, Verb, example
from okrtui.core.errors import StoreError
from okrtui.store.backup import backup as copy
from okrtui.store.doctor import Finding, examine_file

if TYPE_CHECKING:
    from pathlib import Path

    from okrtui.cli.call import Call


@click.command(cls=Verb, epilog=example("backup okr-friday.db"))
@click.argument("file", type=FILE)
@click.pass_obj
def backup(call: Call, file: Path) -> None:
    """Copy the file to a new one, whole, while people work. For the owner of the file."""
    call.must_own("A backup")
    size = copy(call.store, file)
    call.made("file", str(file), bytes=size)


@click.command(cls=Verb, epilog=example("doctor"))
@click.pass_context
def doctor(context: click.Context) -> None:
    """Look whether the file is whole, and what should be mended. For the owner of the file; exit status 3 for an error."""
    call: Call = context.obj
    call.must_own("The doctor")
    if not call.path.exists():
        raise StoreError(f"There is no file at {call.path}: name another with --db.")
    findings = examine_file(call.path)
    call.tell(
        lambda: "\n".join(f"{_level(one)}  {output.one_line(one.sentence)}" for one in findings),
        lambda: [{"level": one.level, "sentence": one.sentence} for one in findings],
    )
    if any(one.level == "error" for one in findings):
        context.exit(3)


def _level(one: Finding) -> str:
    return output.paint(f"{one.level:<7}", {"ok": "green", "warning": "yellow", "error": "red"}[one.level])
