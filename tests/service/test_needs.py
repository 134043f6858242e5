from __future__ import annotations

from datetime import date

import pytest

from okrtui.core.errors import NotFound
from okrtui.service import (
    cycles,
    defences,
    guide,
    invitations,
    key_results,
    looking,
    needs,
    needs_key_results,
    needs_scores,
    objectives,
    setup,
    suggestions,
    threads,
)
from okrtui.service.guide import PLACES, step_of_need
from screens.commands import of_page


def kinds(company, handle):
    return [(need.kind, need.ref) for need in needs.due(company.as_(handle))]


def test_an_invitation_waits_for_everybody_of_the_team_and_for_nobody_else(company):
    company.team("east", under="sales")
    company.person("eve", "east")
    ref = company.objective()
    assert kinds(company, "ana") == kinds(company, "ben") == [("invitation", ref)]
    for handle in ("lea", "olga", "rob", "eve"):
        assert kinds(company, handle) == []


def test_a_draft_objective_waits_for_nobody(company):
    objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "Not yet"})
    assert kinds(company, "ana") == []


def test_leadership_is_asked_as_the_nearest_team_with_a_lead(company):
    company.team("east", under="sales")
    company.person("eve", "east")
    ref = company.objective(by="lea", team="east", invited="east")
    invitations.push_back(company.as_("eve"), ref, "east", "cannot_measure", "Nobody counts")
    assert kinds(company, "lea") == [("pushback", ref)]
    assert kinds(company, "olga") == []
    company.person("edo", leads=("east",))
    assert kinds(company, "edo") == [("pushback", ref)]
    assert kinds(company, "lea") == []
    setup.set_active(company.operator, "edo", active=False)
    setup.set_active(company.operator, "lea", active=False)
    assert kinds(company, "olga") == [("pushback", ref)]


def test_deputies_are_asked_too(company):
    setup.name_deputy(company.as_("lea"), "sales", "rob", until=date(2026, 11, 1))
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    assert kinds(company, "rob") == kinds(company, "lea") == [("proposal", ref)]
    company.at("2026-11-02")
    assert kinds(company, "rob") == []


def test_a_lead_without_a_team_is_asked_for_both_sides(empty):
    empty.team("sales")
    empty.person("lea", leads=("sales",))
    cycles.add(empty.operator, {"name": "2026-Q4", "starts": "2026-10-01", "ends": "2026-12-31"})
    ref = empty.objective()
    assert kinds(empty, "lea") == [("invitation", ref)]


def test_what_others_wait_for_comes_first(company):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    threads.comment(company.as_("ana"), ref, "@lea please")
    company.objective(by="olga", team="acme", invited="sales")
    assert [kind for kind, _ in kinds(company, "lea")] == ["invitation", "proposal", "mention"]
    order = [looking.ORDER.index(kind) for kind, _ in kinds(company, "lea")]
    assert order == sorted(order)


def test_each_need_says_what_to_do(company):
    company.objective()
    (need,) = needs.due(company.as_("ana"))
    assert need.text == "O1 asks Sales: accept it or push back: Buyers get their answer the same day"
    assert need.command == "okrtui invitation accept O1 --team sales -m STRAIGHT_LINE"
    assert (need.person, need.team, need.cycle, need.overdue) == ("ana", "sales", "2026-Q4", False)


def test_needs_of_a_team_of_a_person_and_of_everybody(company):
    company.objective()
    assert {need.person for need in needs.due(company.as_("rob"), team="sales")} == {"ana", "ben"}
    assert {need.person for need in needs.due(company.operator)} == {"ana", "ben"}
    assert needs.due(company.as_("rob"), team="acme") == []
    assert [need.person for need in needs.due(company.as_("rob"), person="ana")] == ["ana"]
    setup.set_active(company.operator, "ana", active=False)
    assert needs.due(company.as_("rob"), person="ana") == []
    with pytest.raises(NotFound):
        needs.due(company.as_("rob"), team="nowhere")
    with pytest.raises(NotFound):
        needs.due(company.as_("rob"), person="zoe")


def test_an_owner_who_moved_away_is_still_asked(company):
    ref = company.agreed()
    company.running()
    setup.leave_team(company.operator, "sales", "ana")
    assert kinds(company, "ana") == [("checkin", ref)]


def asked(company, handle, kind):
    return [need for need in needs.due(company.as_(handle)) if need.kind == kind]


def test_a_suggestion_waits_for_the_owner_else_the_author_and_an_objective_s_for_its_leads(company):
    ref = company.draft(owner="ben")
    made = suggestions.suggest(company.as_("lea"), ref, "target", "4", "Could it be lower?")
    (need,) = asked(company, "ben", "suggestion")
    assert (need.ref, need.command) == (ref, f"okrtui take {made}")
    assert "lea suggests" in need.text
    assert asked(company, "ana", "suggestion") == []
    key_results.edit(company.as_("ana"), ref, {"owner": ""})
    assert [one.ref for one in asked(company, "ana", "suggestion")] == [ref]
    assert asked(company, "ben", "suggestion") == []
    suggestions.decline(company.as_("ana"), made, "Not yet")
    assert asked(company, "ana", "suggestion") == []
    suggestions.suggest(company.as_("ana"), "O1", "title", "Buyers hear from us the same day")
    assert [one.ref for one in asked(company, "lea", "suggestion")] == ["O1"]
    for handle in ("ana", "olga", "rob"):
        assert asked(company, handle, "suggestion") == [], handle


def test_a_question_stays_until_it_is_proposed_again_whatever_is_said_after_it(company):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    key_results.send_back(company.as_("lea"), ref, "Which hours?")
    for handle in ("lea", "rob", "ana"):
        threads.comment(company.as_(handle), ref, "Hm")
        assert [need.ref for need in asked(company, "ana", "question")] == [ref]
    key_results.propose(company.as_("ana"), ref)
    assert asked(company, "ana", "question") == []


def test_five_hundred_imported_ideas_wait_as_one(company):
    objective = company.accepted()
    for _ in range(3):
        key_results.add(company.as_("ana"), objective, "sales", {"statement": "Fewer silent deals"})
    with company.store.writing() as connection:
        connection.execute("UPDATE key_result SET imported_by = 1")
    for handle in ("ana", "ben"):
        (need,) = asked(company, handle, "adopt")
        assert need.text.startswith(f"3 ideas were imported for {objective}")
        assert need.ref == "KR1"
    assert asked(company, "lea", "adopt") == []
    for number in (1, 2):
        key_results.adopt(company.as_("ben"), f"KR{number}")
    (need,) = asked(company, "ana", "adopt")
    assert need.text == "KR3 Fewer silent deals was imported: adopt it or drop it"


def test_a_defence_waits_for_the_owner_two_thirds_through_and_until_what_it_announced_is_done(company):
    ref = company.agreed()
    company.running().at("2026-11-15")
    assert asked(company, "ana", "defence") == []
    company.at("2026-12-02")
    (need,) = asked(company, "ana", "defence")
    assert need.text == f"Would you still argue for {ref} Median first answer falls? Keep it, amend it or drop it"
    assert asked(company, "ben", "defence") == asked(company, "lea", "defence") == []
    defences.defend(company.as_("ana"), ref, "amend", "Nights turned out to be half of it")
    (need,) = asked(company, "ana", "defence")
    assert need.text.endswith("is to be amended: amend it, with the reason")
    assert step_of_need(need).command == "board.amend"
    key_results.amend(company.as_("ana"), ref, {"target": 12}, "Nights")
    assert asked(company, "ana", "defence") == []


def test_a_question_about_an_amendment_is_answered_for(company):
    ref = company.agreed()
    key_results.amend(company.as_("ana"), ref, {"target": 12}, "The tool came late")
    key_results.send_back(company.as_("lea"), ref, "Is ten out of reach?")
    (need,) = asked(company, "ana", "question")
    assert need.text == f"The amendment of {ref} came back with a question: Is ten out of reach?"
    assert step_of_need(need).command == "board.answer"
    key_results.answer(company.as_("ana"), ref, "It is")
    assert asked(company, "ana", "question") == []


def test_every_need_that_has_a_place_has_a_command_there():
    places = {
        **PLACES,
        "amending": needs_key_results.AMENDING,
        "answering": needs_key_results.ANSWERING,
        "confirming": needs_scores.CONFIRMING,
        "objective": ("objectives", "objective.take"),
    }
    for kind, (page, command) in places.items():
        assert command in {one.id for one in of_page(page)}, kind
    assert set(PLACES) | {"draft"} == set(looking.ORDER)


def queries(company, read):
    """How many statements a read sends to the file."""
    sent = []
    company.store.connection.set_trace_callback(sent.append)
    read()
    company.store.connection.set_trace_callback(None)
    return len([one for one in sent if one.startswith("SELECT")])


def put_to(company, team):
    """A team with people, an objective of the company put to it, and key results in every state that asks something."""
    company.team(team)
    company.person(f"{team}-lead", leads=(team,))
    for handle, lead in (("ana", False), ("olga", True)):
        setup.join_team(company.operator, team, handle, lead=lead)
    objective = company.objective(by="olga", team="acme", invited=team)
    invitations.accept(company.as_("ana"), objective, team, "We answer")
    refs = [
        key_results.add(company.as_("ana"), objective, team, {**WHOLE, "statement": f"Number {number}"}, draft=True)
        for number in range(6)
    ]
    for ref in refs[:5]:
        key_results.propose(company.as_("ana"), ref)
    for ref in refs[:3]:
        key_results.agree(company.as_("olga"), ref)
    key_results.send_back(company.as_("olga"), refs[3], "Which?")
    suggestions.suggest(company.as_("olga"), refs[0], "target", "4", "@ana, lower?")


WHOLE = {
    "kind": "decrease",
    "unit": "hours",
    "baseline": 26,
    "target": 8,
    "owner": "ana",
    "control": "ours",
    "week_nine": "Yes",
}


@pytest.mark.parametrize("handle", ["ana", "olga", None])
@pytest.mark.parametrize("phase", ["running", "scoring"])
def test_the_queries_grow_neither_with_key_results_nor_with_teams(company, handle, phase):
    company.running().at("2026-12-02")
    session = company.as_(handle or "ana")

    def counted():
        with company.store.writing() as connection:
            connection.execute("UPDATE cycle SET phase = ?", (phase,))
        number = queries(company, lambda: needs.due(session) if handle else guide.frame(session, "east", None))
        with company.store.writing() as connection:
            connection.execute("UPDATE cycle SET phase = 'running'")
        return number

    put_to(company, "east")
    before, found = counted(), len(needs.due(session))
    for team in ("west", "north", "south", "far-east"):
        put_to(company, team)
    assert counted() == before
    assert len(needs.due(session)) >= 4 * found


def test_a_cycle_that_is_ready_starts_before_the_first_objective_of_its_lead(company):
    ref = company.accepted()
    assert steps(company, "olga") == ["Write the first objective of Acme for 2026-Q4"]
    company.agreed(ref)
    assert steps(company, "olga") == [
        "Start 2026-Q4: check-ins begin once it runs",
        "Write the first objective of Acme for 2026-Q4",
    ]


def steps(company, handle, team="acme"):
    return [step.text for step in guide.frame(company.as_(handle), team, None).steps if step.page]
