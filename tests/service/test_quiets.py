"""Questions of the writing checks that a team answered: "We know, because ..."."""

from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid, NotAllowed
from okrtui.service import activity, key_results, needs, rooms, show
from okrtui.service.quiets import quiet


def page(company, ref):
    return show.key_result(company.as_("rob"), ref)


def asked(company, ref):
    return [one.rule for one in page(company, ref).check.questions]


def test_an_answered_question_is_asked_no_more_and_stays_on_record(company):
    ref = company.draft(statement="Reduce median first answer from 26 to 8 hours")
    found = page(company, ref)
    assert found.check.verdict == "outcome"
    assert "counter-measure" in asked(company, ref)
    question = next(one.text for one in found.check.questions if one.rule == "counter-measure")
    quiet(company.as_("ana"), ref, "counter-measure", "Quality is KR2, @lea")
    found = page(company, ref)
    assert "counter-measure" not in asked(company, ref)
    assert found.quieted == {"counter-measure": "Quality is KR2, @lea"}
    assert found.check.verdict == "outcome"
    assert found.card.quieted == ("counter-measure",)
    assert [(line.topic, line.quoted, line.body) for line in found.thread] == [
        ("known", question, "Quality is KR2, @lea")
    ]
    assert "mention" in [need.kind for need in needs.due(company.as_("lea"))]
    assert activity.log(company.as_("rob"), ref=ref)[-1].text == (
        "answered a writing check on KR1 (counter-measure): Quality is KR2, @lea"
    )
    (card,) = rooms.room(company.as_("rob"), "sales").objectives[0].key_results
    assert card.quieted == ("counter-measure",)


def test_another_answer_takes_the_place_of_the_first(company):
    ref = company.draft()
    quiet(company.as_("ana"), ref, "number", "Support counts it")
    quiet(company.as_("ben"), ref, "number", "Ana counts it")
    found = page(company, ref)
    assert found.quieted == {"number": "Ana counts it"}
    assert [line.body for line in found.thread] == ["Support counts it", "Ana counts it"]


@pytest.mark.parametrize(
    ("rule", "because", "field", "sentence"),
    [
        ("number", " ", "because", "What you know is missing."),
        ("grammar", "So", "rule", "A question is named by its rule, one of output, "),
    ],
)
def test_it_needs_a_rule_and_an_answer(company, rule, because, field, sentence):
    ref = company.draft()
    with pytest.raises(Invalid, match=f"^{sentence}") as error:
        quiet(company.as_("ana"), ref, rule, because)
    assert list(error.value.fields) == [field]


def test_nothing_is_asked_about_what_is_dropped(company):
    ref = company.draft()
    key_results.drop(company.as_("ana"), ref, "Bought instead")
    with pytest.raises(NotAllowed, match="KR1 is dropped: nothing is asked about it any more"):
        quiet(company.as_("ana"), ref, "number", "So")
