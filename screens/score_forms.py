"""The forms of scoring: one side's score, an agreed score, none, and what becomes of a key result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid
from okrtui.core.inputs import CloseEntry
from okrtui.core.model import CloseDecision, ScoreSide
from okrtui.core.scores import needs_reason, tenths
from okrtui.service import closing, scores
from screens.dialogs.checks import check_of
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.scoreboard import ScoreLine
    from okrtui.service.scoring import ScoringPage
    from okrtui.service.session import Session
    from screens.page import Page

_VALUE = Field("value", "Score", hint="0.0 to 1.0: a digit for its tenths (4 is 0.4), + for 1.0")
_NAMES = {ScoreSide.SELF: "self", ScoreSide.MANAGER: "manager"}
_DECISIONS = (
    (CloseDecision.KEEP, "keep: goes on as it is"),
    (CloseDecision.CHANGE, "change: goes on, changed"),
    (CloseDecision.DROP, "drop: ends here"),
    (CloseDecision.DEFER, "defer: goes on later"),
    (CloseDecision.DONE, "done: reached, and over"),
)


def read_score(text: str) -> float:
    """A score as people type it: 0.4, ,4 or 4 for four tenths, + or 1.0 for all.

    Raises:
        Invalid: it is none, or a lone 1, which could be either end.
    """
    typed = text.strip().replace(",", ".")
    if typed == "+":
        return 1.0
    if typed == "1":
        raise _wrong("A lone 1 could be 0.1 or 1.0: type .1, or + for 1.0.")
    if len(typed) == 1 and typed in "023456789":
        return int(typed) / 10
    try:
        return tenths(float(typed)) / 10
    except (ValueError, Invalid) as error:
        raise _wrong("A score is a tenth from 0.0 to 1.0: type a digit for its tenths, or + for 1.0.") from error


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, {"value": sentence})


def _check(values: Mapping[str, object]) -> Mapping[str, str]:
    try:
        read_score(str(values["value"]))
    except Invalid as error:
        return error.fields
    return {}


def _guidance(page: ScoringPage) -> str:
    said = {"low": "0.3", "middle": "0.7", "high": "1.0"}
    return "\n".join(f"{said[name]}  {text}" for name, text in page.guidance.items() if text)


def _progress(line: ScoreLine) -> str:
    return "no data" if line.computed is None else f"{line.computed:.0%}"


async def write(page: Page, found: ScoringPage, side: ScoreSide, *, mark_in: bool) -> bool:
    """Ask for a side's score; whether it was saved. With ``mark_in`` it is in at once, else a draft."""
    line = found.line
    written = line.self_score if side is ScoreSide.SELF else line.manager
    first: dict[str, object] = {
        "value": "" if written.value is None else f"{written.value:.1f}",
        "reasoning": written.reasoning or "",
    }
    fields = [_VALUE, Field("reasoning", "Why", "note", hint="the other side reads it once both are opened")]
    intro = "\n".join(filter(None, (line.statement, f"progress {_progress(line)}", _guidance(found))))
    opened = line.opened

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"The {_NAMES[side]} score of {line.ref}"
        label = "Save" if opened else "Save, in" if mark_in else "Save a draft"
        return FormDialog(title, fields, values or first, errors, check=_check, intro=intro, save_label=label)

    def save(session: Session, values: dict[str, object]) -> bool:
        value = read_score(str(values["value"]))
        scores.write(session, line.ref, side, value, str(values["reasoning"]), is_in=mark_in or opened)
        return True

    done = f"Saved {line.ref}: it is in, and sealed." if mark_in else f"A draft of {line.ref}: mark it in (i)."
    return bool(await page.ask(form, save, f"Changed {line.ref}." if opened else done))


async def propose(page: Page, found: ScoringPage) -> None:
    """Ask for the agreed score and its reason, and propose it, or counter the one that is proposed."""
    line, last = found.line, found.line.agreed
    counters = last is not None and last.state == "proposed"
    apart = line.gap is not None and needs_reason(line.gap)
    why = "needed: the two lie 0.2 or more apart" if apart else "if it wants one"
    fields = [_VALUE, Field("reason", "Why this one", "note", hint=why)]
    figures = [
        f"{name} {side.value:.1f}"
        for name, side in (("self", line.self_score), ("manager", line.manager))
        if side.value is not None
    ]
    proposed = (
        "" if last is None or last.value is None else f"@{last.proposed_by} proposed {last.value:.1f}. {last.reason}"
    )
    intro = "\n".join(filter(None, (line.statement, ", ".join(figures), proposed)))

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"{'Counter' if counters else 'Propose'} the agreed score of {line.ref}"
        return FormDialog(title, fields, values, errors, check=_check, intro=intro, save_label="Propose")

    def save(session: Session, values: dict[str, object]) -> bool:
        return scores.calibrate(session, line.ref, read_score(str(values["value"])), str(values["reason"]))

    def done(settled: bool) -> str:  # noqa: FBT001  # the result of saving
        return (
            f"{line.ref} is settled." if settled else f"Proposed for {line.ref}: the other side confirms or counters."
        )

    await page.ask(form, save, done)


async def leave_unscored(page: Page, found: ScoringPage) -> None:
    """Ask why there is no score, and leave it at that."""
    ref = found.line.ref
    fields = [Field("reason", "Why there is none", "note", hint="it stands in place of the agreed score")]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"No score for {ref}", fields, values, errors, intro=found.line.statement)

    await page.ask(
        form,
        lambda session, values: scores.leave_unscored(session, ref, str(values["reason"])),
        f"{ref} is left without a score.",
    )


async def decide(page: Page, found: ScoringPage) -> None:
    """Ask what becomes of it when the cycle closes."""
    ref = found.line.ref
    first: dict[str, object] = {"decision": found.line.decision or CloseDecision.KEEP, "words": found.decision_words}
    fields = [
        Field("decision", "What becomes of it", "choice", choices=_DECISIONS),
        Field("words", "In a few words", "note", hint="a change says what changes"),
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"When the cycle closes: {ref}"
        return FormDialog(
            title, fields, values or first, errors, check=check_of(CloseEntry), intro=found.line.statement
        )

    await page.ask(
        form,
        lambda session, values: closing.decide(session, ref, str(values["decision"]), str(values["words"])),
        f"Decided on {ref}.",
    )
