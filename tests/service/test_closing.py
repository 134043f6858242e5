"""Closing a quarter: what becomes of each key result, and how the next one starts with it."""

from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.core.model import ScoreSide
from okrtui.service import (
    closing,
    cycles,
    find,
    individuals,
    invitations,
    key_results,
    needs,
    objectives,
    scores,
    setup,
    show,
)
from okrtui.service.show import key_result

NEXT = {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"}


@pytest.fixture
def quarter(company):
    """Sales at the end of a quarter, with three agreed key results, the next quarter drafting."""
    under = company.accepted()
    for statement in ("Median first answer falls", "Nights are answered too", "Complaints fall"):
        company.agreed(under, statement=statement)
    company.running().at("2026-12-28")
    company.checked_in("KR1", 19)
    company.scoring()
    cycles.add(company.operator, dict(NEXT))
    return company


def decide(company, ref, decision, words="", by="ana"):
    closing.decide(company.as_(by), ref, decision, words)


def close(company):
    for ref in ("KR1", "KR2", "KR3"):
        scores.leave_unscored(company.as_("ana"), ref, "Told in the report")
    cycles.advance(company.operator, "2026-Q4")


def start_from(company, origin="O1"):
    ref = objectives.add(company.as_("lea"), team=None, cycle="2027-Q1", fields={}, origin=origin)
    objectives.publish(company.as_("lea"), ref)
    objectives.invite(company.as_("lea"), ref, ["sales"])
    return ref


def under(company, ref):
    return {one.statement: one for one in show.objective(company.as_("rob"), ref).key_results}


@pytest.mark.parametrize("by", ["ana", "lea", "olga"])
def test_both_sides_decide(quarter, by):
    decide(quarter, "KR1", "keep", by=by)
    decide(quarter, "KR1", "change", "Count weekends too", by=by)


def test_a_reader_does_not(quarter):
    with pytest.raises(NotAllowed, match=r"by its two sides.*comment \(c\)"):
        decide(quarter, "KR1", "keep", by="rob")


def test_a_change_says_what_changes(quarter):
    with pytest.raises(Invalid, match="A change says what is to change"):
        decide(quarter, "KR1", "change")
    with pytest.raises(Invalid):
        decide(quarter, "KR1", "perhaps")


def test_nothing_is_decided_before_scoring_or_after_closing(company):
    ref = company.agreed()
    company.running()
    with pytest.raises(NotAllowed, match="while a cycle is scoring"):
        decide(company, ref, "keep")


def test_what_goes_on_comes_along_with_the_objective_it_stood_under(quarter):
    decide(quarter, "KR1", "keep")
    decide(quarter, "KR2", "drop")
    decide(quarter, "KR3", "change", "Count refunds too")
    close(quarter)
    quarter.at("2027-01-04")
    found = under(quarter, start_from(quarter))
    assert list(found) == ["Median first answer falls", "Complaints fall"]
    carried = found["Median first answer falls"]
    assert (carried.state, carried.progress, carried.value, carried.checked_week) == ("draft", None, None, None)
    assert (carried.owner, carried.baseline, carried.target) == ("ana", 26, 8)
    assert key_result(quarter.as_("rob"), carried.ref).missing.keys() >= {"week_nine"}


def test_an_objective_that_was_started_before_closing_gets_them_as_the_cycle_closes(quarter):
    ref = start_from(quarter)
    decide(quarter, "KR1", "defer")
    assert under(quarter, ref) == {}
    close(quarter)
    assert list(under(quarter, ref)) == ["Median first answer falls"]


def test_a_team_carries_the_rest_itself(quarter):
    decide(quarter, "KR1", "keep")
    close(quarter)
    quarter.at("2027-01-04")
    ref = objectives.add(quarter.as_("lea"), team="sales", cycle="2027-Q1", fields={"title": "Something else"})
    objectives.publish(quarter.as_("lea"), ref)
    objectives.invite(quarter.as_("lea"), ref, ["sales"])
    assert [one.ref for one in waiting(quarter)] == ["KR1"]
    with pytest.raises(NotAllowed, match="the team's to write"):
        closing.carry(quarter.as_("olga"), "KR1", ref)
    assert closing.carry(quarter.as_("ana"), "KR1", ref) == "KR4"
    assert waiting(quarter) == []
    with pytest.raises(NotAllowed, match="goes on already as KR4"):
        closing.carry(quarter.as_("ana"), "KR1", ref)
    with pytest.raises(NotAllowed, match="not decided"):
        closing.carry(quarter.as_("ana"), "KR2", ref)


def waiting(company):
    with company.as_("ana").reading() as view:
        return closing.waiting(view, find.team(view, "sales"))


def test_it_is_not_carried_within_its_cycle_or_to_another_team(quarter):
    decide(quarter, "KR1", "keep")
    cycles.back(quarter.operator, "2026-Q4", "A week was missing")
    with pytest.raises(NotAllowed, match="of the same cycle"):
        closing.carry(quarter.as_("ana"), "KR1", "O1")


def test_it_is_not_carried_while_it_may_still_be_decided_otherwise(quarter):
    decide(quarter, "KR1", "keep")
    ref = start_from(quarter)
    with pytest.raises(NotAllowed, match="goes on once 2026-Q4 is closed"):
        closing.carry(quarter.as_("ana"), "KR1", ref)
    decide(quarter, "KR1", "drop")
    close(quarter)
    assert under(quarter, ref) == {}


def test_an_owner_who_left_owns_nothing_in_the_next_quarter(quarter):
    decide(quarter, "KR1", "keep")
    close(quarter)
    setup.set_active(quarter.operator, "ana", active=False)
    quarter.at("2027-01-04")
    carried = under(quarter, start_from(quarter))["Median first answer falls"]
    assert (carried.author, carried.owner) == ("ana", None)


def test_carried_steps_and_guidance_come_along(company):
    ref = company.agreed(
        kind="milestone", unit="", baseline=None, target=None, steps=[{"name": "Pilot"}, {"name": "All", "weight": 2}]
    )
    company.running()
    company.scoring()
    cycles.add(company.operator, dict(NEXT))
    decide(company, ref, "keep")
    scores.leave_unscored(company.as_("ana"), ref, "Told")
    cycles.advance(company.operator, "2026-Q4")
    company.at("2027-01-04")
    carried = under(company, start_from(company))["Median first answer falls"]
    assert key_result(company.as_("rob"), carried.ref).fields["steps"] == [
        {"name": "Pilot", "weight": 1.0},
        {"name": "All", "weight": 2.0},
    ]
    invitations.accept(company.as_("ana"), "O2", "sales", "The same queue")
    key_results.edit(company.as_("ana"), carried.ref, {"week_nine": "Yes, still"})
    assert key_results.propose(company.as_("ana"), carried.ref) is False


# What waits, and both ways


def kinds(company, handle):
    return [
        (need.kind, need.ref) for need in needs.due(company.as_(handle)) if need.kind in {"decide", "learn", "carry"}
    ]


def settle(company, *refs):
    for ref in refs:
        scores.leave_unscored(company.as_("ana"), ref, "Told in the report")


def test_decisions_and_learning_wait_once_the_scores_are_settled(quarter):
    assert kinds(quarter, "ana") == kinds(quarter, "lea") == []
    settle(quarter, "KR1")
    assert kinds(quarter, "ana") == [("decide", "KR1")]
    assert kinds(quarter, "ben") == kinds(quarter, "lea") == kinds(quarter, "rob") == []
    decide(quarter, "KR1", "keep")
    assert kinds(quarter, "ana") == []
    settle(quarter, "KR2", "KR3")
    assert kinds(quarter, "lea") == [("learn", "O1")]
    objectives.learn(quarter.as_("lea"), "O1", "Nights need people")
    assert kinds(quarter, "lea") == []


def test_what_goes_on_waits_for_its_team_once_there_is_where_to_carry_it(quarter):
    decide(quarter, "KR1", "keep")
    decide(quarter, "KR2", "done")
    close(quarter)
    quarter.at("2027-01-04")
    assert kinds(quarter, "ana") == []
    ref = objectives.add(quarter.as_("lea"), team="sales", cycle="2027-Q1", fields={"title": "Something else"})
    objectives.publish(quarter.as_("lea"), ref)
    objectives.invite(quarter.as_("lea"), ref, ["sales"])
    assert kinds(quarter, "ana") == kinds(quarter, "ben") == [("carry", ref)]
    assert kinds(quarter, "lea") == kinds(quarter, "rob") == []
    assert closing.count_waiting(quarter.as_("rob"), "sales") == (len(waiting(quarter)), 0) == (1, 0)
    assert closing.waiting_of(quarter.as_("rob"), "sales") == waiting(quarter)
    closing.carry(quarter.as_("ana"), "KR1", ref)
    assert kinds(quarter, "ana") == []
    assert closing.count_waiting(quarter.as_("rob"), "sales") == (0, 0)


def test_both_name_each_other_and_the_new_one_how_the_old_one_ended(quarter):
    decide(quarter, "KR1", "change", "Count weekends too")
    scores.write(quarter.as_("ana"), "KR1", ScoreSide.SELF, 0.4, "Nights")
    scores.write(quarter.as_("lea"), "KR1", ScoreSide.MANAGER, 0.4, "Nights")
    scores.reveal(quarter.as_("ana"), ["KR1"])
    scores.calibrate(quarter.as_("ana"), "KR1", 0.4)
    scores.confirm(quarter.as_("lea"), "KR1")
    settle(quarter, "KR2", "KR3")
    cycles.advance(quarter.operator, "2026-Q4")
    quarter.at("2027-01-04")
    carried = under(quarter, start_from(quarter))["Median first answer falls"]
    page = key_result(quarter.as_("rob"), carried.ref)
    origin = page.origin
    assert (origin.ref, origin.cycle, origin.value, origin.score) == ("KR1", "2026-Q4", 19, 0.4)
    assert (origin.decision, origin.words) == ("change", "Count weekends too")
    assert (page.card.progress, page.checkins, page.goes_on) == (None, (), ())
    old = key_result(quarter.as_("rob"), "KR1")
    assert [(one.ref, one.cycle, one.state) for one in old.goes_on] == [(carried.ref, "2027-Q1", "draft")]
    assert (old.origin, old.closing.decision, old.closing.author) == (None, "change", "ana")


# One person's own: a team of one, under the leads of theirs


@pytest.fixture
def own(quarter):
    """Beside the team's three a key result of Ana's alone, O2 and KR4; Ben has O3 and KR5 of his own."""
    cycles.back(quarter.operator, "2026-Q4", "Two of our own were missing")
    cycles.back(quarter.operator, "2026-Q4", "Two of our own were missing")
    individuals.set_mode(quarter.as_("lea"), "sales", "selective", "The analyst's work is in no key result")
    for handle in ("ana", "ben"):
        ref = objectives.add(
            quarter.as_("lea"), team="sales", cycle="2026-Q4", fields={"title": f"Numbers of {handle}"}
        )
        objectives.publish(quarter.as_("lea"), ref)
        put(quarter, ref, handle, "KR1")
        invitations.accept(quarter.as_(handle), ref, None, "Every Friday")
        key_results.propose(quarter.as_(handle), quarter.draft(ref, by=handle, statement=f"Errors of {handle} fall"))
    for ref in ("KR4", "KR5"):
        key_results.agree(quarter.as_("lea"), ref)
    quarter.running()
    return quarter.scoring()


def put(company, ref, handle, parent):
    why = {"need": "role_not_covered", "words": "Data is in no key result"}
    individuals.put_to_person(company.as_("lea"), ref, handle, why, parent=parent, alternatives_seen=True)


def closed(company):
    """Closed at the end of the quarter; the team's own objective goes on as O4."""
    settle(company, "KR1", "KR2", "KR3")
    for ref, handle in (("KR4", "ana"), ("KR5", "ben")):
        scores.leave_unscored(company.as_(handle), ref, "Told in the report")
    cycles.advance(company.operator, "2026-Q4")
    company.at("2027-01-04")
    start_from(company)
    return company


def of_one(company, origin=None, handle="ana"):
    """An objective of the next quarter that is put to one person, and contributes to what Sales carried over."""
    title = {} if origin else {"title": "Numbers can be trusted"}
    ref = objectives.add(company.as_("lea"), team="sales", cycle="2027-Q1", fields=title, origin=origin)
    objectives.publish(company.as_("lea"), ref)
    put(company, ref, handle, "KR6")
    return ref


def test_the_person_and_the_leads_decide_of_an_individual_one(own):
    decide(own, "KR4", "keep")
    decide(own, "KR4", "change", "Count refunds too", by="lea")
    for handle in ("ben", "rob"):
        with pytest.raises(NotAllowed, match="by its two sides"):
            decide(own, "KR4", "drop", by=handle)


def test_closing_waits_for_individual_ones_with_the_team_whose_leads_asked(own):
    settle(own, "KR1", "KR2", "KR3")
    gaps = cycles.awaited(own.as_("rob"), "2026-Q4")
    assert [(gap.kind, gap.ref, gap.team) for gap in gaps] == [("score", "KR4", "sales"), ("score", "KR5", "sales")]
    with pytest.raises(NotAllowed, match="still waits for 2 things"):
        cycles.advance(own.operator, "2026-Q4")


def test_an_individual_one_comes_along_with_the_objective_that_goes_on_for_the_same_person(own):
    for ref, handle in (("KR1", "ana"), ("KR4", "ana"), ("KR5", "ben")):
        decide(own, ref, "keep", by=handle)
    closed(own)
    ref = of_one(own, "O2")
    (carried,) = under(own, ref).values()
    assert (carried.statement, carried.state, carried.owner, carried.progress) == (
        "Errors of ana fall",
        "draft",
        "ana",
        None,
    )
    assert key_result(own.as_("rob"), carried.ref).origin.ref == "KR4"
    for_another = of_one(own, "O3")
    assert under(own, for_another) == {}


def test_an_individual_one_waits_for_its_person_and_is_carried_by_them_alone(own):
    for ref, handle in (("KR1", "ana"), ("KR4", "ana")):
        decide(own, ref, "keep", by=handle)
    closed(own)
    ref = of_one(own)
    assert kinds(own, "ana") == [("carry", ref)]
    assert kinds(own, "ben") == kinds(own, "lea") == []
    assert closing.count_waiting(own.as_("ana"), "sales") == (0, 1)
    assert closing.count_waiting(own.as_("ben"), "sales") == (0, 0)
    assert [(one.ref, one.asked) for one in closing.waiting_of(own.as_("ana"), "sales")] == [("KR4", "@ana")]
    assert closing.waiting_of(own.as_("ben"), "sales") == []
    with pytest.raises(NotFound, match="was not put to Ana"):
        closing.carry(own.as_("ana"), "KR4", "O4")
    with pytest.raises(NotAllowed, match="KR4 is @ana's own, and O4 was put to sales"):
        closing.carry(own.as_("ana"), "KR4", "O4", "sales")
    with pytest.raises(NotAllowed, match="the team's to write"):
        closing.carry(own.as_("ben"), "KR4", ref)
    carried = closing.carry(own.as_("ana"), "KR4", ref)
    assert (under(own, ref)["Errors of ana fall"].ref, kinds(own, "ana")) == (carried, [])
    with pytest.raises(NotAllowed, match=f"goes on already as {carried}"):
        closing.carry(own.as_("ana"), "KR4", ref)
