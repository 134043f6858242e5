"""What a team that overdoes individual OKRs is asked, for its room: apart from what writes them, which the first frame does without."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from okrtui.core.individuals import Individual, warnings
from okrtui.store import individuals, teams

if TYPE_CHECKING:
    from okrtui.service.session import View
    from okrtui.store.cycles import Cycle
    from okrtui.store.teams import Team


def warned(view: View, team: Team, cycle: Cycle) -> tuple[str, ...]:
    """What a team that overdoes individual OKRs is asked; nothing for one that has none."""
    own = [
        Individual(f"O{number}", person_id, bool(is_linked))
        for number, person_id, is_linked in individuals.standing_of(view.connection, cycle.id, team.id)
    ]
    if not own:
        return ()
    people = sum(bool(one.active) for one in teams.members(view.connection, team.id))
    return tuple(warnings(people, own, Counter(individuals.holders(view.connection, cycle.id))))
