"""Search over the large demo: as it is typed, and ranked, against the same queries with nothing around them.

    python -m benchmarks.search [--large FILE] [--rounds 15]

Prints JSON, in milliseconds of the processor. ``bare`` runs the statements that a search sent to the file once more, straight through the
driver; ``index`` asks only the indexes for the newest, and reads nothing of what they found. The bar as it is typed is twice the
bare queries. Without FILE a large demo is made first, which takes two minutes.
"""

from __future__ import annotations

import gc
import json
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.screens import Read, at_once, bare, milliseconds, session_at, statements_of
from okrtui.app import YOUNG
from okrtui.core.searching import parse
from okrtui.demo.large import build_large
from okrtui.service.search import MOST, MOST_TYPED, search
from okrtui.store.file import Store
from okrtui.store.search_sources import SOURCES

if TYPE_CHECKING:
    from okrtui.service.session import Session

TYPED = ("we", "ans", "cust", "first wee", "queue cycle:{cycle}", "week team:{team}")
RANKED = ("answer", "week queue")


def only_indexes(session: Session, typed: str) -> None:
    """The newest of each index by its numbers."""
    expression = parse(typed).expression
    for source in SOURCES:
        sql = f"SELECT rowid FROM {source.index} WHERE {source.index} MATCH ? ORDER BY rowid DESC LIMIT {MOST_TYPED}"  # noqa: S608
        session.store.connection.execute(sql, (expression,)).fetchall()


def asking(typed: str, *, ranked: bool) -> Read:
    """A search as the dialog asks it."""
    most = MOST if ranked else MOST_TYPED
    return lambda at: search(at, typed, ranked=ranked, most=most)


def measure(session: Session, rounds: int) -> dict[str, object]:
    """Medians of each search."""
    gc.freeze()  # as the application does once it has started
    gc.set_threshold(YOUNG)
    with session.store.reading() as connection:
        (team,) = connection.execute("SELECT slug FROM team ORDER BY id DESC LIMIT 1").fetchone()
        (cycle,) = connection.execute("SELECT name FROM cycle ORDER BY id LIMIT 1").fetchone()
    asked = [(text.format(team=team, cycle=cycle), False) for text in TYPED] + [(text, True) for text in RANKED]
    found: dict[str, object] = {}
    for typed, ranked in asked:
        ask = asking(typed, ranked=ranked)
        statements = statements_of(session, ask)
        times: dict[str, list[float]] = {"search": [], "bare": [], "index": []}
        for _ in range(rounds):
            times["search"].append(milliseconds(lambda ask=ask: at_once(session, ask)))  # type: ignore[misc]  # a lambda's default has no annotation
            times["bare"].append(milliseconds(lambda sent=statements: bare(session, sent)))  # type: ignore[misc]  # as above
            times["index"].append(milliseconds(lambda typed=typed: only_indexes(session, typed)))  # type: ignore[misc]  # as above
        medians = {which: statistics.median(one) for which, one in times.items()}
        found[f"{typed} (ranked)" if ranked else typed] = {
            **{which: round(one, 2) for which, one in medians.items()},
            "search / bare": round(medians["search"] / medians["bare"], 2),
        }
    return found


@click.command()
@click.option("--large", type=click.Path(path_type=Path), help="A large demo that was kept; without it one is made.")
@click.option("--rounds", default=15, show_default=True, help="How often each is asked.")
def main(large: Path | None, rounds: int) -> None:
    """Measure search."""
    with tempfile.TemporaryDirectory() as folder:
        if large is None:
            large = Path(folder) / "large.db"
            build_large(large, datetime.now(UTC))
        with Store.open(large) as store:
            click.echo(json.dumps({"milliseconds": measure(session_at(store), rounds)}, indent=2))


if __name__ == "__main__":
    main()
