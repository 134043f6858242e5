"""What is typed to search, read as words and filters; nothing typed is a query of its own."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from okrtui.core.errors import Invalid
from okrtui.core.searching import LONGEST, excerpt, parse, spans
from okrtui.store import sqlite


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("first", '"first"*'),
        ("first answer", '"first" AND "answer"*'),
        ("it's", '"it s"'),
        ("rock'n'roll", '"rock n roll"*'),
        ("AND", '"AND"*'),
        ("a OR b NOT c", '"a" AND "OR" AND "b" AND "NOT" AND "c"'),
        ("NEAR(a b)", '"NEAR a" AND "b"'),
        ("col:word", '"col word"*'),
        ("-minus ^caret", '"minus" AND "caret"*'),
        ('"one queue"', '"one queue"'),
        ('"one queue', '"one" AND "queue"*'),
        ("we*", '"we"*'),
        ("w", '"w"'),
        ("50% {x} (y)", '"50" AND "x" AND "y"'),
        ("日本語", '"日本語"*'),
        ("Crème", '"Crème"*'),
        ("*", ""),
        ('"', ""),
        ('""', ""),
        ("🎉 👩‍💻", ""),
        ("", ""),
        ("x" * 500, f'"{"x" * LONGEST}"*'),
    ],
)
def test_words_as_an_expression(typed, expression):
    assert parse(typed).expression == expression


def test_filters():
    query = parse("Team:sales first team:product owner:@ana STATE:not-agreed cycle:2026-Q4")
    assert query.phrases == (("first",),)
    assert query.filters == {
        "team": ("sales", "product"),
        "owner": ("@ana",),
        "state": ("not-agreed",),
        "cycle": ("2026-Q4",),
    }


@pytest.mark.parametrize("name", ["team", "owner", "cycle", "state"])
def test_a_filter_that_says_nothing(name):
    with pytest.raises(Invalid, match=f"Say which {name}, right after the colon: {name}:"):
        parse(f"word {name}:")


def test_too_many_words():
    with pytest.raises(Invalid, match="20 words at most"):
        parse("word " * 21)


@given(typed=st.text(max_size=300))
def test_whatever_is_typed_is_an_expression_of_the_index(typed):
    try:
        query = parse(typed)
    except Invalid:
        return
    connection = sqlite.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(body, team, tokenize='unicode61 remove_diacritics 2')")
    if query.expression:
        for expression in (query.expression, query.whole, f"{{body}} : ({query.expression}) AND team : (t1 OR t2)"):
            connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,)).fetchall()
    connection.close()


WORDS = st.text(alphabet="abcéèñÄöß ü-'.1_日本e\u0301", min_size=1, max_size=30)


@example(text="1", typed="1_\u0301")  # an accent by itself is no word
@example(text="1_\u0301_1", typed="1_1")
@example(text="\u0301e", typed="e")
@given(text=WORDS, typed=WORDS)
def test_what_is_found_is_marked(text, typed):
    """What the index finds has something marked, and what it does not find has not every phrase of it marked."""
    query = parse(typed)
    if not query.expression:
        return
    connection = sqlite.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(body, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO words VALUES (?)", (text,))
    found = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (query.expression,)).fetchall()
    connection.close()
    if found:
        assert spans(text, query), (text, typed)


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("The first answer, the FIRST of all", "first", ["first", "FIRST"]),
        ("Crème brûlée", "creme bru", ["Crème", "brûlée"]),
        ("answers and answer", "answer x", ["answer"]),
        ("it is it's", "it's", ["it", "s"]),
        ("one queue, a queue", '"one queue"', ["one", "queue"]),
        ("nothing", "else", []),
    ],
)
def test_what_is_marked(text, typed, marked):
    assert [text[start:end] for start, end in spans(text, parse(typed))] == marked


def test_an_excerpt_stands_around_the_first_match():
    text = "word " * 60 + "needle " + "more " * 60
    line, marks = excerpt(text.strip(), spans(text, parse("needle")), 60)
    assert len(line) <= 60
    assert (line[0], line[-1]) == ("…", "…")
    assert [line[start:end] for start, end in marks] == ["needle"]


@given(text=st.text(max_size=300), typed=st.sampled_from(["ab", "a b", "0"]), width=st.integers(20, 120))
def test_an_excerpt_is_never_wider(text, typed, width):
    line, marks = excerpt(text, spans(text, parse(typed)), width)
    assert len(line) <= width
    assert all(0 <= start < end <= len(line) for start, end in marks)
