from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrtui.core.errors import Invalid, NotFound
from okrtui.core.names import NOUNS, Ref, check_cycle_name, check_name, parse_ref, slugify


@pytest.mark.parametrize(
    ("text", "ref"), [("O12", Ref("O", 12)), ("kr34", Ref("KR", 34)), (" Kr1 ", Ref("KR", 1)), ("c9", Ref("C", 9))]
)
def test_a_ref_is_read_in_any_case(text, ref):
    assert parse_ref(text) == ref


@pytest.mark.parametrize(
    "text", ["", "O", "12", "O0", "O01", "O-1", "O1.5", "KR 1", "X1", "KRR1", "O" + "9" * 19, "O١"]
)
def test_what_is_no_ref_names_nothing(text):
    with pytest.raises(NotFound, match="names nothing here: give O12"):
        parse_ref(text)


def test_another_noun_will_not_do():
    with pytest.raises(NotFound) as error:
        parse_ref("O1", "KR")
    assert str(error.value) == "'O1' names nothing here: give KR12 (a key result)."


@given(st.sampled_from(list(NOUNS)), st.integers(1, 10**18 - 1))
def test_a_ref_is_read_as_it_is_written(letters, number):
    assert parse_ref(str(Ref(letters, number))) == Ref(letters, number)


@given(st.text(max_size=60))
def test_any_text_is_a_ref_or_names_nothing(text):
    try:
        said = f"{parse_ref(text)}."
    except NotFound as error:
        said = str(error)
    assert said == f"{text.strip().upper()}." or said.endswith(").")
    assert len(said) < 500


@pytest.mark.parametrize(("text", "name"), [("Ana", "ana"), (" lea.p ", "lea.p"), ("0x", "0x"), ("a" * 40, "a" * 40)])
def test_a_handle_is_kept_in_lower_case(text, name):
    assert check_name(text, "handle") == name


@pytest.mark.parametrize("text", ["", "-a", ".a", "_a", "a b", "a/b", "añó", "a" * 41, "@ana", "a\n", "a\x1b"])
def test_what_is_no_handle(text):
    if text == "a\n":
        assert check_name(text, "handle") == "a"
        return
    with pytest.raises(Invalid, match=r"^A handle is 1 to 40 letters a-z, .* is not\.$"):
        check_name(text, "handle")


@pytest.mark.parametrize("text", ["2026-Q4", "q1", "H2_2026", "2026.4"])
def test_a_cycles_name(text):
    assert check_cycle_name(f" {text} ") == text


@pytest.mark.parametrize("text", ["", "2026 Q4", "-Q4", "Q4/26", "x" * 41])
def test_what_is_no_cycles_name(text):
    with pytest.raises(Invalid, match="such as 2026-Q4"):
        check_cycle_name(text)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sales & Success", "sales-success"),
        ("Entwicklung Köln", "entwicklung-koln"),
        ("  --  ", ""),
        ("営業", ""),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_a_slug_is_what_can_be_kept_of_a_name(name, slug):
    assert slugify(name) == slug


@given(st.text(max_size=80))
def test_a_slug_is_a_name_or_empty(name):
    slug = slugify(name)
    assert not slug or check_name(slug, "slug") == slug
