"""A key that is nobody's yet: all its client can do is hand in a code."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import asyncssh

from okrtui.core.errors import OkrtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from okrtui.remote.serving.gate import Doors

log = logging.getLogger("okrtui.serve")

ASK = "This key is nobody's here yet. Come with another (ssh -i FILE -o IdentitiesOnly=yes), or give your code.\r\nYour code: "
WELCOME = "Welcome, {handle}: this key lets you in from now on. Connect again."
THINKING_SECONDS = 1.0
"""How long a wrong code is thought about."""
REFUSED = 1
_LONGEST = 200
_ENDS = frozenset(b"\r\n\x03\x04")
_TAKES_BACK = frozenset(b"\x7f\x08")


class HandingIn(asyncssh.SSHServerSession[bytes]):
    """One channel, one code: named as the command, typed at the terminal, or sent as the input."""

    def __init__(
        self, doors: Doors, key: asyncssh.SSHKey, gone: Callable[[asyncssh.SSHServerSession[bytes]], None]
    ) -> None:
        """``gone`` is told when the channel is no more."""
        self._doors, self._key, self._gone = doors, key, gone
        self._is_terminal = False
        self._typed = bytearray()
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._gone(self)

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Mapping[int, int]
    ) -> bool:
        del term_type, term_size, term_modes
        self._is_terminal = True
        return True

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        self._hand_in(command)
        return True

    def session_started(self) -> None:
        if self._is_terminal and self._task is None:
            self._channel.write(ASK.encode())

    def data_received(self, data: bytes, datatype: int | None) -> None:
        del datatype
        for byte in data:
            if self._task is not None:
                return
            if byte in _ENDS:
                self._hand_in(self._typed.decode("utf-8", "replace"))
            elif byte in _TAKES_BACK:
                if self._typed:
                    self._typed.pop()
                    self._echo(b"\b \b")
            elif 0x20 <= byte < 0x7F and len(self._typed) < _LONGEST:
                self._typed.append(byte)
                self._echo(bytes([byte]))

    def eof_received(self) -> bool:
        if self._task is None:
            self._hand_in(self._typed.decode("utf-8", "replace"))
        return True

    def _echo(self, data: bytes) -> None:
        if self._is_terminal:
            self._channel.write(data)

    def _hand_in(self, code: str) -> None:
        self._task = asyncio.get_running_loop().create_task(self._redeem(code[:_LONGEST]))

    async def _redeem(self, code: str) -> None:
        try:
            handle = await self._doors.redeem(code, self._key)
        except OkrtuiError as error:
            log.warning("no code that is open came with key %s", self._key.get_fingerprint())
            await asyncio.sleep(THINKING_SECONDS)
            self._end(str(error), REFUSED)
            return
        log.info("%s was let in by a code, with key %s", handle, self._key.get_fingerprint())
        self._end(WELCOME.format(handle=handle), 0)

    def _end(self, sentence: str, status: int) -> None:
        if self._channel.is_closing():
            return
        said = sentence.encode("utf-8", "replace")
        if self._is_terminal:
            self._channel.write(b"\r\n" + said + b"\r\n")
        elif status:
            self._channel.write_stderr(said + b"\n")
        else:
            self._channel.write(said + b"\n")
        self._channel.exit(status)
