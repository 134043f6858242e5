"""Whatever people of both sides try, in whatever order: no state the method has not, no words lost, no seal broken."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from play import PEOPLE, Quarter

from okrtui.core.model import ScoreSide

# Somebody of the side whose act it is, more often than not: else nothing ever gets anywhere.
LEADS = ["lea"] * 8 + ["olga", "ana", "rob"]
MEMBERS = ["ana"] * 6 + ["ben"] * 2 + ["eve", "lea", "rob"]
NUMBERS = [1] * 6 + [2] * 2 + [3]
VALUES = [0, 12, 17, 20] * 3 + [8, 26, float("nan"), None, "many"]
TENTHS = [0.0, 0.3, 0.4, 0.7, 1.0] * 2 + [0.45]
EITHER = [True, False]

STAGES = ["invited", "drafting", "agreed", "running", "scoring", "in"]
TRIES = {
    Quarter.objective: {"by": LEADS},
    Quarter.publish: {"by": LEADS, "number": NUMBERS},
    Quarter.invite: {"by": LEADS, "number": NUMBERS, "team": ["sales", "east", "acme"]},
    Quarter.reword: {"by": LEADS, "number": NUMBERS, "edit": EITHER},
    Quarter.withdraw: {"by": LEADS, "number": [2, 3]},
    Quarter.release: {"by": LEADS, "number": NUMBERS, "uninvite": EITHER},
    Quarter.accept: {"by": MEMBERS, "number": NUMBERS},
    Quarter.push_back: {"by": MEMBERS, "number": NUMBERS, "back": EITHER},
    Quarter.answer: {"by": LEADS, "number": NUMBERS, "answer": ["explained", "reworded", "split"], "into": NUMBERS},
    Quarter.key_result: {"by": MEMBERS, "number": NUMBERS, "owner": PEOPLE, "whole": EITHER},
    Quarter.edit: {"by": MEMBERS, "number": NUMBERS, "goal": VALUES},
    Quarter.move: {
        "by": MEMBERS,
        "number": NUMBERS,
        "do": ["start", "back_to_idea", "take_back", "park", "unpark", "unpark"],
    },
    Quarter.exchange: {"by": MEMBERS, "number": NUMBERS, "lead": LEADS},
    Quarter.send_back: {"by": LEADS, "number": NUMBERS},
    Quarter.amend: {"by": MEMBERS, "number": NUMBERS, "goal": VALUES},
    Quarter.drop: {"by": MEMBERS, "number": [2, 3]},
    Quarter.own: {"by": MEMBERS, "number": NUMBERS, "owner": ["", *PEOPLE]},
    Quarter.adopt: {"by": MEMBERS, "number": NUMBERS},
    Quarter.answer_question: {"by": MEMBERS, "number": NUMBERS},
    Quarter.suggest: {"by": PEOPLE, "number": NUMBERS, "noun": ["O", "KR", "KR"], "goal": [None, 7, 9, 30, "many"]},
    Quarter.decide: {
        "by": ["ana", "lea", *PEOPLE],
        "number": [*range(1, 9)],
        "take": [True, True, False],
        "why": EITHER,
    },
    Quarter.dot: {"by": PEOPLE, "number": NUMBERS, "off": [False, False, True]},
    Quarter.quiet: {"by": MEMBERS, "number": NUMBERS},
    Quarter.defend: {"by": MEMBERS, "number": NUMBERS, "decision": ["keep", "keep", "amend", "drop"]},
    Quarter.undo: {"by": PEOPLE},
    Quarter.comment: {"by": PEOPLE, "number": NUMBERS, "noun": ["O", "KR"]},
    Quarter.check_in: {
        "by": MEMBERS,
        "number": NUMBERS,
        "value": VALUES,
        "confidence": range(-1, 12),
        "week": [None, None, *range(16)],
    },
    Quarter.time_goes_on: {"days": range(1, 21)},
    Quarter.move_the_cycle: {"by": ["olga", "olga", "lea", "ana"], "back": EITHER},
    Quarter.score: {
        "by": ["ana", "lea", "ana", "lea", *PEOPLE],
        "number": NUMBERS,
        "side": list(ScoreSide),
        "value": TENTHS,
        "is_in": EITHER,
    },
    Quarter.reveal: {"by": MEMBERS, "number": NUMBERS},
    Quarter.calibrate: {"by": PEOPLE, "number": NUMBERS, "value": [*TENTHS, None]},
    Quarter.confirm: {"by": PEOPLE, "number": NUMBERS},
    Quarter.begin_a_round: {"by": MEMBERS},
    Quarter.number: {"by": ["ana", "ben", *PEOPLE], "number": NUMBERS, "value": [*range(11), 11, -1, "many"]},
    Quarter.end_the_round: {"by": MEMBERS, "opens": [True, True, False]},
}

# From scoring into the next cycle: there is more of everything, for what goes on has new numbers.
MORE = [1, 1, 2, 2, 3, 4, 5]
LATER = [2, 2, 3, 3, 4, 5]
ENDING = {
    Quarter.score: {**TRIES[Quarter.score], "number": MORE},
    Quarter.reveal: {"by": MEMBERS, "number": MORE},
    Quarter.calibrate: {**TRIES[Quarter.calibrate], "number": MORE},
    Quarter.confirm: {"by": PEOPLE, "number": MORE},
    Quarter.end: {
        "by": ["ana", "lea", "ana", "lea", *PEOPLE],
        "number": MORE,
        "decision": ["keep", "keep", "change", "defer", "drop", "done", "perhaps"],
        "why": [True, True, False],
    },
    Quarter.learn: {"by": LEADS, "number": NUMBERS},
    Quarter.add_the_next_cycle: {"by": ["olga", "olga", "lea", "ana"]},
    Quarter.close_the_cycle: {"by": ["olga", "lea", "ana", "rob"]},
    Quarter.start_the_next_cycle: {"by": ["olga", "lea", "ana"]},
    Quarter.go_on_from: {"by": LEADS, "number": [1, 1, 1, 2, 3]},
    Quarter.publish: {"by": LEADS, "number": LATER},
    Quarter.invite: {"by": LEADS, "number": LATER, "team": ["sales", "sales", "east"]},
    Quarter.accept: {"by": MEMBERS, "number": LATER},
    Quarter.carry: {"by": MEMBERS, "number": MORE, "under": [1, *LATER]},
    Quarter.edit: {"by": MEMBERS, "number": MORE, "goal": VALUES},
    Quarter.exchange: {"by": MEMBERS, "number": MORE, "lead": LEADS},
    Quarter.drop: {"by": MEMBERS, "number": [3, 4, 5]},
    Quarter.undo: {"by": PEOPLE},
    Quarter.check_in: {"by": MEMBERS, "number": MORE, "value": VALUES, "confidence": range(11), "week": [None]},
    Quarter.time_goes_on: {"days": range(1, 21)},
}


def some_of(tries):
    return st.sampled_from(list(tries)).flatmap(
        lambda do: st.tuples(
            st.just(do), st.fixed_dictionaries({name: st.sampled_from(some) for name, some in tries[do].items()})
        )
    )


@settings(max_examples=40)
@given(st.sampled_from(STAGES), st.lists(some_of(TRIES), min_size=30, max_size=60))
def test_whatever_is_tried(stage, tried):
    with Quarter(stage) as quarter:
        for do, with_ in tried:
            do(quarter, **with_)
            quarter.check()


@pytest.mark.parametrize("seed", range(8))
def test_a_long_quarter(seed):
    chance = Random(seed)
    with Quarter(chance.choice(STAGES)) as quarter:
        for _ in range(500):
            do = chance.choice(list(TRIES))
            do(quarter, **{name: chance.choice(some) for name, some in TRIES[do].items()})
            quarter.check()


@settings(max_examples=25)
@given(st.lists(some_of(ENDING), min_size=30, max_size=60))
def test_whatever_is_tried_from_one_cycle_into_the_next(tried):
    with Quarter("ending") as quarter:
        for do, with_ in tried:
            do(quarter, **with_)
            quarter.check()


@pytest.mark.parametrize("seed", range(6))
def test_a_long_end_of_a_quarter(seed):
    chance = Random(seed)
    with Quarter("ending") as quarter:
        for _ in range(400):
            do = chance.choice(list(ENDING))
            do(quarter, **{name: chance.choice(some) for name, some in ENDING[do].items()})
            quarter.check()
        with quarter.company.store.reading() as connection:
            carried = connection.execute("SELECT count(*) FROM key_result WHERE origin_id IS NOT NULL").fetchone()[0]
        assert carried, "nothing ever went on: nothing was tried"
