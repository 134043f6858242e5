"""Where each page is: it is made when it is first visited, and what it needs is loaded then."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from okrtui.service.desk import Desk
    from screens.page import Page

_PLACES = {
    "room": ("screens.room", "RoomPage"),
    "objectives": ("screens.objectives", "ObjectivesPage"),
    "board": ("screens.board", "BoardPage"),
    "checkin": ("screens.checkin", "CheckinPage"),
    "workshop": ("screens.workshop", "WorkshopPage"),
    "scoring": ("screens.scoring", "ScoringPage"),
    "round": ("screens.round", "RoundScreen"),
    "me": ("screens.me", "MePage"),
    "tree": ("screens.tree", "TreePage"),
    "report": ("screens.report", "ReportPage"),
}


def make(page: str, desk: Desk, notice: str, columns: int) -> Page:
    """A page of the table of commands, by its name there, for a terminal that wide; ``notice`` is said in its first line."""
    module, name = _PLACES[page]
    made = cast("type[Page]", getattr(import_module(module), name))(desk, notice=notice)
    # Before anything of it has a style: else each is looked up twice.
    made.set_classes(made._get_breakpoint_classes(columns, made.HORIZONTAL_BREAKPOINTS))
    return made
