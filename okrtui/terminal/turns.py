"""Keys in their turn: each is taken once what the one before it began is there to take it.

A key may open a form, go on to the next field or turn to another page, and what is typed right after it is meant for that.
Textual gives a key to whatever has the focus when it comes: behind a slow line, or under a fast hand, the words for a form
would be commands of the page below, and those for a field would stand in the one before it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from textual import events

from okrtui.terminal.intake import Flood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.app import App
    from textual.message_pump import MessagePump

LOOK_SECONDS = 0.02
"""How long it is waited before looking again, where nothing says that a turn has come."""

ROUNDS = 2
"""How often nothing is found under way before a key is given: what is told in one round is done in the next."""

LONGEST_SECONDS = 10.0
"""How long a key waits at most: whatever hangs, no key waits for ever."""

QUIT = "ctrl+q"

GOING = frozenset("hjkl12345678")
"""The letters and digits that only go somewhere."""


class Turns:
    """The keys and pastes of one application that wait for their turn."""

    def __init__(self, app: App[int], is_between: Callable[[], bool]) -> None:
        """``is_between`` says whether something is about to be shown that a key may be meant for."""
        self._app, self._is_between = app, is_between
        self._held: deque[events.Key | events.Paste] = deque()
        self._due: events.Event | None = None
        self._is_giving = False

    def holds(self, event: events.Event) -> bool:
        """Whether a key that came to the application has to wait; it comes again when its turn has come."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            return False
        if event is self._due:
            self._due = None
            return False
        if self._is_pressed_again(event):
            return False
        if not self._is_giving and not isinstance(event, Flood) and self._is_settled(self._app):
            return False
        self._held.append(event)
        if not self._is_giving:
            self._is_giving = True
            # Called once it runs, which it does not where the program ends meanwhile.
            self._app.run_worker(self._give, group="keys")  # type: ignore[arg-type]  # Textual's types name another yield
        return True

    def _is_pressed_again(self, event: events.Event) -> bool:
        """Whether somebody who wants to leave does not want to wait."""
        quits = [one for one in (event, *self._held) if isinstance(one, events.Key) and one.key == QUIT]
        return len(quits) > 1 and event in quits

    async def _give(self) -> None:
        """Give the keys back to the application, one by one."""
        try:
            while self._held:
                await self._settled()
                if not (self._app.is_running and self._app.screen_stack):  # it ends, and takes nothing any more
                    self._held.clear()
                    return
                self._due = self._next()
                if self._due is not None:
                    self._app.post_message(self._due)
        finally:
            self._is_giving = False

    def _next(self) -> events.Key | events.Paste | None:
        """The next of those that wait; None where nothing takes it.

        A flood is text where text is taken. Else the keys that go somewhere are taken, and one more, which may be what opens a form
        for the rest; whatever is left then was pasted into no field, and is no command.
        """
        event = self._held.popleft()
        if not isinstance(event, Flood):
            return event
        if self._takes_text:
            return events.Paste(event.text)
        if event.is_begun:
            return None
        first, *rest = event.keys
        if rest:
            self._held.appendleft(Flood(rest, is_begun=first.key not in GOING))
        return first

    @property
    def _takes_text(self) -> bool:
        from textual.widgets import Input, TextArea  # noqa: PLC0415  # loaded with the first form: the first frame does without

        return isinstance(self._app.focused, Input | TextArea)

    async def _settled(self) -> None:
        """Wait until what was pressed before has done what it does."""
        end, rounds = monotonic() + LONGEST_SECONDS, 0
        asked: dict[MessagePump, asyncio.Event] = {}
        while rounds < ROUNDS and monotonic() < end and self._app.is_running:
            if self._is_between():
                await asyncio.sleep(LOOK_SECONDS)
            for pump in list(self._way()):
                if not _is_idle(pump):
                    await _done(pump, asked)
            await asyncio.sleep(0)
            rounds = rounds + 1 if self._is_settled() else 0

    def _is_settled(self, taken: MessagePump | None = None) -> bool:
        """Whether nothing is under way but what was ``taken`` to be asked about."""
        return all(_is_idle(pump, is_taken=pump is taken) for pump in self._way()) and not self._is_between()

    def _way(self) -> Iterator[MessagePump]:
        """What a key goes through: from the focus up to the application, where the focus moves and screens change."""
        if self._app.screen_stack:
            yield from (self._app.focused or self._app.screen).ancestors_with_self
        else:
            yield self._app


async def _done(pump: MessagePump, asked: dict[MessagePump, asyncio.Event]) -> None:
    """Wait a little until a part of the screen has done whatever it was told so far.

    One that was ``asked`` to tell of it, and has not come to that yet, is not asked again: on a server that is behind with
    everybody's messages these would be more of them.
    """
    done = asked.get(pump)
    if done is None or done.is_set():
        done = asked[pump] = asyncio.Event()
        if not pump.call_later(done.set):  # it is being taken down, and never comes to what waits for it still
            done.set()
            await asyncio.sleep(LOOK_SECONDS)
            return
    with suppress(TimeoutError):  # one that is taken down meanwhile never comes to it
        await asyncio.wait_for(done.wait(), LOOK_SECONDS)


def _is_idle(pump: MessagePump, *, is_taken: bool = False) -> bool:
    """Whether a part of the screen waits for something to do; one that ``is_taken`` does what asks."""
    waiting: Iterable[asyncio.Future[bool]] = pump._message_queue.ready_event._waiters
    waits = is_taken or any(not one.done() for one in waiting)
    return pump._closed or (waits and not pump.message_queue_size and pump._pending_message is None)
