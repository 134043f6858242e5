"""Where the command ``okrtui`` begins: a bare interface loads nothing of the commands, whose parser is slow to load."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from okrtui.cli.streams import have_streams, leave_quietly
from okrtui.core.errors import OkrtuiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.cli.interface import Opening

OPTIONS = ("--db", "--as")
FORCED = ("--key", "--redeem")
"""What the line of a key adds to them."""
INTERRUPTED = 130


def main() -> NoReturn:
    """Run this process's command line, and leave with its exit status."""
    have_streams()
    try:
        status = _run(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    leave_quietly()
    sys.exit(status)


def _run(arguments: Sequence[str]) -> int:
    if any(word in FORCED for word in arguments) and (options := _options(arguments, OPTIONS + FORCED)):
        from okrtui.cli.over_ssh import enter  # noqa: PLC0415 - for who comes over SSH alone

        return enter(options)
    found = _opening(arguments)
    if found is not None:
        from okrtui.cli.interface import show  # noqa: PLC0415 - commands do without

        return show(found)
    from okrtui.cli.main import run  # noqa: PLC0415 - a bare interface does without

    return run(arguments)


def _opening(arguments: Sequence[str]) -> Opening | None:
    """The interface that is asked for; None for a command, and where something is in the way, which the command line says."""
    options = _options(arguments, OPTIONS)
    if options is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    from okrtui.cli.call import Call  # noqa: PLC0415 - commands load it themselves
    from okrtui.cli.interface import opening  # noqa: PLC0415 - as above

    try:
        return opening(Call(options.get("--db"), options.get("--as"), os.environ))
    except (OkrtuiError, OSError):
        return None


def _options(arguments: Sequence[str], known: Sequence[str]) -> dict[str, str] | None:
    """The options of a command line that holds nothing but options, each once and with its value; None for any other."""
    found: dict[str, str] = {}
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if name not in known or name in found:
            return None
        found[name] = value if equals else next(words, "")
        if not found[name] or found[name].startswith("-"):
            return None
    return found
