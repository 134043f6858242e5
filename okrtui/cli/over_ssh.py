"""What a forced command of OpenSSH answers: a command of those marked *remote*, or the interface; and no shell, ever."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from okrtui.cli import output
from okrtui.cli.call import Call
from okrtui.cli.interface import is_a_terminal, opening, show
from okrtui.core.errors import Invalid, OkrtuiError
from okrtui.remote import forced, identity

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY, REDEEM = "--key", "--redeem"
"""Options that `okrtui keys authorized` writes into the lines of keys; a person has no use for them."""

REMOTE = frozenset(
    {
        *("person", "team", "cycle", "objective", "invitation", "kr", "suggest", "take", "decline", "dot", "comment"),
        *("checkin", "round", "priority", "win", "initiative", "commitment", "workshop", "link", "check", "due"),
        *("score", "reveal", "calibrate", "confirm", "scores"),
        *("tree", "room", "sight", "search", "me", "report", "log", "export", "import"),
    }
)
"""The commands that are also run over SSH. One that is not here is refused there."""

_MOST = 200  # letters of a line that is taken for a code
_WRONG_USAGE = 2


def enter(options: Mapping[str, str]) -> int:
    """Serve one connection, for the key that the options name; its exit status."""
    caller_environ = dict(os.environ)
    asked = forced.settle(os.environ)
    call = Call(options.get("--db"), options.get("--as"), os.environ, key=options.get(KEY, ""))
    try:
        identity.must_be_the_owners(identity.account(caller_environ), call.path)
        if REDEEM in options:
            return _redeem(call, options[REDEEM], asked)
        return _run(call, asked) if asked else _open(call)
    except (OkrtuiError, OSError) as error:
        from okrtui.cli.main import refusal  # noqa: PLC0415 - the interface does without

        return refusal(error)


def _run(call: Call, command: str) -> int:
    from okrtui.cli.main import PLACES, run  # noqa: PLC0415 - the interface does without

    words = forced.words_of(command)
    if not (words[0] in PLACES or words[0].startswith("-")):
        raise Invalid(
            f"Over SSH there is okrtui and nothing else, no shell and no files: {words[0][:40]!r} is no command of it; "
            "`--help` lists them."
        )
    return run(words, call)


def _open(call: Call) -> int:
    if not is_a_terminal():
        output.complain(forced.NO_TERMINAL)
        return _WRONG_USAGE
    return show(opening(call))


def _redeem(call: Call, named: str, asked: str) -> int:
    from okrtui.core.public_keys import read  # noqa: PLC0415 - once in the life of a key
    from okrtui.remote import listed  # noqa: PLC0415 - as above
    from okrtui.service import keys  # noqa: PLC0415 - as above
    from okrtui.store.file import Store  # noqa: PLC0415 - as above

    with Store.open(call.path) as store:
        handle = keys.redeem(store, asked or _typed(), read(named))
        listed.keep(store)
    output.say(f"Welcome, {handle}: this key lets you in from now on. Connect again.")
    return 0


def _typed() -> str:
    """The code that a person types, or sends as the input."""
    if is_a_terminal():
        sys.stdout.write("This key is new here. Your code: ")
        sys.stdout.flush()
    return sys.stdin.readline(_MOST)
