"""Cycles: adding them, moving them on and back, and what closing one still waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.entering import entered, said
from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.inputs import CycleEntry
from okrtui.core.model import InvitationState, KeyResultState, ObjectiveState, Phase
from okrtui.core.setup import must_administer, must_lead_or_administer, phase_to_advance_to, phase_to_go_back_to
from okrtui.service import closing, find
from okrtui.store import cycles, invitations, key_results, objectives, scores, teams, workshops

if TYPE_CHECKING:
    from okrtui.core.leave import Leave
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.teams import Team


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a cycle's closing still waits for."""

    kind: str
    ref: str
    team_id: int
    team: str
    text: str


def add(session: Session, fields: dict[str, object]) -> str:
    """Add a cycle, drafting.

    Returns:
        Its name.

    Raises:
        NotAllowed: by anybody but an admin or the operator.
        Invalid: the name is taken, or the days or the zone will not do.
    """
    entry = entered(CycleEntry, fields)
    with session.writing() as deed:
        must_administer(deed.actor, "Cycles")
        if cycles.by_name(deed.connection, entry.name):
            sentence = f"There is a cycle {entry.name} already: choose another name."
            raise Invalid(sentence, {"name": sentence})
        number = cycles.add(
            deed.connection, name=entry.name, starts=entry.starts, ends=entry.ends, zone=entry.zone, at=deed.at
        )
        after = {"starts": entry.starts.isoformat(), "ends": entry.ends.isoformat(), "zone": entry.zone}
        deed.record("cycle.add", entry.name, cycle_id=number, after=after)
    return entry.name


def edit(session: Session, name: str, changes: dict[str, object]) -> None:
    """Change a cycle's days or zone while it is drafting: after that weeks have been counted by them.

    Raises:
        NotAllowed: by anybody but an admin or the operator, or the cycle is past drafting.
        Invalid: the days or the zone will not do.
    """
    with session.writing() as deed:
        must_administer(deed.actor, "Cycles")
        cycle = find.cycle(deed, name)
        if cycle.phase is not Phase.DRAFTING:
            raise NotAllowed(
                f"{cycle.name} is {cycle.phase}: its days are fixed once it runs, as its weeks are counted by them."
            )
        stands = {"name": cycle.name, "starts": cycle.starts, "ends": cycle.ends, "zone": cycle.zone}
        entry = entered(CycleEntry, {**stands, **changes})
        after = {"starts": entry.starts.isoformat(), "ends": entry.ends.isoformat(), "zone": entry.zone}
        before = {"starts": cycle.starts.isoformat(), "ends": cycle.ends.isoformat(), "zone": cycle.zone}
        cycles.change(deed.connection, cycle.id, dict(after))
        deed.record("cycle.edit", cycle.name, cycle_id=cycle.id, before=before, after=after)


def _must_move(deed: Deed) -> Leave | None:
    root = find.company(deed)
    return must_lead_or_administer(deed.actor, root.chain, root.name, "Moving a cycle on or back")


def advance(session: Session, name: str, to: Phase | None = None, *, over: bool = False) -> Phase:
    """Move a cycle to its next phase, which ``to`` may name; ``over`` closes it over what is missing.

    Returns:
        The phase it is in now.

    Raises:
        NotAllowed: by anybody but an admin or a lead of the company; another phase comes first; something is missing.
    """
    with session.writing() as deed:
        leave = _must_move(deed)
        cycle = find.cycle(deed, name)
        phase = phase_to_advance_to(cycle.name, cycle.phase, to)
        if phase is Phase.CLOSED:
            _close(deed, cycle, leave, over=over)
        cycles.change(deed.connection, cycle.id, {"phase": str(phase)})
        deed.record(
            "cycle.advance",
            cycle.name,
            leave=leave,
            cycle_id=cycle.id,
            before={"phase": str(cycle.phase)},
            after={"phase": str(phase)},
        )
        if phase is Phase.CLOSED:
            closing.carry_on(deed, cycle)
    return phase


def back(session: Session, name: str, reason: str) -> Phase:
    """Move a cycle to the phase before, with a reason.

    Returns:
        The phase it is in now.

    Raises:
        NotAllowed: by anybody but an admin or a lead of the company; the cycle is drafting or closed.
        Invalid: no reason is given.
    """
    words = said(reason, "reason", "Moving a cycle back needs a reason: give it with -m.")
    with session.writing() as deed:
        leave = _must_move(deed)
        cycle = find.cycle(deed, name)
        phase = phase_to_go_back_to(cycle.name, cycle.phase)
        cycles.change(deed.connection, cycle.id, {"phase": str(phase)})
        after = {"phase": str(phase), "reason": words}
        before = {"phase": str(cycle.phase)}
        deed.record("cycle.back", cycle.name, leave=leave, cycle_id=cycle.id, before=before, after=after)
    return phase


def awaited(session: Session, name: str) -> list[Missing]:
    """What closing a cycle waits for, team by team.

    Raises:
        NotFound: there is no such cycle.
    """
    with session.reading() as view:
        return sorted(missing(view, find.cycle(view, name)), key=lambda gap: gap.team)


def missing(view: View, cycle: Cycle) -> list[Missing]:
    """What closing a cycle waits for: unanswered invitations and pushbacks, scores not agreed, by team.

    What was put to one person stands with the team whose leads did.
    """
    named = {team.id: team for team in teams.in_tree_order(view.connection)}
    written = {one.id: one for one in objectives.of_cycle(view.connection, cycle.id)}
    asked = {one.id: one for one in invitations.of_cycle(view.connection, cycle.id)}
    gaps: list[Missing] = []
    for invitation in asked.values():
        objective = written[invitation.objective_id]
        team = named[invitation.team_id or objective.team_id]
        if team.steady or objective.state != ObjectiveState.PUBLISHED:
            continue
        if invitation.state == InvitationState.OPEN:
            whose = "the team's" if invitation.team_id is not None else "one person's"
            gaps.append(_missing("invitation", objective.ref, team, f"waits for {whose} answer"))
        if invitation.state == InvitationState.PUSHED_BACK:
            gaps.append(_missing("pushback", objective.ref, team, "waits for leadership's answer to a pushback"))
    agreed = [one for one in key_results.of_cycle(view.connection, cycle.id) if one.state == KeyResultState.AGREED]
    settled = {one.key_result_id: one.state for one in scores.calibrations(view.connection, [one.id for one in agreed])}
    for key_result in agreed:
        invitation = asked[key_result.invitation_id]
        team = named[invitation.team_id or written[invitation.objective_id].team_id]
        if team.steady or settled.get(key_result.id) == "confirmed":
            continue
        proposed = key_result.id in settled
        text = "waits for its agreed score to be confirmed" if proposed else "has no agreed score"
        gaps.append(_missing("calibration" if proposed else "score", key_result.ref, team, text))
    return gaps


def _missing(kind: str, ref: str, team: Team, text: str) -> Missing:
    return Missing(kind, ref, team.id, team.slug, text)


def _close(deed: Deed, cycle: Cycle, leave: Leave | None, *, over: bool) -> None:
    gaps = missing(deed, cycle)
    if gaps and not over:
        listed = "; ".join(f"{gap.team}: {gap.ref} {gap.text}" for gap in gaps[:5])
        more = f"; and {len(gaps) - 5} more" if len(gaps) > 5 else ""
        raise NotAllowed(
            f"{cycle.name} still waits for {len(gaps)} thing{'s' if len(gaps) > 1 else ''} ({listed}{more}): do them, or let a "
            "lead of the company close over them with --over."
        )
    if gaps:
        _must_lead_the_company(deed)
        for gap in gaps:
            cycles.leave_open(deed.connection, cycle.id, gap.team_id, gap.kind, gap.ref, deed.person_id, deed.at)
            after = {"kind": gap.kind}
            deed.record("cycle.left_open", gap.ref, leave=leave, cycle_id=cycle.id, team_id=gap.team_id, after=after)
    _end_what_is_open(deed, cycle, leave)
    workshops.end_with_cycle(deed.connection, cycle.id, deed.at)


def _end_what_is_open(deed: Deed, cycle: Cycle, leave: Leave | None) -> None:
    """Give what nobody answered its final state, with an event on each."""
    ended = (
        ("invitation.unanswered", InvitationState.UNANSWERED, cycles.open_invitations(deed.connection, cycle.id)),
        ("kr.not_agreed", KeyResultState.NOT_AGREED, cycles.open_key_results(deed.connection, cycle.id)),
    )
    cycles.end_what_is_open(deed.connection, cycle.id)
    for verb, state, found in ended:
        for one in found:
            after = {"state": str(state), "team": one.team, "cycle": cycle.name}
            deed.record(
                verb,
                one.ref,
                leave=leave,
                cycle_id=cycle.id,
                team_id=one.team_id,
                before={"state": one.state},
                after=after,
            )


def _must_lead_the_company(deed: Deed) -> None:
    root = find.company(deed)
    if deed.actor.leads(root.chain) is None:
        raise NotAllowed(f"Only a lead of {root.name} closes a cycle over what is missing: ask one of them.")
