"""How soon a follower's screen is where the keeper went: from the keeper's key to what the follower sees, two real ptys.

    python -m benchmarks.follow [--keys 60]

Prints JSON: for going from key result to key result in a review, and for going to another screen and back, the median and
the 95th of a hundred in milliseconds, and for how many keys. The bar: half a second.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyte

from benchmarks.keys import Terminal
from okrtui.core.model import ScoreSide
from okrtui.service import cycles, invitations, key_results, objectives, scores, setup
from okrtui.service.session import Session, stamp
from okrtui.store import people
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = datetime(2026, 12, 18, 10, tzinfo=UTC)
COUNT = 10
PAUSE = 0.7  # seconds between two keys: a person's, not a held key's


class Watched(Terminal):
    """A program on a pty, with the screen a person would see."""

    def __init__(self, command: list[str]) -> None:
        super().__init__(command)
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)

    def pump(self, wait: float) -> None:
        """Take in what was printed meanwhile."""
        if printed := self._read(wait):
            self._stream.feed(printed)

    def shows(self, holds: Callable[[str], bool], limit: float = 30.0) -> None:
        """Wait until a condition holds of the screen.

        Raises:
            TimeoutError: it did not.
        """
        end = time.perf_counter() + limit
        while not holds("\n".join(self._screen.display)):
            if time.perf_counter() > end:
                raise TimeoutError("\n".join(self._screen.display))
            self.pump(0.002)


def build(path: Path) -> None:
    """A team whose quarter is scoring, with ten key results."""
    with Store.create(path, rehearsal=True, now=stamp(DAY)) as store:

        def as_(handle: str) -> Session:
            with store.reading() as connection:
                person = people.by_handle(connection, handle)
            return Session(store, person.id if person else None, "as", clock=lambda: DAY)

        operator = Session(store, None, clock=lambda: DAY)
        setup.found_company(operator, company="Acme", handle="olga", login="olga", name="Olga", lead=None)
        for handle in ("ana", "ben"):
            setup.add_person(operator, {"handle": handle, "name": handle.title()})
            setup.join_team(operator, "acme", handle, lead=False)
        cycles.add(operator, {"name": "2026-Q4", "starts": "2026-10-01", "ends": "2026-12-31"})
        goal = objectives.add(as_("olga"), team="acme", cycle=None, fields={"title": "Buyers get their answer"})
        objectives.publish(as_("olga"), goal)
        objectives.invite(as_("olga"), goal, ["acme"])
        invitations.accept(as_("ana"), goal, "acme", "We answer every request from one queue")
        refs = [_agreed(as_, goal, place) for place in range(COUNT)]
        cycles.advance(operator, "2026-Q4")
        cycles.advance(operator, "2026-Q4")
        for place, ref in enumerate(refs):
            scores.write(as_("ana"), ref, ScoreSide.SELF, 1.0, "As we saw it")
            scores.write(as_("olga"), ref, ScoreSide.MANAGER, place / 10, "As I saw it")
        scores.reveal(as_("ana"), refs)


def _agreed(as_: Callable[[str], Session], goal: str, place: int) -> str:
    fields: dict[str, object] = {
        "statement": f"Answer number {place} comes sooner",
        "kind": "decrease",
        "unit": "hours",
        "baseline": 26,
        "target": 8,
        "owner": "ana",
        "control": "ours",
        "week_nine": "Yes",
    }
    ref = key_results.add(as_("ana"), goal, "acme", fields, draft=True)
    key_results.propose(as_("ana"), ref)
    key_results.agree(as_("olga"), ref)
    return ref


def measure(path: Path, keys: int) -> dict[str, object]:
    """Milliseconds by what the keeper did."""
    os.environ["OKRTUI_NOW"] = DAY.strftime("%Y-%m-%dT%H:%M")
    own = [sys.executable, "-m", "okrtui", "--db", str(path), "--as"]
    found: dict[str, list[float]] = {"to another key result": [], "to another screen": []}
    with Watched([*own, "ana"]) as ana, Watched([*own, "ben"]) as ben:
        for one in (ana, ben):
            one.shows(lambda text: "Acme" in text)
            one.send(b"5")
            one.shows(lambda text: "Scores" in text)
        ana.send(b"K")
        ben.shows(lambda text: "@ana keeps the review" in text)
        ben.send(b"@")
        ben.shows(lambda text: "following @ana" in text)
        ana.shows(lambda text: "ben follows you" in text)
        for turn in range(keys):
            at = f"╭─ KR{2 if turn % 2 == 0 else 1} ─"
            found["to another key result"].append(_timed(ana, ben, b"<" if turn % 2 else b">", at))
        for turn in range(max(keys // 4, 4)):
            key, at = (b"5", "╭─ Scores ─") if turn % 2 else (b"3", "[Agreed 10]")
            found["to another screen"].append(_timed(ana, ben, key, at))
    return {name: _figures(each) for name, each in found.items()}


def _timed(ana: Watched, ben: Watched, key: bytes, at: str) -> float:
    end = time.perf_counter() + PAUSE
    while time.perf_counter() < end:
        ana.pump(0.01)
        ben.pump(0.01)
    began = time.perf_counter()
    ana.send(key)
    ben.shows(lambda text: at in text)
    return (time.perf_counter() - began) * 1000


def _figures(each: list[float]) -> dict[str, float]:
    return {
        "keys": len(each),
        "median": round(statistics.median(each)),
        "p95": round(statistics.quantiles(each, n=20)[-1]),
        "slowest": round(max(each)),
    }


@click.command()
@click.option("--keys", default=60, show_default=True, help="How many keys the keeper presses.")
def main(keys: int) -> None:
    """Measure how soon a follower follows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.db"
        build(path)
        click.echo(json.dumps(measure(path, keys), indent=2))


if __name__ == "__main__":
    main()
