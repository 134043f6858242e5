"""The people and teams of the large company, and who of them does what."""

from __future__ import annotations

from dataclasses import dataclass, field

from okrtui.demo import large_words as words
from okrtui.demo.making import PERSON

MEMBERS = 9  # of each team, besides the one who leads it
FAN = 6
PERSON_NAME = "Samir Bensaïd"


@dataclass(slots=True)
class Unit:
    """A team: ``where`` is whom it works for, in its words; the first of ``members`` of the last one is the demo's person."""

    id: int
    slug: str
    name: str
    function: str
    where: str
    parent: Unit | None
    path: str
    lead: int
    members: tuple[int, ...]
    has_lead: bool = True
    children: list[Unit] = field(default_factory=list)

    @property
    def leading(self) -> int:
        """Who leads it, or the nearest above it that somebody leads."""
        if self.has_lead or self.parent is None:
            return self.lead
        return self.parent.leading


def units(count: int) -> list[Unit]:
    """This many teams, at least eight, in the order of their ids: the company, its functions, their regions, cities and groups."""
    found: list[Unit] = []
    for place in range(count):
        parent = found[(place - 1) // FAN] if place else None
        found.append(_unit(place, count, parent, (place - 1) % FAN))
        if parent is not None:
            parent.children.append(found[-1])
    return found


def _unit(place: int, count: int, parent: Unit | None, turn: int) -> Unit:
    name, function, where = _called(parent, turn)
    return Unit(
        id=place + 1,
        slug=name.lower().replace(" ", "-"),
        name=name,
        function=function,
        where=where,
        parent=parent,
        path=f"{parent.path if parent else '/'}{place + 1}/",
        lead=place + 1,
        members=tuple(range(count + place * MEMBERS + 1, count + (place + 1) * MEMBERS + 1)),
        # Here and there a team waits for its next lead, and those above it answer for it; never a large one.
        has_lead=place <= FAN or place == count - 1 or place % 37 != 0,
    )


def _called(parent: Unit | None, turn: int) -> tuple[str, str, str]:
    """Name, function and whom it works for."""
    if parent is None:
        return "Calder Group", "", "our customers"
    if parent.parent is None:
        function = words.FUNCTIONS[turn]
        return function.title(), function, "our customers"
    if parent.parent.parent is None:
        return f"{parent.name} {words.REGIONS[turn]}", parent.function, f"the {words.REGIONS[turn]}"
    function = parent.function.title()
    if parent.parent.parent.parent is None:
        city = words.CITIES[_turn(parent)][turn]
        return f"{function} {city}", parent.function, f"clinics in {city}"
    city = parent.name.removeprefix(f"{function} ")
    focus = words.FOCUSES[turn]
    return f"{function} {city} {focus}", parent.function, f"{focus} in {city}"


def _turn(unit: Unit) -> int:
    return (unit.id - 2) % FAN


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person."""

    id: int
    handle: str
    name: str
    active: bool


def people(teams: list[Unit]) -> list[Somebody]:
    """Everybody, in the order of their ids: those who lead a team, then the members, team by team."""
    known = teams[-1].members[0]
    return [_somebody(number, known) for number in range(1, len(teams) * (MEMBERS + 1) + 1)]


def _somebody(number: int, known: int) -> Somebody:
    if number == known:
        return Somebody(number, PERSON, PERSON_NAME, active=True)
    turn, row = number % len(words.FIRST_NAMES), number // len(words.FIRST_NAMES)
    first, last = words.FIRST_NAMES[turn], words.LAST_NAMES[(row + 7 * turn) % len(words.LAST_NAMES)]
    again = row // len(words.LAST_NAMES)
    handle = f"{first}-{last}{again + 1 if again else ''}".lower()
    return Somebody(number, handle, f"{first} {last}", active=number % 97 != 0)
