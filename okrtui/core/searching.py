"""What somebody types to search: words, of which the last may be unfinished, and what narrows them down.

The words are those that SQLite's ``unicode61`` tokenizer makes: runs of letters and digits, case and accents aside
(sqlite.org/fts5.html, 4.3.1). Whatever else is typed is between words, so that nothing in it can be a query of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from okrtui.core.errors import Invalid
from okrtui.core.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FILTERS = ("team", "owner", "cycle", "state")
MOST_PHRASES = 20
LONGEST = 64
"""Letters of one word that are looked at: no longer one is written."""
SHORTEST_BEGINNING = 2
"""Letters before the last word counts as the beginning of one: a single one would begin a tenth of all that was written."""

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")  # an accent by itself is no word, for the index neither
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_FILTER = re.compile(rf"({'|'.join(FILTERS)}):(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: phrases of words that stand together, all of them; and by filter the values that will do."""

    phrases: tuple[tuple[str, ...], ...]
    begins: bool
    """Whether the last word may go on."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def expression(self) -> str:
        """The words as an expression of FTS5; empty where there are none."""
        return self.whole + "*" * self.begins

    @property
    def whole(self) -> str:
        """The same with the last word as it stands."""
        return " AND ".join('"' + " ".join(phrase) + '"' for phrase in self.phrases)


def parse(typed: str) -> Query:
    """What was typed, read as words and filters such as ``team:sales``; what is in "double quotes" stands together.

    Raises:
        Invalid: there are more than 20 words, or a filter says nothing.
    """
    phrases: list[tuple[str, ...]] = []
    filters: dict[str, tuple[str, ...]] = {}
    begins = False
    for together, piece in _PIECE.findall(one_line(typed)):
        if narrowed := _FILTER.fullmatch(piece):
            name, value = narrowed[1].lower(), narrowed[2]
            if not value:
                raise Invalid(f"Say which {name}, right after the colon: {_EXAMPLES[name]}.")
            filters[name] = (*filters.get(name, ()), value)
        elif phrase := tuple(word[:LONGEST] for word in _WORD.findall(together or piece)):
            phrases.append(phrase)
            begins = not together and len(phrase[-1]) >= SHORTEST_BEGINNING
    if sum(map(len, phrases)) > MOST_PHRASES:
        raise Invalid(f"Search takes {MOST_PHRASES} words at most: leave some out.")
    return Query(tuple(phrases), begins, filters)


_EXAMPLES = {"team": "team:sales", "owner": "owner:ana", "cycle": "cycle:2026-Q4", "state": "state:agreed"}


def spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Where in a text the words of a query stand, from and to, in order and apart."""
    last = len(query.phrases) - 1
    phrases = [(phrase, query.begins and place == last) for place, phrase in enumerate(query.phrases)]
    if text.isascii():
        lower = text.lower()
        found = [
            match.span(number + 1)
            for phrase, begins in phrases
            for match in _pattern(phrase, begins).finditer(lower)
            for number in range(len(phrase))
        ]
        return sorted(set(found)) if len(found) > 1 else found
    words = [(folded(one[0]), *one.span()) for one in _WORD.finditer(text)]
    marked: set[tuple[int, int]] = set()
    for phrase, begins in phrases:
        marked.update(_stands(words, [folded(word) for word in phrase], begins=begins))
    return sorted(marked)


@lru_cache(maxsize=64)
def _pattern(phrase: tuple[str, ...], begins: bool) -> re.Pattern[str]:  # noqa: FBT001  # a cache's key
    """What stands for a phrase in a text of ASCII alone, most of what is written, in lower case: a group for each word."""
    words = [f"({re.escape(folded(word))})" for word in phrase]
    if begins:
        words[-1] = words[-1][:-1] + r"[^\W_]*)"
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + r"(?![^\W_])")


def _stands(words: Sequence[tuple[str, int, int]], phrase: Sequence[str], *, begins: bool) -> Iterator[tuple[int, int]]:
    size = len(phrase)
    for at in range(len(words) - size + 1):
        here = [word for word, _, _ in words[at : at + size]]
        if here[:-1] == phrase[:-1] and (here[-1].startswith(phrase[-1]) if begins else here[-1] == phrase[-1]):
            yield from ((start, end) for _, start, end in words[at : at + size])


def folded(word: str) -> str:
    """A word without case and accents."""
    if word.isascii():
        return word.lower()
    return "".join(one for one in normalize("NFD", word.lower()) if not combining(one))


def excerpt(text: str, marked: Sequence[tuple[int, int]], width: int) -> tuple[str, list[tuple[int, int]]]:
    """A line of at most ``width`` characters of a text around the first that is marked, and what is marked in it.

    What is left out at an end is "…".
    """
    line = text.replace("\n", " ")
    if len(line) <= width:
        return line, list(marked)
    first = marked[0][0] if marked else 0
    start = 0 if first < width * 2 // 3 else line.rfind(" ", 0, max(0, first - width // 3)) + 1
    before = "…" if start else ""
    end = start + width - len(before)
    after = "…" if end < len(line) else ""
    end -= len(after)
    shift = len(before) - start
    kept = [(one + shift, two + shift) for one, two in marked if start <= one and two <= end]
    return f"{before}{line[start:end]}{after}", kept
