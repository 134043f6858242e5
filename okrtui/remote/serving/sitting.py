"""One channel of somebody who was let in: the interface on their terminal, or one command and its exit status."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import TYPE_CHECKING, Protocol

import asyncssh

from okrtui.core.errors import OkrtuiError
from okrtui.remote import forced
from okrtui.remote.serving.limits import STALLED_SECONDS
from okrtui.terminal.outlet import MOST_WAITING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from okrtui.remote.serving.limits import Places
    from okrtui.service.keys import Holder
    from okrtui.terminal.channel import ChannelDriver, Line

log = logging.getLogger("okrtui.serve")

REFUSED, WRONG_USAGE, STORE, HUNG_UP, TERMINATED = 1, 2, 3, 129, 143
LEAVE_SECONDS = 10.0
"""What a session has to keep its drafts and end, before it is cancelled."""

CRASHED = "okrtui has made a mistake, and this session has ended. What you typed is kept: come again to go on."

ROOM_SECONDS = 0.02
"""How often it is looked whether there is room for more of what a command prints."""

_OF_A_TERMINAL = ("COLORTERM", "NO_COLOR")
"""What is taken of the variables that a client sends."""
_LONGEST_VARIABLE = 64
_MOST_EARLY = 64 * 1024


class Application(Protocol):
    """What runs on somebody's terminal."""

    last_words: str
    """What is said to them on the terminal that they have back."""

    async def run_on_line(self) -> int:
        """Run until they leave; the exit status.

        Raises:
            Exception: a mistake in the program.
        """

    def leave(self, status: int) -> None:
        """End, with what is open finished first."""


class Write(Protocol):
    """Writes what was printed, as an error or not."""

    def __call__(self, data: bytes, *, error: bool) -> None: ...


class Command(Protocol):
    """One command that somebody sent, running."""

    def feed(self, data: bytes) -> None:
        """Give it input."""

    def end_input(self) -> None:
        """There is no more."""

    async def run(self, write: Write, room: Callable[[], Awaitable[None]]) -> int:
        """Run it, with what it prints (and whether as an error) written where there is room; the exit status."""

    def stop(self) -> None:
        """End it."""


class Made(Protocol):
    """Makes what a sitting runs."""

    def application(self, guest: Holder, line: Line, terminal: Mapping[str, str]) -> Application:
        """The interface for somebody on a line."""

    def command(self, guest: Holder, words: str) -> Command:
        """A command that somebody sent."""


class Sitting(asyncssh.SSHServerSession[bytes]):
    """A channel, as a :class:`~okrtui.terminal.channel.Line` and as what runs on it."""

    def __init__(self, guest: Holder, made: Made, places: Places, gone: Callable[[Sitting], None]) -> None:
        """``gone`` is told when the channel is no more."""
        self.guest = guest
        self._made, self._places, self._gone = made, places, gone
        self.size = (0, 0)
        self._reader: ChannelDriver | None = None
        self._early = b""
        self._term = ""
        self._words: str | None = None
        self._command: Command | None = None
        self._application: Application | None = None
        self._task: asyncio.Task[None] | None = None
        self._farewell = ""
        self._is_lost = self._no_more = False
        self.heard = monotonic()
        self._written = self._taken = 0
        self._moved = monotonic()

    # What a client asks for

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Mapping[int, int]
    ) -> bool:
        del term_modes
        self._term, self.size = term_type, term_size[:2]
        return True

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        self._words = command
        return True

    def session_started(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._sit(), name=f"sitting of {self.guest.handle}")

    # What it sends

    def data_received(self, data: bytes, datatype: int | None) -> None:
        del datatype
        self.heard = monotonic()
        if self._command is not None:
            self._command.feed(data)
        elif self._reader is not None:
            self._reader.feed(data)
        else:
            self._early = (self._early + data)[:_MOST_EARLY]

    def eof_received(self) -> bool:
        if self._words is None:
            self._hang_up()
        elif self._command is not None:
            self._command.end_input()
        else:
            self._no_more = True
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        del pixwidth, pixheight
        self.size = (width, height)
        if self._reader is not None:
            self._reader.resized()

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._gone(self)
        self._is_lost = True
        self._hang_up()

    def _hang_up(self) -> None:
        if self._command is not None:
            self._command.stop()
        elif self._reader is not None:
            self._reader.hung_up()
        elif self._application is not None:
            self._application.leave(HUNG_UP)

    def attach(self, reader: ChannelDriver) -> None:
        """Tell a driver of what comes from the terminal from now on, and of what has come before."""
        self._reader, early, self._early = reader, self._early, b""
        if early:
            asyncio.get_running_loop().call_soon(reader.feed, early)

    # What is sent to it

    @property
    def waiting(self) -> int:
        """Bytes that the client has not taken yet: here, and in what the system holds no room for."""
        transport = (
            self._channel.get_connection()._transport if not self._is_lost else None
        )  # it says nothing of it itself
        held = transport.get_write_buffer_size() if transport is not None else 0
        return self._channel.get_write_buffer_size() + held

    def write(self, data: bytes) -> None:
        """Send bytes."""
        self._send(data, error=False)

    def _send(self, data: bytes, *, error: bool) -> None:
        if not self._is_lost and not self._channel.is_closing():
            self._written += len(data)
            (self._channel.write_stderr if error else self._channel.write)(data)

    async def room(self) -> None:
        """Wait until the client has taken what waits for it, but for a little; no longer than it is there."""
        while not self._is_lost and self.waiting > MOST_WAITING:  # noqa: ASYNC110  # the transport tells asyncssh alone
            await asyncio.sleep(ROOM_SECONDS)

    @property
    def is_stalled(self) -> bool:
        """Whether the client has taken nothing for too long of what waits for it; asked now and then."""
        taken, now = self._written - self.waiting, monotonic()
        if taken != self._taken or taken == self._written:
            self._taken, self._moved = taken, now
        return now - self._moved > STALLED_SECONDS

    # The sitting itself

    def ask_to_leave(self, sentence: str, status: int = TERMINATED) -> None:
        """End it, with what was typed kept, and say why."""
        self._farewell = sentence
        if self._command is not None:
            self._command.stop()
        elif self._application is not None:
            self._application.leave(status)

    def drop(self) -> None:
        """Take the client for gone."""
        self._channel.get_connection().abort()

    async def ended(self) -> None:
        """Wait for the end, which is forced where it does not come by itself."""
        if self._task is None:
            return
        done, _ = await asyncio.wait([self._task], timeout=LEAVE_SECONDS)
        if not done:
            log.error("the session of %s did not end: it was cancelled", self.guest.handle)
            self._task.cancel()
            await asyncio.wait([self._task], timeout=LEAVE_SECONDS)

    async def _sit(self) -> None:
        began = monotonic()
        try:
            with self._places.taken_by(self.guest.person_id):
                status = await (self._run_command() if self._words else self._run_application())
        except OkrtuiError as error:
            self._say(str(error))
            status = REFUSED
        except Exception:  # whatever it is, it ends this session alone
            log.exception("the session of %s has crashed", self.guest.handle)
            self._say(CRASHED)
            status = REFUSED
        log.info("%s left after %d s with %d", self.guest.handle, monotonic() - began, status)
        if not self._is_lost:
            self._channel.exit(status)

    def _say(self, sentence: str) -> None:
        self._send(f"{sentence}\r\n".encode("utf-8", "replace"), error=not self._term)

    async def _run_application(self) -> int:
        if self._term in {"", "dumb"}:
            self._say(forced.NO_TERMINAL)
            return WRONG_USAGE
        self._application = self._made.application(self.guest, self, self._terminal())
        try:
            status = await self._application.run_on_line()
        finally:
            said, self._application, self._reader = self._application.last_words, None, None
        if said or self._farewell:
            self._say(said or self._farewell)
        return status

    def _terminal(self) -> Mapping[str, str]:
        """The variables of the client's terminal, those alone that say what it can show."""
        sent = self._channel.get_environment()
        told = {name: sent[name][:_LONGEST_VARIABLE] for name in _OF_A_TERMINAL if name in sent}
        return {"TERM": self._term, **told}

    async def _run_command(self) -> int:
        self._command = command = self._made.command(self.guest, self._words or "")
        command.feed(self._early)
        if self._no_more:
            command.end_input()
        try:
            return await command.run(self._print, self.room)
        finally:
            self._command = None

    def _print(self, data: bytes, *, error: bool) -> None:
        """Print what a command printed; a terminal that was asked for is in no state to turn the lines itself."""
        if self._term:
            data = data.replace(b"\n", b"\r\n")
        self._send(data, error=error and not self._term)
