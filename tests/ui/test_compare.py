"""Two texts compared by their words, as people read it."""

from __future__ import annotations

from time import process_time
from timeit import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.compare import compared
from widgets.text import plain


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ("same words", "same words", "same words"),
        ("", "", ""),
        ("", "new words", "[+new words]"),
        ("old words", "", "[−old words]"),
        ("answered within a day", "answered the same day", "answered [−within a] [+the same] day"),
        ("a day.", "a day, always.", "a day[+, always]."),
        ("from 4.5 to 5", "from 4.2 to 5", "from [−4.5] [+4.2] to 5"),
        ("the team's", "the teams'", "the [−team's] [+teams']"),
        ("one\ntwo", "one\n\nand\ntwo", "one\n[+⏎]\n[+and⏎]\ntwo"),
        ("one\ntwo", "one two", "one[−⏎] two"),
        ("one  two ", " one two", "one two"),
        ("x", "[red]y[/red] [@click=app.quit]z[/]", "[−x][+[red]y[/red] [@click=app.quit]z[/]]"),
        ("grüße 東京", "grüße 大阪", "grüße [−東京] [+大阪]"),
    ],
)
def test_it_reads_without_colour(before, after, read):
    assert compared(before, after).plain == read


def test_what_went_is_struck_and_what_came_is_underlined():
    styles = {str(span.style) for span in compared("old day", "new day").spans}
    assert styles == {"strike $text-error", "underline $text-success"}


def test_what_a_terminal_obeys_is_not_drawn():
    drawn = compared("a\x1b]52;c;cm0=\x07", "b\u202e\x9b31m").plain
    assert not set("\x1b\x07\x9b\u202e") & set(drawn)


WORDS = st.lists(st.text("abcé.,", min_size=1, max_size=3) | st.just("\n"), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_both_texts_are_in_it_whole(before, after):
    """Every word of the one is kept or struck, every word of the other is kept or underlined, in their order."""
    found = compared(before, after)
    went, came = _marked(found, "strike"), _marked(found, "underline")
    kept = [place for place in range(len(found.plain)) if place not in went | came]
    assert _signs(found.plain, sorted({*kept, *went}), "−") == _bare(before)
    assert _signs(found.plain, sorted({*kept, *came}), "+") == _bare(after)


def _marked(found, style):
    return {place for span in found.spans if str(span.style).startswith(style) for place in range(span.start, span.end)}


def _signs(text, places, sign):
    """The words at these places, without the brackets and what stands for a line's end."""
    said = "".join(text[place] for place in places)
    return _bare(said.replace(f"[{sign}", "").replace("]", "").replace("⏎", ""))


def _bare(text):
    return "".join(plain(text).split())


@pytest.mark.parametrize(
    "texts",
    [
        ("a " * 5000, "b a " * 2500),
        ("".join(chr(97 + n % 7) + " " * (n % 3 == 0) for n in range(10_000)), "!?" * 5000),
        (" ".join(map(str, range(2000))), " ".join(map(str, range(1999, -1, -1)))),
    ],
    ids=["one word", "signs", "turned round"],
)
def test_ten_thousand_characters_are_quick(texts):
    assert timeit(lambda: compared(*texts), timer=process_time, number=1) < 1.0  # without the collector's time
