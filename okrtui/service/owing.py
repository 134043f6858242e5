"""What the team of an agreed key result owes it in week nine. Apart from the answering, which loads what checks input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from okrtui.core.model import KeyResultState, Phase, Stand
from okrtui.core.weeks import defence_due, defence_from

if TYPE_CHECKING:
    from okrtui.service.session import View
    from okrtui.store.cycles import Cycle
    from okrtui.store.defences import Defence


class Defended(Protocol):
    """A key result, as far as its defence goes."""

    @property
    def state(self) -> str:
        """Where it is."""

    @property
    def text_number(self) -> int:
        """Which of its texts stands."""


def waits_for(view: View, key_result: Defended, cycle: Cycle, defence: Defence | None) -> str:
    """What a key result's team owes it by now: "defence" (an answer), "amend" (the amendment it announced), or "" for nothing."""
    if key_result.state != KeyResultState.AGREED or cycle.phase is not Phase.RUNNING:
        return ""
    if defence is not None and defence.decision == Stand.AMEND and defence.text_number == key_result.text_number:
        return "amend"
    if not defence_due(view.day_in(cycle), cycle.starts, cycle.ends):
        return ""
    # An answer given before anybody asked does not stand for the one two thirds through.
    answered = defence is not None and view.day_of(defence.at, cycle) >= defence_from(cycle.starts, cycle.ends)
    return "" if answered else "defence"
