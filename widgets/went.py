"""A key result across cycles: where it comes from, what was decided of it, and where it went on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.model import CloseDecision
from widgets.in_full import muted
from widgets.marks import number
from widgets.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from okrtui.service.carried import Origin
    from okrtui.service.show import KeyResultPage

DECISIONS = {
    CloseDecision.KEEP: "kept for the next cycle",
    CloseDecision.CHANGE: "goes on, changed",
    CloseDecision.DROP: "ends here",
    CloseDecision.DEFER: "put off to a later cycle",
    CloseDecision.DONE: "done",
}
"""What becomes of a key result when its cycle closes, in words."""


def went(page: KeyResultPage) -> Iterator[Content]:
    """Where it comes from with how that one ended, and where it goes on."""
    if (one := page.origin) is not None:
        yield muted(f"← goes on from {one.ref} of {one.cycle}: {_ended(one)}")
        if one.decision is not None:
            yield words(f"  {_decided(one.decision, one.words)}", lines=True)
    if page.closing is not None:
        yield muted(f"{_decided(page.closing.decision, page.closing.words)}  @{page.closing.author}")
    for later in page.goes_on:
        yield muted(f"→ goes on as {later.ref} in {later.cycle}")


def _ended(one: Origin) -> str:
    value = f"{number(one.value)} {one.unit}".strip() if one.value is not None else "no data"
    progress = "" if one.progress is None else f", {one.progress:.0%}"
    score = "no agreed score" if one.score is None else f"agreed score {one.score:.1f}"
    return f"ended at {value}{progress}, {score}"


def _decided(decision: str, why: str) -> str:
    said = DECISIONS[CloseDecision(decision)]
    return f"{said}: {why}" if why else said
