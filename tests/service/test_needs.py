from __future__ import annotations

from datetime import date

import pytest

from okrtui.core.errors import NotFound
from okrtui.service import cycles, invitations, key_results, needs, objectives, setup, threads


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
    order = [needs.ORDER.index(kind) for kind, _ in kinds(company, "lea")]
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
