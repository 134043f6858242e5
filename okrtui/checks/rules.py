"""The questions the checks ask, and the example they offer. None blocks anybody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from okrtui.checks.numbers import without_dates
from okrtui.checks.reading import guards, is_disguised, is_done
from okrtui.checks.words import singular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from okrtui.checks.parts import Parts
    from okrtui.checks.reading import Verdict
    from okrtui.checks.words import Verb, WordLists

RULES = (
    "output",
    "done-state",
    "activity",
    "number",
    "date",
    "vague-words",
    "baseline",
    "baseline-known",
    "counter-measure",
)
"""Every rule, in the order in which questions are asked."""

_LONG = 8  # words; what is longer reads badly inside a question
_PURPOSE = re.compile(r" (?:to|by|with|so|via|across|that|which|in order) |, ", re.IGNORECASE)
# What both look behind for keeps a long row of signs from being tried anew from each of them.
_TAIL = re.compile(r"(?<![\s,;:.!-])[\s,;:.!-]+$")
_TAIL_DATE = re.compile(
    r"(?<![\s,;(])[\s,;(]+(?:by|before|until|in|during|on|due|for|within|this|next|at)\b[^()]*\)?$", re.IGNORECASE
)
_NO_THING = re.compile(r"^(?:on|to|in|for|with|at|about|from|across|of|out|up|and|between) ", re.IGNORECASE)
_PLURAL = re.compile(
    r"^(?:\d|two|three|four|five|six|seven|eight|nine|ten|all|several|many|\w+[^s\W]s\b$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question to whoever writes, and the rule that asks it."""

    rule: str
    text: str


def questions(parts: Parts, verdict: Verdict, words: WordLists) -> Iterator[Question]:
    """What a sentence leaves open, in the order of `RULES`."""
    for rule, ask in zip(RULES, _ASKING, strict=True):
        if text := ask(parts, verdict, words):
            yield Question(rule, text)


@lru_cache(maxsize=1)
def thing(parts: Parts) -> str | None:
    """What follows the verb, as written and without a date behind it; None where it is too long to be quoted."""
    if not parts.rest:
        return None
    wanted = len(parts.verb.base.split()) if parts.verb else 0
    written = parts.text.split(" ")
    start = next((place for place, word in enumerate(written) if _is_form(word, parts)), -1) if wanted else -wanted
    if start < 0:
        return None
    said = " ".join(written[start + wanted :])
    said = _TAIL.sub("", _without_trailing_date(_PURPOSE.split(said, maxsplit=1)[0]))
    return said if 0 < len(said.split()) <= _LONG and not _NO_THING.match(f"{said} ") else None


def _is_form(word: str, parts: Parts) -> bool:
    return parts.verb is not None and word.lower().strip(",:;")[:3] == parts.verb.base[:3]


def _without_trailing_date(said: str) -> str:
    found = _TAIL_DATE.search(said)
    if found and not without_dates(found[0].lower().strip(" ,;()"))[0].strip():
        return said[: found.start()]
    return said


def _output(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:
    if verdict != "output" or is_disguised(parts, words):
        return None
    it = thing(parts)
    if parts.verb is None or parts.verb.sort != "output" or it is None or " " in parts.verb.participle:
        return None if is_done(parts, words) else "What changes, and for whom, once this is done?"
    return f"What changes for users because {_lower_article(it)} {_were(it, parts.verb)}{parts.verb.participle}?"


def _were(it: str, verb: Verb) -> str:
    if verb.base in {"launch", "ship"}:
        return ""
    return "are " if _PLURAL.match(it) else "is "


def _lower_article(it: str) -> str:
    first, space, rest = it.partition(" ")
    return f"{first.lower() if first.lower() in {'a', 'an', 'the', 'our'} else first}{space}{rest}"


def _done_state(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:
    if verdict == "output" and (parts.verb is None or parts.verb.sort != "output") and is_done(parts, words):
        return "Done says that the work is over: what is different then, for whom, and by how much?"
    return None


def _activity(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:
    if verdict != "outcome" and is_disguised(parts, words):
        named = (parts.head or "").split()[-1]
        written = next((token for token in parts.rest if singular(token) == named), named)
        more = f"A larger {named}" if written == named and named in words.nouns["own"] else f"More {written}"
        return f"{more}: what would that move, and by how much?"
    return None


def _number(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:  # noqa: ARG001 - each rule is asked alike
    if verdict != "vague" or parts.numbers.any:
        return None
    return "How will you know: which number moves, from what to what?"


def _date(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:  # noqa: ARG001 - as above
    if parts.numbers.dated and not parts.numbers.any:
        return "A date says when, not what: which number will be different by then?"
    return None


def _vague_words(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:
    if verdict != "vague":
        return None
    found = next((token for token in parts.tokens if token in words.vague), None)
    return f'What would a stranger see that says "{found}"?' if found else None


def _holds(parts: Parts, words: WordLists) -> bool:
    """A number that is to stay where it is."""
    return parts.verb_is(words.marks["hold"])


def _baseline(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:
    found = parts.numbers
    if verdict != "outcome" or found.ranged or not found.any or _holds(parts, words):
        return None
    return f"From what? {found.found[0]} is where it should go: where is it today?"


def _baseline_known(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:  # noqa: ARG001 - as above
    found = parts.numbers
    if verdict != "outcome" or not found.ranged:
        return None
    where = found.baseline if found.baseline and any(one.isdigit() for one in found.baseline) else None
    return (
        f"Is {where} measured or a guess: who can show it today?"
        if where
        else "Is today's number known: who can show it?"
    )


def _counter_measure(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:
    if verdict != "outcome" or guards(parts) or _holds(parts, words):
        return None
    return "What must not get worse while this moves?"


_ASKING: tuple[Callable[[Parts, Verdict, WordLists], str | None], ...] = (
    _output,
    _done_state,
    _activity,
    _number,
    _date,
    _vague_words,
    _baseline,
    _baseline_known,
    _counter_measure,
)


def example(parts: Parts, verdict: Verdict, words: WordLists) -> str | None:
    """The sentence turned towards an outcome, where one can be built from its words."""
    it = thing(parts)
    if verdict == "outcome" or parts.verb is None or it is None:
        return None
    if parts.verb.sort == "output":
        pattern = words.examples.get(parts.verb.base)
        return pattern.replace("{it}", _lower_article(it)) if pattern else None
    if parts.verb.sort == "outcome" and verdict == "vague" and not parts.numbers.any:
        return f"{parts.verb.base.capitalize()} {_lower_article(it)} from __ to __"
    return None
