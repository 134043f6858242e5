"""How a sentence is judged: what speaks for an outcome, an output or neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from okrtui.checks.numbers import NUMERALS, Numbers, numbers
from okrtui.checks.parts import ENSURERS, FILLERS, TOKEN, Parts, is_adverb, nouns_of

if TYPE_CHECKING:
    from okrtui.checks.words import Verb, WordLists

Verdict = Literal["outcome", "output", "vague"]

_GUARD = re.compile(r"\b(?:while|without|keeping|maintaining|not at the cost|with no|but not|holding|whilst)\b")
_RESULT = re.compile(
    r"\b(?:to|which|that|and|by|resulting in|leading to|so that|thereby) (?:will |further |help )?([a-z]+(?:ing)?)\b"
)
_WITH = re.compile(r"(?:\bwith|\bat|,|\bwhile|\bso that|\bso|\buntil|-|:) (?=[^;]{0,60}\d)")
_TO_DO = re.compile(r"\d[^;]{0,80} to (?:\w+ly )?([a-z]+)\b")
_MOVED = re.compile(
    r"(?:%|percent) (?:more|fewer|less|higher|lower|faster)\b|\b(?:up|down) (?:(?:to|from|by) [$€£]?\d|[$€£]?\d[\d.,]{0,15} ?(?:%|pp\b|percent\b))"
)
# A share of the work is how well it is covered: "automation from 30% to 60%".
_TO_SHARE = re.compile(r"\bto (?:at least |over |above |more than )?\d[\d.,]{0,15} ?(?:%|percent)")
_PER = re.compile(r"\bper (?:\w+ )?([a-z]+)\b")
# What is reached with these is a thing made, unless a measure of the world follows.
_HANDS_OVER = frozenset(("deliver", "add", "move", "source", "enroll", "enrol"))
_AMOUNTS = frozenset(("more", "several", "many", "various", "some", "simple", "successful"))
_OFTEN = frozenset(
    ("daily", "weekly", "biweekly", "bi-weekly", "fortnightly", "monthly", "quarterly", "annual", "yearly", "regular")
)
_COPULAS = frozenset(("is", "are", "feel", "feels"))
_TURNS = frozenset(("make",))
_WIN = frozenset(("win",))
_WHO = frozenset(("who", "that", "which", "with"))
_FETCHES = frozenset(("deliver", "sign", "register", "obtain"))
_EVERY = frozenset(("every", "each", "all"))
_NO_COMMAND = FILLERS | {"not", "as", "no", "only", "less", "fewer", "above", "below"}
_OVER = tuple(f" {state} " for state in ("complete", "completed", "done", "finished", "operational", "ready"))
_NUMERIC = frozenset(("double", "triple", "quadruple", "halve"))


def judge(parts: Parts, words: WordLists) -> Verdict:
    """Whether a sentence says an outcome, an output or neither."""
    if _is_level(parts, words):
        return "outcome"
    if parts.verb is None:
        return _without_verb(parts, words)
    return {"outcome": _moves, "attain": _attains, "vague": _wishes, "output": _works}[parts.verb.sort](parts, words)


def _is_level(parts: Parts, words: WordLists) -> bool:
    """A share of the work that meets a standard, "98% on time", or how fast what comes in is dealt with."""
    found = parts.numbers
    if found.timed and (_has_share(found) or _is_flow(parts, words)):
        return True
    if _MOVED.search(parts.low) and not _is_work(parts, words):
        return True
    return _has_share(found) and ("without" in parts.tokens or _names_level(parts, words))


def _names_level(parts: Parts, words: WordLists) -> bool:
    padded = f" {parts.low.rstrip('.!')} "
    return any(level in padded for level in words.levels)


def _is_flow(parts: Parts, words: WordLists) -> bool:
    """What comes in again and again, so that "within two days" is a level and no deadline."""
    return parts.in_plural and (parts.is_about(words.nouns["flow"]) or parts.verb_is(words.marks["deal"]))


def _has_share(found: Numbers) -> bool:
    return any("%" in one or "percent" in one for one in found.found)


def is_disguised(parts: Parts, words: WordLists) -> bool:
    """A verb of more on a noun of work or of means: more webinars are more work, a larger budget is more means."""
    if parts.verb is None or parts.verb.sort != "outcome" or parts.verb.base in words.marks["less"]:
        return False
    if _is_work(parts, words):
        return _TO_SHARE.search(parts.low) is None
    return parts.numbers.any and _is_means(parts, words)


def _is_work(parts: Parts, words: WordLists) -> bool:
    activities = words.nouns["activity"]
    if parts.is_about(words.nouns["input"]) and parts.before_head in activities:
        return True
    return parts.head is not None and parts.head in activities and parts.head not in words.nouns["metric"]


def _is_means(parts: Parts, words: WordLists) -> bool:
    if not parts.is_about(words.nouns["own"]) or parts.behind_head.endswith("ing") or parts.behind_head in _WHO:
        return False
    per = _PER.search(parts.low)
    return per is None or per[1] not in words.nouns["demand"]


def _moves(parts: Parts, words: WordLists) -> Verdict:
    if is_disguised(parts, words) and not parts.counts_metric:
        return "output"
    return "outcome" if parts.numbers.any or parts.numbers.timed or parts.verb_is(_NUMERIC) else "vague"


def _attains(parts: Parts, words: WordLists) -> Verdict:
    found = parts.numbers
    if found.timed or _is_won(parts, words) or _moves_others(parts, words):
        return "outcome"
    if parts.verb_is(words.marks["hold"]) and found.strong:
        return "outcome"
    if not found.any and (decided := _attains_no_number(parts, words)):
        return decided
    if _hands_over_work(parts, words):
        return "output"
    if found.any:
        return "output" if not found.strong and _is_count_of_work(parts, words) else "outcome"
    return "output" if parts.verb_is(_FETCHES) or (parts.has_activity and not parts.has_metric) else "vague"


def _attains_no_number(parts: Parts, words: WordLists) -> Verdict | None:
    if _is_wish(parts, words) or _hopes_for_level(parts, words):
        return "vague"
    if parts.verb_is(words.marks["hold"]) and not _is_work(parts, words):
        return "vague"
    if parts.verb_is(ENSURERS) and _EVERY.isdisjoint(parts.rest) and not is_done(parts, words):
        return "vague"
    if parts.verb_is(words.marks["deal"]) and not _EVERY.isdisjoint(parts.rest):
        return "output"
    return "output" if parts.is_about(words.nouns["made"]) else None


def _hands_over_work(parts: Parts, words: WordLists) -> bool:
    """What is reached is a thing made or a piece of work, and no measure of the world."""
    found = parts.numbers
    if _is_work(parts, words) and not (found.shared and parts.has_metric):
        return True
    if is_done(parts, words) and (not found.shared or (parts.has_activity and "completion of" in parts.low)):
        return True
    return parts.verb_is(_HANDS_OVER) and not parts.has_metric


def _is_won(parts: Parts, words: WordLists) -> bool:
    return not words.nouns["won"].isdisjoint(parts.nouns) or (parts.verb_is(_WIN) and parts.numbers.any)


def _hopes_for_level(parts: Parts, words: WordLists) -> bool:
    """A standard without its share: "deliver projects on time"."""
    of_many = parts.in_plural or parts.head is None
    return of_many and _EVERY.isdisjoint(parts.rest) and _names_level(parts, words)


def _moves_others(parts: Parts, words: WordLists) -> bool:
    """Others who do something: "get 40% of users to invite a colleague"."""
    said = _TO_DO.search(" ".join(parts.rest))
    return said is not None and said[1] in words.verbs and parts.numbers.any


def _is_count_of_work(parts: Parts, words: WordLists) -> bool:
    if parts.verb_is(words.marks["deal"]) and parts.is_about(words.nouns["flow"]):
        return not parts.is_about(words.nouns["demand"])
    return parts.has_activity and not parts.has_metric


def _is_wish(parts: Parts, words: WordLists) -> bool:
    """What is made of it is a noun that everybody fills as they like, or is praised: "create trust", "a strong team"."""
    if _is_work(parts, words) or parts.is_about(words.nouns["made"]):
        return _is_praise(parts.rest[0], words) or (parts.rest[-1] in words.vague and parts.verb_is(_TURNS))
    return parts.verb_is(words.marks["make"]) and _praises(parts, words)


def _praises(parts: Parts, words: WordLists) -> bool:
    return parts.head in words.nouns["vague"] or not words.vague.isdisjoint(parts.tokens)


def _wishes(parts: Parts, words: WordLists) -> Verdict:
    if _is_won(parts, words):
        return "outcome"
    later = _later_verb(parts, words)
    if later is not None and later.sort == "output":
        return "output"
    praised = parts.verb is not None and not words.vague.isdisjoint(parts.verb.base.split())
    if _is_work(parts, words) and not praised and not parts.is_about(words.nouns["people"]):
        return "output"
    found = parts.numbers
    return "outcome" if found.strong or (found.any and parts.is_about(words.nouns["people"])) else "vague"


def _later_verb(parts: Parts, words: WordLists) -> Verb | None:
    for found in _RESULT.finditer(" ".join(parts.rest)):
        if verb := _verb_with_s(found[1], words):
            return verb
    return None


def _verb_with_s(word: str, words: WordLists) -> Verb | None:
    return words.verbs.get(word) or words.verbs.get(word.removesuffix("s"))


def _works(parts: Parts, words: WordLists) -> Verdict:
    found = parts.numbers
    if not found.any and (_is_wish(parts, words) or _hopes_for_level(parts, words) or _only_praises(parts, words)):
        return "vague"
    if parts.verb_is(words.marks["put"]) and not found.compared:
        return "vague" if _promises(parts, words) else "output"
    if _is_measured(parts, words) and parts.figure_follows:
        return "outcome"
    measured = found.ranged if parts.is_about(words.nouns["people"]) else found.strong
    if measured and parts.head in words.nouns["metric"] and not _is_work(parts, words):
        return "outcome"
    if found.any and parts.verb_is(words.marks["join"]) and parts.is_about(words.nouns["demand"]):
        return "outcome"
    return "outcome" if _says_result(parts, words) else "output"


def _promises(parts: Parts, words: WordLists) -> bool:
    """Something given to people that is no thing: "give customers peace of mind"."""
    return not parts.numbers.any and not parts.has_activity and parts.is_about(words.nouns["people"])


def _only_praises(parts: Parts, words: WordLists) -> bool:
    """Work of which nothing is said but how well: "launch successfully", "hire great people"."""
    if parts.head is None:
        return any(word in words.vague or is_adverb(word) for word in parts.rest)
    first = parts.rest[1] if parts.rest[0] == "the" else parts.rest[0]
    return _is_praise(first, words) and not _is_work(parts, words) and not parts.is_about(words.nouns["made"])


def _is_praise(word: str, words: WordLists) -> bool:
    return word in words.vague and word not in _AMOUNTS


def _says_result(parts: Parts, words: WordLists) -> bool:
    """Work that names what it moves, and by how much: "… to cut returns from 8% to 5%"."""
    if not parts.numbers.any:
        return False
    rest = " ".join(parts.rest)
    for found in _RESULT.finditer(rest):
        verb = _verb_with_s(found[1], words)
        tail = rest[found.end() :]
        measured = numbers(tail, dated=False)
        if verb is None or not measured.any:
            continue
        if verb.sort == "outcome" and measured.strong:
            return True
        if verb.sort == "attain" and _names_metric(tail, words):
            return True
    for found in _WITH.finditer(rest):
        tail = rest[found.end() :]
        if numbers(tail, dated=False).strong and _names_metric(tail, words):
            return True
    return False


def _names_metric(tail: str, words: WordLists) -> bool:
    return not words.nouns["metric"].isdisjoint(nouns_of(TOKEN.findall(tail)[:10]))


def is_done(parts: Parts, words: WordLists) -> bool:
    """A sentence that says that work is over: "New site live", "Handbook published"."""
    padded = f" {parts.low.rstrip('.!')} "
    if padded.endswith(_OVER) or any(state in padded for state in words.done_states):
        return True
    return any(token in words.participles for token in parts.rest)


def _without_verb(parts: Parts, words: WordLists) -> Verdict:
    found = parts.numbers
    if found.timed or found.ranged:
        return "outcome"
    if is_done(parts, words) and not (found.shared and _is_measured(parts, words)):
        return "output"
    if found.any:
        return _of_a_number(parts, words)
    if not _COPULAS.isdisjoint(parts.tokens):
        return "vague"
    if parts.is_about(words.nouns["made"]) or _is_command(parts, words) or _is_work(parts, words):
        return "vague" if _praises(parts, words) else "output"
    begins = parts.tokens[0] if parts.tokens else ""
    if begins in _EVERY and (last := words.verbs.get(parts.tokens[-1])) and last.sort in {"attain", "output"}:
        return "output"
    return "output" if parts.has_activity and begins in _EVERY | _OFTEN else "vague"


def _is_measured(parts: Parts, words: WordLists) -> bool:
    return parts.is_about(words.nouns["metric"]) and not parts.is_about(words.nouns["people"])


def _of_a_number(parts: Parts, words: WordLists) -> Verdict:
    if parts.numbers.strong and (parts.has_metric or not _is_command(parts, words)):
        return "outcome"
    if _is_work(parts, words) and not parts.numbers.strong:
        return "output"
    if _is_command(parts, words):
        return "outcome" if parts.is_about(words.nouns["demand"]) else "output"
    return "outcome" if parts.has_metric or not parts.has_activity else "output"


def _is_command(parts: Parts, words: WordLists) -> bool:
    """An unknown word before an article or a count is a verb: "Digitise the archive", "Plant 4,000 trees"."""
    if len(parts.tokens) < 3 or parts.tokens[0] in _NO_COMMAND | NUMERALS or not parts.tokens[0].isalpha():
        return False
    if not words.nouns["metric"].isdisjoint(nouns_of(parts.tokens[:1])):
        return False
    return parts.tokens[1][0].isdigit() or parts.tokens[1] in {"a", "an", "the", "our", "all", "new"}


def guards(parts: Parts) -> bool:
    """Whether the sentence says what must not get worse."""
    return _GUARD.search(parts.low) is not None
