"""What a process with its screens open holds in memory, beside an application that shows one label.

    python -m benchmarks.memory [--large FILE]

Prints JSON: the resident megabytes of each, once its first content is on a real pty and it has come to rest. Without FILE
the small demo is opened.
"""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks.start import BARE
from okrtui.demo import PERSON, build

QUIET_SECONDS = 1.0


def resident(pid: int) -> float:
    """The megabytes of a process that are in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def at_rest(command: list[str], wanted: bytes, limit: float = 30.0) -> float:
    """Megabytes of a program on an 80 by 24 pty once these bytes were printed and nothing followed for a second.

    Raises:
        TimeoutError: they did not come.
    """
    pid, descriptor = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "80", "LINES": "24"}
        os.execv(command[0], command)
    printed, until = b"", time.perf_counter() + limit
    try:
        while time.perf_counter() < until:
            if select.select([descriptor], [], [], QUIET_SECONDS)[0]:
                printed += os.read(descriptor, 65536)
            elif wanted in printed:
                return resident(pid)
        raise TimeoutError(f"{command} did not print {wanted!r}")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(descriptor)


@click.command()
@click.option("--large", type=click.Path(path_type=Path), help="A large demo that was kept.")
def main(large: Path | None) -> None:
    """Measure memory."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.db"
        build(small, datetime.now(UTC))
        found = {"bare": at_rest([sys.executable, "-c", BARE], b"READY")}
        for name, path in (("room, small demo", small), ("room, large demo", large)):
            if path is not None:
                command = [sys.executable, "-m", "okrtui", "--db", str(path), "--as", PERSON]
                found[name] = at_rest(command, b"reporting")
    click.echo(json.dumps({"megabytes": {name: round(one, 1) for name, one in found.items()}}, indent=2))


if __name__ == "__main__":
    main()
