"""How long the event loop is held up: by keys, by pages that are gone to, and by news of what others do.

    python -m benchmarks.pauses [--large FILE] [--keys 200]

Prints JSON: milliseconds of the longest pause of each key, each letter typed into a form or a search, and each page gone to,
as the 50th and the 99th of a hundred and the longest, on the small demo and on FILE. A heartbeat asks to be woken every two milliseconds on the loop of the real
application, drawn for 80 by 24; how much later it wakes is the pause, and of it what the loop's own thread worked stands
beside it, as a busy machine adds to the first alone. Meanwhile another process checks in twice a second. First visits mount
a page, opening a form mounts that, and both stand by themselves. The bar: a 99th of 50 ms.
"""

from __future__ import annotations

import asyncio
import gc
import json
import select
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from benchmarks.screens import session_at
from okrtui.demo import build
from okrtui.service import checkins, weekly
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from okrtui.app import OkrtuiApp
    from okrtui.service.session import Session

BEAT = 0.002
PAGES = ("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8")
DIALOGS = (
    ("f1", "a"),
    ("f1", "T"),
    ("f1", "slash"),
    ("f1", "ctrl+p"),
    ("f2", "c"),
    ("f3", "a"),
    ("f3", "c"),
    ("f3", "e"),
    ("f6", "slash"),
    ("f7", "a"),
)
"""Where a form, a list to choose from or a field is opened, and by which key."""
TYPED = "weekends are covered"


class Pause(NamedTuple):
    """Milliseconds in which nothing else could run on the loop."""

    clock: float
    processor: float


class Heart:
    """Beats on the loop; what a beat comes late by is a pause."""

    def __init__(self) -> None:
        self._longest = Pause(0.0, 0.0)

    async def beat(self) -> None:
        """Beat until cancelled."""
        while True:
            began, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(BEAT)
            late, work = time.perf_counter() - began - BEAT, time.thread_time() - worked
            self._longest = Pause(max(self._longest.clock, late * 1000), max(self._longest.processor, work * 1000))

    async def longest_of(self, what: Awaitable[object], rest: float) -> Pause:
        """The longest pause while something is done and for a rest after it."""
        self._longest = Pause(0.0, 0.0)
        await what
        await asyncio.sleep(rest)
        return self._longest


@contextmanager
def news(path: Path) -> Iterator[None]:
    """Another process that checks in twice a second, once it has begun to."""
    command = [sys.executable, "-m", "benchmarks.pauses", "--others", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None or process.stdout.readline() != "begun\n":
            raise RuntimeError("nobody checks in")
        yield
        process.communicate()


def check_in(path: Path) -> None:
    """Be the other process: until the input ends."""
    with Store.open(path) as store:
        session = session_at(store)
        ref = next(one.card.ref for one in weekly.queue(session) if not one.steps)
        turn = 0
        while turn == 0 or not select.select([sys.stdin], [], [], 0.5)[0]:
            turn += 1
            checkins.check_in(session, ref, {"value": turn, "confidence": 6, "context": f"Counted {turn} times"})
            if turn == 1:
                click.echo("begun")


def application(path: Path) -> OkrtuiApp:
    """The application over a file, as the demo's person."""
    from okrtui.app import OkrtuiApp  # noqa: PLC0415  # after the settings that Textual reads

    def identify(store: Store) -> Session:
        return session_at(store)

    gc.disable()  # as the command does: the application takes the collector up again
    app = OkrtuiApp(path, identify)
    app.animation_level = "none"
    return app


async def walked(path: Path, keys: int) -> dict[str, list[Pause]]:
    """The longest pause of each first visit and each dialog opened, of each key, of each typed, and of each page gone to again."""
    heart = Heart()
    found: dict[str, list[Pause]] = {"mounting": [], "keys": [], "typing": [], "pages": []}
    async with application(path).run_test(size=(80, 24)) as pilot:
        beating = asyncio.create_task(heart.beat())
        for page in PAGES:
            found["mounting"].append(await heart.longest_of(pilot.press(page), 0.7))
        with news(path):
            for page in PAGES:
                found["pages"].append(await heart.longest_of(pilot.press(page), 0.3))
                for turn in range(keys // len(PAGES)):
                    key = pilot.press("k" if turn % 10 > 4 else "j")
                    found["keys"].append(await heart.longest_of(key, 0.03))
            for page, opens in DIALOGS:
                found["pages"].append(await heart.longest_of(pilot.press(page), 0.3))
                found["mounting"].append(await heart.longest_of(pilot.press(opens), 0.7))
                for letter in TYPED:
                    typed = pilot.press("space" if letter == " " else letter)
                    found["typing"].append(await heart.longest_of(typed, 0.1))
                await pilot.press("escape", "escape")
            for page in PAGES * 3:
                found["pages"].append(await heart.longest_of(pilot.press(page), 0.3))
        beating.cancel()
    return found


def figures(pauses: list[Pause]) -> dict[str, dict[str, float]]:
    """The middle, the 99th of a hundred, and the longest, by the clock and of the processor."""
    found = {}
    for which, each in (
        ("by the clock", [one.clock for one in pauses]),
        ("processor", [one.processor for one in pauses]),
    ):
        parts = statistics.quantiles(each, n=100, method="inclusive")
        found[which] = {"p50": round(parts[49], 1), "p99": round(parts[98], 1), "longest": round(max(each), 1)}
    return found


@click.command()
@click.option(
    "--large", type=click.Path(path_type=Path), help="A large demo that was kept; a check-in of it is revised."
)
@click.option("--keys", default=200, show_default=True, help="How many keys are pressed.")
@click.option("--others", type=click.Path(path_type=Path), hidden=True)
def main(large: Path | None, keys: int, others: Path | None) -> None:
    """Measure the loop's pauses."""
    if others is not None:
        check_in(others)
        return
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.db"
        build(small, datetime.now(UTC))
        found = {}
        for name, path in (("small demo", small), ("large demo", large)):
            if path is not None:
                pauses = asyncio.run(walked(path, keys))
                found[name] = {what: figures(each) for what, each in pauses.items()}
    click.echo(json.dumps({"milliseconds": found}, indent=2))


if __name__ == "__main__":
    main()
