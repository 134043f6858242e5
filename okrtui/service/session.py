"""Whoever is using the file: who they are, when it is, and the one way in to read or to write."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from okrtui.core.errors import AccessEnded, NotAllowed, StoreError
from okrtui.core.leave import OPERATOR_HAS_NO_PEN, Leave, Thing, may, must
from okrtui.core.sides import Actor
from okrtui.core.weeks import local_day
from okrtui.store import events, people

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from okrtui.core.acts import Act
    from okrtui.store.cycles import Cycle
    from okrtui.store.file import Store
    from okrtui.store.sqlite import Connection


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def stamp(now: datetime) -> str:
    """A time as the file keeps it: UTC, ISO 8601, whole seconds, with a Z."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_stamp(text: str) -> datetime:
    """The time a stamp holds.

    Raises:
        StoreError: it is none, which okrtui never wrote.
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise StoreError(
            f"The file says {text!r} where a time should be: it is damaged. Put a backup in its place."
        ) from error


@dataclass(slots=True)
class View:
    """One consistent look at the file, by somebody, at one time."""

    connection: Connection
    actor: Actor
    now: datetime
    answers: dict[Hashable, bool] = field(default_factory=dict, repr=False)

    def once(self, question: Hashable, ask: Callable[[], bool]) -> bool:
        """The answer to a question about the file, which is asked once a look: nothing moves while it lasts."""
        if question not in self.answers:
            self.answers[question] = ask()
        return self.answers[question]

    @property
    def at(self) -> str:
        """Now, as the file keeps it."""
        return stamp(self.now)

    @property
    def today(self) -> str:
        """The day by UTC, for what belongs to no cycle."""
        return self.now.date().isoformat()

    def day_in(self, cycle: Cycle) -> date:
        """The day in a cycle's time zone."""
        return local_day(self.now, cycle.zone)

    def day_of(self, at: str, cycle: Cycle) -> date:
        """The day, in a cycle's time zone, of a time the file keeps."""
        return local_day(read_stamp(at), cycle.zone)

    def may(self, act: Act, thing: Thing) -> Leave:
        """Whether whoever looks may do this; the refusal where not."""
        return may(self.actor, act, thing)

    @property
    def person_id(self) -> int:
        """Who looks.

        Raises:
            NotAllowed: the operator of the file, who is no person in it.
        """
        if self.actor.person_id is None:
            raise NotAllowed(OPERATOR_HAS_NO_PEN)
        return self.actor.person_id


@dataclass(slots=True)
class Deed(View):
    """One transaction: what is done in it stands together, with its events, or not at all."""

    recorded: list[int] = field(default_factory=list)

    def once(self, question: Hashable, ask: Callable[[], bool]) -> bool:
        """The answer as it is now: a deed may have changed it since."""
        del question
        return ask()

    def must(self, act: Act, thing: Thing) -> Leave:
        """Leave to do this.

        Raises:
            NotAllowed: with the sentence of the refusal.
        """
        return must(self.actor, act, thing)

    def record(
        self,
        verb: str,
        ref: str,
        *,
        leave: Leave | None = None,
        cycle_id: int | None = None,
        team_id: int | None = None,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        private: bool = False,
    ) -> None:
        """Add the event of this deed. ``before`` and ``after`` hold the fields that changed, as JSON can.

        A ``private`` one is announced like any other, and told to nobody.
        """
        number = events.append(
            self.connection,
            at=self.at,
            person_id=self.actor.person_id,
            side=leave.side if leave else "",
            deputy_for=leave.deputy_for if leave else None,
            alone=leave.alone if leave else False,
            way=self.actor.way,
            verb=str(verb),
            ref=ref,
            cycle_id=cycle_id,
            team_id=team_id,
            private=private,
            before=dict(before or {}),
            after=dict(after or {}),
        )
        self.recorded.append(number)


@dataclass(frozen=True, slots=True)
class Session:
    """A person (``person_id`` None: the file's operator) at a file.

    ``way`` says how they came (local, as, sudo, ssh); ``clock`` gives an aware time; ``key_id`` is the key they came with over
    SSH. Who they are, their key and what posts they hold is looked at again at each reading and writing: what is revoked
    ends at once.
    """

    store: Store
    person_id: int | None
    way: str = "local"
    clock: Callable[[], datetime] = utc_now
    key_id: int | None = None

    @contextmanager
    def reading(self) -> Iterator[View]:
        """One consistent look.

        Raises:
            AccessEnded: the person or the key was switched off.
            StoreError: the file cannot serve.
        """
        with self.store.reading() as connection:
            now = self.clock()
            yield View(connection, self._actor(connection, now), now)

    @contextmanager
    def writing(self) -> Iterator[Deed]:
        """One transaction; anything raised inside undoes it all.

        Raises:
            AccessEnded: the person or the key was switched off.
            StoreError: the file cannot serve.
        """
        with self.store.writing() as connection:
            now = self.clock()
            yield Deed(connection, self._actor(connection, now), now)

    def _actor(self, connection: Connection, now: datetime) -> Actor:
        if self.person_id is None:
            return Actor(None, "operator", "The operator", way=self.way)
        person = people.by_id(connection, self.person_id)
        if person is None or not person.active:
            raise AccessEnded("Your access to this file was switched off: ask an admin.")
        if self.key_id is not None:
            _must_be_on(connection, self.key_id, person.id)
        posts = people.posts(connection, person.id, now.date().isoformat())
        return Actor(person.id, person.handle, person.name, bool(person.admin), posts, self.way)


def _must_be_on(connection: Connection, key_id: int, person_id: int) -> None:
    from okrtui.store import keys  # noqa: PLC0415 - for who came over SSH alone

    if not keys.is_on(connection, key_id, person_id):
        raise AccessEnded("The key you came with was switched off: ask the owner of the file to let in another.")
