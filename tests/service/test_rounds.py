"""Confidence rounds: sealed numbers, opened at once, never beside a name."""

from __future__ import annotations

import json

import pytest

from okrtui.core.errors import Invalid, NotAllowed
from okrtui.service import rounds, transfer
from okrtui.service.presence import Presence, Spot
from okrtui.store import events


@pytest.fixture
def team(company):
    """Sales in its third week, with two agreed key results."""
    under = company.accepted()
    company.agreed(under)
    company.agreed(under, statement="Nights are answered too")
    return company.running().at("2026-10-16")


def page(company, by="ana"):
    return rounds.page(company.as_(by), "sales")


def vote(company, by, first, second):
    return rounds.vote(company.as_(by), {"KR1": first, "KR2": second}, "sales")


def test_numbers_are_sealed_until_all_appear_at_once(team):
    rounds.start(team.as_("ana"), "sales")
    vote(team, "ana", 3, 9)
    vote(team, "ben", 7, 8)
    before = page(team, "ben")
    assert [one.mine for one in before.key_results] == [7, 8]
    assert [one.earlier for one in before.key_results] == [(), ()]
    assert before.in_ == ("ana", "ben")
    assert rounds.open_(team.as_("lea"), "sales") == 2
    after = page(team, "rob")
    assert [[(one.numbers, one.middle, one.width) for one in asked.earlier] for asked in after.key_results] == [
        [((3, 7), 5.0, 4)],
        [((8, 9), 8.5, 1)],
    ]
    assert after.week is None


def test_rounds_make_a_trend(team):
    for day, numbers in (("2026-10-16", (3, 7)), ("2026-10-23", (6, 6))):
        team.at(day)
        rounds.start(team.as_("ana"), "sales")
        for by, number in zip(("ana", "ben"), numbers, strict=True):
            vote(team, by, number, number)
        rounds.open_(team.as_("ana"), "sales")
    assert [(one.week, one.middle, one.width) for one in page(team).key_results[0].earlier] == [
        (3, 5.0, 4),
        (4, 6.0, 0),
    ]


def test_a_number_may_be_changed_until_the_opening(team):
    rounds.start(team.as_("ana"), "sales")
    assert rounds.vote(team.as_("ana"), {"KR1": 2}, "sales") == ("KR2",)
    assert vote(team, "ana", 4, 4) == ()
    vote(team, "ben", 5, 5)
    rounds.open_(team.as_("ana"), "sales")
    assert page(team).key_results[0].earlier[0].numbers == (4, 5)
    with pytest.raises(NotAllowed, match="No round of Sales is under way"):
        vote(team, "ana", 1, 1)


def test_who_is_here_is_waited_for_and_who_left_is_not(team):
    rounds.start(team.as_("ana"), "sales")
    rounds.join(team.as_("lea"), "sales")
    vote(team, "ana", 4, 4)
    vote(team, "ben", 5, 5)
    here = Presence()
    here.look(team.as_("lea"), Spot("room", "sales"))
    assert page(team).waiting == ("lea",)
    with pytest.raises(NotAllowed, match="@lea is not yet"):
        rounds.open_(team.as_("ana"), "sales")
    here.leave(team.as_("lea"))
    assert rounds.open_(team.as_("ana"), "sales") == 2


def test_one_number_is_no_round(team):
    rounds.start(team.as_("ana"), "sales")
    vote(team, "ana", 4, 4)
    with pytest.raises(NotAllowed, match="check in instead"):
        rounds.open_(team.as_("ana"), "sales")


def test_one_round_at_a_time_and_one_that_is_abandoned_stays_sealed(team):
    rounds.start(team.as_("ana"), "sales")
    with pytest.raises(NotAllowed, match="under way"):
        rounds.start(team.as_("ben"), "sales")
    vote(team, "ana", 1, 1)
    rounds.abandon(team.as_("ben"), "sales")
    assert page(team).key_results[0] == rounds.Asked("KR1", "Median first answer falls", None, ())
    rounds.start(team.as_("ben"), "sales")
    assert page(team).key_results[0].mine is None


@pytest.mark.parametrize("by", ["olga", "rob"])
def test_leadership_and_readers_have_no_numbers_in_it(team, by):
    rounds.start(team.as_("ana"), "sales")
    for act in (
        lambda session: rounds.start(session, "sales"),
        lambda session: rounds.join(session, "sales"),
        lambda session: rounds.vote(session, {"KR1": 1}, "sales"),
        lambda session: rounds.open_(session, "sales"),
        lambda session: rounds.abandon(session, "sales"),
    ):
        with pytest.raises(NotAllowed, match=r"is the team's.*\(c\)"):
            act(team.as_(by))


def test_numbers_are_whole_and_from_0_to_10_and_of_the_team(team):
    rounds.start(team.as_("ana"), "sales")
    for wrong in (11, -1, "many", 2.5, True, ""):
        with pytest.raises(Invalid, match="Confidence in KR1 is a whole number from 0 to 10"):
            rounds.vote(team.as_("ana"), {"KR1": wrong}, "sales")
    with pytest.raises(NotAllowed, match="KR9 is no agreed key result of Sales"):
        rounds.vote(team.as_("ana"), {"KR9": 5}, "sales")


def test_nothing_is_begun_on_nothing(company):
    company.accepted()
    company.running()
    with pytest.raises(NotAllowed, match="no agreed key result"):
        rounds.start(company.as_("ana"), "sales")


@pytest.mark.parametrize("opened", [False, True])
def test_nobodys_numbers_are_in_an_event_or_in_anothers_export(team, opened):
    rounds.start(team.as_("ana"), "sales")
    vote(team, "ana", 3, 9)
    vote(team, "ben", 7, 8)
    if opened:
        rounds.open_(team.as_("ana"), "sales")
    with team.store.reading() as connection:
        told = [one for one in events.latest(connection, 100) if one.verb.startswith("round.")]
    assert len(told) == 3 + opened
    assert {name for one in told for name in (*one.before, *one.after)} <= {"week", "in", "people"}
    tables = json.loads("".join(transfer.export(team.as_("rob"), whole=False)))["tables"]
    assert tables["confidence_vote"] == []
    own = json.loads("".join(transfer.export(team.as_("ana"), whole=False)))["tables"]["confidence_vote"]
    assert [row["confidence"] for row in own] == [3, 9]
