"""What a text of a key result became: who typed its words first, and whether its target became easier.

Sources: design/1-method.md, "Signals" (share of final KR words first typed by the team side; targets eased, and when).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from okrtui.core.model import Kind, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

# Chinese and Japanese put no space between words: each of their characters counts as one.
_SPACELESS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_SPACELESS}]|[^\\W{_SPACELESS}]+")


@dataclass(frozen=True, slots=True)
class Easing:
    """An amendment that made a target easier; ``week`` is the cycle's, None outside it; targets as people read them."""

    ref: str
    week: int | None
    before: str
    after: str


def words_of(statement: str) -> list[str]:
    """Return the words of a statement, case aside: runs of letters, digits and underscores, whatever stands between."""
    return _WORD.findall(statement.casefold())


def own_words(texts: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """Return how many words of the last text the team's side typed first, and how many it has.

    ``texts`` are a key result's statements with the side each was typed by, the first first. Words are compared as
    multisets: the n-th "of" of the last text is the side's whose text was the first to hold "of" n times. Moving words
    about, or taking one out and putting it back, gives it to nobody else.
    """
    first: dict[tuple[str, int], str] = {}
    counts: Counter[str] = Counter()
    for statement, side in texts:
        counts = Counter(words_of(statement))
        for word, times in counts.items():
            for turn in range(times, 0, -1):
                if (word, turn) in first:
                    break
                first[word, turn] = side
    owned = sum(first[word, turn] == Side.TEAM for word, times in counts.items() for turn in range(1, times + 1))
    return owned, counts.total()


def easings(ref: str, texts: Iterable[tuple[Mapping[str, object], int | None]]) -> tuple[Easing, ...]:
    """Return the easings that stand, from the numbers of a key result's texts since it was agreed, the agreed ones first.

    Each comes with its week of the cycle. Numbers that were there before put that text back: what was amended between
    them stands no longer, and neither that nor the putting back counts.
    """
    chain: list[tuple[Mapping[str, object], int | None]] = []
    for numbers, week in texts:
        known = next((place for place, (earlier, _) in enumerate(chain) if earlier == numbers), None)
        chain = chain[: known + 1] if known is not None else [*chain, (numbers, week)]
    compared = ((week, eased(before, after)) for (before, _), (after, week) in pairwise(chain))
    return tuple(Easing(ref, week, *targets) for week, targets in compared if targets is not None)


def eased(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, str] | None:
    """Return the two targets, as people read them, where ``after`` is easier to reach than ``before``; else None.

    Both hold a key result's kind and numbers. Easier is: of an increase a lower target, of a decrease a higher one; of a
    maintain a band that holds all of the old one and more; of a milestone steps taken away and none added. Where kind or
    unit changed the two cannot be compared, and words are not judged: None.
    """
    if before.get("kind") != after.get("kind") or before.get("unit") != after.get("unit"):
        return None
    kind = str(after.get("kind"))
    if kind not in _EASIER or not _EASIER[kind](before, after):
        return None
    return _target(kind, before), _target(kind, after)


def _number(numbers: Mapping[str, object], name: str) -> float | None:
    value = numbers.get(name)
    return float(value) if isinstance(value, int | float) else None


def _lower(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    old, new = _number(before, "target"), _number(after, "target")
    return old is not None and new is not None and new < old


def _wider(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    old = _number(before, "low"), _number(before, "high")
    new = _number(after, "low"), _number(after, "high")
    if old[0] is None or old[1] is None or new[0] is None or new[1] is None:
        return False
    return new[0] <= old[0] and new[1] >= old[1] and new != old


def _steps(numbers: Mapping[str, object]) -> Sequence[str]:
    steps = numbers.get("steps")
    return [str(step[0]) for step in steps if isinstance(step, list) and step] if isinstance(steps, list) else []


_EASIER: Mapping[str, Callable[[Mapping[str, object], Mapping[str, object]], bool]] = {
    Kind.INCREASE: _lower,
    Kind.DECREASE: lambda before, after: _lower(after, before),
    Kind.MAINTAIN: _wider,
    Kind.MILESTONE: lambda before, after: set(_steps(after)) < set(_steps(before)),
}


def _target(kind: str, numbers: Mapping[str, object]) -> str:
    unit = f" {numbers['unit']}" if numbers.get("unit") else ""
    if kind == Kind.MILESTONE:
        count = len(_steps(numbers))
        return f"{count} step{'' if count == 1 else 's'}"
    if kind == Kind.MAINTAIN:
        return f"{_number(numbers, 'low'):.10g} to {_number(numbers, 'high'):.10g}{unit}"
    return f"{_number(numbers, 'target'):.10g}{unit}"
