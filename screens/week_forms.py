"""Writing down a week's priorities and wins, and taking them away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Conflict
from okrtui.core.inputs import PriorityEntry, WinEntry
from okrtui.service import priorities, squares
from screens.dialogs.checks import check_of
from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from screens.objective_forms import keep_mine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.session import Session
    from screens.page import Page

_RANKS = (("P1", "P1, first"), ("P2", "P2, then this"))
_WIN = ("win", "a win: what went well")


async def add(page: Page) -> str | None:
    """Ask for a priority or a win of this week, and write it down; its ref."""
    team, cycle = page.desk.where.team, page.desk.where.cycle
    name = page.frame.place.team_name if page.frame else team
    fields = [
        Field("rank", "What it is", "choice", choices=(*_RANKS, _WIN)),
        Field("words", "In your words", hint="one line; at most four priorities a week"),
    ]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        title = f"This week in {name}"
        return FormDialog(title, fields, values, errors, check=check_of(WinEntry))

    def save(session: Session, values: dict[str, object]) -> str:
        if values["rank"] == _WIN[0]:
            return priorities.add_win(session, str(values["words"]), team=team, cycle=cycle).ref
        return priorities.add(session, values, team=team, cycle=cycle).ref

    return await page.ask(form, save, lambda ref: f"Wrote down {ref}.")


async def edit(page: Page, ref: str) -> None:
    """Ask for other words or another rank of a priority, or for other words of a win."""
    if ref.startswith("W"):
        await _edit_win(page, ref)
    else:
        await _edit_priority(page, ref)


async def _edit_win(page: Page, ref: str) -> None:
    found = await page.read(lambda session: squares.win(session, ref))
    if found is None:
        return
    began: dict[str, object] = {"words": found.words}

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        fields = [Field("words", "In your words")]
        return FormDialog(f"Change {ref}", fields, values or dict(began), errors, check=check_of(WinEntry))

    def save(session: Session, values: dict[str, object]) -> None:
        try:
            priorities.edit_win(session, ref, str(values["words"]), str(began["words"]))
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"Changed {ref}.")


async def _edit_priority(page: Page, ref: str) -> None:
    found = await page.read(lambda session: squares.priority(session, ref))
    if found is None:
        return
    began: dict[str, object] = {"rank": found.rank, "words": found.words}
    fields = [Field("rank", "Rank", "choice", choices=_RANKS), Field("words", "In your words")]

    def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
        return FormDialog(f"Change {ref}", fields, values or dict(began), errors, check=check_of(PriorityEntry))

    def save(session: Session, values: dict[str, object]) -> None:
        try:
            priorities.edit(session, ref, values, began)
        except Conflict as conflict:
            keep_mine(began, conflict)
            raise

    await page.ask(form, save, f"Changed {ref}.")


async def drop(page: Page, ref: str, said: str) -> None:
    """Ask whether to drop a priority, or to take a win back, and do it."""
    if ref.startswith("W"):
        if await page.confirmed(f"Take this win back?\n\n{said}", "Take it back"):
            await page.save(lambda session: priorities.drop_win(session, ref), f"Took {ref} back.")
    elif await page.confirmed(f"Drop this priority of the week?\n\n{said}", "Drop it"):
        await page.save(lambda session: priorities.drop(session, ref), f"Dropped {ref}.")
