"""The writing checks: whether a sentence is an outcome, an output or neither, and what it leaves open. They never block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.checks.counts import advice_on_control, advice_on_counts
from okrtui.checks.parts import take_apart
from okrtui.checks.reading import Verdict, judge
from okrtui.checks.rules import RULES, Question, example, questions
from okrtui.checks.words import WordLists, extended, in_use, installed, packaged
from okrtui.core.key_results import in_a_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.core.key_results import Counted

__all__ = [
    "RULES",
    "Question",
    "Reading",
    "Verdict",
    "WordLists",
    "advice_on_control",
    "advice_on_counts",
    "check",
    "check_key_result",
    "extended",
    "installed",
    "packaged",
]


_BASELINE_KNOWN = "baseline-known"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the checks make of one sentence."""

    verdict: Verdict
    questions: tuple[Question, ...]
    example: str | None
    """The same sentence turned towards an outcome, where its words allow one."""
    numbers: tuple[str, ...]
    """What was taken for a measure, in lower case."""
    verb: str | None
    """The verb that decided, in its plain form."""


def check(sentence: str, *, known: Iterable[str] = (), words: WordLists | None = None) -> Reading:
    """Read one sentence of English.

    Args:
        sentence: any text; its first 2,000 characters are read.
        known: the rules whose question is answered with "we know, because …"; they ask no more. The verdict stays.
        words: other lists than this installation's, which the board, forms, the command line and an import share.
    """
    lists = words or in_use()
    parts = take_apart(sentence, lists)
    verdict = judge(parts, lists)
    quiet = frozenset(known)
    return Reading(
        verdict=verdict,
        questions=tuple(one for one in questions(parts, verdict, lists) if one.rule not in quiet),
        example=example(parts, verdict, lists),
        numbers=parts.numbers.found,
        verb=parts.verb.base if parts.verb else None,
    )


def check_key_result(statement: str, numbers: Counted, *, known: Iterable[str] = ()) -> Reading:
    """Read a statement together with the numbers it has in fields of their own; whoever fills those in knows the baseline."""
    sentence = in_a_sentence(statement, numbers)
    return check(sentence, known=known if sentence == statement else (*known, _BASELINE_KNOWN))
