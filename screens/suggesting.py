"""Suggesting other words or numbers for an objective or a key result, and taking or declining them, from any page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.service import permissions, show, suggestions
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick
from screens.key_result_fields import as_typed
from screens.writing_advice import advice_on_typing
from widgets.clash import said_as
from widgets.exchange import FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.service.session import Session
    from okrtui.service.suggestions import SuggestionLine
    from screens.asking import Asking

_TAKES_SUGGESTIONS = re.compile(r"(O|KR)\d+")
_NOTES = {"why", "done_means", "measure"}
_OF_KIND = {
    "increase": ("unit", "baseline", "target"),
    "decrease": ("unit", "baseline", "target"),
    "maintain": ("unit", "low", "high"),
    "binary": ("done_means",),
    "establish": ("unit", "measure"),
}


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a suggestion begins from: the fields it may be for, as they stand."""

    title: str
    fields: Mapping[str, object]
    refusal: str


async def suggest(page: Asking, ref: str) -> None:
    """Ask for which field, for the words or the number that would be better, and why."""
    if not _TAKES_SUGGESTIONS.fullmatch(ref):
        page.say("Choose an objective or a key result first, then suggest.")
        return
    begun = await page.read(lambda session: _begin(session, ref, page.desk.where.team))
    if begun is None:
        return
    if begun.refusal:
        page.say(begun.refusal, severity="warning")
        return
    first = {**as_typed(begun.fields), "field": next(iter(begun.fields)), "words": ""}

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        fields = _fields(begun.fields)
        return FormDialog(
            f"Suggest for {ref}",
            fields,
            values or first,
            _beside(values, errors),
            intro=begun.title,
            save_label="Suggest",
        ).advising(advice_on_typing())

    def save(session: Session, values: dict[str, object]) -> str:
        field = str(values["field"])
        return suggestions.suggest(session, ref, field, str(values[field]), str(values["words"]))

    await page.ask(form, save, lambda made: f"{made} stands beside {ref}: its own side takes or declines it.")


def _begin(session: Session, ref: str, team: str) -> _Begun:
    if ref.startswith("KR"):
        found = show.key_result(session, ref)
        names = ("statement", *_OF_KIND.get(found.card.kind or "", ()), "weight")
        refusal = permissions.of_key_result(session, ref).get(Act.KR_SUGGEST, "")
        return _Begun(found.card.statement, {name: found.fields[name] for name in names}, refusal)
    objective = show.objective(session, ref)
    refusal = permissions.of_objective(session, ref, team).get(Act.OBJECTIVE_SUGGEST, "")
    return _Begun(objective.title, {"title": objective.title, "why": objective.why}, refusal)


def _fields(stands: Mapping[str, object]) -> list[Field]:
    """Which field, its words as they stand to be changed, and why."""
    which = Field("field", "For its", "choice", choices=[(name, FIELD_WORDS[name]) for name in stands])
    each = [
        Field(
            name,
            f"Better {FIELD_WORDS[name]}",
            "note" if name in _NOTES else "line",
            hint="change what stands there",
            only_for=lambda held, name=name: held.get("field") == name,  # type: ignore[misc]  # a lambda's default has no annotation
        )
        for name in stands
    ]
    return [which, *each, Field("words", "Why is it better?", "note", hint="@handle tells that person")]


def _beside(values: Mapping[str, object], errors: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with what is proposed, beside the field it is for."""
    field = str(values.get("field", ""))
    return {field if name == "proposed" else name: said for name, said in errors.items()}


async def take(page: Asking, lines: Sequence[SuggestionLine], *, needs_reason: bool) -> None:
    """Ask which one to take, and take it; with ``needs_reason`` what changes is agreed already, and a reason is kept."""
    one = await _chosen(page, lines, "Take which suggestion?")
    if one is None:
        return
    hint = "it is agreed: a change of it needs one" if needs_reason and not one.words else "if you wish"
    await _decide(page, one, "Take", Field("reason", "Reason", "note", hint=hint))


async def decline(page: Asking, lines: Sequence[SuggestionLine]) -> None:
    """Ask which one to decline, and decline it, with a reason for whoever suggested it."""
    one = await _chosen(page, lines, "Decline which suggestion?")
    if one is not None:
        await _decide(page, one, "Decline", Field("reason", "Reason", "note", hint="if you wish; its author is told"))


async def _chosen(page: Asking, lines: Sequence[SuggestionLine], title: str) -> SuggestionLine | None:
    waiting = [one for one in lines if one.state == "open"]
    if len(waiting) < 2:
        return waiting[0] if waiting else None
    choices = [
        (one.ref, f"{one.ref} @{one.author} · {FIELD_WORDS[one.field]}: {said_as(one.proposed)}") for one in waiting
    ]
    picked = await page.app.push_screen_wait(Pick(title, choices))
    return next((one for one in waiting if one.ref == picked), None)


async def _decide(page: Asking, one: SuggestionLine, verb: str, field: Field) -> None:
    takes = verb == "Take"
    intro = "\n".join(
        [
            f"@{one.author} on the {FIELD_WORDS[one.field]}:",
            f"before: {said_as(one.before)}",
            f"after:  {said_as(one.proposed)}",
            *([f"“{one.words}”"] if one.words else []),
            *(["It says something else since: taking this replaces that."] if takes and one.moved else []),
        ]
    )

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"{verb} {one.ref}", [field], values, errors, intro=intro, save_label=verb)

    def save(session: Session, values: dict[str, object]) -> None:
        decide = suggestions.take if takes else suggestions.decline
        decide(session, one.ref, str(values["reason"]))

    await page.ask(form, save, f"{'Took' if takes else 'Declined'} {one.ref}.")
