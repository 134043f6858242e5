"""The Textual application: wiring only."""

from __future__ import annotations

import gc
from contextlib import suppress
from signal import SIGHUP
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import Monochrome, NoColor
from textual.widgets import Input, TextArea

from okrtui.core.errors import OkrtuiError, StoreError
from okrtui.service import choices, rooms
from okrtui.service.desk import Desk, Where
from okrtui.store.gateway import Gateway
from okrtui.terminal.driver import PosixDriver
from okrtui.terminal.signals import ending
from okrtui.terminal.unseen import Unseen
from screens.commands import PAGES
from screens.dialogs.help import Help
from screens.page import Go, Page
from screens.palette import Acts, Palette, Things
from screens.room import RoomPage
from widgets import themes
from widgets.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.dom import DOMNode
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.widget import Widget

    from okrtui.service.session import Session
    from okrtui.store.events import Event
    from okrtui.store.file import Store

LOOK_AROUND_SECONDS = 0.5


class OkrtuiApp(App[int]):
    """Everybody's screens over one file; exits with 0, or with 3 when the file can serve no longer."""

    TITLE = "okrtui"
    # News of what was done stands at the top, away from the fields and the keys.
    CSS = "ToastRack { dock: top; align: right top; margin-top: 1; }" + themes.CSS
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {Acts, Things}  # noqa: RUF012  # Textual's way to say it
    DEFAULT_MODE = "room"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(keys, f"go('{page}')", title, show=False, priority=True) for page, (title, _, keys) in PAGES.items()),
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
        self.add_mode("room", self._room)
        self.add_mode("objectives", self._objectives)
        self.add_mode("board", self._board)
        self.add_mode("checkin", self._checkin)

    # Each page is made when it is first visited, and what it needs is loaded then.

    def _room(self) -> Screen[None]:
        return RoomPage(self.desk, notice=self._notice)

    def _objectives(self) -> Screen[None]:
        from screens.objectives import ObjectivesPage  # noqa: PLC0415

        return ObjectivesPage(self.desk, notice=self._notice)

    def _board(self) -> Screen[None]:
        from screens.board import BoardPage  # noqa: PLC0415

        return BoardPage(self.desk, notice=self._notice)

    def _checkin(self) -> Screen[None]:
        from screens.checkin import CheckinPage  # noqa: PLC0415

        return CheckinPage(self.desk, notice=self._notice)

    async def on_mount(self) -> None:
        """Open the file, find the place to begin, and listen for news."""
        try:
            await self.gateway.start()
            self.gateway.listen(self._news, on_trouble=self._trouble)
            team, cycle = await self.desk.read(rooms.home)
            await self._take_theme()
        except OkrtuiError as error:
            self._trouble(error)
            return
        self.desk.where = Where(team, cycle)
        page = self._page
        if page is not None:
            page.refresh_if_stale()
        self.set_interval(LOOK_AROUND_SECONDS, self._look_around)

    def _look_around(self) -> None:
        if not gc.isenabled():  # as the command left it: what the start made is here to stay
            gc.freeze()
            gc.enable()
        if (page := self._page) is not None:
            page.look_around()

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
        self._filters = [NoColor() if isinstance(one, Monochrome) else one for one in self._filters]

    async def _take_theme(self) -> None:
        """Take the theme this person chose, if there is a choice."""
        name = await self.desk.read(lambda session: choices.chosen(session, choices.THEME))
        if name in themes.THEMES and not self.no_color:
            self.theme = name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through before the terminal; the last one lets nothing through that it would obey."""
        return (*super().get_line_filters(), self._unseen)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        """Take a widget in, a field without a blink: its output keeps a dead link alive for ever."""
        if isinstance(child, Input):
            child.set_reactive(Input.cursor_blink, False)  # noqa: FBT003  # Textual's way to say it
        elif isinstance(child, TextArea):
            child.set_reactive(TextArea.cursor_blink, False)  # noqa: FBT003  # Textual's way to say it
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


def run(path: Path, identify: Callable[[Store], Session], *, rehearsal: bool = False) -> int:
    """Open the interface on a file until the person leaves.

    Returns:
        The exit status: 0; 3 when the file could serve no longer, with a sentence on standard error; 128 and the number
        of the signal that ended it.
    """
    app = OkrtuiApp(path, identify, rehearsal=rehearsal)
    with ending(app.leave, app.restore_terminal) as app.ends:
        return app.run() or 0
