"""What two people changed in one form, put together field by field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.errors import Conflict
from okrtui.service.edits import merged

STORED = {"statement": "Theirs", "unit": "", "target": 8, "steps": []}


def test_a_form_that_began_empty_overwrites_nothing_that_was_written_since():
    with pytest.raises(Conflict, match=r"since you began \(statement\): choose between") as error:
        merged(STORED, {"statement": "Mine", "unit": "hours", "target": 8, "steps": ["Signed"]}, {}, version=3)
    assert error.value.fields == {"statement": (None, "Mine", "Theirs")}
    assert error.value.version == 3


def test_what_is_empty_still_takes_it():
    mine = {"unit": "hours", "steps": ["Signed"]}
    assert merged(STORED, mine, {}) == {**STORED, **mine}


def test_the_same_words_are_no_conflict():
    assert merged(STORED, {"statement": "Theirs"}, {"statement": "Before"}) == STORED


def test_without_a_beginning_the_form_showed_what_is_stored():
    assert merged(STORED, {"statement": "Mine"}, None) == {**STORED, "statement": "Mine"}


NAMES = ("statement", "unit", "target")
values = st.sampled_from(["", "one", "two", "three"])
forms = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, values))


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, values)), forms, forms)
def test_no_words_of_either_are_ever_lost(stored, changes, began):
    try:
        saved = merged(stored, changes, began)
    except Conflict:  # the person chooses
        return
    for name, mine in changes.items():
        if mine != began.get(name, "") and mine:
            assert saved[name] == mine
    for name, theirs in stored.items():
        if theirs and theirs != began.get(name, "") and name not in changes:
            assert saved[name] == theirs
