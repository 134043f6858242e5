"""Linking an objective or a key result to a parent, and deciding about the links that others ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.model import LinkKind
from okrtui.service import links, listing
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.service.links import LinkLine
    from okrtui.service.session import Session
    from screens.page import Page

KINDS = (
    (str(LinkKind.CONTRIBUTES), "contributes to it: counts as aligned below it"),
    (str(LinkKind.SUPPORTS), "supports it: does not count"),
)


async def link(page: Page, ref: str) -> None:
    """Ask what a thing is to stand under, and how."""
    cycle = page.desk.where.cycle
    things = await page.read(lambda session: listing.things(session, cycle)) or []
    choices = [(one.ref, f"{one.ref}  {one.text} ({one.team})") for one in things if one.ref != ref]
    parent = await page.app.push_screen_wait(Pick(f"What does {ref} stand under?", choices))
    if parent:
        await link_to(page, ref, parent)


async def link_to(page: Page, ref: str, parent: str) -> bool:
    """Ask how a thing is to stand under another, and say so; whether it was done."""
    kind = await page.app.push_screen_wait(Pick(f"{ref} and {parent}: it …", KINDS, KINDS[0][0]))
    if not kind:
        return False
    stands = await page.save(lambda session: links.add(session, ref, parent, kind))
    if stands is None:
        return False
    page.say(
        f"{ref} {kind}{'' if kind == LinkKind.SUPPORTS else ' to'} {parent}."
        if stands
        else f"Asked: a lead of the team of {parent} consents."
    )
    return True


async def unlink(page: Page, ref: str) -> None:
    """Ask which of a thing's links goes, and take it away."""
    found = await page.read(lambda session: links.all_links(session, ref=ref)) or []
    one = await _picked(page, found, "Take which link away?", f"{ref} has no link: = makes one.")
    if one is not None:
        await page.save(
            lambda session: links.remove(session, one.child, one.parent),
            f"{one.child} is linked to {one.parent} no more.",
        )


async def consent(page: Page, waiting: Sequence[LinkLine]) -> None:
    """Consent to a link that waits; which one is asked where there are several."""
    one = await _picked(page, waiting, "Consent to which link?", "Nobody asks for a link.")
    if one is None:
        return
    question = f"Let {one.child} {one.child_words} stand below {one.parent} {one.parent_words}? It {one.kind} to it."
    if await page.confirmed(question, "Consent"):
        await page.save(
            lambda session: links.consent(session, one.child, one.parent),
            f"{one.child} {one.kind} to {one.parent} now.",
        )


async def decline(page: Page, waiting: Sequence[LinkLine]) -> None:
    """Decline a link that waits, with a word to whoever asked."""
    one = await _picked(page, waiting, "Decline which link?", "Nobody asks for a link.")
    if one is None:
        return
    field = Field("words", "Why", "note", hint=f"@{one.author} is told; it may stay empty")
    intro = f"{one.author} asks that {one.child} {one.child_words} {one.kind} to {one.parent} {one.parent_words}."

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"Decline the link of {one.child} to {one.parent}"
        return FormDialog(title, [field], values, errors, intro=intro, save_label="Decline")

    def save(session: Session, values: dict[str, object]) -> None:
        links.decline(session, one.child, one.parent, str(values["words"]))

    await page.ask(form, save, f"Declined the link of {one.child} to {one.parent}.")


async def _picked(page: Page, found: Sequence[LinkLine], title: str, none: str) -> LinkLine | None:
    if len(found) < 2:
        if not found:
            page.say(none)
        return next(iter(found), None)
    choices = [
        (f"{one.child} {one.parent}", f"{one.child} {one.child_words} {one.kind} to {one.parent}") for one in found
    ]
    chosen = await page.app.push_screen_wait(Pick(title, choices))
    return next((one for one in found if f"{one.child} {one.parent}" == chosen), None)
