"""How long a start takes: the first content on a real pty, and a subcommand, beside programs that do less.

    python -m benchmarks.start [--rounds 15]

Prints JSON: the median seconds of each program, by the clock and of its processor, and the ratios that are compared. All run
in turns in one go, so that a noisy machine is as noisy for each; the processor's time is what others on it disturb least.
"""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.installed import compiled
from okrtui.demo import PERSON, build

BARE = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("READY")
Bare().run()
"""

# The room's own widgets, filled from what is at hand, and no file behind them.
SAME_WIDGETS = """
from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.widgets.option_list import Option
from widgets.lines import HeaderLine, KeyLine, StepLine
from widgets.listing import Listing
class Same(App):
    def compose(self):
        yield HeaderLine()
        with Horizontal():
            yield Listing(id="objectives", title="Objectives")
            with Vertical():
                yield Listing(id="needs", title="Needs you")
                yield Listing(id="activity", title="What happened")
        yield StepLine()
        yield KeyLine()
    def on_mount(self):
        for listing in self.query(Listing):
            listing.show([Option(f"READY {at}\\n  a second line", id=str(at)) for at in range(20)])
Same().run()
"""


COMPARED = (("okrtui", "bare"), ("okrtui", "same_widgets"), ("due", "okrtui"), ("due", "python"))


class Took(NamedTuple):
    """The seconds something took by the clock, and of the processor."""

    seconds: float
    processor: float


def seconds_until(command: list[str], wanted: bytes, limit: float = 20.0) -> Took:
    """What a program on an 80 by 24 pty took until these bytes were printed, or until it ended where none are given.

    Raises:
        TimeoutError: they did not come.
    """
    began = time.perf_counter()
    seconds = limit
    pid, descriptor = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "80", "LINES": "24"}
        os.execv(command[0], command)
    printed = b""
    try:
        while time.perf_counter() - began < limit:
            if select.select([descriptor], [], [], 0.05)[0]:
                try:
                    got = os.read(descriptor, 65536)
                except OSError:
                    got = b""
                if not got:
                    break
                printed += got
            if wanted and wanted in printed:
                break
        seconds = time.perf_counter() - began
    finally:
        os.kill(pid, signal.SIGKILL)
        used = os.wait4(pid, 0)[2]
        os.close(descriptor)
    if seconds >= limit or wanted not in printed:
        raise TimeoutError(f"{command} did not print {wanted!r}")
    return Took(seconds, used.ru_utime + used.ru_stime)


def measure(rounds: int) -> dict[str, object]:
    """Medians and ratios over this many rounds."""
    compiled()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "okr.db"
        build(path, datetime.now(UTC))
        own = [sys.executable, "-m", "okrtui", "--db", str(path), "--as", PERSON]
        programs: dict[str, tuple[list[str], bytes]] = {
            "python": ([sys.executable, "-c", "pass"], b""),
            "due": ([*own, "due"], b""),
            "bare": ([sys.executable, "-c", BARE], b"READY"),
            "same_widgets": ([sys.executable, "-c", SAME_WIDGETS], b"READY"),
            "okrtui": (own, b"reporting"),
        }
        times: dict[str, list[Took]] = {name: [] for name in programs}
        for _ in range(rounds):
            for name, (command, wanted) in programs.items():
                times[name].append(seconds_until(command, wanted))
    by_clock = {name: statistics.median(one.seconds for one in found) for name, found in times.items()}
    of_processor = {name: statistics.median(one.processor for one in found) for name, found in times.items()}
    return {
        "seconds": {name: round(found, 4) for name, found in by_clock.items()},
        "processor": {name: round(found, 4) for name, found in of_processor.items()},
        "ratios": _ratios(by_clock),
        "ratios of processor time": _ratios(of_processor),
    }


def _ratios(found: dict[str, float]) -> dict[str, float]:
    return {f"{one} / {other}": round(found[one] / found[other], 3) for one, other in COMPARED}


@click.command()
@click.option("--rounds", default=15, show_default=True, help="How often each program is started.")
def main(rounds: int) -> None:
    """Measure how long a start takes."""
    click.echo(json.dumps(measure(rounds), indent=2))


if __name__ == "__main__":
    main()
