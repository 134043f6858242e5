"""What was exchanged on a key result: suggestions, the checks' questions, dots, the defence and its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.checks import advice_on_control
from widgets.beside import beside
from widgets.cards import dots, verdict
from widgets.clash import said_as
from widgets.compare import compared
from widgets.in_full import muted, when
from widgets.marks import number
from widgets.text import joined, words

if TYPE_CHECKING:
    from textual.content import Content

    from okrtui.checks import Question
    from okrtui.service.show import KeyResultPage, TextVersion
    from okrtui.service.suggestions import SuggestionLine

FIELD_WORDS = {
    "title": "title",
    "why": "why",
    "statement": "statement",
    "unit": "unit",
    "baseline": "baseline",
    "target": "target",
    "low": "low end",
    "high": "high end",
    "done_means": "what done means",
    "measure": "measure",
    "weight": "weight",
}
"""The fields for which something may be suggested, in words."""


def suggested(page: KeyResultPage) -> list[Content]:
    """The open suggestions, each with the words that would go and come."""
    waiting = [one for one in page.suggestions if one.state == "open"]
    rows = [row for one in waiting for row in suggestion_rows(one)]
    return [*rows, muted("y takes one, n declines one.")] if rows else []


def suggestion_rows(one: SuggestionLine) -> list[Content]:
    """A suggestion: whose, for what, the words before and after, and why."""
    field = FIELD_WORDS.get(one.field, one.field)
    rows = [
        joined(
            ("⇄ ", "bold $text-warning"), (one.ref, "bold"), words(f" @{one.author} on the {field}, {when(one.at)}")
        ),
        joined("  ", compared(said_as(one.before), said_as(one.proposed))),
    ]
    if one.words:
        rows.append(words(f"  “{one.words}”", lines=True))
    if one.moved:
        rows.append(words("  it says something else since this was suggested", "$text-warning"))
    return rows


def decided(page: KeyResultPage) -> list[Content]:
    """The suggestions that were taken or declined, each in a line or two."""
    rows: list[Content] = []
    for one in page.suggestions:
        if one.state == "open":
            continue
        field = FIELD_WORDS.get(one.field, one.field)
        rows.append(words(f"{one.ref} by @{one.author} on the {field}: {one.state} by @{one.decided_by}"))
        rows.append(joined("  ", compared(said_as(one.before), said_as(one.proposed))))
        if one.reason:
            rows.append(muted(f"  “{one.reason}”"))
    return rows


def checked(page: KeyResultPage) -> list[Content]:
    """The verdict, the questions that are open with the rule behind each, an example, and what was quieted."""
    if page.card.state not in {"idea", "draft", "proposed", "agreed", "parked"}:
        return []
    control = advice_on_control(page.card.control, known=page.quieted)
    rows = [verdict(page.check), *asked((*page.check.questions, *control))]
    if page.check.example:
        rows.append(joined("  for example: ", words(page.check.example, "italic")))
    for rule, because in page.quieted.items():
        rows.append(joined(words("  We know, because "), words(because, lines=True), muted(f"  ({rule})")))
    if page.check.questions:
        rows.append(muted("W answers one: “We know, because …” quiets it and stays on record."))
    return rows


def asked(questions: tuple[Question, ...]) -> list[Content]:
    """Questions of the checks, each with its rule."""
    return [joined(("  ? ", "bold $text-warning"), words(one.text), muted(f"  ({one.rule})")) for one in questions]


def argued(page: KeyResultPage, width: int) -> list[Content]:
    """The answer given at drafting and, once it is due, the defence beside it."""
    then = str(page.fields.get("week_nine") or "")
    if page.defence is None and not page.defence_due:
        return [words(then, lines=True)] if then else []
    made = page.defence
    if made is None:
        title, said = "The defence is due", "Nobody answered yet: defend it (D)."
    else:
        title, said = f"The defence: {made.decision} (@{made.author}, {when(made.at)})", made.argument
    return beside(("At drafting", then or "nothing was said"), (title, said), width)


def dotted(page: KeyResultPage) -> list[Content]:
    """How many dots lie on it, and how many of them are one's own; whose the others are is nobody's to list."""
    return [joined((dots(page.card.dots, page.card.my_dots), "$accent"))] if page.card.dots else []


def versions(page: KeyResultPage) -> list[Content]:
    """Every text it had, the newest first, each compared with the one before."""
    rows: list[Content] = []
    for place in range(len(page.texts) - 1, 0, -1):
        rows += _version(page.texts[place], page.texts[place - 1])
    if rows:
        first = page.texts[0]
        rows += [_written(first), words(f"  {first.statement}"), *_told(first)]
    return rows


def _version(text: TextVersion, before: TextVersion) -> list[Content]:
    rows = [_written(text), joined("  ", compared(before.statement, text.statement))]
    was, now = spoken_numbers(before), spoken_numbers(text)
    if was != now:
        rows.append(joined("  ", compared(was, now)))
    if text.reason:
        rows.append(muted(f"  “{text.reason}”"))
    return rows


def _written(text: TextVersion) -> Content:
    return joined((f"{text.number}  ", "bold"), words(f"@{text.author} for the {text.side}, {when(text.at)}"))


def _told(text: TextVersion) -> list[Content]:
    told = spoken_numbers(text)
    return [muted(f"  {told}")] if told else []


def spoken_numbers(text: TextVersion) -> str:
    """The numbers of a text, in words."""
    told = [
        f"{name.replace('_', ' ')} {_figure(value)}"
        for name, value in text.numbers.items()
        if value not in (None, "", [])
    ]
    return ", ".join(told)


def _figure(value: object) -> str:
    if isinstance(value, list):  # steps, each a name and a weight
        return ", ".join(str(name) for name, _ in value)
    return number(value) if isinstance(value, int | float) else str(value)
