"""A sentence taken apart: its first verb, what that verb is about, and its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.checks.numbers import Numbers, numbers, without_dates
from okrtui.checks.words import Verb, WordLists, singular

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 2_000  # characters that are read: a statement has 200
_LABEL = re.compile(
    r"^(?:[-*•–]+ ?|\(?\d{1,2}[.)] |(?:kr|key result|o)[ -]?\d{0,2}(?:\.\d)? ?[:.)-] ?|\[.?\] ?)+", re.IGNORECASE
)
TOKEN = re.compile(r"[^\W\d_][\w'’&/+-]*|\d[\w.,%]*|[%$€£,;:().]")


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LEADS = _these(
    "to we will shall must should i our the team please also fully successfully able all us let's lets that it and"
)
_STOPS = _these(
    "from to by for in on at with above below via across within per than and or that which so under over through into"
    " while without during among between against using as when where who if until before after is are was were be has have"
    " out due towards toward more less least of we they you about around onto off beyond"
)
_BEFORE_FIGURE = _these("of at above below under over is to within")
_COUNTS_OF = frozenset(("number", "amount", "frequency", "volume", "count", "quantity", "total", "size"))
FILLERS = _these(
    "a an the our all new at least more than over up to another additional first average of their its every each"
)
_NO_ADVERBS = _these(
    "supply apply reply comply hourly daily nightly weekly monthly quarterly yearly early family assembly"
)
ENSURERS = frozenset(("ensure", "assure", "guarantee", "make sure"))


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A sentence taken apart; words in lower case. One is itself alone, so that a cache need not look into it."""

    text: str
    """Its words as written, without label and with single spaces."""
    low: str
    """The same in lower case, without dates."""
    tokens: tuple[str, ...]
    verb: Verb | None
    """The first verb, where one of the lists begins the sentence."""
    rest: tuple[str, ...]
    """What follows the verb, or all where there is none."""
    head: str | None
    """The noun that the verb is about, in the singular."""
    before_head: str | None
    """The word before it: "training" of "training hours"."""
    behind_head: str
    """The word behind it: "using" of "teams using the tool"."""
    in_plural: bool
    """Whether that noun is in the plural."""
    nouns: frozenset[str]
    """Every word after the verb, and every pair, as a noun may stand in a list."""
    numbers: Numbers
    figure_follows: bool
    """A figure right behind that noun: "coverage above 80%", "turnaround of 4 hours"."""
    counts_metric: bool
    """A figure right before a noun that is measured: "to 5,000 subscribers"."""
    has_metric: bool
    has_activity: bool

    def is_about(self, nouns: frozenset[str]) -> bool:
        """Whether the noun that the verb is about stands in a list."""
        return self.head is not None and (self.head in nouns or self.head.rpartition(" ")[2] in nouns)

    def verb_is(self, verbs: frozenset[str]) -> bool:
        """Whether its first verb stands in a list."""
        return self.verb is not None and self.verb.base in verbs


def take_apart(sentence: str, words: WordLists) -> Parts:
    """A sentence's verb, its noun and its numbers."""
    text = _LABEL.sub("", " ".join(sentence[:LONGEST].replace("’", "'").split()))
    low, dated = without_dates(text.lower().replace("–", "-").replace("—", " - ").replace("world class", "world-class"))
    tokens = tuple(TOKEN.findall(low))
    verb, rest = _first_verb(tokens, words)
    nouns = frozenset(nouns_of(rest))
    head, before_head = _head(rest, words)
    last = (head or "").rpartition(" ")[2]
    place = next((place for place, word in enumerate(rest) if singular(word) == last), len(rest))
    return Parts(
        text=text,
        low=low,
        tokens=tokens,
        verb=verb,
        rest=rest,
        head=head,
        before_head=before_head,
        behind_head=rest[place + 1] if place + 1 < len(rest) else "",
        in_plural=place < len(rest) and rest[place] != last,
        nouns=nouns,
        numbers=numbers(low, dated=dated),
        figure_follows=place < len(rest) and _figure_follows(place, rest),
        counts_metric=_counts_metric(rest, words),
        has_metric=not words.nouns["metric"].isdisjoint(nouns),
        has_activity=not words.nouns["activity"].isdisjoint(nouns),
    )


def _first_verb(tokens: tuple[str, ...], words: WordLists) -> tuple[Verb | None, tuple[str, ...]]:
    """The verb a sentence begins with, past "we will" and the like, or the first after "to" or "will"; what follows it."""
    start = 0
    while start < len(tokens) and (tokens[start] in _LEADS or is_adverb(tokens[start])):
        start += 1
    found = _verb_at(tokens, start, words)
    if found[0] is None:
        found = _verb_of_somebody(tokens, words)
    verb, after = found
    if verb is not None and verb.base in ENSURERS:
        return _what_is_ensured(verb, tokens, after, words)
    return verb, tokens[after:]


def is_adverb(token: str) -> bool:
    """Whether a word says how: "sustainably"."""
    return len(token) > 4 and token.endswith("ly") and token not in _NO_ADVERBS


def _verb_at(tokens: Sequence[str], place: int, words: WordLists) -> tuple[Verb | None, int]:
    for length in (4, 3, 2, 1):
        if found := words.verbs.get(" ".join(tokens[place : place + length])):
            is_noun = length == 1 and tokens[place + 1 : place + 2] == ("of",)  # "share of wallet", "launch of the app"
            return (None, 0) if is_noun else (found, place + length)
    return None, 0


def _verb_of_somebody(tokens: Sequence[str], words: WordLists) -> tuple[Verb | None, int]:
    """The verb of "Founders to launch …" and "Every squad will ship …"."""
    for place, word in enumerate(tokens[:8]):
        if word in {"to", "will", "we", "must", "should"} and not any(
            singular(one) in words.nouns["metric"] for one in tokens[:place]
        ):
            found = _verb_at(tokens, place + 1, words)
            if found[0] is not None:
                return found
    return None, 0


def _what_is_ensured(verb: Verb, tokens: tuple[str, ...], after: int, words: WordLists) -> tuple[Verb, tuple[str, ...]]:
    """The verb after "ensure": "ensure we update …" updates."""
    for place in range(after, min(after + 4, len(tokens))):
        if tokens[place] in {"we", "that", "to"} or (place > after and tokens[place - 1] in {"we", "to"}):
            inner, beyond = _verb_at(tokens, place, words)
            if inner is not None:
                return inner, tokens[beyond:]
    return verb, tokens[after:]


def nouns_of(tokens: Sequence[str]) -> list[str]:
    """Every token as a noun may stand in a list: alone, its last part, and with the word before."""
    nouns = []
    before = ""
    for token in tokens:
        last = singular(token)
        nouns += [last, f"{before} {last}"]
        if "-" in last or "/" in last:
            nouns.append(re.split("[-/]", last)[-1])
        before = token
    return nouns


def _figure_follows(place: int, rest: Sequence[str]) -> bool:
    if rest[0] in FILLERS or rest[0][0].isdigit():
        return False
    behind = rest[place + 1 : place + 4]
    return len(behind) > 1 and behind[0] in _BEFORE_FIGURE and any(word[0].isdigit() for word in behind)


def _counts_metric(rest: Sequence[str], words: WordLists) -> bool:
    for place, word in enumerate(rest):
        if word[0].isdigit():
            for behind in rest[place + 1 : place + 4]:
                if behind in _STOPS or behind in FILLERS:
                    break
                if singular(behind) in words.nouns["metric"]:
                    return True
    return False


def _head(rest: Sequence[str], words: WordLists) -> tuple[str | None, str | None]:
    """The last word of what the verb is about, "webinars" of "the number of webinars from 4 to 8"; and the one before."""
    phrase: list[str] = []
    for place, word in enumerate(rest):
        if word[0].isdigit() or word in {"%", "$", "€", "£"} or (word in FILLERS and not phrase):
            if phrase:
                break
        elif word == "of" and phrase and phrase[-1] in _COUNTS_OF:
            phrase = []
        elif (
            word in _STOPS
            or not word[0].isalpha()
            or (phrase and _ends_phrase(word, words, after_plural=singular(phrase[-1]) != phrase[-1]))
        ):
            if phrase or place > 3:
                break
        else:
            phrase.append(word)
    while phrase and (phrase[-1] in words.vague or is_adverb(phrase[-1])):
        phrase.pop()
    if not phrase:
        return None, None
    last, before = singular(phrase[-1]), singular(phrase[-2]) if len(phrase) > 1 else None
    pair = f"{phrase[-2]} {last}" if before else last
    return (pair if any(pair in nouns for nouns in words.nouns.values()) else last), before


def _ends_phrase(token: str, words: WordLists, *, after_plural: bool) -> bool:
    """An article, a participle ("features shipped"), or a verb ("accuracy rises", "calls drop")."""
    if token in FILLERS or token in words.participles:
        return True
    base = singular(token)
    if base == token and after_plural and (bare := words.verbs.get(token)):
        return bare.sort == "outcome" and bare.base == token
    verb = words.verbs.get(base) if base != token and base not in words.nouns["metric"] else None
    return verb is not None and verb.sort in {"outcome", "attain"} and verb.base == base
