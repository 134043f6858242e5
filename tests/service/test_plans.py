"""What a screen reads goes by an index: nothing grows with the history, or with the company."""

from __future__ import annotations

import re

import pytest

from okrtui.report import sections
from okrtui.service import (
    activity,
    answers,
    guide,
    links,
    listing,
    mine,
    minutes,
    needs,
    rooms,
    scoreboard,
    search,
    show,
    sight,
    weekly,
    workshop_trend,
    workshops,
)

READS = {
    "room": lambda at: (guide.frame(at, "sales", None), rooms.room(at, "sales")),
    "objectives": lambda at: (
        rooms.objectives_of(at, "sales"),
        answers.counted(at, "sales", None),
        answers.unanswered(at, "sales", None),
    ),
    "needs": needs.due,
    "check-in": weekly.queue,
    "key result": lambda at: show.key_result(at, "KR1"),
    "objective": lambda at: show.objective(at, "O1"),
    "scores": lambda at: scoreboard.scoreboard(at, team="sales"),
    "me": mine.me,
    "workshop": lambda at: (minutes.workshop(at, "sales"), workshop_trend.trend(at, team="sales")),
    "owners": lambda at: listing.owners(at, "O1", "sales"),
    "report": lambda at: sections.Reading().begin(at, "sales", None, 5),
    "ended": lambda at: sections.ended(at, "sales", "2026-Q4"),
    "sight": lambda at: (sight.sight(at, "KR1"), sight.sight(at, "@ana")),
    "links": lambda at: links.all_links(at, ref="KR1"),
    "search": lambda at: (search.search(at, "first"), search.search(at, "first team:sales owner:ana", ranked=True)),
    "log of a thing": lambda at: activity.log(at, ref="KR1"),
    "log since": lambda at: activity.log(at, since=at.clock()),
}
# What there are few of, however old and large the company: its cycles; and what a json_each gives.
SMALL = {"cycle", "team", "setting"}


@pytest.fixture
def lived_in(company):
    """A running cycle with a key result, a check-in, and a comment that mentions somebody."""
    ref = company.agreed()
    company.running()
    company.at("2026-10-08").checked_in(ref)
    workshops.start(company.as_("ana"), team="sales")
    return company


def scanned(connection, statement):
    """The tables a statement reads from end to end."""
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    found = [re.match(r"SCAN (\w+)(?! VIRTUAL)", line) for line in plan if "USING COVERING INDEX event_at" not in line]
    names = {match[1] for match in found if match}
    return {
        name for name in names if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    }


@pytest.mark.parametrize("handle", ["ana", "lea", "olga", "rob"])
@pytest.mark.parametrize("name", READS)
def test_no_screen_reads_a_table_from_end_to_end(lived_in, name, handle):
    session = lived_in.as_(handle)
    connection, sent = lived_in.store.connection, []
    connection.set_trace_callback(sent.append)
    READS[name](session)
    connection.set_trace_callback(None)
    statements = {one for one in sent if one.startswith(("SELECT", "WITH"))}
    assert statements
    assert {(table, one) for one in statements for table in scanned(connection, one) if table not in SMALL} == set()
