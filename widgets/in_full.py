"""An objective and a key result in full, as text to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from okrtui.core.model import PushbackReason, spoken
from okrtui.service.session import read_stamp
from widgets.marks import STATE_GLYPHS, bar, confidence, marks, measured, number, pace, spark
from widgets.text import joined, plain, stacked, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from okrtui.service.cards import InvitationCard, KeyResultCard, PushbackCard
    from okrtui.service.show import CheckinLine, KeyResultPage, ObjectivePage, TextVersion, ThreadLine

_ANSWERS = {
    "open": ("· unanswered", "$text-warning"),
    "accepted": ("✓ accepted", "$text-success"),
    "pushed_back": ("! pushed back", "$text-error"),
    "released": ("– released", "$foreground-muted"),
    "unanswered": ("– left unanswered", "$foreground-muted"),
}

_TOPICS = {"question": "asked", "proposal": "proposed", "agreement": "agreed", "comment": "wrote"}


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


# An objective


def objective_in_full(page: ObjectivePage, team: str, now: datetime) -> Content:
    """An objective as the people of ``team`` (its slug) look at it."""
    own = [one for one in page.invitations if one.team == team]
    others = [one for one in page.invitations if one.team != team]
    rows = [
        words(page.title, "bold"),
        _standing(page),
        *([words(page.reason, "$text-warning", lines=True)] if page.reason else []),
        *part("Why", [words(page.why, lines=True)] if page.why else []),
        *part("This team's answer", [row for one in own for row in _answer(one, now)]),
        *part("Other teams" if own else "Teams", [row for one in others for row in _answer(one, now)]),
        *part("Key results", [_key_result_line(card) for card in page.key_results]),
        *part("Thread", thread(page.thread)),
    ]
    if page.state == "published" and not page.invitations:
        rows += [Content(""), words("Put to no team yet: invite the teams it is for (i).", "$text-warning")]
    return stacked(*rows)


def _standing(page: ObjectivePage) -> Content:
    state = words(page.state, "italic" if page.state == "published" else "italic $text-warning")
    parts = [state, Content(page.ambition), words(f"set by @{page.author} for {page.team}", "$foreground-muted")]
    if len(page.texts) > 1:
        earlier = len(page.texts) - 1
        parts.append(Content(f"{earlier} earlier text{'s' if earlier > 1 else ''}"))
    parts += [words(f"{one['kind']} to {one['parent']}", "$foreground-muted") for one in page.parents]
    return Content(" · ").join(parts)


def _answer(card: InvitationCard, now: datetime) -> list[Content]:
    said, style = _ANSWERS.get(card.state, (card.state, ""))
    rows = [joined(words(card.team_name, "bold"), "  ", (said, style), _by(card, now))]
    if card.straight_line:
        rows.append(words(f"  “{card.straight_line}”", lines=True))
    if card.reworded and card.state == "accepted":
        rows.append(words("  reworded since it was accepted", "$text-warning"))
    if card.pushback is not None:
        rows += _pushback(card.pushback, now)
    seen = ", ".join(f"@{handle}" for handle in card.seen_by) if card.seen_by else "nobody yet"
    return [*rows, muted(f"  seen by {seen}")]


def _by(card: InvitationCard, now: datetime) -> Content:
    if card.state == "accepted" and card.accepted_by and card.accepted_at:
        return muted(f" by @{card.accepted_by}, {when(card.accepted_at)}")
    if card.state == "open":
        waited = age(card.asked_at, now)
        return muted(" since today" if waited == "today" else f" for {waited}")
    return Content("")


def _pushback(card: PushbackCard, now: datetime) -> list[Content]:
    style = "$text-error" if card.state == "open" else "$foreground-muted"
    aged = age(card.at, now)
    old = "today" if aged == "today" else f"{aged} ago"
    reason = spoken(PushbackReason(card.reason))
    rows = [joined((f"  round {card.round}: {reason}", style), muted(f"  @{card.author}, {old}"))]
    rows.append(words(f"  “{card.words}”", lines=True))
    if card.answer:
        told = f": {card.answer_words}" if card.answer_words else ""
        rows.append(words(f"  {card.answer} by @{card.answered_by}{told}", lines=True))
    elif card.state == "taken_back":
        rows.append(muted("  taken back"))
    return rows


def _key_result_line(card: KeyResultCard) -> Content:
    glyph = STATE_GLYPHS.get(card.state, "○")
    first = joined(f"{glyph} ", (card.ref, "bold"), " ", words(card.statement))
    if card.state != "agreed":
        return joined(first, muted(f"  {spoken(card.state)}"))
    return joined(first, "  ", bar(card.progress))


# A thread


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


# A key result


def key_result_in_full(page: KeyResultPage) -> Content:
    """A key result with everything that was said of it."""
    card = page.card
    rows = [
        words(card.statement, "bold"),
        _state(card),
        *_open_question(page),
        muted(f"under {card.objective} {page.objective_title}"),
        *([muted(f"straight line: {page.straight_line}")] if page.straight_line else []),
        Content(""),
        *_numbers(page),
        *part("Still missing before it can be proposed", _missing(page)),
        *part("As it was agreed", _original(page)),
        *part("Guidance", _guidance(page.guidance)),
        *part("Last check-ins", [row for line in reversed(page.checkins[-3:]) for row in _checkin(line, card.unit)]),
        *part("Thread", thread(page.thread)),
    ]
    return stacked(*rows)


def _open_question(page: KeyResultPage) -> list[Content]:
    """The question it came back with, while nothing was said after it."""
    last = page.thread[-1] if page.thread else None
    if last is None or last.topic != "question":
        return []
    return [joined((f"? @{plain(last.author)} asked: ", "bold $text-warning"), words(last.body, lines=True))]


def _state(card: KeyResultCard) -> Content:
    glyph = STATE_GLYPHS.get(card.state, "○")
    parts = [words(f"{glyph} {spoken(card.state)}", "italic")]
    parts.append(words(f"owner @{card.owner}") if card.owner else Content.styled("no owner", "$text-warning"))
    parts += [Content.styled(mark, "$text-warning") for mark in marks(card)]
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
    if card.control:
        shared = f" with {fields['shared_team']}" if fields.get("shared_team") else ""
        rows.append(words(f"control  {spoken(card.control)}{shared}"))
    rows.append(words(f"weight  {number(card.weight)}"))
    if fields.get("week_nine"):
        rows.append(joined(("in week nine  ", ""), words(fields["week_nine"], lines=True)))
    return rows


_WORDED = {"done_means": "done means", "measure": "measure", "baseline_due": "baseline known by"}


def _missing(page: KeyResultPage) -> list[Content]:
    if page.card.state not in {"idea", "draft", "parked"}:
        return []
    return [words(f"· {sentence}", "$text-warning") for sentence in page.missing.values()]


def _original(page: KeyResultPage) -> list[Content]:
    if page.card.amendment is None or page.original is None:
        return []
    return [words(page.original.statement), muted(_spoken_numbers(page.original))]


def _spoken_numbers(text: TextVersion) -> str:
    told = [
        f"{name.replace('_', ' ')} {_figure(value)}"
        for name, value in text.numbers.items()
        if value not in (None, "", [])
    ]
    return ", ".join(told)


def _figure(value: object) -> str:
    return number(value) if isinstance(value, int | float) else str(value)


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
