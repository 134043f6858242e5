"""What somebody had seen when they last left a room, so that what is new to them can be marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.service.session import stamp
from okrtui.store import visits

if TYPE_CHECKING:
    from okrtui.service.session import Session


def since(session: Session, place: str) -> int | None:
    """The newest event they had seen there; None where they never were there."""
    return session.store.live.read(lambda connection: visits.last(connection, session.person_id or 0, place))


def keep(session: Session, place: str, event_id: int) -> None:
    """Keep the newest event seen by somebody who leaves."""
    at = stamp(session.clock())
    session.store.live.write(lambda connection: visits.put(connection, session.person_id or 0, place, event_id, at))


class Visit:
    """The room somebody is in, on the gateway's thread: what was new when they came stays marked until they leave."""

    def __init__(self) -> None:
        self._place = ""
        self._since: int | None = None
        self._newest = 0

    def come(self, session: Session, place: str, newest: int) -> int | None:
        """Be in a room whose newest event is this; the newest one that was seen when they last left it."""
        if place != self._place:
            self.leave(session)
            self._place, self._since, self._newest = place, since(session, place), 0
        self._newest = max(self._newest, newest)
        return self._since

    def leave(self, session: Session) -> None:
        """Leave the room, and keep what was seen there."""
        if self._place:
            keep(session, self._place, self._newest)
        self._place = ""
