"""The forms of a workshop: an idea, a note again, the time box, who keeps it, who is there, its closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Conflict
from okrtui.core.inputs import BoxEntry, NoteEntry, RemarkEntry
from okrtui.core.workshops import length
from okrtui.service import minutes, rooms, workshops
from screens.dialogs.checks import check_of
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.objective_forms import keep_mine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.service.cards import ObjectiveCard
    from okrtui.service.minutes import WorkshopPage
    from okrtui.service.session import Session
    from screens.page import Page

_BOX_MINUTES = 15
_TAKING = frozenset({"open", "accepted", "pushed_back"})


async def idea(page: Page, chosen: str = "") -> str | None:
    """Ask for a key result under one of the team's invitations; its ref."""
    team, cycle = page.desk.where.team, page.desk.where.cycle
    found = await page.read(lambda session: rooms.objectives_of(session, team, cycle)[1])
    under = [one for one in found or () if one.invitation is not None and one.invitation.state in _TAKING]
    from screens import key_result_forms as forms  # noqa: PLC0415  # loaded when asked for

    return await forms.add(page, team, under, chosen or _first(under))


def _first(under: Sequence[ObjectiveCard]) -> str:
    """The objective that has no key result yet, else the first."""
    bare = (one.ref for one in under if not one.key_results)
    return next(bare, under[0].ref if under else "")


async def edit_note(page: Page, ref: str) -> None:
    """Ask for other words of one's own note."""
    found = await page.read(lambda session: minutes.note(session, ref))
    if found is None:
        return
    began: dict[str, object] = {"note": found.body}
    fields = [Field("note", "Your note", "note")]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"Change {ref}", fields, values or dict(began), errors, check=check_of(NoteEntry))

    def save(session: Session, values: dict[str, object]) -> None:
        try:
            workshops.edit_note(session, ref, str(values["note"]), str(began["note"]))
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"Changed {ref}.", shown=dict)


async def box(page: Page) -> None:
    """Ask how many minutes what comes now is given."""
    team, cycle = page.desk.where.team, page.desk.where.cycle
    fields = [Field("minutes", "Minutes", hint="of working time, from now; 0 takes the time box away")]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog("Time box", fields, values or {"minutes": _BOX_MINUTES}, errors, check=check_of(BoxEntry))

    await page.ask(
        form,
        lambda session, values: workshops.box(session, values["minutes"], team=team, cycle=cycle),
        "The time box is set.",
    )


async def hand_over(page: Page, shown: WorkshopPage, here: Sequence[str]) -> None:
    """Take over the keeping where somebody else has it; else ask to whom it goes, those who are here first."""
    from screens.dialogs.pick import Pick  # noqa: PLC0415  # loaded when asked for

    team, cycle = page.desk.where.team, page.desk.where.cycle
    handle: str | None = shown.me
    if shown.keeper == shown.me:
        known = await page.read(lambda session: minutes.who_could_be_there(session, team)) or []
        names = dict(known)
        order = [*here, *(one for one in names if one not in here)]
        choices = [
            (one, f"@{one}  {names.get(one, '')}{' · here' if one in here else ''}") for one in order if one != shown.me
        ]
        handle = await page.app.push_screen_wait(Pick("Who keeps it from now on?", choices))
    if handle:
        told = "You keep it now." if handle == shown.me else f"@{handle} keeps it now."
        chosen = handle
        await page.save(
            lambda session: workshops.hand_over(session, chosen, team=team, cycle=cycle, has_line=True), told
        )


async def people(page: Page, shown: WorkshopPage) -> None:
    """Ask who is there without a screen of their own."""
    team, cycle = page.desk.where.team, page.desk.where.cycle
    known = await page.read(lambda session: minutes.who_could_be_there(session, team))
    if known is None:
        return
    seen = [one.handle for one in shown.people if one.seen]
    ticked = [one.handle for one in shown.people if not one.seen]
    names = {**dict(known), **{one.handle: one.name for one in shown.people}}
    choices = [(one, f"@{one}  {name}") for one, name in names.items() if one not in seen]
    if not choices:
        page.say("Everybody of the team was seen here: there is no name to tick.")
        return
    fields = [
        Field(
            "people",
            "Who is there?",
            "several",
            hint="space ticks; their own screen says so by itself",
            choices=choices,
        )
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog("Who is there", fields, values or {"people": ticked}, errors)

    def save(session: Session, values: dict[str, object]) -> None:
        given = values["people"]
        there = [str(one) for one in given] if isinstance(given, list) else []
        away = [one for one in ticked if one not in there]
        workshops.attend(session, there, away=away, team=team, cycle=cycle)

    await page.ask(form, save, "Noted who is there.")


async def close(page: Page, shown: WorkshopPage, seconds: int, asked: str) -> None:
    """Ask for a remark, with what the length asks; end it."""
    team, cycle = page.desk.where.team, page.desk.where.cycle
    label = "Your answer" if asked.endswith("?") else "Remark"
    fields = [Field("remark", label, "note", hint="kept in the minutes; none is needed")]
    intro = "\n".join(filter(None, (f"It took {length(seconds)}.", asked)))

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(
            f"Close the workshop of {shown.place.team_name}",
            fields,
            values or {"remark": shown.remark},
            errors,
            check=check_of(RemarkEntry),
            intro=intro,
            save_label="Close it",
        )

    await page.ask(
        form,
        lambda session, values: workshops.close(session, str(values["remark"]), team=team, cycle=cycle),
        "Closed: its minutes are kept.",
    )
