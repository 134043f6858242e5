"""The Textual application: wiring only."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from pathlib import Path
from signal import SIGHUP
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import Monochrome, NoColor

from okrtui.core.errors import OkrtuiError, StoreError
from okrtui.service import choices, rooms
from okrtui.service.desk import Desk, Where
from okrtui.store.gateway import Gateway
from okrtui.terminal.driver import PosixDriver
from okrtui.terminal.signals import ending
from okrtui.terminal.unseen import Unseen
from screens import room
from screens.commands import PAGES
from screens.page import Go, Page
from screens.together import Follow, Followed
from widgets import themes
from widgets.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.widget import Widget

    from okrtui.service.session import Session
    from okrtui.store.events import Event
    from okrtui.store.file import Store
    from screens.following import Following

LOOK_AROUND_SECONDS = 0.5

FIRST_SECONDS = 0.5
"""How long the first frame waits for what it shows; a file that is slower gets an empty one before."""


def _acts() -> type[Provider]:
    from screens.palette import Acts  # noqa: PLC0415  # loaded when asked for: the first frame does without

    return Acts


def _things() -> type[Provider]:
    from screens.palette import Things  # noqa: PLC0415  # as above

    return Things


class OkrtuiApp(App[int]):
    """Everybody's screens over one file; exits with 0, or with 3 when the file can serve no longer."""

    TITLE = "okrtui"
    # News of what was done stands at the top, away from the fields and the keys.
    CSS_PATH = Path(room.__file__).with_name("room.tcss")
    """The first page's, read with the application's: one that comes later has all of them parsed again."""
    CSS = "ToastRack { dock: top; align: right top; margin-top: 1; }" + themes.CSS
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {_acts, _things}  # noqa: RUF012  # Textual's way to say it
    DEFAULT_MODE = "room"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(keys, f"go('{page}')", title, show=False, priority=True)
            for page, (title, _, keys) in PAGES.items()
            if keys
        ),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(self, path: Path, identify: Callable[[Store], Session], *, rehearsal: bool = False) -> None:
        """``identify`` says who it is at the opened file; ``rehearsal`` is said in every header."""
        super().__init__(driver_class=PosixDriver)
        self._look()
        self._unseen = Unseen()
        self.ends: Callable[[int], None] = self.leave
        self.gateway = Gateway(path)
        self.desk = Desk(self.gateway, identify)
        self._notice = "[rehearsal] " if rehearsal else ""
        self.trouble = ""
        self._follows: Following | None = None
        self.add_mode("room", self._room)
        self.add_mode("objectives", self._objectives)
        self.add_mode("board", self._board)
        self.add_mode("checkin", self._checkin)
        self.add_mode("workshop", self._workshop)
        self.add_mode("scoring", self._scoring)
        self.add_mode("round", self._round)
        self.add_mode("me", self._me)
        self.add_mode("tree", self._tree)
        self.add_mode("report", self._report)

    # Each page is made when it is first visited, and what it needs is loaded then.

    def _room(self) -> Screen[None]:
        return room.RoomPage(self.desk, notice=self._notice)

    def _objectives(self) -> Screen[None]:
        from screens.objectives import ObjectivesPage  # noqa: PLC0415

        return ObjectivesPage(self.desk, notice=self._notice)

    def _board(self) -> Screen[None]:
        from screens.board import BoardPage  # noqa: PLC0415

        return BoardPage(self.desk, notice=self._notice)

    def _checkin(self) -> Screen[None]:
        from screens.checkin import CheckinPage  # noqa: PLC0415

        return CheckinPage(self.desk, notice=self._notice)

    def _workshop(self) -> Screen[None]:
        from screens.workshop import WorkshopPage  # noqa: PLC0415

        return WorkshopPage(self.desk, notice=self._notice)

    def _scoring(self) -> Screen[None]:
        from screens.scoring import ScoringPage  # noqa: PLC0415

        return ScoringPage(self.desk, notice=self._notice)

    def _me(self) -> Screen[None]:
        from screens.me import MePage  # noqa: PLC0415

        return MePage(self.desk, notice=self._notice)

    def _tree(self) -> Screen[None]:
        from screens.tree import TreePage  # noqa: PLC0415

        return TreePage(self.desk, notice=self._notice)

    def _report(self) -> Screen[None]:
        from screens.report import ReportPage  # noqa: PLC0415

        return ReportPage(self.desk, notice=self._notice)

    def _round(self) -> Screen[None]:
        from screens.round import RoundScreen  # noqa: PLC0415

        return RoundScreen(self.desk, notice=self._notice)

    async def on_mount(self) -> None:
        """Open the file, find the place to begin, listen for news, and show the first page: nothing is drawn before."""
        try:
            await self.gateway.start()
            self.gateway.listen(self._news, on_trouble=self._trouble)
            self.desk.where, theme = await self.desk.read(_beginning)
        except OkrtuiError as error:
            self._trouble(error)
            return
        self._take_theme(theme)
        if (page := self._page) is not None:
            await asyncio.wait([asyncio.create_task(page.begin())], timeout=FIRST_SECONDS)
            self.call_later(page.check_idle)  # all of it is drawn at once, when Textual's own batch has ended
        self.set_interval(LOOK_AROUND_SECONDS, self._look_around)

    def _look_around(self) -> None:
        if not gc.isenabled():  # as the command left it: what the start made is here to stay
            gc.freeze()
            gc.enable()
        if (page := self._page) is not None:
            page.look_around()

    # Following

    @property
    def _following(self) -> Following:
        """Who follows whom; made, and loaded, when there is any of it."""
        if self._follows is None:
            from screens.following import Following  # noqa: PLC0415

            self._follows = Following(self, self.desk, lambda: self._page)
        return self._follows

    async def on_event(self, event: events.Event) -> None:
        """Take a key as it comes; the first one of a person who follows somebody leaves, and does nothing else."""
        if self._follows is None or not self._follows.takes(event):
            await super().on_event(event)

    @work(group="asking")
    async def action_follow(self) -> None:
        """Follow somebody who is here."""
        await self._following.choose()

    @on(Follow)
    def _follow(self, message: Follow) -> None:
        self._following.follow(message.whom)

    @on(Followed)
    def _followed(self) -> None:
        self._following.notice()

    async def on_unmount(self) -> None:
        """Keep what is typed, finish what was asked of the file, and be gone for the others."""
        await self.desk.leave()
        await self.gateway.close()

    # The terminal

    def _look(self) -> None:
        """Take the themes; under NO_COLOR the one that leaves colours to the terminal, and then leave them out."""
        for _, theme in themes.THEMES.values():
            self.register_theme(theme)
        self.theme = themes.OWN_COLOURS if self.no_color else themes.DEFAULT
        self.stylesheet.set_variables(self.get_css_variables())
        self._styled = self._css_update_count
        self._filters = [NoColor() if isinstance(one, Monochrome) else one for one in self._filters]

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002  # Textual's signature
        """Style everything anew where the colours have changed: Textual asks for it at each page's first visit, too."""
        if self._styled != self._css_update_count:
            self._styled = self._css_update_count
            super().refresh_css(animate)

    def _take_theme(self, name: str | None) -> None:
        """Take the theme this person chose, if there is a choice."""
        if name in themes.THEMES and not self.no_color:
            self.theme = name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through before the terminal; the last one lets nothing through that it would obey."""
        return (*super().get_line_filters(), self._unseen)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        """Take a widget in, a field without a blink: its output keeps a dead link alive for ever."""
        blink = getattr(type(child), "cursor_blink", None)
        if blink is not None:
            child.set_reactive(blink, False)  # noqa: FBT003  # Textual's way to say it
        super()._register_child(parent, child, before, after)

    def hung_up(self) -> None:
        """The terminal is gone."""
        self.ends(128 + SIGHUP)

    def leave(self, status: int) -> None:
        """End with an exit status, from a signal's handler too: the loop does it in its turn."""
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self.exit, status)

    def restore_terminal(self) -> None:
        """Give the terminal back at once, where the application did not end in time."""
        if isinstance(self._driver, PosixDriver):
            self._driver.restore_now()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not taken yet what was drawn: what can wait is drawn less often."""
        return isinstance(self._driver, PosixDriver) and self._driver.is_behind

    @work(group="asking")
    async def action_choose_theme(self) -> None:
        """Choose the colours, and keep the choice."""
        from screens.appearance import choose_theme  # noqa: PLC0415

        name = await choose_theme(self)
        if name is not None:
            self.theme = name
            await self.desk.read(lambda session: choices.choose(session, choices.THEME, name))

    @property
    def _page(self) -> Page | None:
        """The page shown, under whatever dialog is open."""
        bottom = self.screen_stack[0] if self.screen_stack else None
        return bottom if isinstance(bottom, Page) else None

    def _news(self, events: tuple[Event, ...]) -> None:
        shown = self._page
        for mode in PAGES:
            stack = self._screen_stacks.get(mode) or []
            if stack and isinstance(stack[0], Page):
                stack[0].news(events, visible=stack[0] is shown)

    def _trouble(self, error: BaseException) -> None:
        if not isinstance(error, OkrtuiError):
            raise error
        self.trouble = str(error)
        self.exit(3, message=plain(str(error)))

    def _handle_exception(self, error: Exception) -> None:
        """End with the sentence where the file can serve no longer; anything else is a bug and shown as one."""
        cause = error.__cause__ if isinstance(error.__cause__, StoreError) else getattr(error, "error", error)
        if isinstance(cause, StoreError):
            self._trouble(cause)
        else:
            super()._handle_exception(error)

    def action_command_palette(self) -> None:
        """Every act, objective, key result, team and person by name."""
        from screens.palette import Palette  # noqa: PLC0415  # as above

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())  # without an id: one that is closing may still have it

    def action_go(self, page: str) -> None:
        """Show another page, from anywhere."""
        self.post_message(Go(page))

    @on(Go)
    async def _go(self, message: Go) -> None:
        if message.page != self.current_mode:
            await self.switch_mode(message.page)
        page = self._page
        if page is not None:
            page.go_here(message)

    def action_help(self) -> None:
        """Every key of the page shown."""
        from screens.dialogs.help import Help  # noqa: PLC0415  # as above

        if isinstance(self.screen, Page):
            self.push_screen(Help(self.screen.PAGE))

    @work(group="asking")
    async def action_choose_team(self) -> None:
        """Show another team."""
        from screens.places import choose_team  # noqa: PLC0415

        await choose_team(self)

    @work(group="asking")
    async def action_choose_cycle(self) -> None:
        """Show another cycle."""
        from screens.places import choose_cycle  # noqa: PLC0415

        await choose_cycle(self)


def _beginning(session: Session) -> tuple[Where, str | None]:
    """Where somebody's screens begin, and the theme they chose."""
    return Where(*rooms.home(session)), choices.chosen(session, choices.THEME)


def run(path: Path, identify: Callable[[Store], Session], *, rehearsal: bool = False) -> int:
    """Open the interface on a file until the person leaves.

    Returns:
        The exit status: 0; 3 when the file could serve no longer, with a sentence on standard error; 128 and the number
        of the signal that ended it.
    """
    app = OkrtuiApp(path, identify, rehearsal=rehearsal)
    with ending(app.leave, app.restore_terminal) as app.ends:
        return app.run() or 0
