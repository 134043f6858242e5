"""Every text an objective has had, each compared by its words with the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from widgets.compare import compared
from widgets.in_full import heading, muted, when
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from okrtui.service.show import ObjectivePage, TextVersion


def earlier_texts(page: ObjectivePage) -> Content:
    """The newest first: who wrote each and when, who accepted it, and what went and came."""
    rows: list[Content] = []
    pairs = list(zip(page.texts, page.texts[1:], strict=False))
    for before, text in reversed(pairs):
        rows += [*_head(page, text), *changes(before, text), Content("")]
    first = page.texts[0]
    whole = [words(first.statement, "bold"), words(first.why, lines=True), muted(str(first.numbers["ambition"]))]
    return stacked(*rows, *_head(page, first), *(row for row in whole if row.plain))


def _head(page: ObjectivePage, text: TextVersion) -> list[Content]:
    now = " (as it reads now)" if text is page.texts[-1] else ""
    alone = next((f" ({one.text})" for one in page.stood_in if (one.person, one.at) == (text.author, text.at)), "")
    rows = [joined(heading(f"Text {text.number}{now}"), words(f"  @{text.author}{alone}, {when(text.at)}"))]
    accepted = [one.team_name for one in page.invitations if one.accepted_text == text.number]
    return [*rows, *([muted(f"accepted by {', '.join(accepted)}")] if accepted else [])]


def changes(before: TextVersion, text: TextVersion) -> list[Content]:
    """What is said differently, part by part; what stayed is left out."""
    parts = (
        ("title  ", before.statement, text.statement),
        ("why  ", before.why, text.why),
        ("ambition  ", str(before.numbers["ambition"]), str(text.numbers["ambition"])),
    )
    return [joined(muted(name), compared(old, new)) for name, old, new in parts if old != new]
