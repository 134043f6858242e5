"""What a key costs: from the key to the end of what it draws, and the bytes it sends, beside a plain list.

    python -m benchmarks.keys [--keys 40] [--large FILE]

Prints JSON: for the room, and for an application with one OptionList of as many rows, the median milliseconds and bytes of
moving the cursor down and up, on a real pty of 80 by 24, in turns. The bars: at most 1 KB a key, and 1.5 times the plain
list. The board has a measure of its own.
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
import termios
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import click

from okrtui.demo import PERSON, build

PLAIN = """
from textual.app import App
from textual.widgets import OptionList
from textual.widgets.option_list import Option
class Plain(App):
    def compose(self):
        yield OptionList(*[Option(f"READY KR{at} Median time to a first answer falls\\n  week 9, confidence 6") for at in range(20)])
Plain().run()
"""
REST = 0.25  # seconds without output after which a screen has come to rest
RESTED = 0.2  # seconds after which the board has read and drawn the card its cursor rests on
FRAME = 0.04  # seconds without output after which a key has been answered


class Terminal:
    """A program on a pty, its keys and what it prints."""

    def __init__(self, command: list[str], size: tuple[int, int] = (80, 24)) -> None:
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            termios.tcsetwinsize(0, (size[1], size[0]))
            lines = {"COLUMNS": str(size[0]), "LINES": str(size[1])}
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", **lines}
            os.execv(command[0], command)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._descriptor)

    def until_printed(self, wanted: bytes, limit: float = 30.0) -> None:
        """Wait until these bytes were printed.

        Raises:
            TimeoutError: they did not come.
        """
        printed, end = b"", time.perf_counter() + limit
        while wanted not in printed:
            if time.perf_counter() > end:
                raise TimeoutError(f"nothing printed {wanted!r}")
            printed += self._read(REST)

    def until(self, wanted: bytes, limit: float = 30.0) -> None:
        """Wait until these bytes were printed, and for the screen to come to rest.

        Raises:
            TimeoutError: they did not come.
        """
        self.until_printed(wanted, limit)
        while self._read(REST):
            pass

    def _read(self, wait: float) -> bytes:
        return os.read(self._descriptor, 65536) if select.select([self._descriptor], [], [], wait)[0] else b""

    def drain(self) -> int:
        """The bytes that were printed since and are not read yet."""
        count = 0
        while got := self._read(0):
            count += len(got)
        return count

    def send(self, keys: bytes) -> None:
        """Press, and wait for nothing."""
        os.write(self._descriptor, keys)

    def press(self, keys: bytes, limit: float = 1.0) -> tuple[float, int]:
        """Press; the seconds until the last of what it draws was printed, and its bytes. It begins within ``limit`` seconds."""
        began = time.perf_counter()
        self.send(keys)
        last, count = began, 0
        wait = limit
        while got := self._read(wait):
            last, count, wait = time.perf_counter(), count + len(got), FRAME
        return last - began, count


def measure(path: Path, keys: int) -> dict[str, object]:
    """Medians of each program, and the ratio."""
    own = [sys.executable, "-m", "okrtui", "--db", str(path), "--as", PERSON]
    found: dict[str, list[tuple[float, int]]] = {"plain list": [], "room": []}
    with Terminal([sys.executable, "-c", PLAIN]) as plain, Terminal(own) as room:
        plain.until(b"READY")
        room.until(b"reporting")
        for turn in range(keys):
            for name, terminal in (("plain list", plain), ("room", room)):
                found[name].append(terminal.press(b"\x1b[A" if turn % 2 else b"\x1b[B"))
    milliseconds = {name: statistics.median(one[0] for one in each) * 1000 for name, each in found.items()}
    return {
        "milliseconds": {name: round(one, 2) for name, one in milliseconds.items()},
        "bytes": {name: statistics.median(one[1] for one in each) for name, each in found.items()},
        "ratios": {"room / plain list": round(milliseconds["room"] / milliseconds["plain list"], 2)},
    }


@click.command()
@click.option("--keys", default=40, show_default=True, help="How many keys each program is sent.")
@click.option("--large", type=click.Path(path_type=Path), help="A large demo that was kept, instead of the small one.")
def main(keys: int, large: Path | None) -> None:
    """Measure a key."""
    with tempfile.TemporaryDirectory() as folder:
        if large is None:
            large = Path(folder) / "small.db"
            build(large, datetime.now(UTC))
        click.echo(json.dumps(measure(large, keys), indent=2))


if __name__ == "__main__":
    main()
