"""What is typed to search, read as words and filters; nothing typed is a query of its own."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from okrtui.core.errors import Invalid
from okrtui.core.searching import LONGEST, Marker, Query, excerpt, parse
from okrtui.store import sqlite
from okrtui.store.migrations.parted import expanded


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
        ("日本語", '"日 本 語"'),
        ("KPI達成", '"KPI 達 成"'),
        ("Straße Łódź", '"Strasse" AND "lódź"*'),
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


WORDS = st.text(alphabet="abcéèñÄößŁ ü-'.1_日本語、한글ไทย ̄e\u0301", min_size=1, max_size=30)
AS_INDEXED = """
CREATE TABLE said (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIEW said_words AS SELECT id, parted(body) AS body FROM said;
CREATE VIRTUAL TABLE words USING fts5(
    body, content='said_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
"""


def is_found(text, expression):
    """Whether the index, as the schema makes it, finds a text."""
    connection = sqlite.connect(":memory:")
    connection.executescript(expanded(AS_INDEXED))
    connection.execute("INSERT INTO said VALUES (1, ?)", (text,))
    connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
    found = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,)).fetchall()
    connection.close()
    return bool(found)


@example(text="1", typed="1_\u0301")  # an accent by itself is no word
@example(text="1_\u0301_1", typed="1_1")
@example(text="\u0301e", typed="e")
@example(text="KPI達成率、東京", typed="達成")
@example(text="Straße", typed="stras")
@given(text=WORDS, typed=WORDS)
def test_what_is_found_is_marked(text, typed):
    """What the index finds has every phrase marked, and nothing else has."""
    query = parse(typed)
    if not query.expression:
        return
    last = len(query.phrases) - 1
    each = [Query((one,), query.begins and at == last) for at, one in enumerate(query.phrases)]
    assert is_found(text, query.expression) == all(Marker(one).spans(text) for one in each), (text, typed)


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("The first answer, the FIRST of all", "first", ["first", "FIRST"]),
        ("Crème brûlée", "creme bru", ["Crème", "brûlée"]),
        ("answers and answer", "answer x", ["answer"]),
        ("it is it's", "it's", ["it", "s"]),
        ("one queue, a queue", '"one queue"', ["one", "queue"]),
        ("今年の東京で東北京都", "東京", ["東", "京"]),
        ("東京 and KPI達成率", "kpi達成", ["KPI", "達", "成"]),
        ("Groß in Łódź", "gross lodz", ["Groß", "Łódź"]),
        ("nothing", "else", []),
    ],
)
def test_what_is_marked(text, typed, marked):
    assert [text[start:end] for start, end in Marker(parse(typed)).spans(text)] == marked


def test_an_excerpt_stands_around_the_first_match():
    text = "word " * 60 + "needle " + "more " * 60
    line, marks = excerpt(text.strip(), Marker(parse("needle")).spans(text), 60)
    assert len(line) <= 60
    assert (line[0], line[-1]) == ("…", "…")
    assert [line[start:end] for start, end in marks] == ["needle"]


@given(text=st.text(max_size=300), typed=st.sampled_from(["ab", "a b", "0"]), width=st.integers(20, 120))
def test_an_excerpt_is_never_wider(text, typed, width):
    line, marks = excerpt(text, Marker(parse(typed)).spans(text), width)
    assert len(line) <= width
    assert all(0 <= start < end <= len(line) for start, end in marks)
