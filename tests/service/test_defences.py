"""Week nine: the question when a key result is drafted, and the team's answer when two thirds are through."""

from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid, NotAllowed
from okrtui.service import activity, key_results, needs, show
from okrtui.service.defences import DefenceLine, defend

DUE = "2026-12-01"  # in the week that holds the two thirds of the quarter


def running(company):
    ref = company.agreed()
    company.running()
    return ref


def page(company, ref):
    return show.key_result(company.as_("ana"), ref)


def asked(company):
    return [need.kind for need in needs.due(company.as_("ana")) if need.kind == "defence"]


def test_it_is_asked_two_thirds_through_until_it_is_answered(company):
    ref = running(company)
    company.at("2026-11-29")
    assert not page(company, ref).defence_due
    company.at("2026-11-30")
    found = page(company, ref)
    assert found.defence_due
    assert found.defence is None
    assert asked(company) == ["defence"]
    defend(company.as_("ana"), ref, "keep", "Nights are where we still lose them, @lea")
    found = page(company, ref)
    assert not found.defence_due
    assert found.defence == DefenceLine(
        "keep", "Nights are where we still lose them, @lea", "ana", "2026-11-30T10:00:00Z"
    )
    assert found.fields["week_nine"] == "Yes: silence is why we lose"
    assert asked(company) == []
    assert "mention" in [need.kind for need in needs.due(company.as_("lea"))]
    assert activity.log(company.as_("rob"), ref=ref)[-1].text == (
        "defended KR1 (keep): Nights are where we still lose them, @lea"
    )


def test_an_early_answer_is_kept_and_asked_for_again(company):
    ref = running(company)
    defend(company.as_("ana"), ref, "keep", "Of course")
    assert page(company, ref).defence is not None
    company.at(DUE)
    assert page(company, ref).defence_due


def test_amending_is_owed_until_it_is_done(company):
    ref = running(company)
    company.at(DUE)
    defend(company.as_("ana"), ref, "amend", "Eight is out of reach")
    assert not page(company, ref).defence_due
    assert asked(company) == ["defence"]
    key_results.amend(company.as_("ana"), ref, {"target": 12}, "Eight is out of reach")
    assert asked(company) == []


def test_dropping_drops_it_with_the_argument(company):
    ref = running(company)
    company.at(DUE).checked_in(ref, value=17)
    defend(company.as_("ana"), ref, "drop", "The night shift ends")
    found = page(company, ref)
    assert (found.card.state, found.card.reason, found.card.progress) == ("dropped", "The night shift ends", 0.5)
    assert [line.verb for line in activity.log(company.as_("rob"), ref=ref)][-2:] == ["kr.defend", "kr.drop"]
    assert [line.body for line in found.thread if line.body] == ["The night shift ends"]


def test_an_answer_given_again_keeps_the_first_on_record(company):
    ref = running(company)
    company.at(DUE)
    defend(company.as_("ana"), ref, "amend", "Perhaps twelve")
    defend(company.as_("ben"), ref, "keep", "Eight after all")
    found = page(company, ref)
    assert found.defence is not None
    assert (found.defence.decision, found.defence.author) == ("keep", "ben")
    assert [line.body for line in found.thread if line.topic == "defence"] == ["Perhaps twelve", "Eight after all"]


@pytest.mark.parametrize(
    ("decision", "argument", "field"), [("keep", " \n", "argument"), ("sell", "So", "decision"), ("", "So", "decision")]
)
def test_it_needs_a_decision_and_an_argument(company, decision, argument, field):
    ref = running(company)
    with pytest.raises(Invalid) as error:
        defend(company.as_("ana"), ref, decision, argument)
    assert list(error.value.fields) == [field]


def test_only_what_is_agreed_and_runs_is_defended(company):
    ref = company.agreed()
    with pytest.raises(NotAllowed, match="2026-Q4 is drafting, and this is done while a cycle is running"):
        defend(company.as_("ana"), ref, "keep", "Yes")
    draft = company.draft("O1")
    company.running()
    with pytest.raises(NotAllowed, match="KR2 is draft: only what is agreed is defended"):
        defend(company.as_("ana"), draft, "keep", "Yes")
    assert not page(company.at(DUE), draft).defence_due
