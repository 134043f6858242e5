"""What each screen reads: on the large demo, on the small one, and its own queries with nothing around them.

    python -m benchmarks.screens [--large FILE] [--rounds 15]

Prints JSON, in milliseconds of the processor. ``bare`` runs the statements a read sent to the file once more, straight through the driver.
The bar of each screen is 1.5 times its bare queries on the large demo plus the same screen on the small one.
Without FILE a large demo is made first, which takes two minutes.
"""

from __future__ import annotations

import gc
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from okrtui.app import YOUNG
from okrtui.core.model import Phase
from okrtui.demo import PERSON, build
from okrtui.demo.large import build_large
from okrtui.service import (
    answers,
    closing,
    guide,
    listing,
    mine,
    needs,
    rooms,
    scoreboard,
    scoring,
    show,
    trees,
    weekly,
)
from okrtui.service.session import Session
from okrtui.store import people
from okrtui.store.file import Store

Read = Callable[[Session], object]


def reads_of(session: Session) -> dict[str, Read]:
    """The read of each screen, of a person's own team and of the first key result they are asked about.

    Scoring is read where it has the most to show: in the cycle closed last.
    """
    team, cycle = rooms.home(session)
    shown = [one for one in rooms.room(session, team).objectives if one.key_results]
    key_result, objective = shown[0].key_results[0].ref, shown[0].ref
    closed = [one.name for one in listing.cycles(session) if one.phase is Phase.CLOSED][-1]
    scored = scoring.of_team(session, team, closed)[1][0].ref
    return {
        "room": lambda at: (guide.frame(at, team, cycle), rooms.room(at, team, cycle)),
        "objectives": lambda at: (
            guide.frame(at, team, cycle),
            rooms.objectives_of(at, team, cycle),
            answers.counted(at, team, cycle),
            answers.unanswered(at, team, cycle),
        ),
        "board": lambda at: (
            guide.frame(at, team, cycle),
            rooms.objectives_of(at, team, cycle),
            closing.count_waiting(at, team),
        ),
        "check-in": lambda at: (guide.frame(at, team, cycle), weekly.queue(at)),
        "key result": lambda at: show.key_result(at, key_result),
        "objective": lambda at: show.objective(at, objective),
        "scoring": lambda at: (
            guide.frame(at, team, closed),
            scoring.of_team(at, team, closed),
            scoring.of_key_result(at, scored),
        ),
        "scores": lambda at: scoreboard.scoreboard(at, team=team, cycle=cycle),
        "needs": needs.due,
        "me": mine.me,
        "tree": lambda at: (guide.frame(at, team, cycle), trees.lines(at, cycle=cycle)),
    }


def session_at(store: Store) -> Session:
    """The demo's person at a file."""
    person = people.by_handle(store.connection, PERSON)
    return Session(store, person.id if person else None)


def milliseconds(what: Callable[[], object]) -> float:
    """What it takes once of the processor, which is what it takes by the clock where nobody else uses the machine."""
    began = time.process_time()
    what()
    return (time.process_time() - began) * 1000


def statements_of(session: Session, read: Read) -> list[str]:
    """What a read sends to the file, with its values."""
    found: list[str] = []
    connection = session.store.connection
    connection.set_trace_callback(found.append)
    with session.store.reading():
        read(session)
    connection.set_trace_callback(None)
    return [one for one in found if one.startswith(("SELECT", "WITH"))]


def at_once(session: Session, read: Read) -> object:
    """A read of one moment, as the screens do it."""
    with session.store.reading():
        return read(session)


def bare(session: Session, statements: list[str]) -> None:
    """The statements alone."""
    connection = session.store.connection
    with session.store.reading():
        for one in statements:
            connection.execute(one).fetchall()


def measure(large: Store, small: Store, rounds: int) -> dict[str, object]:
    """Medians of each screen, and whether it keeps its bar."""
    gc.freeze()  # as the application does once it has started
    gc.set_threshold(YOUNG)
    at_large, at_small = session_at(large), session_at(small)
    on_small = reads_of(at_small)
    found: dict[str, object] = {}
    for name, read in reads_of(at_large).items():
        statements = statements_of(at_large, read)
        times: dict[str, list[float]] = {"large": [], "bare": [], "small": []}
        for _ in range(rounds):
            times["large"].append(milliseconds(lambda read=read: at_once(at_large, read)))  # type: ignore[misc]  # a lambda's default has no annotation
            times["bare"].append(milliseconds(lambda sent=statements: bare(at_large, sent)))  # type: ignore[misc]  # as above
            times["small"].append(milliseconds(lambda name=name: at_once(at_small, on_small[name])))  # type: ignore[misc]  # as above
        medians = {which: statistics.median(one) for which, one in times.items()}
        bar = 1.5 * medians["bare"] + medians["small"]
        found[name] = {
            **{which: round(one, 2) for which, one in medians.items()},
            "statements": len(statements),
            "large / bar": round(medians["large"] / bar, 2),
        }
    return found


@click.command()
@click.option("--large", type=click.Path(path_type=Path), help="A large demo that was kept; without it one is made.")
@click.option("--rounds", default=15, show_default=True, help="How often each screen is read.")
def main(large: Path | None, rounds: int) -> None:
    """Measure what each screen reads."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "small.db", now)
        if large is None:
            large = Path(folder) / "large.db"
            build_large(large, now)
        with Store.open(large) as big, Store.open(Path(folder) / "small.db") as small:
            click.echo(json.dumps({"milliseconds": measure(big, small, rounds)}, indent=2))


if __name__ == "__main__":
    main()
