"""Opening the interface, on a terminal and a file that can serve."""

from __future__ import annotations

import gc
import os
import shlex
import sys
from typing import TYPE_CHECKING, NamedTuple

from okrtui.core.errors import StoreError
from okrtui.store.file import Store
from okrtui.terminal.settings import settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from okrtui.cli.call import Call
    from okrtui.service.session import Session


class Opening(NamedTuple):
    """A file that can serve, and who it is that comes."""

    path: Path
    identify: Callable[[Store], Session]
    rehearsal: bool


def opening(call: Call) -> Opening:
    """What the interface is opened on, looked at before the screen is taken, so that a refusal is a line in the shell.

    Raises:
        StoreError: there is no file yet, or it cannot serve.
        click.UsageError: this is no terminal.
        NotAllowed: who calls is nobody here.
    """
    if not call.path.exists():
        place = f" --db {shlex.quote(str(call.path))}" if call.db is not None else ""
        raise StoreError(f"There is no file at {call.path} yet: make one with `okrtui{place} init --company NAME`.")
    must_be_a_terminal()
    return opened_on(call.path, call.identify)


def opened_on(path: Path, identify: Callable[[Store], Session]) -> Opening:
    """The same for a file that is there.

    Raises:
        StoreError: it cannot serve.
        NotAllowed: who calls is nobody here.
    """
    with Store.open(path) as store:
        identify(store)
        return Opening(path, identify, store.rehearsal)


def must_be_a_terminal() -> None:
    """Let a terminal pass.

    Raises:
        click.UsageError: input or output is a file or a pipe.
    """
    if not is_a_terminal():
        import click  # noqa: PLC0415 - the interface does without

        raise click.UsageError("The interface needs a terminal, and this is none: name a command, such as `okrtui due`")


def is_a_terminal() -> bool:
    """Whether somebody sits at both input and output."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def show(found: Opening) -> int:
    """Run the interface; its exit status."""
    settle(os.environ)  # before Textual is imported
    gc.disable()  # what a start makes stays: the application takes the collector up again once it is seen
    from okrtui.app import run  # noqa: PLC0415 - the only command that draws

    return run(found.path, found.identify, rehearsal=found.rehearsal)
