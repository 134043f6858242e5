"""What a key costs: from the key to the end of what it draws, and the bytes it sends, beside a plain list.

    python -m benchmarks.keys [--keys 40] [--large FILE]

Prints JSON: for the room and the board, and for an application with one OptionList of the same rows, the median
milliseconds and bytes of moving the cursor down and up, on a real pty of 80 by 24. All take turns. The bars: at most 1 KB a
key, and 1.5 times the plain list.
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
FRAME = 0.04  # seconds without output after which a key has been answered


class Terminal:
    """A program on a pty, its keys and what it prints."""

    def __init__(self, command: list[str]) -> None:
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "80", "LINES": "24"}
            os.execv(command[0], command)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._descriptor)

    def until(self, wanted: bytes, limit: float = 30.0) -> None:
        """Wait until these bytes were printed, and for the screen to come to rest.

        Raises:
            TimeoutError: they did not come.
        """
        printed, end = b"", time.perf_counter() + limit
        while wanted not in printed:
            if time.perf_counter() > end:
                raise TimeoutError(f"nothing printed {wanted!r}")
            printed += self._read(REST)
        while self._read(REST):
            pass

    def _read(self, wait: float) -> bytes:
        return os.read(self._descriptor, 65536) if select.select([self._descriptor], [], [], wait)[0] else b""

    def press(self, keys: bytes) -> tuple[float, int]:
        """Press; the seconds until the last of what it draws was printed, and its bytes."""
        began = time.perf_counter()
        os.write(self._descriptor, keys)
        last, count = began, 0
        wait = 1.0
        while got := self._read(wait):
            last, count, wait = time.perf_counter(), count + len(got), FRAME
        return last - began, count


def measure(path: Path, keys: int) -> dict[str, object]:
    """Medians of each program, and the ratios."""
    own = [sys.executable, "-m", "okrtui", "--db", str(path), "--as", PERSON]
    found: dict[str, list[tuple[float, int]]] = {"plain list": [], "room": [], "board": []}
    with Terminal([sys.executable, "-c", PLAIN]) as plain, Terminal(own) as room, Terminal(own) as board:
        plain.until(b"READY")
        room.until(b"reporting")
        board.until(b"reporting")
        board.press(b"3")
        board.until(b"")
        each = {"plain list": plain, "room": room, "board": board}
        for turn in range(keys):
            for name, terminal in each.items():
                found[name].append(terminal.press(b"\x1b[A" if turn % 2 else b"\x1b[B"))
    milliseconds = {name: statistics.median(one[0] for one in each) * 1000 for name, each in found.items()}
    sent = {name: statistics.median(one[1] for one in each) for name, each in found.items()}
    return {
        "milliseconds": {name: round(one, 2) for name, one in milliseconds.items()},
        "bytes": sent,
        "ratios": {
            f"{name} / plain list": round(milliseconds[name] / milliseconds["plain list"], 2)
            for name in ("room", "board")
        },
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
