"""The forms about objectives: writing, rewording, inviting, accepting, pushing back, answering."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from okrtui.core.errors import Conflict, Invalid
from okrtui.core.inputs import AnswerEntry, ObjectiveEntry, PushbackEntry, StraightLineEntry
from okrtui.core.model import Ambition, PushbackAnswer, PushbackReason, spoken
from okrtui.service import invitations, listing, objectives
from screens.dialogs.checks import check_of
from screens.dialogs.form import Field, FormDialog
from screens.dialogs.pick import Pick

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.session import Session
    from okrtui.service.show import ObjectivePage
    from screens.page import Page

_TEXT = (
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

    def save(session: Session, values: dict[str, object]) -> str:
        parent = str(values.pop("parent", "")).strip() or None
        return objectives.add(session, team=team, cycle=cycle, fields=values, parent=parent)

    form = partial(FormDialog, "Write an objective", (*_TEXT, _PARENT), check=check_of(ObjectiveEntry))
    return await page.ask(form, save, lambda ref: f"{ref} is a draft: publish it with p.")


async def edit(page: Page, found: ObjectivePage) -> None:
    """Ask for a draft's new text, or for what a published objective is reworded to."""
    began: dict[str, object] = {"title": found.title, "why": found.why, "ambition": found.ambition}
    is_draft = found.state == "draft"
    change = objectives.edit if is_draft else objectives.reword
    title = f"Edit {found.ref}" if is_draft else f"Reword {found.ref}"
    intro = "" if is_draft else "Its earlier text is kept, and teams that accepted it are asked again."
    first = dict(began)

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(title, _TEXT, values or first, errors, check=check_of(ObjectiveEntry), intro=intro)

    def save(session: Session, values: dict[str, object]) -> None:
        try:
            change(session, found.ref, values, began)
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"{'Edited' if is_draft else 'Reworded'} {found.ref}.", shown=dict)


def keep_mine(began: dict[str, object], conflict: Conflict) -> None:
    """Begin from the other person's words, which the form shows now: saving again replaces them."""
    began.update({name: theirs for name, (_, _, theirs) in conflict.fields.items()})


async def invite(page: Page, found: ObjectivePage) -> None:
    """Ask which teams it is put to."""
    teams = await page.read(lambda session: listing.teams_to_invite(session, found.ref))
    if teams is None:
        return
    if not teams:
        page.say(f"{found.ref} was put to its team and to every team below already.")
        return
    top = min(team.depth for team in teams)
    choices = [(team.slug, f"{'  ' * (team.depth - top)}{team.name}") for team in teams]
    field = Field("teams", "Teams", "several", hint="space marks one, Enter goes on", choices=choices)
    first = {"teams": [teams[0].slug] if len(teams) == 1 else []}

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title, intro = f"Put {found.ref} to teams", found.title
        return FormDialog(title, [field], values or first, errors, intro=intro, save_label="Invite")

    def save(session: Session, values: dict[str, object]) -> int:
        slugs = values.get("teams")
        if not isinstance(slugs, list) or not slugs:
            raise Invalid("Mark a team.", {"teams": "Mark at least one team with space."})
        objectives.invite(session, found.ref, slugs)
        return len(slugs)

    await page.ask(form, save, lambda count: f"Put {found.ref} to {count} team{'s' if count > 1 else ''}.")


async def accept(page: Page, found: ObjectivePage, team: str) -> None:
    """Ask for the straight line."""
    own = next((one for one in found.invitations if one.team == team), None)
    first = {"straight_line": own.straight_line if own else ""}
    field = Field("straight_line", "Straight line", "note", hint="what you do every week that moves this")

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"Accept {found.ref} for {own.team_name if own else team}"
        check = check_of(StraightLineEntry)
        return FormDialog(title, [field], values or first, errors, check=check, intro=found.title, save_label="Accept")

    def save(session: Session, values: dict[str, object]) -> None:
        invitations.accept(session, found.ref, team, str(values["straight_line"]))

    await page.ask(form, save, f"Accepted {found.ref}: write how everybody will know (3).")


async def push_back(page: Page, found: ObjectivePage, team: str) -> None:
    """Ask for the reason and the words."""
    reasons = tuple((reason, spoken(reason)) for reason in PushbackReason)
    fields = [
        Field("reason", "Reason", "choice", choices=reasons),
        Field("words", "In your words", "note", hint="what would have to be different"),
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title, check = f"Push back on {found.ref}", check_of(PushbackEntry)
        return FormDialog(title, fields, values, errors, check=check, intro=found.title, save_label="Push back")

    def save(session: Session, values: dict[str, object]) -> int:
        return invitations.push_back(session, found.ref, team, str(values["reason"]), str(values["words"]))

    await page.ask(form, save, f"Pushed back on {found.ref}: its leads are asked to answer.")


async def take_back(page: Page, found: ObjectivePage, team: str) -> None:
    """Ask whether to take a pushback back."""
    if await page.confirmed(
        f"Take the pushback on {found.ref} back? The invitation is as it was before it.", "Take it back"
    ):
        await page.save(lambda session: invitations.take_back(session, found.ref, team), "Taken back.")


async def answer(page: Page, found: ObjectivePage) -> None:
    """Ask for the answer to a pushback, and first to which where several wait."""
    waiting = [one for one in found.invitations if one.state == "pushed_back"]
    team = waiting[0].team
    if len(waiting) > 1:
        choices = [(one.team, f"{one.team_name}: {one.pushback.words if one.pushback else ''}") for one in waiting]
        picked = await page.app.push_screen_wait(Pick("Answer which team?", choices))
        if picked is None:
            return
        team = picked
    await _answer(page, found, team)


_ANSWERS = (
    (PushbackAnswer.EXPLAINED, "explained: it stands, and here is why"),
    (PushbackAnswer.REWORDED, "reworded: it says now what was meant (reword it first, e)"),
    (PushbackAnswer.SPLIT, "split: into objectives that fit"),
    (PushbackAnswer.RELEASED, "released: it is not this team's"),
)


async def _answer(page: Page, found: ObjectivePage, team: str) -> None:
    asked = next(one for one in found.invitations if one.team == team)
    said = asked.pushback
    intro = f"{asked.team_name}: {spoken(PushbackReason(said.reason))}. {said.words}" if said else ""
    fields = [
        Field("answer", "Answer", "choice", choices=_ANSWERS),
        Field("words", "In your words", "note"),
        Field("into", "Split into", hint="refs such as O4, O5", only_for=lambda held: held.get("answer") == "split"),
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"Answer {asked.team_name} on {found.ref}"
        return FormDialog(title, fields, values, errors, check=_check_answer, intro=intro, save_label="Answer")

    def save(session: Session, values: dict[str, object]) -> None:
        invitations.answer(session, found.ref, team, _with_refs(values))

    await page.ask(form, save, f"Answered {asked.team_name}.")


def _with_refs(values: Mapping[str, object]) -> dict[str, object]:
    refs = str(values.get("into", "")).replace(",", " ").split()
    return {**values, "into": tuple(refs)}


def _check_answer(values: Mapping[str, object]) -> Mapping[str, str]:
    return check_of(AnswerEntry)(_with_refs(values))
