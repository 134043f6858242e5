"""Who is here, and where: each session says so every ten seconds, and is forgotten after thirty without a word."""

from __future__ import annotations

import os
from dataclasses import dataclass
from time import time
from typing import TYPE_CHECKING

from okrtui.store import people, presence
from okrtui.store.presence import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.service.session import Session

HEARTBEAT_SECONDS = 10.0
FORGOTTEN_SECONDS = 30.0
LOOK_SECONDS = 5.0
"""How often those are looked for who have said nothing for too long; who says something is seen at the next look."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody is: a page of a team and a cycle, and the form that is open there, if one is."""

    page: str
    team: str
    cycle: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who is here."""

    handle: str
    spot: Spot


class Presence:
    """One session among the others, on the gateway's thread."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        """``clock`` gives seconds since 1970: the same for all who share the file, whatever day a rehearsal plays."""
        self._clock = clock
        self._token = os.urandom(8).hex()
        self._spot: Spot | None = None
        self._said = 0.0
        self._looked = 0.0
        self._version = -1
        self._others: tuple[Present, ...] = ()

    def look(self, session: Session, spot: Spot) -> tuple[Present, ...]:
        """Say where this session is, where that is due, and see who else is here, a person once, by handle."""
        now = self._clock()
        if spot != self._spot or not 0 <= now - self._said < HEARTBEAT_SECONDS:
            self._say(session, spot, now)
        version = session.store.live.data_version()
        if version != self._version or not 0 <= now - self._looked < LOOK_SECONDS:
            self._version, self._looked = version, now
            self._others = self._read(session, now)
        return self._others

    def leave(self, session: Session) -> None:
        """Be gone at once."""
        before = self._clock() - FORGOTTEN_SECONDS
        session.store.live.write(lambda connection: presence.take_away(connection, self._token, before=before))

    def _say(self, session: Session, spot: Spot, now: float) -> None:
        handle = _handle(session)
        if handle is None:
            return
        row = Row(self._token, session.person_id or 0, handle, spot.page, spot.form, spot.cycle, spot.team, now)
        if session.store.live.write(lambda connection: presence.put(connection, row)):
            self._spot, self._said = spot, now

    def _read(self, session: Session, now: float) -> tuple[Present, ...]:
        rows = session.store.live.read(lambda connection: presence.since(connection, now - FORGOTTEN_SECONDS)) or []
        mine = session.person_id or 0
        latest = {row.handle: row for row in sorted(rows, key=lambda row: row.at) if row.person_id != mine}
        return tuple(
            Present(handle, Spot(row.page, row.team, row.cycle, row.form)) for handle, row in sorted(latest.items())
        )


def _handle(session: Session) -> str | None:
    """Who it is; None where their access was switched off."""
    if session.person_id is None:
        return "operator"
    with session.store.reading() as connection:
        person = people.by_id(connection, session.person_id)
    return person.handle if person is not None and person.active else None
