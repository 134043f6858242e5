"""The two ends of a link: objectives and key results, whose they are, and who may tie them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.leave import Thing
from okrtui.core.model import NO_MORE, KeyResultState, ObjectiveState
from okrtui.core.names import parse_ref
from okrtui.core.sides import Sides
from okrtui.service import find
from okrtui.store import links
from okrtui.store.teams import Leading

if TYPE_CHECKING:
    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import View
    from okrtui.store.key_results import KeyResult
    from okrtui.store.teams import Team

OVER = {ObjectiveState.WITHDRAWN, *NO_MORE}
"""The states below which nothing stands any more."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: an objective or a key result, and the team whose it is."""

    exchange: Exchange
    key_result: KeyResult | None = None

    @classmethod
    def find(cls, view: View, ref: str) -> End:
        """The thing of this ref.

        Raises:
            NotFound: there is none.
        """
        if parse_ref(ref, "O", "KR").letters == "O":
            return cls(find.objective(view, ref))
        key_result, exchange = find.key_result(view, ref)
        return cls(exchange, key_result)

    @property
    def ref(self) -> str:
        """Its short name."""
        return self.key_result.ref if self.key_result else self.exchange.objective.ref

    @property
    def words(self) -> str:
        """Its title or statement."""
        return self.key_result.statement if self.key_result else self.exchange.objective.title

    @property
    def team(self) -> Team:
        """Whose it is: of a key result the invited team, whoever set the objective above it."""
        return self.exchange.team if self.key_result and self.exchange.team else self.exchange.leading

    @property
    def is_over(self) -> bool:
        """Whether nothing can stand below it any more."""
        return self.state in OVER or self.exchange.objective.state == ObjectiveState.WITHDRAWN

    @property
    def state(self) -> ObjectiveState | KeyResultState:
        """Its own state."""
        if self.key_result:
            return KeyResultState(self.key_result.state)
        return ObjectiveState(self.exchange.objective.state)

    def linking(self, view: View) -> Leave:
        """Whether whoever looks may say what it stands under."""
        if self.key_result:
            return view.may(Act.KR_LINK, self.exchange.on_key_result(view, self.key_result))
        return view.may(Act.OBJECTIVE_LINK, self.exchange.on_objective(view))

    @property
    def act(self) -> Act:
        """The act of linking it to a parent."""
        return Act.KR_LINK if self.key_result else Act.OBJECTIVE_LINK

    def taking(self, view: View, child: End, act: Act = Act.LINK_CONSENT) -> Leave:
        """Whether whoever looks may consent to a link from ``child``, or decline one."""
        sides = Sides(
            objective_chain=self.team.chain,
            objective_team=self.team.name,
            team_chain=child.team.chain,
            team=child.team.name,
            leadership_present=find.leadership_present(view, Leading(self.team.chain)),
        )
        cycle = self.exchange.cycle
        return view.may(act, Thing(self.ref, self.state, cycle.phase, cycle.name, sides))


def deciding(view: View, objective_id: int) -> dict[Act, str]:
    """Why whoever looks can neither consent to a link below an objective and its key results, nor decline one; "" where they can."""
    waiting = links.waiting_under(view.connection, objective_id)
    ends = [(End.find(view, one.child), End.find(view, one.parent)) for one in waiting]
    none = f"Nobody asks for a link to O{objective_id} or its key results: comment (c)."
    found = {}
    for act in (Act.LINK_CONSENT, Act.LINK_DECLINE):
        refusals = [above.taking(view, below, act).refusal for below, above in ends]
        found[act] = "" if "" in refusals else next(iter(refusals), none)
    return found
