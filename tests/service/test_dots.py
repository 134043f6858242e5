"""Dots: five a person, team and cycle, counted for all and one's own alone."""

from __future__ import annotations

import json

import pytest

from okrtui.core.errors import NotAllowed
from okrtui.service import activity, key_results, rooms, setup, show, transfer
from okrtui.service.dots import DOTS, put, take_off
from okrtui.service.undo import undo
from okrtui.store import events


def ideas(company, count=2):
    objective = company.accepted()
    return [
        key_results.add(company.as_("ana"), objective, "sales", {"statement": f"Idea {number}"})
        for number in range(count)
    ]


def dots(company, ref, by="ana"):
    page = show.key_result(company.as_(by), ref)
    return page.card.dots, page.card.my_dots


def test_five_are_given_and_come_back(company):
    first, second = ideas(company)
    assert [put(company.as_("ana"), first) for _ in range(3)] == [4, 3, 2]
    assert [put(company.as_("ana"), second) for _ in range(2)] == [1, 0]
    with pytest.raises(NotAllowed, match="All 5 of your dots are given: take one off another key result first"):
        put(company.as_("ana"), second)
    assert take_off(company.as_("ana"), first) == 1
    assert put(company.as_("ana"), second) == 0
    assert (dots(company, first), dots(company, second)) == ((2, 2), (3, 3))
    assert put(company.as_("lea"), second) == DOTS - 1
    assert dots(company, second) == (4, 3)
    assert dots(company, second, "rob") == (4, 0)
    with pytest.raises(NotAllowed, match=r"You have no dot on KR1: put one \(\.\)"):
        take_off(company.as_("ben"), first)


def test_dots_choose_among_ideas_and_drafts_of_one_team_and_cycle(company):
    company.team("product")
    company.person("pia", "product")
    company.person("olli", leads=("acme",))
    first, _ = ideas(company)
    for _ in range(DOTS):
        put(company.as_("olli"), first)
    other = company.objective(by="olga", team="acme", invited="product")
    theirs = key_results.add(company.as_("pia"), other, "product", {"statement": "Theirs"}, draft=True)
    assert put(company.as_("olli"), theirs) == DOTS - 1
    key_results.park(company.as_("pia"), theirs)
    with pytest.raises(NotAllowed, match="KR3 is parked: dots choose among ideas and drafts"):
        put(company.as_("pia"), theirs)


def test_what_is_dropped_gives_them_back(company):
    first, second = ideas(company)
    for _ in range(DOTS):
        put(company.as_("ana"), first)
    key_results.drop(company.as_("ana"), first, "Nobody needs it")
    assert put(company.as_("ana"), second) == DOTS - 1


def test_a_reader_puts_none(company):
    first, _ = ideas(company)
    with pytest.raises(
        NotAllowed, match=r"Dots are of the two sides\. Rob, .*: suggest a wording \(s\) or comment \(c\)"
    ):
        put(company.as_("rob"), first)


def test_whose_they_are_is_told_to_nobody(company):
    first, _ = ideas(company)
    before = len(activity.log(company.as_("rob")))
    put(company.as_("ana"), first)
    put(company.as_("ben"), first)
    assert len(activity.log(company.as_("rob"))) == before
    for handle, own in (("ana", (("ana", 1),)), ("lea", ())):
        assert show.key_result(company.as_(handle), first).dots == own
        rows = json.loads("".join(transfer.export(company.as_(handle), whole=False)))["tables"]["dot"]
        assert len(rows) == len(own)
    with company.store.reading() as connection:
        assert [event.verb for event in events.of_ref(connection, first)] == ["kr.add", "kr.dot", "kr.dot"]


def test_a_list_counts_them_in_one_query(company):
    refs = ideas(company, 12)
    for ref in refs[:3]:
        put(company.as_("ana"), ref)
        put(company.as_("ben"), ref)
    statements = []
    session = company.as_("ana")
    with company.store.reading() as connection:
        connection.set_trace_callback(statements.append)
        room = rooms.room(session, "sales")
        connection.set_trace_callback(None)
    assert [(card.dots, card.my_dots) for card in room.objectives[0].key_results] == [(2, 1)] * 3 + [(0, 0)] * 9
    for table in ("dot", "suggestion", "key_result_quiet"):
        assert len([one for one in statements if f" FROM {table} WHERE key_result_id IN" in one]) == 1, table


class TestUndone:
    def test_the_last_one(self, company):
        first, _ = ideas(company)
        put(company.as_("ana"), first)
        put(company.as_("ana"), first)
        assert undo(company.as_("ana")) == "KR1 has your dots as before."
        assert dots(company, first) == (1, 1)
        take_off(company.as_("ana"), first)
        undo(company.as_("ana"))
        assert dots(company, first) == (1, 1)

    def test_what_others_did_to_it_since_is_no_matter(self, company):
        first, _ = ideas(company)
        put(company.as_("ana"), first)
        put(company.as_("ben"), first)
        key_results.edit(company.as_("ben"), first, {"unit": "minutes"})
        undo(company.as_("ana"))
        assert dots(company, first) == (1, 0)

    def test_anothers_dot_keeps_nobody_from_undoing_a_move(self, company):
        first, _ = ideas(company)
        key_results.start(company.as_("ana"), first)
        put(company.as_("ben"), first)
        assert undo(company.as_("ana")) == "KR1 is an idea again."

    def test_not_once_it_is_proposed(self, company):
        ref = company.draft()
        put(company.as_("ana"), ref)
        key_results.propose(company.as_("ben"), ref)
        with pytest.raises(NotAllowed, match="KR1 is proposed: dots choose among ideas and drafts"):
            undo(company.as_("ana"))


def test_who_leaves_the_team_keeps_what_they_gave(company):
    first, _ = ideas(company)
    put(company.as_("ben"), first)
    setup.leave_team(company.operator, "sales", "ben")
    assert dots(company, first) == (1, 0)
