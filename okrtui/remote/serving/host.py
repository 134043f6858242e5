"""The server: it listens, watches over who is there, and ends without losing a word of theirs."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import TYPE_CHECKING

import asyncssh

from okrtui.remote.serving.collector import Collector
from okrtui.remote.serving.gate import Gate
from okrtui.remote.serving.handing_in import HandingIn
from okrtui.remote.serving.limits import (
    HANDSHAKES,
    KEEPALIVE_SECONDS,
    KEEPALIVES_MISSED,
    LOGIN_SECONDS,
    Limits,
    Places,
)
from okrtui.remote.serving.sitting import TERMINATED, Sitting

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.remote.serving.gate import Doors
    from okrtui.remote.serving.sitting import Made
    from okrtui.service.keys import Holder

log = logging.getLogger("okrtui.serve")

SIGNATURES = [
    *(
        "ssh-ed25519",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "rsa-sha2-256",
        "rsa-sha2-512",
    ),
    *("sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"),
]
"""Those of the keys that are let in: none with SHA-1, none of DSA."""

WATCH_SECONDS = 5.0
STOPPING = "The server stops now: what you typed is kept, and is there when you come back."
IDLE = "Nothing was pressed for {minutes} minutes, so this session was closed; what you typed is kept."


class Host:
    """One server over one file."""

    def __init__(self, doors: Doors, made: Made, key: asyncssh.SSHKey, limits: Limits) -> None:
        self._doors, self._made, self._key, self._limits = doors, made, key, limits
        self._places = Places(limits)
        self._unheard: set[Gate] = set()
        self.collector = Collector()
        self.sittings: set[Sitting] = set()
        self._watching: asyncio.Task[None] | None = None

    async def start(self, host: str, port: int) -> tuple[str, int]:
        """Listen; the address and the port that it is.

        Raises:
            OSError: nobody can listen there.
        """
        self._acceptor = await asyncssh.listen(
            host,
            port,
            server_factory=self._gate,
            server_host_keys=[self._key],
            encoding=None,
            line_editor=False,
            agent_forwarding=False,
            x11_forwarding=False,
            gss_host=None,
            compression_algs=None,
            login_timeout=LOGIN_SECONDS,
            keepalive_interval=KEEPALIVE_SECONDS,
            keepalive_count_max=KEEPALIVES_MISSED,
            server_version="okrtui",
            signature_algs=SIGNATURES,
            backlog=HANDSHAKES,
        )
        self._watching = asyncio.create_task(self._watch())
        address, bound = self._acceptor.get_addresses()[0][:2]
        return str(address), int(bound)

    def _gate(self) -> Gate:
        return Gate(self._doors, self._session, self._unheard)

    def _session(
        self, guest: Holder | None, key: asyncssh.SSHKey, gone: Callable[[asyncssh.SSHServerSession[bytes]], None]
    ) -> asyncssh.SSHServerSession[bytes]:
        if guest is None:
            return HandingIn(self._doors, key, gone)

        def left(sitting: Sitting) -> None:
            self.sittings.discard(sitting)
            self.collector.session_ended()
            gone(sitting)

        sitting = Sitting(guest, self._made, self._places, left)
        self.sittings.add(sitting)
        return sitting

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            self._look()

    def _look(self) -> None:
        """Drop who has stalled, end what nothing was pressed in for too long, and tidy up while nobody types."""
        minutes, now = self._limits.idle_minutes, monotonic()
        self.collector.look(now - max((one.heard for one in self.sittings), default=0.0))
        for sitting in tuple(self.sittings):
            if sitting.is_stalled:
                log.warning("%s was dropped: nothing was taken for too long of what was sent", sitting.guest.handle)
                sitting.drop()
            elif minutes and now - sitting.heard > minutes * 60:
                sitting.ask_to_leave(IDLE.format(minutes=minutes))

    async def stop(self, sentence: str = STOPPING, status: int = TERMINATED) -> None:
        """Let nobody in any more, and end every session with what was typed kept; each is told why."""
        self._acceptor.close()
        if self._watching is not None:
            self._watching.cancel()
        sittings = tuple(self.sittings)
        for sitting in sittings:
            sitting.ask_to_leave(sentence, status)
        await asyncio.gather(*(sitting.ended() for sitting in sittings))
