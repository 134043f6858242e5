"""The next step: what whoever looks at a room can do now, by name, from the empty file to the closed cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.model import InvitationState, KeyResultState, ObjectiveState, Phase
from okrtui.service import find
from okrtui.service.needs import of_person
from okrtui.service.rooms import Place, place
from okrtui.store import cycles, invitations, key_results, objectives, people, teams

if TYPE_CHECKING:
    from okrtui.service.needs import Need
    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.objectives import Objective
    from okrtui.store.teams import Team


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next: on which screen, by which command, to what; ``command`` is empty where there is nothing to press.

    ``team`` and ``cycle`` say whose screens show it; empty for those that are shown.
    """

    text: str
    page: str = ""
    command: str = ""
    ref: str = ""
    team: str = ""
    cycle: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every screen: the place, who looks and as what, what waits for them, and the next steps.

    ``steps`` are never none: what waits for them here, what there is to do here, then what waits elsewhere.
    """

    place: Place
    who: str
    role: str
    needs: tuple[Need, ...]
    steps: tuple[Step, ...]

    @property
    def step(self) -> Step:
        """The first of the next steps."""
        return self.steps[0]

    @property
    def person(self) -> str:
        """As the header says it: "ana (member)"."""
        return f"{self.who} ({self.role})"


# Where each kind of need is met, and by which command.
PLACES = {
    "pushback": ("objectives", "objective.answer"),
    "invitation": ("objectives", "objective.accept"),
    "proposal": ("board", "board.agree"),
    "amendment": ("board", "board.agree"),
    "question": ("board", "board.edit"),
    "mention": ("board", "comment"),
    "checkin": ("checkin", "checkin.value"),
    "owner": ("board", "board.edit"),
}


def step_of_need(need: Need) -> Step | None:
    """The screen and the command by which a need is met; None where that is done on the command line."""
    page, command = PLACES.get(need.kind, ("", ""))
    if need.kind == "mention" and not need.ref.startswith("KR"):
        page = "objectives"
    return Step(need.text, page, command, need.ref, need.team, need.cycle) if page else None


def frame(session: Session, team: str, cycle: str | None) -> Frame:
    """What stands around a screen of a team and a cycle.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        shown = find.team(view, team)
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        needs = tuple(of_person(view, view.actor.person_id)) if view.actor.person_id is not None else ()
        return Frame(
            place(view, shown, meant), view.actor.handle, _role(view, shown), needs, _steps(view, shown, meant, needs)
        )


def _role(view: View, team: Team) -> str:
    if view.actor.is_operator:
        return "operator"
    post = view.actor.leads(team.chain)
    if post is not None:
        return "lead" if post.deputy_for is None else "deputy"
    return "member" if view.actor.belongs_below(team.id) else "reader"


def _steps(view: View, team: Team, cycle: Cycle | None, needs: tuple[Need, ...]) -> tuple[Step, ...]:
    if cycle is None:
        return (_first_cycle(view),)
    waiting = [step for need in needs if (step := step_of_need(need))]
    here = [step for step in waiting if (step.team, step.cycle) == (team.slug, cycle.name)]
    elsewhere = [step for step in waiting if step not in here]
    own = _in_cycle(view, team, cycle)
    if own is None and not here:
        own = Step(_nothing_here(cycle))
    return (*here, *([own] if own else []), *elsewhere)


def _nothing_here(cycle: Cycle) -> str:
    if cycle.phase is Phase.CLOSED:
        return f"{cycle.name} is closed. Choose another cycle with Y."
    return "Nothing waits for you here."


def _in_cycle(view: View, team: Team, cycle: Cycle) -> Step | None:
    if cycle.phase is Phase.CLOSED:
        return None
    return _on_objectives(view, team, cycle) or _on_key_results(view, team, cycle) or _on_cycle(view, cycle)


def _first_cycle(view: View) -> Step:
    if view.actor.admin or view.actor.is_operator:
        return Step("Add the first cycle, a quarter for instance", "room", "cycle.add")
    admins = ", ".join(people.admins(view.connection))
    return Step(f"There is no cycle yet: ask an admin to add one ({admins}).")


def _on_objectives(view: View, team: Team, cycle: Cycle) -> Step | None:
    if view.actor.leads(team.chain) is None or cycle.phase not in {Phase.DRAFTING, Phase.RUNNING}:
        return None
    known = objectives.of_team(view.connection, cycle.id, team.id)
    own = [one for one in known if one.team_id == team.id]
    standing = [one for one in known if one.state != ObjectiveState.WITHDRAWN]
    if not standing and not team.steady:
        return Step(f"Write the first objective of {team.name} for {cycle.name}", "objectives", "objective.add")
    for one in own:
        if step := _on_objective(view, one):
            return step
    return None


def _on_objective(view: View, objective: Objective) -> Step | None:
    if objective.state == ObjectiveState.DRAFT:
        text = f"Publish {objective.ref}, so that everybody can read it: {objective.title}"
        return Step(text, "objectives", "objective.publish", objective.ref)
    if objective.state == ObjectiveState.PUBLISHED and not invitations.of_objective(view.connection, objective.id):
        text = f"Invite a team to {objective.ref}: {objective.title}"
        return Step(text, "objectives", "objective.invite", objective.ref)
    return None


def _on_key_results(view: View, team: Team, cycle: Cycle) -> Step | None:
    for objective in objectives.of_team(view.connection, cycle.id, team.id):
        asked = invitations.of_team(view.connection, objective.id, team.id)
        if asked is None or asked.state != InvitationState.ACCEPTED:
            continue
        exchange = find.of_invitation(view, asked)
        if not view.may(Act.KR_ADD, exchange.on_invitation(view)):
            continue
        written = key_results.of_invitations(view.connection, [asked.id])
        if not written:
            text = f"Write how everybody will know: the first key result for {objective.ref} {objective.title}"
            return Step(text, "board", "board.add", objective.ref)
        for one in written:
            if one.state in {KeyResultState.IDEA, KeyResultState.DRAFT} and one.proposed_at is None:
                text = f"Fill in {one.ref} and propose it: {one.statement}"
                return Step(text, "board", "board.propose", one.ref)
    return None


def _on_cycle(view: View, cycle: Cycle) -> Step | None:
    root = teams.root(view.connection)
    moves = view.actor.admin or view.actor.is_operator or (root and view.actor.leads(root.chain))
    if not moves or cycle.phase is not Phase.DRAFTING:
        return None
    if not key_results.any_agreed(view.connection, cycle.id):
        return None
    return Step(f"Start {cycle.name}: check-ins begin once it runs", "room", "cycle.advance")
