"""Initiatives and commitments as rows of a list, and one of them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.model import spoken
from widgets.in_full import muted, part, thread
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content

    from okrtui.service.commitments import CommitmentLine
    from okrtui.service.initiative_lines import InitiativeLine
    from okrtui.service.mine import OwnObjective
    from okrtui.service.show import ThreadLine

_GLYPHS = {
    "planned": ("○ ", "$foreground-muted"),
    "doing": ("◐ ", "$accent"),
    "done": ("✓ ", "$text-success"),
    "stopped": ("× ", "$foreground-muted"),
    "dropped": ("× ", "$foreground-muted"),
    "open": ("○ ", "$accent"),
    "let_go": ("× ", "$foreground-muted"),
}
PRIVATE = "read by its owner and the leads of their teams alone"


_SAID = {
    True: ("  ✓ said this week", "$text-success"),
    False: ("  – not said this week", "$text-warning"),
    None: ("", ""),
}


def way_row(way: str, *, said: bool | None = None) -> Content:
    """The way up of a thing in one line, below its row; of a key result, whether this week's check-in is ``said``."""
    return joined(_SAID[said], muted(f"  ↑ {way}"))


def initiative_row(one: InitiativeLine) -> Content:
    """An initiative in a line: where it is, its words, what it should move."""
    moves = f"  for {', '.join(ref for ref, _ in one.moves)}" if one.moves else "  moves nothing yet"
    style = "$foreground-muted" if one.moves else "$text-warning"
    return joined(_GLYPHS[one.status], (one.ref, "bold"), " ", words(one.title), words(moves, style))


def promise_row(one: CommitmentLine) -> Content:
    """A promise in a line: what became of it, its words; whose it is, unless it is the viewer's."""
    first = one.words.split("\n", 1)[0]
    to = f"  {one.kind} to {one.about}" if one.about else ""
    whose = words(f"@{one.person} ", "bold") if not one.mine else words("")
    return joined(_GLYPHS[one.state], (one.ref, "bold"), " ", whose, words(first), words(to, "$foreground-muted"))


def own_objective_row(one: OwnObjective) -> Content:
    """An individual OKR's objective in a line."""
    return joined("◎ ", (one.ref, "bold"), " ", words(one.title), words(f"  {spoken(one.state)}", "$foreground-muted"))


def initiative_in_full(one: InitiativeLine, ways: Iterable[Content] = (), said: Sequence[ThreadLine] = ()) -> Content:
    """An initiative, to be read, with its ``ways`` up and what was ``said`` of it."""
    owner = words(f"owner @{one.owner}") if one.owner else words("no owner", "$text-warning")
    moves = [joined((ref, "bold"), " ", words(said)) for ref, said in one.moves]
    nothing = [words("It moves nothing yet: say which key results it is for (e).", "$text-warning")]
    stretch = [words(f"@{handle}") for handle in one.stretched_by]
    return stacked(
        words(one.title, "bold"),
        joined(_GLYPHS[one.status], one.status, "  ", owner),
        muted(f"of {one.team_name}, {one.cycle}; written by @{one.author}"),
        *part("Should move", moves or nothing),
        *part("Line of sight", ways),
        *part("A stretch of", stretch),
        *part("Thread", thread(said)),
    )


def promise_in_full(one: CommitmentLine, ways: Iterable[Content] = (), said: Sequence[ThreadLine] = ()) -> Content:
    """A promise, to be read, with its ``ways`` up and what was ``said`` of it."""
    about = [joined((one.about, "bold"), " ", words(one.about_words))] if one.about else []
    return stacked(
        words(one.words, "bold", lines=True),
        joined(_GLYPHS[one.state], words(f"{one.kind}, {spoken(one.state)}"), muted(f"  @{one.person}, {one.cycle}")),
        *([muted(PRIVATE)] if one.kind == "development" else []),
        *part("To", about),
        *part("Line of sight", ways),
        *part("Thread", thread(said)),
    )


def worked_on(found: Iterable[InitiativeLine]) -> list[Content]:
    """The initiatives that should move a key result, a line each."""
    return [
        joined(
            _GLYPHS[one.status],
            (one.ref, "bold"),
            " ",
            words(one.title),
            muted(f"  {one.status}{f', @{one.owner}' if one.owner else ', no owner'}"),
        )
        for one in found
    ]
