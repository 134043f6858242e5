"""Keeping what is typed into a form while it is typed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from okrtui.core.errors import StoreError
from okrtui.service import drafts
from okrtui.service.drafts import Opened

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from okrtui.service.session import Session
    from okrtui.store.live import Live

    Write = Callable[[Callable[[Session, Live], bool]], Awaitable[bool]]

KEEP_SECONDS = 0.1
"""From the first key that is not kept to its being on its way; with the turn of the second file's thread it is 150 ms at most."""
AGAIN_SECONDS = 1.0
"""Until another try where the second file could not serve."""


class Keeper:
    """Keeps one form, used on the loop: what is told to it within a tenth of a second goes in one write."""

    def __init__(self, write: Write, form: str) -> None:
        """``form`` names the form and what it is about; ``write`` runs what it is given on the second file's thread."""
        self.form = form
        self.opened = Opened()
        """Where it was opened last, so that it can be opened from anywhere."""
        self._write = write
        self._latest: tuple[dict[str, object], dict[str, object]] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def typed(self, values: Mapping[str, object], began: Mapping[str, object]) -> None:
        """Keep these values, of which those that equal ``began`` say nothing new, in a moment."""
        self._latest = dict(values), dict(began)
        self._wait(KEEP_SECONDS)

    async def keep(self) -> None:
        """Keep what waits to be kept now; what is on its way already has arrived, too, when this is over."""
        on_their_way = tuple(self._tasks)
        await self._keep()
        await asyncio.gather(*on_their_way)

    async def _keep(self) -> None:
        self._stop_waiting()
        latest, self._latest = self._latest, None
        if latest is None:
            return
        try:
            is_kept = await self._write(
                lambda session, live: drafts.keep(session, self.form, *latest, self.opened, live=live)
            )
        except StoreError:  # the file is closed, which whoever looks at it is told of
            return
        if not is_kept and self._latest is None:
            self._latest = latest
            self._wait(AGAIN_SECONDS)

    def drop(self) -> None:
        """Keep nothing that is not on its way yet."""
        self._stop_waiting()
        self._latest = None

    def _wait(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(seconds, self._due)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _due(self) -> None:
        self._timer = None
        task = asyncio.get_running_loop().create_task(self._keep())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
