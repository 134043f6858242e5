"""Who typed a statement's words first, and whether a target became easier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.easing import Easing, eased, easings, own_words, words_of

TEAM, LEADERSHIP = "team", "leadership"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("Median first answer falls", ["median", "first", "answer", "falls"]),
        ("  20 % of  clinics' calls – by 8 h ", ["20", "of", "clinics", "calls", "by", "8", "h"]),
        ("Straße ＡＢ", ["strasse", "ａｂ"]),
        ("予約 90 %", ["予", "約", "90"]),
        ("", []),
        ("— …", []),
    ],
)
def test_words(statement, words):
    assert words_of(statement) == words


@pytest.mark.parametrize(
    ("texts", "own"),
    [
        ([], (0, 0)),
        ([("Answers in a day", TEAM)], (4, 4)),
        ([("Answers in a day", LEADERSHIP)], (0, 4)),
        ([("Answers in a day", TEAM), ("Answers in one day", LEADERSHIP)], (3, 4)),
        ([("Answers in a day", TEAM), ("Day a in answers", LEADERSHIP)], (4, 4)),
        ([("Answers in a day", TEAM), ("ANSWERS, in a DAY!", LEADERSHIP)], (4, 4)),
        ([("a b", TEAM), ("c", LEADERSHIP), ("a c", LEADERSHIP)], (1, 2)),
        ([("of", TEAM), ("of of", LEADERSHIP)], (1, 2)),
        ([("of of", LEADERSHIP), ("of", TEAM)], (0, 1)),
        ([("Answers", "reader"), ("Answers fast", TEAM)], (1, 2)),
        ([("Answers", "import"), ("Answers", TEAM)], (0, 1)),
    ],
)
def test_whose_words(texts, own):
    assert own_words(texts) == own


statements = st.lists(st.sampled_from(["a", "b", "c", "d", "of"]), max_size=6).map(" ".join)
sides = st.sampled_from([TEAM, LEADERSHIP, "reader", "import"])


@given(st.lists(st.tuples(statements, sides), min_size=1, max_size=6))
def test_words_are_the_teams_where_nobody_else_typed_and_nobodys_where_it_did_not(texts):
    own, whole = own_words(texts)
    assert 0 <= own <= whole == len(words_of(texts[-1][0]))
    assert own_words([(text, TEAM) for text, _ in texts]) == (whole, whole)
    assert own_words([(text, LEADERSHIP) for text, _ in texts]) == (0, whole)


@given(st.lists(st.tuples(statements, sides), min_size=1, max_size=6), sides)
def test_a_text_said_again_changes_nobodys_words(texts, side):
    assert own_words([*texts, (texts[-1][0], side)]) == own_words(texts)


def numbers(kind, **rest):
    return {"kind": kind, "unit": "%", "target": None, "low": None, "high": None, "steps": [], **rest}


@pytest.mark.parametrize(
    ("before", "after", "targets"),
    [
        (numbers("increase", target=25), numbers("increase", target=18), ("25 %", "18 %")),
        (numbers("increase", target=18), numbers("increase", target=25), None),
        (numbers("increase", target=18), numbers("increase", target=18), None),
        (numbers("increase", target=None), numbers("increase", target=18), None),
        (numbers("decrease", target=5), numbers("decrease", target=6.5), ("5 %", "6.5 %")),
        (numbers("decrease", target=6), numbers("decrease", target=5), None),
        (numbers("increase", target=25), numbers("decrease", target=18), None),
        (numbers("increase", target=25), numbers("increase", target=18, unit="h"), None),
        (
            numbers("maintain", low=94, high=100),
            numbers("maintain", low=90, high=100),
            ("94 to 100 %", "90 to 100 %"),
        ),
        (numbers("maintain", low=94, high=98), numbers("maintain", low=90, high=96), None),
        (numbers("maintain", low=94, high=98), numbers("maintain", low=95, high=97), None),
        (numbers("maintain"), numbers("maintain", low=95, high=97), None),
        (numbers("milestone", steps=[["a", 1.0], ["b", 1.0]]), numbers("milestone", steps=[["a", 1.0]]), ("2 steps", "1 step")),
        (numbers("milestone", steps=[["a", 1.0]]), numbers("milestone", steps=[["b", 1.0]]), None),
        (numbers("milestone", steps=[["a", 1.0]]), numbers("milestone", steps=[["a", 1.0], ["b", 1.0]]), None),
        (numbers("binary", done_means="All"), numbers("binary", done_means="Most"), None),
        (numbers("establish"), numbers("establish"), None),
        ({}, {}, None),
    ],
)  # fmt: skip
def test_easier_targets(before, after, targets):
    assert eased(before, after) == targets


def test_each_easing_that_stands_is_told_with_its_week():
    targets = [(25, None), (18, 4), (20, 6), (12, 9)]
    texts = [(numbers("increase", target=target), week) for target, week in targets]
    assert easings("KR1", texts) == (Easing("KR1", 4, "25 %", "18 %"), Easing("KR1", 9, "20 %", "12 %"))


@pytest.mark.parametrize("targets", [[25, 18, 25], [25, 30, 25], [25, 18, 12, 25], [25, 18, 18, 25], [25, 25]])
def test_what_was_put_back_counts_in_neither_way(targets):
    assert easings("KR1", [(numbers("increase", target=target), 3) for target in targets]) == ()


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=6))
def test_a_target_that_never_became_easier_is_never_told(targets):
    rising = sorted(targets)
    assert easings("KR1", [(numbers("increase", target=one), 3) for one in rising]) == ()
    assert (
        len(easings("KR1", [(numbers("increase", target=one), 3) for one in reversed(rising)])) == len(set(rising)) - 1
    )
