"""What the page of objectives shows: the list as it was read, and the chosen one in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from okrtui.service.answers import Answers, Unanswered
    from okrtui.service.cards import ObjectiveCard
    from okrtui.service.permissions import Refusals
    from okrtui.service.rooms import Place
    from okrtui.service.show import ObjectivePage


@dataclass(frozen=True, slots=True)
class Shown:
    """What is listed: the objectives of a team and a cycle, how their teams answered, and who has not yet.

    ``has_earlier`` says that an empty cycle could begin with what an earlier one had.
    """

    place: Place
    cards: tuple[ObjectiveCard, ...]
    refusals: Refusals
    answers: Mapping[str, Answers]
    unanswered: tuple[Unanswered, ...]
    now: datetime
    has_earlier: bool


@dataclass(frozen=True, slots=True)
class Full:
    """The chosen objective; ``unseen`` are ids of invitations to the person's own teams that they have not seen."""

    page: ObjectivePage
    refusals: Refusals
    team: str
    now: datetime
    unseen: tuple[int, ...]
