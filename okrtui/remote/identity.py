"""Who calls, and when: the operating system says so, never a variable a person can set (design, "Who you are")."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.sides import Actor
from okrtui.service import find
from okrtui.service.session import Session, View, utc_now
from okrtui.store import people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from okrtui.store.file import Store
    from okrtui.store.people import Person

SUDO_UID = "SUDO_UID"  # set by sudo itself, to the user id of whoever called it
ACTING_AS = "OKRTUI_AS"
NOW = "OKRTUI_NOW"
REHEARSED = "+rehearsal"  # ends the way of every event made by a clock that was set


@dataclass(frozen=True, slots=True)
class Account:
    """The accounts behind this process: its own, and that of whoever called sudo to become it."""

    process: int
    caller: int

    @property
    def is_lent(self) -> bool:
        """Whether somebody else uses this account, by sudo: the file is fixed, and nothing is the owner's to them."""
        return self.caller != self.process

    @property
    def login(self) -> str:
        """The caller's login; the user id in digits where the system knows no login for it."""
        return login_of(self.caller)

    def owns(self, path: Path) -> bool:
        """Whether the caller owns the file.

        Raises:
            OSError: there is no such file.
        """
        return not self.is_lent and path.stat().st_uid == self.process


def login_of(uid: int) -> str:
    """The login of a user id; its digits where there is none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except (KeyError, OverflowError):
        return str(uid)


def account(environ: Mapping[str, str]) -> Account:
    """The accounts of this process.

    Raises:
        NotAllowed: what sudo left in the environment is no user id.
    """
    process = os.getuid()
    said = environ.get(SUDO_UID)
    if said is None:
        return Account(process, process)
    if not (said.isascii() and said.isdigit()):
        raise NotAllowed(f"{SUDO_UID} is no user id, and only sudo sets it: start okrtui through sudo again.")
    return Account(process, int(said))


def identify(store: Store, environ: Mapping[str, str], acting_as: str | None = None) -> Session:
    """The session of whoever calls, at the time it is.

    ``acting_as`` is the handle of ``--as``, which goes before ``OKRTUI_AS``.

    Raises:
        NotAllowed: the login is nobody's here, the person was switched off, or only the owner may act as somebody.
        NotFound: nobody has the handle to act as.
        Invalid: the time that is set cannot be.
    """
    clock = clock_of(environ, rehearsal=store.rehearsal)
    caller = _heeded(account(environ), store.path)
    handle = played(environ, acting_as)
    if handle is not None:
        return Session(store, _played(store, caller, handle), way_of(caller, clock, plays=True), clock)
    return Session(store, _own(store, caller), way_of(caller, clock), clock)


def identify_by_key(store: Store, fingerprint: str, acting_as: str | None) -> Session:
    """The session of whoever comes with a key, at the time it is; ``acting_as`` is whom the forced command names.

    Raises:
        NotAllowed: the key lets nobody in, or not as this person.
    """
    from okrtui.service import keys  # noqa: PLC0415 - for who comes over SSH alone

    session = keys.session(store, fingerprint)
    with session.reading() as view:
        if acting_as not in {None, view.actor.handle}:
            raise NotAllowed(
                f"This key is {view.actor.handle}'s now: ask the owner of the file to write `okrtui keys authorized` anew."
            )
    return session


def owner(store: Store, environ: Mapping[str, str]) -> Session:
    """The session of the file's owner, for which the caller answers: as its operator, where they are nobody active in it.

    Maintenance does not keep them out.
    """
    store.in_charge = True
    clock = clock_of(environ, rehearsal=store.rehearsal)
    caller = account(environ)
    with store.reading() as connection:
        person = people.by_login(connection, caller.login)
    known = person.id if person is not None and person.active else None
    return Session(store, known, way_of(caller, clock), clock)


def must_be_the_owners(caller: Account, path: Path) -> None:
    """Let pass what the account says that the file belongs to: who somebody is over SSH, sshd tells that account alone.

    Raises:
        NotAllowed: it is another account, or somebody came to it by sudo.
        OSError: there is no such file.
    """
    if not caller.owns(path):
        raise NotAllowed("Who comes with which key is for the owner of the file to say: leave --key and --redeem out.")


def played(environ: Mapping[str, str], acting_as: str | None) -> str | None:
    """The handle of whom the caller asks to act as, None for themselves."""
    handle = acting_as if acting_as is not None else environ.get(ACTING_AS) or None
    # Bytes that are no UTF-8 come as lone surrogates, which no file holds.
    return None if handle is None else handle.encode("utf-8", "replace").decode()


def way_of(caller: Account, clock: Callable[[], datetime], *, plays: bool = False) -> str:
    """How somebody came, as their events say it: local, sudo or as, and whether the clock was set."""
    way = "as" if plays else "sudo" if caller.is_lent else "local"
    return way if clock is utc_now else f"{way}{REHEARSED}"


def _heeded(found: Account, path: Path) -> Account:
    """The account, with whoever called sudo left out where the process is not the owner of the file."""
    if path.stat().st_uid == found.process:
        return found
    return Account(found.process, found.process)


def _played(store: Store, caller: Account, handle: str) -> int:
    if not caller.owns(store.path):
        raise NotAllowed(
            f"Only the owner of {store.path} acts as somebody else: leave --as and {ACTING_AS} out, and act as yourself."
        )
    with store.reading() as connection:
        person = find.person(View(connection, Actor(None, "operator", "The operator"), utc_now()), handle)
    return _active(store, person)


def _own(store: Store, caller: Account) -> int | None:
    with store.reading() as connection:
        person = people.by_login(connection, caller.login)
    if person is not None:
        return _active(store, person)
    if caller.owns(store.path):
        return None
    login = caller.login
    raise NotAllowed(
        f"Your login {login!r} belongs to nobody in this file: ask {_admins(store)} to add you with "
        f"`okrtui person add HANDLE --login {login}`."
    )


def _active(store: Store, person: Person) -> int:
    if not person.active:
        raise NotAllowed(f"{person.name} ({person.handle}) was switched off in this file: ask {_admins(store)}.")
    return person.id


def _admins(store: Store) -> str:
    with store.reading() as connection:
        named = people.admins(connection)
    return " or ".join(named) if named else "the owner of the file"


def clock_of(environ: Mapping[str, str], *, rehearsal: bool) -> Callable[[], datetime]:
    """The clock: the time that ``OKRTUI_NOW`` sets, for a rehearsal file alone, else the time it is.

    Raises:
        Invalid: no such time, or the file is none made with ``init --rehearsal``.
    """
    text = environ.get(NOW)
    if not text:
        return utc_now
    if not rehearsal:
        raise Invalid(f"{NOW} sets the clock of files made with `okrtui init --rehearsal` alone: unset it.")
    moment = read_moment(text)
    return lambda: moment


def read_moment(text: str) -> datetime:
    """The time a text gives, taken as UTC unless it says its offset.

    Raises:
        Invalid: it is no time, or none a cycle could hold.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.utcoffset() is None:
            moment = moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        moment = datetime.min.replace(tzinfo=UTC)
    if not 1970 <= moment.year <= 9000:
        raise Invalid(f"{text[:40]!r} is no time: give one such as 2026-11-27T10:00.")
    return moment
