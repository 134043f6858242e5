"""The rows of the list of objectives: who has not answered, then the objectives by their state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets.option_list import Option

from okrtui.checks import advice_on_counts
from widgets.in_full import age
from widgets.marks import objective_row
from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from textual.content import Content

    from okrtui.service.answers import Answers, Unanswered
    from okrtui.service.cards import ObjectiveCard

MOST_UNANSWERED = 6
"""How many unanswered invitations stand in the list; the rest is counted."""

_STATES = (("draft", "Drafts"), ("published", "Published"), ("withdrawn", "Withdrawn"))


def unanswered_rows(waiting: Sequence[Unanswered], now: datetime) -> list[Option]:
    """Who has not answered, a line each; the id of an option is a ref and, after a space, a team's slug."""
    if not waiting:
        return []
    rows = [heading(f"Unanswered · {len(waiting)}")]
    rows += [Option(_waits(one, now), id=f"{one.ref} {one.team}") for one in waiting[:MOST_UNANSWERED]]
    if (more := len(waiting) - MOST_UNANSWERED) > 0:
        said = f"  and {more} more: t lists an objective's teams"
        rows.append(Option(words(said, "$foreground-muted"), disabled=True))
    return rows


def _waits(one: Unanswered, now: datetime) -> Content:
    waited = age(one.since, now)
    if one.state == "pushed_back":
        mark, said = ("! ", "bold $text-error"), f"  pushed back, {waited}"
    else:
        seen = "seen" if one.seen_by else "not seen yet"
        mark, said = ("· ", "bold $text-warning"), f"  {waited}, {seen}"
    return joined(mark, (one.ref, "bold"), " ", words(one.team_name), (said, mark[1].removeprefix("bold ")))


def objective_rows(
    cards: Iterable[ObjectiveCard], answers: Mapping[str, Answers], team: str, *, many: int
) -> list[Option]:
    """The objectives under a heading for each state, the withdrawn last; ``many`` of them ask a question about their number."""
    by_state: dict[str, list[ObjectiveCard]] = {}
    for card in cards:
        by_state.setdefault(card.state, []).append(card)
    rows: list[Option] = []
    for state, title in _STATES:
        if found := by_state.get(state):
            rows += [heading(title), *(Option(_row(card, answers.get(card.ref), team), id=card.ref) for card in found)]
    for advice in advice_on_counts(objectives=many):
        rows.append(Option(words(f"? {advice.text}", "$foreground-muted"), disabled=True))
    return rows


def heading(text: str) -> Option:
    """A line that is no choice."""
    return Option(words(text), disabled=True)


def _row(card: ObjectiveCard, answers: Answers | None, team: str) -> Content:
    if card.state == "withdrawn":
        return words(f"✕ {card.ref} {card.title}", "$foreground-muted")
    row = objective_row(card)
    return joined(row, "\n  ", _counts(answers)) if answers is not None and answers.teams != {team} else row


def _counts(answers: Answers) -> Content:
    """How many teams said what: "✓ 3 accepted  ! 1 pushed back  · 2 unanswered"."""
    counts = (
        (f"! {answers.pushed_back} pushed back", answers.pushed_back, "$text-error"),
        (f"· {answers.unanswered} unanswered", answers.unanswered, "$text-warning"),
        (f"✓ {answers.accepted} accepted", answers.accepted, "$text-success"),
        (f"– {answers.released} released", answers.released, "$foreground-muted"),
    )
    return joined(*((f"{text}  ", style) for text, count, style in counts if count))
