"""Many processes that save at once: how long a save takes, and whether each gets its share.

    python -m benchmarks.writers [--seconds 5]

Prints JSON for 1, 8 and 64 processes that check in through the service as fast as they can for this long, in one file:
milliseconds from asking to the disk, saves a second, errors, and the saves of the slowest process against the mean.
The bars: no error, p99 under 500 ms, the slowest at least a third of the mean.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from okrtui.core.errors import OkrtuiError
from okrtui.demo import PERSON, build
from okrtui.service import checkins, weekly
from okrtui.service.session import Session
from okrtui.store import people
from okrtui.store.file import Store

CROWDS = (1, 8, 64)


def work(path: Path, seconds: float) -> dict[str, object]:
    """Check in until the time is up; how long each save took, in milliseconds, and what was refused."""
    with Store.open(path) as store:
        person = people.by_handle(store.connection, PERSON)
        session = Session(store, person.id if person else None)
        ref = next(one.card.ref for one in weekly.queue(session) if not one.steps)
        # What a process loads for its first save, and takes down at its end, is no wait for others: 64 of them beginning or
        # ending at once keep two cores busy for more than a second.
        checkins.check_in(session, ref, {"value": 0, "confidence": 6, "context": "Counted once"})
        _meet("ready")
        took: list[float] = []
        errors: list[str] = []
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            try:
                checkins.check_in(session, ref, {"value": len(took), "confidence": 6, "context": "Counted again"})
            except OkrtuiError as error:
                errors.append(str(error))
            took.append((time.perf_counter() - began) * 1000)
        _meet("finished")
    return {"took": took, "errors": errors}


def _meet(word: str) -> None:
    """Say how far this process is, and wait for the others."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    sys.stdin.readline()


def _all(processes: list[subprocess.Popen[str]], word: str) -> None:
    """Wait until every process says a word, and let them go on."""
    for process in processes:
        if process.stdout is None or process.stdout.readline() != f"{word}\n":
            raise RuntimeError(f"a process did not get as far as {word}")
    for process in processes:
        if process.stdin is not None:
            process.stdin.write("go\n")
            process.stdin.flush()


def crowd(path: Path, count: int, seconds: float) -> dict[str, object]:
    """What this many processes came to."""
    command = [sys.executable, "-m", "benchmarks.writers", "--work", str(path), "--seconds", str(seconds)]
    processes = [subprocess.Popen(command, stdin=-1, stdout=-1, text=True) for _ in range(count)]
    _all(processes, "ready")
    _all(processes, "finished")
    found = [json.loads(process.communicate()[0]) for process in processes]
    took = sorted(one for each in found for one in each["took"])
    shares = [len(each["took"]) for each in found]
    return {
        "p50": round(took[len(took) // 2], 2),
        "p99": round(took[int(len(took) * 0.99)], 2),
        "max": round(took[-1], 2),
        "saves a second": round(len(took) / seconds),
        "errors": sum(len(each["errors"]) for each in found),
        "slowest / mean": round(min(shares) / statistics.mean(shares), 2),
    }


@click.command()
@click.option("--seconds", default=5.0, show_default=True, help="How long each crowd works.")
@click.option("--work", "path", type=click.Path(path_type=Path), hidden=True)
def main(seconds: float, path: Path | None) -> None:
    """Measure many writers."""
    if path is not None:
        click.echo(json.dumps(work(path, seconds)))
        return
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for count in CROWDS:
            file = Path(folder) / f"{count}.db"
            build(file, datetime.now(UTC))
            found[f"{count} processes"] = crowd(file, count, seconds)
    click.echo(json.dumps({"milliseconds": found}, indent=2))


if __name__ == "__main__":
    main()
