from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core import inputs
from okrtui.core.entering import entered, said, spoken_field
from okrtui.core.errors import Invalid
from okrtui.core.inputs import (
    AnswerEntry,
    BoxEntry,
    CalibrationEntry,
    CheckinEntry,
    CloseEntry,
    CommentEntry,
    CommitmentEntry,
    CycleEntry,
    DefenceEntry,
    Entry,
    Guidance,
    IndividualEntry,
    InitiativeEntry,
    KeyResultEntry,
    KnownEntry,
    NoteEntry,
    ObjectiveEntry,
    PersonEntry,
    PriorityEntry,
    PushbackEntry,
    RemarkEntry,
    ReviewBoxEntry,
    RoundEntry,
    ScoreEntry,
    Step,
    StraightLineEntry,
    SuggestionEntry,
    TeamEntry,
    WinEntry,
)

# The least that each form takes.
LEAST = {
    PersonEntry: {"handle": "ana", "name": "Ana"},
    TeamEntry: {"slug": "sales", "name": "Sales", "under": "acme"},
    CycleEntry: {"name": "2026-Q4", "starts": "2026-10-01", "ends": "2026-12-31"},
    ObjectiveEntry: {"title": "Buyers get their answer the same day"},
    StraightLineEntry: {"straight_line": "We answer every request"},
    PushbackEntry: {"reason": "wrong_altitude", "words": "It is the company's"},
    AnswerEntry: {"answer": "reworded"},
    Guidance: {},
    Step: {"name": "Signed"},
    KeyResultEntry: {"statement": "Median first answer falls"},
    SuggestionEntry: {"proposed": "Median first answer, nights too"},
    DefenceEntry: {"decision": "keep", "argument": "Nights are where we lose them"},
    KnownEntry: {"because": "Quality is KR2"},
    CheckinEntry: {"confidence": 5},
    CommentEntry: {"body": "Why?"},
    PriorityEntry: {"words": "Nights"},
    WinEntry: {"words": "Nights"},
    NoteEntry: {"note": "We call back at nine"},
    BoxEntry: {"minutes": 15},
    ReviewBoxEntry: {"minutes": 5},
    RemarkEntry: {},
    RoundEntry: {"numbers": {"KR1": 7}},
    CloseEntry: {"decision": "keep"},
    ScoreEntry: {"value": 0.7, "reasoning": "Nights"},
    CalibrationEntry: {"value": 0.7},
    InitiativeEntry: {"title": "A rota for the nights"},
    CommitmentEntry: {"kind": "development", "words": "Speak up in reviews"},
    IndividualEntry: {"need": "accountability", "words": "Data is in no key result"},
}

PYDANTIC = (
    "Value error",
    "Input should",
    "Assertion",
    "valid string",
    "pydantic",
    "type=",
    "at least",
    "Unable",
    "None",
)


def wrong(model, **changes):
    with pytest.raises(Invalid) as error:
        entered(model, {**LEAST[model], **changes})
    told = error.value.fields
    assert str(error.value) == next(iter(told.values()))
    assert_spoken(told)
    return told


def assert_spoken(told):
    for sentence in told.values():
        assert sentence.endswith("."), sentence
        assert sentence[0].isupper(), sentence
        assert not [words for words in PYDANTIC if words in sentence], sentence


def test_every_form_is_here():
    models = {one for one in vars(inputs).values() if isinstance(one, type) and issubclass(one, Entry)} - {Entry}
    assert models == set(LEAST)


@pytest.mark.parametrize("model", LEAST)
def test_the_least_will_do(model):
    entry = entered(model, dict(LEAST[model]))
    with pytest.raises(ValueError, match="frozen"):
        setattr(entry, next(iter(model.model_fields)), "changed")


@pytest.mark.parametrize(("model", "name"), [(model, name) for model, least in LEAST.items() for name in least])
def test_what_is_missing_is_said_beside_its_field(model, name):
    with pytest.raises(Invalid) as error:
        entered(model, {field: value for field, value in LEAST[model].items() if field != name})
    assert list(error.value.fields) == [name]
    assert " missing." in error.value.fields[name]
    assert_spoken(error.value.fields)


@pytest.mark.parametrize("model", LEAST)
def test_what_is_unknown_is_refused(model):
    assert "shoe_size" in wrong(model, shoe_size=43)


FIELDS = [(model, name) for model in LEAST for name in model.model_fields]
NONSENSE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=50),
    st.just("x" * 10_001),
    st.just("9" * 6_000),
    st.sampled_from(["1e999", "nan", "-inf", "0x1F", "2026-13-01", "\x1b[31m", "\ud800", " "]),
    st.binary(max_size=5),
    st.lists(
        st.integers()
        | st.text(max_size=5)
        | st.dictionaries(st.sampled_from(["name", "weight"]), st.none() | st.text(max_size=3)),
        max_size=3,
    ),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)


@given(st.sampled_from(FIELDS), NONSENSE)
def test_whatever_is_entered_is_taken_or_refused_in_sentences(place, value):
    model, name = place
    told = {"it was taken": "It was."}
    try:
        entered(model, {**LEAST[model], name: value})
    except Invalid as error:
        told = error.fields
    assert told
    assert_spoken(told)


LONG = {
    "title": 200, "name": 200, "statement": 200, "why": 10_000, "straight_line": 10_000, "words": 10_000, "low": 10_000,
    "done_means": 10_000, "measure": 10_000, "week_nine": 10_000, "context": 10_000, "blocker": 10_000, "next": 10_000,
    "body": 10_000, "reasoning": 10_000, "reason": 10_000, "unit": 40, "login": 64, "function": 40,
    "note": 10_000, "remark": 10_000,
}  # fmt: skip


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (model, name)
        for model, name in FIELDS
        if name in LONG
        and (model, name) not in {(CycleEntry, "name"), (PushbackEntry, "reason"), (KeyResultEntry, "low")}
    ],
)
def test_texts_are_as_long_as_the_file_takes_them(model, name):
    most = 200 if model in {PriorityEntry, WinEntry} else LONG[name]
    entered(model, {**LEAST[model], name: "x" * most})
    told = wrong(model, **{name: "x" * (most + 1)})
    assert f"longer than {most:,} characters: shorten" in told[name]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), "nan", "1e999", "many", [], {}])
@pytest.mark.parametrize("name", ["baseline", "target", "low", "high", "weight"])
def test_numbers_are_finite(name, value):
    assert wrong(KeyResultEntry, **{name: value})[name].endswith("takes a number, such as 12.5.")


def test_numbers_may_be_written_or_left_out():
    entry = entered(KeyResultEntry, {"statement": "x", "baseline": "26.5", "target": " ", "low": "", "high": None})
    assert (entry.baseline, entry.target, entry.low, entry.high) == (26.5, None, None, None)


@pytest.mark.parametrize(
    ("fields", "place", "sentence"),
    [
        (
            {"kind": "increase", "baseline": 5, "target": 5},
            "target",
            "The target equals the baseline: say what should change.",
        ),
        (
            {"kind": "decrease", "baseline": 5, "target": 5},
            "target",
            "The target equals the baseline: say what should change.",
        ),
        (
            {"kind": "increase", "baseline": 5, "target": 4},
            "target",
            "A target of kind increase lies above its baseline.",
        ),
        (
            {"kind": "decrease", "baseline": 4, "target": 5},
            "target",
            "A target of kind decrease lies below its baseline.",
        ),
        (
            {"kind": "maintain", "low": 2, "high": 1},
            "high",
            "A band runs from its low to its high: the high is the larger.",
        ),
        (
            {"kind": "milestone", "steps": [{"name": "Signed"}, {"name": " signed "}]},
            "steps",
            "Two steps have the same name: tell them apart.",
        ),
        ({"steps": [{"name": ""}]}, "steps", "Step 1 is missing."),
        (
            {"steps": [{"name": "a"}, {"name": "b", "weight": "x"}]},
            "steps",
            "The weight of step 2 takes a number, such as 12.5.",
        ),
        ({"steps": [{"name": "a", "weight": -1}]}, "steps", "The weight of step 1 is 0 or more."),
        ({"steps": "Signed"}, "steps", "The steps takes a list."),
        ({"control": "ours", "shared_team": "product"}, "shared_team", "Only shared control names another team."),
        (
            {"kind": "grow"},
            "kind",
            "The kind is one of increase, decrease, maintain, milestone, binary or establish.",
        ),
        ({"control": "theirs"}, "control", "The control is one of ours, shared or not_ours."),
        ({"weight": -1}, "weight", "The weight is 0 or more."),
        ({"weight": 1001}, "weight", "The weight is 1000 at most."),
        (
            {"baseline_due": "soon"},
            "baseline_due",
            "The day the baseline will be known takes a day such as 2026-11-27.",
        ),
    ],
)
def test_what_makes_no_sense_together(fields, place, sentence):
    assert wrong(KeyResultEntry, **fields) == {place: sentence}


def test_an_idea_may_leave_its_numbers_for_later():
    for kind in ("increase", "maintain", "milestone", "binary", "establish"):
        entered(KeyResultEntry, {"statement": "x", "kind": kind})
    entered(KeyResultEntry, {"statement": "x", "kind": "", "control": "", "baseline_due": ""})


@pytest.mark.parametrize("confidence", [-1, 11, 10**6])
def test_confidence_has_its_range(confidence):
    assert wrong(CheckinEntry, confidence=confidence) == {"confidence": "Confidence is a whole number from 0 to 10."}


@pytest.mark.parametrize("confidence", [5.5, "six", "9" * 6_000, None, ""])
def test_confidence_is_whole(confidence):
    assert wrong(CheckinEntry, confidence=confidence) == {"confidence": "The confidence takes a whole number."}


@pytest.mark.parametrize("value", [0.75, -0.1, 1.1, float("nan"), float("inf")])
def test_a_score_is_a_tenth(value):
    assert "A score is a tenth from 0.0 to 1.0" in wrong(ScoreEntry, value=value)["value"]
    assert "A score is a tenth from 0.0 to 1.0" in wrong(CalibrationEntry, value=value)["value"]


def test_no_score_needs_its_reason():
    assert wrong(CalibrationEntry, value=None) == {"reason": "No score is an answer when it comes with its reason."}
    assert entered(CalibrationEntry, {"value": None, "reason": "Never measured"}).value is None


def test_answers_say_enough():
    assert wrong(AnswerEntry, answer="explained") == {"words": "An explanation needs its words."}
    assert wrong(AnswerEntry, answer="split") == {"into": "A split names the new objectives."}
    assert wrong(AnswerEntry, answer="reworded", into=["O2"]) == {
        "into": "Only a split names new objectives: leave them out."
    }
    assert wrong(AnswerEntry, answer="sorry") == {
        "answer": "The answer is one of reworded, split, explained or released."
    }


@pytest.mark.parametrize(
    ("fields", "place", "sentence"),
    [
        ({"ends": "2026-09-30"}, "ends", "A cycle ends on or after the day it starts."),
        ({"ends": "2029-01-01"}, "ends", "A cycle lasts two years at most: give an earlier last day."),
        ({"starts": "soon"}, "starts", "The first day takes a day such as 2026-11-27."),
        ({"zone": "Mars"}, "zone", "No time zone goes by that name: give one such as Europe/Berlin."),
        ({"zone": "../UTC"}, "zone", "No time zone goes by that name: give one such as Europe/Berlin."),
        ({"zone": ""}, "zone", "No time zone goes by that name: give one such as Europe/Berlin."),
    ],
)
def test_a_cycles_days_and_zone(fields, place, sentence):
    assert wrong(CycleEntry, **fields) == {place: sentence}


def test_texts_are_cleaned_where_they_enter():
    entry = entered(ObjectiveEntry, {"title": " Answer\x1b]52;c;aGk=\x07\nnow ", "why": "a\r\nb\u202e"})
    assert entry.title == "Answer]52;c;aGk= now"
    assert entry.why == "a\nb"


def test_words_an_act_asks_for():
    assert said(" Because\x1b ", "reason", "Say it.") == "Because"
    assert said("", "words") == ""
    for nothing in ("", " \n", "\x1b"):
        with pytest.raises(Invalid, match="Say it") as error:
            said(nothing, "reason", "Say it.")
        assert error.value.fields == {"reason": "Say why."}
    with pytest.raises(Invalid) as long:
        said("x" * 10_001, "reason")
    assert long.value.fields == {"reason": "The reason is longer than 10,000 characters: shorten it."}


def test_fields_are_named_as_people_say_them():
    assert spoken_field("week_nine") == "the answer for week nine"
    assert spoken_field("straight_line") == "the straight line"
    assert spoken_field("title") == "the title"
