"""The use cases, for a program that draws: each runs on the gateway's thread and is awaited."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from okrtui.core.errors import StoreError
from okrtui.service import drafts
from okrtui.service.keeping import Keeper
from okrtui.service.presence import Presence
from okrtui.service.visits import Visit
from okrtui.service.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okrtui.core.reviews import Review
    from okrtui.service.guide import Step
    from okrtui.service.presence import Present, Spot
    from okrtui.service.reviewing import Reviewing
    from okrtui.service.session import Session
    from okrtui.store.file import Store
    from okrtui.store.gateway import Gateway
    from okrtui.store.live import Live

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
    review: Review | None
    """The review of the scores that are shown, if one goes on."""


class Desk:
    """One person at a file, behind an event loop."""

    def __init__(self, gateway: Gateway, identify: Callable[[Store], Session]) -> None:
        """``identify`` says who it is; it is called once, on the gateway's thread."""
        self.gateway = gateway
        self._identify = identify
        self._session: Session | None = None
        self.on_lost: Callable[[BaseException], None] | None = None
        """Is told, on the loop, of the error of a write whose awaiter was cancelled."""
        self.where = Where("", None)
        self.form = ""
        """The form that is open, for others to see; empty while none is."""
        self.visit = Visit()
        """The room that is shown; used on the gateway's thread."""
        self.follows: int | None = None
        """The person whose screen this one goes along with."""
        self.others: tuple[Present, ...] = ()
        """Who else is here, as of the last look."""
        self._presence = Presence()
        self._reviewing: Reviewing | None = None
        self._watch = Watch()
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
        return await self.gateway.write(lambda store: use_case(self._at(store)), on_lost=self.on_lost)

    async def must_stand(self) -> None:
        """Look whether this person may still be here.

        Raises:
            AccessEnded: their access was switched off.
        """

        def look(session: Session) -> None:
            with session.reading():
                pass

        await self.read(look)

    def keeper(self, form: str) -> Keeper:
        """What keeps a form, the same one for every time it is opened."""
        return self._keepers.setdefault(form, Keeper(self.aside, form))

    async def aside(self, use_case: Callable[[Session, Live], T]) -> T:
        """Run a use case of the second file alone, which waits for no save; it is finished even where its awaiter is cancelled."""
        session = self._session
        if session is None:
            session = await self.read(lambda session: session)
        known = session
        return await self.gateway.aside(lambda live: use_case(known, live))

    async def look_around(self, spot: Callable[[], Spot | None]) -> Around:
        """Say where this person is, and see who else is here; record what that says of a workshop.

        ``spot`` is asked when it is said: meanwhile they may be somewhere else, or, where it gives None, this is not for it to say.

        Raises:
            AccessEnded: this session was sent away.
        """
        here = spot()

        def look(store: Store) -> tuple[tuple[str, ...], str, Callable[[Session], None] | None]:
            session = self._at(store)
            self._presence.identify(session)
            unfinished = () if self._is_told else tuple(draft.form for draft in drafts.waiting(session))
            self._is_told = True
            return unfinished, store.live.trouble(), self._watch.look(session, here.place) if here else None

        unfinished, trouble, noticed = await self.gateway.read(look)
        if noticed is not None:
            await self.write(noticed)
        there = spot()
        around = await self.aside(lambda session, live: self._look(session, live, there))
        self.others = around.others
        return replace(around, unfinished=unfinished, trouble=trouble or around.trouble)

    def _look(self, session: Session, live: Live, spot: Spot | None) -> Around:
        """What of it is of the second file alone, on its thread."""
        if self._reviewing is None:
            from okrtui.service.reviewing import Reviewing  # noqa: PLC0415  # the first frame does without

            self._reviewing = Reviewing()
        others = self._presence.look(session, spot, live=live)
        if live.outdated:
            raise StoreError(live.outdated)
        return Around(others, (), live.trouble(), self._reviewing.look(session, spot, live=live))

    @property
    def me(self) -> int:
        """The id by which the others see this person; 0 for the operator, who is no person of the file."""
        return self._session.person_id or 0 if self._session is not None else 0

    @property
    def token(self) -> str:
        """What this session is called among those who are here."""
        return self._presence.token

    def see_among(self, everybody: Sequence[Present]) -> None:
        """Take who else is here from a look that was taken for many."""
        self.others = tuple(one for one in everybody if one.person_id != self.me)

    @property
    def followers(self) -> tuple[str, ...]:
        """The handles of those whose screens go along with this one."""
        return tuple(one.handle for one in self.others if one.spot.follows == self.me)

    async def tell(self, spot: Spot) -> None:
        """Say where this person is now, for those who follow them."""
        await self.aside(lambda session, live: self._presence.tell(session, spot, live=live))

    async def see(self) -> tuple[Present, ...]:
        """Who else is here, seen at once."""
        self.others = await self.aside(lambda session, live: self._presence.look(session, None, live=live))
        return self.others

    async def leave(self) -> None:
        """Keep every form that is not kept yet, and be gone for the others."""
        for keeper in self._keepers.values():
            await keeper.keep()
        with suppress(StoreError):  # the file is closed, or was never opened
            await self.gateway.write(lambda _: self._leave())
            if self._session is not None:
                await self.aside(lambda session, live: self._presence.leave(session, live=live))

    def _leave(self) -> None:
        if self._session is not None:
            self._watch.leave(self._session)
            self.visit.leave(self._session)

    def _at(self, store: Store) -> Session:
        if self._session is None:
            self._session = self._identify(store)
        return self._session
