"""Who comes: known by a key alone; the name in ``ssh name@host`` says nothing."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING, Protocol

import asyncssh

from okrtui.remote.serving.limits import CHANNELS, HANDSHAKES, KEYS_OFFERED

if TYPE_CHECKING:
    from collections.abc import Callable

    from asyncssh.auth import KbdIntChallenge

    from okrtui.service.keys import Holder

    Sit = Callable[
        [Holder | None, asyncssh.SSHKey, Callable[[asyncssh.SSHServerSession[bytes]], None]],
        asyncssh.SSHServerSession[bytes],
    ]

log = logging.getLogger("okrtui.serve")

SEND_BUFFER = 64 * 1024
"""Bytes that the system takes for a client that reads nothing."""

UNKNOWN = "Your key {fingerprint} is nobody's here: ask the owner of the file to let it in, or for a code."
NO_KEY = "People come with a key: make one (ssh-keygen -t ed25519), and have the owner of the file let it in."
TOO_MANY = "None of your first {count} keys is known here: name the one that is (ssh -i FILE -o IdentitiesOnly=yes)."


class Doors(Protocol):
    """Whom the file lets in; nothing of it runs on the loop."""

    async def known(self, key: asyncssh.SSHKey) -> Holder | None:
        """Whose key it is, None where it lets nobody in."""

    async def may_hand_in(self, key: asyncssh.SSHKey) -> bool:
        """Whether a code is open, so that a key which is nobody's may come with one."""

    async def redeem(self, code: str, key: asyncssh.SSHKey) -> str:
        """Let a key in by a code; whose it is now, by handle.

        Raises:
            OkrtuiError: the code, or the key, is no good.
        """


class Gate(asyncssh.SSHServer):
    """One connection.

    An unknown key is refused at once, as the next one that the client offers may be known. While a code is open it is let in as
    far as to hand one in: by then its client has proved that it has the key.
    """

    def __init__(self, doors: Doors, sit: Sit, unheard: set[Gate]) -> None:
        """``sit`` makes what serves a session, None's for somebody who has a code at best, and tells when it is no more.

        ``unheard`` are the connections that have not said who they are yet.
        """
        self._doors, self._sit, self._unheard = doors, sit, unheard
        self._guest: Holder | None = None
        self._key: asyncssh.SSHKey | None = None
        self._unknown: list[str] = []
        self._open: set[asyncssh.SSHServerSession[bytes]] = set()

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        if len(self._unheard) >= HANDSHAKES:
            log.warning("%d connections have not said who they are: one more was closed", HANDSHAKES)
            conn.abort()
            return
        self._unheard.add(self)
        # What the system holds back for a terminal that stalls is old when it reads again.
        conn.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._unheard.discard(self)

    def auth_completed(self) -> None:
        self._unheard.discard(self)

    def begin_auth(self, username: str) -> bool:
        del username
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        del username
        self._key, self._guest = key, await self._doors.known(key)
        if self._guest is not None:
            return True
        fingerprint = key.get_fingerprint()
        if fingerprint not in self._unknown:
            self._unknown.append(fingerprint)
            address = self._connection.get_extra_info("peername") or ("somewhere", 0)
            log.warning("unknown key %s from %s:%s", fingerprint, address[0], address[1])
        if len(self._unknown) > KEYS_OFFERED:
            self._turn_away(TOO_MANY.format(count=KEYS_OFFERED))
            return False
        return await self._doors.may_hand_in(key)

    # A client that has no key left to offer asks for another way in: there is none, and that is where it is told why.

    def kbdint_auth_supported(self) -> bool:
        return True

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> KbdIntChallenge:
        del username, lang, submethods
        self._turn_away(UNKNOWN.format(fingerprint=self._unknown[0]) if self._unknown else NO_KEY)
        return False

    def _turn_away(self, sentence: str) -> None:
        self._connection.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, sentence)

    def session_requested(self) -> asyncssh.SSHServerSession[bytes]:
        if self._key is None or len(self._open) >= CHANNELS:
            raise asyncssh.ChannelOpenError(
                asyncssh.OPEN_RESOURCE_SHORTAGE, f"{CHANNELS} sessions of one connection are as many as there can be."
            )
        sitting = self._sit(self._guest, self._key, self._open.discard)
        self._open.add(sitting)
        return sitting
