"""What the weekly check-in shows of a key result: what was said before, what is asked, and what the team will read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from widgets.marks import bar, confidence, measured, number, pace, spark
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okrtui.service.weekly import Said, Sheet


def queue_row(sheet: Sheet) -> Content:
    """A key result in the queue: said, late or to be said."""
    glyph = ("✓ ", "$text-success") if sheet.now else ("! ", "$text-error") if sheet.overdue else ("○ ", "$accent")
    return joined(glyph, (sheet.card.ref, "bold"), " ", words(sheet.card.statement))


def about(sheet: Sheet) -> Content:
    """The key result, its numbers, and when it is due."""
    card = sheet.card
    when = "was due" if sheet.overdue else "due"
    first = joined((card.ref, "bold $accent"), " ", words(card.statement, "bold"))
    second = joined(words(measured(card)), "  ", bar(card.progress), "  ", pace(card.pace))
    week = f"week {sheet.week} of {sheet.weeks}, {when} {sheet.due} · for "
    return stacked(
        first, second, joined((week, "$foreground-muted"), words(sheet.objective_title, "$foreground-muted"))
    )


def before(sheet: Sheet) -> Content:
    """What was said the last time."""
    last = sheet.last
    if last is None:
        return Content.styled("Nothing was said before: this is its first check-in.", "$foreground-muted")
    numbers = (
        f"{number(last.value)} {sheet.card.unit}".strip()
        if not sheet.steps
        else f"{len(last.steps)} of {len(sheet.steps)} steps"
    )
    trend = spark([value for _, value, _ in sheet.card.trend], 13)
    head = joined(
        (f"Week {last.week} ", "bold"), words(numbers), "  ", confidence(last.confidence, fell=sheet.card.fell),
        "  ", (trend, "$foreground-muted"), "  ", words(f"@{last.author}", "$foreground-muted"),
    )  # fmt: skip
    rows = [head]
    rows += [words(last.context)] if last.context else []
    rows += [joined(("blocker ", "$text-error"), words(last.blocker))] if last.blocker else []
    rows += [joined(("next ", "$accent"), words(last.next))] if last.next else []
    if sheet.homework:
        rows.append(Content.styled("Three weeks the same value, confidence and words: homework?", "$text-warning"))
    return stacked(*rows)


def guidance(sheet: Sheet) -> Content:
    """What 0.3, 0.7 and 1.0 look like, where that was said."""
    told = [(mark, text) for mark, text in zip(("0.3", "0.7", "1.0"), sheet.guidance, strict=True) if text]
    return stacked(
        *[joined((f"{mark} ", "bold $foreground-muted"), words(text, "$foreground-muted")) for mark, text in told]
    )


def told(sheet: Sheet) -> Content:
    """Why it is not to be filled in, or that it was said already."""
    if sheet.refusal:
        return words(sheet.refusal, "$text-warning")
    if sheet.now is not None:
        return words(
            f"Said this week by @{sheet.now.author}: saving again revises it, and keeps the earlier words.",
            "$text-warning",
        )
    return Content("")


def as_read(sheet: Sheet, said: Said) -> Content:
    """A check-in as the team reads it."""
    numbers = (
        f"{number(said.value)} {sheet.card.unit}".strip()
        if not sheet.steps
        else f"{len(said.steps)} of {len(sheet.steps)} steps"
    )
    rows = [
        joined((sheet.card.ref, "bold $accent"), " ", words(sheet.card.statement, "bold")),
        joined(
            "  ",
            words(numbers),
            "  ",
            bar(sheet.card.progress),
            "  ",
            confidence(said.confidence, fell=sheet.card.fell),
        ),
    ]
    rows += [joined("  ", words(said.context))] if said.context else []
    rows += [joined(("  blocker ", "$text-error"), words(said.blocker))] if said.blocker else []
    rows += [joined(("  next ", "$accent"), words(said.next))] if said.next else []
    return stacked(*rows)


def the_week(sheets: Iterable[Sheet]) -> Content:
    """What was said this week, as the team will read it."""
    said = [as_read(sheet, sheet.now) for sheet in sheets if sheet.now is not None]
    rows = [Content.styled("This week, as your team reads it", "bold $accent"), Content("")]
    for one in said:
        rows += [one, Content("")]
    if not said:
        rows = [Content("Nothing is due: you own no agreed key result in a cycle that runs."), Content("")]
    return stacked(*rows, words("Enter or up and down open one again. 1 goes to the room.", "$foreground-muted"))
