"""Every benchmark, one after the other, as one JSON document.

    python -m benchmarks [--quick] [--large FILE] [--only NAME]

A quick run takes fewer rounds and leaves the large demo out, and ends in a few minutes. The large demo is made once, in
``.bench``, and taken again until its schema changes. What is run stands beside each figure.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.installed import CHECKOUT, compiled

KEPT = CHECKOUT / ".bench"
SCHEMA = CHECKOUT / "okrtui/store/migrations/first_schema.sql"


class Benchmark(NamedTuple):
    """A module, what it is given for a quick run and for a whole one, and whether it takes the large demo."""

    name: str
    quick: str = ""
    whole: str = ""
    large: bool = False


ALL = (
    Benchmark("start", "--rounds 5", "--rounds 15"),
    Benchmark("over_ssh", "--rounds 5", "--rounds 15"),
    Benchmark("checkin", "--rounds 60", "--rounds 300"),
    Benchmark("writers", "--seconds 2", "--seconds 5"),
    Benchmark("keys", "--keys 16", "--keys 40"),
    Benchmark("board", "--keys 16", "--keys 40"),
    Benchmark("board", "--keys 16", "--keys 40"),
    Benchmark("follow", "--keys 20", "--keys 100"),
    Benchmark("frames"),
    Benchmark("pauses", "--keys 80", "--keys 400", large=True),
    Benchmark("checks"),
    Benchmark("seal", "--rounds 100", "--rounds 600"),
    Benchmark("screens", large=True),
    Benchmark("tree", "--rounds 3", "--rounds 9", large=True),
    Benchmark("report", "--rounds 1", "--rounds 3", large=True),
    Benchmark("search", "--rounds 5", "--rounds 25", large=True),
    Benchmark("memory", large=True),
)
NEEDS_LARGE = {"screens", "search", "report"}


def large_demo() -> Path:
    """The large demo of the schema as it is now; it is made where there is none yet, which takes two minutes."""
    digest = hashlib.sha256(SCHEMA.read_bytes()).hexdigest()[:12]
    path = KEPT / f"large-{digest}.db"
    if not path.exists():
        KEPT.mkdir(exist_ok=True)
        for old in KEPT.glob("large-*"):
            old.unlink()
        subprocess.run(
            [sys.executable, "-m", "okrtui", "demo", "--size", "large", "--keep", path],
            check=True,
            stdin=subprocess.DEVNULL,
        )
    return path


def run(one: Benchmark, *, quick: bool, large: Path | None) -> dict[str, object]:
    """The command, and what it printed; its last words where it failed."""
    words = ["-m", f"benchmarks.{one.name}", *shlex.split(one.quick if quick else one.whole)]
    if one.large and large is not None:
        words += ["--large", str(large)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    command = f"python {shlex.join(words)}".replace(str(large), "FILE")
    if done.returncode:
        return {"command": command, "error": done.stderr.splitlines()[-1:]}
    return {"command": command, "found": json.loads(done.stdout)}


@click.command()
@click.option("--quick", is_flag=True, help="Fewer rounds, and nothing on the large demo.")
@click.option("--large", type=click.Path(path_type=Path, exists=True), help="A large demo that was kept.")
@click.option("--only", multiple=True, type=click.Choice([one.name for one in ALL]), help="This one; may be repeated.")
def main(*, quick: bool, large: Path | None, only: tuple[str, ...]) -> None:
    """Run the benchmarks."""
    compiled()
    chosen = [one for one in ALL if not only or one.name in only]
    if large is None and not quick and any(one.large for one in chosen):
        large = large_demo()
    found: dict[str, object] = {"processors": os.cpu_count(), "load": os.getloadavg()[0]}
    for one in chosen:
        if one.name in NEEDS_LARGE and large is None:
            continue
        click.echo(one.name, err=True)
        found[one.name] = run(one, quick=quick, large=large)
    click.echo(json.dumps(found, indent=2))
    if any("error" in each for each in found.values() if isinstance(each, dict)):
        sys.exit(1)


if __name__ == "__main__":
    main()
