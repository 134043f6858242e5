"""The Textual application: wiring only."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType

from okrtui.core.errors import OkrtuiError, StoreError
from okrtui.service import rooms
from okrtui.service.desk import Desk, Where
from okrtui.store.gateway import Gateway
from screens.commands import PAGES
from screens.dialogs.help import Help
from screens.page import Go, Page
from screens.palette import Acts, Things
from screens.room import RoomPage
from widgets.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.screen import Screen

    from okrtui.service.session import Session
    from okrtui.store.events import Event
    from okrtui.store.file import Store


class OkrtuiApp(App[int]):
    """Everybody's screens over one file; exits with 0, or with 3 when the file can serve no longer."""

    TITLE = "okrtui"
    # News of what was done stands at the top, away from the fields and the keys.
    CSS = "ToastRack { dock: top; align: right top; margin-top: 1; }"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {Acts, Things}  # noqa: RUF012  # Textual's way to say it
    DEFAULT_MODE = "room"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(keys, f"go('{page}')", title, show=False, priority=True) for page, (title, _, keys) in PAGES.items()),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(self, path: Path, identify: Callable[[Store], Session], *, rehearsal: bool = False) -> None:
        """``identify`` says who it is at the opened file; ``rehearsal`` is said in every header."""
        super().__init__()
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
        except OkrtuiError as error:
            self._trouble(error)
            return
        self.desk.where = Where(team, cycle)
        page = self._page
        if page is not None:
            page.refresh_if_stale()

    async def on_unmount(self) -> None:
        """Finish what was asked of the file."""
        await self.gateway.close()

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
        The exit status: 0, or 3 when the file could serve no longer, with a sentence on standard error.
    """
    app = OkrtuiApp(path, identify, rehearsal=rehearsal)
    return app.run() or 0
