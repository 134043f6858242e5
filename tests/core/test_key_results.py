from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.entering import entered
from okrtui.core.inputs import KeyResultEntry
from okrtui.core.key_results import Numbers, in_a_sentence, missing, progress_of
from okrtui.core.model import Kind

WHOLE = {"statement": "It moves", "control": "ours", "week_nine": "Yes"}
ASKS = {
    "increase": {"baseline": 1, "target": 2},
    "decrease": {"baseline": 2, "target": 1},
    "maintain": {"low": 1, "high": 2},
    "milestone": {"steps": [{"name": "First"}]},
    "binary": {"done_means": "It is signed"},
    "establish": {"measure": "Minutes until the answer", "baseline_due": "2026-11-01"},
}


def gaps(owner=1, shared_with=None, **fields):
    entry = entered(KeyResultEntry, {**WHOLE, **fields})
    return missing(entry, owner=owner, steps=entry.steps, shared_with=shared_with)


@pytest.mark.parametrize("kind", ASKS)
def test_each_kind_asks_for_its_numbers(kind):
    assert gaps(kind=kind, **ASKS[kind]) == {}
    for left_out in ASKS[kind]:
        rest = {name: value for name, value in ASKS[kind].items() if name != left_out}
        assert list(gaps(kind=kind, **rest)) == [left_out]
    assert list(gaps(kind=kind)) == list(ASKS[kind])


def test_zero_is_a_number():
    assert gaps(kind="increase", baseline=0, target=5) == {}
    assert gaps(kind="maintain", low=0, high=0) == {}


def test_an_idea_lacks_everything_in_the_order_it_is_asked():
    assert missing(entered(KeyResultEntry, {"statement": "It moves"}), owner=None, steps=(), shared_with=None) == {
        "owner": "Name its owner.",
        "kind": "Choose its kind: increase, decrease, maintain, milestone, binary or establish.",
        "control": "Say whether the number is ours, shared or not ours to move (control).",
        "week_nine": "Answer: would you argue for this in week nine?",
    }


def test_shared_control_names_a_team():
    assert list(gaps(kind="binary", done_means="Signed", control="shared")) == ["shared_team"]
    assert gaps(kind="binary", done_means="Signed", control="shared", shared_team="product", shared_with=4) == {}
    assert gaps(kind="binary", done_means="Signed", control="not_ours") == {}


@pytest.mark.parametrize(
    ("kind", "value", "share"),
    [
        ("increase", 1.5, 0.5),
        ("increase", 3, 1),
        ("decrease", 1.75, 0.25),
        ("maintain", 1.5, 1),
        ("maintain", 2.5, 0.5),
        ("binary", 1, 1),
        ("binary", 0, 0),
    ],
)
def test_progress_by_kind(kind, value, share):
    found = progress_of(entered(KeyResultEntry, {**WHOLE, "kind": kind, **ASKS[kind]}), value)
    assert found is not None
    assert found.share == pytest.approx(share)


def test_a_milestone_counts_its_steps_and_not_the_value():
    entry = entered(KeyResultEntry, {**WHOLE, "kind": "milestone", **ASKS["milestone"]})
    found = progress_of(entry, None, [(3, True), (1, False)])
    assert found is not None
    assert found.share == pytest.approx(0.75)
    assert progress_of(entry, None, []) is None


@pytest.mark.parametrize("kind", [*Kind, None])
def test_nothing_is_said_without_a_value(kind):
    fields = ASKS.get(kind or "", {})
    assert progress_of(entered(KeyResultEntry, {**WHOLE, "kind": kind, **fields}), None) is None


@pytest.mark.parametrize("kind", ["increase", "decrease", "maintain", "establish", None])
def test_nothing_is_said_without_the_numbers(kind):
    assert progress_of(entered(KeyResultEntry, {**WHOLE, "kind": kind}), 5.0) is None


@given(
    st.sampled_from(Kind),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.tuples(st.floats(0, 100), st.booleans()), max_size=4),
)
def test_progress_is_a_share_or_nothing(kind, value, steps):
    found = progress_of(entered(KeyResultEntry, {**WHOLE, "kind": kind, **ASKS[kind]}), value, steps)
    assert found is None or 0 <= found.share <= 1


def numbers(**given):
    return Numbers(
        **{name: given.get(name) for name in ("kind", "baseline", "target", "low", "high")}, unit=given.get("unit", "")
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"kind": "decrease", "baseline": 26.0, "target": 8.0, "unit": "hours"},
            "First answer falls from 26 to 8 hours",
        ),
        ({"kind": "increase", "baseline": "0,5", "target": " 1", "unit": "%"}, "First answer falls from 0,5 to 1 %"),
        ({"kind": "maintain", "low": 1.5, "high": 2}, "First answer falls between 1.5 and 2"),
        ({"kind": "increase", "baseline": 0, "target": None}, "First answer falls."),
        ({"kind": "increase", "baseline": "", "target": "4"}, "First answer falls."),
        ({"kind": "binary", "baseline": 1, "target": 2}, "First answer falls."),
        ({}, "First answer falls."),
    ],
)
def test_numbers_are_said_with_the_statement(given, sentence):
    assert in_a_sentence("First answer falls.", numbers(**given)) == sentence


def test_numbers_are_read_as_they_are_typed():
    assert Numbers.typed({"kind": "increase", "unit": "h", "baseline": "1"}) == numbers(
        kind="increase", unit="h", baseline="1", target="", low="", high=""
    )
