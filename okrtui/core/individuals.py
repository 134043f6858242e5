"""Individual OKRs, selectively: when a team overdoes them, and what to look at before one is asked for (method, "Individuals")."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CYCLES_BEFORE = 2
"""Closed cycles from which on individual OKRs are not early any more."""
MOST_CARRIED = 3
"""Individual OKRs that one person carries at most before the team is warned."""

ALTERNATIVES = (
    ("contribution", "a contribution: what this person does for a key result of the team"),
    ("development", "a development goal: what they want to learn, read by them and the leads of their teams alone"),
    ("stretch", "a stretch assignment: a part of an initiative that is larger than their work so far"),
)
"""What serves most people better than an OKR of their own, by the kind of commitment it is."""


@dataclass(frozen=True, slots=True)
class Individual:
    """An individual OKR that stands: whose, and whether it contributes to a key result of a team."""

    ref: str
    person_id: int
    is_linked: bool


def early(closed_cycles: int) -> str:
    """Why individual OKRs are early after so few closed cycles; empty where they are not."""
    if closed_cycles >= CYCLES_BEFORE:
        return ""
    so_far = "no cycle is closed yet" if closed_cycles == 0 else "one cycle alone is closed"
    return (
        f"This is early: {so_far}. Teams first: after two cycles you know which of a person's work the team's key results "
        "miss, and which is better a contribution, a development goal or a stretch assignment."
    )


def warnings(people: int, own: Sequence[Individual], carried: Counter[int]) -> list[str]:
    """What to ask a team of so many people about its individual OKRs; ``carried`` counts those of each, in all teams.

    Nobody is named with a number.
    """
    found = []
    holders = Counter(one.person_id for one in own)
    if any(count > 1 for count in holders.values()):
        found.append("Individual OKRs pass one a person: what of them is a contribution to the team's own?")
    if people and len(holders) * 3 > people:
        found.append(
            f"{len(holders)} of {people} people have an individual OKR, more than a third of the team: what do the team's own "
            "miss?"
        )
    if unlinked := [one.ref for one in own if not one.is_linked]:
        contribute = "contributes" if len(unlinked) == 1 else "contribute"
        found.append(f"{', '.join(unlinked)} {contribute} to no key result of a team: link it, or release the person.")
    if any(carried[number] > MOST_CARRIED for number in holders):
        found.append("Somebody carries more than three individual OKRs: which one matters?")
    return found
