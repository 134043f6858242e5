"""Objectives: writing, publishing, inviting, rewording, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered, said
from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.inputs import ObjectiveEntry
from okrtui.core.leave import Thing
from okrtui.core.model import KeyResultState, ObjectiveState
from okrtui.service import find, links, threads
from okrtui.service.asking import put_to, take_away
from okrtui.service.edits import merged
from okrtui.store import invitations, key_results, objectives

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session
    from okrtui.store.cycles import Cycle
    from okrtui.store.objectives import Objective
    from okrtui.store.teams import Team

FIELDS = ("title", "why", "ambition")


def add(
    session: Session,
    *,
    team: str | None,
    cycle: str | None,
    fields: Mapping[str, object],
    parent: str | None = None,
    origin: str | None = None,
) -> str:
    """Write a draft objective of a team, in the cycle named or the current one; ``parent`` is what it contributes to.

    With ``origin``, an objective of another cycle, it starts from that one's text, which ``fields`` change, and stands for
    its team unless another is named.

    Returns:
        Its ref.

    Raises:
        NotAllowed: by anybody but the team's leads, the cycle takes no more objectives, or ``origin`` is of the same cycle.
        NotFound: no such team, cycle, parent or origin.
        Invalid: a text will not do, or neither a team nor an origin is named.
    """
    with session.writing() as deed:
        found = find.cycle(deed, cycle)
        start = _start(deed, origin, found) if origin is not None else None
        leading = _leading(deed, team, start)
        entry = entered(ObjectiveEntry, {**(texts_of(start.objective) if start else {}), **fields})
        number = write(deed, leading, found, entry, start)
        ref = f"O{number}"
        if parent is not None:
            links.ask(deed, ref, parent)
    return ref


def _start(deed: Deed, origin: str, cycle: Cycle) -> Exchange:
    start = find.objective(deed, origin)
    if start.cycle.id == cycle.id:
        ref = start.objective.ref
        raise NotAllowed(f"{ref} is of {cycle.name} itself: name one of an earlier cycle, or reword {ref} (e).")
    return start


def _leading(deed: Deed, slug: str | None, start: Exchange | None) -> Team:
    if slug is None and start is None:
        raise Invalid("Say whose objective it is: name a team.", {"team": "Name a team."})
    leading = start.leading if slug is None and start is not None else find.team(deed, slug or "")
    if leading.archived:
        raise NotAllowed(f"{leading.name} is archived: choose a team that is not.")
    return leading


def texts_of(objective: Objective) -> dict[str, object]:
    """The fields of an objective's form, as they stand."""
    return {name: getattr(objective, name) for name in FIELDS}


def write(deed: Deed, leading: Team, cycle: Cycle, entry: ObjectiveEntry, start: Exchange | None = None) -> int:
    """Write a draft as part of another deed; its id. ``start`` is the objective of an earlier cycle that it goes on from.

    Raises:
        NotAllowed: as `add` does.
    """
    sides = find.sides_between(deed, leading, None)
    leave = deed.must(Act.OBJECTIVE_ADD, Thing(leading.name, ObjectiveState.DRAFT, cycle.phase, cycle.name, sides))
    number = objectives.add(
        deed.connection,
        {
            "cycle_id": cycle.id,
            "team_id": leading.id,
            "title": entry.title,
            "why": entry.why,
            "ambition": str(entry.ambition),
            "author_id": deed.person_id,
            "origin_id": start.objective.id if start else None,
            "at": deed.at,
        },
    )
    after = entry.model_dump(mode="json") | ({"origin": start.objective.ref} if start else {})
    deed.record(Act.OBJECTIVE_ADD, f"O{number}", leave=leave, cycle_id=cycle.id, team_id=leading.id, after=after)
    return number


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
        rewrite(deed, find.objective(deed, ref), changes, began_from, act)


def rewrite(
    deed: Deed, exchange: Exchange, changes: Mapping[str, object], began_from: Mapping[str, object] | None, act: Act
) -> None:
    """Edit a draft or reword what is published (``act`` says which), as part of another deed.

    Raises:
        NotAllowed, Conflict, Invalid: as `edit` and `reword` do.
    """
    leave = deed.must(act, exchange.on_objective(deed))
    before, after = save(deed, exchange, changes, began_from)
    if after:
        _record(deed, act, exchange, leave=leave, before=before, after=after)


def save(
    deed: Deed, exchange: Exchange, changes: Mapping[str, object], began_from: Mapping[str, object] | None = None
) -> tuple[dict[str, object], dict[str, object]]:
    """Change an objective's text, the earlier one kept once it is published; before and after of the fields that changed.

    The caller has leave, and records the event.

    Raises:
        Conflict, Invalid: as `edit` does.
    """
    objective = exchange.objective
    stands = texts_of(objective)
    entry = entered(ObjectiveEntry, merged(stands, changes, began_from))
    after = {name: value for name, value in entry.model_dump(mode="json").items() if value != stands[name]}
    if not after:
        return {}, {}
    number = objective.text_number + (objective.state == ObjectiveState.PUBLISHED)
    objectives.change(deed.connection, objective.id, {**after, "text_number": number})
    objectives.keep_text(deed.connection, objective.id, at=deed.at, author_id=deed.person_id)
    return {name: stands[name] for name in after}, after


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
        make_public(deed, find.objective(deed, ref))


def make_public(deed: Deed, exchange: Exchange) -> None:
    """Publish a draft as part of another deed.

    Raises:
        NotAllowed: as `publish` does.
    """
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
        threads.tell(deed, objective.ref, "reason", words, objective.title)
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
        for slug in dict.fromkeys(slugs):
            put_to(deed, exchange, find.team(deed, slug))


def uninvite(session: Session, ref: str, slug: str) -> None:
    """Take an invitation back before anything stands under it.

    Raises:
        NotAllowed: by anybody but leadership, or the team has answered or written under it: release it instead.
    """
    with session.writing() as deed:
        take_away(deed, find.invitation(deed, ref, slug))


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
