"""The writing checks: whether a sentence is an outcome, an output or neither, and what it leaves open. They never block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.checks.counts import advice_on_control, advice_on_counts
from okrtui.checks.reading import Verdict, judge, take_apart
from okrtui.checks.rules import RULES, Question, example, questions
from okrtui.checks.words import WordLists, extended, packaged

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "RULES",
    "Question",
    "Reading",
    "Verdict",
    "WordLists",
    "advice_on_control",
    "advice_on_counts",
    "check",
    "extended",
    "packaged",
]


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
        words: lists with a person's own words (`extended`); else the packaged ones.
    """
    lists = words or packaged()
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
