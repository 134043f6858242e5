"""What a search found, as lines with the match marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from okrtui.core.model import spoken
from widgets.in_full import muted
from widgets.text import joined, plain, stacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.service.search import Found, Span

MATCH = "bold $accent"
KINDS = {"key_result": "key result", "straight_line": "straight line", "checkin": "check-in"}
"""How a kind is said, where it is not as it is called."""


def found_options(found: Sequence[Found]) -> list[Option]:
    """Each with what it says and whose it is; the id is ``found-`` and its place."""
    return [Option(_lines(one), id=f"found-{place}") for place, one in enumerate(found)]


def _lines(one: Found) -> Content:
    whose = (
        KINDS.get(one.kind, one.kind),
        one.team,
        one.cycle,
        f"@{one.author}" if one.author else "",
        spoken(one.state),
    )
    rows = [
        joined((f"{one.ref}  ", "bold"), marked(one.title, one.title_marks)),
        *([joined("  ", marked(one.text, one.text_marks))] if one.text else []),
        muted("  " + " · ".join(filter(None, whose))),
    ]
    return stacked(*rows)


def marked(text: str, marks: Sequence[Span]) -> Content:
    """A person's words with what was found in them marked."""
    content = Content(plain(text))
    for start, end in marks:
        content = content.stylize(MATCH, start, end)
    return content
