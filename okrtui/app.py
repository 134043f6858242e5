"""The Textual application: wiring only."""

from __future__ import annotations

import asyncio
import gc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches

from okrtui.core.errors import AccessEnded, OkrtuiError, StoreError
from okrtui.service import choices, rooms
from okrtui.service.desk import Desk, Where
from okrtui.store.gateway import Gateway
from okrtui.terminal.application import OnTerminal
from okrtui.terminal.signals import ending
from okrtui.terminal.turns import Turns
from screens import room
from screens.commands import PAGES
from screens.made import make
from screens.page import Go, Page
from screens.together import Follow, Followed
from widgets import themes
from widgets.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType
    from textual import events
    from textual.command import Provider

    from okrtui.service.session import Session
    from okrtui.store.events import Event
    from okrtui.store.file import Store
    from screens.following import Following

LOOK_AROUND_SECONDS = 0.5

YOUNG = 10_000
"""New objects after which the collector looks through them: what a page is read into may be thousands, and is no garbage."""

ACCESS = ("person.", "key.")
"""How the verbs of events begin after which somebody may be here no longer."""

KEPT = "What you typed is kept, and offered again when you come back."

FIRST_SECONDS = 0.5
"""How long the first frame waits for what it shows; a file that is slower gets an empty one before."""


def _acts() -> type[Provider]:
    from screens.palette import Acts  # noqa: PLC0415  # loaded when asked for: the first frame does without

    return Acts


def _things() -> type[Provider]:
    from screens.palette import Things  # noqa: PLC0415  # as above

    return Things


class OkrtuiApp(OnTerminal):
    """Everybody's screens over one file.

    Exits with 0, with 1 for somebody who may be here no longer, or with 3 when the file can serve no longer.
    """

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

    def __init__(self, path: Path | Gateway, identify: Callable[[Store], Session], *, rehearsal: bool = False) -> None:
        """``identify`` says who it is at the opened file; ``rehearsal`` is said in every header.

        A gateway is another's, who starts and closes it.
        """
        super().__init__()
        self._owns_gateway = not isinstance(path, Gateway)
        self.gateway = path if isinstance(path, Gateway) else Gateway(path)
        self._stop_listening: Callable[[], None] | None = None
        self.desk = Desk(self.gateway, identify)
        self.desk.on_lost = self._lost
        self._notice = "[rehearsal] " if rehearsal else ""
        self.trouble = ""
        self._follows: Following | None = None
        self._turns = Turns(self, lambda: (page := self._page) is not None and page.is_between)
        for page in PAGES:
            self.add_mode(page, partial(self._make, page))

    def _make(self, page: str) -> Page:
        return make(page, self.desk, self._notice, self.size.width)

    async def on_mount(self) -> None:
        """Open the file, find the place to begin, listen for news, and show the first page: nothing is drawn before."""
        try:
            if self._owns_gateway:
                await self.gateway.start()
            self._stop_listening = self._listen()
            self.desk.where, theme = await self.desk.read(_beginning)
        except OkrtuiError as error:
            self._trouble(error)
            return
        self._take_theme(theme)
        if (page := self._page) is not None:
            await asyncio.wait([asyncio.create_task(page.begin())], timeout=FIRST_SECONDS)
            self.call_later(page.check_idle)  # all of it is drawn at once, when Textual's own batch has ended
        self._keep_looking()

    def _listen(self) -> Callable[[], None]:
        """Hear of what is committed from now on; what ends it."""
        return self.gateway.listen(self._news, on_trouble=self._trouble)

    def _keep_looking(self) -> None:
        """Look around now and then, from now on."""
        self.set_interval(LOOK_AROUND_SECONDS, self._look_around)

    def _look_around(self) -> None:
        if not gc.isenabled():  # as the command left it: what the start made is here to stay
            gc.freeze()
            gc.set_threshold(YOUNG)
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
        """Take a key in its turn; the first one of a person who follows somebody leaves, and does nothing else."""
        if self._turns.holds(event):
            return
        if self._follows is None or not self._follows.takes(event):
            await super().on_event(event)

    @work(group="asking")
    async def action_follow(self) -> None:
        """Follow somebody who is here."""
        await self._following.choose()

    @on(Follow)
    def _follow(self, message: Follow) -> None:
        if message.whom is None:
            self._following.leave()
        else:
            self._following.follow(message.whom)

    @on(Followed)
    def _followed(self) -> None:
        self._following.notice()

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End, with what stands in the forms noted: a line may drop between a key and what is told of it."""
        for stack in self._screen_stacks.values():
            if stack and isinstance(stack[0], Page):
                stack[0].note_form()
        super().exit(result, return_code, message)

    async def on_unmount(self) -> None:
        """Keep what is typed, finish what was asked of the file, and be gone for the others."""
        if self._stop_listening is not None:
            self._stop_listening()
        await self.desk.leave()
        if self._owns_gateway:
            await self.gateway.close()

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
        if any(event.verb.startswith(ACCESS) for event in events):
            self.run_worker(self.desk.must_stand, group="standing")  # type: ignore[arg-type]  # as in okrtui.terminal.turns

    def _trouble(self, error: BaseException) -> None:
        if not isinstance(error, OkrtuiError):
            raise error
        if self.trouble:  # another part of the screen has come upon it, too
            return
        self.trouble = str(error)
        kept = f" {KEPT}" if self._page is not None and self._page.form_open else ""
        serves = isinstance(error, AccessEnded) or not isinstance(error, StoreError)
        self.exit(1 if serves else 3, message=plain(f"{error}{kept}"))

    def _lost(self, error: BaseException) -> None:
        """Tell of a save that failed once nobody waited for it any more: who asked for it has turned to something else, or leaves."""
        with self._context():
            page = None if self._is_ending else self._page
            if page is None or not isinstance(error, OkrtuiError) or error.ends_session:
                self._trouble(error)
            else:
                page.say(str(error), severity="error")

    def _handle_exception(self, error: Exception) -> None:
        """End with the sentence where the file can serve no longer; anything else is a bug and shown as one.

        But for what a page looks for in vain that comes while all of it is being taken down.
        """
        cause = error.__cause__ if isinstance(error.__cause__, StoreError) else getattr(error, "error", error)
        if isinstance(cause, StoreError):
            self._trouble(cause)
        elif not self._is_ending or not isinstance(cause, NoMatches | ScreenStackError):
            self._fail(error)

    @property
    def _is_ending(self) -> bool:
        """Whether nothing is made any more, and all there is will be taken down."""
        return self._exit or not self.is_running

    def _fail(self, error: Exception) -> None:
        """End with a mistake of the program."""
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
        The exit status: 0; with a sentence on standard error, 1 when the person may be here no longer, 3 when the file could
        serve no longer; 128 and the number of the signal that ended it.
    """
    app = OkrtuiApp(path, identify, rehearsal=rehearsal)
    with ending(app.leave, app.restore_terminal) as app.ends:
        try:
            return app.run() or 0
        finally:
            app.give_back_terminal()
