"""The verdict on sentences of our own, and what must not move it."""

from __future__ import annotations

import time
from pathlib import Path
from timeit import timeit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrtui.checks import check, check_key_result
from okrtui.core.key_results import Numbers

SENTENCES = [
    tuple(line.split("\t")) for line in Path(__file__).with_name("sentences.tsv").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("verdict", "sentence"), SENTENCES)
def test_verdict(verdict, sentence):
    assert check(sentence).verdict == verdict


sentence = st.sampled_from([one for _, one in SENTENCES])


@given(sentence=sentence)
def test_case_does_not_matter(sentence):
    assert check(sentence.upper()).verdict == check(sentence.lower()).verdict == check(sentence).verdict


@given(sentence=sentence, space=st.sampled_from(["  ", "\t", "\n ", "\u00a0"]))
def test_spacing_does_not_matter(sentence, space):
    assert check(space + sentence.replace(" ", space) + space).verdict == check(sentence).verdict


@pytest.mark.parametrize(
    "date", ["by Q4", "by the end of June", "by 2027-03-31", "in Q2 2027", "this quarter", "by Friday"]
)
@pytest.mark.parametrize(("verdict", "sentence"), SENTENCES[::4])
def test_a_date_at_the_end_does_not_matter(verdict, sentence, date):
    assert check(f"{sentence} {date}").verdict == verdict


@pytest.mark.parametrize("label", ["KR1: ", "KR 2.1: ", "- ", "• ", "3. ", "We will ", "Successfully "])
def test_a_label_does_not_matter(label):
    assert check(f"{label}launch three features").verdict == "output"
    assert check(f"{label}reduce churn from 5% to 3%").verdict == "outcome"


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    found = check(text)
    assert found.verdict in {"outcome", "output", "vague"}
    assert all(one.rule and one.text for one in found.questions)


PIECES = [
    "1",
    "1,",
    ".",
    " ",
    "from ",
    "to ",
    "by end of ",
    "no more ",
    "q1/",
    "$",
    "-",
    "a",
    "increase ",
    "12 may ",
    "1:1/",
    "(",
    "–",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.text(max_size=10))
def test_long_text_is_read_in_no_time(pieces, tail):
    text = ("".join(pieces) * 10_000)[:10_000] + tail
    assert timeit(lambda: check(text), timer=time.process_time, number=1) < 0.25  # without the collector's time


def test_the_numbers_of_a_key_result_are_read_with_its_statement():
    numbers = Numbers("increase", "%", 22, 45, None, None)
    alone = check("Cancelled slots filled the same day without a call")
    whole = check_key_result("Cancelled slots filled the same day without a call", numbers)
    assert (alone.verdict, whole.verdict) == ("output", "outcome")
    assert "baseline-known" not in {one.rule for one in whole.questions}
    assert check_key_result("Write blog posts", Numbers("increase", "posts", 0, 12, None, None)).verdict == "output"
