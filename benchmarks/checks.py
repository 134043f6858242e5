"""How fast the writing checks read, and how far they agree with sentences that somebody labelled.

    python -m benchmarks.checks [--labelled FILE [--held-out TEXT ...]]

FILE has tab-separated columns with a first line of names: label (outcome, output or vague), text, source, and, where it
is there, basis (who gave the label). A source that contains one of the TEXTs counts as held out: nothing was tuned on it.

Prints JSON: the seconds for 10,000 sentences and their ratio to one pass of lower case and one regular expression; then
for all, for the tuned and for the held-out sentences the agreement with its 95% Wilson interval, the macro-F1 and the
confusion table (label, then verdict), the confusion table by source, and the agreement by basis.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from okrtui.checks import check, packaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

COUNT = 10_000
ROUNDS = 5
VERDICTS = ("outcome", "output", "vague")
VERBS = ("Launch", "Reduce", "Improve", "Reach", "Hire", "Roll out", "Increase", "Be", "Publish", "Ensure that we keep")
THINGS = (
    "the partner portal",
    "waiting on the night line",
    "three guides",
    "customer satisfaction",
    "churn in the north",
)
ENDS = ("", " from 26 to 8 hours", " by 30%", " by the end of Q3 2027", " while refunds stay below 2%")
WORD = re.compile(r"\w+")

Pair = tuple[str, str]  # label, verdict


def sentences() -> list[str]:
    """10,000 made-up sentences, no two alike."""
    made = [f"{verb} {thing}{end}" for verb in VERBS for thing in THINGS for end in ENDS]
    return [f"{made[number % len(made)]} in region {number}" for number in range(COUNT)]


def seconds(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """The processor's seconds over all texts, the best of some rounds: what the machine does besides only ever adds."""
    best = math.inf
    for _ in range(ROUNDS):
        began = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - began)
    return best


def speed() -> dict[str, float]:
    """How long the checks take beside the least that reads every word."""
    texts = sentences()
    packaged()
    ours = seconds(check, texts)
    least = seconds(lambda text: WORD.findall(text.lower()), texts)
    return {"sentences": COUNT, "seconds": round(ours, 3), "one pass": round(least, 4), "ratio": round(ours / least, 1)}


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95%."""
    z = 1.959964
    share = right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return round(middle - half, 3), round(middle + half, 3)


def f1(pairs: Counter[Pair], verdict: str) -> float:
    """The F1 of one verdict."""
    both = pairs[verdict, verdict]
    labelled = sum(count for (label, _), count in pairs.items() if label == verdict)
    given = sum(count for (_, said), count in pairs.items() if said == verdict)
    return 2 * both / (labelled + given) if labelled + given else 0.0


def confusion(pairs: Counter[Pair]) -> dict[str, dict[str, int]]:
    """How often each label got each verdict."""
    return {label: {verdict: pairs[label, verdict] for verdict in VERDICTS} for label in VERDICTS}


def agreement(pairs: Counter[Pair]) -> dict[str, object]:
    """The figures of some sentences."""
    of = pairs.total()
    right = sum(pairs[one, one] for one in VERDICTS)
    return {
        "sentences": of,
        "agreement": round(right / of, 3) if of else None,
        "interval": interval(right, of) if of else None,
        "macro-F1": round(sum(f1(pairs, one) for one in VERDICTS) / len(VERDICTS), 3),
        "confusion": confusion(pairs),
    }


def counted(rows: Iterable[dict[str, str]]) -> Counter[Pair]:
    """How often each label and verdict met."""
    return Counter((row["label"], check(row["text"]).verdict) for row in rows)


def left_out(by_source: dict[str, list[dict[str, str]]]) -> Counter[Pair]:
    """Each source read without the verbs that begin its sentences and no other source's: what the rules do without them.

    Stricter than what awaits a new source, most of whose verbs the lists know.
    """
    lists = packaged()
    verbs = {source: {check(row["text"]).verb for row in rows} for source, rows in by_source.items()}
    pairs: Counter[Pair] = Counter()
    for source, rows in by_source.items():
        others = set().union(*(found for name, found in verbs.items() if name != source))
        own = verbs[source] - others
        known = {form: verb for form, verb in lists.verbs.items() if verb.base not in own}
        words = replace(lists, verbs=known)
        pairs.update((row["label"], check(row["text"], words=words).verdict) for row in rows)
    return pairs


def labelled(path: Path, held_out: Sequence[str]) -> dict[str, object]:
    """All figures of a file."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    held = [any(text in row["source"] for text in held_out) for row in rows]
    by_source: dict[str, list[dict[str, str]]] = {}
    by_basis: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_source.setdefault(row["source"], []).append(row)
        by_basis.setdefault(row.get("basis") or "not said", []).append(row)
    return {
        "all": agreement(counted(rows)),
        "tuned": agreement(counted(row for row, is_held in zip(rows, held, strict=True) if not is_held)),
        "held out": agreement(counted(row for row, is_held in zip(rows, held, strict=True) if is_held)),
        "without each source's own verbs": agreement(left_out(by_source)),
        "by basis": {basis: agreement(counted(some)) for basis, some in by_basis.items()},
        "by source": {source: confusion(counted(some)) for source, some in by_source.items()},
    }


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measure the writing checks.")
    parser.add_argument("--labelled", type=Path, metavar="FILE", help="labelled sentences, separated by tabs")
    parser.add_argument("--held-out", action="append", default=[], metavar="TEXT", help="in a source that was held out")
    options = parser.parse_args()
    found: dict[str, object] = {"speed": speed()}
    if options.labelled:
        found["agreement"] = labelled(options.labelled, options.held_out)
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
