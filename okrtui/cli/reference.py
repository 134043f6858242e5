"""The command reference in the docs, from the commands themselves: ``python -m okrtui.cli.reference > docs/command-line.md``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from okrtui.cli.main import okrtui

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDTH = 100


def as_markdown() -> str:
    """Every command with its help, as the docs have it."""
    lines = [
        "# The command line",
        "",
        "`okrtui` alone opens the interface; everything else is a command. This page is what `--help` says.",
        "",
        "Exit status: 0 done; 1 refused by a rule, or not found; 2 wrong usage; 3 the file cannot serve. With `--json` a",
        "command answers with one object or array. Times are UTC, ISO 8601. Whoever owns the file can read the file,",
        "sealed scores included, and so can the owner's whole export and every backup.",
    ]
    for path, command in _walk("okrtui", okrtui):
        lines += ["", f"## {path}", "", "```text", _help(path, command), "```"]
    return "\n".join(lines) + "\n"


def _walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _walk(f"{path} {name}", found)


def _help(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path, terminal_width=_WIDTH, max_content_width=_WIDTH)
    return command.get_help(context)


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
