"""Objectives: writing, publishing, inviting, rewording, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import NotAllowed
from okrtui.core.inputs import ObjectiveEntry, entered, said
from okrtui.core.leave import Thing
from okrtui.core.model import InvitationState, KeyResultState, ObjectiveState
from okrtui.core.names import parse_ref
from okrtui.service import find
from okrtui.service.edits import merged
from okrtui.store import invitations, key_results, objectives

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session
    from okrtui.store.invitations import Invitation
    from okrtui.store.rows import Value
    from okrtui.store.teams import Team

FIELDS = ("title", "why", "ambition")


def add(session: Session, *, team: str, cycle: str | None, fields: dict[str, object], parent: str | None = None) -> str:
    """Write a draft objective of a team, in the cycle named or the current one; ``parent`` is what it contributes to.

    Returns:
        Its ref.

    Raises:
        NotAllowed: by anybody but the team's leads, or the cycle takes no more objectives.
        NotFound: no such team, cycle or parent.
        Invalid: a text will not do.
    """
    entry = entered(ObjectiveEntry, fields)
    with session.writing() as deed:
        leading = find.team(deed, team)
        found = find.cycle(deed, cycle)
        if leading.archived:
            raise NotAllowed(f"{leading.name} is archived: choose a team that is not.")
        sides = find.sides_between(deed, leading, None)
        leave = deed.must(Act.OBJECTIVE_ADD, Thing(leading.name, ObjectiveState.DRAFT, found.phase, found.name, sides))
        number = objectives.add(
            deed.connection,
            {
                "cycle_id": found.id,
                "team_id": leading.id,
                "title": entry.title,
                "why": entry.why,
                "ambition": str(entry.ambition),
                "author_id": deed.person_id,
                "at": deed.at,
            },
        )
        ref = f"O{number}"
        deed.record(
            Act.OBJECTIVE_ADD,
            ref,
            leave=leave,
            cycle_id=found.id,
            team_id=leading.id,
            after=entry.model_dump(mode="json"),
        )
        if parent is not None:
            _link(deed, ref, parent, leading)
    return ref


def _link(deed: Deed, ref: str, parent: str, leading: Team) -> None:
    named = parse_ref(parent, "O", "KR")
    above = find.objective(deed, parent) if named.letters == "O" else find.key_result(deed, parent)[1]
    if str(named) == ref:
        raise NotAllowed(f"{ref} cannot stand under itself: give another parent.")
    # Who leads the parent's team consents by asking; anybody else's link waits for a lead there. A key result is its
    # team's, whoever set the objective above it.
    consenting = above.team or above.leading
    consents = deed.actor.leads(consenting.chain) is not None or consenting.id in leading.chain[-1:]
    consented_by = deed.person_id if consents else None
    objectives.link(
        deed.connection, ref, str(named), "contributes", author_id=deed.person_id, consented_by=consented_by, at=deed.at
    )
    after = {"parent": str(named), "kind": "contributes", "consented": consented_by is not None}
    deed.record("link.add", ref, cycle_id=above.cycle.id, team_id=leading.id, after=after)


def edit(
    session: Session, ref: str, changes: Mapping[str, object], began_from: Mapping[str, object] | None = None
) -> None:
    """Change a draft objective. ``began_from`` holds the fields as the form first showed them, so that two people merge.

    Raises:
        NotAllowed: by anybody but leadership, or it is published: reword it.
        Conflict: somebody changed the same field since.
        Invalid: a text will not do.
    """
    _rewrite(session, ref, changes, began_from, Act.OBJECTIVE_EDIT)


def reword(
    session: Session, ref: str, changes: Mapping[str, object], began_from: Mapping[str, object] | None = None
) -> None:
    """Reword a published objective: the earlier text is kept, and who accepted it is told.

    Raises:
        NotAllowed: by anybody but leadership, or it is not published.
        Conflict: somebody changed the same field since.
        Invalid: a text will not do.
    """
    _rewrite(session, ref, changes, began_from, Act.OBJECTIVE_REWORD)


def _rewrite(
    session: Session, ref: str, changes: Mapping[str, object], began_from: Mapping[str, object] | None, act: Act
) -> None:
    with session.writing() as deed:
        exchange = find.objective(deed, ref)
        objective = exchange.objective
        leave = deed.must(act, exchange.on_objective(deed))
        stands: dict[str, object] = {name: getattr(objective, name) for name in FIELDS}
        entry = entered(ObjectiveEntry, merged(stands, changes, began_from))
        after = {name: value for name, value in entry.model_dump(mode="json").items() if value != stands[name]}
        if not after:
            return
        number = objective.text_number + (act is Act.OBJECTIVE_REWORD)
        objectives.change(deed.connection, objective.id, {**after, "text_number": number})
        objectives.keep_text(deed.connection, objective.id, at=deed.at, author_id=deed.person_id)
        before = {name: stands[name] for name in after}
        _record(deed, act, exchange, leave=leave, before=before, after=after)


def _record(deed: Deed, verb: str, exchange: Exchange, **rest: object) -> None:
    deed.record(
        verb,
        exchange.objective.ref,
        cycle_id=exchange.cycle.id,
        team_id=exchange.leading.id,
        **rest,  # type: ignore[arg-type]  # Deed.record's own fields, by name
    )


def publish(session: Session, ref: str) -> None:
    """Let everybody read an objective.

    Raises:
        NotAllowed: by anybody but leadership, or it is no draft.
    """
    with session.writing() as deed:
        exchange = find.objective(deed, ref)
        leave = deed.must(Act.OBJECTIVE_PUBLISH, exchange.on_objective(deed))
        state = str(ObjectiveState.PUBLISHED)
        objectives.change(deed.connection, exchange.objective.id, {"state": state, "published_at": deed.at})
        _record(deed, Act.OBJECTIVE_PUBLISH, exchange, leave=leave, before={"state": "draft"}, after={"state": state})


def withdraw(session: Session, ref: str, reason: str) -> None:
    """Withdraw an objective with a reason; its key results are dropped, "objective withdrawn".

    Raises:
        NotAllowed: by anybody but leadership.
        Invalid: no reason is given.
    """
    words = said(reason, "reason", "Withdrawing an objective needs a reason: give it with -m.")
    with session.writing() as deed:
        exchange = find.objective(deed, ref)
        leave = deed.must(Act.OBJECTIVE_WITHDRAW, exchange.on_objective(deed))
        objective = exchange.objective
        objectives.change(deed.connection, objective.id, {"state": str(ObjectiveState.WITHDRAWN), "reason": words})
        after = {"state": str(ObjectiveState.WITHDRAWN), "reason": words}
        _record(deed, Act.OBJECTIVE_WITHDRAW, exchange, leave=leave, before={"state": objective.state}, after=after)
        _drop_key_results(deed, exchange, leave)


def _drop_key_results(deed: Deed, exchange: Exchange, leave: Leave) -> None:
    asked = invitations.of_objective(deed.connection, exchange.objective.id)
    dropped = {"state": str(KeyResultState.DROPPED), "reason": "objective withdrawn"}
    for key_result in key_results.of_invitations(deed.connection, [one.id for one in asked]):
        if key_result.state == KeyResultState.DROPPED:
            continue
        key_results.change(deed.connection, key_result.id, dict(dropped))
        team = next(one.team_id for one in asked if one.id == key_result.invitation_id)
        deed.record(
            Act.KR_DROP,
            key_result.ref,
            leave=leave,
            cycle_id=exchange.cycle.id,
            team_id=team,
            before={"state": key_result.state},
            after=dropped,
        )


def invite(session: Session, ref: str, slugs: Sequence[str]) -> None:
    """Put an objective to teams: its own, or any below; a team that was released from it is asked anew.

    Raises:
        NotAllowed: by anybody but leadership; not published; a team beside or above; or invited already.
        NotFound: no such objective or team.
    """
    with session.writing() as deed:
        exchange = find.objective(deed, ref)
        leave = deed.must(Act.INVITE, exchange.on_objective(deed))
        for slug in dict.fromkeys(slugs):
            _put_to(deed, exchange, find.team(deed, slug), leave)


def put_to(deed: Deed, exchange: Exchange, team: Team) -> int:
    """Put an objective to one more team, as part of another deed; the invitation's id.

    Raises:
        NotAllowed: as `invite` does.
    """
    return _put_to(deed, exchange, team, deed.must(Act.INVITE, exchange.on_objective(deed)))


def _put_to(deed: Deed, exchange: Exchange, team: Team, leave: Leave) -> int:
    earlier = invitations.of_team(deed.connection, exchange.objective.id, team.id)
    _must_fit(exchange, team, earlier)
    before: dict[str, object] = {}
    if earlier is None:
        number = invitations.add(deed.connection, exchange.objective.id, team.id, deed.person_id, deed.at)
    else:
        number, before = earlier.id, {"state": earlier.state}
        anew: dict[str, Value] = {"state": str(InvitationState.OPEN), "accepted_text": None}
        invitations.change(deed.connection, number, {**anew, "accepted_by": None, "accepted_at": None, "at": deed.at})
    deed.record(
        Act.INVITE,
        exchange.objective.ref,
        leave=leave,
        cycle_id=exchange.cycle.id,
        team_id=team.id,
        before=before,
        after={"team": team.slug},
    )
    return number


def _must_fit(exchange: Exchange, team: Team, earlier: Invitation | None) -> None:
    if team.archived:
        raise NotAllowed(f"{team.name} is archived: choose a team that is not.")
    if exchange.leading.id not in team.chain:
        raise NotAllowed(
            f"{team.name} is not {exchange.leading.name} or below it: an objective is put to its own team or to teams below. "
            "Ask their leads to take it up with an objective of their own."
        )
    if earlier is not None and earlier.state != InvitationState.RELEASED:
        raise NotAllowed(
            f"{exchange.objective.ref} was put to {team.name} already: see its answer with `okrtui objective show`."
        )


def uninvite(session: Session, ref: str, slug: str) -> None:
    """Take an invitation back before anything stands under it.

    Raises:
        NotAllowed: by anybody but leadership, or the team has answered or written under it: release it instead.
    """
    with session.writing() as deed:
        exchange = find.invitation(deed, ref, slug)
        assert exchange.invitation is not None  # noqa: S101
        leave = deed.must(Act.UNINVITE, exchange.on_invitation(deed))
        if not invitations.is_bare(deed.connection, exchange.invitation.id):
            raise NotAllowed(
                "The team has written under this invitation: release it instead, so that its words stay on record."
            )
        invitations.remove(deed.connection, exchange.invitation.id)
        deed.record(
            Act.UNINVITE,
            exchange.objective.ref,
            leave=leave,
            cycle_id=exchange.cycle.id,
            team_id=exchange.team_id,
            before={"team": slug, "state": str(InvitationState(exchange.invitation.state))},
        )


def learn(session: Session, ref: str, words: str) -> None:
    """Write an objective's line of learning.

    Raises:
        NotAllowed: by a reader, or outside of scoring.
        Invalid: it says nothing.
    """
    missing = "A line of learning needs its words: give them with -m."
    line = said(words, "words", missing, beside="Say what was learnt.")
    with session.writing() as deed:
        exchange = find.objective(deed, ref)
        leave = deed.must(Act.OBJECTIVE_LEARN, exchange.on_objective(deed))
        before = {"learning": objectives.learning(deed.connection, exchange.objective.id)}
        objectives.set_learning(deed.connection, exchange.objective.id, line, deed.person_id, deed.at)
        _record(deed, Act.OBJECTIVE_LEARN, exchange, leave=leave, before=before, after={"learning": line})
