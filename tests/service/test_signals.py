"""Signals from made histories in a real file: what SQLite counts is what the rules say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import mean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import BY, history_of, signal, tally_of, undone

from okrtui.core.confidence import fell
from okrtui.core.weeks import due_day, weeks
from okrtui.report import history
from okrtui.service import checkins, key_results, scores, setup
from okrtui.service.session import Session, stamp
from okrtui.store.file import Store

NOW = datetime(2026, 8, 5, 12, tzinfo=UTC)
FIRST, SECOND, RUNNING = date(2026, 1, 5), date(2026, 4, 6), date(2026, 7, 6)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    with Store.create(tmp_path_factory.mktemp("made") / "okr.db", rehearsal=True, now=stamp(NOW)) as store:
        operator = Session(store, None, clock=lambda: NOW)
        setup.found_company(operator, company="Acme", handle="olga", login="olga", name="Olga", lead=None)
        yield operator


@pytest.fixture
def made(file):
    """A file to make a history in, which is undone after each test."""
    with undone(file.store) as found:
        yield found


@pytest.fixture
def two(made):
    """Sales and two closed cycles."""
    return made.team("sales"), made.cycle("Q1", FIRST), made.cycle("Q2", SECOND)


def raised(file, key, team=None):
    return [(one.team, one.cycle, one.text) for one in signal(history_of(file, "Q2", team).signals(), key).sightings]


def close(made, cycle, team, *tenths, own=None, lead=None):
    for value in tenths:
        number = made.key_result(cycle, team)
        made.scored(number, own if own is not None else value, lead if lead is not None else value, value)


# What is watched for


def test_everything_at_the_top_two_cycles_running(file, made, two):
    team, first, second = two
    close(made, first, team, 10, 10)
    close(made, second, team, 10)
    assert raised(file, "all_top") == [("Sales", "Q2", "2 of 2 in Q1 and 1 of 1 in Q2")]
    assert raised(file, "all_top", "sales") == raised(file, "all_top")
    assert history_of(file, "Q1").signals()[8].sightings == ()


@pytest.mark.parametrize(("before", "after"), [((10, 9), (10,)), ((10,), (10, 9)), ((), (10,)), ((10,), ())])
def test_one_score_below_the_top_is_enough_not_to_raise_it(file, made, two, before, after):
    team, first, second = two
    close(made, first, team, *before)
    close(made, second, team, *after)
    assert raised(file, "all_top") == []


def test_guardrails_and_unconfirmed_scores_are_not_counted(file, made, two):
    team, first, second = two
    close(made, first, team, 10)
    close(made, second, team, 10)
    made.scored(made.key_result(second, team, weight=0.0), 5, 5, 5)
    made.scored(made.key_result(second, team), 5, 5)
    made.scored(made.key_result(second, team, state="dropped"), 5, 5, 5)
    assert len(raised(file, "all_top")) == 1


def test_what_each_of_two_teams_does_is_not_what_one_does(file, made, two):
    team, first, second = two
    close(made, first, team, 10)
    close(made, second, made.team("support"), 10)
    assert raised(file, "all_top") == []


def test_self_equal_to_manager(file, made, two):
    team, first, second = two
    close(made, first, team, 3, 7)
    close(made, second, team, 5)
    assert raised(file, "always_equal") == [("Sales", "Q2", "2 of 2 in Q1 and 1 of 1 in Q2")]


@pytest.mark.parametrize("pairs", [[(3, 3), (4, 5), (6, 6)], [(3, 3), (4, 4)], []])
def test_one_gap_or_too_few_pairs_do_not_raise_it(file, made, two, pairs):
    team, first, second = two
    for place, (own, lead) in enumerate(pairs):
        made.scored(made.key_result((first, second)[place % 2], team), own, lead)
    assert raised(file, "always_equal") == []


@pytest.mark.parametrize(("day", "value", "late"), [(70, 10, True), (69, 10, False), (98, 10, True), (70, 9, False)])
def test_added_in_the_last_three_weeks_and_closed_at_the_top(file, made, two, day, value, late):
    team, _, second = two
    number = made.key_result(second, team, agreed=day)
    made.scored(number, value, value, value)
    assert raised(file, "added_late") == ([("Sales", "Q2", f"KR{number}")] if late else [])


def test_the_last_three_weeks_begin_at_midnight_in_the_cycles_zone(file, made, two):
    team, _, second = two
    made.connection.execute("UPDATE cycle SET zone = 'Asia/Tokyo'")
    number = made.key_result(second, team)
    made.scored(number, 10, 10, 10)
    day = SECOND + timedelta(days=69)
    for hour, late in ((14, False), (15, True)):
        sql = "UPDATE key_result SET agreed_at = ? WHERE id = ?"
        made.connection.execute(sql, (f"{day}T{hour}:00:00Z", number))
        assert bool(raised(file, "added_late")) == late


def test_targets_eased_and_when(file, made, two):
    team, _, second = two
    number = made.key_result(second, team, target=8.0)
    made.amended(number, 7.0, SECOND + timedelta(days=15))
    assert raised(file, "eased") == []
    made.amended(number, 12.0, SECOND + timedelta(days=60))
    assert raised(file, "eased") == [("Sales", "Q2", f"KR{number} in week 9: 7 → 12")]
    made.amended(number, 7.0, SECOND + timedelta(days=61))
    assert raised(file, "eased") == []


def test_an_easing_before_the_cycle_is_outside_its_weeks(file, made, two):
    team, _, second = two
    number = made.key_result(second, team, agreed=-20)
    made.amended(number, 12.0, SECOND - timedelta(days=3))
    assert raised(file, "eased") == [("Sales", "Q2", f"KR{number} outside its weeks: 8 → 12")]


# What is counted


def test_whose_words(file, made, two):
    team, _, second = two
    made.key_result(second, team, texts=[("Answers within a day", "team")])
    made.key_result(second, team, texts=[("Answers fast", "team"), ("Answers within hours", "leadership")])
    made.key_result(second, team, texts=[("Never agreed at all", "leadership")], state="not_agreed")
    found = tally_of(file, "Q2", "sales")
    assert (found.agreed, found.own_words, found.words) == (2, 5, 7)


def test_pushbacks_and_their_age(file, made, two):
    team, _, _ = two
    running = made.cycle("Q3", RUNNING, "running")
    made.pushed_back(running, team, RUNNING, RUNNING + timedelta(days=3))
    made.pushed_back(running, team, RUNNING + timedelta(days=5), RUNNING + timedelta(days=6), turn=2)
    made.pushed_back(running, team, RUNNING + timedelta(days=10), turn=3)
    found = tally_of(file, "Q3", "sales")
    assert (found.asked, found.raised, found.answered, found.waiting) == (1, 3, 2, 1)
    assert (round(found.answer_days, 6), round(found.oldest_days, 6)) == (4.0, 20.0)


def test_workshops_and_their_length(file, made, two):
    team, _, second = two
    workshop = made.put("workshop", team_id=team, cycle_id=second, state="closed", at="2026-04-06T09:00:00Z")
    for starts, ends in (("09:00", "09:50"), ("10:00", "10:45")):
        day = "2026-04-06T{}:00Z"
        made.put("workshop_sitting", workshop_id=workshop, starts_at=day.format(starts), ends_at=day.format(ends))
    made.put("workshop", team_id=made.team("support"), cycle_id=second, at="2026-04-06T09:00:00Z")
    found = tally_of(file, "Q2", "sales")
    assert (found.workshops, found.sittings, round(found.minutes, 6)) == (1, 2, 95.0)
    assert history_of(file, "Q2").signals()[2].figures[-1].text == "1 workshop in 2 sittings, 95 minutes each"


def test_the_gap_is_that_of_the_first_values(file, made, two):
    team, _, second = two
    number = made.key_result(second, team)
    made.scored(number, 9, 5)
    made.connection.execute("UPDATE score SET value = 5")
    made.scored(made.key_result(second, team), 4, 6)
    found = tally_of(file, "Q2", "sales")
    assert (found.pairs, found.equal, found.gap, found.higher) == (2, 0, 6, 2)


def test_what_was_put_to_a_person_is_counted_nowhere(file, made, two):
    team, _, second = two
    number = made.key_result(second, team)
    made.scored(number, 10, 10, 10)
    made.checked_in(number, 3)
    made.pushed_back(second, team, SECOND)
    made.connection.execute("UPDATE invitation SET team_id = NULL, person_id = ?", (BY,))
    for scope in (None, "sales"):
        of = history.span_of(file, "Q2", scope, 1)
        counted = history.count_of(file, of, of.cycles[0])
        assert (counted.tallies, counted.marks) == ({}, {})


def test_a_team_is_counted_with_those_below_it_and_without_the_others(file, made, two):
    _, _, second = two
    sales, support = made.team("field"), made.team("support")
    made.connection.execute("UPDATE team SET path = '/1/2/' || id || '/', parent_id = 2 WHERE id = ?", (sales,))
    close(made, second, sales, 6)
    close(made, second, support, 8)
    assert [one.score for one in history_of(file, "Q2", "sales").scores()] == [None, 0.6]
    assert [one.score for one in history_of(file, "Q2").scores()] == [None, pytest.approx(0.7)]


def test_scores_are_weighted_means(file, made, two):
    team, first, second = two
    close(made, first, team, 5)
    for weight, value in ((3.0, 8), (1.0, 4), (0.0, 0)):
        made.scored(made.key_result(second, team, weight=weight), value, value, value)
    before, after = history_of(file, "Q2").scores()
    assert (before.score, after.score) == (0.5, pytest.approx(0.7))
    assert [(mark.title, mark.score) for mark in after.objectives] == [("Win", pytest.approx(0.7))]


def test_cycles_are_those_up_to_the_one_meant(file, made, two):
    made.cycle("Q3", RUNNING, "running")
    assert history_of(file, "Q2").cycles == ("Q1", "Q2")
    assert history_of(file, "Q3", cycles=2).cycles == ("Q2", "Q3")
    assert history_of(file, "Q1", cycles=1).cycles == ("Q1",)


# Rhythm, words and falls, against the rules themselves


@st.composite
def kept(draw):
    """A key result: the day it was agreed, its state, and its check-ins by week."""
    weeks_checked = draw(st.lists(st.integers(1, 13), unique=True).map(sorted))
    checks = [
        (week, draw(st.integers(0, 10)), draw(st.sampled_from(["", "", "said"])), draw(st.booleans()))
        for week in weeks_checked
    ]
    return draw(st.integers(-10, 95)), draw(st.sampled_from(["agreed", "agreed", "dropped", "draft"])), checks


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    found=st.lists(kept(), min_size=1, max_size=4),
    weekday=st.integers(0, 6),
    starts=st.sampled_from([FIRST, RUNNING, date(2026, 7, 29)]),
)
def test_check_ins_are_counted_as_the_rules_say(file, found, weekday, starts):
    days = (starts, starts + timedelta(weeks=13, days=-1))
    with undone(file.store) as made:
        team = made.team("sales", weekday)
        cycle = made.cycle("Q", starts, "running")
        for agreed, state, checks in found:
            number = made.key_result(cycle, team, agreed=agreed, state=state)
            for week, confidence, words, late in checks:
                made.checked_in(number, week, confidence, words=words, late=late)
        told = tally_of(file, "Q", "sales")
    due = [
        (week.number, checks)
        for agreed, state, checks in found
        if state == "agreed"
        for week in weeks(*days)
        if starts + timedelta(days=agreed) <= due_day(week, weekday) < NOW.date()
    ]
    got = [late for number, checks in due for week, _, _, late in checks if week == number]
    assert (told.due, told.on_time, told.late) == (len(due), got.count(False), got.count(True))
    said = [checks for _, state, checks in found if state != "draft"]
    assert told.checkins == sum(map(len, said))
    assert told.wordless == sum(not words for checks in said for _, _, words, _ in checks)
    assert told.falls == sum(
        fell([confidence for _, confidence, _, _ in checks[: place + 1]])
        for checks in said
        for place in range(len(checks))
    )


def test_nothing_is_due_while_a_cycle_drafts(file, made):
    team = made.team("sales")
    made.key_result(made.cycle("Q", RUNNING, "drafting"), team)
    assert tally_of(file, "Q", "sales").due == 0


# Through the services


def test_from_what_people_did(company):
    """A quarter as people write it: what the services keep is what is counted."""
    kr = company.agreed()
    company.running().at("2026-10-09")
    company.checked_in(kr, 20, 7)
    company.at("2026-10-16")
    checkins.check_in(company.as_("ana"), kr, {"value": 21, "confidence": 4})
    company.at("2026-10-27")
    checkins.check_in(company.as_("ana"), kr, {"value": 20, "confidence": 4}, week=4)
    key_results.amend(company.as_("ana"), kr, {"target": 12}, "Eight was a guess")
    found = tally_of(company.operator, "2026-Q4", "sales")
    assert (found.due, found.on_time, found.late) == (3, 2, 1)
    assert (found.checkins, found.wordless, found.falls) == (3, 2, 1)
    assert (found.own_words, found.words) == (4, 4)
    assert [(one.ref, one.week, one.before, one.after) for one in found.eased] == [(kr, 5, "8 hours", "12 hours")]


def test_sealed_scores_are_never_looked_at(company):
    kr = company.agreed()
    company.running().at("2026-12-29")
    company.checked_in(kr, 9, 9)
    company.scoring()
    scores.write(company.as_("ana"), kr, "self", 1.0, "Done")
    scores.write(company.as_("lea"), kr, "manager", 1.0, "Done")
    sent = []
    company.store.connection.set_trace_callback(sent.append)
    sealed = history_of(company.as_("rob"), "2026-Q4")
    company.store.connection.set_trace_callback(None)
    assert sent
    assert not [one for one in sent if "sealed" in one]
    assert signal(sealed.signals(), "gap").figures[-1].text == "no data"
    scores.reveal(company.as_("ana"), [kr])
    assert signal(history_of(company.as_("rob"), "2026-Q4").signals(), "gap").figures[-1].main == 0.0


# Rounds


votes = st.lists(st.lists(st.lists(st.integers(0, 10), min_size=2, max_size=4), min_size=2, max_size=2), max_size=4)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(votes)
def test_rounds_are_counted_as_they_lie(file, told):
    """Spread and trend as the rules say them, over rounds of two key results; what is sealed or given up counts in nothing."""
    with undone(file.store) as made:
        team, cycle = made.team("sales"), made.cycle("Q1", FIRST)
        numbers = [made.key_result(cycle, team) for _ in range(2)]
        for place, round_ in enumerate([*told, [[0, 10], [0, 10]], [[10, 0], [0, 10]]]):
            state = ("sealed", "abandoned")[place - len(told)] if place >= len(told) else "opened"
            number = made.put(
                "confidence_round", team_id=team, cycle_id=cycle, week=place + 1, state=state, author_id=BY, at="x"
            )
            for key_result, given_ in zip(numbers, round_, strict=True):
                for person, confidence in enumerate(given_, 1000):
                    made.connection.execute(
                        "INSERT OR IGNORE INTO person (id, handle, name, login, at) VALUES (?1, 'p' || ?1, 'P', 'p' || ?1, 'x')",
                        (person,),
                    )
                    made.connection.execute(
                        "INSERT INTO confidence_vote VALUES (?, ?, ?, ?)", (number, key_result, person, confidence)
                    )
        tally = tally_of(file, "Q1", "sales")
        lay = [given_ for round_ in told for given_ in round_]
        assert (tally.rounds, tally.laid) == (len(told), 2 * len(told))
        assert tally.apart == sum(max(one) - min(one) for one in lay)
        moved = [mean(told[-1][place]) - mean(told[0][place]) for place in range(2)] if len(told) > 1 else []
        assert tally.followed == len(moved)
        assert tally.moved == pytest.approx(sum(moved))
