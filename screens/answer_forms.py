"""The forms of the exchange on an objective: accepting, pushing back, and leadership's answer to a pushback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Conflict
from okrtui.core.inputs import AnswerEntry, ObjectiveEntry, PushbackEntry, StraightLineEntry
from okrtui.core.model import KeyResultState, PushbackAnswer, PushbackReason, spoken
from okrtui.service import invitations
from screens.dialogs.checks import check_of
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick
from screens.objective_forms import TEXT, keep_mine
from widgets.earlier_texts import changes
from widgets.in_full import muted
from widgets.text import stacked, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.content import Content

    from okrtui.service.invitation_cards import InvitationCard, PushbackCard
    from okrtui.service.session import Session
    from okrtui.service.show import ObjectivePage
    from screens.page import Page


def answer_of(found: ObjectivePage, team: str) -> InvitationCard | None:
    """What a team has said to an objective; None where it was not asked."""
    return next((one for one in found.invitations if one.team == team), None)


# The team's answer


async def accept(page: Page, found: ObjectivePage, team: str) -> None:
    """Ask for the straight line; after a rewording the earlier one stands there, below what is said differently now."""
    own = answer_of(found, team)
    first = {"straight_line": own.straight_line if own else ""}
    field = Field("straight_line", "Straight line", "note", hint="what you do every week that moves this")
    intro = _what_changed(found, own) if own is not None and own.reworded else found.title

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"Accept {found.ref} for {own.team_name if own else team}"
        check = check_of(StraightLineEntry)
        return FormDialog(title, [field], values or first, errors, check=check, intro=intro, save_label="Accept")

    def save(session: Session, values: dict[str, object]) -> None:
        invitations.accept(session, found.ref, team, str(values["straight_line"]))

    await page.ask(form, save, f"Accepted {found.ref}: write how everybody will know (3).")


def _what_changed(found: ObjectivePage, own: InvitationCard) -> Content:
    accepted = next((text for text in found.texts if text.number == own.accepted_text), found.texts[0])
    rows = [muted("Reworded since you accepted it:"), *changes(accepted, found.texts[-1])]
    return stacked(*rows, words(f"Now: {found.title}", "bold"))


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


# Leadership's answer to a pushback


async def answer(page: Page, found: ObjectivePage, team: str) -> None:
    """Ask for the answer to a pushback: of ``team`` where it waits for one, else of the one that is picked."""
    waiting = [one for one in found.invitations if one.state == "pushed_back"]
    asked = next((one for one in waiting if one.team == team or len(waiting) == 1), None)
    if asked is None:
        choices = [(one.team, f"{one.team_name}: {one.rounds[-1].words}") for one in waiting]
        slug = await page.app.push_screen_wait(Pick("Answer which team?", choices))
        asked = next((one for one in waiting if one.team == slug), None)
    if asked is not None:
        await _answer(page, found, asked, asked.rounds[-1])


_ANSWERS = (
    (PushbackAnswer.EXPLAINED, "explained: it stands, and here is why"),
    (PushbackAnswer.REWORDED, "reworded: it says now what was meant"),
    (PushbackAnswer.SPLIT, "split: into objectives that fit"),
    (PushbackAnswer.RELEASED, "released: it is not this team's"),
)
_DRAFTS = (("move", "go to the first of the new ones"), ("keep", "stay where they are"))
_NOT_DECIDED = {KeyResultState.IDEA, KeyResultState.DRAFT, KeyResultState.PROPOSED, KeyResultState.PARKED}


async def _answer(page: Page, found: ObjectivePage, asked: InvitationCard, said: PushbackCard) -> None:
    began: dict[str, object] = {"title": found.title, "why": found.why, "ambition": found.ambition}
    first = {**began, "drafts": "move"}
    fields = _answer_fields(found, asked, said)
    intro = f"{asked.team_name}, round {said.round}: {spoken(PushbackReason(said.reason))}. {said.words}"

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"Answer {asked.team_name} on {found.ref}"
        return FormDialog(title, fields, values or first, errors, check=_check_answer, intro=intro, save_label="Answer")

    def save(session: Session, values: dict[str, object]) -> None:
        rewording = {name: values[name] for name in began} if "title" in values else None
        told = _as_entered(values)
        try:
            invitations.answer(session, found.ref, asked.team, told, rewording=rewording, began_from=dict(began))
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"Answered {asked.team_name}.", shown=dict)


def _answer_fields(found: ObjectivePage, asked: InvitationCard, said: PushbackCard) -> Sequence[Field]:
    last = found.texts[-1]
    is_reworded = last.number > 1 and last.at >= said.at
    has_drafts = any(one.team == asked.team and one.state in _NOT_DECIDED for one in found.key_results)

    def rewords(held: Mapping[str, object]) -> bool:
        return held.get("answer") == PushbackAnswer.REWORDED and not is_reworded

    def splits(held: Mapping[str, object]) -> bool:
        return held.get("answer") == PushbackAnswer.SPLIT

    return [
        Field("answer", "Answer", "choice", choices=_ANSWERS),
        *(Field(one.name, f"New {one.label.lower()}", one.kind, one.hint, one.choices, rewords) for one in TEXT),
        Field("into", "Split into", hint="refs such as O4, O5, or nothing", only_for=splits),
        Field("new", "And into new ones", "note", "a title a line: published, and put to this team", only_for=splits),
        Field("drafts", "Its drafts", "choice", choices=_DRAFTS, only_for=lambda held: has_drafts and splits(held)),
        Field("words", "In your words", "note"),
    ]


def _as_entered(values: Mapping[str, object]) -> dict[str, object]:
    """The fields of the answer as they are entered: refs and titles apart."""
    return {
        "answer": values["answer"],
        "words": values.get("words", ""),
        "into": tuple(str(values.get("into", "")).replace(",", " ").split()),
        "new": tuple(line for line in str(values.get("new", "")).splitlines() if line.strip()),
        "keep_drafts": values.get("drafts") == "keep",
    }


def _check_answer(values: Mapping[str, object]) -> Mapping[str, str]:
    text = {name: value for name, value in values.items() if name in {"title", "why", "ambition"}}
    wrong = check_of(ObjectiveEntry)(text) if text else {}
    return {**check_of(AnswerEntry)(_as_entered(values)), **wrong}
