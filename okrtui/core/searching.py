"""What somebody types to search: words, of which the last may be unfinished, and what narrows them down.

The words are those that the index has: runs of letters and digits, case and accents aside, as SQLite's ``unicode61``
tokenizer makes them (sqlite.org/fts5.html, 4.3.1); but each letter of a script that is written without spaces, such as
Chinese, is a word of its own, and "ß" is "ss" (`okrtui.store.migrations.parted`). Whatever else is typed is between words, so
that nothing in it can be a query of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""The scripts of which each letter is a word: those of South East Asia, Chinese, Japanese, Korean; as ranges between brackets."""
SPELT = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
         "đ": "d", "Đ": "d", "ı": "i"}  # fmt: skip
"""Letters that are no others with an accent, and how they are typed where the keyboard lacks them."""
_SPELT = str.maketrans(SPELT)

# An accent by itself is no word, for the index neither.
_WORD = re.compile(rf"(?=[{UNSPACED}])[^\W_]|(?:[^\W_{UNSPACED}][\u0300-\u036f]*)+")
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
    def begins_rarely(self) -> bool:
        """Whether what begins with the last word can be ranked: with two letters begins a tenth of all that was ever written."""
        return self.begins and len(self.phrases[-1][-1]) > SHORTEST_BEGINNING

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
        elif phrase := tuple(word[:LONGEST].translate(_SPELT) for word in _WORD.findall(together or piece)):
            phrases.append(phrase)
            begins = not together and len(phrase[-1]) >= SHORTEST_BEGINNING
    if sum(map(len, phrases)) > MOST_PHRASES:
        raise Invalid(f"Search takes {MOST_PHRASES} words at most: leave some out.")
    return Query(tuple(phrases), begins, filters)


_EXAMPLES = {"team": "team:sales", "owner": "owner:ana", "cycle": "cycle:2026-Q4", "state": "state:agreed"}


class Marker:
    """Finds the words of one query in many texts."""

    def __init__(self, query: Query) -> None:
        """Mark the words of this query."""
        last = len(query.phrases) - 1
        self._phrases = [
            (tuple(map(folded, phrase)), query.begins and place == last) for place, phrase in enumerate(query.phrases)
        ]
        self._patterns = [(phrase[0], _pattern(phrase, begins=begins)) for phrase, begins in self._phrases]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in a text the words stand, from and to, in order and apart."""
        if not text.isascii():
            return self._among(text)
        lower = text.lower()
        found = []
        for first, pattern in self._patterns:
            if first in lower:  # mostly it is not: of a title and a text, one is why something is found
                found += [span for match in pattern.finditer(lower) for span in match.regs[1:]]
        return sorted(set(found)) if len(found) > 1 else found

    def _among(self, text: str) -> list[tuple[int, int]]:
        words = [(folded(one[0]), *one.span()) for one in _WORD.finditer(text)]
        marked: set[tuple[int, int]] = set()
        for phrase, begins in self._phrases:
            marked.update(_stands(words, phrase, begins=begins))
        return sorted(marked)


def _pattern(phrase: Sequence[str], *, begins: bool) -> re.Pattern[str]:
    """What stands for a phrase in a text of ASCII alone, most of what is written, in lower case: a group for each word."""
    words = [f"({re.escape(word)})" for word in phrase]
    if begins:
        words[-1] = words[-1][:-1] + "[a-z0-9]*)"
    return re.compile("(?<![a-z0-9])" + "[^a-z0-9]+".join(words) + "(?![a-z0-9])")


def _stands(
    words: Sequence[tuple[str, int, int]], phrase: tuple[str, ...], *, begins: bool
) -> Iterator[tuple[int, int]]:
    size = len(phrase)
    for at in range(len(words) - size + 1):
        here = tuple(word for word, _, _ in words[at : at + size])
        if here[:-1] == phrase[:-1] and (here[-1].startswith(phrase[-1]) if begins else here[-1] == phrase[-1]):
            yield from ((start, end) for _, start, end in words[at : at + size])


def folded(word: str) -> str:
    """A word without case and accents."""
    if word.isascii():
        return word.lower()
    return "".join(one for one in normalize("NFD", word.lower()) if not combining(one)).translate(_SPELT)


def excerpt(text: str, marked: list[tuple[int, int]], width: int) -> tuple[str, list[tuple[int, int]]]:
    """A line of at most ``width`` characters of a text around the first that is marked, and what is marked in it.

    What is left out at an end is "…".
    """
    line = text.replace("\n", " ")
    if len(line) <= width:
        return line, marked
    first = marked[0][0] if marked else 0
    start = 0 if first < width * 2 // 3 else line.rfind(" ", 0, max(0, first - width // 3)) + 1
    before = "…" if start else ""
    end = start + width - len(before)
    after = "…" if end < len(line) else ""
    end -= len(after)
    shift = len(before) - start
    kept = [(one + shift, two + shift) for one, two in marked if start <= one and two <= end]
    return f"{before}{line[start:end]}{after}", kept
