"""What the board shows: the cards of a team and a cycle in their columns, and the chosen one in full."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.widgets.option_list import Option

from okrtui.checks import advice_on_counts, check_key_result
from okrtui.core.key_results import Numbers
from okrtui.service import closing, permissions, rooms
from widgets.cards import card_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from okrtui.checks import Reading
    from okrtui.service.cards import KeyResultCard, ObjectiveCard
    from okrtui.service.permissions import Refusals
    from okrtui.service.rooms import Place
    from okrtui.service.session import Session
    from okrtui.service.show import KeyResultPage

COLUMNS = {
    "ideas": "Ideas",
    "drafts": "Drafts",
    "proposed": "Proposed",
    "agreed": "Agreed",
    "parked": "Parked",
    "dropped": "Dropped",
}
FOLDED = ("parked", "dropped")
_COLUMN_OF = {
    "idea": "ideas",
    "draft": "drafts",
    "proposed": "proposed",
    "agreed": "agreed",
    "parked": "parked",
    "dropped": "dropped",
    "not_agreed": "dropped",
}
_OVER = {"dropped", "not_agreed", "parked"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The key results of a team and a cycle, under their objectives, with what the writing checks make of each, by ref.

    ``to_carry`` is how many of the cycle closed last go on and stand nowhere yet.
    """

    place: Place
    cards: tuple[ObjectiveCard, ...]
    refusals: Refusals
    readings: Mapping[str, Reading]
    to_carry: closing.ToCarry

    @property
    def each(self) -> Iterator[KeyResultCard]:
        """The key results, in the order of their objectives."""
        return (one for card in self.cards for one in card.key_results)

    @property
    def by_column(self) -> dict[str, list[KeyResultCard]]:
        """The key results of each column."""
        found: dict[str, list[KeyResultCard]] = {key: [] for key in COLUMNS}
        for card in self.each:
            found[_COLUMN_OF[card.state]].append(card)
        return found

    @property
    def advice(self) -> str:
        """What the counts ask, of the first objective with too many key results."""
        for card in self.cards:
            counted = sum(one.state not in _OVER for one in card.key_results)
            if questions := advice_on_counts(key_results=counted):
                return f"{card.ref}: {questions[0].text}"
        return ""

    def options(self, here: Mapping[str, Sequence[str]]) -> dict[str, list[Option]]:
        """The cards of each column, drawn; ``here`` names who is in a card, by its ref."""
        return {
            key: [Option(card_rows(one, self.readings[one.ref], here.get(one.ref, ())), id=one.ref) for one in cards]
            for key, cards in self.by_column.items()
        }


@dataclass(frozen=True, slots=True)
class Full:
    """The chosen key result, and what may not be done with it."""

    page: KeyResultPage
    refusals: Refusals

    @property
    def is_to_adopt(self) -> bool:
        """Whether it was imported, and its team did not make it its own yet."""
        return bool(self.page.imported_by and not self.page.adopted_by)


def read_shown(session: Session, team: str, cycle: str | None) -> Shown:
    """Read the board of a team and a cycle."""
    place, cards = rooms.objectives_of(session, team, cycle)
    readings = {one.ref: _reading(one) for card in cards for one in card.key_results}
    waiting = closing.count_waiting(session, team)
    return Shown(place, cards, permissions.of_place(session, team, cycle), readings, waiting)


def _reading(card: KeyResultCard) -> Reading:
    return _checked(card.statement, Numbers.of(card), card.quieted)


@lru_cache(maxsize=4096)
def _checked(statement: str, numbers: Numbers, known: tuple[str, ...]) -> Reading:
    """What the checks make of a key result; a board is read again at every piece of news, and few of them change."""
    return check_key_result(statement, numbers, known=known)
