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
