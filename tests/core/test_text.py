from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrtui.core.text import MOST_MARKS, clean, one_line

BAD = {
    *range(0x0A),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    0x2028,
    0x2029,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
    *range(0xFDD0, 0xFDF0),
    *range(0xE0000, 0xE0080),
    *(plane * 0x10000 + low for plane in range(17) for low in (0xFFFE, 0xFFFF)),
}
NASTY = (
    "\r\n\t\v\f \x1b\x00\x85\u2028\u2029\u202e\u2066\ufeff\u200d\u200c\u0301\u0344\u0958\u1100\u1161\ud800\udc00"
    "\U000e0041\u3000e"
)
texts = st.text(st.one_of(st.sampled_from(NASTY), st.characters(codec=None)), max_size=40)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Activation from 31% to 50%", "Activation from 31% to 50%"),
        ("", ""),
        (" \t\r\n ", ""),
        ("  a  b  ", "a  b"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a\n\n\n  - b  \t\n c", "a\n\n\n  - b\n c"),
        ("a\tb", "a b"),
        ("\x1b]52;c;aGk=\x07\x1b[31mred\x9b0m", "]52;c;aGk=[31mred0m"),
        ("a\x00\x08\x1f\x7f\x80\x9fb", "ab"),
        ("\u061c\u200e\u200fa\u202a\u202b\u202c\u202d\u202eb\u2066\u2067\u2068\u2069c", "abc"),
        ("🏴\U000e0067\U000e0062\U000e007f!", "🏴!"),
        ("a\ud83d\udc00b", "ab"),
        ("a\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffffb", "ab"),
        ("\ufeffname", "name"),
        ("e\u0301", "é"),
        ("e\x00\u0301", "é"),
        ("\u1100\u1161", "가"),
    ],
)
def test_what_is_kept(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧\u200d👦",
        "❤\ufe0f",
        "👍🏽",
        "🇪🇸",
        "葛\U000e0100",
        "می\u200cخواهم",
        "क्\u200dष",
        "שָׁלוֹם",
        "ไทย",
        "日本語",
        "\ue000",
        "[/foo] [50%] [@click=x]",
        "\ufffd",
    ],
)
def test_scripts_emoji_and_markup_stay(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\nb", "a b"),
        ("a  \r\n\r\n\t b", "a b"),
        ("\na\u2028b\n", "a b"),
        ("a  b", "a  b"),
        ("a\n\u0301", "a \u0301"),
        ("\n \n", ""),
    ],
)
def test_one_line(raw: str, kept: str) -> None:
    assert one_line(raw) == clean(raw, lines=False) == kept


def test_every_character_by_itself() -> None:
    dropped = {0xFEFF, *range(0x206A, 0x2070)}
    for point in (*range(0x20000), *range(0xE0000, 0xE0200), *(point for point in BAD if point >= 0x20000)):
        kept = clean(f".{chr(point)}.")
        assert BAD.isdisjoint(map(ord, kept)), hex(point)
        assert len(kept) > 2 or point in BAD or point in dropped, hex(point)


@settings(max_examples=3000, deadline=None)
@given(texts, st.booleans())
def test_clean_text_is_safe_normal_and_stays_as_it_is(raw: str, lines: bool) -> None:
    kept = clean(raw, lines=lines)
    assert clean(kept, lines=lines) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert BAD.isdisjoint(map(ord, kept))
    assert kept == kept.strip()
    assert all(line == line.rstrip() for line in kept.split("\n"))
    assert lines or "\n" not in kept
    assert one_line(kept) == one_line(raw)


@pytest.mark.fault
def test_any_text_is_made_safe(times, record_property) -> None:
    """As above, of texts that are longer and more."""
    chance = random.Random(400)
    texts = times(5_000, 400_000)
    for _ in range(texts):
        raw = "".join(
            chance.choice(NASTY) if chance.random() < 0.5 else chr(chance.randrange(0x110000))
            for _ in range(chance.randrange(30))
        )
        kept = clean(raw)
        assert BAD.isdisjoint(map(ord, kept)), ascii(raw)
        assert clean(kept) == kept, ascii(raw)
    record_property("texts to clean()", {"texts": texts, "with a control left": 0})


@pytest.mark.parametrize("marks", ["\u0301\u0316" * 40, "\u0344" * 40, "\u0958" + "\u093c" * 60])
def test_marks_on_one_character_end_somewhere(marks: str) -> None:
    kept = clean(f"a{marks}b")
    assert kept.endswith("b")
    assert sum(map(bool, map(unicodedata.combining, kept))) in (MOST_MARKS - 1, MOST_MARKS)
    assert clean(kept) == kept


def test_a_megabyte_of_marks_takes_no_age() -> None:
    began = time.perf_counter()
    assert len(clean("a" + "\u0301\u0316" * 500_000)) <= 1 + MOST_MARKS
    assert time.perf_counter() - began < 30  # minutes, were they all put in order
