"""What the texts of one thing in full share: headings, parts, times and the thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from okrtui.service.session import read_stamp
from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from okrtui.service.show import ThreadLine

_TOPICS = {
    "question": "asked",
    "answer": "answered",
    "proposal": "proposed",
    "agreement": "agreed",
    "comment": "wrote",
    "known": "answered a check",
    "defence": "defended it",
    "suggestion": "suggested",
    "taken": "took a suggestion",
    "declined": "declined a suggestion",
    "reason": "said why",
    "round": "said in the exchange",
}


def heading(text: str) -> Content:
    """The title of a part."""
    return Content.styled(text, "bold $accent")


def muted(text: str) -> Content:
    """A person's words, or ours, of less weight."""
    return words(text, "$foreground-muted", lines=True)


def age(at: str, now: datetime) -> str:
    """How long ago a time was, in whole days."""
    days = (now - read_stamp(at)).days
    return "today" if days < 1 else "1 day" if days == 1 else f"{days} days"


def when(at: str) -> str:
    """A time as it is written beside words: month, day, hour and minute."""
    return at[5:16].replace("T", " ")


def part(title: str, rows: Iterable[Content]) -> list[Content]:
    """A titled part with an empty line before it; nothing where it has no rows."""
    found = list(rows)
    return [Content(""), heading(title), *found] if found else []


def thread(lines: Sequence[ThreadLine]) -> list[Content]:
    """Words as they were said, the newest last; questions are marked, what was struck is dimmed."""
    return [row for line in lines for row in _said(line)]


def _said(line: ThreadLine) -> list[Content]:
    verb = _TOPICS.get(line.topic, line.topic)
    mark = ("? ", "bold $text-warning") if line.topic == "question" else ("  ", "")
    rows = [joined(mark, words(f"@{line.author}", "bold"), muted(f" {verb}, {when(line.at)}"))]
    if line.topic != "comment" and line.quoted:
        rows.append(muted(f"  on: {line.quoted}"))
    if line.body:
        style = "strike $foreground-muted" if line.struck else ""
        rows.append(words("\n".join(f"  {one}" for one in line.body.split("\n")), style, lines=True))
    return rows
