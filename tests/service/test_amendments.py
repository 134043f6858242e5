"""An amendment from asking to its end: agreed, questioned and answered, amended once more, or taken back."""

from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid, NotAllowed
from okrtui.service import activity, invitations, key_results, needs, objectives, permissions, show, threads


def page(company, ref):
    return show.key_result(company.as_("rob"), ref)


def amended(company, target=12, reason="The tool came late"):
    ref = company.agreed()
    key_results.amend(company.as_("ana"), ref, {"target": target}, reason)
    return ref


def kinds(company, handle):
    return [need.kind for need in needs.due(company.as_(handle))]


def last(company, ref):
    return activity.log(company.as_("rob"), ref=ref)[-1]


def targets(company, ref):
    return [(text.numbers["target"], text.side) for text in page(company, ref).texts]


def test_a_question_waits_until_it_is_answered_whatever_is_said_meanwhile(company):
    ref = amended(company)
    key_results.send_back(company.as_("lea"), ref, "Is ten out of reach?")
    threads.comment(company.as_("ana"), ref, "Let us look")
    threads.comment(company.as_("lea"), ref, "Do")
    assert kinds(company, "ana") == ["question"]
    assert kinds(company, "lea") == []
    key_results.answer(company.as_("ben"), ref, "It is: the tool comes in December, @lea")
    assert page(company, ref).card.amendment == "asked"
    assert kinds(company, "ana") == []
    assert kinds(company, "lea") == ["amendment", "mention"]
    assert (last(company, ref).verb, last(company, ref).side) == ("amendment.answer", "team")
    key_results.agree(company.as_("lea"), ref)
    found = page(company, ref)
    assert (found.card.amendment, found.card.target) == ("agreed", 12)
    assert [line.topic for line in found.thread][-4:] == ["comment", "comment", "answer", "agreement"]


def test_only_a_question_is_answered_and_only_with_words(company):
    ref = amended(company)
    with pytest.raises(NotAllowed, match="Nobody asked about the amendment of KR1: it waits for leadership"):
        key_results.answer(company.as_("ana"), ref, "Because")
    key_results.send_back(company.as_("lea"), ref, "Why?")
    with pytest.raises(Invalid, match="An answer needs its words"):
        key_results.answer(company.as_("ana"), ref, " \n")
    with pytest.raises(NotAllowed, match="The amendment of KR1 has its question: wait for the team's answer"):
        key_results.send_back(company.as_("lea"), ref, "And why?")
    key_results.agree(company.as_("lea"), ref)
    for do in (
        lambda: key_results.answer(company.as_("ana"), ref, "Late"),
        lambda: key_results.take_back(company.as_("ana"), ref),
    ):
        with pytest.raises(NotAllowed):
            do()


@pytest.mark.parametrize("questioned", [False, True])
def test_taken_back_the_agreed_text_stands_again(company, questioned):
    ref = company.agreed()
    company.running().checked_in(ref, value=17)
    key_results.amend(company.as_("ana"), ref, {"target": 12, "statement": "Median first answer"}, "The tool came late")
    if questioned:
        key_results.send_back(company.as_("lea"), ref, "Why?")
    key_results.take_back(company.as_("ben"), ref)
    card = page(company, ref).card
    assert (card.statement, card.target, card.amendment, card.progress) == ("Median first answer falls", 8, None, 0.5)
    assert targets(company, ref) == [(8, "team"), (12, "team"), (8, "team")]
    assert last(company, ref).text == "took back the amendment of KR1"
    assert kinds(company, "lea") == []
    with pytest.raises(NotAllowed, match="KR1 is agreed: only what its team proposes is agreed"):
        key_results.agree(company.as_("lea"), ref)


def test_what_goes_back_is_what_both_sides_stood_by(company):
    ref = amended(company, 12)
    key_results.agree(company.as_("lea"), ref)
    key_results.amend(company.as_("ana"), ref, {"target": 14}, "Later still")
    key_results.send_back(company.as_("lea"), ref, "Really?")
    key_results.amend(company.as_("ana"), ref, {"target": 13}, "Thirteen, then")
    key_results.take_back(company.as_("ana"), ref)
    card = page(company, ref).card
    assert (card.target, card.amendment) == (12, "agreed")
    key_results.amend(company.as_("ana"), ref, {"target": 15}, "Once more")
    key_results.take_back(company.as_("ana"), ref)
    assert (page(company, ref).card.target, page(company, ref).card.amendment) == (12, "agreed")
    original = page(company, ref).original
    assert original is not None
    assert original.numbers["target"] == 8
    assert [target for target, _ in targets(company, ref)] == [8, 12, 14, 13, 12, 15, 12]


def test_steps_come_back_too(company):
    ref = company.agreed(kind="milestone", baseline=None, target=None, steps=[{"name": "Signed"}, {"name": "Paid"}])
    key_results.amend(company.as_("ana"), ref, {"steps": [{"name": "Signed"}]}, "Nobody pays")
    key_results.take_back(company.as_("ana"), ref)
    assert page(company, ref).fields["steps"] == [{"name": "Signed", "weight": 1}, {"name": "Paid", "weight": 1}]


def establishing(company):
    fields = {"kind": "establish", "baseline": None, "target": None, "measure": "Minutes", "baseline_due": "2026-11-01"}
    return company.agreed(**fields)


def original_number(company, ref):
    original = page(company, ref).original
    assert original is not None
    return original.number


def test_a_baseline_set_after_an_amendment_leaves_the_original(company):
    ref = establishing(company)
    key_results.amend(company.as_("ana"), ref, {"measure": "Minutes at night"}, "Days are fine")
    key_results.agree(company.as_("lea"), ref)
    key_results.establish(company.as_("ana"), ref, 26, 8)
    found = page(company, ref)
    assert (found.card.amendment, found.card.kind, original_number(company, ref)) == ("agreed", "decrease", 1)
    assert found.original is not None
    assert found.original.numbers["measure"] == "Minutes"


def test_a_baseline_set_since_is_not_lost_by_taking_back(company):
    ref = establishing(company)
    key_results.amend(company.as_("ana"), ref, {"measure": "Minutes at night"}, "Days are fine")
    key_results.establish(company.as_("ana"), ref, 26, 8)
    with pytest.raises(
        NotAllowed, match=r"The baseline of KR1 was set since .* would be lost: amend it once more \(o\)"
    ):
        key_results.take_back(company.as_("ana"), ref)
    assert page(company, ref).card.baseline == 26
    key_results.agree(company.as_("lea"), ref)
    assert original_number(company, ref) == 1


def test_amended_after_its_baseline_it_goes_back_to_that(company):
    ref = establishing(company)
    key_results.establish(company.as_("ana"), ref, 26, 8)
    assert original_number(company, ref) == 2
    key_results.amend(company.as_("ana"), ref, {"target": 12}, "The tool came late")
    key_results.take_back(company.as_("ana"), ref)
    card = page(company, ref).card
    assert (card.kind, card.target, card.amendment, original_number(company, ref)) == ("decrease", 8, None, 2)


def test_where_nobody_leads_an_amendment_waits_for_nobody(company):
    ref = company.agreed()
    for handle in ("olga", "lea"):
        with company.store.writing() as connection:
            connection.execute("UPDATE person SET active = 0 WHERE handle = ?", (handle,))
    key_results.amend(company.as_("ana"), ref, {"target": 12}, "The tool came late")
    card = page(company, ref).card
    assert (card.amendment, card.target) == ("agreed", 12)
    with pytest.raises(NotAllowed):
        key_results.take_back(company.as_("ana"), ref)


def test_what_is_amended_while_its_objective_is_pushed_back_stays_whole(company):
    ref = company.agreed()
    invitations.push_back(company.as_("ana"), "O1", "sales", "cannot_measure", "Nobody counts")
    key_results.amend(company.as_("ana"), ref, {"target": 12}, "Nobody counts nights")
    key_results.agree(company.as_("lea"), ref)
    assert page(company, ref).card.amendment == "agreed"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            "push_back",
            r"Sales pushed back on O1: answer that first \(r\), and agree once Sales has accepted it again\.",
        ),
        ("release", r"Sales was released from O1: invite it anew \(i\), and agree once it has accepted\."),
        ("invite anew", r"O1 waits for Sales to accept it: ask for that \(c\), and agree then\."),
    ],
)
def test_agreeing_needs_the_invitation_accepted(company, change, sentence):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    if change == "push_back":
        invitations.push_back(company.as_("ana"), "O1", "sales", "cannot_measure", "Nobody counts")
    else:
        invitations.release(company.as_("lea"), "O1", "sales")
    if change == "invite anew":
        objectives.invite(company.as_("lea"), "O1", ["sales"])
    with pytest.raises(NotAllowed, match=f"^{sentence}$"):
        key_results.agree(company.as_("lea"), ref)
    assert "kr.agree" in permissions.of_key_result(company.as_("lea"), ref)
    assert page(company, ref).card.state == "proposed"
    key_results.send_back(company.as_("lea"), ref, "Shall we wait?")
    assert page(company, ref).card.state == "draft"


def test_what_may_be_done_to_an_amendment_is_known_before_a_key_is_pressed(company):
    ref = amended(company)

    def refused(handle):
        acts = ("amendment.agree", "amendment.question", "amendment.answer", "amendment.take_back")
        return [act for act in acts if act in permissions.of_key_result(company.as_(handle), ref)]

    assert refused("lea") == ["amendment.answer", "amendment.take_back"]
    assert refused("ana") == ["amendment.agree", "amendment.question", "amendment.answer"]
    key_results.send_back(company.as_("lea"), ref, "Why?")
    assert refused("lea") == ["amendment.question", "amendment.answer", "amendment.take_back"]
    assert refused("ana") == ["amendment.agree", "amendment.question"]
    key_results.agree(company.as_("lea"), ref)
    for handle in ("lea", "ana"):
        assert len(refused(handle)) == 4


def test_a_returned_draft_asks_its_question_until_it_is_proposed_again(company):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    key_results.send_back(company.as_("lea"), ref, "And nights?")
    threads.comment(company.as_("ben"), ref, "Good question")
    assert kinds(company, "ana") == ["question"]
    key_results.propose(company.as_("ana"), ref)
    key_results.take_back(company.as_("ana"), ref)
    assert kinds(company, "ana") == []
