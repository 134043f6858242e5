"""Commitments: what one person promises in a cycle.

A contribution and a stretch are for everybody to read. A development goal is its owner's and theirs who lead a team of the
owner's: to anybody else it is not there, its events tell nothing, and a refusal never says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.entering import entered
from okrtui.core.errors import NotAllowed, NotFound
from okrtui.core.inputs import CommitmentEntry
from okrtui.core.model import NO_MORE, CommitmentKind, CommitmentState, InitiativeStatus, Phase
from okrtui.core.names import parse_ref
from okrtui.service import find
from okrtui.service.cards import Names
from okrtui.service.edits import merged
from okrtui.service.initiatives import find_initiative
from okrtui.store import commitments, cycles, initiatives, key_results

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.service.session import Deed, Session, View
    from okrtui.store.commitments import Commitment
    from okrtui.store.cycles import Cycle
    from okrtui.store.rows import Value


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A promise as it is shown: whose, what, and to what (``about``, a ref with its words)."""

    ref: str
    person: str
    kind: str
    words: str
    state: str
    about: str
    about_words: str
    cycle: str
    at: str
    mine: bool


def add(session: Session, fields: Mapping[str, object], *, cycle: str | None = None) -> str:
    """Promise something in a cycle, the current one unless named.

    Returns:
        Its ref.

    Raises:
        NotAllowed: the cycle is closed; what it is about is of another cycle, or stands no more.
        NotFound: no such cycle, key result or initiative.
        Invalid: a field will not do.
    """
    entry = entered(CommitmentEntry, dict(fields))
    with session.writing() as deed:
        where = find.cycle(deed, cycle)
        _must_be_open(where)
        values: dict[str, Value] = {
            "cycle_id": where.id,
            "person_id": deed.person_id,
            "kind": str(entry.kind),
            "words": entry.words,
            **_about(deed, entry, where),
            "at": deed.at,
        }
        number = commitments.add(deed.connection, values)
        made = _own(deed, f"P{number}")
        _record(deed, "commitment.add", made, {}, {**entry.model_dump(mode="json"), "about": made.about})
        return made.ref


def _must_be_open(cycle: Cycle) -> None:
    if cycle.phase == Phase.CLOSED:
        raise NotAllowed(f"{cycle.name} is closed and stays as it was: promise it anew in the next cycle.")


def _about(view: View, entry: CommitmentEntry, cycle: Cycle) -> dict[str, Value]:
    """The columns for what a promise is about."""
    key_result_id = initiative_id = None
    if entry.kind is CommitmentKind.CONTRIBUTION:
        key_result, exchange = find.key_result(view, entry.about)
        is_over = key_result.state in NO_MORE
        _must_stand(key_result.ref, exchange.cycle, cycle, key_result.state if is_over else "")
        key_result_id = key_result.id
    elif entry.kind is CommitmentKind.STRETCH:
        found, _, where = find_initiative(view, entry.about)
        is_over = found.status in {InitiativeStatus.STOPPED, InitiativeStatus.DROPPED}
        _must_stand(found.ref, where, cycle, found.status if is_over else "")
        initiative_id = found.id
    return {"key_result_id": key_result_id, "initiative_id": initiative_id}


def _must_stand(ref: str, where: Cycle, cycle: Cycle, over: str) -> None:
    if where.id != cycle.id:
        raise NotAllowed(
            f"{ref} is of {where.name}: promise it there (--cycle {where.name}), or name one of {cycle.name}."
        )
    if over:
        raise NotAllowed(f"{ref} is {over.replace('_', ' ')}: promise something to one that stands.")


def find_commitment(view: View, ref: str) -> Commitment:
    """The commitment of this ref, as far as whoever looks may know of it.

    Raises:
        NotFound: there is none, or it is a development goal of somebody whose teams they do not lead.
    """
    named = parse_ref(ref, "P")
    found = commitments.by_id(view.connection, named.number, view.actor.person_id)
    if found is None:
        raise NotFound(f"There is no {named}: `okrtui commitment list` shows the commitments.")
    return found


def _own(deed: Deed, ref: str) -> Commitment:
    found = find_commitment(deed, ref)
    if found.person_id != deed.person_id:
        raise NotAllowed(f"{found.ref} is its owner's alone to change: talk with them about it.")
    return found


def _open_own(deed: Deed, ref: str, state: str = CommitmentState.OPEN) -> Commitment:
    found = _own(deed, ref)
    _must_be_open(cycles.by_id(deed.connection, found.cycle_id))
    if found.state != state:
        raise NotAllowed(f"{found.ref} is {found.state.replace('_', ' ')} already: promise something new instead (a).")
    return found


def _record(
    deed: Deed, verb: str, found: Commitment, before: Mapping[str, object], after: Mapping[str, object], undoes: int = 0
) -> None:
    """Add the event; of a development goal it tells nothing but that there was one, and to its owner alone."""
    told = {"undoes": undoes} if undoes else {}
    if found.is_private:
        deed.record(verb, found.ref, cycle_id=found.cycle_id, after=told, private=True)
        return
    deed.record(
        verb,
        found.ref,
        cycle_id=found.cycle_id,
        team_id=team_of(deed, found),
        before=before,
        after={**after, **told},
    )


def team_of(view: View, found: Commitment) -> int | None:
    """The team whose room shows a promise: of what it is about; None for a development goal."""
    if found.key_result_id is not None:
        return find.key_result(view, found.about)[1].team_id
    return find_initiative(view, found.about)[1].id if found.initiative_id is not None else None


def fields_of(found: Commitment) -> dict[str, object]:
    """The fields of a commitment's form, as they stand."""
    return {"kind": found.kind, "words": found.words, "about": found.about}


def edit(
    session: Session,
    ref: str,
    changes: Mapping[str, object],
    began_from: Mapping[str, object] | None = None,
) -> None:
    """Change the words of an open promise, or what it is about; its kind stays.

    Raises:
        NotAllowed: by anybody but its owner; it is done or let go; its cycle is closed; what it is about stands no more.
        NotFound: there is none of this ref, or no such key result or initiative.
        Conflict: it was changed since ``began_from``.
        Invalid: a field will not do.
    """
    with session.writing() as deed:
        found = _open_own(deed, ref)
        stands = fields_of(found)
        entry = entered(
            CommitmentEntry, merged(stands, {**changes, "kind": found.kind}, began_from, version=found.version)
        )
        new = {"words": entry.words, "about": str(parse_ref(entry.about)) if entry.about else ""}
        after = {name: value for name, value in new.items() if value != stands[name]}
        if not after:
            return
        about = _about(deed, entry, cycles.by_id(deed.connection, found.cycle_id))
        commitments.change(deed.connection, found.id, {"words": entry.words, **about})
        _record(deed, "commitment.edit", found, {name: stands[name] for name in after}, after)


def done(session: Session, ref: str) -> None:
    """Say that a promise was kept.

    Raises:
        NotAllowed: by anybody but its owner; it is done or let go already; its cycle is closed.
        NotFound: there is none of this ref.
    """
    _end(session, ref, "commitment.done", CommitmentState.DONE)


def let_go(session: Session, ref: str) -> None:
    """Let a promise go.

    Raises:
        NotAllowed: by anybody but its owner; it is done or let go already; its cycle is closed.
        NotFound: there is none of this ref.
    """
    _end(session, ref, "commitment.let_go", CommitmentState.LET_GO)


def _end(session: Session, ref: str, verb: str, state: CommitmentState) -> None:
    with session.writing() as deed:
        found = _open_own(deed, ref)
        commitments.change(deed.connection, found.id, {"state": str(state)})
        _record(deed, verb, found, {"state": found.state}, {"state": str(state)})


def reopen(deed: Deed, ref: str, *, undoes: int) -> None:
    """Undo that a promise was kept or let go, as part of a deed; ``undoes`` is the id of its event.

    Raises:
        NotAllowed: its cycle is closed.
    """
    found = _own(deed, ref)
    _must_be_open(cycles.by_id(deed.connection, found.cycle_id))
    state = str(CommitmentState.OPEN)
    commitments.change(deed.connection, found.id, {"state": state})
    _record(deed, "commitment.reopen", found, {"state": found.state}, {"state": state}, undoes)


# Reading


def lines(view: View, found: Sequence[Commitment], names: Names | None = None) -> list[CommitmentLine]:
    """Commitments as they are shown; whoever calls has read them for whoever looks."""
    known = names or Names(view)
    cycle_names = {number: cycles.by_id(view.connection, number).name for number in {one.cycle_id for one in found}}
    words = _words(view, found)
    return [
        CommitmentLine(
            one.ref,
            known.person(one.person_id) or "",
            one.kind,
            one.words,
            one.state,
            one.about,
            words.get(one.about, ""),
            cycle_names[one.cycle_id],
            one.at,
            one.person_id == view.actor.person_id,
        )
        for one in found
    ]


def _words(view: View, found: Sequence[Commitment]) -> dict[str, str]:
    """The words of what promises are about, by ref."""
    numbers = {one.initiative_id for one in found if one.initiative_id is not None}
    works = initiatives.by_ids(view.connection, numbers) if numbers else []
    words = {one.ref: one.title for one in works}
    for number in {one.key_result_id for one in found if one.key_result_id is not None}:
        if (one := key_results.by_id(view.connection, number)) is not None:
            words[one.ref] = one.statement
    return words


def listed(
    session: Session, *, person: str | None = None, kind: str | None = None, cycle: str | None = None
) -> list[CommitmentLine]:
    """The promises of a cycle, the current one unless named, that whoever looks may read: of all, or of one person.

    Raises:
        NotFound: no such person or cycle.
    """
    with session.reading() as view:
        where = find.cycle(view, cycle)
        whose = find.person(view, person).id if person is not None else None
        found = commitments.of_cycle(view.connection, where.id, view.actor.person_id)
        kept = [one for one in found if whose in {None, one.person_id} and kind in {None, one.kind}]
        return lines(view, kept)


def shown(session: Session, ref: str) -> CommitmentLine:
    """One promise.

    Raises:
        NotFound: there is none, as far as whoever looks may know.
    """
    with session.reading() as view:
        return lines(view, [find_commitment(view, ref)])[0]
