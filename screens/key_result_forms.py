"""The forms about key results: an idea, the whole of one, an amendment, a question, a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from okrtui.core.errors import Conflict, Invalid
from okrtui.service import key_results
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.key_result_fields import MEASURES, STATEMENT, WEIGHT, as_typed, changed, check, meant, read_around, whole
from screens.objective_forms import keep_mine
from screens.writing_advice import advice_on_typing
from widgets.exchange import spoken_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from okrtui.service.cards import ObjectiveCard
    from okrtui.service.session import Session
    from okrtui.service.show import KeyResultPage
    from screens.page import Page


async def add(page: Page, team: str, cards: Sequence[ObjectiveCard], chosen: str) -> str | None:
    """Ask for an idea under one of these objectives and write it; its ref."""
    under = tuple((card.ref, f"{card.ref} {card.title}") for card in cards)
    fields = [STATEMENT, *MEASURES]
    if len(under) > 1:
        fields.insert(1, Field("objective", "Under", "choice", choices=under))
    intro = "" if len(under) > 1 else f"Under {under[0][1]}"

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title, first = "Write an idea: its statement is enough", {"objective": chosen}
        return FormDialog(title, fields, values or first, errors, check=check, intro=intro).advising(advice_on_typing())

    def save(session: Session, values: dict[str, object]) -> str:
        ref = str(values.pop("objective", under[0][0]))
        return key_results.add(session, ref, team, meant(values))

    return await page.ask(form, save, lambda ref: f"{ref} is an idea: fill it in (e) and propose it (p).")


async def edit(page: Page, found: KeyResultPage, missing: Mapping[str, str], *, proposes: bool = False) -> bool:
    """Ask for the whole of a key result, with what is missing beside its fields; whether it was saved.

    With ``proposes`` it is proposed in the same breath, and the form comes back while something is missing.
    """
    ref, team = found.card.ref, found.card.team
    around = await page.read(lambda session: read_around(session, found.card.objective, team))
    if around is None:
        return False
    began = dict(found.fields)
    first = as_typed(began)
    fields = whole(around, str(began.get("owner", "")))
    title = f"Fill in {ref} and propose it" if proposes else f"Edit {ref}"

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        label = "Propose" if proposes else "Save"
        return FormDialog(
            title, fields, values or first, errors or missing, check=check, save_label=label, about=f"Edit {ref}"
        ).advising(advice_on_typing(found.quieted))

    def save(session: Session, values: dict[str, object]) -> bool:
        changes = changed(values, began)
        try:
            if changes:
                key_results.edit(session, ref, changes, began)
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise
        began.update(changes)
        return key_results.propose(session, ref) if proposes else False

    def done(agreed: bool) -> str:  # noqa: FBT001  # the result of saving
        return _proposed(ref, agreed=agreed) if proposes else f"Saved {ref}."

    return await page.ask(form, save, done, shown=as_typed) is not None


def _proposed(ref: str, *, agreed: bool) -> str:
    return f"{ref} is agreed: nobody else leads here." if agreed else f"Proposed {ref}: its leads are asked to agree."


async def own(page: Page, found: KeyResultPage) -> None:
    """Ask for another owner, which may change at any time."""
    ref = found.card.ref
    around = await page.read(lambda session: read_around(session, found.card.objective, found.card.team))
    if around is None:
        return
    owner = str(found.fields.get("owner", ""))
    fields = [field for field in whole(around, owner) if field.name == "owner"]
    began: dict[str, object] = {"owner": owner}

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"The owner of {ref}", fields, values or {"owner": owner}, errors)

    def save(session: Session, values: dict[str, object]) -> None:
        try:
            key_results.edit(session, ref, {"owner": values["owner"]}, began)
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"Saved {ref}.", shown=as_typed)


_AMENDED = (STATEMENT, *(field for field in MEASURES if field.name != "kind"), WEIGHT)


async def amend(page: Page, found: KeyResultPage) -> None:
    """Ask for other words or numbers of what is agreed, and why; the original stays."""
    ref = found.card.ref
    began = dict(found.fields)
    first = {**as_typed(began), "reason": ""}
    reason = Field("reason", "Reason", "note", hint="it stands in the thread, and leadership is asked to agree")
    kind = found.card.kind
    fields = [one for one in _AMENDED if one.only_for is None or one.only_for({"kind": kind})]
    fields = [replace(one, only_for=None) for one in fields]
    original = found.original
    intro = f"As it was agreed, and as it stays on record: {original.statement if original else found.card.statement}"
    if original and (told := spoken_numbers(original)):
        intro = f"{intro}\n{told}"

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"Amend {ref}"
        return FormDialog(
            title,
            [*fields, reason],
            values or first,
            errors,
            check=_check_amendment(kind),
            intro=intro,
            save_label="Amend",
        ).advising(advice_on_typing(found.quieted))

    def save(session: Session, values: dict[str, object]) -> None:
        said = str(values.pop("reason"))
        changes = changed(values, began)
        if not changes:
            sentence = "Nothing is changed yet: change the statement or a number, or leave (Esc)."
            raise Invalid(sentence, {"": sentence})
        try:
            key_results.amend(session, ref, changes, said, began)
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"Amended {ref}: the original stays beside it.", shown=as_typed)


def _check_amendment(kind: str | None) -> Callable[[Mapping[str, object]], Mapping[str, str]]:
    return lambda values: check({**values, "kind": kind})


_GUIDANCE = (
    Field("low", "0.3 would look like", "note"),
    Field("middle", "0.7 would look like", "note"),
    Field("high", "1.0 would look like", "note"),
)


async def guide(page: Page, found: KeyResultPage) -> None:
    """Ask for the guidance; once it is agreed also why it changes."""
    ref = found.card.ref
    frozen = found.card.state == "agreed"
    fields = [*_GUIDANCE]
    if frozen:
        fields.append(Field("reason", "Reason", "note", hint="it was frozen when the key result was agreed"))

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"Guidance of {ref}", fields, values or found.guidance, errors, intro=found.card.statement)

    def save(session: Session, values: dict[str, object]) -> None:
        reason = str(values.pop("reason", ""))
        key_results.guide(session, ref, values, reason)

    await page.ask(form, save, f"Saved the guidance of {ref}.")


_DECISIONS = (
    ("keep", "keep: we still argue for it"),
    ("amend", "amend: we argue for it said otherwise; the amendment is asked for next"),
    ("drop", "drop: we let it go, and say why"),
)


async def defend(page: Page, found: KeyResultPage) -> bool:
    """Ask for the defence, beside what was said at drafting; whether an amendment is asked for next."""
    from okrtui.service import defences  # noqa: PLC0415  # loaded when asked for

    ref = found.card.ref
    fields = [
        Field("decision", "Would you still argue for it?", "choice", choices=_DECISIONS),
        Field("argument", "Your argument", "note"),
    ]
    then = str(found.fields.get("week_nine") or "nothing was said")
    intro = f"{found.card.statement}\nAt drafting: {then}"

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"Defend {ref}", fields, values, errors, intro=intro)

    def save(session: Session, values: dict[str, object]) -> str:
        defences.defend(session, ref, str(values["decision"]), str(values["argument"]))
        return str(values["decision"])

    said = {"keep": f"{ref} is kept.", "drop": f"{ref} is dropped.", "amend": f"{ref} is amended next."}
    return await page.ask(form, save, lambda decision: said.get(decision, "Saved.")) == "amend"


async def quiet(page: Page, found: KeyResultPage) -> None:
    """Ask which question of the checks is answered, and for the answer, which is kept."""
    from okrtui.service import quiets  # noqa: PLC0415  # loaded when asked for

    ref = found.card.ref
    choices = [(one.rule, one.text) for one in found.check.questions]
    fields = [
        Field("rule", "Which question?", "choice", choices=choices),
        Field("because", "We know, because …", "note", hint="it quiets the question and stays on record"),
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"Answer a check on {ref}", fields, values, errors, intro=found.card.statement)

    def save(session: Session, values: dict[str, object]) -> None:
        quiets.quiet(session, ref, str(values["rule"]), str(values["because"]))

    await page.ask(form, save, "Answered: the question is quiet, and your answer stays on record.")


async def propose(page: Page, found: KeyResultPage) -> None:
    """Propose after a question; where something is missing, ask for it first."""
    ref = found.card.ref
    gaps = {name: said for name, said in found.missing.items() if name != "invitation"}
    if "invitation" in found.missing:
        page.say(found.missing["invitation"], severity="warning")
    elif gaps:
        await edit(page, found, gaps, proposes=True)
    elif await page.confirmed(f"Propose {ref}? Its leads are asked to agree.\n\n{found.card.statement}", "Propose"):
        agreed = await page.save(lambda session: key_results.propose(session, ref))
        if agreed is not None:
            page.say(_proposed(ref, agreed=agreed))


async def ask_words(
    page: Page, title: str, field: Field, intro: str, act: Callable[[Session, str], None], done: str
) -> None:
    """Ask for one note and do something with it."""

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(title, [field], values, errors, intro=intro)

    def save(session: Session, values: dict[str, object]) -> None:
        act(session, str(values[field.name]))

    await page.ask(form, save, done)
