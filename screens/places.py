"""Switching the team and the cycle that all screens show, and commenting from any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.service import listing
from screens.dialogs.pick import Pick
from screens.page import Page

if TYPE_CHECKING:
    from textual.app import App


async def choose_team(app: App[int]) -> None:
    """Let the person choose a team by a part of its name."""
    page = app.screen
    if not isinstance(page, Page):
        return
    teams = await page.read(listing.teams) or []
    choices = [(team.slug, f"{'  ' * team.depth}{team.name}{' (archived)' if team.archived else ''}") for team in teams]
    slug = await app.push_screen_wait(Pick("Show another team", choices, page.desk.where.team))
    if slug:
        page.desk.where.team = slug
        page.reload()


async def choose_cycle(app: App[int]) -> None:
    """Let the person choose a cycle."""
    page = app.screen
    if not isinstance(page, Page):
        return
    cycles = await page.read(listing.cycles) or []
    choices = [(one.name, f"{one.name}  {one.starts} to {one.ends}  {one.phase}") for one in reversed(cycles)]
    name = await app.push_screen_wait(Pick("Show another cycle", choices, page.desk.where.cycle or ""))
    if name:
        page.desk.where.cycle = name
        page.reload()
