"""A key result as a card of the board: its words, its numbers, and what is going on with it, never by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from widgets.marks import bar, confidence, marks, measured
from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.checks import Reading
    from okrtui.service.cards import KeyResultCard

VERDICTS = {
    "outcome": ("✓ outcome", "$text-success"),
    "output": ("□ output", "$text-warning"),
    "vague": ("~ vague", "$text-warning"),
}
"""What the writing checks make of a statement: glyph and word, and a style."""

_SAID = 120  # cells of a statement; the whole of it stands in full beside
_BAR = 6  # cells: with the confidence beside it in the narrowest column
_MOST_DOTS = 5


def card_rows(card: KeyResultCard, reading: Reading, here: Sequence[str]) -> Content:
    """A card in a few lines: ``reading`` is what the checks make of it, ``here`` names who is in it now."""
    rows = [
        joined((card.ref, "bold $accent"), " ", words(card.statement).truncate(_SAID, ellipsis=True)),
        _beside(words(measured(card)), words(card.objective, "$foreground-muted"), _owner(card)),
    ]
    if card.state == "agreed" and card.progress is not None:
        rows.append(_beside(bar(card.progress, _BAR), confidence(card.confidence, fell=card.fell)))
    rows.append(_beside(verdict(reading), *_going_on(card)))
    if here:
        verb = "is" if len(here) == 1 else "are"
        rows.append(words(f"▸ {' and '.join(here)} {verb} in it now", "bold $accent"))
    return Content("\n").join(rows)


def verdict(reading: Reading) -> Content:
    """The verdict, and how many questions are open: "~ vague 3?"."""
    said, style = VERDICTS[reading.verdict]
    asked = f" {len(reading.questions)}?" if reading.questions else ""
    return Content.styled(f"{said}{asked}", style)


def dots(count: int, mine: int) -> str:
    """Dots, and how many of them are one's own: "••• 1 mine"."""
    drawn = "•" * count if count <= _MOST_DOTS else f"•{count}"
    return f"{drawn} {mine} mine" if mine else drawn


def _beside(*parts: Content) -> Content:
    return Content("  ").join(part for part in parts if part)


def _owner(card: KeyResultCard) -> Content:
    return words(f"@{card.owner}") if card.owner else Content.styled("no owner", "$text-warning")


def _going_on(card: KeyResultCard) -> list[Content]:
    found = [Content.styled(mark, "$text-warning") for mark in marks(card)]
    if card.dots:
        found.append(Content.styled(dots(card.dots, card.my_dots), "$accent"))
    if card.suggestions:
        found.append(Content.styled(f"⇄ {card.suggestions} suggested", "$text-warning"))
    if card.imported_by:
        found.append(words(f"imported by @{card.imported_by}", "$text-warning"))
    if card.state == "not_agreed":
        found.append(Content.styled("not agreed", "italic"))
    return found
