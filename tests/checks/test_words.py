"""The word lists, and a person's own beside them."""

from __future__ import annotations

import pytest

from okrtui.checks import check, extended, packaged
from okrtui.checks.words import singular
from okrtui.core.errors import Invalid


def test_a_folder_with_nothing_in_it_changes_nothing(tmp_path):
    assert extended(tmp_path) == packaged()


def test_a_line_adds_a_word(tmp_path):
    (tmp_path / "verbs_outcome.txt").write_text("# ours\nuplift, uplifted\n", "utf-8")
    words = extended(tmp_path)
    assert check("Uplift yield by 4%", words=words).verb == "uplift"
    assert check("Uplifted yield by 4%", words=words).verb == "uplift"
    assert check("Uplift yield by 4%").verb is None


def test_a_verb_leaves_its_other_list(tmp_path):
    (tmp_path / "verbs_outcome.txt").write_text("Train\n", "utf-8")
    assert check("Train 40% of nurses").verdict == "output"
    assert check("Train 40% of nurses", words=extended(tmp_path)).verdict == "outcome"


def test_a_line_takes_a_word_away(tmp_path):
    (tmp_path / "nouns_activity.txt").write_text("-webinar\n", "utf-8")
    (tmp_path / "verbs_output.txt").write_text("-launch\n", "utf-8")
    words = extended(tmp_path)
    assert check("Increase webinars to 6", words=words).verdict == "outcome"
    assert check("Launch it", words=words).verb is None


def test_an_example_of_ones_own(tmp_path):
    (tmp_path / "examples.txt").write_text("launch = more people need {it} from __ to __\nno example\n", "utf-8")
    assert check("Launch the app", words=extended(tmp_path)).example == "More people need the app from __ to __"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a\n" * 600_000])
def test_a_file_that_is_no_list(tmp_path, content):
    (tmp_path / "vague_words.txt").write_bytes(content)
    with pytest.raises(Invalid, match=r"vague_words\.txt"):
        extended(tmp_path)


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("launch", ("launched", "launching")),
        ("cut", ("cutting",)),
        ("build", ("built", "building")),
        ("reduce", ("reduced", "reducing")),
        ("verify", ("verified", "verifying")),
        ("plan", ("planned", "planning")),
        ("roll out", ("rolled out", "rolling out")),
    ],
)
def test_forms(base, forms):
    assert {packaged().verbs[form].base for form in forms} == {base}


@pytest.mark.parametrize(
    ("plural", "one"),
    [("webinars", "webinar"), ("policies", "policy"), ("losses", "loss"), ("class", "class"), ("nps", "nps")],
)
def test_singular(plural, one):
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("name", "word", "sentence", "before", "after"),
    [
        ("nouns_own", "crew", "Grow the crew to 40", "outcome", "output"),
        ("nouns_people", "nester", "Support 40 nesters", "vague", "outcome"),
        ("nouns_demand", "nester", "Onboard 40 nesters", "output", "outcome"),
        ("nouns_flow", "gizmo", "Ship gizmos within 2 days", "output", "outcome"),
        ("nouns_won", "laurel", "Win a laurel", "vague", "outcome"),
        ("nouns_made", "gizmo", "A gizmo for the north", "vague", "output"),
        ("nouns_input", "fee", "Increase training fees to 40", "outcome", "output"),
        ("levels", "by the book", "Pack 95% of boxes by the book", "output", "outcome"),
        ("marks_less", "extend", "Extend meetings to 40", "output", "outcome"),
        ("marks_hold", "reach", "Reach a memo of 40%", "output", "outcome"),
        ("marks_deal", "pass", "Pass all tickets", "vague", "output"),
        ("marks_make", "launch", "Launch trust", "output", "vague"),
        ("marks_join", "teach", "Teach 40 users", "output", "outcome"),
        ("marks_put", "install", "Install an uptime of 40%", "outcome", "output"),
        ("marks_theirs", "install", "App installed by 40% of nurses", "output", "outcome"),
    ],
)
def test_each_list_says_something(tmp_path, name, word, sentence, before, after):
    (tmp_path / f"{name}.txt").write_text(f"{word}\n", "utf-8")
    assert check(sentence).verdict == before
    assert check(sentence, words=extended(tmp_path)).verdict == after
