"""The large demo: a company of a thousand teams and three years, made of rows at once instead of deed by deed.

The same day gives the same people, texts, numbers and times; each write that matters has its event, and the chain is
whole. ``scale`` makes a smaller one of the same shape.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial
from operator import itemgetter
from random import Random
from typing import TYPE_CHECKING

from okrtui.demo.large_company import people, units
from okrtui.demo.large_cycle import write
from okrtui.demo.large_ledger import COLUMNS, WEEKS, Ledger, Numbers
from okrtui.demo.making import RUNNING, first_day, quarter_name
from okrtui.service.session import stamp
from okrtui.store import bulk, events, search
from okrtui.store.events import Written
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from okrtui.demo.large_company import Somebody, Unit
    from okrtui.store.sqlite import Connection

TEAMS = 1000
CYCLES = 12
SEED = 20261119


def build_large(
    path: Path, now: datetime, *, scale: float = 1.0, told: Callable[[int, int], None] = lambda _done, _of: None
) -> None:
    """Make the large company's file at ``path``, in which ``now`` lies in week nine of its last cycle.

    ``told`` is called with how many of how many parts are done.

    Raises:
        StoreError: there is a file already, or one cannot be made there.
    """
    today = now.astimezone(UTC).date()
    count = max(8, round(TEAMS * scale))
    made = datetime.combine(_starts(today, 1) - timedelta(weeks=5), time(8), UTC)
    Store.create(
        path, rehearsal=False, now=stamp(made), fill=partial(_fill, today=today, count=count, told=told)
    ).close()


def _place(number: int) -> int:
    """The place in the small demo's count of quarters of a cycle numbered from 1."""
    return RUNNING - CYCLES + number


def _starts(today: date, number: int) -> date:
    return first_day(today, _place(number))


def _fill(store: Store, *, today: date, count: int, told: Callable[[int, int], None]) -> None:
    teams, free, dice = units(count), Numbers(), Random(SEED)  # noqa: S311  # made-up words, no secret
    waiting: list[Written] = []
    connection = store.connection
    with (
        bulk.unlogged(connection),
        _no_collector(),
        search.left_out(connection),
        bulk.unindexed(connection, "event"),
    ):
        with store.writing() as connection:
            _company(connection, teams, today)
        told(1, CYCLES + 2)
        for number in range(1, CYCLES + 1):
            ledger = Ledger(number, *_days(today, number), free, dice)
            write(ledger, teams)
            with store.writing() as connection:
                waiting = _cycle(connection, number, today, ledger, waiting)
            told(number + 1, CYCLES + 2)
        with store.writing() as connection:
            events.append_all(connection, [one for one in waiting if one.at[:10] < today.isoformat()])
    told(CYCLES + 2, CYCLES + 2)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Spare the collector millions of rows that hold no circles."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _days(today: date, number: int) -> tuple[date, date | None]:
    return _starts(today, number), today if number == CYCLES else None


def _company(connection: Connection, teams: list[Unit], today: date) -> None:
    everybody = people(teams)
    at = stamp(datetime.combine(_starts(today, 1) - timedelta(weeks=5), time(8), UTC))
    bulk.insert(
        connection,
        "person",
        ("id", "handle", "name", "login", "active", "admin", "at"),
        ((one.id, one.handle, one.name, one.handle, int(one.active), int(one.id <= 3), at) for one in everybody),
    )
    bulk.insert(
        connection,
        "team",
        ("id", "slug", "name", "parent_id", "path", "function", "steady", "at"),
        (
            (one.id, one.slug, one.name, one.parent.id if one.parent else None, one.path, one.function, 0, at)
            for one in teams
        ),
    )
    posts = _posts(teams)
    bulk.insert(connection, "membership", ("person_id", "team_id", "role", "at"), sorted((*one, at) for one in posts))
    until = (today + timedelta(days=14)).isoformat()
    standing_in = [one for one in teams[20::40] if one.has_lead]
    bulk.insert(
        connection,
        "deputy",
        ("team_id", "lead_id", "person_id", "until", "at"),
        ((one.id, one.lead, one.members[1], until, at) for one in standing_in),
    )
    events.append_all(connection, _first_events(teams, everybody, posts, at))


def _posts(teams: list[Unit]) -> list[tuple[int, int, str]]:
    """Person, team and role: everybody in their team, and every twentieth in the next one, too."""
    found = []
    for unit in teams:
        found.append((unit.lead, unit.id, "lead" if unit.has_lead else "member"))
        found += [(one, unit.id, "member") for one in unit.members]
    for unit, other in zip(teams[:-1:2], teams[1::2], strict=False):
        found.append((unit.members[-1], other.id, "member"))
    return found


def _first_events(
    teams: list[Unit], everybody: list[Somebody], posts: list[tuple[int, int, str]], at: str
) -> list[Written]:
    def said(verb: str, ref: str, team: int | None, after: dict[str, object]) -> Written:
        return Written(at, None, "", "local", verb, ref, None, team, {}, after)

    return [
        *(said("person.add", f"@{one.handle}", None, {"name": one.name, "login": one.handle}) for one in everybody),
        *(said("team.add", one.slug, one.id, {"name": one.name}) for one in teams),
        *(
            said("team.join", teams[team - 1].slug, team, {"person": everybody[person - 1].handle, "role": role})
            for person, team, role in posts
        ),
    ]


def _cycle(connection: Connection, number: int, today: date, ledger: Ledger, waiting: list[Written]) -> list[Written]:
    """Write a cycle; of its events those that the next cycle's begin before are left for that."""
    starts, name = ledger.starts, quarter_name(today, _place(number))
    ends = starts + timedelta(days=7 * WEEKS - 1)
    phase = "running" if number == CYCLES else "closed"
    at = f"{starts - timedelta(weeks=3)}T08:00:00Z"
    days = (starts.isoformat(), ends.isoformat())
    bulk.insert(
        connection,
        "cycle",
        ("id", "name", "starts", "ends", "zone", "phase", "at"),
        [(number, name, *days, "UTC", phase, at)],
    )
    for table, names in COLUMNS.items():
        bulk.insert(connection, table, names, ledger.rows[table])
    moves = {"running": starts, "scoring": ends + timedelta(days=1), "closed": ends + timedelta(days=5)}
    found = [*waiting, *ledger.events]
    found.append(Written(at, 1, "", "local", "cycle.add", name, number, None, {}, {"starts": days[0], "ends": days[1]}))
    found += [
        Written(f"{day}T08:00:00Z", 1, "leadership", "local", "cycle.advance", name, number, None, {}, {"phase": word})
        for word, day in moves.items()
        if word == "running" or phase == "closed"
    ]
    found.sort(key=itemgetter(0))
    # A little before the first of the next: its cycle is added on a Monday, and its objectives follow.
    next_begins = (starts + timedelta(weeks=WEEKS - 3)).isoformat()
    place = next((place for place, one in enumerate(found) if one.at >= next_begins), len(found))
    events.append_all(connection, found[:place])
    return found[place:]
