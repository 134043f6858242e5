"""Looks after all applications of a process at once: what each would do for itself several times a second is done for all."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from okrtui.core.errors import AccessEnded, OkrtuiError
from okrtui.service.crowd import Crowd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okrtui.service.crowd import Seen
    from okrtui.service.presence import Present
    from okrtui.store.events import Event
    from okrtui.store.gateway import Gateway

LOOK_SECONDS = 0.5
ACTIVE_SECONDS = 30.0
"""How long after a key somebody hears of news at once; the others wait a moment, one after the other."""
BETWEEN_SECONDS = 0.012
"""From one of them to the next: a hundred screens drawn in one go would be felt by who types."""

WAIT_SECONDS = 5.0
"""How long who is here waits to be told of while others begin, one after the other."""

BEGINNING = 2
"""Applications that begin at once: when forty come together, the first are there soon, and who types waits for two at most."""


class Seated(Protocol):
    """One application, as far as it is looked after."""

    @property
    def token(self) -> str:
        """What its session is called."""

    @property
    def pressed(self) -> float:
        """When something was last pressed, by ``time.monotonic``."""

    def hear(self, events: Sequence[Event]) -> None:
        """Hear what was committed."""

    def meet(self, trouble: BaseException) -> None:
        """End, with the sentence of what went wrong."""

    def look_if_due(self, now: float) -> None:
        """Say where its person is, where that is due."""

    def see(self, everybody: Sequence[Present]) -> None:
        """Show who else is here."""


class Steward:
    """One for all; used on the loop."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.beginning = asyncio.Semaphore(BEGINNING)
        """Taken by an application from its beginning to its first frame."""
        self._crowd = Crowd()
        self._seated: set[Seated] = set()
        self._seen: Seen | None = None
        self._seen_at = 0.0
        self._late: dict[Seated, list[Event]] = {}
        self._turns: deque[Seated] = deque()
        self._tasks: list[asyncio.Task[None]] = []
        self._news_came = asyncio.Event()
        self.failed: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
        """What ends everybody's session: the file can serve no longer."""

    def start(self) -> None:
        """Look after whoever comes from now on."""
        self._stop_listening = self._gateway.listen(self._news, on_trouble=self._trouble)
        self._tasks = [asyncio.create_task(self._rounds()), asyncio.create_task(self._tell_late())]

    async def stop(self) -> None:
        """Look after nobody any more."""
        self._stop_listening()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def join(self, one: Seated) -> Callable[[], None]:
        """Look after one more, until what is returned is called."""
        self._seated.add(one)

        def leave() -> None:
            self._seated.discard(one)
            self._late.pop(one, None)

        return leave

    # News

    def _news(self, events: tuple[Event, ...]) -> None:
        """Tell those who press keys at once, and the others one after the other, of all that came meanwhile together."""
        since = monotonic() - ACTIVE_SECONDS
        for one in self._seated:
            if one.pressed > since:
                one.hear([*self._late.pop(one, ()), *events])
            elif one in self._late:
                self._late[one] += events
            else:
                self._late[one] = list(events)
                self._turns.append(one)
        self._news_came.set()

    async def _tell_late(self) -> None:
        while True:
            await self._news_came.wait()
            self._news_came.clear()
            while self._turns:
                one = self._turns.popleft()
                if (events := self._late.pop(one, None)) is not None:
                    one.hear(events)
                    await asyncio.sleep(BETWEEN_SECONDS)

    def _trouble(self, error: BaseException) -> None:
        if not self.failed.done():
            self.failed.set_result(error)
        for one in tuple(self._seated):
            one.meet(error)

    # Who is here

    async def _rounds(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            with suppress(OkrtuiError):  # the file is closed, which everybody is told of
                await self._round()

    async def _round(self) -> None:
        tokens = [one.token for one in self._seated]
        if not tokens:
            return
        seen = await self._gateway.aside(lambda live: self._crowd.look(live, tokens))
        now = monotonic()
        # Who comes is served before who is told of it, unless there is no end of them.
        is_calm = not self.beginning.locked() or now - self._seen_at > WAIT_SECONDS
        is_news = seen is not self._seen and is_calm
        for one in tuple(self._seated):
            if (why := seen.sent_away.get(one.token)) is not None:
                one.meet(AccessEnded(why))
                continue
            one.look_if_due(now)
            if is_news:
                one.see(seen.everybody)
        if is_calm:
            self._seen, self._seen_at = seen, now
