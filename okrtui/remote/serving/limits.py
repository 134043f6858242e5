"""How much of a server one person, and all together, may take; and for how long."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator

HANDSHAKES = 60
"""Connections that are let in at once before they have said who they are; more are closed unheard."""
LOGIN_SECONDS = 60.0
"""For everything up to a key, a code typed by hand included."""
KEYS_OFFERED = 10
"""Keys that one connection may offer; an agent holds a few."""
CHANNELS = 8
"""Sessions and commands of one connection at once."""
KEEPALIVE_SECONDS = 30
KEEPALIVES_MISSED = 3
STALLED_SECONDS = 60.0
"""How long a terminal may take nothing of what waits for it; then it is taken for gone."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sessions at once, in all and of one person; and the minutes after which one that nothing is pressed in is closed, 0 for never."""

    sessions: int = 300
    a_person: int = 6
    idle_minutes: int = 720


class Places:
    """The places that are taken, and by whom."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._taken: Counter[int] = Counter()

    @property
    def taken(self) -> int:
        """How many are taken."""
        return self._taken.total()

    @contextmanager
    def taken_by(self, person_id: int) -> Iterator[None]:
        """Take a place for the length of the block.

        Raises:
            NotAllowed: there is none, for anybody or for this person.
        """
        if self.taken >= self._limits.sessions:
            raise NotAllowed(f"All {self._limits.sessions} places of this server are taken: try again in a while.")
        if self._taken[person_id] >= self._limits.a_person:
            raise NotAllowed(f"You are here {self._limits.a_person} times already: leave one of those (q) first.")
        self._taken[person_id] += 1
        try:
            yield
        finally:
            self._taken[person_id] -= 1
            if not self._taken[person_id]:
                del self._taken[person_id]
