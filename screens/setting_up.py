"""Setting a company up from the interface: cycles, teams and people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from okrtui.core.inputs import CycleEntry
from okrtui.core.names import slugify
from okrtui.service import cycles, setup
from screens.dialogs.checks import check_of
from screens.dialogs.confirm import Confirm
from screens.dialogs.form import Field, FormDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.session import Session
    from screens.page import Page


def quarter_of(day: date) -> tuple[str, date, date]:
    """The calendar quarter a day lies in: its name, first and last day."""
    number = (day.month - 1) // 3
    first = date(day.year, number * 3 + 1, 1)
    following = date(day.year + (number == 3), (number * 3 + 3) % 12 + 1, 1)
    return f"{day.year}-Q{number + 1}", first, following - timedelta(days=1)


async def add_cycle(page: Page) -> str | None:
    """Ask for a cycle, this quarter offered, and add it."""
    name, starts, ends = quarter_of(date.today())  # an offer for the person to change
    offered = {"name": name, "starts": starts.isoformat(), "ends": ends.isoformat(), "zone": "UTC"}
    fields = [
        Field("name", "Name", hint="such as 2026-Q4"),
        Field("starts", "First day"),
        Field("ends", "Last day"),
        Field("zone", "Time zone", hint="such as Europe/Berlin: days and weeks end by it"),
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog("Add a cycle", fields, values or offered, errors, check=check_of(CycleEntry))

    def save(session: Session, values: dict[str, object]) -> str:
        return cycles.add(session, values)

    return await page.ask(form, save, lambda made: f"Added {made}, drafting: objectives come next.")


async def advance_cycle(page: Page) -> None:
    """Ask whether to move the cycle shown on, and do it."""
    cycle = page.desk.where.cycle or (page.frame.place.cycle if page.frame else None)
    if not cycle:
        page.say("There is no cycle yet: add one first.")
        return
    phase = page.frame.place.phase if page.frame else None
    if await page.app.push_screen_wait(Confirm(f"Move {cycle} on from {phase} to its next phase?", yes="Move it on")):
        moved = await page.save(lambda session: cycles.advance(session, cycle))
        if moved is not None:
            page.say(f"{cycle} is {moved} now.")


async def add_team(page: Page) -> None:
    """Ask for a team and add it."""
    fields = [
        Field("name", "Name"),
        Field("slug", "Short name", hint="for commands; left empty it is made from the name"),
        Field("under", "Under", hint="the short name of the team above"),
        Field("function", "Function", hint="sales, marketing, support, …"),
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog("Add a team", fields, values or {"under": page.desk.where.team}, errors)

    def save(session: Session, values: dict[str, object]) -> str:
        slug = values.get("slug") or slugify(str(values.get("name", "")))
        return setup.add_team(session, {**values, "slug": slug})

    await page.ask(form, save, lambda made: f"Added the team {made}.")


async def add_person(page: Page) -> None:
    """Ask for a person, add them, and put them into the team shown."""
    fields = [
        Field("name", "Name"),
        Field("handle", "Handle", hint="short, for @mentions and commands"),
        Field("login", "Login", hint="as the operating system knows them; left empty it is the handle"),
        Field("role", "In this team", "choice", choices=(("member", "member"), ("lead", "lead"), ("", "not in it"))),
    ]
    team = page.desk.where.team

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog("Add a person", fields, values, errors)

    def save(session: Session, values: dict[str, object]) -> str:
        role = values.pop("role", "")
        with session.store.writing():
            handle = setup.add_person(session, values)
            if role:
                setup.join_team(session, team, handle, lead=role == "lead")
        return handle

    await page.ask(form, save, lambda made: f"Added @{made}.")
