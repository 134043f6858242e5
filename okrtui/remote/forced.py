"""What OpenSSH starts for a key: a line of ``authorized_keys`` whose forced command fixes the file, the person and the key."""

from __future__ import annotations

import os
import pwd
import shlex
import sys
from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from pathlib import Path

    from okrtui.core.public_keys import PublicKey

ORIGINAL = "SSH_ORIGINAL_COMMAND"  # set by sshd beside a forced command, to what the client asked for

_LOOKS = ("TERM", "COLORTERM", "NO_COLOR")
_KEPT = (*_LOOKS, "SSH_CONNECTION", "SSH_TTY")
"""What stays of the environment: what the terminal can show, and what sshd says of the connection."""

NO_TERMINAL = "The interface needs a terminal, and this connection has none: connect with `ssh -t`, or name a command, such as `due`."

_CLOSED = "restrict,pty"
"""No forwarding of ports, agents or X11, no file of the account's that runs first; a terminal alone."""


def settle(environ: MutableMapping[str, str]) -> str:
    """Put a fixed environment in place of what a client may have sent; what the client asks to run, empty for nothing."""
    command = environ.get(ORIGINAL, "").strip()
    fixed = fixed_environment(environ)
    environ.clear()
    environ.update(fixed)
    return command


def fixed_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of a session over SSH: this account's, and of what is given the looks of the terminal alone."""
    own = pwd.getpwuid(os.getuid())
    kept = {name: environ[name] for name in _KEPT if name in environ}
    return {
        "HOME": own.pw_dir,
        "LOGNAME": own.pw_name,
        "USER": own.pw_name,
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        **kept,
    }


def words_of(command: str) -> list[str]:
    """The words of what a client asks to run, as a shell would part them; no shell sees them.

    Raises:
        Invalid: a quote is open, or there is a zero byte.
    """
    try:
        return shlex.split(command)
    except ValueError as error:
        raise Invalid(
            "A quote is open in it: quote each text twice, as in ssh HOST \"comment O1 'Two words'\"."
        ) from error


def line(path: Path, key: PublicKey, handle: str) -> str:
    """The line of ``authorized_keys`` that lets a key in as a person, and into nothing but this program.

    Raises:
        Invalid: the path cannot stand in such a line.
    """
    return _line(arguments(path, handle, key.fingerprint), key, f"{handle} {key.comment}".strip())


def arguments(path: Path, handle: str, fingerprint: str) -> list[str]:
    """What is started for a person's key."""
    return [*_program(), "--db", str(path), "--as", handle, "--key", fingerprint]


def line_for_a_code(path: Path, key: PublicKey) -> str:
    """The line for a key that is nobody's yet: all it can do is hand in a code.

    Raises:
        Invalid: the path cannot stand in such a line.
    """
    return _line([*_program(), "--db", str(path), "--redeem", f"{key.type} {key.base64}"], key, "")


def _program() -> list[str]:
    """This program, deaf to what variables tell Python: the account's shell has seen them before it starts."""
    return [sys.executable, "-E", "-P", "-X", "utf8", "-m", "okrtui"]


def _line(words: list[str], key: PublicKey, comment: str) -> str:
    command = shlex.join(words)
    if not command.isprintable():
        raise Invalid("The path of the file holds a line break or another control character: move the file first.")
    # sshd takes \" for a quote, and any other backslash for itself; the command ends with a key, never with a backslash.
    quoted = command.replace('"', '\\"')
    said = "".join(letter if letter.isprintable() else "·" for letter in comment)
    return f'{_CLOSED},command="{quoted}" {key.type} {key.base64} {said}'.rstrip()
