"""A command that somebody sent: run in a process of its own, by the forced command that OpenSSH would run for their key."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from okrtui.remote import forced

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from okrtui.remote.serving.sitting import Write
    from okrtui.service.keys import Holder

AT_ONCE = 4
"""Commands that run at once; more wait for their turn."""
NICENESS = 5
"""By how much a command is less urgent than those who type."""
STOP_SECONDS = 3.0
_BLOCK = 32 * 1024
_MOST_INPUT = 16 * 1024 * 1024
KILLED = 137


class OwnProcess:
    """One command, as a child of the server."""

    def __init__(self, path: Path, guest: Holder, words: str, turn: asyncio.Semaphore) -> None:
        self._arguments = forced.arguments(path, guest.handle, guest.fingerprint)
        self._environment = forced.fixed_environment({}) | {forced.ORIGINAL: words}
        self._turn = turn
        self._input: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._given = 0
        self._process: asyncio.subprocess.Process | None = None
        self._is_stopped = False

    def feed(self, data: bytes) -> None:
        """Give it input; past what any command reads it is taken for gone."""
        self._given += len(data)
        if self._given > _MOST_INPUT:
            self.stop()
        elif data:
            self._input.put_nowait(data)

    def end_input(self) -> None:
        """There is no more."""
        self._input.put_nowait(None)

    def stop(self) -> None:
        """End it: in time by itself, else by force."""
        self._is_stopped = True
        self._input.put_nowait(None)
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()
            asyncio.get_running_loop().call_later(STOP_SECONDS, self._kill)

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def run(self, write: Write, room: Callable[[], Awaitable[None]]) -> int:
        """Run it, with what it prints written where there is room; the exit status."""
        async with self._turn:
            if self._is_stopped:
                return KILLED
            pipe = asyncio.subprocess.PIPE
            self._process = process = await asyncio.create_subprocess_exec(
                *self._arguments, env=self._environment, stdin=pipe, stdout=pipe, stderr=pipe
            )
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
            assert process.stdin is not None and process.stdout is not None and process.stderr is not None  # noqa: PT018, S101  # they were asked for
            giving = asyncio.create_task(self._give(process.stdin))
            try:
                await asyncio.gather(
                    _pass(process.stdout, partial(write, error=False), room),
                    _pass(process.stderr, partial(write, error=True), room),
                )
                status = await process.wait()
            finally:
                giving.cancel()
                self.stop()
        return status if status >= 0 else 128 - status

    async def _give(self, pipe: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # it reads no further
            while (data := await self._input.get()) is not None:
                pipe.write(data)
                await pipe.drain()
            pipe.close()


async def _pass(
    pipe: asyncio.StreamReader, write: Callable[[bytes], None], room: Callable[[], Awaitable[None]]
) -> None:
    while data := await pipe.read(_BLOCK):
        write(data)
        await room()
