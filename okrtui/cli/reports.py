"""A report of a cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import FILE, Verb, cycle_option, example, team_option
from okrtui.core.errors import Invalid
from okrtui.report import markdown, text
from okrtui.report.contents import build
from okrtui.report.shape import shape

if TYPE_CHECKING:
    from pathlib import Path

    from okrtui.cli.call import Call
    from okrtui.report.contents import Report


@click.command(cls=Verb, epilog=example("report --cycle 2026-Q4 --format md -o quarter.md", "report --team sales"))
@cycle_option()
@team_option("This team and all below it; else all.")
@click.option("--format", "format_", type=click.Choice(["text", "md", "json"]), help="How; text unless told.")
@click.option("-o", "--output", "file", type=FILE, metavar="FILE", help="Into this file, in place of what is there.")
@click.pass_obj
def report(call: Call, /, *, cycle: str | None, team: str | None, format_: str | None, file: Path | None) -> None:
    """Report on a cycle: each team's objectives, key results, agreed scores, pushbacks and learning."""
    if file is not None:
        call.must_be_at_home("-o")
    written = _written(build(call.session, cycle, team), format_ or ("json" if call.json else "text"))
    if file is None:
        output.write(written)
        return
    try:
        file.write_text(f"{written}\n", "utf-8")
    except OSError as error:
        raise Invalid(f"{file} cannot be written ({error.strerror}): name another file.") from error


def _written(found: Report, format_: str) -> str:
    if format_ == "json":
        return output.as_json(shape(found))
    render = markdown.render if format_ == "md" else text.render
    return output.plain(render(found)).rstrip("\n")
