"""The minutes of a workshop, to be read: people, sittings, notes by prompt, ideas, the remark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from okrtui.core.workshops import QUESTIONS, Prompt, length, meant_minutes
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okrtui.service.minutes import Idea, WorkshopPage


def minutes_in_full(page: WorkshopPage) -> Content:
    """All that was kept of a workshop."""
    return stacked(*_rows(page))


def _rows(page: WorkshopPage) -> Iterator[Content]:
    least, most = meant_minutes(is_first=page.clock.is_first)
    which = "first" if page.clock.is_first else "later"
    yield joined(
        (length(page.seconds), "bold"),
        (f"  a {which} one is meant to take {least} to {most} minutes", "$foreground-muted"),
    )
    for sitting in page.sittings:
        yield words(f"  {_when(sitting.starts)} to {_when(sitting.ends)}  {length(sitting.seconds)}")
    if page.asked:
        yield words(page.asked, "$text-warning")
    if page.remark:
        yield words(page.remark, lines=True)
    there = [
        joined(words(one.name), (f"  @{one.handle}{'' if one.seen else ', ticked'}", "$foreground-muted"))
        for one in page.people
    ]
    yield from _part("People", there, "Nobody was noted.")
    for prompt in Prompt:
        said = [
            joined((f"@{note.author} ", "bold"), words(note.body, lines=True))
            for note in page.notes
            if note.prompt == prompt
        ]
        yield from _part(QUESTIONS[prompt], said, "No notes.")
    yield from _part("Ideas written in it", [idea_row(one) for one in page.ideas if one.during], "None.")


def _part(title: str, rows: Sequence[Content], none: str) -> Iterator[Content]:
    yield Content("")
    yield Content.styled(title, "bold $accent")
    yield from rows or [Content.styled(none, "$foreground-muted")]


def _when(stamp: str | None) -> str:
    return stamp[:16].replace("T", " ") if stamp else "now"


def idea_row(idea: Idea) -> Content:
    """A key result of the workshop on one line: its dots, as glyphs and as a number."""
    dots = f"{'●' * min(idea.dots, 5)}{f' {idea.dots}' if idea.dots > 5 else ''} " if idea.dots else ""
    mine = f" (yours {idea.mine})" if idea.mine else ""
    state = f", {idea.state}" if idea.state != "idea" else ""
    return joined(
        (dots, "$accent"),
        (idea.ref, "bold"),
        " ",
        words(idea.statement),
        (f"  @{idea.author}{state}{mine}", "$foreground-muted"),
    )
