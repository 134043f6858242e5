"""Who did what, when, as whom: one row a write, chained so that a change behind the program's back shows.

The same rows are the audit log, the activity feed, what other processes are told, and what undo reads.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from okrtui.store.sqlite import Connection

HEAD = "event_head"

_FIXED = "id, at, person_id, side, deputy_for, alone, way, verb, ref, cycle_id, team_id, private"
_SELECT = f"SELECT {_FIXED}, payload FROM event"
_ALL = f"SELECT {_FIXED}, payload, salt, digest, chain FROM event ORDER BY id"


@dataclass(frozen=True, slots=True)
class Event:
    """One write, as it was recorded."""

    id: int
    at: str
    person_id: int | None
    side: str
    deputy_for: int | None
    alone: bool
    way: str
    verb: str
    ref: str
    cycle_id: int | None
    team_id: int | None
    private: bool
    payload: str | None

    @property
    def redacted(self) -> bool:
        """Whether its texts were blanked."""
        return self.payload is None

    @property
    def before(self) -> dict[str, object]:
        """The fields the write changed, as they were; empty where it made something new, or was redacted."""
        return self._half("before")

    @property
    def after(self) -> dict[str, object]:
        """The fields the write changed, as they became; empty once redacted."""
        return self._half("after")

    def _half(self, name: str) -> dict[str, object]:
        try:
            half: dict[str, object] = json.loads(self.payload)[name] if self.payload else {}
        except (ValueError, KeyError):  # damaged on the disk, as the doctor says: it tells as little as a redacted one
            return {}
        return half


class Written(NamedTuple):
    """A write that is recorded together with many others: by no deputy, and not alone."""

    at: str
    person_id: int | None
    side: str
    way: str
    verb: str
    ref: str
    cycle_id: int | None
    team_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    private: bool = False


def append(  # noqa: PLR0913 - a row has as many columns, and all are named
    connection: Connection,
    *,
    at: str,
    person_id: int | None,
    side: str,
    deputy_for: int | None,
    alone: bool,
    way: str,
    verb: str,
    ref: str,
    cycle_id: int | None,
    team_id: int | None,
    private: bool,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
) -> int:
    """Record one write inside its transaction, and return the event's id.

    ``before`` and ``after`` hold what JSON can hold; ValueError or TypeError for anything else.
    """
    last, chain = _head(connection)
    payload = _canonical({"before": dict(before or {}), "after": dict(after or {})})
    salt = os.urandom(16).hex()
    digest = _sha256(salt + payload)
    fixed = (last + 1, at, person_id, side, deputy_for, int(alone), way, verb, ref, cycle_id, team_id, int(private))
    chain = _link(chain, fixed, digest)
    connection.execute(_INSERT, (*fixed, payload, salt, digest, chain))
    connection.execute(_SET_HEAD, (HEAD, f"{last + 1} {chain}"))
    return last + 1


def append_all(connection: Connection, found: Sequence[Written]) -> None:
    """Record many writes in the order given: for a file that is being made, where each is not worth its own statement."""
    from hashlib import sha256  # noqa: PLC0415 - see `_sha256`

    last, chain = _head(connection)
    encode = _ENCODER.encode
    salts = os.urandom(16 * len(found)).hex()
    added = []
    for place, one in enumerate(found):
        last += 1
        payload = encode({"before": one.before, "after": one.after})
        salt = salts[32 * place : 32 * place + 32]
        digest = sha256((salt + payload).encode()).hexdigest()
        fixed = (
            last,
            one.at,
            one.person_id,
            one.side,
            None,
            0,
            one.way,
            one.verb,
            one.ref,
            one.cycle_id,
            one.team_id,
            int(one.private),
        )
        chain = sha256((chain + encode(fixed) + digest).encode()).hexdigest()
        added.append((*fixed, payload, salt, digest, chain))
    connection.executemany(_INSERT, added)
    connection.execute(_SET_HEAD, (HEAD, f"{last} {chain}"))


_INSERT = f"INSERT INTO event ({_FIXED}, payload, salt, digest, chain) VALUES (?{', ?' * 15})"
_SET_HEAD = "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


def after_id(connection: Connection, event_id: int, limit: int) -> list[Event]:
    """Up to ``limit`` events after the one given, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE id > ? ORDER BY id LIMIT ?", (event_id, limit))
    return [_event(row) for row in rows]


def latest_id(connection: Connection) -> int:
    """The id of the newest event, 0 before the first."""
    (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()
    return int(newest)


def chain_of(connection: Connection, event_id: int) -> str:
    """The digest that stands for this event and all before it; "" for no such event."""
    row = connection.execute("SELECT chain FROM event WHERE id = ?", (event_id,)).fetchone()
    return str(row[0]) if row else ""


def of_ref(connection: Connection, ref: str) -> list[Event]:
    """Everything that happened to one thing, oldest first."""
    return [_event(row) for row in connection.execute(f"{_SELECT} WHERE ref = ? ORDER BY id", (ref,))]


def stood_in(connection: Connection, ref: str) -> list[Event]:
    """Every write to one thing that somebody did as a deputy, or alone."""
    sql = f"{_SELECT} WHERE ref = ? AND (deputy_for IS NOT NULL OR alone) ORDER BY id"
    return [_event(row) for row in connection.execute(sql, (ref,))]


def latest(connection: Connection, limit: int) -> list[Event]:
    """The newest ``limit`` events, oldest first."""
    found = connection.execute(f"{_SELECT} ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
    return [_event(row) for row in reversed(found)]


def since(connection: Connection, at: str) -> list[Event]:
    """Every event from a stamp on, in the order of their ids."""
    sql = f"{_SELECT} INDEXED BY event_at WHERE at >= ? ORDER BY id"
    return [_event(row) for row in connection.execute(sql, (at,))]


def newest_of(connection: Connection, person_id: int, since: str, limit: int) -> list[Event]:
    """Up to ``limit`` events of a person, the newest first, none from before a stamp."""
    sql = f"{_SELECT} WHERE person_id = ? AND at >= ? ORDER BY id DESC LIMIT ?"
    return [_event(row) for row in connection.execute(sql, (person_id, since, limit))]


def recent(
    connection: Connection, team_ids: Sequence[int] | None, limit: int, before_id: int | None = None
) -> list[Event]:
    """Up to ``limit`` events, newest first: of these teams, or with None of everything; older than ``before_id``.

    Private ones are among them: the caller leaves out what the reader may not see.
    """
    bound = before_id if before_id is not None else _LAST_POSSIBLE
    if team_ids is None:
        rows = connection.execute(f"{_SELECT} WHERE id < ? ORDER BY id DESC LIMIT ?", (bound, limit))
    else:
        rows = connection.execute(_OF_TEAMS, (json.dumps(list(team_ids)), bound, limit, limit))
    return [_event(row) for row in rows]


_LAST_POSSIBLE = 2**63 - 1
# The newest of each team by its index, then the newest of those: never a walk through the history.
_OF_TEAMS = f"""
    {_SELECT} WHERE id IN (
        SELECT newest.id FROM json_each(?) AS team JOIN event AS newest ON newest.id IN (
            SELECT id FROM event WHERE team_id = team.value AND id < ? ORDER BY id DESC LIMIT ?
        )
    ) ORDER BY id DESC LIMIT ?
"""


def redact(connection: Connection, event_id: int) -> None:
    """Blank what an event says, for good; who did what, when, stays, and so does the chain."""
    connection.execute("UPDATE event SET payload = NULL, salt = '' WHERE id = ?", (event_id,))


def verify(connection: Connection) -> Iterator[str]:
    """A sentence for everything that was changed behind the program's back; nothing when all is as it was written."""
    last, chain = 0, ""
    for row in connection.execute(_ALL):
        fixed, (payload, salt, digest, stored) = row[:12], row[12:]
        yield from _missing(last, fixed[0])
        if payload is not None and _sha256(salt + payload) != digest:
            yield f"What event {fixed[0]} says was changed."
        if fixed[0] == last + 1 and _link(chain, fixed, digest) != stored:
            yield f"Event {fixed[0]} was changed, or put in another's place."
        last, chain = fixed[0], stored
    yield from _tail(connection, last, chain)


def _missing(last: int, found: int) -> Iterator[str]:
    if found == last + 2:
        yield f"Event {last + 1} was deleted."
    elif found > last + 2:
        yield f"Events {last + 1} to {found - 1} were deleted."
    elif found <= last:
        yield f"There is an event numbered {found}, which okrtui never wrote."


def _tail(connection: Connection, last: int, chain: str) -> Iterator[str]:
    head, head_chain = _stored_head(connection) or (0, "")
    if head > last:
        yield from _missing(last, head + 1)
    elif head < last:
        yield f"The events after {head} were not written by okrtui, or its note of the last one was changed."
    elif head_chain != chain:
        yield f"Event {last} is not the one okrtui wrote last."


def _head(connection: Connection) -> tuple[int, str]:
    return _stored_head(connection) or _last_row(connection)


def _stored_head(connection: Connection) -> tuple[int, str] | None:
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (HEAD,)).fetchone()
    number, _, chain = (row[0] if row else "").partition(" ")
    return (int(number), chain) if number.isdecimal() else None


def _last_row(connection: Connection) -> tuple[int, str]:
    row = connection.execute("SELECT id, chain FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def _event(row: tuple[Any, ...]) -> Event:
    fields = [*row]
    fields[5], fields[11] = bool(row[5]), bool(row[11])
    return Event(*fields)


def _link(previous: str, fixed: tuple[object, ...], digest: str) -> str:
    return _sha256(previous + _canonical(fixed) + digest)


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _canonical(value: object) -> str:
    return _ENCODER.encode(value)


def _sha256(text: str) -> str:
    from hashlib import sha256  # noqa: PLC0415 - 6 ms that a first frame, which only reads, does without

    return sha256(text.encode()).hexdigest()
