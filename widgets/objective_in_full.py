"""An objective in full, as text to read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

from okrtui.checks import advice_on_counts
from okrtui.core.model import KeyResultState, PushbackReason, spoken
from widgets.exchange import suggestion_rows
from widgets.in_full import age, muted, part, thread, when
from widgets.marks import STATE_GLYPHS, bar
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from okrtui.service.cards import KeyResultCard
    from okrtui.service.invitation_cards import InvitationCard, PushbackCard
    from okrtui.service.show import ObjectivePage

ANSWERS = {
    "pushed_back": ("! pushed back", "$text-error"),
    "open": ("· unanswered", "$text-warning"),
    "unanswered": ("– left unanswered", "$foreground-muted"),
    "accepted": ("✓ accepted", "$text-success"),
    "released": ("– released", "$foreground-muted"),
}
"""What a team has said, by the state of its invitation: words with their glyph, and a style."""

_OVER = {KeyResultState.DROPPED, KeyResultState.NOT_AGREED, KeyResultState.PARKED}


def objective_in_full(page: ObjectivePage, team: str, now: datetime, asked: str = "") -> Content:
    """An objective as the people of ``team`` (its slug) look at it; ``asked`` is the team whose answer comes first."""
    first = [one for one in page.invitations if asked and one.team == asked]
    own = [one for one in page.invitations if one.team == team and one not in first]
    others = [one for one in page.invitations if one not in (*first, *own)]
    whose = "person" if any(one.is_to_person for one in page.invitations) else "team"
    rows = [
        words(page.title, "bold"),
        _standing(page),
        *_way_up(page),
        *([words(f"✕ withdrawn: {page.reason}", "$text-warning", lines=True)] if page.reason else []),
        *part("Asks to stand below", _asked_below(page)),
        *part("Suggested", _suggested(page)),
        *part(f"The answer of this {whose}", _answers(page, first, now)),
        *part("Why", [words(page.why, lines=True)] if page.why else []),
        *part(f"This {whose}'s answer", _answers(page, own, now)),
        *part(_counted("Other teams" if first or own else "Teams", others), _answers(page, others, now)),
        *part("Key results", _key_results(page)),
        *part("What was learnt", [words(page.learning, lines=True)] if page.learning else []),
        *part("Thread", thread(page.thread)),
    ]
    if page.state == "published" and not page.invitations:
        rows += [Content(""), words("Put to no team yet: invite the teams it is for (i).", "$text-warning")]
    return stacked(*rows)


def _standing(page: ObjectivePage) -> Content:
    state = words(page.state, "italic" if page.state == "published" else "italic $text-warning")
    alone = _as_whom(page, page.author, page.texts[0].at if page.texts else "")
    parts = [
        state,
        Content(page.ambition),
        muted(f"set by @{page.author}{alone} for {page.place.team_name}"),
        *([muted(f"published {when(page.published_at)[:5]}")] if page.published_at else []),
    ]
    if len(page.texts) > 1:
        earlier = len(page.texts) - 1
        parts.append(Content(f"{earlier} earlier text{'s' if earlier > 1 else ''} (H)"))
    return Content(" · ").join(parts)


def _way_up(page: ObjectivePage) -> list[Content]:
    """What it contributes to, what waits for consent, where it comes from and goes on."""
    rows = [muted(f"↑ {one['kind']} to {one['parent']}") for one in page.parents]
    rows += [
        words(f"↑ asks to contribute to {one['parent']}: waits for its leads' consent", "$text-warning")
        for one in page.asked_parents
    ]
    if not page.linked and not page.asked_parents and page.state != "withdrawn":
        rows.append(words("↑ no way up: it contributes to nothing above its team", "$text-warning"))
    if page.origin is not None:
        rows.append(muted(f"← goes on from {' of '.join(page.origin)}"))
    return rows + [muted(f"→ goes on as {ref} in {cycle}") for ref, cycle in page.goes_on]


def _asked_below(page: ObjectivePage) -> list[Content]:
    """The links to it and to its key results that wait for a consent."""
    rows = [
        words(f"↓ {one.child} {one.child_words}: {one.kind} to {one.parent}, asks @{one.author} ({one.child_team})")
        for one in page.asked_below
    ]
    return [*rows, muted("g consents to one, x declines one: for the leads of its team.")] if rows else []


def _as_whom(page: ObjectivePage, person: str | None, at: str | None) -> str:
    """What stands after a name: "(for @lea)" of a deputy's act at that time, "(alone)" where one side did both."""
    told = next((one.text for one in page.stood_in if (one.person, one.at) == (person, at)), "")
    return f" ({told})" if told else ""


def _suggested(page: ObjectivePage) -> list[Content]:
    """The open suggestions with the words that would go and come, then a line for each that was decided."""
    waiting = [one for one in page.suggestions if one.state == "open"]
    rows = [row for one in waiting for row in suggestion_rows(one)]
    rows += [muted("y takes one, n declines one: leadership's to decide.")] if waiting else []
    for one in page.suggestions:
        if one.state != "open":
            told = f": “{one.reason}”" if one.reason else ""
            rows.append(muted(f"{one.ref} by @{one.author} on the {one.field}: {one.state} by @{one.decided_by}{told}"))
    return rows


# The teams' answers


def _counted(title: str, cards: Sequence[InvitationCard]) -> str:
    """A title, and how many said what where there are several."""
    counts = Counter(card.state for card in cards)
    said = [f"{counts[state]} {spoken(state)}" for state in ANSWERS if counts[state]]
    return f"{title}: {', '.join(said)}".replace(" open", " unanswered") if len(cards) > 1 else title


def _answers(page: ObjectivePage, cards: Iterable[InvitationCard], now: datetime) -> list[Content]:
    return [row for card in cards for row in _answer(page, card, now)]


def _answer(page: ObjectivePage, card: InvitationCard, now: datetime) -> list[Content]:
    said, style = ANSWERS.get(card.state, (card.state, ""))
    rows = [joined(words(card.team_name, "bold"), "  ", (said, style), _by(page, card, now))]
    if card.need:
        rows.append(words(f"  {spoken(card.need)}: {card.need_words}", lines=True))
    if card.straight_line:
        rows.append(words(f"  “{card.straight_line}”", lines=True))
    if card.reworded and card.state == "accepted":
        rows.append(words("  reworded since it was accepted", "$text-warning"))
    if len(card.rounds) > 1:
        rows.append(muted(f"  pushed back {len(card.rounds)} times"))
    rows += [row for turn in reversed(card.rounds) for row in _round(page, turn, now)]
    rows += _advice(page, card)
    if card.state in {"open", "pushed_back"} or not card.straight_line:
        seen = ", ".join(f"@{handle}" for handle in card.seen_by) if card.seen_by else "nobody yet"
        rows.append(muted(f"  seen by {seen}"))
    return rows


def _by(page: ObjectivePage, card: InvitationCard, now: datetime) -> Content:
    if card.state == "accepted" and card.accepted_by and card.accepted_at:
        whom = _as_whom(page, card.accepted_by, card.accepted_at)
        return muted(f" by @{card.accepted_by}{whom}, {when(card.accepted_at)}")
    if card.state == "open":
        waited = age(card.asked_at, now)
        return muted(" since today" if waited == "today" else f" for {waited}")
    return Content("")


def _round(page: ObjectivePage, card: PushbackCard, now: datetime) -> list[Content]:
    style = "$text-error" if card.state == "open" else "$foreground-muted"
    reason = spoken(PushbackReason(card.reason))
    whom = _as_whom(page, card.author, card.at)
    rows = [joined((f"  round {card.round}: {reason}", style), muted(f"  @{card.author}{whom}, {_ago(card.at, now)}"))]
    rows.append(words(f"  “{card.words}”", lines=True))
    if card.answer:
        whom = _as_whom(page, card.answered_by, card.answered_at)
        into = f" into {', '.join(card.into)}" if card.into else ""
        told = f": {card.answer_words}" if card.answer_words else ""
        rows.append(words(f"  → {card.answer}{into} by @{card.answered_by}{whom}{told}", lines=True))
    elif card.state == "taken_back":
        rows.append(muted("  → taken back"))
    elif card.state == "unanswered":
        rows.append(muted("  → left unanswered when the cycle closed"))
    return rows


def _ago(at: str, now: datetime) -> str:
    aged = age(at, now)
    return aged if aged == "today" else f"{aged} ago"


def _advice(page: ObjectivePage, card: InvitationCard) -> list[Content]:
    """What the number of a team's key results asks; it is advice, and the pushback is offered with it."""
    count = sum(one.team == card.team and one.state not in _OVER for one in page.key_results)
    return [muted(f"  ? {one.text}") for one in advice_on_counts(key_results=count)]


# The key results


def _key_results(page: ObjectivePage) -> list[Content]:
    several = len({card.team for card in page.key_results}) > 1
    return [_key_result_line(card, named=several) for card in page.key_results]


def _key_result_line(card: KeyResultCard, *, named: bool) -> Content:
    glyph = STATE_GLYPHS.get(card.state, "○")
    first = joined(f"{glyph} ", (card.ref, "bold"), " ", words(card.statement))
    team = muted(f"  {card.team}") if named else Content("")
    if card.state != "agreed":
        return joined(first, team, muted(f"  {spoken(card.state)}"))
    return joined(first, team, "  ", bar(card.progress))
