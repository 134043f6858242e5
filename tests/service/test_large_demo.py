"""The large demo, made smaller: the file is as well as one made deed by deed, and its person has something to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from okrtui.demo import PERSON
from okrtui.demo.large import CYCLES, build_large
from okrtui.service import activity, mine, needs, rooms, scoreboard, trees, weekly
from okrtui.service.session import Session, read_stamp
from okrtui.store import cycles, doctor, people
from okrtui.store.file import Store

NOW = datetime(2026, 11, 19, 11, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "okr.db"
    build_large(path, NOW, scale=0.01)
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def session(store):
    person = people.by_handle(store.connection, PERSON)
    return Session(store, person.id, clock=lambda: NOW)


def column(store, sql):
    return [row[0] for row in store.connection.execute(sql)]


def test_the_doctor_finds_nothing(store):
    assert [one.sentence for one in doctor.examine(store) if one.level == "error"] == []


def test_the_indexes_are_those_of_the_schema(store, tmp_path):
    sql = "SELECT name, sql FROM sqlite_master ORDER BY name"
    with Store.create(tmp_path / "bare.db", rehearsal=False, now="2026-10-01T09:00:00Z") as bare:
        assert store.connection.execute(sql).fetchall() == bare.connection.execute(sql).fetchall()


def test_every_team_has_ten_key_results_a_cycle(store):
    (teams,) = column(store, "SELECT count(*) FROM team")
    sql = (
        "SELECT count(*) FROM key_result JOIN invitation ON invitation.id = invitation_id "
        "JOIN objective ON objective.id = objective_id GROUP BY cycle_id, invitation.team_id"
    )
    assert column(store, sql) == [10] * (teams * CYCLES)


def test_it_has_something_of_everything(store):
    assert set(column(store, "SELECT kind FROM key_result")) == {
        "increase",
        "decrease",
        "maintain",
        "milestone",
        "binary",
        "establish",
    }
    assert set(column(store, "SELECT phase FROM cycle")) == {"closed", "running"}
    assert {"accepted", "open", "released"} <= set(column(store, "SELECT state FROM invitation"))
    assert set(column(store, "SELECT kind FROM commitment")) == {"contribution", "development", "stretch"}
    assert set(column(store, "SELECT state FROM commitment")) == {"open", "done", "let_go"}
    assert {"planned", "doing", "done", "stopped"} == set(column(store, "SELECT status FROM initiative"))
    assert {"agreed", "dropped", "draft"} <= set(column(store, "SELECT state FROM key_result"))


def test_time_only_goes_on_and_ends_now(store):
    times = column(store, "SELECT at FROM event ORDER BY id")
    assert times == sorted(times)
    assert read_stamp(times[-1]) <= NOW
    for table in ("checkin", "comment", "objective", "key_result", "invitation"):
        assert max(column(store, f"SELECT at FROM {table}")) <= times[-1]  # noqa: S608


def test_every_check_in_has_its_event(store):
    told = column(store, "SELECT count(*) FROM event WHERE verb = 'kr.checkin'")
    assert told == column(store, "SELECT count(*) FROM checkin")


def test_the_cycle_is_in_its_ninth_week_and_its_person_has_something_to_do(session):
    team, cycle = rooms.home(session)
    room = rooms.room(session, team)
    assert (room.place.cycle, room.place.phase, room.place.week) == (cycle, "running", 9)
    assert {need.kind for need in needs.due(session)} >= {"invitation", "question", "mention", "checkin"}
    assert weekly.queue(session)
    assert room.activity


def test_nobody_is_told_of_anothers_goals(session, store):
    goals = column(store, "SELECT 'P' || id FROM commitment WHERE kind = 'development'")
    verbs = set(column(store, "SELECT DISTINCT verb FROM event WHERE private"))
    assert verbs == {"commitment.add", "commitment.done", "commitment.let_go"}
    assert set(column(store, "SELECT ref FROM event WHERE private")) == set(goals)
    assert set(column(store, "SELECT payload FROM event WHERE private")) == {'{"after":{},"before":{}}'}
    assert {one.kind for one in mine.me(session).own.commitments} == {"contribution", "development"}


def test_every_key_result_hangs_in_the_tree(session, store):
    def walk(nodes):
        for node in nodes:
            yield node
            yield from walk(node.children)

    agreed = column(
        store,
        "SELECT 'KR' || k.id FROM key_result k JOIN invitation i ON i.id = invitation_id JOIN objective o "
        "ON o.id = objective_id JOIN cycle c ON c.id = cycle_id WHERE c.phase = 'running' AND k.state = 'agreed'",
    )
    found = [node.ref for node in walk(trees.tree(session)[1]) if node.kind == "key_result"]
    assert sorted(found) == sorted(agreed)


def test_closed_cycles_are_scored(session, store):
    closed = [one.name for one in cycles.in_order(store.connection) if one.phase == "closed"]
    team, _ = rooms.home(session)
    lines = scoreboard.scoreboard(session, team=team, cycle=closed[-1])
    assert lines
    assert all(line.agreed and line.agreed.confirmed_by for line in lines)


def test_the_same_day_makes_the_same_company(store, tmp_path):
    build_large(tmp_path / "again.db", NOW, scale=0.01)
    with Store.open(tmp_path / "again.db") as again:
        for table in ("person", "team", "objective", "key_result", "checkin", "score", "comment"):
            sql = f"SELECT * FROM {table}"  # noqa: S608
            assert again.connection.execute(sql).fetchall() == store.connection.execute(sql).fetchall()


def test_the_log_goes_back_from_the_newest(session, store, monkeypatch):
    monkeypatch.setattr(activity, "NEWEST", 5)
    (newest,) = column(store, "SELECT max(id) FROM event")
    assert [line.id for line in activity.log(session)] == list(range(newest - 4, newest + 1))
    since = datetime(2026, 11, 17, tzinfo=UTC)
    told = activity.log(session, since=since)
    assert [line.id for line in told] == column(store, "SELECT id FROM event WHERE at >= '2026-11-17' ORDER BY id")
