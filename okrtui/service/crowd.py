"""Many people in one process: one heartbeat for all of them, and one look at who is here."""

from __future__ import annotations

from dataclasses import dataclass
from time import time
from typing import TYPE_CHECKING

from okrtui.service.presence import FORGOTTEN_SECONDS, HEARTBEAT_SECONDS, everybody
from okrtui.store import presence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from okrtui.service.presence import Present
    from okrtui.store.live import Live
    from okrtui.store.presence import Row


@dataclass(frozen=True, slots=True)
class Seen:
    """Who is here, a person once, by handle; and why sessions have to end, by their tokens."""

    everybody: tuple[Present, ...]
    sent_away: Mapping[str, str]


class Crowd:
    """The sessions of one process, on the second file's thread."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        """``clock`` gives seconds since 1970: the same for all who share the file."""
        self._clock = clock
        self._said = 0.0
        self._rows: list[Row] = []
        self._seen = Seen((), {})

    def look(self, live: Live, tokens: Sequence[str]) -> Seen:
        """Say that these sessions are here still, every ten seconds, and see who is: the same object while all is as it was."""
        now = self._clock()
        if not 0 <= now - self._said < HEARTBEAT_SECONDS:
            live.write(lambda connection: presence.beat(connection, tokens, now))
            self._said = now
        rows = live.read(lambda connection: presence.since(connection, now - FORGOTTEN_SECONDS)) or []
        places = [row._replace(at=0.0, moved=0.0, ref="", view="", scroll=0.0) for row in rows]
        away = live.read(presence.all_sent_away) or {}
        if places != self._rows or away != self._seen.sent_away:
            self._rows, self._seen = places, Seen(everybody(rows), away)
        return self._seen
