from __future__ import annotations

from datetime import date

import pytest

from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.service import activity, cycles, invitations, key_results, needs, rooms, setup, show
from okrtui.service.session import Session
from okrtui.store import people, teams
from okrtui.store.file import Store


def paths(company):
    with company.store.reading() as connection:
        return {team.slug: team.path for team in teams.in_tree_order(connection)}


def roles(company, slug):
    with company.store.reading() as connection:
        found = teams.by_slug(connection, slug)
        assert found is not None
        return {one.handle: one.role for one in teams.members(connection, found.id)}


def test_a_company_is_founded_once(empty):
    assert roles(empty, "acme") == {"olga": "lead"}
    with pytest.raises(NotAllowed, match="has its company already"):
        setup.found_company(empty.operator, company="Other", handle="x", login="x", name="X", lead=None)


def test_a_company_may_be_led_by_another_than_its_founder(path):
    with Store.create(path, rehearsal=False, now="2026-10-01T09:00:00Z") as store:
        operator = Session(store, None)
        slug = setup.found_company(operator, company="Åcme & Söhne", handle="Olga", login="o1", name="Olga", lead="Lea")
        assert slug == "acme-sohne"
        with store.reading() as connection:
            admins = [(one.handle, one.admin) for one in people.everybody(connection)]
            root = teams.root(connection)
            assert root is not None
            assert teams.active_leads(connection, root.chain) == ["lea"]
    assert admins == [("lea", 0), ("olga", 1)]


def test_handles_and_logins_are_ones_own(company):
    with pytest.raises(Invalid, match="There is a ana already: choose another handle"):
        setup.add_person(company.operator, {"handle": "Ana", "name": "Another"})
    with pytest.raises(Invalid, match="The login 'ana' is ana's: give another with --login"):
        setup.add_person(company.operator, {"handle": "ana2", "name": "Another", "login": "ana"})
    setup.edit_person(company.operator, "ana", name="Ana Ruiz", login="aruiz", admin=None)
    setup.add_person(company.operator, {"handle": "ana2", "name": "Another", "login": "ana"})
    with pytest.raises(Invalid, match="The login 'aruiz' is ana's"):
        setup.edit_person(company.operator, "ben", name=None, login="aruiz", admin=None)
    with pytest.raises(NotFound, match="Nobody here is called 'zoe'"):
        setup.edit_person(company.operator, "zoe", name="Zoe", login=None, admin=None)


def test_the_file_keeps_an_admin_and_the_company_a_lead(company):
    with pytest.raises(NotAllowed, match="Olga is the only admin: make somebody else one first"):
        setup.edit_person(company.as_("olga"), "olga", name=None, login=None, admin=False)
    with pytest.raises(NotAllowed, match="Olga is the only admin"):
        setup.set_active(company.as_("olga"), "olga", active=False)
    setup.edit_person(company.as_("olga"), "ana", name=None, login=None, admin=True)
    with pytest.raises(NotAllowed, match="Olga is the only lead of Acme: name another first"):
        setup.set_active(company.as_("ana"), "olga", active=False)
    for act in (
        lambda: setup.leave_team(company.as_("ana"), "acme", "olga"),
        lambda: setup.join_team(company.as_("ana"), "acme", "olga", lead=False),
    ):
        with pytest.raises(NotAllowed, match="Olga is the only lead of Acme"):
            act()
    setup.join_team(company.as_("ana"), "acme", "lea", lead=True)
    setup.set_active(company.as_("ana"), "olga", active=False)
    with pytest.raises(NotAllowed, match="switched off"):
        rooms.home(company.as_("olga"))
    setup.set_active(company.as_("ana"), "olga", active=True)
    assert rooms.home(company.as_("olga")) == ("acme", "2026-Q4")


def test_an_inactive_lead_or_admin_does_not_count(company):
    setup.join_team(company.operator, "acme", "lea", lead=True)
    setup.edit_person(company.operator, "ben", name=None, login=None, admin=True)
    for handle in ("lea", "ben"):
        setup.set_active(company.operator, handle, active=False)
    with pytest.raises(NotAllowed, match="the only lead of Acme"):
        setup.leave_team(company.operator, "acme", "olga")
    with pytest.raises(NotAllowed, match="the only admin"):
        setup.edit_person(company.operator, "olga", name=None, login=None, admin=False)


def test_teams_move_with_all_below_them(company):
    company.team("east", under="sales")
    company.team("madrid", under="east")
    company.team("product")
    setup.move_team(company.operator, "east", "product")
    found = paths(company)
    assert found["madrid"] == f"{found['product']}3/4/"
    assert found["east"] == f"{found['product']}3/"
    with pytest.raises(NotAllowed, match="Madrid is East or below it"):
        setup.move_team(company.operator, "east", "madrid")
    with pytest.raises(NotAllowed, match="East is East or below it"):
        setup.move_team(company.operator, "east", "east")
    with pytest.raises(NotAllowed, match="Acme is the company: it stands at the top"):
        setup.move_team(company.operator, "acme", "sales")
    assert paths(company) == found


def test_a_move_changes_who_leads(company):
    company.team("east", under="sales")
    company.team("product")
    company.person("pia", leads=("product",))
    ref = company.objective(by="lea", team="east", invited="east")
    assert [need.kind for need in needs.due(company.as_("lea"))] == ["invitation"]
    setup.move_team(company.operator, "east", "product")
    assert needs.due(company.as_("lea")) == []
    assert [need.ref for need in needs.due(company.as_("pia"))] == [ref]


def test_a_team_is_archived_from_below(company):
    company.team("east", under="sales")
    with pytest.raises(NotAllowed, match=r"Sales has teams below it \(east\): move or archive them first"):
        setup.archive_team(company.operator, "sales")
    with pytest.raises(NotAllowed, match="Acme is the company: it stays"):
        setup.archive_team(company.operator, "acme")
    setup.archive_team(company.operator, "east")
    setup.archive_team(company.operator, "sales")
    for act in (
        lambda: setup.join_team(company.operator, "sales", "rob", lead=False),
        lambda: setup.add_team(company.operator, {"slug": "west", "name": "West", "under": "sales"}),
        company.objective,
    ):
        with pytest.raises(NotAllowed, match="Sales is archived: choose a team that is not"):
            act()


def test_short_names_are_taken_once(company):
    with pytest.raises(Invalid, match="There is a team sales already"):
        company.team("sales")
    with pytest.raises(NotFound, match="No team is called 'nowhere'"):
        company.team("west", under="nowhere")
    with pytest.raises(NotAllowed, match="Rob is not in Sales"):
        setup.leave_team(company.operator, "sales", "rob")


def test_making_oneself_a_lead_is_recorded(company):
    setup.edit_person(company.operator, "rob", name=None, login=None, admin=True)
    setup.join_team(company.as_("rob"), "sales", "rob", lead=True)
    assert roles(company, "sales")["rob"] == "lead"
    told = activity.log(company.as_("ana"), ref="sales")[-1]
    assert (told.who, told.text) == ("rob", "put @rob into sales as lead")


def test_a_deputy_says_so(company):
    setup.name_deputy(company.as_("lea"), "sales", "rob", until=date(2026, 11, 1))
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    assert "proposal" in [need.kind for need in needs.due(company.as_("rob"))]
    key_results.agree(company.as_("rob"), ref)
    told = activity.log(company.as_("ana"), ref=ref)[-1]
    assert (told.who, told.deputy_for, told.side) == ("rob", "lea", "leadership")
    setup.set_steady(company.as_("rob"), "sales", steady=True)
    assert activity.log(company.as_("ana"), ref="sales")[-1].deputy_for == "lea"


def test_a_deputy_stands_in_for_a_lead(company):
    with pytest.raises(NotAllowed, match="Ana does not lead Sales: name a lead to stand in for with --for"):
        setup.name_deputy(company.operator, "sales", "rob", until=date(2026, 11, 1), lead="ana")
    with pytest.raises(NotAllowed, match="Nobody stands in for themselves"):
        setup.name_deputy(company.as_("lea"), "sales", "lea", until=date(2026, 11, 1))


def test_who_stood_in_for_somebody_who_leads_no_more_is_of_the_team_again(company):
    setup.leave_team(company.operator, "sales", "ben")
    setup.name_deputy(company.as_("lea"), "sales", "ana", until=date(2026, 12, 31))
    setup.join_team(company.operator, "sales", "lea", lead=False)
    setup.leave_team(company.operator, "sales", "lea")
    ref = company.objective(by="olga", team="sales", invited="sales")
    with pytest.raises(NotAllowed, match="Key results are the team's to write"):
        key_results.add(company.as_("olga"), ref, "sales", {"statement": "Faster"})
    kr = key_results.add(company.as_("ana"), ref, "sales", {"statement": "Faster"})
    assert show.key_result(company.as_("rob"), kr).card.author == "ana"


@pytest.mark.parametrize("state", ["open", "accepted", "pushed_back"])
def test_a_team_that_is_still_asked_for_something_is_not_archived(company, state):
    company.team("product")
    company.person("pia", "product")
    ref = company.objective(by="olga", team="acme", invited="product")
    if state == "accepted":
        invitations.accept(company.as_("pia"), ref, "product", "We build it")
    if state == "pushed_back":
        invitations.push_back(company.as_("pia"), ref, "product", "cannot_measure", "Nobody counts")
    with pytest.raises(NotAllowed, match=r"Product is still asked for O1: have leadership release it first"):
        setup.archive_team(company.operator, "product")
    invitations.release(company.as_("olga"), ref, "product")
    setup.archive_team(company.operator, "product")


def test_what_a_closed_cycle_asked_for_keeps_no_team_from_being_archived(company):
    company.team("product")
    company.objective(by="olga", team="acme", invited="product")
    company.running().scoring()
    cycles.advance(company.as_("olga"), "2026-Q4", over=True)
    setup.archive_team(company.operator, "product")
