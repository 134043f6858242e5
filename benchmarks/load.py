"""What `okrtui serve` bears: many sessions in one process, some of them typing, others coming at once, and a report asked for.

    python -m benchmarks.load [--sessions 150] [--typing 10] [--seconds 300] [--arriving 40] [--large FILE] [--each]

Prints JSON: the milliseconds from a key to what it draws, in each phase; the megabytes of the server with one session and
with all, the share of a core it takes while nobody presses anything; and how long the first frame takes after the handshake.
``--each`` measures a process for each session beside it, as OpenSSH with a forced command has them, without the load. The
clients are a process of their own, on the same machine: what they take of it, they take from the server.
"""

from __future__ import annotations

import asyncio
import json
import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import asyncssh
import click

from benchmarks.memory import resident
from okrtui.demo import build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

PEOPLE = 10
"""People who come, each several times."""
STOP_SECONDS = 60.0
"""What a server has to end."""
SIZE = (100, 30)
SHOWN = b"What happened"
"""Stands in everybody's room, once it is drawn whole."""
ASKS_FOR_FRAMES, KNOWS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Whether a terminal shows frames whole, and that it does: what most of today's do."""
KEY_SECONDS = 0.2
"""Between two keys of somebody who types: sixty words a minute."""
LETTERS = "the quick brown fox jumps over the lazy dog "
TICK = os.sysconf("SC_CLK_TCK")


def people(path: Path) -> list[str]:
    """People of the file, from all over it."""
    listed = subprocess.run(
        [sys.executable, "-m", "okrtui", "--db", path, "person", "list", "--json"], capture_output=True, check=True
    )
    found = [one["handle"] for one in json.loads(listed.stdout) if one["active"]]
    return found[:: max(1, len(found) // PEOPLE)][:PEOPLE]


def keys_of(path: Path) -> list[asyncssh.SSHKey]:
    """New keys, let in for people of the file."""
    keys = []
    for handle in people(path):
        keys.append(asyncssh.generate_private_key("ssh-ed25519"))
        subprocess.run(
            [sys.executable, "-m", "okrtui", "--db", str(path), "keys", "add", handle, "-"],
            input=keys[-1].export_public_key(),
            check=True,
            capture_output=True,
        )
    return keys


def processor(pid: int) -> float:
    """The seconds of a core that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


@dataclass
class Seat(asyncssh.SSHClientSession[bytes]):
    """One session of somebody: what was printed, and when the last of it came."""

    printed: bytearray = field(default_factory=bytearray)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    last: float = 0.0
    channel: asyncssh.SSHClientChannel[bytes] | None = None

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        self.channel = chan

    def data_received(self, data: bytes, datatype: int | None) -> None:
        del datatype
        self.last = time.perf_counter()
        self.printed += data
        self.came.set()
        if ASKS_FOR_FRAMES in data and self.channel is not None:
            self.channel.write(KNOWS_FRAMES)

    async def until(self, wanted: bytes, limit: float = 60.0) -> float:
        """When these bytes had been printed.

        Raises:
            TimeoutError: they were not.
        """
        async with asyncio.timeout(limit):
            while wanted not in self.printed:
                self.came.clear()
                await self.came.wait()
        return self.last

    async def key(self, channel: asyncssh.SSHClientChannel[bytes], text: str, limit: float = 20.0) -> float:
        """Seconds from a key to the first of what it draws."""
        self.came.clear()
        began = time.perf_counter()
        channel.write(text.encode())
        async with asyncio.timeout(limit):
            await self.came.wait()
        return self.last - began


@dataclass
class Came:
    """A session that has come, and the seconds from the handshake's end to its first frame."""

    connection: asyncssh.SSHClientConnection
    channel: asyncssh.SSHClientChannel[bytes]
    seat: Seat
    first_frame: float


class Server:
    """The server as a process, and its clients."""

    def __init__(self, path: Path, keys: list[asyncssh.SSHKey], port: int, pid: int) -> None:
        self.path, self.keys, self.port, self.pid = path, keys, port, pid
        self._next = 0

    async def come(self) -> Came:
        """One more session, of the next of the people."""
        key = self.keys[self._next % len(self.keys)]
        self._next += 1
        connection = await asyncssh.connect(
            "127.0.0.1", self.port, known_hosts=None, client_keys=[key], username="okr", config=None, agent_path=None
        )
        began = time.perf_counter()
        seat = Seat()
        channel, _ = await connection.create_session(
            lambda: seat, term_type="xterm-256color", term_size=SIZE, encoding=None, env={"COLORTERM": "truecolor"}
        )
        return Came(connection, channel, seat, await seat.until(SHOWN) - began)

    @property
    def megabytes(self) -> float:
        """What it holds in memory."""
        return resident(self.pid)

    async def idle(self, seconds: float) -> float:
        """The share of a core that it takes while nobody presses anything."""
        before = processor(self.pid)
        await asyncio.sleep(seconds)
        return (processor(self.pid) - before) / seconds


@asynccontextmanager
async def serving(path: Path, keys: list[asyncssh.SSHKey], sessions: int) -> AsyncIterator[Server]:
    """A server over a file."""
    okrtui = [sys.executable, "-m", "okrtui", "--db", str(path)]
    words = ["serve", "--listen", "127.0.0.1:0", "--json", "--sessions", str(sessions), "--a-person", str(sessions)]
    process = await asyncio.create_subprocess_exec(
        *okrtui, *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        said = json.loads(await process.stdout.readuntil(b"}\n")) if process.stdout else {}
        yield Server(path, keys, said["port"], process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:  # it stands still
            process.kill()
            await process.wait()


def told(seconds: Iterable[float]) -> dict[str, float]:
    """The middle, the 95th in a hundred and the longest of some durations, in milliseconds."""
    found = sorted(seconds)
    return {
        "p50": round(median(found) * 1000, 1),
        "p95": round(found[int(len(found) * 0.95)] * 1000, 1),
        "max": round(found[-1] * 1000, 1),
        "count": len(found),
    }


async def at_a_form(came: list[Came], count: int) -> list[Came]:
    """So many sessions with the form of a comment open, in which letters are text.

    Raises:
        ValueError: fewer people have anything to comment on.
    """
    found: list[Came] = []
    for one in came:
        one.seat.printed.clear()
        one.channel.write(b"c")
        with suppress(TimeoutError):
            await one.seat.until(b"Comment on", limit=5)
            found.append(one)
        if len(found) == count:
            await asyncio.sleep(1)
            return found
    raise ValueError(f"{len(found)} of {len(came)} sessions have something to comment on")


async def typing(one: Came, seconds: float, offset: float) -> list[float]:
    """Type for so long; how long each key took."""
    await asyncio.sleep(offset)
    found, end, at = [], time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        found.append(await one.seat.key(one.channel, LETTERS[at % len(LETTERS)]))
        at += 1
        await asyncio.sleep(max(0.0, KEY_SECONDS - found[-1]))
    return found


async def all_typing(those: list[Came], seconds: float) -> dict[str, float]:
    """Type, all of these at once."""
    step = KEY_SECONDS / max(1, len(those))
    found = await asyncio.gather(*(typing(one, seconds, at * step) for at, one in enumerate(those)))
    return told(key for each in found for key in each)


async def arriving(server: Server, count: int) -> dict[str, object]:
    """Let so many come at once; the milliseconds from the handshake to the first frame, and until all had theirs."""
    began, before = time.perf_counter(), processor(server.pid)
    came = await asyncio.gather(*(server.come() for _ in range(count)))
    whole, taken = time.perf_counter() - began, processor(server.pid) - before
    for one in came:
        one.connection.abort()
    return {
        "first_frame_ms": told(one.first_frame for one in came),
        "all_within_s": round(whole, 2),
        "processor_ms_each": round(taken / count * 1000, 1),
    }


async def reporting(server: Server) -> float:
    """Ask for a report as a command; the seconds it takes."""
    key = server.keys[0]
    began = time.perf_counter()
    async with asyncssh.connect(
        "127.0.0.1", server.port, known_hosts=None, client_keys=[key], username="okr", config=None, agent_path=None
    ) as connection:
        await connection.run("report --format html", check=True)
    return time.perf_counter() - began


async def measure(
    path: Path, keys: list[asyncssh.SSHKey], sessions: int, typists: int, seconds: float, arrivals: int
) -> dict[str, object]:
    """All of it, over one file."""
    found: dict[str, object] = {}
    short = min(10.0, seconds)
    async with serving(path, keys, sessions + arrivals + 1) as server:
        found["arriving_at_an_empty_server"] = await arriving(server, arrivals)
        await asyncio.sleep(3)
    async with serving(path, keys, sessions + arrivals + 1) as server:
        before = server.megabytes
        came = [await server.come()]
        await asyncio.sleep(3)
        one = server.megabytes
        while len(came) < sessions:
            came += await asyncio.gather(*(server.come() for _ in range(min(5, sessions - len(came)))))
        await asyncio.sleep(short)
        whole = server.megabytes
        found["megabytes"] = {
            "empty": round(before, 1),
            "one": round(one, 1),
            "all": round(whole, 1),
            "each_beyond_the_first": round((whole - one) / max(1, sessions - 1), 2),
        }
        found["first_frame_ms"] = told(each.first_frame for each in came)
        found["idle_share_of_a_core"] = round(await server.idle(min(30.0, seconds)), 4)
        those = await at_a_form(came, typists)
        found["echo_ms"] = await all_typing(those, seconds)
        typed = asyncio.create_task(all_typing(those, 1.0 + short))
        await asyncio.sleep(1)
        report = await reporting(server)
        found["echo_ms_while_a_report_is_asked_for"] = await typed
        found["report_s"] = round(report, 2)
        typed = asyncio.create_task(all_typing(those, 1.0 + short))
        await asyncio.sleep(1)
        found["arriving"] = await arriving(server, arrivals)
        found["echo_ms_while_others_arrive"] = await typed
        for each in came:
            each.connection.abort()
    return found


class Own:
    """A session with a process of its own, on a pty."""

    def __init__(self, path: Path, handle: str) -> None:
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            os.environ |= {
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 2",
            }
            os.environ |= {"COLUMNS": str(SIZE[0]), "LINES": str(SIZE[1])}
            os.execv(sys.executable, [sys.executable, "-m", "okrtui", "--db", str(path), "--as", handle])

    def until_shown(self) -> None:
        """Wait for the first frame."""
        printed = b""
        while SHOWN not in printed:
            printed += os.read(self._descriptor, 65536)

    def drain(self) -> None:
        """Read what was printed since."""
        while select.select([self._descriptor], [], [], 0)[0]:
            os.read(self._descriptor, 65536)

    def end(self) -> None:
        """End it."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._descriptor)


def proportional(pid: int) -> float:
    """The megabytes of a process, what it shares with others counted by its share."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    raise ValueError(pid)


def measure_each(path: Path, sessions: int, seconds: float) -> dict[str, object]:
    """What so many sessions hold, and take in these seconds, with a process each."""
    handles = people(path)
    those = []
    try:
        for at in range(sessions):
            those.append(Own(path, handles[at % len(handles)]))
            those[-1].until_shown()
        time.sleep(min(5.0, seconds))
        before = sum(processor(one.pid) for one in those)
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            for one in those:
                one.drain()
            time.sleep(0.5)
        idle = (sum(processor(one.pid) for one in those) - before) / (time.perf_counter() - began)
        held = [proportional(one.pid) for one in those]
        return {
            "sessions": sessions,
            "megabytes_each": round(sum(held) / len(held), 1),
            "megabytes": round(sum(held)),
            "idle_share_of_a_core": round(idle, 3),
        }
    finally:
        for one in those:
            one.end()


@click.command()
@click.option("--sessions", default=150, show_default=True, help="How many there are.")
@click.option("--typing", "typists", default=10, show_default=True, help="How many of them type.")
@click.option("--seconds", default=300.0, show_default=True, help="How long they type.")
@click.option("--arriving", "arrivals", default=40, show_default=True, help="How many come at once.")
@click.option("--large", type=click.Path(path_type=Path), help="A large demo that was kept, instead of the small one.")
@click.option("--each", default=0, help="Measure so many sessions with a process each, too.")
def main(*, sessions: int, typists: int, seconds: float, arrivals: int, large: Path | None, each: int) -> None:
    """Measure what a server bears."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.db" if large is None else large
        if large is None:
            build(path, datetime.now(UTC))
        found: dict[str, object] = {"sessions": sessions, "typing": typists, "seconds": seconds}
        found |= asyncio.run(measure(path, keys_of(path), sessions, typists, seconds, arrivals))
        if each:
            found["a_process_each"] = measure_each(path, each, min(20.0, seconds))
    click.echo(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
