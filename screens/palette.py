"""The command palette: every act by name, and every objective, key result, team and person by its words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Provider
from textual.content import Content

from okrtui.service import listing
from screens.commands import COMMANDS, PAGES
from screens.dialogs.dialog import is_on_top, unanswered
from screens.page import Go, Page
from screens.together import Follow
from widgets.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.await_complete import AwaitComplete
    from textual.command import Hits
    from textual.fuzzy import Matcher
    from textual.worker import Worker

    from screens.commands import Command


class Palette(CommandPalette):
    """Textual's palette, which may be left while it still searches."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, unless it is closed already."""
        return super().dismiss(result) if is_on_top(self) else unanswered()

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]  # nothing, once closed
        """Search, unless what was typed last comes in after the palette was closed."""
        return super()._gather_commands(search_value) if is_on_top(self) else None


class Acts(Provider):
    """The acts of the table; one of another screen goes there first."""

    async def discover(self) -> Hits:
        """The acts of the screen that is shown."""
        for command, run in self._commands():
            if command.page == self._page:
                refused = self._refusal(command)
                shown = Content.styled(_named(command), "$foreground-muted" if refused else "")
                yield DiscoveryHit(shown, run, text=command.name, help=self._told(command, refused))

    async def search(self, query: str) -> Hits:
        """Acts whose name fits."""
        matcher = self.matcher(query)
        for command, run in self._commands():
            if (score := matcher.match(_named(command))) > 0:
                refused = self._refusal(command)
                shown = matcher.highlight(_named(command))
                if refused:
                    shown = shown.stylize("$foreground-muted")
                yield Hit(score, shown, run, text=command.name, help=self._told(command, refused))

    def _refusal(self, command: Command) -> str:
        """Why an act of the screen that is shown is refused now: it stands dimmed, and says so in place of what it does."""
        page = self.screen
        return page.refusal(command.id) if isinstance(page, Page) and command.page == page.PAGE else ""

    @staticmethod
    def _told(command: Command, refused: str) -> str:
        # A sentence may name what people typed: as content it is text, where a string would be markup.
        return Content(plain(refused)) if refused else command.help  # type: ignore[return-value]  # the palette takes either

    @property
    def _page(self) -> str:
        return self.screen.PAGE if isinstance(self.screen, Page) else "room"

    def _commands(self) -> list[tuple[Command, Callable[[], object]]]:
        return [
            (
                command,
                partial(
                    self.screen.post_message,
                    Go(self._page if command.page == "everywhere" else command.page, command=command.id),
                ),
            )
            for command in COMMANDS
            if command.id not in {"palette", "down", "up", "quit.anywhere"}
        ]


def _named(command: Command) -> str:
    place = "" if command.page == "everywhere" else f"{PAGES[command.page][0]}: "
    return f"{place}{command.name}"


class Things(Provider):
    """Objectives, key results, teams, and people who are here."""

    async def startup(self) -> None:
        """Read them once, when the palette opens."""
        self._found: list[tuple[str, Callable[[], object]]] = []
        page = self.screen
        if not isinstance(page, Page):
            return
        cycle = page.desk.where.cycle
        found = await page.read(lambda session: (listing.things(session, cycle), listing.teams(session)))
        things, teams = found or ([], [])
        for thing in things:
            target = "board" if thing.ref.startswith("KR") else "objectives"
            run = partial(self._open, page, thing.team, Go(target, thing.ref))
            self._found.append((f"{thing.ref} {plain(thing.text)} ({thing.team})", run))
        for team in teams:
            self._found.append(
                (f"{plain(team.name)} (team {team.slug})", partial(self._open, page, team.slug, Go("room")))
            )
        for one in page.desk.others:
            self._found.append((f"Follow @{plain(one.handle)}, who is here", partial(page.post_message, Follow(one))))

    @staticmethod
    def _open(page: Page, team: str, go: Go) -> None:
        page.desk.where.team = team
        page.reload()
        page.post_message(go)

    async def search(self, query: str) -> Hits:
        """Things whose words fit."""
        matcher = self.matcher(query)
        for text, run in self._found:
            if (score := matcher.match(text)) > 0:
                yield Hit(score, _highlighted(matcher, text), run, text=text)


def _highlighted(matcher: Matcher, text: str) -> Content:
    """A text with what fits marked; unlike the matcher's own, brackets in it are brackets."""
    _, places = matcher.fuzzy_search.match(matcher.query, text)
    content = Content(text)
    for place in places:
        content = content.stylize("bold underline", place, place + 1)
    return content
