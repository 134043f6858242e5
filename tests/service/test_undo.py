"""Undo: one's own last act, where nobody else was told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okrtui.core.errors import NotAllowed
from okrtui.service import (
    activity,
    checkins,
    invitations,
    key_results,
    priorities,
    scores,
    setup,
    show,
    squares,
    threads,
)
from okrtui.service.undo import undo


def state(company, ref):
    return show.key_result(company.as_("ana"), ref).card.state


def verbs(company, ref):
    return [line.verb for line in activity.log(company.as_("rob"), ref=ref)]


def set_words(company):
    return [one.words for one in squares.squares(company.as_("ana"), "sales").priorities]


def refused(company, by="ana"):
    before = len(activity.log(company.as_("rob")))
    with pytest.raises(NotAllowed) as error:
        undo(company.as_(by))
    assert len(activity.log(company.as_("rob"))) == before
    return str(error.value)


class TestIsUndone:
    def test_a_move_into_the_drafts_and_back(self, company):
        ref = company.draft()
        key_results.back_to_idea(company.as_("ana"), ref)
        assert undo(company.as_("ana")) == "KR1 is a draft again."
        key_results.back_to_idea(company.as_("ana"), ref)
        key_results.start(company.as_("ana"), ref)
        assert undo(company.as_("ana")) == "KR1 is an idea again."
        assert state(company, ref) == "idea"
        assert verbs(company, ref)[-2:] == ["kr.start", "kr.idea"]
        assert activity.log(company.as_("rob"), ref=ref)[-1].text == "put back among the ideas KR1, to undo"

    def test_parking_and_taking_up_again(self, company):
        ref = company.draft()
        key_results.park(company.as_("ana"), ref)
        assert undo(company.as_("ana")) == "KR1 is a draft again."
        assert state(company, ref) == "draft"
        key_results.park(company.as_("ana"), ref)
        key_results.unpark(company.as_("ana"), ref)
        assert undo(company.as_("ana")) == "KR1 is parked again."
        assert show.key_result(company.as_("ana"), ref).card.parked_from == "draft"

    def test_one_after_the_other_from_the_last(self, company):
        objective = company.accepted()
        first, second = company.draft(objective), company.draft(objective)
        key_results.back_to_idea(company.as_("ana"), first)
        key_results.park(company.as_("ana"), first)
        key_results.park(company.as_("ana"), second)
        assert [undo(company.as_("ana")) for _ in range(3)] == [
            "KR2 is a draft again.",
            "KR1 is an idea again.",
            "KR1 is a draft again.",
        ]
        assert "edit KR2 (e)" in refused(company)

    def test_a_priority_that_was_set_changed_or_dropped(self, company):
        ana = company.as_("ana")
        priorities.add(ana, {"rank": "P2", "words": "Nights"}, team="sales")
        priorities.edit(ana, "PR1", {"words": "Days", "rank": "P1"})
        priorities.drop(ana, "PR1")
        assert undo(ana) == "PR1 is a priority again: Days"
        assert set_words(company) == ["Days"]
        assert undo(ana) == "PR1 says again what it said before."
        assert set_words(company) == ["Nights"]
        assert undo(ana) == "PR1 is no priority any more: Nights"
        assert set_words(company) == []

    def test_a_win(self, company):
        priorities.add_win(company.as_("ana"), "A rota", team="sales")
        assert undo(company.as_("ana")) == "W1 is no win any more: A rota"
        assert squares.squares(company.as_("ana"), "sales").wins == ()

    def test_the_words_of_a_win(self, company):
        priorities.add_win(company.as_("ana"), "A rota", team="sales")
        priorities.edit_win(company.as_("ana"), "W1", "Two rotas")
        assert undo(company.as_("ana")) == "W1 says again what it said before."
        assert [one.words for one in squares.squares(company.as_("ana"), "sales").wins] == ["A rota"]

    def test_where_others_did_something_else(self, company):
        objective = company.accepted()
        ref, other = company.draft(objective), company.draft(objective)
        key_results.park(company.as_("ana"), ref)
        key_results.park(company.as_("ben"), other)
        assert undo(company.as_("ana")) == "KR1 is a draft again."
        assert state(company, other) == "parked"


class TestIsNotUndone:
    def test_after_somebody_elses_act_on_the_same(self, company):
        ref = company.draft()
        key_results.back_to_idea(company.as_("ana"), ref)
        threads.comment(company.as_("ben"), ref, "Good")
        assert "Nothing is undone, as KR1 moved on since: ben commented on KR1: Good." in refused(company)
        assert state(company, ref) == "idea"

    def test_what_the_other_side_was_told(self, company):
        ref = company.draft()
        key_results.propose(company.as_("ana"), ref)
        assert refused(company) == ("The other side was told of KR1: take the proposal back instead (e on the board).")
        assert state(company, ref) == "proposed"
        key_results.agree(company.as_("lea"), ref)
        assert "ask it to amend" in refused(company, "lea")
        assert state(company, ref) == "agreed"
        key_results.drop(company.as_("ana"), ref, "No")
        assert "was told that KR1 is dropped" in refused(company)
        assert state(company, ref) == "dropped"

    def test_a_check_in(self, company):
        ref = company.agreed()
        company.running().checked_in(ref)
        assert "check KR1 in again" in refused(company)
        assert len(show.key_result(company.as_("ana"), ref).checkins) == 1

    def test_a_score_and_it_says_nothing_of_it(self, company):
        ref = company.agreed()
        company.running().checked_in(ref)
        company.scoring()
        scores.write(company.as_("ana"), ref, "self", 0.9, "Zanzibar")
        sentence = refused(company)
        assert "0.9" not in sentence
        assert "anzibar" not in sentence

    def test_parking_a_proposal(self, company):
        ref = company.draft()
        key_results.propose(company.as_("ana"), ref)
        key_results.park(company.as_("ana"), ref)
        assert "as a proposal" in refused(company)
        assert state(company, ref) == "parked"
        key_results.unpark(company.as_("ana"), ref)
        assert "as a proposal" in refused(company)

    @pytest.mark.parametrize(
        ("act", "words"),
        [
            (
                lambda company: invitations.accept(company.as_("ana"), company.objective(), "sales", "We do"),
                "push back on",
            ),
            (lambda company: threads.comment(company.as_("ana"), company.objective(), "Why?"), "another on O1"),
            (lambda company: company.draft(), "edit KR1"),
        ],
    )
    def test_words_that_others_read(self, company, act, words):
        act(company)
        assert words in refused(company)

    def test_without_an_act_of_the_last_hour(self, company):
        assert "nothing in the last hour" in refused(company)
        ref = company.draft()
        key_results.park(company.as_("ana"), ref)
        company.now += timedelta(hours=1, seconds=1)
        assert "nothing in the last hour" in refused(company)

    def test_by_the_operator_or_once_outside(self, company):
        ref = company.draft()
        key_results.park(company.as_("ana"), ref)
        with pytest.raises(NotAllowed, match="operator"):
            undo(company.operator)
        setup.leave_team(company.operator, "sales", "ana")
        assert "the team's" in refused(company)
        assert state(company, ref) == "parked"

    def test_anothers_act_never(self, company):
        ref = company.draft()
        key_results.park(company.as_("ana"), ref)
        assert "nothing in the last hour" in refused(company, "ben")

    def test_a_priority_whose_place_is_taken(self, company):
        ana = company.as_("ana")
        priorities.add(ana, {"words": "First"}, team="sales")
        priorities.drop(ana, "PR1")
        for number in range(4):
            priorities.add(company.as_("ben"), {"words": f"Thing {number}"}, team="sales")
        assert "Four priorities" in refused(company)

    def test_a_second_check_in_is_not_reached_past(self, company):
        ref = company.agreed()
        company.running().checked_in(ref)
        checkins.check_in(company.as_("ana"), ref, {"value": 19, "confidence": 7, "context": "More"})
        refused(company)
        assert show.key_result(company.as_("ana"), ref).checkins[0].value == 19
