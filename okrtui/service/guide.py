"""The next step: what whoever looks at a room can do now, by name, from the empty file to the closed cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.model import InvitationState, KeyResultState, ObjectiveState, Phase
from okrtui.core.weeks import weeks
from okrtui.core.workshops import Prompt, WorkshopState
from okrtui.service import drafts, find
from okrtui.service.find import Exchange
from okrtui.service.looking import Need
from okrtui.service.needs import of_person
from okrtui.service.rooms import Place, place
from okrtui.store import closing, cycles, invitations, key_results, objectives, people, teams, workshops

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from okrtui.service.session import Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.key_results import KeyResult
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
    "suggestion": ("board", "board.take"),
    "link": ("objectives", "objective.consent"),
    "mention": ("board", "comment"),
    "workshop": ("workshop", "workshop.clock"),
    "adopt": ("board", "board.take"),
    "checkin": ("checkin", "checkin.value"),
    "defence": ("board", "board.defend"),
    "owner": ("board", "board.edit"),
    "score": ("scoring", "scoring.in"),
    "open": ("scoring", "scoring.open"),
    "agree": ("scoring", "scoring.propose"),
    "decide": ("scoring", "scoring.close"),
    "learn": ("objectives", "objective.learn"),
    "carry": ("board", "board.carry"),
}

FEW = 3
"""Fewer key results than these under an objective, and another one is on offer while its cycle drafts."""
_OVER = {KeyResultState.DROPPED, KeyResultState.PARKED, KeyResultState.NOT_AGREED}


def step_of_need(need: Need) -> Step | None:
    """The screen and the command by which a need is met; None where that is done on the command line."""
    page, command = need.met or PLACES.get(need.kind, ("", ""))
    return Step(need.text, page, command, need.ref, need.team, need.cycle) if page else None


def frame(session: Session, team: str, cycle: str | None, form: str = "") -> Frame:
    """What stands around a screen of a team and a cycle; ``form`` is the one that is open, which nobody need be told of.

    Raises:
        NotFound: there is no such team or cycle.
    """
    with session.reading() as view:
        shown = find.team(view, team)
        meant = cycles.current(view.connection) if cycle is None else find.cycle(view, cycle)
        needs: tuple[Need, ...] = ()
        if view.actor.person_id is not None:
            found = of_person(view, view.actor.person_id)
            needs = (*found, *_unfinished(session, view, form, found))
        return Frame(
            place(view, shown, meant), view.actor.handle, _role(view, shown), needs, _steps(view, shown, meant, needs)
        )


def _unfinished(session: Session, view: View, form: str, found: Iterable[Need]) -> Iterator[Need]:
    """The forms that were left unfinished, but the one that is open and those that another need opens."""
    opened = {(*(need.met or PLACES.get(need.kind, ("", ""))), need.ref) for need in found}
    for draft in drafts.waiting(session):
        at = draft.opened
        if at.page and draft.form != form and (at.page, at.command, at.ref) not in opened:
            text = f"Go on with what you began: {draft.form}"
            yield Need(view.actor.handle, "draft", at.ref, at.team, at.cycle, text, "", met=(at.page, at.command))


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
    written = _written(view, team, cycle)
    own, after = _in_cycle(view, team, cycle, written)
    steps = (
        _in_workshop(view, team, cycle),
        *_with_company(view, own),
        after,
        _to_workshop(view, team, cycle),
        _to_write_more(written, cycle),
    )
    there = [step for step in steps if step]
    if not there and not here:
        there = [Step("Nothing waits for you here.")]
    return (*here, *there, *elsewhere)


def _in_cycle(
    view: View, team: Team, cycle: Cycle, written: Iterable[tuple[Objective, Sequence[KeyResult]]]
) -> tuple[Step | None, Step | None]:
    """What comes next in a cycle, and what may come after it."""
    if cycle.phase is Phase.CLOSED:
        return _after(view, team, cycle), None
    moving, own = _on_cycle(view, cycle), _on_objectives(view, team, cycle)
    if cycle.phase is not Phase.DRAFTING and moving:
        return moving, None
    if own and moving and own.command == "objective.add":  # others are ready: they need not wait for its first one
        return _on_key_results(written) or moving, own
    return own or _on_key_results(written) or moving, None


def _first_cycle(view: View) -> Step:
    return _adding(view, "Add the first cycle, a quarter for instance", "There is no cycle yet")


def _adding(view: View, text: str, otherwise: str) -> Step:
    """Adding a cycle, for whoever may; for anybody else why there is none, and who may."""
    if view.actor.admin or view.actor.is_operator:
        return Step(text, "room", "cycle.add")
    admins = ", ".join(people.admins(view.connection))
    return Step(f"{otherwise}: ask an admin to add one ({admins}).")


def _after(view: View, team: Team, cycle: Cycle) -> Step | None:
    """What comes after a closed cycle: the one that goes on, or adding the next."""
    current = cycles.current(view.connection)
    if current is None or current.phase is Phase.CLOSED:
        return _adding(
            view, f"Add the cycle that comes after {cycle.name}", f"{cycle.name} is closed and no other is open"
        )
    text = f"{cycle.name} is closed: go on to {current.name}, {current.phase}"
    return Step(text, "room", "page.room", "", team.slug, current.name)


def _with_company(view: View, own: Step | None) -> tuple[Step | None, ...]:
    """What comes next, and for an admin who is alone whom to work with: before a team is asked, else after the rest."""
    if not view.actor.admin or people.are_several(view.connection):
        return (own,)
    somebody = Step("Add somebody you work with; alone, leave it and go on", "room", "person.add")
    is_asking = own is not None and own.command == "objective.invite"
    return (somebody, own) if is_asking else (own, somebody)


def _on_objectives(view: View, team: Team, cycle: Cycle) -> Step | None:
    if view.actor.leads(team.chain) is None or cycle.phase not in {Phase.DRAFTING, Phase.RUNNING}:
        return None
    known = objectives.of_team(view.connection, cycle.id, team.id)
    own = [one for one in known if one.team_id == team.id]
    standing = [one for one in known if one.state != ObjectiveState.WITHDRAWN]
    if cycle.phase is Phase.DRAFTING and (step := _from_last_cycle(view, team)):
        return step
    if not standing and not team.steady:
        return Step(f"Write the first objective of {team.name} for {cycle.name}", "objectives", "objective.add")
    invited = {one.objective_id for one in invitations.from_team(view.connection, cycle.id, team.id)}
    for one in own:
        if step := _on_objective(one, is_put=one.id in invited):
            return step
    return None


def _from_last_cycle(view: View, team: Team) -> Step | None:
    """Starting from an objective of the cycle closed last, while something goes on under it."""
    closed = cycles.last_closed(view.connection)
    found = closing.first_to_go_on(view.connection, closed.id, team.id) if closed else None
    if closed is None or found is None:
        return None
    text = f"Start from O{found[0]} of {closed.name}, and what goes on comes along: {found[1]}"
    return Step(text, "objectives", "objective.go_on")


def _on_objective(objective: Objective, *, is_put: bool) -> Step | None:
    if objective.state == ObjectiveState.DRAFT:
        text = f"Publish {objective.ref}, so that everybody can read it: {objective.title}"
        return Step(text, "objectives", "objective.publish", objective.ref)
    if objective.state == ObjectiveState.PUBLISHED and not is_put:
        text = f"Invite a team to {objective.ref}: {objective.title}"
        return Step(text, "objectives", "objective.invite", objective.ref)
    return None


def _written(view: View, team: Team, cycle: Cycle) -> list[tuple[Objective, list[KeyResult]]]:
    """What stands under each objective the team has accepted, where whoever looks may write key results."""
    asked = invitations.to_team(view.connection, cycle.id, team.id)
    accepted = [one for one in asked if one.state == InvitationState.ACCEPTED]
    known = {one.id: one for one in objectives.by_ids(view.connection, {one.objective_id for one in accepted})}
    leading = {one.id: one for one in teams.by_ids(view.connection, {one.team_id for one in known.values()})}
    written: dict[int, list[KeyResult]] = {one.id: [] for one in accepted}
    for key_result in key_results.of_invitations(view.connection, written):
        written[key_result.invitation_id].append(key_result)
    found = []
    for one in sorted(accepted, key=lambda one: one.objective_id):
        objective = known[one.objective_id]
        exchange = Exchange(objective, cycle, leading[objective.team_id], one, team)
        if view.may(Act.KR_ADD, exchange.on_invitation(view)):
            found.append((objective, written[one.id]))
    return found


def _on_key_results(written: Iterable[tuple[Objective, Sequence[KeyResult]]]) -> Step | None:
    return next((step for objective, below in written if (step := _on_written(objective, below))), None)


def _to_write_more(written: Iterable[tuple[Objective, Sequence[KeyResult]]], cycle: Cycle) -> Step | None:
    """Another key result where there are few yet, for what comes after the rest: while the cycle drafts."""
    if cycle.phase is not Phase.DRAFTING:
        return None
    for objective, below in written:
        standing = sum(one.state not in _OVER for one in below)
        if 0 < standing < FEW:
            text = f"Write another key result for {objective.ref}, or leave it at {standing}"
            return Step(text, "board", "board.add", objective.ref)
    return None


def _on_written(objective: Objective, written: Sequence[KeyResult]) -> Step | None:
    """What comes next of an objective's key results, by whoever may write them."""
    if not written:
        text = f"Write how everybody will know: the first key result for {objective.ref} {objective.title}"
        return Step(text, "board", "board.add", objective.ref)
    for one in written:
        is_begun = one.state in {KeyResultState.IDEA, KeyResultState.DRAFT} and one.proposed_at is None
        if is_begun and not one.waits_for_adoption:
            return Step(f"Fill in {one.ref} and propose it: {one.statement}", "board", "board.propose", one.ref)
    return None


def _to_workshop(view: View, team: Team, cycle: Cycle) -> Step | None:
    """Holding the workshop, for what comes after the rest: while the team drafts, and has agreed nothing yet."""
    if cycle.phase is not Phase.DRAFTING or not _is_at_workshop(view, team, cycle):
        return None
    if workshops.of_team(view.connection, team.id, cycle.id) is not None:
        return None
    asked = invitations.to_team(view.connection, cycle.id, team.id)
    accepted = [one.id for one in asked if one.state == InvitationState.ACCEPTED]
    if not accepted:
        return None
    written = key_results.of_invitations(view.connection, accepted)
    if any(one.state == KeyResultState.AGREED for one in written):
        return None
    return Step(f"Hold the workshop of {team.name}: two prompts, ideas and a clock", "workshop", "workshop.clock")


def _is_at_workshop(view: View, team: Team, cycle: Cycle) -> bool:
    return view.actor.belongs_below(team.id) is not None and bool(
        view.may(Act.WORKSHOP_KEEP, find.team_in_cycle(view, team, cycle))
    )


def _in_workshop(view: View, team: Team, cycle: Cycle) -> Step | None:
    """What comes next in a workshop that goes on; one that nobody keeps needs those who were in it."""
    found = workshops.of_team(view.connection, team.id, cycle.id)
    if found is None or found.state == WorkshopState.CLOSED or found.keeper_id is None:
        return None
    if not _is_at_workshop(view, team, cycle):
        return None
    if found.keeper_id != view.actor.person_id:
        return Step(f"Write a note in the workshop of {team.name}", "workshop", "workshop.write")
    if found.prompt == Prompt.DAY_TO_DAY:
        return Step("Go on to the second prompt of the workshop", "workshop", "workshop.next")
    return Step(f"Close the workshop of {team.name}, and keep its minutes", "workshop", "workshop.close")


def _on_cycle(view: View, cycle: Cycle) -> Step | None:
    root = teams.root(view.connection)
    moves = view.actor.admin or view.actor.is_operator or (root and view.actor.leads(root.chain))
    text = _moving_on(view, cycle) if moves else ""
    return Step(text, "room", "cycle.advance") if text else None


def _moving_on(view: View, cycle: Cycle) -> str:
    """What moving a cycle on means now; empty while it is too early."""
    match cycle.phase:
        case Phase.DRAFTING if key_results.any_agreed(view.connection, cycle.id):
            return f"Start {cycle.name}: check-ins begin once it runs"
        case Phase.RUNNING if view.day_in(cycle) >= weeks(cycle.starts, cycle.ends)[-1].first:
            return f"Move {cycle.name} on to scoring: its last week has begun"
        case Phase.SCORING:
            return f"Close {cycle.name}: what it still waits for shows first"
        case _:
            return ""
