"""The exchange on key results: ideas, drafts, proposing, agreeing, returning, parking, dropping, amending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered, said
from okrtui.core.errors import Invalid
from okrtui.core.inputs import Guidance, KeyResultEntry
from okrtui.core.leave import is_waited_for
from okrtui.core.model import KeyResultState, Kind, Side
from okrtui.service import amendments, find, leaves, threads, wording
from okrtui.store import key_results, people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.core.leave import Leave
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.key_results import KeyResult
    from okrtui.store.rows import Value

_OWNED = frozenset({KeyResultState.PROPOSED, KeyResultState.AGREED})


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
        wording.must_own(deed, exchange, entry.owner)
        values = wording.columns(deed, entry)
        state = KeyResultState.DRAFT if draft else KeyResultState.IDEA
        place: dict[str, Value] = {
            "invitation_id": exchange.invitation.id,
            "state": str(state),
            "author_id": deed.person_id,
            "at": deed.at,
        }
        number = key_results.add(deed.connection, {**place, **values})
        key_results.set_steps(deed.connection, number, [(step.name, step.weight) for step in entry.steps])
        wording.keep(deed, number, str(leave.side))
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
        leave = leaves.must(deed, act, key_result, exchange)
        before, after = wording.rewrite(deed, key_result, exchange, changes, began_from)
        if not after:
            return
        if not after.get("owner", "somebody") and key_result.state in _OWNED:
            sentence = f"{key_result.ref} is {key_result.state} and needs an owner: name another."
            raise Invalid(sentence, {"owner": sentence})
        if wording.AMENDABLE & set(after):
            wording.keep(deed, key_result.id, str(leave.side))
        _record(deed, act, key_result.ref, exchange, leave, before, after)


def guide(session: Session, ref: str, fields: dict[str, object], reason: str = "") -> None:
    """Write what 0.3, 0.7 and 1.0 would look like; once it is agreed only with a reason.

    Raises:
        NotAllowed: by anybody but the team.
        Invalid: a text will not do, or it is agreed and no reason is given.
    """
    entry, words = entered(Guidance, fields), said(reason, "reason")
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = leaves.must(deed, Act.KR_GUIDE, key_result, exchange)
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
        if words:
            threads.quote(deed, key_result.ref, "reason", words, key_result.statement)


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
    granted = leave or leaves.must(deed, act, key_result, exchange)
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


def adopt(session: Session, ref: str) -> None:
    """Make an imported idea the team's own, to be edited, drafted and proposed like any other.

    Raises:
        NotAllowed: by anybody but the team, or it is the team's own already.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = leaves.must(deed, Act.KR_ADOPT, key_result, exchange)
        key_results.change(deed.connection, key_result.id, {"adopted_by": deed.person_id, "adopted_at": deed.at})
        importer = people.by_id(deed.connection, key_result.imported_by or 0)
        after = {"adopted_by": deed.actor.handle, "imported_by": importer.handle if importer else ""}
        _record(deed, Act.KR_ADOPT, key_result.ref, exchange, leave, {"adopted_by": None}, after)


def whats_missing(view: View, key_result: KeyResult, exchange: Exchange) -> dict[str, str]:
    """What must still be filled in, or done, before proposing, by field."""
    gaps = wording.gaps(view, key_result)
    if sentence := leaves.not_accepted_yet(exchange):
        gaps["invitation"] = sentence
    return gaps


def propose(session: Session, ref: str) -> bool:
    """Put a key result to leadership; where leadership has nobody, it is agreed at once, alone.

    Returns:
        Whether it is agreed already.

    Raises:
        NotAllowed: by anybody but the team; the objective is not accepted; it was imported and is not adopted.
        Invalid: something is missing, by field.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = leaves.must(deed, Act.KR_PROPOSE, key_result, exchange)
        if gaps := wording.gaps(deed, key_result):
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
        if is_waited_for(Side.LEADERSHIP, exchange.sides(deed)):
            return False
        _agree(deed, wording.again(deed, key_result.id), exchange)
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
        NotAllowed: by anybody but leadership; its team has not proposed it; the invitation is not accepted any more.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        if key_result.amendment in amendments.OPEN:
            agreed: dict[str, Value] = {"amendment": "agreed", "amended_from": None}
            _move(deed, Act.AMENDMENT_AGREE, key_result, exchange, agreed)
            threads.quote(deed, key_result.ref, "agreement", "", key_result.statement)
        else:
            _agree(deed, key_result, exchange)


def send_back(session: Session, ref: str, question: str) -> None:
    """Return a proposed key result, or question its amendment, with a question that stands in the thread.

    Raises:
        NotAllowed: by anybody but leadership; its team has not proposed it; its amendment has a question already.
        Invalid: there is no question.
    """
    missing = "Returning a key result needs a question: give it with -m."
    words = said(question, "question", missing, beside="Ask something.")
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        if key_result.amendment in amendments.OPEN:
            _move(deed, Act.AMENDMENT_QUESTION, key_result, exchange, {"amendment": "questioned"})
        else:
            _move(deed, Act.KR_RETURN, key_result, exchange, {"state": str(KeyResultState.DRAFT)})
        threads.quote(deed, key_result.ref, "question", words, key_result.statement)


def answer(session: Session, ref: str, words: str) -> None:
    """Answer the question about an amendment, which then waits for leadership again.

    The team may as well amend once more, or `take_back` the amendment.

    Raises:
        NotAllowed: by anybody but the team, or nobody asked about an amendment of it.
        Invalid: there is no answer.
    """
    missing = "An answer needs its words: give them with -m."
    told = said(words, "words", missing, beside="Say something.")
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        _move(deed, Act.AMENDMENT_ANSWER, key_result, exchange, {"amendment": "asked"})
        threads.quote(deed, key_result.ref, "answer", told, key_result.statement)


def take_back(session: Session, ref: str) -> None:
    """Take a proposal back into the drafts, or an amendment: then the text before it stands again.

    Raises:
        NotAllowed: by anybody but the team; it is not proposed, and no amendment of it waits.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        if key_result.amendment in amendments.OPEN:
            leave = leaves.must(deed, Act.AMENDMENT_TAKE_BACK, key_result, exchange)
            before, after = amendments.take_back(deed, key_result, exchange)
            _record(deed, Act.AMENDMENT_TAKE_BACK, key_result.ref, exchange, leave, before, after)
        else:
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
        drop_it(deed, key_result, exchange, words)
        threads.quote(deed, key_result.ref, "reason", words, key_result.statement)


def drop_it(deed: Deed, key_result: KeyResult, exchange: Exchange, reason: str) -> None:
    """Drop a key result, as part of a deed that puts the reason into the thread.

    Raises:
        NotAllowed: as `drop` does.
    """
    dropped: dict[str, Value] = {"state": str(KeyResultState.DROPPED), "reason": reason}
    _move(deed, Act.KR_DROP, key_result, exchange, dropped)


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
    if others := sorted(set(changes) - wording.AMENDABLE):
        raise Invalid(f"An amendment changes the statement, the numbers or the weight, not {', '.join(others)}.")
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = leaves.must(deed, Act.KR_AMEND, key_result, exchange)
        before, after = amendments.amend(
            deed, key_result, exchange, changes, words, side=str(leave.side), began_from=began_from
        )
        if after:
            _record(deed, Act.KR_AMEND, key_result.ref, exchange, leave, before, {**after, "reason": words})


def establish(session: Session, ref: str, baseline: object, target: object) -> None:
    """Set the baseline and the target of an agreed ``establish``: it becomes an increase or a decrease, no amendment.

    The text with its numbers is then the original, unless what was agreed had been amended before: that one stays.

    Raises:
        NotAllowed: by anybody but the team, or its baseline is set already.
        Invalid: the numbers will not do.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = leaves.must(deed, Act.KR_ESTABLISH, key_result, exchange)
        entry = entered(KeyResultEntry, {"statement": key_result.statement, "baseline": baseline, "target": target})
        if entry.baseline is None or entry.target is None:
            raise Invalid("Give both: the baseline you found and the target.", {"baseline": "Give both."})
        kind = Kind.INCREASE if entry.target > entry.baseline else Kind.DECREASE
        changes: dict[str, object] = {"kind": str(kind), "baseline": entry.baseline, "target": entry.target}
        before, after = wording.rewrite(deed, key_result, exchange, changes)
        wording.keep(deed, key_result.id, str(leave.side))
        original = key_result.agreed_text if key_result.amendment else key_result.text_number + 1
        key_results.change(deed.connection, key_result.id, {"established": 1, "agreed_text": original})
        _record(deed, Act.KR_ESTABLISH, key_result.ref, exchange, leave, before, after)
        wording.recount(deed, key_result.id)
