"""What the writing checks say under a field while it is typed; they never stop anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.checks import advice_on_control, check_key_result
from okrtui.core.key_results import Numbers
from widgets.cards import verdict
from widgets.exchange import asked
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.content import Content

    from screens.dialogs.form import Advise

_LEAST_WORDS = 2  # with less there is nothing to be said of a statement yet
_QUESTIONS = 2  # of a statement, the first ones: the rest stand beside its card


def advice_on_typing(known: Iterable[str] = ()) -> Advise:
    """Advice on the statement and on the control of a key result; ``known`` are the rules that ask no more."""
    quiet = tuple(known)

    def advise(values: Mapping[str, object]) -> Mapping[str, Content]:
        advice = {}
        statement = str(values.get("statement") or "")
        if len(statement.split()) >= _LEAST_WORDS:
            advice["statement"] = _on_statement(statement, Numbers.typed(values), quiet)
        if values.get("control") and (questions := advice_on_control(str(values["control"]), known=quiet)):
            advice["control"] = stacked(*asked(questions))
        return advice

    return advise


def _on_statement(statement: str, numbers: Numbers, known: Iterable[str]) -> Content:
    reading = check_key_result(statement, numbers, known=known)
    rows = [verdict(reading), *asked(reading.questions[:_QUESTIONS])]
    if reading.example:
        rows.append(joined("  for example: ", words(reading.example, "italic")))
    return stacked(*rows)
