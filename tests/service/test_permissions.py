"""Who may do what: every act by every sort of person, through the services, on a real file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from okrtui.core import ideas
from okrtui.core.errors import NotAllowed
from okrtui.core.leave import OPERATOR_HAS_NO_PEN
from okrtui.core.model import ScoreSide
from okrtui.service import (
    checkins,
    cycles,
    defences,
    dots,
    importing,
    invitations,
    key_results,
    objectives,
    quiets,
    scores,
    setup,
    suggestions,
    threads,
)
from okrtui.store import events

if TYPE_CHECKING:
    from conftest import Company

EVERYBODY = ("olga", "cleo", "lea", "dee", "ana", "eve", "adam", "pia", "rob", "ina", "operator")
LEADERSHIP = {"olga", "cleo", "lea", "dee"}  # olga and cleo lead the company, lea leads Sales, dee stands in for her
TEAM = {"ana", "eve"}  # in Sales, and in East below it
READERS = {"adam", "pia", "rob"}  # an admin without a team, who leads another team, who is in none


@pytest.fixture
def people(company: Company) -> Company:
    company.team("east", under="sales")
    company.team("product")
    company.person("cleo", leads=("acme",))
    company.person("dee", "product")
    company.person("eve", "east")
    company.person("pia", leads=("product",))
    setup.add_person(company.operator, {"handle": "adam", "name": "Adam", "admin": True})
    company.person("ina", "sales")
    setup.name_deputy(company.operator, "sales", "dee", until=date(2027, 1, 31), lead="lea")
    return company


def session(company, handle):
    return company.operator if handle == "operator" else company.as_(handle)


def written(company):
    with company.store.reading() as connection:
        return events.latest_id(connection)


# How far things are when an act is tried: each stage makes what the acts are done to.
def draft_objective(company):
    return objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "Buyers get answers"})


def published(company):
    ref = draft_objective(company)
    objectives.publish(company.as_("lea"), ref)
    return ref


def invited(company):
    return company.objective()


def accepted(company):
    return company.accepted()


def pushed_back(company):
    ref = company.objective()
    invitations.push_back(company.as_("ana"), ref, "sales", "wrong_altitude", "It is the company's")
    return ref


def idea(company):
    return key_results.add(company.as_("ana"), company.accepted(), "sales", {"statement": "Answers are faster"})


def draft(company):
    return company.draft()


def proposed(company):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    return ref


def parked(company):
    ref = company.draft()
    key_results.park(company.as_("ana"), ref)
    return ref


def agreed(company):
    return company.agreed()


def amended(company):
    ref = company.agreed()
    key_results.amend(company.as_("ana"), ref, {"target": 12}, "The tool came late")
    return ref


def questioned(company):
    ref = amended(company)
    key_results.send_back(company.as_("lea"), ref, "Why?")
    return ref


def suggested_for_objective(company):
    return suggestions.suggest(company.as_("rob"), company.objective(), "title", "Sooner")


def suggested(company):
    return suggestions.suggest(company.as_("rob"), company.draft(), "target", "7")


def suggested_for_agreed(company):
    return suggestions.suggest(company.as_("rob"), company.agreed(), "target", "7")


def imported(company):
    company.accepted()
    sheet = ideas.read(b"statement,objective,team\nAnswers are faster,O1,sales\n")
    return importing.bring_in(company.as_("rob"), sheet).ideas[0].ref


def to_establish(company):
    measured = {
        "kind": "establish",
        "baseline": None,
        "target": None,
        "measure": "Minutes",
        "baseline_due": "2026-11-01",
    }
    return company.agreed(**measured)


def running(company):
    ref = company.agreed()
    company.running()
    return ref


def scoring(company):
    ref = running(company)
    company.at("2026-12-31").scoring()
    return ref


def both_in(company):
    ref = scoring(company)
    scores.write(company.as_("ana"), ref, ScoreSide.SELF, 0.4, "Nights are open")
    scores.write(company.as_("lea"), ref, ScoreSide.MANAGER, 0.3, "Nights were the point")
    return ref


def opened(company):
    ref = both_in(company)
    scores.reveal(company.as_("ana"), [ref])
    return ref


def team_proposed_a_score(company):
    ref = opened(company)
    scores.calibrate(company.as_("ana"), ref, 0.3)
    return ref


def leadership_proposed_a_score(company):
    ref = opened(company)
    scores.calibrate(company.as_("lea"), ref, 0.3)
    return ref


def scoring_objective(company):
    scoring(company)
    return "O1"


ACTS = {
    "write an objective": (
        lambda _: "",
        lambda one, _: objectives.add(one, team="sales", cycle=None, fields={"title": "Buyers stay"}),
        LEADERSHIP,
    ),
    "edit an objective": (draft_objective, lambda one, ref: objectives.edit(one, ref, {"why": "So"}), LEADERSHIP),
    "publish": (draft_objective, objectives.publish, LEADERSHIP),
    "invite": (published, lambda one, ref: objectives.invite(one, ref, ["sales"]), LEADERSHIP),
    "uninvite": (invited, lambda one, ref: objectives.uninvite(one, ref, "sales"), LEADERSHIP),
    "reword": (invited, lambda one, ref: objectives.reword(one, ref, {"why": "So"}), LEADERSHIP),
    "withdraw": (invited, lambda one, ref: objectives.withdraw(one, ref, "Bought instead"), LEADERSHIP),
    "release": (invited, lambda one, ref: invitations.release(one, ref, "sales"), LEADERSHIP),
    "answer": (
        pushed_back,
        lambda one, ref: invitations.answer(one, ref, "sales", {"answer": "explained", "words": "Sales moves it most"}),
        LEADERSHIP,
    ),
    "accept": (invited, lambda one, ref: invitations.accept(one, ref, "sales", "We answer daily"), TEAM),
    "push back": (
        invited,
        lambda one, ref: invitations.push_back(one, ref, "sales", "cannot_measure", "Nobody counts"),
        TEAM,
    ),
    "take a pushback back": (pushed_back, lambda one, ref: invitations.take_back(one, ref, "sales"), TEAM),
    "write a key result": (accepted, lambda one, ref: key_results.add(one, ref, "sales", {"statement": "Faster"}), TEAM),
    "edit a key result": (draft, lambda one, ref: key_results.edit(one, ref, {"unit": "minutes"}), TEAM),
    "name its owner": (agreed, lambda one, ref: key_results.edit(one, ref, {"owner": "ben"}), TEAM),
    "guide": (draft, lambda one, ref: key_results.guide(one, ref, {"low": "Only weekdays"}), TEAM),
    "start": (idea, key_results.start, TEAM),
    "back to the ideas": (draft, key_results.back_to_idea, TEAM),
    "propose": (draft, key_results.propose, TEAM),
    "take a proposal back": (proposed, key_results.take_back, TEAM),
    "park": (draft, key_results.park, TEAM),
    "unpark": (parked, key_results.unpark, TEAM),
    "drop": (agreed, lambda one, ref: key_results.drop(one, ref, "Nobody needs it"), TEAM),
    "amend": (agreed, lambda one, ref: key_results.amend(one, ref, {"target": 12}, "Tool came late"), TEAM),
    "establish": (to_establish, lambda one, ref: key_results.establish(one, ref, 26, 8), TEAM),
    "agree": (proposed, key_results.agree, LEADERSHIP),
    "return": (proposed, lambda one, ref: key_results.send_back(one, ref, "And nights?"), LEADERSHIP),
    "agree to an amendment": (amended, key_results.agree, LEADERSHIP),
    "question an amendment": (amended, lambda one, ref: key_results.send_back(one, ref, "Why?"), LEADERSHIP),
    "answer for an amendment": (questioned, lambda one, ref: key_results.answer(one, ref, "Nights are hard"), TEAM),
    "take an amendment back": (amended, key_results.take_back, TEAM),
    "suggest for an objective": (
        invited,
        lambda one, ref: suggestions.suggest(one, ref, "title", "Sooner"),
        LEADERSHIP | TEAM | READERS,
    ),
    "take one for an objective": (suggested_for_objective, suggestions.take, LEADERSHIP),
    "decline one for an objective": (suggested_for_objective, suggestions.decline, LEADERSHIP),
    "suggest for a key result": (
        agreed,
        lambda one, ref: suggestions.suggest(one, ref, "target", "7"),
        LEADERSHIP | TEAM | READERS,
    ),
    "take one for a key result": (suggested, suggestions.take, TEAM),
    "take one for what is agreed": (suggested_for_agreed, lambda one, ref: suggestions.take(one, ref, "So"), TEAM),
    "decline one for a key result": (suggested, suggestions.decline, TEAM),
    "adopt": (imported, key_results.adopt, TEAM),
    "dot": (idea, dots.put, LEADERSHIP | TEAM),
    "quiet": (draft, lambda one, ref: quiets.quiet(one, ref, "number", "Support counts it"), TEAM),
    "defend": (running, lambda one, ref: defences.defend(one, ref, "keep", "Nights"), TEAM),
    "defend by dropping": (running, lambda one, ref: defences.defend(one, ref, "drop", "No nights"), TEAM),
    "check in": (running, lambda one, ref: checkins.check_in(one, ref, {"value": 20, "confidence": 6}), TEAM),
    "check in while scoring": (
        scoring,
        lambda one, ref: checkins.check_in(one, ref, {"value": 9, "confidence": 8}),
        TEAM,
    ),
    "self score": (scoring, lambda one, ref: scores.write(one, ref, ScoreSide.SELF, 0.4, "Nights"), TEAM),
    "manager score": (scoring, lambda one, ref: scores.write(one, ref, ScoreSide.MANAGER, 0.4, "Nights"), LEADERSHIP),
    "open the scores": (both_in, lambda one, ref: scores.reveal(one, [ref]), TEAM),
    "propose the agreed score": (opened, lambda one, ref: scores.calibrate(one, ref, 0.3), LEADERSHIP | TEAM),
    "leave unscored": (scoring, lambda one, ref: scores.leave_unscored(one, ref, "Not measured"), LEADERSHIP | TEAM),
    "confirm the team's": (team_proposed_a_score, scores.confirm, LEADERSHIP),
    "confirm leadership's": (leadership_proposed_a_score, scores.confirm, TEAM),
    "write what was learnt": (
        scoring_objective,
        lambda one, ref: objectives.learn(one, ref, "Nights count"),
        LEADERSHIP | TEAM,
    ),
    "comment": (draft, lambda one, ref: threads.comment(one, ref, "Why?"), LEADERSHIP | TEAM | READERS),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_its_sides(people, act):
    prepare, do, allowed = ACTS[act]
    ref = prepare(people)
    setup.set_active(people.operator, "ina", active=False)
    before = written(people)
    for handle in EVERYBODY:
        if handle not in allowed:
            with pytest.raises(NotAllowed) as refused:
                do(session(people, handle), ref)
            assert_says_what_to_do(str(refused.value), handle)
            assert written(people) == before, f"{handle} left something behind"


@pytest.mark.parametrize(
    ("act", "handle"), [(act, handle) for act, (_, _, allowed) in ACTS.items() for handle in sorted(allowed)]
)
def test_each_side_does_its_acts(people, act, handle):
    prepare, do, _ = ACTS[act]
    ref = prepare(people)
    before = written(people)
    do(people.as_(handle), ref)
    with people.store.reading() as connection:
        told = events.after_id(connection, before, 10)
    assert told
    expected = "leadership" if handle in LEADERSHIP else "team" if handle in TEAM else "reader"
    assert {one.side for one in told} == {expected}
    assert not any(one.alone for one in told)
    assert {one.deputy_for is not None for one in told} == {handle == "dee"}


def assert_says_what_to_do(sentence, handle):
    assert sentence.endswith("."), sentence
    match handle:
        case "operator":
            assert sentence == OPERATOR_HAS_NO_PEN
        case "ina":
            assert sentence == "Your access to this file was switched off: ask an admin."
        case _:
            assert ": " in sentence, sentence


SETUP = {
    "add a person": (lambda one: setup.add_person(one, {"handle": "new", "name": "New"}), {"olga", "adam", "operator"}),
    "edit a person": (
        lambda one: setup.edit_person(one, "rob", name="Robert", login=None, admin=None),
        {"olga", "adam", "operator"},
    ),
    "switch a person off": (lambda one: setup.set_active(one, "rob", active=False), {"olga", "adam", "operator"}),
    "add a team": (
        lambda one: setup.add_team(one, {"slug": "west", "name": "West", "under": "sales"}),
        {"olga", "adam", "operator"},
    ),
    "edit a team": (lambda one: setup.edit_team(one, "east", {"name": "Far East"}), {"olga", "adam", "operator"}),
    "move a team": (lambda one: setup.move_team(one, "east", "product"), {"olga", "adam", "operator"}),
    "archive a team": (lambda one: setup.archive_team(one, "east"), {"olga", "adam", "operator"}),
    "put into a team": (lambda one: setup.join_team(one, "sales", "rob", lead=False), {"olga", "adam", "operator"}),
    "take out of a team": (lambda one: setup.leave_team(one, "sales", "ben"), {"olga", "adam", "operator"}),
    "mark as steady": (
        lambda one: setup.set_steady(one, "sales", steady=True),
        {"olga", "adam", "operator", "cleo", "lea", "dee"},
    ),
    "name a deputy": (
        lambda one: setup.name_deputy(one, "sales", "ben", until=date(2026, 12, 31), lead="lea"),
        {"olga", "adam", "operator", "cleo", "lea", "dee"},
    ),
    "add a cycle": (
        lambda one: cycles.add(one, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"}),
        {"olga", "adam", "operator"},
    ),
    "edit a cycle": (lambda one: cycles.edit(one, "2026-Q4", {"ends": "2026-12-30"}), {"olga", "adam", "operator"}),
    "move a cycle on": (lambda one: cycles.advance(one, "2026-Q4"), {"olga", "adam", "operator", "cleo"}),
}


@pytest.mark.parametrize("act", SETUP)
def test_setting_up_is_the_admins_and_for_a_few_things_the_leads(people, act):
    do, allowed = SETUP[act]
    setup.set_active(people.operator, "ina", active=False)
    before = written(people)
    for handle in EVERYBODY:
        if handle not in allowed:
            with pytest.raises(NotAllowed, match=r": ask .*\.$"):
                do(session(people, handle))
    assert written(people) == before


@pytest.mark.parametrize(
    ("act", "handle"), [(act, handle) for act, (_, allowed) in SETUP.items() for handle in sorted(allowed)]
)
def test_who_sets_up_does_so(people, act, handle):
    do, _ = SETUP[act]
    before = written(people)
    do(session(people, handle))
    with people.store.reading() as connection:
        (told,) = events.after_id(connection, before, 10)
    assert (told.deputy_for is not None) is (handle == "dee")


def test_the_lead_of_a_team_stands_with_it_towards_the_companys_objective(people):
    ref = people.objective(by="cleo", team="acme", invited="sales")
    with pytest.raises(NotAllowed, match=r"Objectives are leadership's to write\. You are in Sales: push back"):
        objectives.reword(people.as_("lea"), ref, {"why": "So"})
    invitations.accept(people.as_("lea"), ref, "sales", "We answer daily")
    kr = people.draft(ref, by="lea")
    key_results.propose(people.as_("lea"), kr)
    with pytest.raises(NotAllowed, match=r"Agreeing and returning are leadership's\. You are in Sales"):
        key_results.agree(people.as_("lea"), kr)
    with pytest.raises(NotAllowed, match="You lead Acme: suggest a wording"):
        key_results.edit(people.as_("cleo"), kr, {"unit": "minutes"})
    key_results.agree(people.as_("cleo"), kr)


def test_what_is_revoked_ends_at_once(people):
    dee = people.as_("dee")
    ref = proposed(people)
    setup.leave_team(people.operator, "sales", "lea")
    with pytest.raises(NotAllowed, match="you are not in Sales"):
        key_results.agree(dee, ref)
    ana = people.as_("ana")
    setup.set_active(people.operator, "ana", active=False)
    with pytest.raises(NotAllowed, match="switched off"):
        key_results.take_back(ana, ref)


def test_a_deputys_time_ends_with_its_day(people):
    ref = proposed(people)
    people.at("2027-02-01")
    with pytest.raises(NotAllowed, match="you are not in Sales"):
        key_results.agree(people.as_("dee"), ref)
