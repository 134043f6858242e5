from __future__ import annotations

import pytest

from okrtui.core.errors import Ambiguous, Conflict, Invalid, NotAllowed, NotFound
from okrtui.service import (
    activity,
    addressing,
    answers,
    cycles,
    invitations,
    key_results,
    listing,
    needs,
    objectives,
    setup,
    show,
)
from okrtui.store import invitations as stored


def answer_of(company, ref="O1", team="sales"):
    (found,) = [one for one in show.objective(company.as_("rob"), ref).invitations if one.team == team]
    return found


def rounds(company, ref="O1"):
    with company.store.reading() as connection:
        (found,) = stored.of_objective(connection, int(ref[1:]))
        return [
            (one.round, one.state, one.answer) for one in stored.pushbacks(connection, [found.id]).get(found.id, ())
        ]


def push_back(company, ref="O1", reason="wrong_altitude", by="ana"):
    return invitations.push_back(company.as_(by), ref, "sales", reason, "It is the company's to move")


def answer(company, ref="O1", **fields):
    invitations.answer(company.as_("lea"), ref, "sales", fields)


def test_a_team_accepts_with_its_straight_line(company):
    ref = company.objective()
    with pytest.raises(Invalid, match="The straight line is missing"):
        invitations.accept(company.as_("ana"), ref, "sales", " ")
    invitations.accept(company.as_("ana"), ref, None, "We answer daily")
    found = answer_of(company)
    assert (found.state, found.straight_line, found.accepted_by) == ("accepted", "We answer daily", "ana")
    assert not found.reworded


def test_a_rewording_marks_and_undoes_nothing(company):
    ref = company.accepted()
    kr = company.draft(ref)
    objectives.reword(company.as_("lea"), ref, {"title": "Buyers get their answer within the hour"})
    found = answer_of(company)
    assert (found.state, found.reworded) == ("accepted", True)
    assert "reworded since you accepted" in needs.due(company.as_("ana"))[0].text
    texts = show.objective(company.as_("rob"), ref).texts
    assert [text.statement for text in texts] == [
        "Buyers get their answer the same day",
        "Buyers get their answer within the hour",
    ]
    invitations.accept(company.as_("ben"), ref, "sales", "We answer hourly")
    assert not answer_of(company).reworded
    assert needs.due(company.as_("ana")) == []
    assert show.key_result(company.as_("rob"), kr).card.state == "draft"


def test_a_rewording_that_changes_nothing_marks_nobody(company):
    ref = company.accepted()
    objectives.reword(company.as_("lea"), ref, {"title": "Buyers get their answer the same day"})
    assert not answer_of(company).reworded


def test_editing_a_draft_keeps_one_text_and_rewording_is_for_what_is_published(company):
    ref = objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "First"})
    objectives.edit(company.as_("lea"), ref, {"title": "Second"})
    with pytest.raises(NotAllowed, match="O1 is draft: only a published objective is reworded; edit a draft"):
        objectives.reword(company.as_("lea"), ref, {"title": "Third"})
    objectives.publish(company.as_("lea"), ref)
    with pytest.raises(NotAllowed, match="O1 is published: reword it instead"):
        objectives.edit(company.as_("lea"), ref, {"title": "Third"})
    assert [text.statement for text in show.objective(company.as_("rob"), ref).texts] == ["Second"]


def test_a_pushback_names_its_reason_and_counts_its_rounds(company):
    ref = company.objective()
    with pytest.raises(Invalid, match="The reason is one of does_not_apply, wrong_altitude"):
        push_back(company, reason="no_time")
    assert push_back(company) == 1
    assert answer_of(company).state == "pushed_back"
    with pytest.raises(NotAllowed, match="The invitation of O1 to Sales is pushed back: the pushback you have waits"):
        push_back(company)
    assert [need.kind for need in needs.due(company.as_("lea"))] == ["pushback"]
    answer(company, answer="explained", words="Sales moves it most")
    assert answer_of(company).state == "open"
    assert push_back(company, reason="cannot_measure") == 2
    invitations.take_back(company.as_("ben"), ref, "sales")
    assert answer_of(company).state == "open"
    assert rounds(company) == [(1, "answered", "explained"), (2, "taken_back", None)]


def test_a_pushback_later_leaves_what_was_accepted(company):
    company.accepted()
    push_back(company)
    invitations.take_back(company.as_("ana"), "O1", "sales")
    found = answer_of(company)
    assert (found.state, found.straight_line) == ("accepted", "We answer every request from one queue")


def test_accepting_takes_ones_pushback_back(company):
    company.objective()
    push_back(company)
    invitations.accept(company.as_("ana"), "O1", "sales", "We answer daily")
    assert rounds(company) == [(1, "taken_back", None)]


def test_reworded_is_an_answer_after_a_rewording(company):
    company.objective()
    push_back(company)
    company.at("2026-10-07")
    with pytest.raises(NotAllowed, match="O1 was not reworded since the pushback: reword it first"):
        answer(company, answer="reworded")
    objectives.reword(company.as_("lea"), "O1", {"why": "Because deals are lost to silence"})
    answer(company, answer="reworded")
    assert answer_of(company).state == "open"
    assert rounds(company) == [(1, "answered", "reworded")]


def test_an_explanation_has_words(company):
    company.objective()
    push_back(company)
    with pytest.raises(Invalid, match="An explanation needs its words"):
        answer(company, answer="explained")
    assert rounds(company) == [(1, "open", None)]


@pytest.mark.parametrize("way", ["answer", "release"])
def test_a_released_team_is_asked_nothing_and_may_be_asked_anew(company, way):
    ref = company.objective()
    push_back(company)
    if way == "answer":
        answer(company, answer="released", words="Right")
    else:
        invitations.release(company.as_("lea"), ref, "sales", "Right\x1b")
    assert answer_of(company).state == "released"
    found = answer_of(company).pushback
    assert found is not None
    assert (found.answer, found.answer_words) == ("released", "Right")
    assert needs.due(company.as_("ana")) == []
    with pytest.raises(NotAllowed, match="is released: ask leadership for a new invitation"):
        invitations.accept(company.as_("ana"), ref, "sales", "We answer daily")
    objectives.invite(company.as_("lea"), ref, ["sales"])
    assert [need.kind for need in needs.due(company.as_("ana"))] == ["invitation"]
    invitations.accept(company.as_("ana"), ref, "sales", "We answer daily")


def test_a_split_moves_the_drafts_to_the_first_of_the_new(company):
    company.accepted()
    draft, proposed, agreed = company.draft("O1"), company.draft("O1"), company.agreed("O1")
    key_results.propose(company.as_("ana"), proposed)
    push_back(company)
    for title in ("Answers", "Quotes"):
        ref = objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": title})
        objectives.publish(company.as_("lea"), ref)
    answer(company, answer="split", into=["O2", "o3", "O2"])
    assert answer_of(company).state == "accepted"
    page = show.objective(company.as_("rob"), "O2")
    assert [one.state for one in page.invitations] == ["open"]
    assert [(card.ref, card.state) for card in page.key_results] == [(draft, "draft"), (proposed, "draft")]
    assert [card.ref for card in show.objective(company.as_("rob"), "O1").key_results] == [agreed]
    assert show.objective(company.as_("rob"), "O3").invitations == ()
    told = activity.log(company.as_("rob"), ref=draft)[-1]
    assert (told.verb, told.side, told.text) == ("kr.move", "leadership", f"moved {draft} under O2")


@pytest.mark.parametrize(
    ("into", "sentence"),
    [(["O1"], "O1 cannot be split into itself"), (["O9"], "There is no O9"), (["O2"], "O2 is draft: publish it first")],
)
def test_a_split_goes_into_published_objectives(company, into, sentence):
    company.objective()
    push_back(company)
    objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "Answers"})
    with pytest.raises((NotAllowed, NotFound), match=sentence):
        answer(company, answer="split", into=into)
    assert rounds(company) == [(1, "open", None)]


def test_a_split_is_put_to_the_team_by_leads_of_the_new_objective_alone(company):
    company.team("product")
    company.person("pia", leads=("product",))
    company.objective()
    push_back(company)
    ref = objectives.add(company.as_("pia"), team="product", cycle=None, fields={"title": "Theirs"})
    objectives.publish(company.as_("pia"), ref)
    with pytest.raises(NotAllowed, match="Whom an objective is put to is leadership's to decide"):
        answer(company, answer="split", into=[ref])


def test_an_objective_is_put_to_its_own_team_or_below(company):
    company.team("east", under="sales")
    company.team("product")
    ref = company.objective()
    with pytest.raises(NotAllowed, match="O1 was put to Sales already"):
        objectives.invite(company.as_("lea"), ref, ["sales"])
    with pytest.raises(NotAllowed, match="Product is not Sales or below it"):
        objectives.invite(company.as_("lea"), ref, ["east", "product"])
    with pytest.raises(NotAllowed, match="Acme is not Sales or below it"):
        objectives.invite(company.as_("lea"), ref, ["acme"])
    objectives.invite(company.as_("lea"), ref, ["east", "east"])
    assert {one.team for one in show.objective(company.as_("rob"), ref).invitations} == {"sales", "east"}


def test_a_team_is_named_where_several_are_invited(company):
    company.team("east", under="sales")
    company.person("eve", "east")
    ref = company.objective()
    objectives.invite(company.as_("lea"), ref, ["east"])
    invitations.accept(company.as_("eve"), ref, None, "East answers too")
    assert answer_of(company, team="east").state == "accepted"
    with pytest.raises(Ambiguous, match=r"say which with --team \(sales, east\)"):
        invitations.release(company.as_("olga"), ref, None)
    with pytest.raises(NotFound, match="O1 was not put to Acme"):
        invitations.release(company.as_("lea"), ref, "acme")


def test_an_invitation_is_taken_back_while_nothing_stands_under_it(company):
    ref = company.objective()
    invitations.see(company.as_("ana"), [answer_of(company).id])
    assert answer_of(company).seen_by == ("ana",)
    objectives.uninvite(company.as_("lea"), ref, "sales")
    assert show.objective(company.as_("rob"), ref).invitations == ()
    objectives.invite(company.as_("lea"), ref, ["sales"])
    invitations.accept(company.as_("ana"), ref, "sales", "We answer daily")
    with pytest.raises(NotAllowed, match="release the team instead"):
        objectives.uninvite(company.as_("lea"), ref, "sales")
    invitations.release(company.as_("lea"), ref, "sales")
    with pytest.raises(NotAllowed, match="release it instead, so that its words stay on record"):
        objectives.uninvite(company.as_("lea"), ref, "sales")


def test_who_contributes_to_what(company):
    top = company.objective(by="olga", team="acme", invited="sales")
    own = objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "Answers"}, parent=top)
    assert show.objective(company.as_("rob"), own).parents == ()
    by_olga = objectives.add(company.as_("olga"), team="sales", cycle=None, fields={"title": "Quotes"}, parent=top)
    assert show.objective(company.as_("rob"), by_olga).parents == ({"parent": top, "kind": "contributes"},)
    with pytest.raises(NotFound):
        objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "x"}, parent="O99")


def test_an_answer_may_reword_in_the_same_act(company):
    company.objective()
    push_back(company)
    company.at("2026-10-07")
    fields = {"answer": "reworded", "words": "Clearer now"}
    text = {"title": "Buyers get a person's answer", "why": ""}
    with pytest.raises(Invalid, match="The title is missing"):
        invitations.answer(company.as_("lea"), "O1", "sales", fields, rewording={"title": " "})
    with pytest.raises(Invalid, match="O1 was not reworded since the pushback: change its title"):
        invitations.answer(company.as_("lea"), "O1", "sales", fields, rewording={"why": ""})
    assert rounds(company) == [(1, "open", None)]
    invitations.answer(company.as_("lea"), "O1", "sales", fields, rewording=text)
    found = show.objective(company.as_("rob"), "O1")
    assert (found.title, len(found.texts)) == ("Buyers get a person's answer", 2)
    assert answer_of(company).rounds[-1].answer == "reworded"
    verbs = [line.verb for line in activity.log(company.as_("rob"), ref="O1")]
    assert verbs[-2:] == ["objective.reword", "invitation.answer"]


def test_a_rewording_that_others_changed_meanwhile_answers_nothing(company):
    company.objective()
    push_back(company)
    began = {"title": "Buyers get their answer the same day"}
    objectives.reword(company.as_("olga"), "O1", {"title": "Theirs"})
    with pytest.raises(Conflict):
        invitations.answer(
            company.as_("lea"), "O1", "sales", {"answer": "reworded"}, rewording={"title": "Mine"}, began_from=began
        )
    assert rounds(company) == [(1, "open", None)]


def test_a_split_writes_the_new_ones_like_the_old(company):
    top = company.objective(by="olga", team="acme", invited="sales")
    fields = {"title": "Two things", "why": "Silence costs us", "ambition": "committed"}
    ref = objectives.add(company.as_("lea"), team="sales", cycle=None, fields=fields, parent=top)
    objectives.publish(company.as_("lea"), ref)
    objectives.invite(company.as_("lea"), ref, ["sales"])
    push_back(company, ref)
    invitations.answer(company.as_("lea"), ref, "sales", {"answer": "split", "new": ["By phone", "By mail"]})
    for new, title in (("O3", "By phone"), ("O4", "By mail")):
        found = show.objective(company.as_("rob"), new)
        assert (found.title, found.why, found.ambition, found.state) == (
            title,
            "Silence costs us",
            "committed",
            "published",
        )
        assert [one.state for one in found.invitations] == ["open"]
    assert answer_of(company, ref).rounds[-1].into == ("O3", "O4")


def test_a_split_leaves_the_drafts_where_they_are_when_told(company):
    company.accepted()
    draft = company.draft("O1")
    push_back(company)
    invitations.answer(company.as_("lea"), "O1", "sales", {"answer": "split", "new": ["Answers"], "keep_drafts": True})
    assert [card.ref for card in show.objective(company.as_("rob"), "O1").key_results] == [draft]
    assert [one.team for one in show.objective(company.as_("rob"), "O2").invitations] == ["sales"]


@pytest.mark.parametrize("more", [{"new": ["Answers"]}, {"keep_drafts": True}, {"into": ["O2"]}])
def test_only_a_split_names_new_ones(company, more):
    company.objective()
    push_back(company)
    with pytest.raises(Invalid, match="Only a split names new objectives"):
        answer(company, answer="explained", words="It stands", **more)


def test_teams_are_asked_and_let_go_in_one_act(company):
    company.team("east", under="sales")
    company.team("west", under="sales")
    ref = company.objective()
    objectives.invite(company.as_("lea"), ref, ["east"])
    invitations.accept(company.as_("ana"), ref, "sales", "We answer daily")
    done = addressing.address(
        company.as_("lea"), ref, ask=["west"], leave=["sales", "east"], words="Yours is the launch"
    )
    assert done == addressing.Addressed(("west",), ("east",), ("sales",))
    states = {one.team: one.state for one in show.objective(company.as_("rob"), ref).invitations}
    assert states == {"west": "open", "sales": "released"}
    assert addressing.address(company.as_("lea"), ref, ask=["sales"]).asked == ("sales",)


def test_asking_and_letting_go_stand_together_or_not_at_all(company):
    company.team("product")
    ref = company.objective()
    with pytest.raises(NotAllowed, match="Product is not Sales or below it"):
        addressing.address(company.as_("lea"), ref, ask=["product"], leave=["sales"])
    assert answer_of(company).state == "open"
    with pytest.raises(NotAllowed, match="leadership's to decide"):
        addressing.address(company.as_("ana"), ref, leave=["sales"])


def test_who_has_not_answered_is_for_those_who_lead(company):
    company.team("east", under="sales")
    ref = company.objective(by="olga", team="acme", invited="sales")
    company.at("2026-10-07")
    own = company.objective()
    objectives.invite(company.as_("lea"), own, ["east"])
    invitations.push_back(company.as_("ana"), own, "sales", "cannot_measure", "How?")
    for handle in ("ana", "rob"):
        assert answers.unanswered(company.as_(handle), "sales", None) == ()
    led = [(one.ref, one.team, one.state, one.reason) for one in answers.unanswered(company.as_("lea"), "sales", None)]
    assert led == [(own, "sales", "pushed_back", "cannot_measure"), (own, "east", "open", "")]
    all_of_it = answers.unanswered(company.as_("olga"), "sales", None)
    assert [(one.ref, one.team) for one in all_of_it] == [(own, "sales"), (ref, "sales"), (own, "east")]
    assert [one.ref for one in answers.unanswered(company.as_("olga"), "acme", None)] == [ref]
    objectives.withdraw(company.as_("lea"), own, "Gone")
    assert answers.unanswered(company.as_("lea"), "sales", None) == ()


def test_an_objective_goes_on_from_one_of_an_earlier_cycle(company):
    fields = {"title": "Same day", "why": "Silence costs us", "ambition": "committed"}
    old = objectives.add(company.as_("lea"), team="sales", cycle=None, fields=fields)
    cycles.add(company.operator, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"})
    assert listing.to_go_on_from(company.as_("lea"), "sales", "2027-Q1") == []
    objectives.publish(company.as_("lea"), old)
    new = objectives.add(company.as_("lea"), team=None, cycle="2027-Q1", fields={"title": "Same hour"}, origin=old)
    found = show.objective(company.as_("rob"), new)
    assert (found.title, found.why, found.ambition, found.state, found.team) == (
        "Same hour",
        "Silence costs us",
        "committed",
        "draft",
        "sales",
    )
    assert found.origin == (old, "2026-Q4")
    assert show.objective(company.as_("rob"), old).goes_on == ((new, "2027-Q1"),)
    (earlier,) = listing.to_go_on_from(company.as_("lea"), "sales", "2027-Q1")
    assert (earlier.ref, earlier.goes_on) == (old, True)
    assert listing.to_go_on_from(company.as_("lea"), "sales", "2026-Q4") == []
    with pytest.raises(NotAllowed, match="O1 is of 2026-Q4 itself: name one of an earlier cycle"):
        objectives.add(company.as_("lea"), team=None, cycle="2026-Q4", fields={}, origin=old)
    with pytest.raises(Invalid, match="name a team"):
        objectives.add(company.as_("lea"), team=None, cycle=None, fields={"title": "x"})


def test_acts_of_a_deputy_and_of_one_side_alone_say_so(company):
    setup.name_deputy(company.as_("lea"), "sales", "ben", until=company.now.date())
    ref = company.objective(by="ben")
    found = show.objective(company.as_("rob"), ref).stood_in
    assert {(one.verb, one.person, one.text) for one in found} == {
        (verb, "ben", "for @lea") for verb in ("objective.add", "objective.publish", "invitation.invite")
    }
    company.team("empty", under="sales")
    objectives.invite(company.as_("lea"), ref, ["empty"])
    invitations.accept(company.as_("lea"), ref, "empty", "We do it ourselves")
    assert show.objective(company.as_("rob"), ref).stood_in[-1].text == "alone"
