"""A need, and one person's look for what waits for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrtui.core.sides import Actor
    from okrtui.service.asked import Asked, Ground
    from okrtui.service.session import View

# In the order they are offered: first what somebody else waits for.
ORDER = (
    "pushback",
    "invitation",
    "proposal",
    "amendment",
    "question",
    "suggestion",
    "link",
    "mention",
    "workshop",
    "adopt",
    "checkin",
    "defence",
    "score",
    "open",
    "agree",
    "owner",
    "decide",
    "learn",
    "carry",
    "draft",
)
RANK = {kind: place for place, kind in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for one person.

    ``kind`` is one of `ORDER`; ``command`` says how to do it from a shell. ``met`` is the page and the command of the screens
    where it is done, where that is not the same for all of its kind.
    """

    person: str
    kind: str
    ref: str
    team: str
    cycle: str
    text: str
    command: str
    overdue: bool = False
    met: tuple[str, str] | None = None


@dataclass(slots=True)
class Looking:
    """One person's look for what waits for them."""

    ground: Ground
    actor: Actor
    found: list[Need] = field(default_factory=list)

    @property
    def view(self) -> View:
        return self.ground.view

    def add(
        self,
        kind: str,
        ref: str,
        asked: Asked,
        text: str,
        command: str,
        *,
        overdue: bool = False,
        met: tuple[str, str] | None = None,
    ) -> None:
        slug, cycle = asked.slug, asked.exchange.cycle.name
        self.found.append(Need(self.actor.handle, kind, ref, slug, cycle, text, command, overdue, met))

    def put(
        self, kind: str, ref: str, team: str, cycle: str, text: str, command: str, met: tuple[str, str] | None = None
    ) -> None:
        self.found.append(Need(self.actor.handle, kind, ref, team, cycle, text, command, met=met))
