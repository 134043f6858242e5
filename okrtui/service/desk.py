"""The use cases, for a program that draws: each runs on the gateway's thread and is awaited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.service.guide import Step
    from okrtui.service.session import Session
    from okrtui.store.file import Store
    from okrtui.store.gateway import Gateway

T = TypeVar("T")


@dataclass(slots=True)
class Where:
    """What all the screens of one person show: a team's slug and a cycle's name, None while there is no cycle."""

    team: str
    cycle: str | None


class Desk:
    """One person at a file, behind an event loop."""

    def __init__(self, gateway: Gateway, identify: Callable[[Store], Session]) -> None:
        """``identify`` says who it is; it is called once, on the gateway's thread."""
        self.gateway = gateway
        self._identify = identify
        self._session: Session | None = None
        self.where = Where("", None)
        # What was typed into forms that were left, by the form's title.
        self.left: dict[str, dict[str, object]] = {}
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

    def _at(self, store: Store) -> Session:
        if self._session is None:
            self._session = self._identify(store)
        return self._session
