"""What a check-in costs: through the service, and the same rows by hand.

    python -m benchmarks.checkin [--rounds 150]

Prints JSON: the median milliseconds of each, and their ratio. Both write, in one transaction that reaches the disk, the
check-in, what the key result keeps of it, and the event with the note of the last one; they take turns in two copies of
one file. The bar is 4.
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

from okrtui.demo import PERSON, build
from okrtui.service import checkins, weekly
from okrtui.service.session import Session
from okrtui.store import opening, people
from okrtui.store.file import Store

if TYPE_CHECKING:
    from okrtui.store.sqlite import Connection

TEXT = "Moved the queue to one list, and it shows in the numbers"
STAMP = "2026-11-19T11:30:00Z"


def by_hand(connection: Connection, key_result: int, week: int, turn: int) -> None:
    """The rows of a check-in, as they are, and nothing asked or looked at."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO checkin_text (key_result_id, week, version, value, confidence, context, blocker, next, steps, "
        "author_id, at) SELECT key_result_id, week, version, value, confidence, context, blocker, next, steps, author_id, "
        "at FROM checkin WHERE key_result_id = ? AND week = ?",
        (key_result, week),
    )
    connection.execute(
        "INSERT INTO checkin (key_result_id, week, value, confidence, context, author_id, at) VALUES (?, ?, ?, 6, ?, 1, ?) "
        "ON CONFLICT (key_result_id, week) DO UPDATE SET value = excluded.value, version = version + 1",
        (key_result, week, float(turn), TEXT, STAMP),
    )
    connection.execute("UPDATE key_result SET value = ?, version = version + 1 WHERE id = ?", (float(turn), key_result))
    (last,) = connection.execute("SELECT max(id) FROM event").fetchone()
    connection.execute(
        "INSERT INTO event (id, at, person_id, way, verb, ref, payload, salt, digest, chain) "
        "VALUES (?, ?, 1, 'local', 'kr.checkin', ?, ?, ?, ?, ?)",
        (last + 1, STAMP, f"KR{key_result}", TEXT * 3, "0" * 32, "0" * 64, "0" * 64),
    )
    connection.execute("UPDATE setting SET value = ? WHERE name = 'event_head'", (f"{last + 1} {'0' * 64}",))
    connection.execute("COMMIT")


def measure(rounds: int) -> dict[str, object]:
    """Medians over this many rounds, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        now = datetime.now(UTC)
        paths = [Path(folder) / name for name in ("service.db", "hand.db")]
        for path in paths:
            build(path, now)
        raw = opening.connect(paths[1])
        with Store.open(paths[0]) as store:
            person = people.by_handle(store.connection, PERSON)
            session = Session(store, person.id if person else None)
            sheet = next(one for one in weekly.queue(session) if not one.steps)
            ref, week = sheet.card.ref, sheet.week
            times: dict[str, list[float]] = {"service": [], "by hand": []}
            for turn in range(rounds):
                fields = {"value": turn, "confidence": 6, "context": TEXT}
                began = time.perf_counter()
                checkins.check_in(session, ref, fields)
                between = time.perf_counter()
                by_hand(raw, int(ref.removeprefix("KR")), week, turn)
                times["service"].append(between - began)
                times["by hand"].append(time.perf_counter() - between)
        raw.close()
    medians = {name: statistics.median(found) * 1000 for name, found in times.items()}
    return {
        "milliseconds": {name: round(found, 3) for name, found in medians.items()},
        "ratios": {"service / by hand": round(medians["service"] / medians["by hand"], 2)},
    }


@click.command()
@click.option("--rounds", default=150, show_default=True, help="How often each is done.")
def main(rounds: int) -> None:
    """Measure a check-in."""
    click.echo(json.dumps(measure(rounds), indent=2))


if __name__ == "__main__":
    main()
