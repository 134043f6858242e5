"""Searching, and the line of sight, from any page."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from okrtui.core.errors import OkrtuiError, StoreError
from okrtui.service import search as searching
from okrtui.service import sight as sights
from screens.dialogs.read import Read
from screens.dialogs.search import Search
from screens.page import Go
from widgets.ways_up import lines_of_sight

if TYPE_CHECKING:
    from okrtui.service.search import Found, Results
    from screens.asking import Asking

_HAS_WAYS = re.compile(r"(?:O|KR|I|P)\d+")
_OFF_THE_BOARD = {"dropped", "not_agreed"}
_OFF_THE_TREE = {"let_go"}


async def search(page: Asking) -> None:
    """Let the person search, and go to what they choose."""

    async def look(typed: str, ranked: bool, width: int) -> Results | str:  # noqa: FBT001  # the dialog's call
        most = searching.MOST if ranked else searching.MOST_TYPED
        try:
            return await page.desk.read(
                lambda session: searching.search(session, typed, ranked=ranked, most=most, width=width)
            )
        except StoreError:
            raise
        except OkrtuiError as error:
            return str(error)

    found = await page.app.push_screen_wait(Search(look))
    if found is not None:
        await go_to(page, found)


async def go_to(page: Asking, found: Found) -> None:
    """Show what was found where it stands; what no page lists, with its line of sight."""
    target = _page_of(found)
    if not target:
        await sight(page, found.goes_to)
        return
    page.desk.where.team, page.desk.where.cycle = found.team or page.desk.where.team, found.cycle
    page.post_message(Go(target, found.goes_to))


def _page_of(found: Found) -> str:
    match found.goes_to.rstrip("0123456789"):
        case "KR":
            return "" if found.state in _OFF_THE_BOARD else "board"
        case "O":
            return "objectives"
        case _ if not found.team:  # a development goal is of no team, and stands on one's own page alone
            return "me"
        case _:
            return "" if found.state in _OFF_THE_TREE else "tree"


async def sight(page: Asking, ref: str) -> None:
    """Show the line of sight of a thing; without one that has any, of all that this person owns and promised."""
    named = _HAS_WAYS.match(ref)
    about = named[0] if named else f"@{page.frame.who}" if page.frame is not None else ""
    found = await page.read(partial(sights.sight, about=about))
    if found is not None:
        await page.app.push_screen_wait(Read(f"Line of sight of {about}", lines_of_sight(found)))
