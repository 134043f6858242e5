"""The forms of individual OKRs: a team's switch, and putting an objective to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid
from okrtui.core.individuals import ALTERNATIVES
from okrtui.core.inputs import IndividualEntry
from okrtui.service import individuals
from screens.dialogs.checks import check_of
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.session import Session
    from okrtui.service.show import ObjectivePage
    from screens.page import Page

_MODES = (("off", "off: the team's own are enough"), ("selective", "selective: each with its reason"))
_FIRST = (
    ("", "one of the three above serves them better: leave, and talk with them"),
    ("anyway", "none of the three will do here"),
)
_NEEDS = (
    ("role_not_covered", "the team's key results miss what this role does"),
    ("accountability", "somebody must answer for it by themselves"),
    ("growth_and_outcome", "growth, and an outcome the team can see"),
)


async def switch(page: Page) -> None:
    """Ask whether a team's individual OKRs are off or selective, and why."""
    team = page.desk.where.team
    found = await page.read(lambda session: individuals.mode_of(session, team))
    if found is None:
        return
    mode, reason, early = found
    name = page.frame.place.team_name if page.frame else team
    first = {"mode": mode, "reason": reason}
    fields = [
        Field("mode", "Individual OKRs", "choice", choices=_MODES),
        Field(
            "reason",
            "Why",
            "note",
            hint="what do the team's own not cover?",
            only_for=lambda held: held.get("mode") == "selective",
        ),
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"Individual OKRs of {name}", fields, values or first, errors, intro=early)

    def save(session: Session, values: dict[str, object]) -> str:
        individuals.set_mode(session, team, str(values["mode"]), str(values.get("reason", "")))
        return str(values["mode"])

    await page.ask(form, save, lambda made: f"Individual OKRs of {name} are {made}.")


async def ask_person(page: Page, found: ObjectivePage) -> None:
    """Ask for the person an objective is put to, the reason and what it contributes to; the alternatives stand first."""
    offered = await page.read(lambda session: individuals.asking(session, found.ref))
    if offered is None:
        return

    def is_asked(held: Mapping[str, object]) -> bool:
        return bool(held.get("first"))

    parent = Field("parent", "Contributes to", "choice", choices=offered.parents, only_for=is_asked)
    fields = [
        Field("first", "First", "choice", choices=_FIRST),
        Field("person", "Who is asked", "choice", choices=offered.people, only_for=is_asked),
        Field("need", "The reason", "choice", choices=_NEEDS, only_for=is_asked),
        Field("words", "In your words", "note", hint="everybody reads it", only_for=is_asked),
        *([] if offered.is_linked or not offered.parents else [parent]),
    ]
    intro = "Most people are served better by:\n" + "\n".join(f"· {words}" for _, words in ALTERNATIVES)

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"Put {found.ref} to one person"
        return FormDialog(title, fields, values, errors, check=check_of(IndividualEntry), intro=intro, save_label="Ask")

    def save(session: Session, values: dict[str, object]) -> str:
        if not values["first"]:
            sentence = "Choose one of the three with them instead, or say that none will do here."
            raise Invalid(sentence, {"first": sentence})
        fields = {"need": values.get("need", ""), "words": values.get("words", "")}
        individuals.put_to_person(
            session,
            found.ref,
            str(values.get("person", "")),
            fields,
            parent=str(values.get("parent", "")) or None,
            alternatives_seen=True,
        )
        return str(values["person"])

    await page.ask(form, save, lambda handle: f"Put {found.ref} to @{handle}.")
