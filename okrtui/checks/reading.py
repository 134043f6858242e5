"""How a sentence is read: its first verb, what that verb is about, and what speaks for an outcome, an output or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from okrtui.checks.numbers import Numbers, numbers, without_dates
from okrtui.checks.words import Verb, WordLists, singular

if TYPE_CHECKING:
    from collections.abc import Sequence

Verdict = Literal["outcome", "output", "vague"]

LONGEST = 2_000  # characters that are read: a statement has 200
_LABEL = re.compile(
    r"^(?:[-*•–]+ ?|\(?\d{1,2}[.)] |(?:kr|key result|o)[ -]?\d{0,2}(?:\.\d)? ?[:.)-] ?|\[.?\] ?)+", re.IGNORECASE
)
_TOKEN = re.compile(r"[^\W\d_][\w'’&/+-]*|\d[\w.,%]*|[%$€£,;:().]")


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LEADS = _these(
    "to we will shall must should i our the team please also fully successfully able all us let's lets that it and"
)
_STOPS = _these(
    "from to by for in on at with above below via across within per than and or that which so under over through into"
    " while without during among between against using as when where who if until before after is are was were be has have"
    " out due towards toward more less least of"
)
_COUNTS_OF = frozenset(("number", "amount", "frequency", "volume", "count", "quantity", "total"))
_FILLERS = _these(
    "a an the our all new at least more than over up to another additional first average of their its every each"
)
_NOT_MORE = _these(
    "reduce decrease cut lower shorten minimize minimise shrink eliminate slash halve drop trim limit lessen diminish prevent"
    " contain curb save mitigate eradicate sell win close convert retain recover"
)
_GUARD = re.compile(r"\b(?:while|without|keeping|maintaining|not at the cost|with no|but not|holding|whilst)\b")
_RESULT = re.compile(
    r"\b(?:to|which|that|and|by|resulting in|leading to|so that|thereby) (?:will |further |help )?([a-z]+(?:ing)?)\b"
)
_WITH = re.compile(r"(?:\bwith|\bat|,|\bwhile|-|:) (?=[^;]{0,60}\d)")
_PEOPLE = _these(
    "customer user client account subscriber member lead mql sql signup sign-up download visitor order deal opportunity partner"
    " reseller referral review subscription booking patient student donor buyer shopper logo prospect reference follower employee manager staff leader"
)
# What is reached with these is a thing made, unless a measure of the world follows.
_HANDS_OVER = frozenset(("deliver", "add", "make", "move", "source", "enroll", "enrol"))
# What is fetched with these, without a measure, is a thing.
_FETCHES = frozenset(
    ("get", "obtain", "secure", "sign", "find", "close", "acquire", "bring", "bring in", "log", "solve")
)
_ENSURERS = frozenset(("ensure", "assure", "guarantee", "make sure"))


@dataclass(frozen=True, slots=True)
class Parts:
    """A sentence taken apart; words in lower case."""

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
    numbers: Numbers
    has_metric: bool
    has_activity: bool


def take_apart(sentence: str, words: WordLists) -> Parts:
    """A sentence's verb, its noun and its numbers."""
    text = _LABEL.sub("", " ".join(sentence[:LONGEST].replace("’", "'").split()))
    low, dated = without_dates(text.lower().replace("–", "-").replace("—", " - "))
    tokens = tuple(_TOKEN.findall(low))
    verb, rest = _first_verb(tokens, words)
    nouns = _nouns(rest)
    return Parts(
        text=text,
        low=low,
        tokens=tokens,
        verb=verb,
        rest=rest,
        head=_head(rest, words),
        numbers=numbers(low, dated=dated),
        has_metric=not words.metrics.isdisjoint(nouns),
        has_activity=not words.activities.isdisjoint(nouns),
    )


def _first_verb(tokens: tuple[str, ...], words: WordLists) -> tuple[Verb | None, tuple[str, ...]]:
    """The verb a sentence begins with, past "we will" and the like, or the first after "to" or "will"; what follows it."""
    start = 0
    while start < len(tokens) and (tokens[start] in _LEADS or _is_adverb(tokens[start])):
        start += 1
    found = _verb_at(tokens, start, words)
    if found[0] is None:
        found = _verb_of_somebody(tokens, words)
    verb, after = found
    if verb is not None and verb.base in _ENSURERS:
        return _what_is_ensured(verb, tokens, after, words)
    return verb, tokens[after:]


def _is_adverb(token: str) -> bool:
    return (
        len(token) > 4
        and token.endswith("ly")
        and token not in {"supply", "apply", "reply", "comply", "weekly", "monthly"}
    )


def _verb_at(tokens: Sequence[str], place: int, words: WordLists) -> tuple[Verb | None, int]:
    for length in (4, 3, 2, 1):
        if found := words.verbs.get(" ".join(tokens[place : place + length])):
            return found, place + length
    return None, 0


def _verb_of_somebody(tokens: Sequence[str], words: WordLists) -> tuple[Verb | None, int]:
    """The verb of "Founders to launch …" and "Every squad will ship …"."""
    for place, word in enumerate(tokens[:8]):
        if word in {"to", "will", "we", "must", "should"} and not any(
            singular(one) in words.metrics for one in tokens[:place]
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


def _nouns(tokens: Sequence[str]) -> list[str]:
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


def _head(rest: Sequence[str], words: WordLists) -> str | None:
    """The last word of what the verb is about: "webinars" of "the number of webinars from 4 to 8"."""
    phrase: list[str] = []
    for place, word in enumerate(rest):
        if word[0].isdigit() or word in {"%", "$", "€", "£"} or (word in _FILLERS and not phrase):
            if phrase:
                break
        elif word == "of" and phrase and phrase[-1] in _COUNTS_OF:
            phrase = []
        elif word in _STOPS or not word[0].isalpha() or (phrase and _ends_phrase(word, words)):
            if phrase or place > 3:
                break
        else:
            phrase.append(word)
    while phrase and (phrase[-1] in words.vague or _is_adverb(phrase[-1])):
        phrase.pop()
    if not phrase:
        return None
    last = singular(phrase[-1])
    pair = f"{phrase[-2]} {last}" if len(phrase) > 1 else last
    return pair if pair in words.activities or pair in words.metrics else last


def _ends_phrase(token: str, words: WordLists) -> bool:
    """An article, a participle ("features shipped"), or a verb with s ("accuracy rises")."""
    if token in _FILLERS or token in words.participles:
        return True
    base = singular(token)
    verb = words.verbs.get(base) if base != token and base not in words.metrics else None
    return verb is not None and verb.sort in {"outcome", "attain"} and verb.base == base


def judge(parts: Parts, words: WordLists) -> Verdict:
    """Whether a sentence says an outcome, an output or neither."""
    if parts.verb is None:
        return _without_verb(parts, words)
    return {"outcome": _moves, "attain": _attains, "vague": _wishes, "output": _works}[parts.verb.sort](parts, words)


def _is_activity(noun: str | None, words: WordLists) -> bool:
    return noun is not None and noun in words.activities and noun not in words.metrics


def is_disguised(parts: Parts, words: WordLists) -> bool:
    """A verb of more on a noun of work: more webinars are more work."""
    return (
        parts.verb is not None
        and parts.verb.sort == "outcome"
        and parts.verb.base not in _NOT_MORE
        and _is_activity(parts.head, words)
    )


def _moves(parts: Parts, words: WordLists) -> Verdict:
    if is_disguised(parts, words) and not (parts.numbers.shared and parts.has_metric):
        return "output" if parts.numbers.any or not parts.has_metric else "vague"
    return "outcome" if parts.numbers.any or parts.numbers.timed or _numeric_verb(parts) else "vague"


def _numeric_verb(parts: Parts) -> bool:
    return parts.verb is not None and parts.verb.base in {"double", "triple", "quadruple", "halve"}


def _attains(parts: Parts, words: WordLists) -> Verdict:
    found = parts.numbers
    if found.timed:
        return "outcome"
    if _is_activity(parts.head, words) and not (found.shared and parts.has_metric):
        return "output"
    if is_done(parts, words) and (not found.shared or (parts.has_activity and "completion of" in parts.low)):
        return "output"
    if parts.verb is not None and parts.verb.base in _HANDS_OVER and not parts.has_metric:
        return "vague" if not found.any and _praises(parts, words) else "output"
    if found.shared or found.ranged or found.timed:
        return "outcome"
    if found.any:
        if parts.has_activity and not parts.has_metric:
            return "output"
        return "outcome"
    if any(noun in {"award", "quadrant"} for noun in parts.rest):
        return "outcome"
    if parts.has_activity and not parts.has_metric:
        return "output"
    return (
        "output" if parts.verb is not None and parts.verb.base == "deliver" and not _praises(parts, words) else "vague"
    )


def _praises(parts: Parts, words: WordLists) -> bool:
    return parts.head in words.wishes or not words.vague.isdisjoint(parts.tokens)


def _wishes(parts: Parts, words: WordLists) -> Verdict:
    later = _later_verb(parts, words)
    if (later is not None and later.sort == "output") or _is_activity(parts.head, words):
        return "output"
    if parts.numbers.strong:
        return "outcome"
    return "vague"


def _later_verb(parts: Parts, words: WordLists) -> Verb | None:
    for found in _RESULT.finditer(" ".join(parts.rest)):
        if verb := _verb_with_s(found[1], words):
            return verb
    return None


def _verb_with_s(word: str, words: WordLists) -> Verb | None:
    return words.verbs.get(word) or words.verbs.get(word.removesuffix("s"))


def _works(parts: Parts, words: WordLists) -> Verdict:
    found = parts.numbers
    measured = found.ranged if parts.head in _PEOPLE else found.strong
    if measured and parts.head in words.metrics and parts.head not in words.activities:
        return "outcome"
    if _is_service_level(found):
        return "outcome"
    if not found.any and parts.head in words.wishes:
        return "vague"
    return "outcome" if _says_result(parts, words) else "output"


def _is_service_level(found: Numbers) -> bool:
    """So many percent within such a time."""
    return found.timed and any("%" in one or "percent" in one for one in found.found)


def _says_result(parts: Parts, words: WordLists) -> bool:
    """Work that names what it moves, and by how much: "… to cut returns from 8% to 5%"."""
    if not parts.numbers.strong:
        return False
    rest = " ".join(parts.rest)
    for found in _RESULT.finditer(rest):
        verb = _verb_with_s(found[1], words)
        tail = rest[found.end() :]
        if verb is None or not numbers(tail, dated=False).strong:
            continue
        if verb.sort == "outcome" or (verb.sort == "attain" and _names_metric(tail, words)):
            return True
    for found in _WITH.finditer(rest):
        tail = rest[found.end() :]
        if numbers(tail, dated=False).strong and _names_metric(tail, words):
            return True
    return False


def _names_metric(tail: str, words: WordLists) -> bool:
    return not words.metrics.isdisjoint(_nouns(_TOKEN.findall(tail)[:10]))


def is_done(parts: Parts, words: WordLists) -> bool:
    """A sentence that says that work is over: "New site live", "Handbook published"."""
    padded = f" {parts.low.rstrip('.!')} "
    if any(state in padded for state in words.done_states):
        return True
    return any(token in words.participles for token in parts.rest)


def _without_verb(parts: Parts, words: WordLists) -> Verdict:
    found = parts.numbers
    if is_done(parts, words) and not (found.timed or found.ranged or (found.shared and parts.has_metric)):
        return "output"
    if found.strong or (found.any and parts.has_metric):
        return "outcome"
    if found.any:
        return "output" if parts.has_activity or _is_command(parts, words) else "outcome"
    if _is_command(parts, words) or _is_activity(parts.head, words):
        return "vague" if _praises(parts, words) else "output"
    return "vague"


def _is_command(parts: Parts, words: WordLists) -> bool:
    """An unknown word before an article or a count is a verb: "Digitise the archive"."""
    if len(parts.tokens) < 3 or parts.tokens[0] in _FILLERS | {"not", "as"} or not parts.tokens[0].isalpha():
        return False
    if parts.tokens[1].isdigit():
        return words.metrics.isdisjoint(_nouns(parts.tokens[:1]))
    return parts.tokens[1] in {"a", "an", "the", "our", "all", "new"}


def guards(parts: Parts) -> bool:
    """Whether the sentence says what must not get worse."""
    return _GUARD.search(parts.low) is not None
