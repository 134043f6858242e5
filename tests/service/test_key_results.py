from __future__ import annotations

import json

import pytest

from okrtui.core.errors import Conflict, Invalid, NotAllowed, NotFound
from okrtui.service import activity, checkins, invitations, key_results, needs, objectives, setup, show


def page(company, ref, by="ana"):
    return show.key_result(company.as_(by), ref)


def state(company, ref):
    return page(company, ref).card.state


def verbs(company, ref):
    return [line.verb for line in activity.log(company.as_("rob"), ref=ref)]


def test_an_idea_needs_its_statement_alone(company):
    objective = company.objective()
    ref = key_results.add(company.as_("ana"), objective, "sales", {"statement": "Answers are faster"})
    assert state(company, ref) == "idea"
    with pytest.raises(NotAllowed, match="is not accepted by Sales yet: accept it with a straight line"):
        key_results.propose(company.as_("ana"), ref)
    invitations.accept(company.as_("ben"), objective, "sales", "We answer daily")
    with pytest.raises(Invalid) as error:
        key_results.propose(company.as_("ana"), ref)
    assert list(error.value.fields) == ["owner", "kind", "control", "week_nine"]
    assert str(error.value).startswith("KR1 cannot be proposed yet. Name its owner.")
    assert list(page(company, ref).missing) == list(error.value.fields)
    whole = {"owner": "ben", "kind": "binary", "done_means": "Signed", "control": "ours", "week_nine": "Yes"}
    key_results.edit(company.as_("ana"), ref, whole)
    assert key_results.propose(company.as_("ana"), ref) is False
    assert state(company, ref) == "proposed"


def test_a_released_team_writes_no_more(company):
    objective = company.accepted()
    invitations.release(company.as_("lea"), objective, "sales")
    with pytest.raises(NotAllowed, match=r"is released: key results stand under .* ask leadership for one"):
        key_results.add(company.as_("ana"), objective, "sales", {"statement": "Faster"})


def test_a_withdrawn_objective_takes_nothing_more(company):
    ref = company.agreed()
    idea = key_results.add(company.as_("ana"), "O1", "sales", {"statement": "Faster"})
    objectives.withdraw(company.as_("lea"), "O1", "Bought instead")
    for one in (ref, idea):
        assert state(company, one) == "dropped"
        assert page(company, one).card.reason == "objective withdrawn"
        assert activity.log(company.as_("rob"), ref=one)[-1].side == "leadership"
    for act in (
        lambda: key_results.add(company.as_("ana"), "O1", "sales", {"statement": "Slower"}),
        lambda: invitations.accept(company.as_("ana"), "O1", "sales", "We answer"),
        lambda: invitations.push_back(company.as_("ana"), "O1", "sales", "cannot_measure", "No"),
        lambda: invitations.release(company.as_("lea"), "O1", "sales"),
        lambda: objectives.reword(company.as_("lea"), "O1", {"why": "So"}),
    ):
        with pytest.raises(NotAllowed, match="O1 is withdrawn: "):
            act()


def test_leadership_agrees_or_returns_with_a_question(company):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    with pytest.raises(Invalid, match="needs a question"):
        key_results.send_back(company.as_("lea"), ref, " \n")
    key_results.send_back(company.as_("lea"), ref, "What about nights, @ben?")
    assert state(company, ref) == "draft"
    key_results.edit(company.as_("ana"), ref, {"statement": "Median first answer, nights too"})
    key_results.propose(company.as_("ana"), ref)
    key_results.agree(company.as_("lea"), ref)
    rounds = [(line.topic, line.body, line.quoted) for line in page(company, ref).thread]
    assert rounds == [
        ("proposal", "", "Median first answer falls"),
        ("question", "What about nights, @ben?", "Median first answer falls"),
        ("proposal", "", "Median first answer, nights too"),
        ("agreement", "", "Median first answer, nights too"),
    ]
    assert "mention" in [need.kind for need in needs.due(company.as_("ben"))]
    assert verbs(company, ref) == ["kr.add", "kr.propose", "kr.return", "kr.edit", "kr.propose", "kr.agree"]


def test_a_proposal_is_taken_back_before_it_is_changed(company):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    with pytest.raises(NotAllowed, match="KR1 is proposed: take a proposal back before changing it"):
        key_results.edit(company.as_("ana"), ref, {"target": 7})
    key_results.take_back(company.as_("ben"), ref)
    assert state(company, ref) == "draft"


@pytest.mark.parametrize("came_from", ["idea", "draft", "proposed"])
def test_what_is_parked_returns_to_where_it_came_from(company, came_from):
    ref = company.draft()
    if came_from == "idea":
        key_results.back_to_idea(company.as_("ana"), ref)
    if came_from == "proposed":
        key_results.propose(company.as_("ana"), ref)
    key_results.park(company.as_("ana"), ref)
    assert (state(company, ref), page(company, ref).card.parked_from) == ("parked", came_from)
    with pytest.raises(NotAllowed, match="KR1 is parked: "):
        key_results.propose(company.as_("ana"), ref)
    key_results.unpark(company.as_("ana"), ref)
    assert (state(company, ref), page(company, ref).card.parked_from) == (came_from, None)


def test_what_is_agreed_is_dropped_with_a_reason_and_keeps_its_progress(company):
    ref = company.agreed()
    company.running().checked_in(ref, value=17)
    with pytest.raises(NotAllowed, match=r"KR1 is agreed: .* drop what is agreed, with a reason"):
        key_results.park(company.as_("ana"), ref)
    with pytest.raises(Invalid, match="needs a reason"):
        key_results.drop(company.as_("ana"), ref, "")
    key_results.drop(company.as_("ana"), ref, "The tool is gone")
    card = page(company, ref).card
    assert (card.state, card.reason, card.progress) == ("dropped", "The tool is gone", 0.5)
    with pytest.raises(NotAllowed, match="KR1 is dropped: "):
        key_results.drop(company.as_("ana"), ref, "Again")


def test_an_amendment_keeps_the_original_and_asks(company):
    ref = company.agreed()
    company.running().checked_in(ref, value=17)
    with pytest.raises(Invalid, match="needs a reason"):
        key_results.amend(company.as_("ana"), ref, {"target": 10}, "  ")
    with pytest.raises(Invalid, match="An amendment changes the statement, the numbers or the weight, not owner"):
        key_results.amend(company.as_("ana"), ref, {"target": 10, "owner": "ben"}, "Late")
    with pytest.raises(Invalid, match="what should change"):
        key_results.amend(company.as_("ana"), ref, {"target": 26}, "Late")
    with pytest.raises(Invalid, match=r"Say where it should be"):
        key_results.amend(company.as_("ana"), ref, {"target": None}, "Late")
    key_results.amend(company.as_("ana"), ref, {"target": 12}, "The tool came late")
    found = page(company, ref)
    assert found.card.amendment == "asked"
    assert found.card.progress == pytest.approx(9 / 14)
    assert found.original is not None
    assert (found.original.numbers["target"], found.card.target) == (8, 12)
    assert [text.reason for text in found.texts] == ["", "The tool came late"]
    assert [need.kind for need in needs.due(company.as_("lea"))] == ["amendment"]
    key_results.send_back(company.as_("lea"), ref, "Is 10 out of reach?")
    assert needs.due(company.as_("ana"))[0].kind == "question"
    key_results.amend(company.as_("ana"), ref, {"target": 10}, "Ten, then")
    key_results.agree(company.as_("lea"), ref)
    found = page(company, ref)
    assert (found.card.amendment, found.card.state) == ("agreed", "agreed")
    assert found.original is not None
    assert found.original.numbers["target"] == 8
    assert len(found.texts) == 3
    with pytest.raises(NotAllowed, match="KR1 is agreed: only what its team proposes is agreed"):
        key_results.agree(company.as_("lea"), ref)


def test_an_amendment_that_changes_nothing_asks_nobody(company):
    ref = company.agreed()
    key_results.amend(company.as_("ana"), ref, {"target": 8}, "Just so")
    assert page(company, ref).card.amendment is None


def test_a_baseline_is_set_without_an_amendment(company):
    fields = {"kind": "establish", "baseline": None, "target": None, "measure": "Minutes", "baseline_due": "2026-11-01"}
    ref = company.agreed(**fields)
    company.running()
    checkins.check_in(company.as_("ana"), ref, {"value": 26, "confidence": 5, "context": "First count"})
    assert page(company, ref).card.progress is None
    with pytest.raises(Invalid, match="Give both"):
        key_results.establish(company.as_("ana"), ref, 26, None)
    with pytest.raises(Invalid, match="what should change"):
        key_results.establish(company.as_("ana"), ref, 26, 26)
    key_results.establish(company.as_("ana"), ref, "26", "8")
    card = page(company, ref).card
    assert (card.kind, card.baseline, card.target, card.amendment, card.progress) == ("decrease", 26, 8, None, 0)
    original = page(company, ref).original
    assert original is not None
    assert original.numbers["target"] == 8
    with pytest.raises(NotAllowed, match="KR1 has its baseline: amend it"):
        key_results.establish(company.as_("ana"), ref, 26, 9)


def test_guidance_is_frozen_when_it_is_agreed(company):
    ref = company.draft()
    key_results.guide(company.as_("ana"), ref, {"low": "Weekdays", "high": "Nights too"})
    key_results.propose(company.as_("ana"), ref)
    key_results.agree(company.as_("lea"), ref)
    with pytest.raises(Invalid, match="frozen when it was agreed"):
        key_results.guide(company.as_("ana"), ref, {"low": "Mondays"})
    key_results.guide(company.as_("ana"), ref, {"low": "Mondays"}, "Weekdays were a slip")
    assert page(company, ref).guidance == {"low": "Mondays", "middle": "", "high": "Nights too"}


def test_two_people_in_one_form_are_put_together(company):
    ref = company.draft()
    began = page(company, ref).fields
    key_results.edit(company.as_("ben"), ref, {**began, "unit": "minutes", "measure": "Clock"}, began)
    key_results.edit(company.as_("ana"), ref, {**began, "statement": "First answer falls", "measure": "Clock"}, began)
    fields = page(company, ref).fields
    assert (fields["statement"], fields["unit"], fields["measure"]) == ("First answer falls", "minutes", "Clock")


def test_what_both_changed_goes_back_to_the_person(company):
    ref = company.draft()
    began = page(company, ref).fields
    key_results.edit(company.as_("ben"), ref, {"target": 6, "unit": "h"}, began)
    before = verbs(company, ref)
    with pytest.raises(Conflict, match=r"since you began \(target\): choose between") as error:
        key_results.edit(company.as_("ana"), ref, {"target": 10, "statement": "Mine"}, began)
    assert error.value.fields == {"target": (8, 10, 6)}
    assert error.value.version == page(company, ref).card.version
    assert page(company, ref).fields["statement"] == "Median first answer falls"
    assert verbs(company, ref) == before


def test_an_edit_keeps_every_earlier_text(company):
    ref = company.draft()
    key_results.edit(company.as_("ben"), ref, {"statement": "Second"})
    key_results.edit(company.as_("ana"), ref, {"statement": "Second", "owner": "ben", "week_nine": "Surely"})
    key_results.edit(company.as_("ana"), ref, {"target": 7})
    texts = page(company, ref).texts
    assert [(text.statement, text.numbers["target"], text.author) for text in texts] == [
        ("Median first answer falls", 8, "ana"),
        ("Second", 8, "ben"),
        ("Second", 7, "ana"),
    ]
    assert verbs(company, ref) == ["kr.add", "kr.edit", "kr.edit", "kr.edit"]


def test_an_edit_that_changes_nothing_says_nothing(company):
    ref = company.draft()
    key_results.edit(company.as_("ana"), ref, page(company, ref).fields)
    assert verbs(company, ref) == ["kr.add"]


def test_the_owner_may_change_at_any_time(company):
    ref = company.agreed()
    company.running().scoring()
    key_results.edit(company.as_("ana"), ref, {"owner": "@ben"})
    assert page(company, ref).card.owner == "ben"
    assert verbs(company, ref)[-1] == "kr.own"
    with pytest.raises(Invalid, match="KR1 is agreed and needs an owner: name another"):
        key_results.edit(company.as_("ana"), ref, {"owner": ""})
    with pytest.raises(NotFound, match="Nobody here is called 'zoe'"):
        key_results.edit(company.as_("ana"), ref, {"owner": "zoe"})


def test_an_owner_stands_on_the_teams_side(company):
    objective = company.accepted()
    with pytest.raises(NotAllowed, match=r"the team's to own, and Lea leads Sales: name somebody of Sales"):
        company.draft(objective, owner="lea")
    with pytest.raises(NotAllowed, match=r"the team's to own, and Rob is not in Sales: name somebody of Sales"):
        company.draft(objective, owner="rob")
    ref = company.draft(objective, owner="ben")
    setup.set_active(company.operator, "ben", active=False)
    key_results.edit(company.as_("ana"), ref, {"unit": "minutes"})
    with pytest.raises(NotAllowed, match="Ben is not active here any more: name another owner"):
        company.draft(objective, owner="ben")


def test_an_inactive_owner_is_asked_for_another(company):
    ref = company.agreed(owner="ben")
    company.running()
    setup.set_active(company.operator, "ben", active=False)
    assert "owner" in [need.kind for need in needs.due(company.as_("ana"))]
    key_results.edit(company.as_("ana"), ref, {"owner": "ana"})
    assert "owner" not in [need.kind for need in needs.due(company.as_("ana"))]


def test_shared_control_names_a_team(company):
    company.team("product")
    ref = company.draft(control="shared", shared_team="product")
    assert page(company, ref).fields["shared_team"] == "product"
    key_results.edit(company.as_("ana"), ref, {"shared_team": ""})
    assert list(page(company, ref).missing) == ["shared_team"]


def test_a_milestone_keeps_its_steps(company):
    steps = [{"name": "Signed", "weight": 1}, {"name": "Paid", "weight": 3}]
    ref = company.draft(kind="milestone", baseline=None, target=None, steps=steps)
    assert page(company, ref).fields["steps"] == steps
    key_results.edit(company.as_("ana"), ref, {"steps": [{"name": "Signed"}]})
    texts = page(company, ref).texts
    assert [json.loads(json.dumps(text.numbers["steps"])) for text in texts] == [
        [["Signed", 1], ["Paid", 3]],
        [["Signed", 1]],
    ]


@pytest.mark.parametrize(
    "act",
    [
        key_results.drop,
        lambda one, ref, words: key_results.amend(one, ref, {"target": 9}, words),
        lambda one, ref, words: key_results.guide(one, ref, {"low": "x"}, words),
        key_results.send_back,
    ],
)
def test_words_too_long_to_keep_are_refused_in_a_sentence(company, act):
    ref = company.agreed()
    with pytest.raises(Invalid, match="longer than 10,000 characters: shorten it"):
        act(company.as_("ana"), ref, "x" * 10_001)


def test_a_ref_that_names_nothing(company):
    with pytest.raises(NotFound, match="There is no KR9"):
        key_results.start(company.as_("ana"), "KR9")
    with pytest.raises(NotFound, match=r"'O1' names nothing here: give KR12"):
        key_results.start(company.as_("ana"), "O1")
