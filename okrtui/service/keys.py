"""Keys by which people come over SSH: letting in, one-time codes, taking away, and who a key is.

For whoever serves SSH: :func:`holder` says whose a key is (None: let nobody in), :func:`codes_are_open` whether a key that
is nobody's may come to hand in a code, and :func:`redeem` binds it. :func:`session` is what a person who came by a key acts
through; it ends with `AccessEnded` at the first reading or writing after the key, or the person, was switched off.
A blob is the bytes that SSH itself sends of a key (asyncssh: ``key.public_data``).

Letting in and taking away are for the owner of the file, as themselves; the caller answers for that.
"""

from __future__ import annotations

import os
from base64 import b64decode
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from okrtui.core.errors import AccessEnded, Ambiguous, Invalid, NotAllowed, NotFound
from okrtui.core.public_keys import PublicKey, code_digest, fingerprint, spelled_code
from okrtui.service import find
from okrtui.service.session import Session, stamp, utc_now
from okrtui.store import keys, people

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from okrtui.service.session import Deed, View
    from okrtui.store.file import Store
    from okrtui.store.keys import Code, Key
    from okrtui.store.rows import Value
    from okrtui.store.sqlite import Connection

WAY = "ssh"
HOURS = 72
MOST_HOURS = 30 * 24

_SHORTEST = len("SHA256:") + 6  # of a fingerprint, to name a key by


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a key is, as long as both are on."""

    key_id: int
    person_id: int
    handle: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as the list shows it."""

    fingerprint: str
    person: str
    type: str
    comment: str
    added_by: str
    at: str
    used_at: str | None
    off_at: str | None


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code that still lets a key in; what it is, nobody can say any more."""

    person: str
    expires: str
    added_by: str


# Who comes


def holder(store: Store, blob: bytes) -> Holder | None:
    """Whose a key is; None where it lets nobody in: unknown, switched off, or its person is."""
    return by_fingerprint(store, fingerprint(blob))


def person_of(store: Store, blob: bytes) -> str | None:
    """The handle of whom a key lets in, None for nobody."""
    found = holder(store, blob)
    return found.handle if found else None


def by_fingerprint(store: Store, said: str) -> Holder | None:
    """The same by the fingerprint."""
    with store.reading() as connection:
        found = keys.lets_in(connection, said)
    if found is None:
        return None
    key, handle = found
    return Holder(key.id, key.person_id, handle, key.fingerprint)


def session(store: Store, said: str, clock: Callable[[], datetime] = utc_now) -> Session:
    """The session of whoever comes with the key of this fingerprint; when it was used is noted.

    Raises:
        AccessEnded: it lets nobody in.
    """
    found = by_fingerprint(store, said)
    if found is None:
        raise AccessEnded("This key lets nobody in here any more: ask the owner of the file to let it in.")
    store.live.write(lambda live: keys.note_use(live, found.key_id, stamp(clock())))
    return Session(store, found.person_id, WAY, clock, found.key_id)


def codes_are_open(store: Store, now: datetime) -> bool:
    """Whether somebody still has a code to hand in, so that a key that is nobody's may come as far as that."""
    with store.reading() as connection:
        return bool(keys.open_codes(connection, stamp(now)))


# Letting in, by the owner


def add(session: Session, handle: str, found: Sequence[PublicKey]) -> list[str]:
    """Let keys in, as a person; all of them or none.

    Returns:
        Their fingerprints.

    Raises:
        NotFound: there is no such person.
        NotAllowed: they were switched off.
        Invalid: a key is somebody's already.
    """
    with session.writing() as deed:
        person = _person_who_may_come(deed, handle)
        for key in found:
            _let_in(deed, key, person.id, by=deed.actor.person_id)
            deed.record("key.add", f"@{person.handle}", after={"key": key.fingerprint})
    return [key.fingerprint for key in found]


def _person_who_may_come(view: View, handle: str) -> people.Person:
    person = find.person(view, handle)
    if not person.active:
        raise NotAllowed(
            f"{person.name} ({person.handle}) was switched off: switch them on first (`okrtui person activate {person.handle}`)."
        )
    return person


def _let_in(deed: Deed, key: PublicKey, person_id: int, *, by: int | None) -> None:
    known = keys.by_fingerprint(deed.connection, key.fingerprint)
    if known is not None and known.off_at is None:
        whose = people.handles(deed.connection, [known.person_id])[known.person_id]
        raise Invalid(f"{key.fingerprint} is {whose}'s already: `okrtui keys remove` takes it away first.")
    values: dict[str, Value] = {
        "person_id": person_id,
        "type": key.type,
        "blob": key.base64,
        "fingerprint": key.fingerprint,
        "comment": key.comment,
        "added_by": by,
        "at": deed.at,
    }
    keys.add(deed.connection, values)


def invite(session: Session, handle: str, hours: int = HOURS) -> tuple[str, str]:
    """Make a code for a person to hand in with their first connection; what was open for them before is closed.

    Returns:
        The code, which stands nowhere else, and until when it is open.

    Raises:
        NotFound: there is no such person.
        NotAllowed: they were switched off.
    """
    code = spelled_code(os.urandom(10))
    with session.writing() as deed:
        person = _person_who_may_come(deed, handle)
        keys.close_codes(deed.connection, person.id, deed.at)
        expires = stamp(deed.now + timedelta(hours=hours))
        values: dict[str, Value] = {
            "person_id": person.id,
            "digest": code_digest(code),
            "expires": expires,
            "added_by": deed.actor.person_id,
            "at": deed.at,
        }
        keys.add_code(deed.connection, values)
        deed.record("key.invite", f"@{person.handle}", after={"expires": expires})
    return code, expires


def redeem(store: Store, code: str, key: PublicKey, clock: Callable[[], datetime] = utc_now) -> str:
    """Bind a key to the person whose code came with it; the code is used up.

    Returns:
        Their handle.

    Raises:
        NotAllowed: no such code is open.
        Invalid: the key is somebody's already.
    """
    with store.reading() as connection:
        found = _open_code(connection, code, clock)
    with Session(store, found.person_id, WAY, clock).writing() as deed:
        found = _open_code(deed.connection, code, clock)  # another may have used it meanwhile
        _let_in(deed, key, found.person_id, by=found.added_by)
        keys.use_code(deed.connection, found.id, deed.at)
        deed.record("key.redeem", f"@{deed.actor.handle}", after={"key": key.fingerprint})
        return deed.actor.handle


def _open_code(connection: Connection, code: str, clock: Callable[[], datetime]) -> Code:
    found = keys.open_code(connection, code_digest(code), stamp(clock()))
    if found is None:
        raise NotAllowed("No such code is open: look how it is spelt, or ask the owner of the file for a new one.")
    return found


# Taking away, by the owner


def remove(session: Session, named: str) -> list[str]:
    """Switch off a key, named by its fingerprint or the beginning of it, or all keys and codes of ``@handle``.

    Returns:
        The fingerprints of what was switched off; sessions that came with them end.

    Raises:
        NotFound: there is no such key or person, or nothing of theirs is on.
        Ambiguous: several keys begin like that.
    """
    with session.writing() as deed:
        if named.strip().startswith("@"):
            return _remove_all(deed, named)
        return _switch_off(deed, [_named(deed, named.strip())])


def _remove_all(deed: Deed, handle: str) -> list[str]:
    person = find.person(deed, handle)
    mine = [key for key in keys.of_person(deed.connection, person.id) if key.off_at is None]
    closed = keys.close_codes(deed.connection, person.id, deed.at)
    if closed:
        deed.record("key.uninvite", f"@{person.handle}")
    if not (mine or closed):
        raise NotFound(f"No key and no code of {person.handle} is on: `okrtui keys list` shows what is.")
    return _switch_off(deed, mine)


def _named(deed: Deed, named: str) -> Key:
    said = named if named.startswith("SHA256:") else f"SHA256:{named}"
    if len(said) < _SHORTEST:
        raise NotFound(f"{named[:60]!r} names no key: give its fingerprint, or six characters of it at least.")
    found = [key for key in keys.beginning_with(deed.connection, said) if key.off_at is None]
    if not found:
        raise NotFound(f"No key that is on begins with {said[:60]}: `okrtui keys list` shows them all.")
    if len(found) > 1:
        raise Ambiguous(f"Several keys begin with {said}: {', '.join(key.fingerprint for key in found)}.")
    return found[0]


def _switch_off(deed: Deed, found: Sequence[Key]) -> list[str]:
    handles = people.handles(deed.connection, [key.person_id for key in found])
    for key in found:
        keys.switch_off(deed.connection, key.id, deed.at)
        deed.record("key.remove", f"@{handles[key.person_id]}", before={"key": key.fingerprint})
    return [key.fingerprint for key in found]


# What there is


def listed(session: Session) -> tuple[list[KeyLine], list[CodeLine]]:
    """All keys, those that were switched off too, and the codes that are open."""
    with session.reading() as view:
        found = keys.everyone(view.connection)
        codes = keys.open_codes(view.connection, view.at)
        handles = people.handles(view.connection)
    used = session.store.live.read(keys.uses) or {}

    def said_by(number: int | None) -> str:
        return "operator" if number is None else handles[number]

    lines = [
        KeyLine(
            fingerprint=key.fingerprint,
            person=handles[key.person_id],
            type=key.type,
            comment=key.comment,
            added_by=said_by(key.added_by),
            at=key.at,
            used_at=used.get(key.id),
            off_at=key.off_at,
        )
        for key in found
    ]
    return lines, [CodeLine(handle, code.expires, said_by(code.added_by)) for code, handle in codes]


def letting_in(store: Store) -> list[tuple[str, PublicKey]]:
    """Every key that lets somebody in, each with the person's handle."""
    with store.reading() as connection:
        found = keys.letting_in(connection)
    return [(handle, PublicKey(key.type, b64decode(key.blob), key.comment)) for key, handle in found]
