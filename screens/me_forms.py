"""The forms of one's own page: a promise, an initiative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Conflict, Invalid
from okrtui.core.inputs import CommitmentEntry, InitiativeEntry
from okrtui.service import commitments, initiatives, mine
from screens.dialogs.checks import check_of
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.objective_forms import keep_mine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.service.commitments import CommitmentLine
    from okrtui.service.initiative_lines import InitiativeLine
    from okrtui.service.mine import Choices
    from okrtui.service.session import Session
    from screens.page import Page

INITIATIVE = "initiative"
_KINDS = (
    ("contribution", "a contribution: what I do for a key result"),
    ("development", "a development goal: read by me and the leads of my teams alone"),
    ("stretch", "a stretch: a part of an initiative, larger than my work so far"),
)
_STATUS = (("planned", "planned"), ("doing", "doing"), ("done", "done"), ("stopped", "stopped"))
_ASKED = {"contribution": "key_result", "stretch": "on"}
"""The field that says what a promise of a kind is about."""


def _about(kind: str, choices: Choices) -> list[Field]:
    """The field that says what a promise of a kind is about, hidden while the form's kind is another."""
    if kind == "stretch":
        nothing = (("", "none is written yet: write the initiative first"),)
        label, offered = "On which initiative", choices.initiatives or nothing
    else:
        nothing = (("", "none stands yet: choose another kind"),)
        label, offered = "To which key result", choices.key_results or nothing
    return [Field(_ASKED[kind], label, "choice", choices=offered, only_for=lambda held: held.get("kind", kind) == kind)]


def _promise(values: Mapping[str, object], kind: str) -> dict[str, object]:
    """The entry that a form's values make."""
    return {"kind": kind, "words": values.get("words", ""), "about": str(values.get(_ASKED.get(kind, ""), "") or "")}


def _beside(wrong: Mapping[str, str], kind: str) -> dict[str, str]:
    """What is wrong with an entry, beside the fields of its form."""
    return {_ASKED.get(kind, name) if name == "about" else name: sentence for name, sentence in wrong.items()}


def _check(values: Mapping[str, object]) -> Mapping[str, str]:
    kind = str(values.get("kind", ""))
    if kind == INITIATIVE:
        wrong = check_of(InitiativeEntry)({"title": values.get("words", "")})
        return {"words": wrong["title"]} if "title" in wrong else {}
    return _beside(check_of(CommitmentEntry)(_promise(values, kind)), kind)


async def add(page: Page) -> str | None:
    """Ask for a promise, or for an initiative of the team shown, and write it down; its ref."""
    team, cycle = page.desk.where.team, page.desk.where.cycle
    name, owner = (page.frame.place.team_name, page.frame.who) if page.frame else (team, "")
    choices = await page.read(lambda session: mine.choices(session, team, cycle))
    if choices is None:
        return None
    kinds = (*_KINDS, (INITIATIVE, f"an initiative of {name}: work that should move key results"))
    fields = [
        Field("kind", "What it is", "choice", choices=kinds),
        Field("words", "In your words", "note", hint="an initiative in one line"),
        *_about("contribution", choices),
        *_about("stretch", choices),
        _moves(choices.of_team, only_new=True),
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog("Write down what is yours", fields, values, errors, check=_check)

    def save(session: Session, values: dict[str, object]) -> str:
        kind = str(values["kind"])
        try:
            if kind == INITIATIVE:
                title = {"title": values["words"], "owner": owner}
                return initiatives.add(session, title, team=team, cycle=cycle, key_results=_ticked(values))
            return commitments.add(session, _promise(values, kind), cycle=cycle)
        except Invalid as error:
            beside = {"words" if name == "title" else name: said for name, said in error.fields.items()}
            raise Invalid(str(error), _beside(beside, kind)) from error

    return await page.ask(form, save, lambda ref: f"Wrote down {ref}.")


def _moves(offered: Sequence[tuple[str, str]], *, only_new: bool = False) -> Field:
    asked = (lambda held: held.get("kind") == INITIATIVE) if only_new else None
    hint = "space marks one, letters narrow the list"
    return Field("moves", "Key results it should move", "several", hint=hint, choices=offered, only_for=asked)


def _ticked(values: Mapping[str, object]) -> list[str]:
    found = values.get("moves")
    return [str(one) for one in found] if isinstance(found, list | tuple) else []


async def edit_promise(page: Page, found: CommitmentLine) -> None:
    """Ask for other words of a promise, or for another thing it is to."""
    choices = await page.read(lambda session: mine.choices(session, page.desk.where.team, found.cycle))
    if choices is None:
        return
    began: dict[str, object] = {"words": found.words, "about": found.about}
    first = dict(began)
    offered = choices.initiatives if found.kind == "stretch" else choices.key_results
    if found.about not in dict(offered):
        offered = ((found.about, f"{found.about} {found.about_words}"), *offered)
    about = [Field("about", "To", "choice", choices=offered)] if found.about else []

    def check(values: Mapping[str, object]) -> Mapping[str, str]:
        return check_of(CommitmentEntry)({**values, "kind": found.kind})

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        fields = [Field("words", "In your words", "note"), *about]
        return FormDialog(f"Edit {found.ref}", fields, values or first, errors, check=check)

    def save(session: Session, values: dict[str, object]) -> None:
        try:
            commitments.edit(session, found.ref, values, began)
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"Changed {found.ref}.", shown=dict)


async def edit_initiative(page: Page, found: InitiativeLine) -> None:
    """Ask for another title, owner or status of an initiative, and for the key results it should move."""
    choices = await page.read(lambda session: mine.choices(session, found.team, found.cycle))
    if choices is None:
        return
    owners = [("", "nobody yet"), *choices.people]
    if found.owner and found.owner not in dict(owners):
        owners.append((found.owner, f"@{found.owner}"))
    gone = [(ref, f"{ref} {words}") for ref, words in found.moves if ref not in dict(choices.of_team)]
    fields = [
        Field("title", "Title", hint="one line"),
        Field("owner", "Owner", "choice", choices=owners),
        Field("status", "Where it is", "choice", choices=_STATUS),
        _moves([*choices.of_team, *gone]),
    ]
    began: dict[str, object] = {"title": found.title, "owner": found.owner or "", "status": found.status}
    first = {**began, "moves": [ref for ref, _ in found.moves]}

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        check = check_of(InitiativeEntry)
        return FormDialog(f"Edit {found.ref}", fields, values or first, errors, check=check)

    def save(session: Session, values: dict[str, object]) -> None:
        changes = {name: values[name] for name in began}
        try:
            initiatives.rewrite(session, found.ref, changes, began, _ticked(values))
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"Changed {found.ref}.", shown=dict)
