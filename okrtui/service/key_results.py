"""The exchange on key results: ideas, drafts, proposing, agreeing, returning, parking, dropping, amending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.inputs import Guidance, KeyResultEntry, entered, said
from okrtui.core.key_results import missing
from okrtui.core.leave import is_waited_for
from okrtui.core.model import KeyResultState, Kind, Side
from okrtui.core.sides import standing
from okrtui.service import find, threads
from okrtui.service.checkins import progress_now
from okrtui.service.edits import merged
from okrtui.store import key_results, people, teams

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.key_results import KeyResult
    from okrtui.store.rows import Value

_OWNED = frozenset({KeyResultState.PROPOSED, KeyResultState.AGREED})
AMENDABLE = frozenset({"statement", *key_results.NUMBERS, "steps"})


def add(session: Session, ref: str, team: str | None, fields: dict[str, object], *, draft: bool = False) -> str:
    """Write a key result under an objective's invitation: an idea, or at once a draft.

    Returns:
        Its ref.

    Raises:
        NotAllowed: by anybody but the team, or the invitation is not open to it.
        NotFound: no such objective, team, owner or shared team.
        Invalid: a text or a number will not do.
    """
    entry = entered(KeyResultEntry, fields)
    with session.writing() as deed:
        exchange = find.invitation(deed, ref, team)
        assert exchange.invitation is not None  # noqa: S101
        leave = deed.must(Act.KR_ADD, exchange.on_invitation(deed))
        _must_own(deed, exchange, entry.owner)
        values = _columns(deed, entry)
        state = KeyResultState.DRAFT if draft else KeyResultState.IDEA
        place: dict[str, Value] = {
            "invitation_id": exchange.invitation.id,
            "state": str(state),
            "author_id": deed.person_id,
            "at": deed.at,
        }
        number = key_results.add(deed.connection, {**place, **values})
        key_results.set_steps(deed.connection, number, [(step.name, step.weight) for step in entry.steps])
        key_results.keep_text(
            deed.connection, number, side=str(leave.side), reason="", author_id=deed.person_id, at=deed.at
        )
        kr = f"KR{number}"
        _record(
            deed,
            Act.KR_ADD,
            kr,
            exchange,
            leave,
            {},
            {**entry.model_dump(mode="json", exclude_defaults=True), "state": state},
        )
    return kr


def _record(
    deed: Deed,
    act: str,
    ref: str,
    exchange: Exchange,
    leave: Leave | None,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    deed.record(act, ref, leave=leave, cycle_id=exchange.cycle.id, team_id=exchange.team_id, before=before, after=after)


def _columns(deed: Deed, entry: KeyResultEntry) -> dict[str, Value]:
    """An entry as the file keeps it, but its steps."""
    owner = find.person(deed, entry.owner) if entry.owner else None
    shared = find.team(deed, entry.shared_team) if entry.shared_team else None
    values: dict[str, Value] = {
        name: value
        for name, value in entry.model_dump(mode="json").items()
        if name not in {"owner", "shared_team", "steps"}
    }
    return {**values, "owner_id": owner.id if owner else None, "shared_team_id": shared.id if shared else None}


def _must_own(deed: Deed, exchange: Exchange, handle: str) -> None:
    """Let only somebody of the team's side own a key result, or anybody leading where that side has nobody."""
    if not handle:
        return
    owner = find.person(deed, handle)
    if not owner.active:
        raise NotAllowed(f"{owner.name} is not active here any more: name another owner.")
    sides = exchange.sides(deed)
    stands = standing(find.acting(deed, owner), sides).side
    fits = Side.TEAM if is_waited_for(Side.TEAM, sides) else Side.LEADERSHIP
    if stands is not fits:
        why = f"leads {sides.objective_team}" if stands is Side.LEADERSHIP else f"is not in {sides.team}"
        raise NotAllowed(
            f"Key results are the team's to own, and {owner.name} {why}: name somebody of {sides.team} as the owner."
        )


def as_entered(view: View, key_result: KeyResult) -> dict[str, object]:
    """A stored key result in the fields of its form."""
    connection = view.connection
    owner = people.by_id(connection, key_result.owner_id) if key_result.owner_id else None
    shared = teams.by_id(connection, key_result.shared_team_id) if key_result.shared_team_id else None
    names = [name for name in KeyResultEntry.model_fields if name not in {"owner", "shared_team", "steps"}]
    return {
        **{name: getattr(key_result, name) for name in names},
        "owner": owner.handle if owner else "",
        "shared_team": shared.slug if shared else "",
        "steps": [{"name": step.name, "weight": step.weight} for step in key_results.steps(connection, key_result.id)],
    }


def _rewrite(
    deed: Deed,
    key_result: KeyResult,
    exchange: Exchange,
    changes: Mapping[str, object],
    began_from: Mapping[str, object] | None,
) -> tuple[dict[str, object], dict[str, object]]:
    """Save the changes; before and after of the fields that changed, as JSON can.

    Where any of them is `AMENDABLE` the text gets its next number, for the caller to keep.
    """
    stands = as_entered(deed, key_result)
    entry = entered(KeyResultEntry, merged(stands, changes, began_from, version=key_result.version))
    new = entry.model_dump(mode="json")
    after = {name: value for name, value in new.items() if value != stands[name]}
    if not after:
        return {}, {}
    if "owner" in after:
        _must_own(deed, exchange, entry.owner)
    number = key_result.text_number + bool(AMENDABLE & set(after))
    key_results.change(deed.connection, key_result.id, {**_columns(deed, entry), "text_number": number})
    if "steps" in after:
        key_results.set_steps(deed.connection, key_result.id, [(step.name, step.weight) for step in entry.steps])
    return {name: stands[name] for name in after}, after


def edit(
    session: Session, ref: str, changes: Mapping[str, object], began_from: Mapping[str, object] | None = None
) -> None:
    """Change an idea or a draft. ``began_from`` holds the fields as the form first showed them, so that two people merge.

    An owner alone may be changed at any time, to another once it is proposed.

    Raises:
        NotAllowed: by anybody but the team, or it is proposed or agreed.
        Conflict: somebody changed the same field since.
        Invalid: a text or a number will not do.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        act = Act.KR_OWN if set(changes) == {"owner"} else Act.KR_EDIT
        leave = deed.must(act, exchange.on_key_result(deed, key_result))
        before, after = _rewrite(deed, key_result, exchange, changes, began_from)
        if not after:
            return
        if not after.get("owner", "somebody") and key_result.state in _OWNED:
            sentence = f"{key_result.ref} is {key_result.state} and needs an owner: name another."
            raise Invalid(sentence, {"owner": sentence})
        if AMENDABLE & set(after):
            _keep_text(deed, key_result, leave, "")
        _record(deed, act, key_result.ref, exchange, leave, before, after)


def _keep_text(deed: Deed, key_result: KeyResult, leave: Leave, reason: str) -> None:
    key_results.keep_text(
        deed.connection, key_result.id, side=str(leave.side), reason=reason, author_id=deed.person_id, at=deed.at
    )


def guide(session: Session, ref: str, fields: dict[str, object], reason: str = "") -> None:
    """Write what 0.3, 0.7 and 1.0 would look like; once it is agreed only with a reason.

    Raises:
        NotAllowed: by anybody but the team.
        Invalid: a text will not do, or it is agreed and no reason is given.
    """
    entry, words = entered(Guidance, fields), said(reason, "reason")
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = deed.must(Act.KR_GUIDE, exchange.on_key_result(deed, key_result))
        if key_result.state == KeyResultState.AGREED and not words:
            raise Invalid(
                f"The guidance of {key_result.ref} was frozen when it was agreed: changing it needs a reason (-m).",
                {"reason": "Say why."},
            )
        after: dict[str, Value] = {f"guidance_{name}": getattr(entry, name) for name in fields}
        before = {name: getattr(key_result, name) for name in after}
        key_results.change(deed.connection, key_result.id, after)
        told = {**after, "reason": words} if words else after
        _record(deed, Act.KR_GUIDE, key_result.ref, exchange, leave, before, told)


def _move(
    deed: Deed,
    act: Act,
    key_result: KeyResult,
    exchange: Exchange,
    changes: Mapping[str, Value],
    leave: Leave | None = None,
    undoes: int = 0,
) -> Leave:
    """Change its state, with its event."""
    granted = leave or deed.must(act, exchange.on_key_result(deed, key_result))
    key_results.change(deed.connection, key_result.id, dict(changes))
    after = {name: changes[name] for name in ("state", "reason", "amendment") if name in changes}
    before = {name: getattr(key_result, name) for name in after}
    told = {**after, "undoes": undoes} if undoes else after
    _record(deed, act, key_result.ref, exchange, granted, before, told)
    return granted


def move(deed: Deed, act: Act, ref: str, *, undoes: int = 0) -> None:
    """Do one of the moves nobody else is told of; ``undoes`` is the id of the event it undoes.

    Raises:
        NotAllowed: by anybody but the team, or its state does not fit.
    """
    key_result, exchange = find.key_result(deed, ref)
    _move(deed, act, key_result, exchange, _moved(act, key_result), undoes=undoes)


def _moved(act: Act, key_result: KeyResult) -> dict[str, Value]:
    match act:
        case Act.KR_START:
            return {"state": str(KeyResultState.DRAFT)}
        case Act.KR_IDEA:
            return {"state": str(KeyResultState.IDEA)}
        case Act.KR_PARK:
            return {"state": str(KeyResultState.PARKED), "parked_from": key_result.state}
        case Act.KR_UNPARK:
            return {"state": key_result.parked_from or "draft", "parked_from": None}
        case _:
            raise ValueError(act)


def start(session: Session, ref: str) -> None:
    """Make a draft of an idea.

    Raises:
        NotAllowed: by anybody but the team, or it is no idea.
    """
    with session.writing() as deed:
        move(deed, Act.KR_START, ref)


def back_to_idea(session: Session, ref: str) -> None:
    """Put a draft back among the ideas.

    Raises:
        NotAllowed: by anybody but the team, or it is no draft.
    """
    with session.writing() as deed:
        move(deed, Act.KR_IDEA, ref)


def whats_missing(view: View, key_result: KeyResult, exchange: Exchange) -> dict[str, str]:
    """What must still be filled in before proposing, by field."""
    gaps = missing(
        key_result,
        owner=key_result.owner_id,
        steps=key_results.steps(view.connection, key_result.id),
        shared_with=key_result.shared_team_id,
    )
    if exchange.invitation is not None and exchange.invitation.state != "accepted":
        team = exchange.team.name if exchange.team else "its team"
        gaps["invitation"] = (
            f"{exchange.objective.ref} is not accepted by {team} yet: accept it with a straight line (A)."
        )
    return gaps


def propose(session: Session, ref: str) -> bool:
    """Put a key result to leadership; where leadership has nobody, it is agreed at once, alone.

    Returns:
        Whether it is agreed already.

    Raises:
        NotAllowed: by anybody but the team; the objective is not accepted.
        Invalid: something is missing, by field.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        thing = exchange.on_key_result(deed, key_result)
        leave = deed.must(Act.KR_PROPOSE, thing)
        gaps = whats_missing(deed, key_result, exchange)
        if "invitation" in gaps:
            raise NotAllowed(gaps["invitation"])
        if gaps:
            sentence = f"{key_result.ref} cannot be proposed yet. {' '.join(gaps.values())}"
            raise Invalid(sentence, gaps)
        _move(
            deed,
            Act.KR_PROPOSE,
            key_result,
            exchange,
            {"state": str(KeyResultState.PROPOSED), "proposed_at": deed.at},
            leave,
        )
        threads.quote(deed, key_result.ref, "proposal", "", key_result.statement)
        if is_waited_for(Side.LEADERSHIP, thing.sides):
            return False
        proposed, _ = find.key_result(deed, ref)
        _agree(deed, proposed, exchange)
        return True


def _agree(deed: Deed, key_result: KeyResult, exchange: Exchange) -> None:
    changes: dict[str, Value] = {
        "state": str(KeyResultState.AGREED),
        "agreed_at": deed.at,
        "agreed_by": deed.person_id,
        "agreed_text": key_result.text_number,
    }
    _move(deed, Act.KR_AGREE, key_result, exchange, changes)
    threads.quote(deed, key_result.ref, "agreement", "", key_result.statement)


def agree(session: Session, ref: str) -> None:
    """Agree to a proposed key result, or to its amendment.

    Raises:
        NotAllowed: by anybody but leadership, or its team has not proposed it.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        if key_result.amendment in {"asked", "questioned"}:
            _move(deed, Act.AMENDMENT_AGREE, key_result, exchange, {"amendment": "agreed"})
        else:
            _agree(deed, key_result, exchange)


def send_back(session: Session, ref: str, question: str) -> None:
    """Return a proposed key result, or question its amendment, with a question that stands in the thread.

    Raises:
        NotAllowed: by anybody but leadership, or its team has not proposed it.
        Invalid: there is no question.
    """
    missing = "Returning a key result needs a question: give it with -m."
    words = said(question, "question", missing, beside="Ask something.")
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        if key_result.amendment == "asked":
            _move(deed, Act.AMENDMENT_QUESTION, key_result, exchange, {"amendment": "questioned"})
        else:
            _move(deed, Act.KR_RETURN, key_result, exchange, {"state": str(KeyResultState.DRAFT)})
        threads.quote(deed, key_result.ref, "question", words, key_result.statement)


def take_back(session: Session, ref: str) -> None:
    """Take a proposal back into the drafts.

    Raises:
        NotAllowed: by anybody but the team, or it is not proposed.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        _move(deed, Act.KR_TAKE_BACK, key_result, exchange, {"state": str(KeyResultState.DRAFT)})


def park(session: Session, ref: str) -> None:
    """Park an idea, a draft or a proposal.

    Raises:
        NotAllowed: by anybody but the team, or it is agreed or dropped.
    """
    with session.writing() as deed:
        move(deed, Act.KR_PARK, ref)


def unpark(session: Session, ref: str) -> None:
    """Take a key result out of the parked ones, to where it came from.

    Raises:
        NotAllowed: by anybody but the team, or it is not parked.
    """
    with session.writing() as deed:
        move(deed, Act.KR_UNPARK, ref)


def drop(session: Session, ref: str, reason: str) -> None:
    """Drop a key result with a reason; it keeps its progress of that day.

    Raises:
        NotAllowed: by anybody but the team.
        Invalid: no reason is given.
    """
    words = said(reason, "reason", "Dropping a key result needs a reason: give it with -m.")
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        _move(deed, Act.KR_DROP, key_result, exchange, {"state": str(KeyResultState.DROPPED), "reason": words})


def amend(
    session: Session,
    ref: str,
    changes: Mapping[str, object],
    reason: str,
    began_from: Mapping[str, object] | None = None,
) -> None:
    """Change the statement, the numbers or the weight of an agreed key result, with a reason.

    The original stays and scoring shows both grades; leadership agrees or questions. Setting the baseline of an
    ``establish`` is no amendment: use `establish`.

    Raises:
        NotAllowed: by anybody but the team, or it is not agreed.
        Conflict: somebody changed the same field since.
        Invalid: a text or a number will not do, or no reason is given.
    """
    words = said(reason, "reason", "Amending a key result needs a reason: give it with -m.")
    if others := sorted(set(changes) - AMENDABLE):
        raise Invalid(f"An amendment changes the statement, the numbers or the weight, not {', '.join(others)}.")
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = deed.must(Act.KR_AMEND, exchange.on_key_result(deed, key_result))
        before, after = _rewrite(deed, key_result, exchange, changes, began_from)
        if not after:
            return
        _must_be_whole(deed, ref)
        _keep_text(deed, key_result, leave, words)
        waits = is_waited_for(Side.LEADERSHIP, exchange.sides(deed))
        key_results.change(deed.connection, key_result.id, {"amendment": "asked" if waits else "agreed"})
        _record(deed, Act.KR_AMEND, key_result.ref, exchange, leave, before, {**after, "reason": words})
        threads.quote(deed, key_result.ref, "proposal", words, key_result.statement)
        recount(deed, key_result.id)


def _must_be_whole(deed: Deed, ref: str) -> None:
    changed, exchange = find.key_result(deed, ref)
    if gaps := whats_missing(deed, changed, exchange):
        raise Invalid(" ".join(gaps.values()), gaps)


def establish(session: Session, ref: str, baseline: object, target: object) -> None:
    """Set the baseline and the target of an agreed ``establish``: it becomes an increase or a decrease, no amendment.

    Raises:
        NotAllowed: by anybody but the team, or its baseline is set already.
        Invalid: the numbers will not do.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = deed.must(Act.KR_ESTABLISH, exchange.on_key_result(deed, key_result))
        if key_result.kind != Kind.ESTABLISH:
            raise NotAllowed(f"{key_result.ref} has its baseline: amend it, with a reason (o).")
        entry = entered(KeyResultEntry, {"statement": key_result.statement, "baseline": baseline, "target": target})
        if entry.baseline is None or entry.target is None:
            raise Invalid("Give both: the baseline you found and the target.", {"baseline": "Give both."})
        kind = Kind.INCREASE if entry.target > entry.baseline else Kind.DECREASE
        changes: dict[str, object] = {"kind": str(kind), "baseline": entry.baseline, "target": entry.target}
        before, after = _rewrite(deed, key_result, exchange, changes, None)
        _keep_text(deed, key_result, leave, "")
        text: dict[str, Value] = {"established": 1, "agreed_text": key_result.text_number + 1}
        key_results.change(deed.connection, key_result.id, text)
        _record(deed, Act.KR_ESTABLISH, key_result.ref, exchange, leave, before, after)
        recount(deed, key_result.id)


def recount(deed: Deed, number: int) -> None:
    """Count the progress of a key result anew from the value it has, after its numbers changed."""
    key_result = key_results.by_id(deed.connection, number)
    if key_result is not None and key_result.checked_week is not None:
        key_results.change(deed.connection, number, {"progress": progress_now(deed, key_result)})
