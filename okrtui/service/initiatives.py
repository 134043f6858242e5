"""Initiatives: a team's pieces of work, each for the key results it should move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.core.inputs import InitiativeEntry
from okrtui.core.model import NO_MORE, InitiativeStatus, Side
from okrtui.core.names import parse_ref
from okrtui.core.sides import standing
from okrtui.service import find
from okrtui.service.edits import merged
from okrtui.store import commitments, cycles, initiatives, people, teams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okrtui.core.leave import Leave, Thing
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.initiatives import Initiative
    from okrtui.store.rows import Value
    from okrtui.store.teams import Team


@dataclass(frozen=True, slots=True)
class _Place:
    """An initiative, the team and the cycle it is of, and what the rules see of it."""

    found: Initiative
    team: Team
    cycle: Cycle
    thing: Thing


def add(
    session: Session,
    fields: Mapping[str, object],
    *,
    team: str | None,
    cycle: str | None = None,
    key_results: Sequence[str] = (),
) -> str:
    """Write an initiative of a team, for the key results it should move.

    Returns:
        Its ref.

    Raises:
        NotAllowed: by anybody but the team; for another team's key result; the owner is not of the team; the cycle is closed.
        NotFound: no such team, cycle, owner or key result.
        Invalid: a field will not do.
    """
    entry = entered(InitiativeEntry, dict(fields))
    _must_be_listed(entry)
    with session.writing() as deed:
        meant, where = find.own_team(deed, team), find.cycle(deed, cycle)
        leave = deed.must(Act.INITIATIVE_ADD, find.team_in_cycle(deed, meant, where))
        values: dict[str, Value] = {
            "team_id": meant.id,
            "cycle_id": where.id,
            "title": entry.title,
            "owner_id": _owner(deed, entry.owner, meant, where),
            "status": str(entry.status),
            "author_id": deed.person_id,
            "at": deed.at,
        }
        number = initiatives.add(deed.connection, values)
        moves = list(map(str, dict.fromkeys(parse_ref(one, "KR") for one in key_results)))
        for ref in moves:
            initiatives.link(deed.connection, number, _key_result(deed, ref, meant, where))
        after = {**entry.model_dump(mode="json"), "moves": moves}
        deed.record(Act.INITIATIVE_ADD, f"I{number}", leave=leave, cycle_id=where.id, team_id=meant.id, after=after)
        return f"I{number}"


def _must_be_listed(entry: InitiativeEntry) -> None:
    if entry.status is InitiativeStatus.DROPPED:
        sentence = "An initiative is planned, doing, done or stopped; one written by mistake is dropped."
        raise Invalid(sentence, {"status": sentence})


def _owner(view: View, handle: str, team: Team, cycle: Cycle) -> int | None:
    if not handle:
        return None
    owner = find.person(view, handle)
    if not owner.active:
        raise NotAllowed(f"{owner.name} is not active here any more: name another owner.")
    if standing(find.acting(view, owner), find.team_in_cycle(view, team, cycle).sides).side is Side.READER:
        raise NotAllowed(f"{owner.name} is not in {team.name}: name somebody who is as the owner.")
    return owner.id


def _key_result(view: View, ref: str, team: Team, cycle: Cycle) -> int:
    """The id of a team's key result that stands."""
    found, exchange = find.key_result(view, ref)
    if exchange.team_id != team.id or exchange.cycle.id != cycle.id:
        raise NotAllowed(
            f"{found.ref} is not of {team.name} in {cycle.name}: an initiative is for key results of its own team, so "
            "choose one of those."
        )
    if found.state in NO_MORE:
        raise NotAllowed(f"{found.ref} is {found.state.replace('_', ' ')} and moves no more: choose another.")
    return found.id


def find_initiative(view: View, ref: str) -> tuple[Initiative, Team, Cycle]:
    """The initiative of this ref, with its team and cycle.

    Raises:
        NotFound: there is none.
    """
    named = parse_ref(ref, "I")
    found = initiatives.by_id(view.connection, named.number)
    if found is None:
        raise NotFound(f"There is no {named}: `okrtui initiative list` shows the initiatives.")
    team = teams.by_id(view.connection, found.team_id)
    assert team is not None  # noqa: S101  # a foreign key holds it
    return found, team, cycles.by_id(view.connection, found.cycle_id)


def _place(view: View, ref: str) -> _Place:
    found, team, cycle = find_initiative(view, ref)
    status = InitiativeStatus(found.status)
    return _Place(found, team, cycle, replace(find.team_in_cycle(view, team, cycle), ref=found.ref, state=status))


def _record(
    deed: Deed,
    act: Act,
    place: _Place,
    leave: Leave,
    before: Mapping[str, object],
    after: Mapping[str, object],
    undoes: int = 0,
) -> None:
    told = {**after, "undoes": undoes} if undoes else after
    found = place.found
    deed.record(act, found.ref, leave=leave, cycle_id=found.cycle_id, team_id=found.team_id, before=before, after=told)


def fields_of(view: View, found: Initiative) -> dict[str, object]:
    """The fields of an initiative's form, as they stand."""
    owner = people.by_id(view.connection, found.owner_id) if found.owner_id is not None else None
    return {"title": found.title, "owner": owner.handle if owner else "", "status": found.status}


def edit(
    session: Session,
    ref: str,
    changes: Mapping[str, object],
    began_from: Mapping[str, object] | None = None,
) -> None:
    """Change an initiative's title, owner or status. ``began_from`` holds the fields as the form first showed them.

    Raises:
        NotAllowed: by anybody but the team, or its cycle is closed; the owner is not of the team.
        NotFound: there is none of this ref; no such owner.
        Conflict: somebody changed the same field since.
        Invalid: a field will not do.
    """
    with session.writing() as deed:
        _edit(deed, _place(deed, ref), changes, began_from)


def _edit(
    deed: Deed, place: _Place, changes: Mapping[str, object], began_from: Mapping[str, object] | None, undoes: int = 0
) -> None:
    found = place.found
    act = Act.INITIATIVE_STATUS if set(changes) == {"status"} else Act.INITIATIVE_EDIT
    leave = deed.must(act, place.thing)
    stands = fields_of(deed, found)
    entry = entered(InitiativeEntry, merged(stands, changes, began_from, version=found.version))
    _must_be_listed(entry)
    after = {name: value for name, value in entry.model_dump(mode="json").items() if value != stands[name]}
    if not after:
        return
    values = {"title": entry.title, "status": str(entry.status)}
    owner = _owner(deed, entry.owner, place.team, place.cycle) if "owner" in after else found.owner_id
    initiatives.change(deed.connection, found.id, {**values, "owner_id": owner})
    _record(deed, act, place, leave, {name: stands[name] for name in after}, after, undoes)


def set_status(session: Session, ref: str, status: str) -> None:
    """Say where an initiative is: planned, doing, done, stopped.

    Raises:
        NotAllowed: by anybody but the team, or its cycle is closed.
        NotFound: there is none of this ref.
        Invalid: it is none of the four.
    """
    edit(session, ref, {"status": status})


def put_status_back(deed: Deed, ref: str, status: str, *, undoes: int) -> None:
    """Undo a change of status, as part of a deed; ``undoes`` is the id of its event.

    Raises:
        NotAllowed: as `set_status` does.
    """
    _edit(deed, _place(deed, ref), {"status": status}, None, undoes)


def link(session: Session, ref: str, key_results: Sequence[str]) -> None:
    """Say which key results an initiative should move.

    Raises:
        NotAllowed: by anybody but the team, or its cycle is closed; the key result is another team's, or stands no more.
        NotFound: there is none of this ref, or no such key result.
    """
    with session.writing() as deed:
        _link(deed, _place(deed, ref), key_results)


def _link(deed: Deed, place: _Place, key_results: Sequence[str]) -> None:
    leave = deed.must(Act.INITIATIVE_LINK, place.thing)
    for one in key_results:
        number = _key_result(deed, one, place.team, place.cycle)
        if initiatives.link(deed.connection, place.found.id, number):
            _record(deed, Act.INITIATIVE_LINK, place, leave, {}, {"key_result": f"KR{number}"})


def unlink(session: Session, ref: str, key_results: Sequence[str]) -> None:
    """Say no longer that an initiative should move key results.

    Raises:
        NotAllowed: by anybody but the team, or its cycle is closed.
        NotFound: there is none of this ref, or it was not for one of the key results.
    """
    with session.writing() as deed:
        _unlink(deed, _place(deed, ref), key_results)


def _unlink(deed: Deed, place: _Place, key_results: Sequence[str]) -> None:
    leave = deed.must(Act.INITIATIVE_UNLINK, place.thing)
    for one in key_results:
        named = parse_ref(one, "KR")
        if not initiatives.unlink(deed.connection, place.found.id, named.number):
            raise NotFound(f"{place.found.ref} is not for {named}: `okrtui initiative show` says what it is for.")
        _record(deed, Act.INITIATIVE_UNLINK, place, leave, {"key_result": str(named)}, {})


def rewrite(
    session: Session,
    ref: str,
    changes: Mapping[str, object],
    began_from: Mapping[str, object],
    key_results: Sequence[str],
) -> None:
    """`edit`, and say in the same turn which key results it should move, and no others.

    Raises:
        NotAllowed, NotFound, Conflict, Invalid: as `edit`, `link` and `unlink` do.
    """
    wanted = [str(parse_ref(one, "KR")) for one in key_results]
    with session.writing() as deed:
        place = _place(deed, ref)
        moves = initiatives.moved_by(deed.connection, [place.found.id]).get(place.found.id, [])
        now = [f"KR{number}" for number, _ in moves]
        _edit(deed, place, changes, began_from)
        _unlink(deed, place, [one for one in now if one not in wanted])
        _link(deed, place, [one for one in wanted if one not in now])


def drop(session: Session, ref: str) -> None:
    """Drop an initiative that was written by mistake; one that is given up is stopped instead.

    Raises:
        NotAllowed: by anybody but the team, or its cycle is closed; somebody promised a stretch on it.
        NotFound: there is none of this ref.
    """
    with session.writing() as deed:
        place = _place(deed, ref)
        leave = deed.must(Act.INITIATIVE_DROP, place.thing)
        found = place.found
        if promised := commitments.of_initiative(deed.connection, found.id):
            raise NotAllowed(
                f"{found.ref} has a stretch on it ({', '.join(one.ref for one in promised)}): stop it instead "
                f"(`okrtui initiative status {found.ref} stopped`)."
            )
        initiatives.change(deed.connection, found.id, {"status": str(InitiativeStatus.DROPPED)})
        _record(deed, Act.INITIATIVE_DROP, place, leave, {"status": found.status, "title": found.title}, {})


def refusals(session: Session, ref: str) -> dict[Act, str]:
    """What may not be done with an initiative.

    Raises:
        NotFound: there is none of this ref.
    """
    acts = (Act.INITIATIVE_EDIT, Act.INITIATIVE_STATUS, Act.INITIATIVE_LINK, Act.INITIATIVE_DROP)
    with session.reading() as view:
        thing = _place(view, ref).thing
        found = {act: view.may(act, thing).refusal for act in acts}
        return {act: sentence for act, sentence in found.items() if sentence}
