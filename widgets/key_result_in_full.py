"""A key result in full, as text to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from okrtui.core.model import spoken
from widgets.exchange import argued, checked, decided, dotted, spoken_numbers, suggested, versions
from widgets.in_full import muted, part, thread
from widgets.marks import STATE_GLYPHS, bar, confidence, marks, measured, number, pace, spark
from widgets.promises import promise_row, worked_on
from widgets.text import joined, plain, stacked, words
from widgets.went import went

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.show import CheckinLine, KeyResultPage


def key_result_in_full(page: KeyResultPage, width: int = 72) -> Content:
    """A key result with everything that was said of it, to be read in ``width`` cells."""
    card = page.card
    rows = [
        words(card.statement, "bold"),
        _state(page),
        *_open_question(page),
        *went(page),
        muted(f"under {card.objective} {page.objective_title}"),
        *([muted(f"straight line: {page.straight_line}")] if page.straight_line else []),
        Content(""),
        *_numbers(page),
        *part("Initiatives", _worked_on(page)),
        *part("Promised", [promise_row(one) for one in page.contributions]),
        *part("Suggested", suggested(page)),
        *part("Writing checks", checked(page)),
        *part("Still missing before it can be proposed", _missing(page)),
        *part("As it was agreed", _original(page)),
        *part("Would you argue for it in week nine?", argued(page, width)),
        *part("Guidance", _guidance(page.guidance)),
        *part("Last check-ins", [row for line in reversed(page.checkins[-3:]) for row in _checkin(line, card.unit)]),
        *part("Dots", dotted(page)),
        *part("Thread", thread(page.thread)),
        *part("Earlier suggestions", decided(page)),
        *part("Versions", versions(page)),
        *part("Way up", _links(page)),
    ]
    return stacked(*rows)


def _worked_on(page: KeyResultPage) -> list[Content]:
    """What should move it; of an agreed one, that nothing does."""
    if page.initiatives or page.card.state != "agreed":
        return worked_on(page.initiatives)
    return [words("None yet: somebody of the team writes one (7, then a).", "$text-warning")]


def _open_question(page: KeyResultPage) -> list[Content]:
    """The question it came back with, while nothing was said after it."""
    last = page.thread[-1] if page.thread else None
    if last is None or last.topic != "question":
        return []
    return [joined((f"? @{plain(last.author)} asked: ", "bold $text-warning"), words(last.body, lines=True))]


def _state(page: KeyResultPage) -> Content:
    card = page.card
    glyph = STATE_GLYPHS.get(card.state, "○")
    parts = [words(f"{glyph} {spoken(card.state)}", "italic")]
    parts.append(words(f"owner @{card.owner}") if card.owner else Content.styled("no owner", "$text-warning"))
    parts += [Content.styled(mark, "$text-warning") for mark in marks(card)]
    if page.imported_by and not page.adopted_by:
        parts.append(words(f"imported by @{page.imported_by}: adopt it (y)", "$text-warning"))
    elif page.imported_by:
        parts.append(words(f"imported by @{page.imported_by}, adopted by @{page.adopted_by}", "$foreground-muted"))
    if card.reason:
        parts.append(words(card.reason, "$foreground-muted"))
    return Content(" · ").join(parts)


def _numbers(page: KeyResultPage) -> list[Content]:
    card, fields = page.card, page.fields
    rows = [joined("kind  ", (card.kind or "not chosen yet", "bold"), "  ", words(measured(card)))]
    rows += [
        joined(f"{label}  ", words(fields[name], lines=True)) for name, label in _WORDED.items() if fields.get(name)
    ]
    steps = fields.get("steps")
    if isinstance(steps, list) and steps:
        rows.append(joined("steps  ", words(", ".join(f"{one['name']} ({number(one['weight'])})" for one in steps))))
    if card.state == "agreed":
        values = [value for _, value, _ in card.trend]
        parts = [
            bar(card.progress),
            confidence(card.confidence, fell=card.fell),
            Content(spark(values)),
            pace(card.pace),
        ]
        rows.append(Content("  ").join(parts))
    rows.append(_standing_of(page))
    return rows


def _standing_of(page: KeyResultPage) -> Content:
    card, shared = page.card, page.fields.get("shared_team")
    parts = [words(f"weight  {number(card.weight)}")]
    if card.control:
        parts.insert(0, words(f"control  {spoken(card.control)}{f' with {shared}' if shared else ''}"))
    return Content("   ").join(parts)


_WORDED = {"done_means": "done means", "measure": "measure", "baseline_due": "baseline known by"}


def _missing(page: KeyResultPage) -> list[Content]:
    if page.card.state not in {"idea", "draft", "parked"}:
        return []
    return [words(f"· {sentence}", "$text-warning") for sentence in page.missing.values()]


def _original(page: KeyResultPage) -> list[Content]:
    if page.card.amendment is None or page.original is None:
        return []
    return [words(page.original.statement), muted(spoken_numbers(page.original))]


def _links(page: KeyResultPage) -> list[Content]:
    rows = [words(f"{one['kind']} to {one['parent']}") for one in page.links]
    return rows + [
        words(f"asks to stand under {one['parent']} ({one['kind']}): waits for its leads' consent", "$text-warning")
        for one in page.asked_links
    ]


def _guidance(lines: Mapping[str, str]) -> list[Content]:
    scores = {"low": "0.3", "middle": "0.7", "high": "1.0"}
    return [joined((f"{scores[name]}  ", "bold"), words(text, lines=True)) for name, text in lines.items() if text]


def _checkin(line: CheckinLine, unit: str) -> list[Content]:
    late = " (late)" if line.late else ""
    value = f"{number(line.value)}{f' {unit}' if unit else ''}, " if line.value is not None else ""
    head = joined(
        (f"week {line.week}{late}  ", "bold"), words(f"{value}confidence {line.confidence}"), muted(f"  @{line.author}")
    )
    rows = [head]
    if line.steps:
        rows.append(words(f"  done: {', '.join(line.steps)}"))
    rows += [words(f"  {text}", lines=True) for text in (line.context,) if text]
    if line.blocker:
        rows.append(joined(("  blocked: ", "$text-error"), words(line.blocker, lines=True)))
    if line.next:
        rows.append(words(f"  next: {line.next}", lines=True))
    return rows
