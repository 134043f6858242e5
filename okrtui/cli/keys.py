"""Access over SSH: whose key is let in. For the owner of the file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from okrtui.cli import output
from okrtui.cli.verbs import Noun, example, spelled
from okrtui.core.errors import Invalid, StoreError
from okrtui.core.public_keys import read, read_lines
from okrtui.remote import forced, listed
from okrtui.service import keys as service
from okrtui.service.session import utc_now

if TYPE_CHECKING:
    from okrtui.cli.call import Call
    from okrtui.service.keys import CodeLine, KeyLine

_OWNERS = "Access over SSH"
_MOST = 100_000  # bytes of a file of keys


@click.group(cls=Noun)
def keys() -> None:
    """Keys by which people come over SSH, for the owner of the file; docs/ssh.md says how to set it up."""


@keys.command(epilog=example("keys add ana ana.pub", "keys add ana - < ana.pub"))
@click.argument("handle")
@click.argument("file")
@click.pass_obj
def add(call: Call, /, *, handle: str, file: str) -> None:
    """Let in the public keys of a .pub file, or a list of them, as a person; - reads the standard input."""
    call.must_own(_OWNERS)
    added = service.add(call.session, handle, read_lines(_text(file)))
    listed.keep(call.store)
    call.tell(lambda: "\n".join(added), lambda: {"person": spelled(handle), "keys": added})


def _text(file: str) -> str:
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_MOST + 1)
        else:
            with Path(file).open("rb") as stream:
                raw = stream.read(_MOST + 1)
    except OSError as error:
        raise Invalid(f"{file[:200]} cannot be read ({error.strerror}): name a .pub file.") from error
    if len(raw) > _MOST:
        raise Invalid(f"{file[:200]} is longer than any list of keys: name a .pub file.")
    return raw.decode("utf-8-sig", "replace")


@keys.command(epilog=example("keys invite ana", "keys invite ana --hours 8"))
@click.argument("handle")
@click.option(
    "--hours",
    type=click.IntRange(1, service.MOST_HOURS),
    default=service.HOURS,
    show_default=True,
    help="How long the code is open.",
)
@click.pass_obj
def invite(call: Call, /, *, handle: str, hours: int) -> None:
    """Make a code for a person to hand in, once, with their first connection: it lets their key in.

    The code is shown now and never again. A second one closes the first.
    """
    call.must_own(_OWNERS)
    code, expires = service.invite(call.session, handle, hours)
    call.tell(
        lambda: (
            f"{code}\nFor {spelled(handle)} alone, once, until {expires}: they connect with `ssh ACCOUNT@HOST {code}`."
        ),
        lambda: {"person": spelled(handle), "code": code, "expires": expires},
    )


@keys.command("list", epilog=example("keys list"))
@click.pass_obj
def list_(call: Call) -> None:
    """Show every key with when it was last used, those switched off too, and the codes that are open."""
    call.must_own(_OWNERS)
    found, codes = service.listed(call.session)
    call.tell(
        lambda: "\n".join(output.table([*map(_row, found), *map(_code_row, codes)])),
        lambda: {"keys": [_shape(one) for one in found], "codes": [_code_shape(one) for one in codes]},
    )


def _row(one: KeyLine) -> tuple[str, ...]:
    state = (
        f"switched off {one.off_at}" if one.off_at else f"last used {one.used_at}" if one.used_at else "not used yet"
    )
    return one.person, one.type, one.fingerprint, state, one.comment


def _code_row(one: CodeLine) -> tuple[str, ...]:
    return one.person, "code", f"open until {one.expires}", "not used yet", ""


def _shape(one: KeyLine) -> dict[str, object]:
    return {
        "person": one.person,
        "type": one.type,
        "fingerprint": one.fingerprint,
        "comment": one.comment,
        "added_by": one.added_by,
        "at": one.at,
        "used_at": one.used_at,
        "off_at": one.off_at,
    }


def _code_shape(one: CodeLine) -> dict[str, object]:
    return {"person": one.person, "expires": one.expires, "added_by": one.added_by}


@keys.command(epilog=example("keys remove SHA256:lK7Qm2", "keys remove @ana"))
@click.argument("key")
@click.pass_obj
def remove(call: Call, /, *, key: str) -> None:
    """Switch off a key, by its fingerprint or the beginning of it, or all keys and codes of @HANDLE.

    Whoever came with it saves nothing more, and their session ends.
    """
    call.must_own(_OWNERS)
    removed = service.remove(call.session, key)
    listed.keep(call.store)
    call.tell(lambda: "\n".join(removed), lambda: {"keys": removed})


@keys.command(epilog=example("keys authorized > ~/.ssh/authorized_keys", "keys authorized --key ssh-ed25519 AAAAC3…"))
@click.option(
    "--key", nargs=2, metavar="TYPE BLOB", help="This key's line alone, as AuthorizedKeysCommand asks for it."
)
@click.pass_obj
def authorized(call: Call, /, *, key: tuple[str, str] | None) -> None:
    """Print the lines for sshd's authorized_keys: a key each, which opens okrtui as its person, and nothing else.

    They stand in FILE.authorized_keys, too, which is kept in step. With --key nothing is printed for a key that lets nobody in; while a code is open, a line that lets one hand it in.
    """
    call.must_own(_OWNERS)
    if not call.path.exists():
        raise StoreError(f"There is no file at {call.path}: name another with --db.")
    lines = listed.lines(call.store) if key is None else _line_of(call, *key)
    call.tell(lambda: "\n".join(lines), lambda: lines)


def _line_of(call: Call, kind: str, blob: str) -> list[str]:
    try:
        key = read(f"{kind} {blob}")
    except Invalid:
        return []  # sshd asks of whatever comes; what cannot be let in is nobody's
    found = service.holder(call.store, key.blob)
    if found is not None:
        return [forced.line(call.store.path, key, found.handle)]
    if service.codes_are_open(call.store, utc_now()):
        return [forced.line_for_a_code(call.store.path, key)]
    return []
