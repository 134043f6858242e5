"""Who is here, sending them away, and keeping everybody out: for the owner of the file, who asks the system and not a rule.

Who is here stands in the second file, so that it is told of a file that is locked or damaged, too. Only screens are
sessions: a command is over before anybody could send it away.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from time import time
from typing import TYPE_CHECKING

from okrtui.core.entering import said
from okrtui.core.errors import Ambiguous, Invalid, NotFound, StoreError
from okrtui.service.presence import FORGOTTEN_SECONDS
from okrtui.store import maintenance, presence
from okrtui.store.maintenance import Maintenance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from okrtui.service.session import Session
    from okrtui.store.live import Live
    from okrtui.store.presence import Row

SHORT = 6
"""How many letters of a session's id are shown; as many of it as are unique name it."""


@dataclass(frozen=True, slots=True)
class Here:
    """A session: who, on which page, in which form, by which way and process; ``since`` and ``heard`` in seconds since 1970."""

    id: str
    handle: str
    page: str
    team: str
    cycle: str
    form: str
    way: str
    pid: int
    since: float
    heard: float


def who(live: Live, clock: Callable[[], float] = time) -> list[Here]:
    """Everybody who has a screen open, by handle; one whose process is gone is left out.

    Raises:
        StoreError: the second file cannot serve.
    """
    rows = live.read(lambda connection: presence.since(connection, clock() - FORGOTTEN_SECONDS))
    if rows is None:
        raise StoreError(live.trouble() or live.outdated or f"{live.path} is held by another program: try again.")
    return [_here(row) for row in rows if _is_alive(row.pid)]


def _here(row: Row) -> Here:
    return Here(row.session, row.handle, row.page, row.team, row.cycle, row.form, row.way, row.pid, row.since, row.at)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def kick(session: Session, whom: str, reason: str = "", clock: Callable[[], float] = time) -> list[Here]:
    """Send a person's sessions away, or one session by its id or the beginning of it; those that were meant.

    Each ends within a second, with who ended it and why, and keeps what is typed. Who was sent away may come back.

    Raises:
        NotFound: nobody of that name is here.
        Ambiguous: several sessions begin like this.
        Invalid: the reason is too long.
    """
    words = said(reason, "reason", "") if reason.strip() else ""
    live = session.store.live
    meant = _meant(who(live, clock), whom)
    with session.writing() as deed:
        for one in meant:
            deed.record("session.kick", f"@{one.handle}", after={"page": one.page, "reason": words})
        why = f"{deed.actor.name} ended your session" + (f": {words}" if words else ".")
        _send_away(live, meant, why if why.endswith((".", "!", "?")) else f"{why}.", clock())
    return meant


def still_here(live: Live, meant: Iterable[Here], clock: Callable[[], float] = time) -> list[Here]:
    """Those of some sessions that have not left yet."""
    ids = {one.id for one in meant}
    return [one for one in who(live, clock) if one.id in ids]


def _meant(here: Iterable[Here], whom: str) -> list[Here]:
    """The sessions somebody means by a handle, or by the beginning of a session's id."""
    name = whom.strip().removeprefix("@").lower()
    own = [one for one in here if one.handle == name]
    if own:
        return own
    begun = [one for one in here if name and one.id.startswith(name)]
    if not begun:
        raise NotFound(f"No session here is of {whom.strip()[:40]!r}: `okrtui who` shows them all.")
    if len(begun) > 1:
        raise Ambiguous(f"Several sessions begin with {name!r}: {', '.join(one.id for one in begun)}.")
    return begun


def _send_away(live: Live, meant: Iterable[Here], why: str, now: float) -> None:
    live.write(lambda connection: presence.forget_sent_away(connection, now - 10 * FORGOTTEN_SECONDS))
    for one in meant:
        if not live.write(partial(presence.send_away, session=one.id, why=why, at=now)):
            raise StoreError(live.trouble() or f"{live.path} is held by another program: try again.")


def begin_maintenance(session: Session, reason: str) -> None:
    """Keep everybody but the file's owner out, with the reason, until it is ended; sessions that are open end by themselves.

    Raises:
        Invalid: there is no reason.
    """
    words = said(reason, "reason", "Say why nobody is let in, with -m: it is what they read.")
    path = session.store.path
    with session.writing() as deed:
        deed.record("maintenance.begin", _FILE, after={"reason": words})
        maintenance.begin(path, Maintenance(words, deed.actor.name, deed.at))


def end_maintenance(session: Session) -> None:
    """Let everybody in again.

    Raises:
        Invalid: there is no maintenance.
    """
    path = session.store.path
    with session.writing() as deed:
        if maintenance.of(path) is None:
            raise Invalid(f"{path} is not in maintenance: `okrtui maintenance on -m WHY` begins it.")
        deed.record("maintenance.end", _FILE)
        maintenance.end(path)


_FILE = "file"
