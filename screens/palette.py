"""The command palette: every act by name, and every objective, key result, team and person by its words."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from textual import work
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Provider
from textual.content import Content

from okrtui.service import listing
from screens.commands import COMMANDS, PAGES
from screens.dialogs.dialog import is_on_top, unanswered
from screens.page import Go, Page
from screens.together import Follow
from widgets.text import plain

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.await_complete import AwaitComplete
    from textual.command import Hits
    from textual.worker import Worker

    from okrtui.service.session import Session
    from screens.commands import Command

MOST = 50
"""Things that are offered for what was typed: who wants another types more of it."""


_SEARCH: Callable[[CommandPalette, str], Awaitable[None]] = CommandPalette._gather_commands.__wrapped__  # type: ignore[attr-defined]  # as it is before Textual makes a worker of it


class Palette(CommandPalette):
    """Textual's palette, which may be left while it still searches."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, unless it is closed already."""
        return super().dismiss(result) if is_on_top(self) else unanswered()

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]  # nothing, once closed
        """Search, unless what was typed last comes in after the palette was closed."""
        return self._search(search_value) if is_on_top(self) else None

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _search(self, search_value: str) -> None:
        if self.query(CommandList):  # there is none any more where it was closed before the search began
            await _SEARCH(self, search_value)


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


class Choice(NamedTuple):
    """A line of what there is to go to, and the same in small letters, in which it is looked for."""

    text: str
    small: str
    team: str
    go: Go | Follow

    @classmethod
    def of(cls, text: str, go: Go | Follow, team: str = "") -> Choice:
        """``team`` is the one whose screens show it."""
        return cls(text, text.lower(), team, go)


class Things(Provider):
    """Objectives, key results, teams, and people who are here."""

    async def startup(self) -> None:
        """Read them once, when the palette opens."""
        page = self.screen
        self._found: list[Choice] = []
        if isinstance(page, Page):
            cycle = page.desk.where.cycle
            self._found = await page.read(lambda session: _choices(session, cycle)) or []
            self._found += [
                Choice.of(f"Follow @{plain(one.handle)}, who is here", Follow(one)) for one in page.desk.others
            ]

    async def shutdown(self) -> None:
        """Keep none of them once the palette is closed: they are held until the collector comes, and may be ten thousand."""
        self._found = []

    async def search(self, query: str) -> Hits:
        """The first of those in which every word stands, or a part of one: a company may have ten thousand of them."""
        matcher, words = self.matcher(query), query.lower().split()
        fitting = (one for one in self._found if all(word in one.small for word in words))
        for one in islice(fitting, MOST):
            score = matcher.match(one.text)
            yield Hit(score, _highlighted(one.text, words), partial(self._open, one), text=one.text)

    def _open(self, chosen: Choice) -> None:
        page = self.screen
        if chosen.team and isinstance(page, Page):
            page.desk.where.team = chosen.team
            page.reload()
        page.post_message(chosen.go)


def _choices(session: Session, cycle: str | None) -> list[Choice]:
    """Everything of a cycle, and every team; made where it is read, not on the loop."""
    return [
        *(
            Choice.of(
                f"{thing.ref} {plain(thing.text)} ({thing.team})",
                Go("board" if thing.ref.startswith("KR") else "objectives", thing.ref),
                thing.team,
            )
            for thing in listing.things(session, cycle)
        ),
        *(
            Choice.of(f"{plain(team.name)} (team {team.slug})", Go("room"), team.slug)
            for team in listing.teams(session)
        ),
    ]


def _highlighted(text: str, words: Sequence[str]) -> Content:
    """A text with each of these words marked."""
    content = Content(text)
    for word in words:
        for found in re.finditer(re.escape(word), text, re.IGNORECASE):
            content = content.stylize("bold underline", *found.span())
    return content
