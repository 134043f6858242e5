"""Making the demo's file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from okrtui.demo.plan import cues
from okrtui.demo.stage import Stage
from okrtui.demo.story import STORY
from okrtui.service.session import stamp
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from okrtui.demo.script import Act

PERSON = "samir"
"""Whose screens the demo opens with: a member of two teams, for whom several things wait."""

RUNNING = 4
"""The place in the story of the quarter that runs."""

_WEEKS = 13


def build(path: Path, now: datetime) -> None:
    """Make the demo's file at ``path``, in which ``now`` lies in week nine of the running cycle.

    The same day gives the same people, texts, numbers, times and refs. What the story has for this day or later is left
    out, so that nothing in the file is newer than ``now``, an aware time.

    Raises:
        StoreError: there is a file already, or one cannot be made there.
    """
    today = now.astimezone(UTC).date()
    first = first_day(today, 0)
    made = datetime.combine(first - timedelta(weeks=3), time(8), UTC)
    Store.create(path, rehearsal=False, now=stamp(made), fill=partial(_fill, today=today)).close()


def _fill(store: Store, *, today: date) -> None:
    stage = Stage(store, datetime.min.replace(tzinfo=UTC))
    with store.writing():
        for at, place, act in sorted(_timed(today), key=lambda one: one[0]):
            stage.now, stage.cycle, stage.starts = at, quarter_name(today, place), first_day(today, place)
            stage.perform(act)


def _timed(today: date) -> Iterator[tuple[datetime, int, Act]]:
    """Every act before today, with its time and the place of its quarter in the story."""
    for place, quarter in enumerate(STORY):
        midnight = datetime.combine(first_day(today, place), time(), UTC)
        for cue in cues(quarter):
            at = midnight + timedelta(minutes=cue.minute)
            if at.date() < today:
                yield at, place, cue.act


def first_day(today: date, place: int) -> date:
    """The Monday on which a quarter of the story begins: eight weeks before this week's for the one that runs."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=_WEEKS * (place - RUNNING) - 8)


def quarter_name(today: date, place: int) -> str:
    """A quarter's name: that of the running one's middle, and the others counted from it.

    Counted, because thirteen weeks are not quite a quarter of a year: two middles in a row may lie in one, or leave one out.
    """
    middle = first_day(today, RUNNING) + timedelta(days=45)
    number = middle.year * 4 + (middle.month - 1) // 3 + place - RUNNING
    return f"{number // 4}-Q{number % 4 + 1}"
