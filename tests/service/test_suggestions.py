"""Suggestions: by anybody, for one field, taken or declined by the side whose pen it is."""

from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.service import activity, cycles, key_results, needs, objectives, permissions, show
from okrtui.service.suggestions import FIELDS_OF_KEY_RESULT, FIELDS_OF_OBJECTIVE, decline, suggest, take


def page(company, ref, by="rob"):
    return show.key_result(company.as_(by), ref) if ref.startswith("KR") else show.objective(company.as_(by), ref)


def told(company, ref):
    return [(line.verb, line.text) for line in activity.log(company.as_("rob"), ref=ref)]


def test_anybody_suggests_and_the_field_stays_until_it_is_taken(company):
    ref = company.draft()
    assert suggest(company.as_("rob"), ref, "statement", " Median first answer, nights too ") == "S1"
    assert suggest(company.as_("lea"), ref, "target", "7", "Seven was the pilot") == "S2"
    assert suggest(company.as_("ben"), ref, "unit", "working hours") == "S3"
    found = page(company, ref)
    assert found.fields["statement"] == "Median first answer falls"
    assert [(one.ref, one.field, one.before, one.proposed, one.author, one.state) for one in found.suggestions] == [
        ("S1", "statement", "Median first answer falls", "Median first answer, nights too", "rob", "open"),
        ("S2", "target", "8", "7", "lea", "open"),
        ("S3", "unit", "hours", "working hours", "ben", "open"),
    ]
    assert found.card.suggestions == 3
    assert told(company, ref)[-2] == ("kr.suggest", "suggested S2 on KR1, target 7: Seven was the pilot")


def test_taking_it_edits_a_draft_and_says_whose_it_was(company):
    ref = company.draft()
    suggest(company.as_("rob"), ref, "statement", "Median first answer, nights too")
    assert take(company.as_("ben"), "s1", "Nights are the point") == ref
    found = page(company, ref)
    (line,) = found.suggestions
    assert (line.state, line.decided_by, line.reason, line.moved) == ("taken", "ben", "Nights are the point", True)
    assert (found.card.state, found.card.statement) == ("draft", "Median first answer, nights too")
    assert [(text.statement, text.author, text.side) for text in found.texts] == [
        ("Median first answer falls", "ana", "team"),
        ("Median first answer, nights too", "ben", "reader"),
    ]
    assert [verb for verb, _ in told(company, ref)] == ["kr.add", "kr.suggest", "kr.take"]
    assert told(company, ref)[-1][1] == (
        "took S1 on KR1, statement Median first answer, nights too, by @rob: Nights are the point"
    )
    assert [(one.topic, one.body, one.quoted) for one in found.thread] == [
        ("suggestion", "", "S1 statement: Median first answer falls → Median first answer, nights too"),
        (
            "taken",
            "Nights are the point",
            "S1 statement: Median first answer falls → Median first answer, nights too",
        ),
    ]


@pytest.mark.parametrize("state", ["idea", "parked"])
def test_an_idea_and_what_is_parked_keep_their_state(company, state):
    ref = company.draft()
    key_results.back_to_idea(company.as_("ana"), ref)
    if state == "parked":
        key_results.park(company.as_("ana"), ref)
    suggest(company.as_("lea"), ref, "target", "7")
    take(company.as_("ana"), "S1")
    assert (page(company, ref).card.state, page(company, ref).card.target) == (state, 7)


def test_a_proposal_stays_proposed_with_its_new_text_as_a_round(company):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    suggest(company.as_("lea"), ref, "statement", "Median first answer, nights too")
    suggest(company.as_("lea"), ref, "target", "")
    take(company.as_("ana"), "S1")
    with pytest.raises(Invalid, match="Say where it should be"):
        take(company.as_("ana"), "S2")
    found = page(company, ref)
    assert (found.card.state, found.card.target) == ("proposed", 8)
    assert [line.quoted for line in found.thread if line.topic == "proposal"] == [
        "Median first answer falls",
        "Median first answer, nights too",
    ]
    key_results.agree(company.as_("lea"), ref)
    original = page(company, ref).original
    assert original is not None
    assert (original.statement, original.side) == ("Median first answer, nights too", "leadership")


def test_what_is_agreed_is_amended_for_a_reason(company):
    ref = company.agreed()
    suggest(company.as_("lea"), ref, "target", "7")
    suggest(company.as_("lea"), ref, "target", "6", "@ana, the pilot was at six")
    with pytest.raises(Invalid, match=r"KR1 is agreed, so taking S1 amends it: give a reason \(-m\)") as error:
        take(company.as_("ana"), "S1")
    assert list(error.value.fields) == ["reason"]
    take(company.as_("ana"), "S1", "It went faster than we thought")
    found = page(company, ref)
    assert (found.card.state, found.card.amendment, found.card.target) == ("agreed", "asked", 7)
    assert found.original is not None
    assert found.original.numbers["target"] == 8
    take(company.as_("ana"), "S2")
    texts = page(company, ref).texts
    assert [(text.numbers["target"], text.reason, text.side) for text in texts] == [
        (8, "", "team"),
        (7, "It went faster than we thought", "leadership"),
        (6, "@ana, the pilot was at six", "leadership"),
    ]
    assert [verb for verb, _ in told(company, ref)][-2:] == ["kr.take", "kr.take"]
    assert [need.kind for need in needs.due(company.as_("lea"))] == ["amendment"]


def test_leadership_takes_what_is_suggested_for_its_objective(company):
    draft = objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "Buyers get answers"})
    suggest(company.as_("ana"), draft, "title", "Buyers get their answer")
    take(company.as_("lea"), "S1")
    assert [text.statement for text in page(company, draft).texts] == ["Buyers get their answer"]
    out = company.accepted()
    suggest(company.as_("ana"), out, "why", "Silence is why we lose")
    take(company.as_("lea"), "S2")
    found = page(company, out)
    assert found.why == "Silence is why we lose"
    assert [text.why for text in found.texts] == ["", "Silence is why we lose"]
    assert found.invitations[0].reworded
    assert [verb for verb, _ in told(company, out)][-2:] == ["objective.suggest", "objective.take"]
    assert [line.state for line in found.suggestions] == ["taken"]


def test_what_is_declined_stays_on_record(company):
    ref = company.draft()
    suggest(company.as_("lea"), ref, "target", "7")
    assert decline(company.as_("ana"), "S1", "Eight is hard enough, @lea") == ref
    found = page(company, ref)
    assert found.card.target == 8
    assert found.card.suggestions == 0
    assert [(line.state, line.reason, line.moved) for line in found.suggestions] == [
        ("declined", "Eight is hard enough, @lea", False)
    ]
    assert told(company, ref)[-1] == ("kr.decline", "declined S1 on KR1, target 7, by @lea: Eight is hard enough, @lea")
    assert "mention" in [need.kind for need in needs.due(company.as_("lea"))]
    for do in (take, decline):
        with pytest.raises(NotAllowed, match=r"S1 was declined by ana already: suggest anew \(s\)"):
            do(company.as_("ben"), "S1")


def test_one_that_was_overtaken_is_marked_and_may_still_be_taken(company):
    ref = company.draft()
    suggest(company.as_("lea"), ref, "target", "7")
    key_results.edit(company.as_("ana"), ref, {"target": 5})
    assert [line.moved for line in page(company, ref).suggestions] == [True]
    take(company.as_("ana"), "S1")
    assert page(company, ref).card.target == 7


def test_one_that_does_not_fit_any_more_is_refused_and_stays_open(company):
    ref = company.draft()
    suggest(company.as_("lea"), ref, "target", "7")
    key_results.edit(company.as_("ana"), ref, {"baseline": 5, "target": 3})
    with pytest.raises(Invalid, match="A target of kind decrease lies below its baseline"):
        take(company.as_("ana"), "S1")
    assert [line.state for line in page(company, ref).suggestions] == ["open"]


def test_one_that_the_field_says_already_is_taken_without_a_change(company):
    ref = company.draft()
    suggest(company.as_("lea"), ref, "target", "7")
    key_results.edit(company.as_("ana"), ref, {"target": 7})
    take(company.as_("ana"), "S1")
    found = page(company, ref)
    assert [line.state for line in found.suggestions] == ["taken"]
    assert len(found.texts) == 2


@pytest.mark.parametrize(
    ("field", "proposed", "sentence"),
    [
        ("target", "abc", "The target takes a number, such as 12.5."),
        ("target", "nan", "The target takes a number, such as 12.5."),
        ("target", "30", "A target of kind decrease lies below its baseline."),
        ("target", " 8.0 ", r"KR1 says that already: suggest something else, or comment \(c\)."),
        ("statement", " \n", "The statement is missing."),
        ("statement", "x" * 201, "The statement is longer than 200 characters: shorten it."),
        ("kind", "growth", "The kind is one of increase, "),
        ("baseline_due", "soon", "The day the baseline will be known takes a day such as 2026-11-27."),
        ("weight", "-1", "The weight is 0 or more."),
        ("unit", "x" * 10_001, "What you suggest is longer than 10,000 characters: shorten it."),
    ],
)
def test_the_field_itself_says_what_will_do(company, field, proposed, sentence):
    ref = company.draft()
    with pytest.raises(Invalid, match=f"^{sentence}") as error:
        suggest(company.as_("lea"), ref, field, proposed)
    assert list(error.value.fields) == ["proposed"]
    assert not page(company, ref).suggestions


@pytest.mark.parametrize("field", ["owner", "week_nine", "title", "version", ""])
def test_a_suggestion_is_for_one_of_its_fields(company, field):
    ref = company.draft()
    with pytest.raises(Invalid, match=r"^A suggestion is for one of statement, .*: say which\.$"):
        suggest(company.as_("lea"), ref, field, "x")
    with pytest.raises(Invalid, match=r"^A suggestion is for one of title, why: say which\.$"):
        suggest(company.as_("ana"), "O1", "ambition", "committed")


VALUES = {
    "statement": "Other words",
    "kind": "increase",
    "unit": "minutes",
    "baseline": "6",
    "target": "7.5",
    "low": "1",
    "high": "3",
    "done_means": "Signed",
    "measure": "Clock",
    "baseline_due": "2026-11-01",
    "weight": "2",
    "title": "Another title",
    "why": "Because",
}


def test_every_field_can_be_suggested_for(company):
    objective = company.accepted()
    ref = company.draft(objective, baseline=None)
    for name in FIELDS_OF_KEY_RESULT:
        take(company.as_("ana"), suggest(company.as_("rob"), ref, name, VALUES[name]))
    fields = page(company, ref).fields
    assert {name: str(fields[name]).removesuffix(".0") for name in FIELDS_OF_KEY_RESULT} == {
        name: VALUES[name] for name in FIELDS_OF_KEY_RESULT
    }
    for name in FIELDS_OF_OBJECTIVE:
        take(company.as_("lea"), suggest(company.as_("rob"), objective, name, VALUES[name]))
    found = page(company, objective)
    assert (found.title, found.why) == ("Another title", "Because")


def test_a_number_is_taken_away_by_suggesting_nothing(company):
    ref = company.draft()
    suggest(company.as_("lea"), ref, "target", "")
    take(company.as_("ana"), "S1")
    assert page(company, ref).card.target is None
    assert page(company, ref).thread[0].quoted == "S1 target: 8 → –"


def test_whoever_the_words_mention_is_told(company):
    ref = company.draft()
    suggest(company.as_("rob"), ref, "target", "7", "@ben, seven? @nobody")
    assert [need.text for need in needs.due(company.as_("ben")) if need.kind == "mention"] == [
        "rob mentioned you on KR1: @ben, seven? @nobody"
    ]


def test_a_dropped_key_result_keeps_what_was_suggested(company):
    ref = company.draft()
    suggest(company.as_("lea"), ref, "target", "7", "Seven")
    key_results.drop(company.as_("ana"), ref, "Bought instead")
    for do in (take, decline):
        with pytest.raises(NotAllowed, match="KR1 is dropped: nothing of it changes any more; comment"):
            do(company.as_("ana"), "S1")
    with pytest.raises(NotAllowed, match="KR1 is dropped: nothing of it changes any more; comment"):
        suggest(company.as_("lea"), ref, "target", "6")
    assert [(line.state, line.words) for line in page(company, ref).suggestions] == [("open", "Seven")]


def test_a_cycle_that_was_closed_takes_no_more(company):
    ref = company.agreed()
    suggest(company.as_("lea"), ref, "target", "7")
    company.running().scoring()
    cycles.advance(company.as_("olga"), "2026-Q4", over=True)
    with pytest.raises(NotAllowed, match="2026-Q4 is closed and stays as it was"):
        take(company.as_("ana"), "S1", "Late")


def test_a_suggestion_that_is_not_there(company):
    with pytest.raises(NotFound, match="There is no suggestion S9"):
        take(company.as_("ana"), "S9")
    with pytest.raises(NotFound, match="'KR1' names nothing here: give S12"):
        decline(company.as_("ana"), "KR1")
    with pytest.raises(NotFound, match="There is no KR9"):
        suggest(company.as_("ana"), "KR9", "target", "7")


def test_there_is_nothing_to_take_before_something_is_suggested(company):
    ref = company.draft()
    sentence = "No suggestion for {} waits: comment (c), or suggest something yourself (s)."
    for act in ("kr.take", "kr.decline"):
        assert permissions.of_key_result(company.as_("ana"), ref)[act] == sentence.format("KR1")
    for act in ("objective.take", "objective.decline"):
        assert permissions.of_objective(company.as_("lea"), "O1", "sales")[act] == sentence.format("O1")
    suggest(company.as_("rob"), ref, "target", "7")
    suggest(company.as_("rob"), "O1", "why", "So")
    assert not {"kr.take", "kr.decline", "kr.suggest"} & set(permissions.of_key_result(company.as_("ana"), ref))
    assert not {"objective.take", "objective.suggest"} & set(
        permissions.of_objective(company.as_("lea"), "O1", "sales")
    )
    assert "the team's to take or decline" in permissions.of_key_result(company.as_("lea"), ref)["kr.take"]
    assert (
        "leadership's to take or decline"
        in permissions.of_objective(company.as_("ana"), "O1", "sales")["objective.take"]
    )
