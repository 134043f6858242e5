"""What each rule looks for and asks, what quiets it, and the example offered."""

from __future__ import annotations

import pytest

from okrtui.checks import RULES, advice_on_control, advice_on_counts, check


def rules(sentence, **rest):
    return [one.rule for one in check(sentence, **rest).questions]


def asked(sentence, rule):
    return next(one.text for one in check(sentence).questions if one.rule == rule)


@pytest.mark.parametrize(
    ("rule", "sentence", "other"),
    [
        ("output", "Launch the partner portal", "Cut refunds from 9% to 6%"),
        ("done-state", "Handbook published", "Publish the handbook"),
        ("activity", "Increase webinars from 3 to 6", "Increase renewals from 30 to 60"),
        ("activity", "Improve the onboarding guide", "Reduce meetings from 12 to 6 a week"),
        ("number", "Improve morale", "Improve morale from 6 to 8"),
        ("date", "Ship the new checkout by Q3", "Ship the new checkout"),
        ("date", "Improve morale by 1 May 2027", "Reach 400 subscribers by 1 May 2027"),
        ("vague-words", "World-class support", "Reduce costs"),
        ("baseline", "Reach an NPS of 50", "Raise NPS from 30 to 50"),
        ("baseline", "NPS of 50", "Keep NPS above 50"),
        ("baseline-known", "Raise NPS from 30 to 50", "Raise NPS to 50"),
        ("counter-measure", "Raise NPS to 50", "Cut costs by 10% while NPS stays above 50"),
    ],
)
def test_rule(rule, sentence, other):
    assert rule in rules(sentence)
    assert rule not in rules(other)


@pytest.mark.parametrize(
    ("sentence", "rule", "text"),
    [
        ("Launch three features", "output", "What changes for users because three features launched?"),
        ("Hire 4 nurses by June", "output", "What changes for users because 4 nurses are hired?"),
        ("Build the mobile app", "output", "What changes for users because the mobile app is built?"),
        ("Post on the notice board", "output", "What changes, and for whom, once this is done?"),
        ("Deliver 12 training sessions", "output", "What changes, and for whom, once this is done?"),
        ("Increase webinars to 6", "activity", "More webinars: what would that move, and by how much?"),
        ("Expand the team to 10", "activity", "A larger team: what would that move, and by how much?"),
        ("Grow training hours to 40", "activity", "More hours: what would that move, and by how much?"),
        ("Cut refunds from 9% to 6%", "baseline-known", "Is 9% measured or a guess: who can show it today?"),
        ("Reach 400 subscribers", "baseline", "From what? 400 is where it should go: where is it today?"),
        ("World-class support", "vague-words", 'What would a stranger see that says "world-class"?'),
    ],
)
def test_question(sentence, rule, text):
    assert asked(sentence, rule) == text


@pytest.mark.parametrize(
    "name",
    [
        *("by Q3", "in Q1 2027", "by 2027-05-01", "by May 1st", "in 2027", "by end of March", "in H2", "by week 9"),
        *("with version 2.0", "in v3.1", "for the 2nd time", "for ISO 27001", "for the top 10", "on Day 1", "24/7"),
    ],
)
def test_what_only_looks_like_a_number(name):
    found = check(f"Improve morale {name}")
    assert found.numbers == ()
    assert found.verdict == "vague"


@pytest.mark.parametrize(
    "measure",
    ["by 12%", "to 8/10", "from 3 to 5", "to 4:1", "by $2.5M", "by half", "to zero", "by 20 points", "by 3x", "to 12k"],
)
def test_what_is_a_number(measure):
    assert check(f"Improve yield {measure}").verdict == "outcome"


def test_the_reading():
    found = check("Reduce waiting from 26 to 8 hours by Q4 2026")
    assert found.verb == "reduce"
    assert found.numbers == ("26", "8")
    assert found.example is None


def test_what_is_known_is_not_asked_and_moves_no_verdict():
    sentence = "Raise NPS from 30 to 50"
    assert rules(sentence, known=["baseline-known"]) == ["counter-measure"]
    assert rules(sentence, known=RULES) == []
    assert check(sentence, known=RULES).verdict == "outcome"


def test_questions_come_in_the_order_of_the_rules():
    found = rules("Be the best by Q3")
    assert found == sorted(found, key=RULES.index)


@pytest.mark.parametrize(
    ("sentence", "example"),
    [
        ("Hire 4 nurses by June", "Cut the weeks until 4 nurses work on their own from __ to __"),
        ("Improve morale by Q3", "Improve morale from __ to __"),
        ("Raise NPS from 30 to 50", None),
        ("Post on the notice board", None),
        ("World-class support", None),
        ("", None),
    ],
)
def test_example(sentence, example):
    assert check(sentence).example == example


def test_an_example_would_be_an_outcome():
    for sentence in ("Launch the portal", "Write two guides", "Train all nurses", "Fix the printer", "Run a fair"):
        example = check(sentence).example
        assert check(example.replace("__", "4")).verdict == "outcome", example


@pytest.mark.parametrize(
    ("counts", "rules"),
    [
        ({"key_results": 5, "objectives": 3}, []),
        ({"key_results": 6}, ["count-key-results"]),
        ({"objectives": 4}, ["count-objectives"]),
        ({"key_results": 6, "known": ["count-key-results"]}, []),
    ],
)
def test_counts(counts, rules):
    assert [one.rule for one in advice_on_counts(**counts)] == rules


@pytest.mark.parametrize(("control", "asks"), [("ours", 0), ("shared", 1), ("not_ours", 1), (None, 1)])
def test_control(control, asks):
    assert len(advice_on_control(control)) == asks
    assert advice_on_control(control, known=["control"]) == ()
