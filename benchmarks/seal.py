"""Whether the time an answer takes tells anything of what is under a seal.

    python -m benchmarks.seal [--rounds 300]

Prints JSON. Three files are alike but for one sealed score: ``low`` (0.1 and two words) and ``high`` (0.9 and pages of them), and
``again``, which is ``low`` once more. Somebody who may not know it asks each in turn, in an order that is drawn anew each round. For each
question: the median of ``high`` against ``low``, and of ``again`` against ``low``, which is what chance alone does; and how far the
ranks of ``high`` and ``low`` lie apart in standard errors (Mann and Whitney), of which two files that are the same stay within 3.
"""

from __future__ import annotations

import json
import math
import random
import shutil
import statistics
import tempfile
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from okrtui.core.errors import OkrtuiError
from okrtui.core.model import ScoreSide
from okrtui.report.contents import build
from okrtui.service import activity, cycles, invitations, key_results, needs, objectives, scoreboard, scores, setup
from okrtui.service.session import Session, stamp
from okrtui.store import people
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NOW = datetime(2026, 12, 29, 10, tzinfo=UTC)
SECRETS = {
    "low": (0.1, "Not much"),
    "high": (0.9, "Nearly all of it, and what was left is on its way; " * 150),
    "again": (0.1, "Not much"),
}
KEY_RESULTS = 10
LAST = f"KR{KEY_RESULTS}"
"""The one whose manager score is sealed; of the others it is the self score."""

QUESTIONS: Mapping[str, tuple[str, Callable[[Session], object]]] = {
    "scores": ("rob", lambda one: scoreboard.scoreboard(one, team="sales")),
    "score, the other side's": ("lea", lambda one: scores.write(one, "KR1", ScoreSide.SELF, 0.5, "Not mine")),
    "score, one's own beside it": ("lea", lambda one: scores.write(one, "KR1", ScoreSide.MANAGER, 0.5, "As I saw it")),
    "reveal": ("ana", lambda one: scores.reveal(one, [LAST])),
    "report": ("lea", build),
    "log": ("lea", lambda one: activity.log(one, ref="KR1")),
    "due": ("lea", needs.due),
}
"""What is asked, and who asks: somebody who may not know."""


def made(path: Path) -> None:
    """A quarter that is scoring, with some agreed key results of Sales."""
    with Store.create(path, rehearsal=True, now=stamp(NOW)) as store:
        operator = Session(store, None, clock=lambda: NOW)
        setup.found_company(operator, company="Acme", handle="olga", login="olga", name="Olga", lead=None)
        setup.add_team(operator, {"slug": "sales", "name": "Sales", "under": "acme"})
        for handle, lead in (("lea", True), ("ana", False)):
            setup.add_person(operator, {"handle": handle, "name": handle.title()})
            setup.join_team(operator, "sales", handle, lead=lead)
        setup.add_person(operator, {"handle": "rob", "name": "Rob"})
        cycles.add(operator, {"name": "2026-Q4", "starts": "2026-10-01", "ends": "2026-12-31"})
        lea, ana = (as_(store, handle) for handle in ("lea", "ana"))
        ref = objectives.add(lea, team="sales", cycle=None, fields={"title": "Same day answers"})
        objectives.publish(lea, ref)
        objectives.invite(lea, ref, ["sales"])
        invitations.accept(ana, ref, "sales", "One queue")
        measured = {"kind": "decrease", "unit": "hours", "baseline": 26, "target": 8}
        whole = {**measured, "owner": "ana", "control": "ours", "week_nine": "Yes"}
        for number in range(KEY_RESULTS):
            kr = key_results.add(ana, ref, "sales", {**whole, "statement": f"Answer {number} comes sooner"}, draft=True)
            key_results.propose(ana, kr)
            key_results.agree(lea, kr)
        cycles.advance(operator, "2026-Q4")
        cycles.advance(operator, "2026-Q4")


def as_(store: Store, handle: str) -> Session:
    """The session of a person."""
    with store.reading() as connection:
        person = people.by_handle(connection, handle)
    assert person is not None, handle  # noqa: S101  # the file was just made
    return Session(store, person.id, "as", clock=lambda: NOW)


def seal(store: Store, value: float, words: str) -> None:
    """The self scores in and under their seal, and of the last the manager score, which is a draft."""
    for number in range(1, KEY_RESULTS):
        scores.write(as_(store, "ana"), f"KR{number}", ScoreSide.SELF, value, words, is_in=True)
    scores.write(as_(store, "lea"), LAST, ScoreSide.MANAGER, value, words)


def took(what: Callable[[Session], object], by: Session) -> float:
    """Seconds until the answer is there, or its refusal."""
    began = time.perf_counter()
    with suppress(OkrtuiError):
        what(by)
    return time.perf_counter() - began


def apart(one: Sequence[float], other: Sequence[float]) -> float:
    """How far the ranks of two samples lie apart, in standard errors of samples that are the same."""
    order = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(place for place, (_, which) in enumerate(order, 1) if which == 0)
    count, more = len(one), len(other)
    expected = count * (count + more + 1) / 2
    return (ranks - expected) / math.sqrt(count * more * (count + more + 1) / 12)


def measure(stores: Mapping[str, Store], rounds: int) -> dict[str, dict[str, float]]:
    """Each question, by turns."""
    found = {}
    for name, (who, question) in QUESTIONS.items():
        asking = {which: as_(store, who) for which, store in stores.items()}
        times: dict[str, list[float]] = {which: [] for which in asking}
        for _ in range(rounds):
            for which in random.sample(list(asking), len(asking)):
                times[which].append(took(question, asking[which]))
        middle = {which: statistics.median(each) for which, each in times.items()}
        found[name] = {
            "milliseconds": round(middle["low"] * 1000, 3),
            "high / low": round(middle["high"] / middle["low"], 3),
            "again / low": round(middle["again"] / middle["low"], 3),
            "apart": round(apart(times["high"], times["low"]), 1),
            "apart by chance": round(apart(times["again"], times["low"]), 1),
        }
    return found


@click.command()
@click.option("--rounds", default=300, show_default=True, help="How often each is asked of each file.")
def main(rounds: int) -> None:
    """Compare the times of answers over two files that differ in what is sealed."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_:
        first = Path(folder) / "first.db"
        made(first)
        stores = {}
        for which, (value, words) in SECRETS.items():
            path = first.with_name(f"{which}.db")
            shutil.copy(first, path)
            store = open_.enter_context(Store.open(path))
            seal(store, value, words)
            stores[which] = store
        click.echo(json.dumps(measure(stores, rounds), indent=2))


if __name__ == "__main__":
    main()
