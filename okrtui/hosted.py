"""The application of one person among many in one process: over a line, with one gateway for all."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from rich.console import Console
from textual import events
from textual.filter import ANSIToTruecolor, Monochrome
from textual.widget import Widget

from okrtui.app import OkrtuiApp
from okrtui.terminal.channel import ChannelDriver
from okrtui.terminal.leftovers import everything_of, loosen_later, take_apart
from okrtui.terminal.stylesheet import SharedStylesheet
from screens.together import Followed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.await_remove import AwaitRemove
    from textual.dom import DOMNode

    from okrtui.remote.serving.steward import Steward
    from okrtui.service.presence import Present, Spot
    from okrtui.service.session import Session
    from okrtui.store.events import Event
    from okrtui.store.file import Store
    from okrtui.store.gateway import Gateway
    from okrtui.terminal.channel import Line
    from screens.page import Page


LIVELY = {"workshop": 1.0, "scoring": 1.0}
"""Seconds between two looks at what goes on, on pages where somebody keeps the time."""
LOOK_SECONDS = 60.0
"""The same on the others: who is here is seen by the steward."""
BEGIN_SECONDS = 1.0
"""How long the next ones wait for one that begins."""
SHOWN = 40
"""Others who could stand in the first line at most."""


class HostedApp(OkrtuiApp):
    """Nothing of it is the process's: no signal, no environment, no output but the line's. A steward looks after it."""

    def __init__(
        self,
        steward: Steward,
        gateway: Gateway,
        identify: Callable[[Store], Session],
        line: Line,
        terminal: Mapping[str, str],
        *,
        rehearsal: bool = False,
    ) -> None:
        """``terminal`` has the variables that say what the person's terminal can show: TERM, COLORTERM, NO_COLOR."""
        self._terminal, self._steward = terminal, steward
        super().__init__(gateway, identify, rehearsal=rehearsal)
        self.driver_class = partial(ChannelDriver, line=line)  # type: ignore[assignment]  # it is only ever called
        # What is printed is the process's, whoever's turn it is: Textual would turn it to the application that began last.
        self._capture_stdout, self._capture_stderr = sys.stdout, sys.stderr  # type: ignore[assignment]  # as above
        self.animation_level = "none"
        self.stylesheet = SharedStylesheet(variables=self.stylesheet._variables)
        self.last_words = ""
        self.pressed = monotonic()
        """When something was last pressed."""
        self._said: Spot | None = None
        self._looked = 0.0
        self._everybody: Sequence[Present] = ()
        self._given: Sequence[Present] = ()
        self._shown: tuple[object, ...] = ()
        self._shown_on: Page | None = None
        self._mistake: Exception | None = None
        self._is_beginning = self._is_there = False
        self._had: list[DOMNode] = []
        """The widgets that were there when it ended."""
        self._leaves: int | None = None
        """The status to leave with, for somebody who has gone before they were there."""

    def _look(self) -> None:
        """Draw for the person's terminal, not for one that the server was started on."""
        self.no_color = "NO_COLOR" in self._terminal
        self._filters = [one for one in self._filters if isinstance(one, ANSIToTruecolor)]
        if self.no_color:
            self._filters.append(Monochrome())
        self.console = Console(
            file=self.console.file,
            force_terminal=True,
            highlight=False,
            emoji=False,
            legacy_windows=False,
            safe_box=False,
            soft_wrap=False,
            _environ=dict(self._terminal),
        )
        super()._look()

    # Looked after

    @property
    def token(self) -> str:
        """What its session is called."""
        return self.desk.token

    def _listen(self) -> Callable[[], None]:
        return self._steward.join(self)

    def _keep_looking(self) -> None:
        self._looked = -LOOK_SECONDS
        self.call_later(self._begun)
        self._is_there = True
        if self._leaves is not None:
            super().leave(self._leaves)

    def hear(self, events: Sequence[Event]) -> None:
        """Hear what was committed."""
        with self._context():
            self._news(tuple(events))

    def meet(self, trouble: BaseException) -> None:
        """End, with the sentence of what went wrong."""
        with self._context():
            self._trouble(trouble)

    def look_if_due(self, now: float) -> None:
        """Say where its person is where they have moved, and look at what goes on there now and then."""
        page = self._page
        if page is None or not self._looked or not self.is_running:
            return
        place = page.place
        if place != self._said or now - self._looked >= LIVELY.get(page.PAGE, LOOK_SECONDS):
            self._said, self._looked = place, now
            with self._context():
                page.look_around()
        elif self.desk.others is not self._given or page is not self._shown_on:
            self._shown = ()  # what the page has seen, and shown, by itself is older, and another page has shown nobody yet
            self.see(self._everybody)

    def see(self, everybody: Sequence[Present]) -> None:
        """Show who else is here, where that would be seen."""
        self._everybody = everybody
        self.desk.see_among(everybody)
        self._given = others = self.desk.others
        page = self._page
        if page is None or not page.is_mounted or not self._looked or not self.is_running:
            return
        form = self.desk.form
        same = form and [one for one in others if one.spot.form == form]
        shown = (page, len(others), others[:SHOWN], self.desk.followers, same)
        self._shown_on = page
        if shown != self._shown:
            self._shown = shown
            with self._context():
                page.show_others(others)
                page.post_message(Followed())

    async def on_event(self, event: events.Event) -> None:
        """Take an event, and note when the person last pressed something."""
        if isinstance(event, events.InputEvent | events.Paste):
            self.pressed = monotonic()
        await super().on_event(event)

    # Running

    async def run_on_line(self) -> int:
        """Run until the person leaves; the exit status.

        Raises:
            Exception: a mistake in the program; all that was typed is kept by then.
        """
        await self._steward.beginning.acquire()
        self._is_beginning = True
        if self._leaves is not None:
            self._begun()
            return self._leaves
        patience = asyncio.get_running_loop().call_later(BEGIN_SECONDS, self._begun)
        try:
            status = await self.run_async()
        finally:
            patience.cancel()
            self._begun()
            if self._stop_listening is not None:  # whatever it died of: nobody looks after what is taken apart
                self._stop_listening()
            take_apart(self, self._had)
        if self._mistake is not None:
            raise self._mistake
        self.last_words = self.trouble
        return status if isinstance(status, int) else 0

    def leave(self, status: int) -> None:
        """End; of an application that is still being made once it is."""
        if self._is_there:
            super().leave(status)
        else:
            self._leaves = status

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        if not self._had:  # else all of it is taken apart
            everybody = (child for node in nodes for child in node.walk_children(Widget, with_self=True))
            loosen_later(everything_of(everybody))
        return super()._prune(*nodes, parent=parent)

    async def _close_all(self) -> None:
        """Close every page and dialog at once: one after the other takes many turns of a loop that is everybody's."""
        self._had = everything_of(node for node in self._registry if isinstance(node, Widget))
        await self._prune(*(screen for stack in self._screen_stacks.values() for screen in stack if screen._running))
        await super()._close_all()

    def _begun(self) -> None:
        """Let the next one begin: the first frame is drawn, or takes too long."""
        if self._is_beginning:
            self._is_beginning = False
            self._steward.beginning.release()

    def _fail(self, error: Exception) -> None:
        if not self.trouble:  # else what follows from a file that can serve no longer is no mistake
            self._mistake = self._mistake or error
        super()._fail(error)

    def _fatal_error(self) -> None:
        """End; whoever runs it tells of the error, in the log alone."""
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print nothing: whoever runs it says the last words on the line."""
        self._exit_renderables.clear()
