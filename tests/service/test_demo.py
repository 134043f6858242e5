"""The demo's company: whole, the same for a day, nothing newer than now, and something of everything to look at."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from okrtui.core.confidence import homework
from okrtui.demo import PERSON, build
from okrtui.demo.making import RUNNING, first_day, quarter_name
from okrtui.service import needs, rooms, scoreboard, show, trees
from okrtui.service.session import Session, read_stamp
from okrtui.store import cycles, doctor, people, teams
from okrtui.store.file import Store
from okrtui.store.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 19, 11, 30, tzinfo=UTC)

OTHER_DAYS = (
    datetime(2027, 1, 1, 0, 0, 5, tzinfo=UTC),
    datetime(2028, 2, 29, 9, 0, tzinfo=UTC),
    datetime(2026, 11, 22, 23, 59, tzinfo=UTC),  # a Sunday
    datetime(2026, 11, 23, 0, 0, tzinfo=UTC),  # a Monday, at its first minute
    datetime(2026, 11, 21, 15, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 18, 0, tzinfo=UTC),
)


class Demo:
    """A demo's file, looked at by its people."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store = store
        self.now = now

    def as_(self, handle: str) -> Session:
        """The session of a person."""
        person = people.by_handle(self.store.connection, handle)
        assert person is not None, handle
        return Session(self.store, person.id, clock=lambda: self.now)

    def rows(self, sql: str) -> list[tuple]:
        """What a query finds."""
        return self.store.connection.execute(sql).fetchall()

    def column(self, sql: str) -> list:
        """The first column of what a query finds."""
        return [row[0] for row in self.rows(sql)]


def opened(path, now: datetime) -> Iterator[Demo]:
    build(path, now)
    with Store.open(path) as store:
        yield Demo(store, now)


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo of a Thursday, for every test that only looks."""
    yield from opened(tmp_path_factory.mktemp("demo") / "okr.db", NOW)


@pytest.fixture(scope="session", params=OTHER_DAYS, ids=lambda now: now.date().isoformat())
def any_demo(request, tmp_path_factory):
    """The demo of another day."""
    yield from opened(tmp_path_factory.mktemp("demo") / "okr.db", request.param)


def test_nothing_is_newer_than_now_and_time_only_goes_on(any_demo):
    times = any_demo.column("SELECT at FROM event ORDER BY id")
    assert times == sorted(times)
    assert read_stamp(times[-1]) <= any_demo.now
    assert read_stamp(times[-1]) > any_demo.now - timedelta(days=5)


def test_people_work_in_working_hours(any_demo):
    for at in map(read_stamp, any_demo.column("SELECT DISTINCT at FROM event")):
        assert at.weekday() < 5
        assert 8 <= at.hour < 18


def test_the_cycle_that_runs_is_in_its_ninth_week(any_demo):
    home, cycle = rooms.home(any_demo.as_(PERSON))
    place = rooms.room(any_demo.as_(PERSON), home).place
    assert (place.cycle, place.phase, place.week, place.weeks) == (cycle, "running", 9, 13)
    phases = [one.phase for one in cycles.in_order(any_demo.store.connection)]
    assert phases == ["closed"] * 4 + ["running", "drafting"]


def test_every_day_has_all_there_is_to_see(any_demo):
    waiting = {need.kind for need in needs.due(any_demo.as_(PERSON))}
    assert waiting >= {"invitation", "question", "mention", "checkin", "owner"}
    assert any_demo.column("SELECT sum(fell) FROM key_result JOIN invitation i ON i.id = invitation_id")[0] >= 2
    marks = Counter(mark for node in _nodes(any_demo) for mark in node.marks)
    assert marks["fell"] >= 2
    assert marks["silent"] >= 2
    assert marks["no owner"] == 1
    assert marks["pushed back by marketing"] == 1


def test_the_doctor_finds_nothing(any_demo):
    assert [one.sentence for one in doctor.examine(any_demo.store) if one.level == "error"] == []
    assert any_demo.rows("PRAGMA foreign_key_check") == []


def _nodes(demo: Demo) -> list[trees.Node]:
    _, waiting = trees.tree(demo.as_(PERSON))
    found = []
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(node.children)
    return found


def test_the_same_day_is_the_same_company(demo, tmp_path):
    build(tmp_path / "again.db", NOW.replace(hour=8))
    with Store.open(tmp_path / "again.db") as again:
        assert _dump(again) == _dump(demo.store)


def _dump(store: Store) -> dict[str, list[list]]:
    """Every row of our tables, without salts and what is made of them."""
    return {table: _rows(store, table) for table in TABLES}


def _rows(store: Store, table: str) -> list[list]:
    found = store.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608  # a table of the schema's own
    return [[_unsalted(value) for value in row] for row in found]


def _unsalted(value: object) -> object:
    return re.sub("[0-9a-f]{32,64}", "…", value) if isinstance(value, str) else value


def test_names_of_quarters_are_in_order_on_every_day_of_thirty_years():
    for number in range(365 * 30 + 8):
        today = date(2020, 1, 1) + timedelta(days=number)
        names = [quarter_name(today, place) for place in range(RUNNING + 2)]
        assert sorted(set(names)) == names
        middle = first_day(today, RUNNING) + timedelta(days=45)
        assert names[RUNNING] == f"{middle.year}-Q{(middle.month + 2) // 3}"
        assert timedelta(weeks=8) <= today - first_day(today, RUNNING) < timedelta(weeks=9)


def test_the_company_has_three_levels_eight_teams_and_twenty_five_people(demo):
    found = teams.in_tree_order(demo.store.connection)
    assert max(team.depth for team in found) == 2
    functions = {team.function for team in found if team.depth == 2}
    assert functions == {
        "sales",
        "marketing",
        "support",
        "product",
        "engineering",
        "operations",
        "finance",
        "people",
    }
    assert [team.slug for team in found if team.steady] == ["finance"]
    everybody = people.everybody(demo.store.connection)
    assert len(everybody) == 25
    assert [one.handle for one in everybody if not one.active] == ["henrik"]
    assert len(demo.rows("SELECT person_id FROM membership GROUP BY 1 HAVING count(*) > 1")) >= 3
    (until,) = demo.column("SELECT until FROM deputy")
    assert until > NOW.date().isoformat()
    assert demo.column("SELECT count(*) FROM event WHERE deputy_for IS NOT NULL")[0] >= 1


def test_the_closed_quarters_are_complete(demo):
    counts = demo.rows(
        "SELECT c.name, count(*), sum(EXISTS (SELECT 1 FROM calibration WHERE key_result_id = k.id AND state = 'confirmed'))"
        " FROM key_result k JOIN invitation i ON i.id = invitation_id JOIN objective o ON o.id = objective_id"
        " JOIN cycle c ON c.id = cycle_id WHERE c.phase = 'closed' AND k.state = 'agreed' GROUP BY 1 ORDER BY 1"
    )
    assert [10 <= count <= 12 for _, count, _ in counts] == [True] * 4
    assert [count - settled for _, count, settled in counts] == [0, 1, 0, 0]
    assert demo.column("SELECT kind FROM left_open ORDER BY kind") == ["calibration", "invitation"]
    assert demo.column(
        "SELECT count(*) FROM objective o JOIN cycle c ON c.id = cycle_id LEFT JOIN learning ON objective_id = o.id"
        " WHERE c.phase = 'closed' AND o.state = 'published' AND words IS NULL"
    ) == [0]
    assert demo.column("SELECT length(reason) > 40 FROM calibration WHERE value IS NULL") == [1]
    assert demo.column("SELECT count(*) FROM calibration WHERE state = 'countered'") == [1]
    assert demo.column("SELECT count(*) FROM score WHERE value <> first_value") == [1]


def test_the_two_sides_come_closer_over_the_year(demo):
    gaps = demo.column(
        "SELECT avg(abs(own.first_value - lead.first_value)) FROM score own JOIN score lead USING (key_result_id)"
        " JOIN key_result k ON k.id = key_result_id JOIN invitation i ON i.id = invitation_id"
        " JOIN objective o ON o.id = objective_id WHERE own.side = 'self' AND lead.side = 'manager'"
        " GROUP BY cycle_id ORDER BY cycle_id"
    )
    assert len(gaps) == 4
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] >= 2.5
    assert gaps[-1] <= 0.5


def test_one_team_scores_everything_at_the_top_twice_running(demo):
    lowest = demo.rows(
        "SELECT t.slug, c.name, min(s.value) FROM score s JOIN key_result k ON k.id = key_result_id"
        " JOIN invitation i ON i.id = invitation_id JOIN team t ON t.id = i.team_id"
        " JOIN objective o ON o.id = objective_id JOIN cycle c ON c.id = o.cycle_id GROUP BY 1, 2 ORDER BY 1, c.starts"
    )
    top = Counter(slug for slug, _, value in lowest if value == 10)
    assert top == {"marketing": 2}


def test_the_running_quarter_has_objectives_links_and_all_kinds(demo):
    states = Counter(
        demo.column("SELECT state FROM objective WHERE cycle_id = (SELECT id FROM cycle WHERE phase = 'running')")
    )
    assert 8 <= states["published"] <= 14
    assert states["draft"] == states["withdrawn"] == 1
    mine = demo.rows(
        "SELECT k.state, kind, weight, established, amendment, guidance_low FROM key_result k"
        " JOIN invitation i ON i.id = invitation_id JOIN objective o ON o.id = objective_id"
        " JOIN cycle c ON c.id = cycle_id WHERE c.phase = 'running'"
    )
    agreed = [row for row in mine if row[0] == "agreed"]
    assert {row[1] for row in agreed} == {"increase", "decrease", "maintain", "milestone", "binary", "establish"}
    assert [row[1] for row in agreed if row[2] == 0] == ["maintain"]
    assert sum(row[3] for row in agreed) == 1
    assert sorted(row[4] for row in agreed if row[4]) == ["agreed", "asked"]
    assert sum(row[5] != "" for row in agreed) >= 6
    found = Counter(row[0] for row in mine)
    assert found.pop("agreed") >= 25
    assert found == {"idea": 3, "draft": 2, "proposed": 2, "parked": 1, "dropped": 1}
    linked = demo.column("SELECT consented_by IS NULL FROM link")
    assert linked.count(0) >= 5
    assert linked.count(1) == 2


def test_the_boards_show_what_is_exchanged_on_them(demo):
    cards = {card.statement: card for card in shown_of(demo, "product")}
    late = cards["Slots that come free after three are still filled"]
    assert (late.suggestions, late.dots, late.my_dots) == (2, 3, 0)
    assert cards["Cancelled slots filled the same day without a call"].quieted == ("number",)
    defended = show.key_result(demo.as_(PERSON), cards["Patients who take the first offer they get"].ref)
    assert defended.defence is not None
    assert defended.defence.decision == "keep"


def shown_of(demo, team):
    """The cards of a team's board, as the demo's person sees them."""
    _, objectives = rooms.objectives_of(demo.as_(PERSON), team)
    return [card for one in objectives for card in one.key_results]


def test_pushbacks_stand_in_every_state(demo):
    rounds = demo.rows(
        "SELECT pushback.state, answer, pushback.at, i.state FROM pushback JOIN invitation i ON i.id = invitation_id"
    )
    found = {(state, answer): (at, now) for state, answer, at, now in rounds}
    assert set(found) == {("answered", "reworded"), ("answered", "explained"), ("taken_back", None), ("open", None)}
    at, _ = found["open", None]
    assert timedelta(days=7) < NOW - read_stamp(at) < timedelta(days=21)
    assert found["answered", "explained"][1] == "accepted"
    assert demo.column(
        "SELECT count(*) FROM invitation i JOIN objective o ON o.id = objective_id JOIN cycle c ON c.id = cycle_id"
        " WHERE c.phase = 'running' AND i.state = 'open'"
        " AND NOT EXISTS (SELECT 1 FROM invitation_seen WHERE invitation_id = i.id)"
    ) == [1]


def test_check_ins_have_a_year_of_shapes(demo):
    found: dict[int, list[tuple]] = {}
    for number, *said in demo.rows(
        "SELECT key_result_id, week, checkin.value, checkin.confidence, context, blocker, late FROM checkin"
        " JOIN key_result k ON k.id = key_result_id JOIN invitation i ON i.id = invitation_id"
        " JOIN objective o ON o.id = objective_id JOIN cycle c ON c.id = cycle_id WHERE c.phase = 'running' ORDER BY 1, 2"
    ):
        found.setdefault(number, []).append(tuple(said))
    histories = list(found.values())
    assert sum(homework([(value, sure, words) for _, value, sure, words, *_ in one]) for one in histories) == 1
    assert min(later[2] - earlier[2] for one in histories for earlier, later in pairwise(one)) == -3
    assert any(one[-1][4] for one in histories), "a blocker"
    assert [late for one in histories for *_, late in one].count(1) == 1
    assert sum(one[-1][0] <= 7 for one in histories) >= 2, "silent for two weeks"
    assert demo.column("SELECT count(*) FROM checkin_text") == [1]


def test_the_scoreboard_of_a_closed_quarter_stands_open(demo):
    first, *_ = cycles.in_order(demo.store.connection)
    lines = scoreboard.scoreboard(demo.as_(PERSON), team="engineering", cycle=first.name)
    assert [(line.self_score.value, line.manager.value, line.agreed.value) for line in lines if line.agreed] == [
        (0.9, 0.5, 0.6),
        (0.7, 0.4, 0.5),
        (0.8, 0.6, 0.7),
    ]
