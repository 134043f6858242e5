"""The forms in which leadership writes: an objective, one that goes on from last cycle's, its rewording, its withdrawal."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from okrtui.core.errors import Conflict, Invalid
from okrtui.core.inputs import ObjectiveEntry
from okrtui.core.model import Ambition, KeyResultState, spoken
from okrtui.service import listing, objectives, show
from screens.dialogs.checks import check_of
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.service.cards import KeyResultCard
    from okrtui.service.session import Session
    from okrtui.service.show import ObjectivePage
    from screens.page import Page

TEXT = (
    Field("title", "Title", hint="what winning looks like, in one line"),
    Field("why", "Why", "note", hint="alt+enter a new line"),
    Field(
        "ambition",
        "Ambition",
        "choice",
        choices=(
            (Ambition.ASPIRATIONAL, "aspirational: 0.7 is well aimed"),
            (Ambition.COMMITTED, "committed: 1.0 is the promise"),
        ),
    ),
)
_PARENT = Field("parent", "Contributes to", hint="a ref such as O3, or nothing")


async def add(page: Page, team: str, cycle: str | None) -> str | None:
    """Ask for an objective and add it as a draft; its ref."""
    form = partial(FormDialog, "Write an objective", (*TEXT, _PARENT), check=check_of(ObjectiveEntry))
    return await page.ask(form, partial(_add, team, cycle, None), _is_a_draft)


def _add(team: str, cycle: str | None, origin: str | None, session: Session, values: dict[str, object]) -> str:
    parent = str(values.pop("parent", "")).strip() or None
    return objectives.add(session, team=team, cycle=cycle, fields=values, parent=parent, origin=origin)


def _is_a_draft(ref: str) -> str:
    return f"{ref} is a draft: publish it with p."


async def go_on(page: Page, team: str, cycle: str | None) -> str | None:
    """Ask which objective of an earlier cycle to go on from, and for its text now; the ref of the draft."""
    earlier = await page.read(lambda session: listing.to_go_on_from(session, team, cycle))
    if earlier is None:
        return None
    if not earlier:
        page.say("No earlier cycle has an objective of this team: write one (a).")
        return None
    choices = [(one.ref, f"{one.cycle}  {one.ref} {one.title}{' (goes on already)' * one.goes_on}") for one in earlier]
    origin = await page.app.push_screen_wait(Pick("Go on from which objective?", choices))
    found = await page.read(lambda session: show.objective(session, origin)) if origin else None
    if found is None:
        return None
    first = {"title": found.title, "why": found.why, "ambition": found.ambition}
    intro = f"{found.ref} of {found.place.cycle}{f'. What was learnt: {found.learning}' if found.learning else ''}"

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title, check = f"Go on from {found.ref}", check_of(ObjectiveEntry)
        return FormDialog(title, (*TEXT, _PARENT), values or first, errors, check=check, intro=intro)

    return await page.ask(form, partial(_add, team, cycle, found.ref), _is_a_draft)


async def edit(page: Page, found: ObjectivePage) -> None:
    """Ask for a draft's new text, or for what a published objective is reworded to."""
    began: dict[str, object] = {"title": found.title, "why": found.why, "ambition": found.ambition}
    is_draft = found.state == "draft"
    change = objectives.edit if is_draft else objectives.reword
    title = f"Edit {found.ref}" if is_draft else f"Reword {found.ref}"
    intro = "" if is_draft else "Its earlier text is kept, and teams that accepted it are asked again."
    first = dict(began)

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(title, TEXT, values or first, errors, check=check_of(ObjectiveEntry), intro=intro)

    def save(session: Session, values: dict[str, object]) -> None:
        try:
            change(session, found.ref, values, began)
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"{'Edited' if is_draft else 'Reworded'} {found.ref}.", shown=dict)


async def learn(page: Page, ref: str, title: str, learning: str | None) -> None:
    """Ask for an objective's line of learning."""
    first = {"words": learning or ""}
    field = Field("words", "What was learnt", "note", hint="a line that whoever reads the report can use")

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"What was learnt of {ref}", [field], values or first, errors, intro=title)

    await page.ask(
        form,
        lambda session, values: objectives.learn(session, ref, str(values["words"])),
        f"Kept what was learnt of {ref}.",
    )


def keep_mine(began: dict[str, object], conflict: Conflict) -> None:
    """Begin from the other person's words, which the form shows now: saving again replaces them."""
    began.update({name: theirs for name, (_, _, theirs) in conflict.fields.items()})


async def withdraw(page: Page, found: ObjectivePage) -> None:
    """Ask for the reason, saying first what goes with it."""
    field = Field("reason", "Why", "note", hint="everybody reads it")
    intro = f"{found.title}\n{_what_goes(found.key_results)} A withdrawn objective does not come back."

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"Withdraw {found.ref}", [field], values, errors, intro=intro, save_label="Withdraw")

    def save(session: Session, values: dict[str, object]) -> None:
        if not str(values["reason"]).strip():
            raise Invalid("A reason is missing.", {"reason": "Withdrawing it needs a reason: say it in a sentence."})
        objectives.withdraw(session, found.ref, str(values["reason"]))

    await page.ask(form, save, f"Withdrew {found.ref}.")


def _what_goes(cards: Sequence[KeyResultCard]) -> str:
    """Which key results are dropped with an objective, counted by their state."""
    standing = Counter(card.state for card in cards if card.state != KeyResultState.DROPPED)
    count = standing.total()
    if not count:
        return "No key result stands under it."
    states = ", ".join(f"{number} {spoken(state)}" for state, number in standing.items())
    noun = "key result is" if count == 1 else "key results are"
    return f"{count} {noun} dropped with it ({states}), “objective withdrawn”; their progress of today is kept."
