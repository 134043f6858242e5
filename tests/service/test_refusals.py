"""What is dimmed is what the services refuse, in the same sentence."""

from __future__ import annotations

import pytest

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.service import answers, invitations, key_results, listing, objectives, permissions

DONE_TO_A_KEY_RESULT = {
    Act.KR_START: key_results.start,
    Act.KR_IDEA: key_results.back_to_idea,
    Act.KR_PROPOSE: key_results.propose,
    Act.KR_TAKE_BACK: key_results.take_back,
    Act.KR_AGREE: key_results.agree,
    Act.KR_PARK: key_results.park,
    Act.KR_UNPARK: key_results.unpark,
    Act.KR_DROP: lambda session, ref: key_results.drop(session, ref, "No use"),
    Act.KR_RETURN: lambda session, ref: key_results.send_back(session, ref, "Why?"),
    Act.KR_EDIT: lambda session, ref: key_results.edit(session, ref, {"statement": "Another"}),
}


@pytest.mark.parametrize("act", DONE_TO_A_KEY_RESULT, ids=str)
@pytest.mark.parametrize("who", ["ana", "lea", "rob", "olga"])
@pytest.mark.parametrize("state", ["draft", "proposed", "agreed"])
def test_of_a_key_result(company, act, who, state):
    ref = company.draft()
    if state != "draft":
        key_results.propose(company.as_("ana"), ref)
    if state == "agreed":
        key_results.agree(company.as_("lea"), ref)
    session = company.as_(who)
    refusal = permissions.of_key_result(session, ref).get(act, "")
    assert said_by(lambda: DONE_TO_A_KEY_RESULT[act](session, ref)) == refusal


@pytest.mark.parametrize("who", ["ana", "lea", "rob", "olga"])
@pytest.mark.parametrize("pushed_back", [True, False])
def test_of_an_objective(company, who, pushed_back):
    ref = company.objective()
    if pushed_back:
        invitations.push_back(company.as_("ana"), ref, "sales", "does_not_apply", "No")
    session = company.as_(who)
    refusals = permissions.of_objective(session, ref, "sales")
    done = {
        Act.OBJECTIVE_PUBLISH: lambda: objectives.publish(session, ref),
        Act.OBJECTIVE_EDIT: lambda: objectives.edit(session, ref, {"title": "Another"}),
        Act.OBJECTIVE_REWORD: lambda: objectives.reword(session, ref, {"title": "Another"}),
        Act.TAKE_BACK: lambda: invitations.take_back(session, ref, "sales"),
        Act.ACCEPT: lambda: invitations.accept(session, ref, "sales", "We do"),
        Act.PUSH_BACK: lambda: invitations.push_back(session, ref, "sales", "cannot_measure", "How?"),
    }
    for act, do in done.items():
        now = permissions.of_objective(session, ref, "sales").get(act, "")
        assert said_by(do) == now, act
    assert Act.ANSWER in refusals or (who in {"lea", "olga"} and pushed_back)


@pytest.mark.parametrize("who", ["ana", "lea", "rob", "olga"])
def test_of_a_place(company, who):
    ref = company.objective()
    session = company.as_(who)
    refusals = permissions.of_place(session, "sales", None)
    adding = said_by(lambda: objectives.add(session, team="sales", cycle=None, fields={"title": "Another"}))
    assert adding == refusals.get(Act.OBJECTIVE_ADD, "")
    writing = said_by(lambda: key_results.add(session, ref, "sales", {"statement": "An idea"}))
    assert writing == refusals.get(Act.KR_ADD, "")


def test_of_a_place_without_a_cycle(empty):
    refusals = permissions.of_place(empty.as_("olga"), "acme", None)
    assert set(refusals) == {Act.OBJECTIVE_ADD, Act.KR_ADD}


def test_an_invitation_waits_for_a_look_of_the_side_it_was_put_to(company):
    ref = company.objective()
    (number,) = listing.unseen(company.as_("ana"), ref)
    assert listing.unseen(company.as_("lea"), ref) == ()
    assert listing.unseen(company.as_("rob"), ref) == ()
    invitations.see(company.as_("ana"), [number])
    assert listing.unseen(company.as_("ana"), ref) == ()
    assert listing.unseen(company.as_("ben"), ref) == (number,)


def test_an_objective_may_be_put_to_its_own_team_and_those_below(company):
    company.team("inside", under="sales")
    company.team("support")
    ref = company.objective()
    assert [team.slug for team in listing.teams_below(company.as_("lea"), ref)] == ["sales", "inside"]


def test_owners_are_the_active_people_of_a_team_and_below_who_do_not_lead_the_objective(company):
    company.team("inside", under="sales")
    company.person("ines", "inside")
    ref = company.objective()

    def owners(team):
        return [one.handle for one in listing.owners(company.as_("rob"), ref, team)]

    assert owners("sales") == ["ana", "ben", "ines"]
    assert owners("inside") == ["ines"]


def test_the_answers_to_an_objective_are_counted(company):
    company.team("support")
    ref = objectives.add(company.as_("olga"), team="acme", cycle=None, fields={"title": "Nobody waits"})
    objectives.publish(company.as_("olga"), ref)
    objectives.invite(company.as_("olga"), ref, ["acme", "sales", "support"])
    invitations.push_back(company.as_("ana"), ref, "sales", "cannot_measure", "How?")
    teams = frozenset({"acme", "sales", "support"})
    assert answers.counted(company.as_("rob"), "acme", None) == {ref: answers.Answers(0, 1, 2, 0, teams)}
    assert answers.counted(company.as_("rob"), "sales", None) == {}


def said_by(do):
    """The sentence an act is refused with; empty where it is done."""
    try:
        do()
    except NotAllowed as refusal:
        return str(refusal)
    return ""
