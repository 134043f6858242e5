"""Choosing the colours of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.pick import Pick
from widgets.themes import THEMES

if TYPE_CHECKING:
    from textual.app import App


async def choose_theme(app: App[int]) -> str | None:
    """Ask for a theme; its name, None where none was chosen."""
    names = [(name, words) for name, (words, _) in THEMES.items()]
    return await app.push_screen_wait(Pick("Colours", names, app.theme))
