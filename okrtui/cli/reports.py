"""A report of a cycle."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import FILE, Verb, cycle_option, example, team_option
from okrtui.core.errors import Invalid
from okrtui.report import html, markdown, text
from okrtui.report.contents import build
from okrtui.report.history import CYCLES
from okrtui.report.shape import shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from okrtui.cli.call import Call
    from okrtui.report.parts import Report

_RENDER: dict[str, Callable[[Report], str]] = {"text": text.render, "md": markdown.render, "html": html.render}
_QUIET_SECONDS = 0.5


@click.command(
    cls=Verb,
    epilog=example("report --cycle 2026-Q4 --format html -o quarter.html", "report --team sales --cycles 8"),
)
@cycle_option()
@team_option("This team and all below it; else all.")
@click.option(
    "--cycles",
    type=click.IntRange(1, 100),
    default=CYCLES,
    show_default=True,
    help="How many cycles, up to this one, signals and scores look at.",
)
@click.option("--format", "format_", type=click.Choice([*_RENDER, "json"]), help="How; text unless told.")
@click.option("-o", "--output", "file", type=FILE, metavar="FILE", help="Into this file, in place of what is there.")
@click.pass_obj
def report(
    call: Call, /, *, cycle: str | None, team: str | None, cycles: int, format_: str | None, file: Path | None
) -> None:
    """Report on a cycle: objectives, key results, agreed scores, pushbacks, minutes, learning and signals of teams.

    Signals and scores look back over several cycles; docs/signals.md defines each. An HTML report is one page that needs
    nothing else. Stopped before its end (ctrl+c), nothing is written.
    """
    if file is not None:
        call.must_be_at_home("-o")
    with _progress() as told:
        found = build(call.session, cycle, team, cycles=cycles, told=told)
    written = _written(found, format_ or ("json" if call.json else "text"))
    if file is None:
        output.write(written)
    else:
        _put(file, f"{written}\n")


def _written(found: Report, format_: str) -> str:
    if format_ == "json":
        return output.as_json(shape(found))
    return output.plain(_RENDER[format_](found)).rstrip("\n")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Say on standard error, on one line of a terminal, how far a reading is that takes more than a moment."""
    began, said = monotonic(), False

    def told(done: int, of: int) -> None:
        nonlocal said
        if sys.stderr.isatty() and (said or monotonic() - began > _QUIET_SECONDS):
            said = True
            sys.stderr.write(f"\rRead {done:>3} of {of} cycles. ctrl+c stops.")
            sys.stderr.flush()

    try:
        yield told
    finally:
        if said:
            sys.stderr.write(f"\r{' ' * 40}\r")
            sys.stderr.flush()


def _put(file: Path, written: str) -> None:
    """Put a text in place of a file, whole or not at all; a pipe or a device is written to.

    Raises:
        Invalid: it cannot be written.
    """
    try:
        if file.exists() and not file.is_file():
            file.write_text(written, "utf-8")
        else:
            _replace(file.resolve(), written)
    except OSError as error:
        raise Invalid(f"{file} cannot be written ({error.strerror}): name another file.") from error


def _replace(place: Path, written: str) -> None:
    beside = place.with_name(f".okrtui-report-{os.getpid()}.part")
    try:
        with beside.open("x", encoding="utf-8") as part:
            part.write(written)
        if place.exists():
            beside.chmod(place.stat().st_mode & 0o777)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
