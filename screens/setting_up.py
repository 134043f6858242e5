"""Setting a company up from the interface: cycles, teams and people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from okrtui.core.inputs import CycleEntry
from okrtui.core.model import Phase
from okrtui.core.names import slugify
from okrtui.service import cycles, listing, setup
from screens.dialogs.checks import check_of
from screens.dialogs.confirm import Confirm
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.page import Go

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.service.session import Session
    from screens.page import Page


def quarter_of(day: date) -> tuple[str, date, date]:
    """The calendar quarter a day lies in: its name, first and last day."""
    number = (day.month - 1) // 3
    first = date(day.year, number * 3 + 1, 1)
    following = date(day.year + (number == 3), (number * 3 + 3) % 12 + 1, 1)
    return f"{day.year}-Q{number + 1}", first, following - timedelta(days=1)


def next_quarter(day: date, ends: Sequence[date]) -> tuple[str, date, date]:
    """The first quarter, from the one a day lies in, that begins after all these days; that one where there are none."""
    found = quarter_of(day)
    while ends and found[1] <= max(ends):
        found = quarter_of(found[2] + timedelta(days=1))
    return found


async def add_cycle(page: Page) -> str | None:
    """Ask for a cycle, this quarter or the first one after those there are offered, and add it."""
    found = await page.read(lambda session: (session.clock().date(), listing.cycles(session)))
    if found is None:
        return None
    name, starts, ends = next_quarter(found[0], [one.ends for one in found[1]])  # an offer for the person to change
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
    if phase == Phase.SCORING:
        await _close(page, cycle)
        return
    if await page.app.push_screen_wait(Confirm(f"Move {cycle} on from {phase} to its next phase?", yes="Move it on")):
        moved = await page.save(lambda session: cycles.advance(session, cycle))
        if moved is not None:
            page.say(f"{cycle} is {moved} now.")


async def _close(page: Page, cycle: str) -> None:
    """Show what closing still waits for; go there, or close, over the rest where the person says so."""
    from screens.dialogs.closing import ClosingDialog  # noqa: PLC0415  # loaded when asked for

    missing = await page.read(lambda session: cycles.awaited(session, cycle))
    if missing is None:
        return
    answer = await page.app.push_screen_wait(ClosingDialog(cycle, missing))
    if isinstance(answer, cycles.Missing):
        page.desk.where.team, page.desk.where.cycle = answer.team, cycle
        page.post_message(Go("scoring" if answer.ref.startswith("KR") else "objectives", answer.ref))
    elif answer is not None:
        await _close_for_good(page, cycle, len(missing))


async def _close_for_good(page: Page, cycle: str, missing: int) -> None:
    over = f" over {missing} open thing{'s' if missing > 1 else ''}" if missing else ""
    question = f"Close {cycle}{over}? It stays as it is then, and is never opened again."
    if await page.confirmed(question, "Close it"):
        moved = await page.save(lambda session: cycles.advance(session, cycle, over=bool(missing)))
        if moved is not None:
            page.say(f"{cycle} is closed.")


async def back_cycle(page: Page) -> None:
    """Ask why the cycle shown goes back to the phase before, and move it."""
    cycle = page.desk.where.cycle or (page.frame.place.cycle if page.frame else None)
    if not cycle:
        page.say("There is no cycle yet: add one first.")
        return
    fields = [Field("reason", "Why", "note", hint="everybody can read it in the log")]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"Move {cycle} back to the phase before", fields, values, errors, save_label="Move it back")

    await page.ask(
        form,
        lambda session, values: cycles.back(session, cycle, str(values["reason"])),
        lambda phase: f"{cycle} is {phase} again.",
    )


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
        Field("login", "Login", hint="on this machine; left empty it is the handle"),
        Field("role", "In this team", "choice", choices=(("member", "member"), ("lead", "lead"), ("", "not in it"))),
    ]
    team = page.desk.where.team

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog("Add a person", fields, values or {"role": "member"}, errors)

    def save(session: Session, values: dict[str, object]) -> str:
        role = values.pop("role", "")
        with session.store.writing():
            handle = setup.add_person(session, values)
            if role:
                setup.join_team(session, team, handle, lead=role == "lead")
        return handle

    await page.ask(form, save, lambda made: f"Added @{made}.")
