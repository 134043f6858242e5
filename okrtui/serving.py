"""The whole of `okrtui serve`: one file, one gateway, one loop, and everybody's application on it."""

from __future__ import annotations

import asyncio
import importlib
import logging
import pkgutil
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import screens
from okrtui.hosted import HostedApp
from okrtui.remote.serving import journal
from okrtui.remote.serving.commands import AT_ONCE, OwnProcess
from okrtui.remote.serving.doors import FileDoors
from okrtui.remote.serving.host import Host
from okrtui.remote.serving.host_key import host_key, host_key_file
from okrtui.remote.serving.sitting import STORE
from okrtui.remote.serving.steward import Steward
from okrtui.service import keys
from okrtui.store.gateway import Gateway
from okrtui.terminal.leftovers import divide_without_holding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from okrtui.remote.serving.limits import Limits
    from okrtui.service.keys import Holder
    from okrtui.store.file import Store
    from okrtui.terminal.channel import Line

log = logging.getLogger("okrtui.serve")

SWITCH_SECONDS = 0.001
"""How long a thread that computes may go on while the loop has a key to answer; Python's own five are felt."""


class Making:
    """Makes what people run, over the one gateway."""

    def __init__(self, path: Path, gateway: Gateway, steward: Steward, *, rehearsal: bool) -> None:
        self._path, self._gateway, self._steward, self._rehearsal = path, gateway, steward, rehearsal
        self._turn = asyncio.Semaphore(AT_ONCE)

    def application(self, guest: Holder, line: Line, terminal: Mapping[str, str]) -> HostedApp:
        return HostedApp(
            self._steward,
            self._gateway,
            lambda store: keys.session(store, guest.fingerprint),
            line,
            terminal,
            rehearsal=self._rehearsal,
        )

    def command(self, guest: Holder, words: str) -> OwnProcess:
        return OwnProcess(self._path, guest, words, self._turn)


def run(
    path: Path,
    listen: tuple[str, int],
    key_file: Path | None,
    limits: Limits,
    tell: Callable[[tuple[str, int], str], None],
) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP; ``tell`` is given the address and the host key's fingerprint once it listens.

    Raises:
        StoreError: the file, or the host key, cannot serve, or the file can no longer; everybody's words are kept.
        OSError: nobody can listen there.
    """
    journal.begin()
    sys.setswitchinterval(SWITCH_SECONDS)
    divide_without_holding()
    asyncio.run(_serve(path, listen, key_file, limits, tell))


async def _serve(
    path: Path,
    listen: tuple[str, int],
    key_file: Path | None,
    limits: Limits,
    tell: Callable[[tuple[str, int], str], None],
) -> None:
    key = await asyncio.to_thread(host_key, key_file or host_key_file(path))
    _load()
    gateway = Gateway(path)
    await gateway.start()
    try:
        rehearsal = await gateway.read(_fit)
        steward = Steward(gateway)
        steward.start()
        host = Host(FileDoors(gateway), Making(path, gateway, steward, rehearsal=rehearsal), key, limits)
        told_to_stop = _until_told()
        address = await host.start(*listen)
        tell(address, key.get_fingerprint())
        host.collector.begin()
        journal.ready()
        journal.keep_telling()
        steward.failed.add_done_callback(lambda _: told_to_stop.cancel())
        with suppress(asyncio.CancelledError):
            await told_to_stop
        log.info("stopping, with %d here", len(host.sittings))
        journal.stopping()
        error = steward.failed.result() if steward.failed.done() else None
        await (host.stop() if error is None else host.stop(str(error), STORE))
        await steward.stop()
        if error is not None:
            raise error
    finally:
        await gateway.close()


def _fit(store: Store) -> bool:
    """Whether it is a rehearsal's; raises StoreError for a file that serves nobody now, as one in maintenance."""
    store.look()
    return store.rehearsal


def _load() -> None:
    """Load every screen before anybody comes, instead of while others type; they bring the rest with them."""
    for one in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(one.name)


def _until_told() -> asyncio.Future[None]:
    loop = asyncio.get_running_loop()
    told: asyncio.Future[None] = loop.create_future()

    def stop() -> None:
        if not told.done():
            told.set_result(None)

    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(one, stop)
    return told
