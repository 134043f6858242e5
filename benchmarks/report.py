"""A report of a whole company over twelve cycles: against its bare queries, and as each format.

    python -m benchmarks.report [--large FILE] [--rounds 3]

Prints JSON, in seconds of the processor, which others on the machine change less than those of the clock. ``bare`` runs the statements that a report sent to the file once more, straight through the driver.
The bar is 3 times its bare queries. Without FILE a large demo is made first, which takes two minutes.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.screens import bare, session_at, statements_of
from okrtui.cli import output
from okrtui.demo.large import CYCLES, build_large
from okrtui.report import html, markdown, sections, text
from okrtui.report.contents import build
from okrtui.report.shape import shape
from okrtui.service import rooms
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.service.session import Session

WAYS: dict[str, Callable[[Session], str]] = {
    "text": lambda at: output.plain(text.render(build(at, cycles=CYCLES))),
    "md": lambda at: output.plain(markdown.render(build(at, cycles=CYCLES))),
    "html": lambda at: output.plain(html.render(build(at, cycles=CYCLES))),
    "json": lambda at: output.as_json(shape(build(at, cycles=CYCLES))),
}


def processor(what: Callable[[], object], rounds: int) -> float:
    """Seconds of the processor that it takes, the median of some rounds."""
    found = []
    for _ in range(rounds):
        began = time.process_time()
        what()
        found.append(time.process_time() - began)
    return statistics.median(found)


def measure(session: Session, rounds: int) -> dict[str, object]:
    """A report of the company in each format, and what a team's screen reads."""
    statements = statements_of(session, lambda at: build(at, cycles=CYCLES))
    team, cycle = rooms.home(session)
    lowest = processor(lambda: bare(session, statements), rounds)
    found: dict[str, object] = {"statements": len(statements), "bare": round(lowest, 2)}
    for name, write in WAYS.items():
        took = processor(lambda write=write: write(session), rounds)  # type: ignore[misc]  # a lambda's default has no annotation
        found[name] = {"seconds": round(took, 2), "of the bare queries": round(took / lowest, 2)}
    screen = processor(lambda: sections.Reading().begin(session, team, cycle, CYCLES), rounds)
    found["a team's screen"] = round(screen, 3)
    return found


@click.command()
@click.option("--large", type=click.Path(path_type=Path), help="A large demo that was kept; without it one is made.")
@click.option("--rounds", default=3, show_default=True, help="How often each is made.")
def main(large: Path | None, rounds: int) -> None:
    """Measure reports."""
    with tempfile.TemporaryDirectory() as folder:
        if large is None:
            large = Path(folder) / "large.db"
            build_large(large, datetime.now(UTC))
        with Store.open(large) as store:
            click.echo(json.dumps({"seconds": measure(session_at(store), rounds)}, indent=2))


if __name__ == "__main__":
    main()
