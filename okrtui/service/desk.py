"""The use cases, for a program that draws: each runs on the gateway's thread and is awaited."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from okrtui.core.errors import StoreError
from okrtui.service import drafts
from okrtui.service.keeping import Keeper
from okrtui.service.presence import Presence
from okrtui.service.visits import Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.service.guide import Step
    from okrtui.service.presence import Present, Spot
    from okrtui.service.session import Session
    from okrtui.store.file import Store
    from okrtui.store.gateway import Gateway

T = TypeVar("T")


@dataclass(slots=True)
class Where:
    """What all the screens of one person show: a team's slug and a cycle's name, None while there is no cycle."""

    team: str
    cycle: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """Who else is here; the first time, the forms that were left unfinished; and, once, why no words can be kept."""

    others: tuple[Present, ...]
    unfinished: tuple[str, ...]
    trouble: str


class Desk:
    """One person at a file, behind an event loop."""

    def __init__(self, gateway: Gateway, identify: Callable[[Store], Session]) -> None:
        """``identify`` says who it is; it is called once, on the gateway's thread."""
        self.gateway = gateway
        self._identify = identify
        self._session: Session | None = None
        self.where = Where("", None)
        self.form = ""
        """The form that is open, for others to see; empty while none is."""
        self.visit = Visit()
        """The room that is shown; used on the gateway's thread."""
        self._presence = Presence()
        self._is_told = False
        self._keepers: dict[str, Keeper] = {}
        self.taken: Step | None = None
        """The step the person went to last, so that the next key goes on to the one after it."""

    async def read(self, use_case: Callable[[Session], T]) -> T:
        """Run a use case that only looks; all it reads is of one moment."""

        def look(store: Store) -> T:
            session = self._at(store)
            with store.reading():
                return use_case(session)

        return await self.gateway.read(look)

    async def write(self, use_case: Callable[[Session], T]) -> T:
        """Run a use case that changes something; it is finished even where its awaiter is cancelled.

        Raises:
            OkrtuiError: whatever the use case refuses, in its sentence.
        """
        return await self.gateway.write(lambda store: use_case(self._at(store)))

    def keeper(self, form: str) -> Keeper:
        """What keeps a form, the same one for every time it is opened."""
        return self._keepers.setdefault(form, Keeper(self.write, form))

    async def look_around(self, spot: Spot) -> Around:
        """Say where this person is, and see who else is here."""

        def look(store: Store) -> Around:
            session = self._at(store)
            unfinished = [] if self._is_told else [draft.form for draft in drafts.waiting(session)]
            self._is_told = True
            return Around(self._presence.look(session, spot), tuple(unfinished), store.live.trouble())

        return await self.gateway.read(look)

    async def leave(self) -> None:
        """Keep every form that is not kept yet, and be gone for the others."""
        for keeper in self._keepers.values():
            await keeper.keep()
        with suppress(StoreError):  # the file is closed, or was never opened
            await self.gateway.write(lambda _: self._leave())

    def _leave(self) -> None:
        if self._session is not None:
            self._presence.leave(self._session)
            self.visit.leave(self._session)

    def _at(self, store: Store) -> Session:
        if self._session is None:
            self._session = self._identify(store)
        return self._session
