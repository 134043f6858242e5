"""What `okrtui serve` holds after an hour of people who come, do something and go again.

    python -m benchmarks.soak [--sessions 40] [--minutes 60] [--stay 90] [--patience 20]

Prints JSON: the server's memory after ten minutes (a sixth of a shorter time) and at the end, how many visits there were, by how they
ended, how many ended otherwise than whoever came meant to, and what took too long. People leave by a key, drop the line in the middle
of a form, close their side, read nothing any more before they are gone, type bytes at random, or run a command.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import asyncssh
import click

from benchmarks.load import Came, Server, keys_of, serving
from okrtui.demo import build

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

PAGES = "12345678"
MOVES = ("j", "j", "j", "k", "l", "h", "?", "\x1b[27u", "\x10", "\x1b[27u", "]", "\x1b[27u")
QUIT = b"\x11"
LONGEST_SECONDS = 60.0
"""How long somebody who comes waits at most for the first frame, or for what a command says: a server that stands still is told of."""


async def walk(came: Came, chance: random.Random, seconds: float) -> None:
    """Turn to a page now and then, and move about on it, as somebody who reads more than they press."""
    end, longest = time.monotonic() + seconds, min(8.0, seconds / 6)
    while time.monotonic() < end:
        came.channel.write(chance.choice(PAGES).encode())
        for _ in range(chance.randrange(2, 8)):
            await asyncio.sleep(chance.uniform(longest / 8, longest))
            came.channel.write(chance.choice(MOVES).encode())
    came.channel.write(b"\x1b[27u\x1b[27u")


async def in_a_form(came: Came) -> None:
    """Open the form of a comment and write something, where there is anything to comment on."""
    came.channel.write(b"2c")
    await asyncio.sleep(1)
    came.channel.write(b"Seen from the floor")
    await asyncio.sleep(1)


async def quits(came: Came) -> None:
    """Leave by the key; the form's words are kept."""
    await in_a_form(came)
    came.channel.write(QUIT)
    await came.channel.wait_closed()


async def saves(came: Came) -> None:
    """Say something, and leave by the key."""
    await in_a_form(came)
    came.channel.write(b"\x13")
    await asyncio.sleep(1)
    came.channel.write(QUIT)
    await came.channel.wait_closed()


async def drops(came: Came) -> None:
    """Be cut off in the middle of a form."""
    await in_a_form(came)


async def closes(came: Came) -> None:
    """Say that nothing more will come."""
    came.channel.write_eof()
    await came.channel.wait_closed()


async def stalls(came: Came) -> None:
    """Read nothing for a while, with a screen that changes."""
    came.channel.pause_reading()
    for page in PAGES:
        came.channel.write(page.encode())
        await asyncio.sleep(0.2)


async def storms(came: Came) -> None:
    """Send what no terminal sends; what it comes to, it may come to: a quit, too."""
    chance = random.Random(came.seat.last)  # noqa: S311  # no secret
    with suppress(BrokenPipeError, OSError):
        for _ in range(20):
            came.channel.write(chance.randbytes(200).replace(QUIT, b""))
            await asyncio.sleep(0.1)


WAYS: tuple[Callable[[Came], Awaitable[None]], ...] = (quits, saves, drops, closes, stalls, storms)


class Soak:
    """A server, those who visit it, and what became of them."""

    def __init__(self, server: Server, stay: float, end: float, patience: float) -> None:
        self._server, self._stay, self._end, self._patience = server, stay, end, patience
        self._chance = random.Random(11)  # noqa: S311  # no secret
        self.ended: Counter[str] = Counter()
        self.otherwise: list[str] = []
        """How visits ended that were meant to go on."""
        self.late: Counter[str] = Counter()
        """What took longer than somebody waits for it, without having ended."""

    async def seat(self) -> None:
        """One place, taken by one visitor after the other."""
        await asyncio.sleep(self._chance.uniform(0, self._stay))
        while time.monotonic() < self._end:
            await (self._command() if self._chance.random() < 0.1 else self._visit())

    async def _visit(self) -> None:
        way = self._chance.choice(WAYS)
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                came = await self._server.come()
        except TimeoutError:
            self.late["coming"] += 1
            return
        except (OSError, asyncssh.Error) as error:
            self.otherwise.append(f"coming: {error!r}")
            return
        try:
            await walk(came, self._chance, self._chance.uniform(0.2, 1.8) * self._stay)
            if came.channel.is_closing():
                self.otherwise.append(f"before it {way.__name__}: {came.channel.get_exit_status()}")
                return
            async with asyncio.timeout(self._patience):
                await way(came)
            self.ended[way.__name__] += 1
        except TimeoutError:
            self.late[way.__name__] += 1
        except OSError as error:
            self.otherwise.append(f"{way.__name__}: {error!r}")
        finally:
            came.connection.abort()

    async def _command(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                done = await self._due()
        except TimeoutError:
            self.late["command"] += 1
            return
        except (OSError, asyncssh.Error) as error:
            self.otherwise.append(f"command: {error!r}")
            return
        if done.exit_status == 0:
            self.ended["command"] += 1
        else:
            self.otherwise.append(f"command: {done.exit_status} {done.stderr!r}")

    async def _due(self) -> asyncssh.SSHCompletedProcess:
        async with asyncssh.connect(
            "127.0.0.1",
            self._server.port,
            known_hosts=None,
            client_keys=[self._chance.choice(self._server.keys)],
            username="okr",
            config=None,
            agent_path=None,
        ) as connection:
            return await connection.run("due --json")


async def measure(path: Path, sessions: int, minutes: float, stay: float, patience: float) -> dict[str, object]:
    """All of it."""
    async with serving(path, keys_of(path), 2 * sessions) as server:
        began = time.monotonic()
        soak = Soak(server, stay, began + minutes * 60, patience)
        seats = asyncio.gather(*(soak.seat() for _ in range(sessions)))
        held: list[float] = []
        while not seats.done() and time.monotonic() < began + minutes * 60:
            await asyncio.wait([seats], timeout=15)
            held.append(server.megabytes)
        await seats
        early = held[int(len(held) * min(10 / minutes, 1 / 6))]
        late = sorted(held[-8:])[len(held[-8:]) // 2]
        return {
            "sessions": sessions,
            "minutes": minutes,
            "visits": dict(soak.ended) | {"all": soak.ended.total()},
            "ended_otherwise": soak.otherwise,
            "late": dict(soak.late),
            "megabytes": {"early": round(early, 1), "end": round(late, 1), "most": round(max(held), 1)},
            "megabytes_by_tenths": [round(held[len(held) * tenth // 10]) for tenth in range(10)],
            "end_against_early": round(late / early, 3),
        }


@click.command()
@click.option("--sessions", default=40, show_default=True, help="How many are there at once.")
@click.option("--minutes", default=60.0, show_default=True, help="How long.")
@click.option("--stay", default=90.0, show_default=True, help="Seconds somebody stays, in the middle.")
@click.option("--patience", default=20.0, show_default=True, help="Seconds within which somebody who leaves is gone.")
def main(*, sessions: int, minutes: float, stay: float, patience: float) -> None:
    """Measure what a server holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.db"
        build(path, datetime.now(UTC))
        click.echo(json.dumps(asyncio.run(measure(path, sessions, minutes, stay, patience)), indent=2))


if __name__ == "__main__":
    main()
