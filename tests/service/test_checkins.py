from __future__ import annotations

import json

import pytest

from okrtui.core.errors import Conflict, Invalid, NotAllowed, NotFound
from okrtui.service import checkins, cycles, needs, setup, show

# The quarter runs from Thursday 1 October: its first week is 1 to 4 October, its last 28 to 31 December.


@pytest.fixture
def kr(company):
    ref = company.agreed()
    company.running()
    return ref


def check_in(company, ref, by="ana", week=None, began_from=None, **fields):
    entry = {"value": 20, "confidence": 6, **fields}
    return checkins.check_in(company.as_(by), ref, entry, week=week, began_from=began_from)


def history(company, ref):
    return show.key_result(company.as_("rob"), ref).checkins


def card(company, ref):
    return show.key_result(company.as_("rob"), ref).card


def test_a_check_in_is_for_this_week(company, kr):
    saved = check_in(company, kr, context="Weekends covered", blocker="Nights", next="Hire")
    assert (saved.ref, saved.week, saved.late, saved.revised) == (kr, 2, False, False)
    assert saved.progress == pytest.approx(1 / 3)
    (line,) = history(company, kr)
    assert (line.context, line.blocker, line.next, line.author) == ("Weekends covered", "Nights", "Hire", "ana")
    assert [need.kind for need in needs.due(company.as_("ana"))] == []


@pytest.mark.parametrize(
    ("day", "week"), [("2026-10-04", 1), ("2026-10-11", 2), ("2026-10-12", 3), ("2026-12-06", 10), ("2027-02-01", 14)]
)
def test_weeks_are_the_cycles(company, kr, day, week):
    assert check_in(company.at(day), kr).week == week


def test_a_past_week_is_marked_late_and_the_newest_counts(company, kr):
    company.at("2026-10-30")
    check_in(company, kr, value=17, confidence=7)
    saved = check_in(company, kr, value=25, confidence=5, week=2)
    assert (saved.late, saved.progress) == (True, 0.5)
    assert [(line.week, line.late) for line in history(company, kr)] == [(2, True), (5, False)]
    assert (card(company, kr).value, card(company, kr).confidence, card(company, kr).checked_week) == (17, 7, 5)


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        (6, "Week 6 has not begun: this is week 5 of 2026-Q4"),
        (0, "2026-Q4 has weeks 1 to 14, and no week 0"),
        (15, "2026-Q4 has weeks 1 to 14, and no week 15"),
    ],
)
def test_a_week_to_come_is_refused(company, kr, week, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        check_in(company.at("2026-10-30"), kr, week=week)
    assert history(company, kr) == ()


def test_before_the_first_day_there_is_no_week(company, kr):
    with pytest.raises(NotAllowed, match="2026-Q4 begins on 2026-10-01: check-ins start with its first week"):
        check_in(company.at("2026-09-30"), kr)


def test_days_end_in_the_cycles_zone(company):
    cycles.edit(company.operator, "2026-Q4", {"zone": "Pacific/Auckland"})
    ref = company.agreed()
    company.running()
    company.now = company.now.replace(day=11, hour=12)  # Monday in Auckland
    assert check_in(company, ref).week == 3


def test_a_cycle_that_drafts_takes_none(company):
    ref = company.agreed()
    with pytest.raises(NotAllowed, match="2026-Q4 is drafting, and this is done while a cycle is running or scoring"):
        check_in(company, ref)


def test_what_is_not_agreed_takes_none(company):
    ref = company.draft()
    company.running()
    with pytest.raises(NotAllowed, match="KR1 is draft: check-ins begin once it is agreed"):
        check_in(company, ref)


def test_scoring_takes_the_last_week_alone(company, kr):
    company.at("2027-01-04").scoring()
    assert check_in(company, kr, context="The last").week == 14
    with pytest.raises(NotAllowed, match="takes check-ins of its last week alone, week 14"):
        check_in(company, kr, week=13)


def test_the_same_week_revises_and_keeps_the_earlier_text(company, kr):
    check_in(company, kr, context="First words", blocker="Nights")
    saved = check_in(company, kr, by="ben", value=18, context="Second words")
    assert saved.revised
    (line,) = history(company, kr)
    assert (line.context, line.blocker, line.author, line.value) == ("Second words", "Nights", "ben", 18)
    with company.store.reading() as connection:
        kept = connection.execute("SELECT version, context, value FROM checkin_text").fetchall()
    assert kept == [(1, "First words", 20)]


def test_two_people_on_the_same_week(company, kr):
    began = {"value": None, "confidence": 5, "context": "", "blocker": "", "next": ""}
    check_in(company, kr, by="ben", value=19, confidence=5, context="Ben's words", began_from=began)
    with pytest.raises(Conflict) as error:
        check_in(company, kr, value=20, confidence=7, context="Ana's words", began_from=began)
    assert error.value.fields == {"value": (None, 20, 19), "context": ("", "Ana's words", "Ben's words")}
    check_in(company, kr, value=19, confidence=7, context="Ben's words", began_from=began)
    (line,) = history(company, kr)
    assert (line.confidence, line.context, line.value) == (7, "Ben's words", 19)


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ({"kind": "increase", "baseline": 0, "target": 10}, [(5, 0.5), (12, 1), (-3, 0)]),
        ({"kind": "decrease", "baseline": 10, "target": 0}, [(5, 0.5), (-1, 1), (11, 0)]),
        ({"kind": "maintain", "low": 90, "high": 100, "weight": 0}, [(95, 1), (85, 0.5), (70, 0)]),
        ({"kind": "binary", "done_means": "Signed"}, [(0, 0), (1, 1)]),
    ],
)
def test_each_kind_counts_its_way(company, fields, values):
    empty = {"baseline": None, "target": None}
    ref = company.agreed(**{**empty, **fields})
    company.running()
    for value, share in values:
        assert check_in(company, ref, value=value).progress == pytest.approx(share)


def test_a_milestone_ticks_its_steps_by_name(company):
    steps = [{"name": "Signed", "weight": 1}, {"name": "Paid", "weight": 3}]
    ref = company.agreed(kind="milestone", baseline=None, target=None, steps=steps)
    company.running()
    assert check_in(company, ref, value=None, steps=["paid"]).progress == pytest.approx(0.75)
    assert history(company, ref)[0].steps == ("Paid",)
    with pytest.raises(NotFound, match="KR1 has no step 'Shipped': its steps are 'Signed', 'Paid'"):
        check_in(company, ref, value=None, steps=["Shipped"])
    assert check_in(company, ref, value=None, steps=[]).progress == 0


def test_what_a_kind_asks_for(company, kr):
    with pytest.raises(Invalid, match="Give the value of KR1 in hours"):
        check_in(company, kr, value=None)
    with pytest.raises(Invalid, match="KR1 is no milestone and has no steps"):
        check_in(company, kr, steps=["Signed"])
    with pytest.raises(Invalid, match="Confidence is a whole number from 0 to 10"):
        check_in(company, kr, confidence=11)
    with pytest.raises(Invalid, match="The value takes a number"):
        check_in(company, kr, value="nan")
    assert history(company, kr) == ()


def test_a_binary_is_done_or_not(company):
    ref = company.agreed(kind="binary", baseline=None, target=None, done_means="Signed")
    company.running()
    for value in (0.5, None, 2):
        with pytest.raises(Invalid, match="KR1 is done or not: give 1 for done, 0 for not yet"):
            check_in(company, ref, value=value)


@pytest.mark.parametrize(
    ("confidences", "fell"), [([7], False), ([7, 5], True), ([7, 6], False), ([7, 6, 5], True), ([7, 5, 6], False)]
)
def test_what_is_flagged_is_a_fall(company, kr, confidences, fell):
    for week, confidence in enumerate(confidences):
        company.at(f"2026-10-{6 + 7 * week:02}")
        check_in(company, kr, confidence=confidence)
    assert card(company, kr).fell is fell


def test_the_trend_holds_the_last_thirteen_weeks(company, kr):
    company.at("2026-12-31")
    for week in range(1, 15):
        check_in(company, kr, value=26 - week, confidence=week % 11, week=week)
    assert card(company, kr).trend == tuple((week, 26 - week, week % 11) for week in range(2, 15))
    with company.store.reading() as connection:
        (kept,) = connection.execute("SELECT trend FROM key_result").fetchone()
    assert len(json.loads(kept)) == checkins.TREND_WEEKS


def test_check_ins_are_asked_of_the_owner_until_they_are_there(company, kr):
    company.at("2026-10-16")
    (need,) = needs.due(company.as_("ana"))
    assert (need.kind, need.overdue, need.text) == (
        "checkin",
        False,
        "Check in KR1 Median first answer falls (week 3, due Fri 16 Oct)",
    )
    assert needs.due(company.as_("ben")) == []
    setup.edit_team(company.operator, "sales", {"due_weekday": 1})
    (need,) = needs.due(company.as_("ana"))
    assert need.overdue
    assert "was due Tue 13 Oct" in need.text
    check_in(company, kr)
    assert needs.due(company.as_("ana")) == []


def test_a_key_result_without_its_check_in_is_silent(company, kr):
    assert not card(company.at("2026-10-09"), kr).silent
    assert card(company.at("2026-10-10"), kr).silent
    check_in(company, kr)
    assert not card(company.at("2026-10-16"), kr).silent
    assert card(company.at("2026-10-17"), kr).silent
