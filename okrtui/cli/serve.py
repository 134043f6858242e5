"""`okrtui serve`: the whole company in one process, over SSH."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from okrtui.cli.verbs import FILE, Verb, example
from okrtui.core.errors import StoreError
from okrtui.terminal.settings import settle

if TYPE_CHECKING:
    from pathlib import Path

    from okrtui.cli.call import Call

HOST, PORT = "127.0.0.1", 2222
MISSING = "`okrtui serve` needs asyncssh, which is not installed: install okrtui with it, as in `uv tool install 'okrtui[serve]'`."


class Address(click.ParamType[tuple[str, int]]):
    """Where to listen: ``ADDR:PORT``, ``:PORT`` for every address of the machine, ``[::1]:PORT`` for one of IPv6."""

    name = "ADDR:PORT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """The address and the port; port 0 is one that is free."""
        if not isinstance(value, str):
            return value
        host, colon, port = value.rpartition(":")
        if not (colon and port.isascii() and port.isdigit() and int(port) <= 65535):
            self.fail(f"{value[:60]!r} is no address to listen on: give one such as {HOST}:{PORT}.", param, ctx)
        return host.removeprefix("[").removesuffix("]"), int(port)


@click.command(cls=Verb, epilog=example("serve", "serve --listen :2222 --idle 60"))
@click.option(
    "--listen", type=Address(), default=f"{HOST}:{PORT}", show_default=True, help="Where; :2222 for every address."
)
@click.option("--host-key", type=FILE, help="The server's own key; else FILE.hostkey, made at the first start.")
@click.option("--sessions", type=click.IntRange(1), default=300, show_default=True, help="At once, in all.")
@click.option("--a-person", type=click.IntRange(1), default=6, show_default=True, help="At once, of one person.")
@click.option(
    "--idle",
    type=click.IntRange(0),
    default=720,
    show_default=True,
    help="Minutes without a key until a session is closed; 0 for never.",
)
@click.pass_context
def serve(
    context: click.Context,
    /,
    *,
    listen: tuple[str, int],
    host_key: Path | None,
    sessions: int,
    a_person: int,
    idle: int,
) -> None:
    """Serve the interface, and the commands that are also run over SSH, to whoever comes with a key that is let in.

    For the owner of the file; docs/serve.md says how to set it up. It runs until it is told to stop (SIGTERM), and keeps what
    everybody typed.
    """
    call: Call = context.obj
    call.must_own("Serving")
    with call.store:  # whatever is wrong with the file is said before anybody is let in
        pass
    settle(os.environ, serves=True)  # before Textual is imported
    try:
        import asyncssh  # noqa: F401, PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise click.UsageError(MISSING) from error
    from okrtui.remote.serving.limits import Limits  # noqa: PLC0415 - the only command that serves
    from okrtui.serving import run  # noqa: PLC0415 - as above

    try:
        run(
            call.path,
            listen,
            host_key,
            Limits(sessions, a_person, idle),
            lambda address, fingerprint: call.tell(
                lambda: f"Listening on {address[0]}:{address[1]}; the host key is {fingerprint}.",
                lambda: {"address": address[0], "port": address[1], "host_key": fingerprint},
            ),
        )
    except OSError as error:
        raise StoreError(
            f"Nobody can listen on {listen[0]}:{listen[1]} ({error.strerror}): name another with --listen."
        ) from error
