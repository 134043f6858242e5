"""The words and numbers of a key result: as its form has them, changed, and kept with every earlier text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.entering import entered
from okrtui.core.errors import Invalid, NotAllowed
from okrtui.core.inputs import KeyResultEntry
from okrtui.core.key_results import missing
from okrtui.core.leave import is_waited_for
from okrtui.core.model import Side
from okrtui.core.sides import standing
from okrtui.service import find
from okrtui.service.checkins import progress_now
from okrtui.service.edits import merged
from okrtui.store import key_results, people, teams

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, View
    from okrtui.store.key_results import KeyResult
    from okrtui.store.rows import Value

AMENDABLE = frozenset({"statement", *key_results.NUMBERS, "steps"})
"""The fields a text is kept of, and whose change is an amendment once they are agreed."""


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


def columns(view: View, entry: KeyResultEntry) -> dict[str, Value]:
    """An entry as the file keeps it, but its steps.

    Raises:
        NotFound: no such owner or shared team.
    """
    owner = find.person(view, entry.owner) if entry.owner else None
    shared = find.team(view, entry.shared_team) if entry.shared_team else None
    values: dict[str, Value] = {
        name: value
        for name, value in entry.model_dump(mode="json").items()
        if name not in {"owner", "shared_team", "steps"}
    }
    return {**values, "owner_id": owner.id if owner else None, "shared_team_id": shared.id if shared else None}


def must_own(view: View, exchange: Exchange, handle: str) -> None:
    """Let only somebody of the team's side own a key result, or anybody leading where that side has nobody.

    Raises:
        NotAllowed: for anybody else.
        NotFound: there is no such person.
    """
    if not handle:
        return
    owner = find.person(view, handle)
    if not owner.active:
        raise NotAllowed(f"{owner.name} is not active here any more: name another owner.")
    sides = exchange.sides(view)
    stands = standing(find.acting(view, owner), sides).side
    fits = Side.TEAM if is_waited_for(Side.TEAM, sides) else Side.LEADERSHIP
    if stands is not fits and sides.person_id is not None:
        raise NotAllowed(
            f"It is an individual OKR, and its key results are {sides.team}'s own: leave the owner to them."
        )
    if stands is not fits:
        why = f"leads {sides.objective_team}" if stands is Side.LEADERSHIP else f"is not in {sides.team}"
        raise NotAllowed(
            f"Key results are the team's to own, and {owner.name} {why}: name somebody of {sides.team} as the owner."
        )


def rewrite(
    deed: Deed,
    key_result: KeyResult,
    exchange: Exchange,
    changes: Mapping[str, object],
    began_from: Mapping[str, object] | None = None,
) -> tuple[dict[str, object], dict[str, object]]:
    """Save the changes; before and after of the fields that changed, as JSON can.

    Where any of them is `AMENDABLE` the text gets its next number, for the caller to `keep`.

    Raises:
        Conflict: somebody changed the same field since ``began_from``.
        Invalid: a text or a number will not do.
    """
    stands = as_entered(deed, key_result)
    entry = entered(KeyResultEntry, merged(stands, changes, began_from, version=key_result.version))
    new = entry.model_dump(mode="json")
    after = {name: value for name, value in new.items() if value != stands[name]}
    if not after:
        return {}, {}
    if "owner" in after:
        must_own(deed, exchange, entry.owner)
    number = key_result.text_number + bool(AMENDABLE & set(after))
    key_results.change(deed.connection, key_result.id, {**columns(deed, entry), "text_number": number})
    if "steps" in after:
        key_results.set_steps(deed.connection, key_result.id, [(step.name, step.weight) for step in entry.steps])
    return {name: stands[name] for name in after}, after


def keep(deed: Deed, number: int, side: str, reason: str = "") -> None:
    """Keep the text that a key result has now; ``side`` is that of whoever typed the words."""
    key_results.keep_text(deed.connection, number, side=side, reason=reason, author_id=deed.person_id, at=deed.at)


def gaps(view: View, key_result: KeyResult) -> dict[str, str]:
    """What must still be filled in before proposing, by field."""
    return missing(
        key_result,
        owner=key_result.owner_id,
        steps=key_results.steps(view.connection, key_result.id),
        shared_with=key_result.shared_team_id,
    )


def must_be_whole(deed: Deed, number: int) -> None:
    """Let no change of what is proposed or agreed take away what a proposal needs.

    Raises:
        Invalid: it did; one sentence for each field.
    """
    if found := gaps(deed, again(deed, number)):
        raise Invalid(" ".join(found.values()), found)


def again(view: View, number: int) -> KeyResult:
    """A key result as it is after this deed changed it."""
    found = key_results.by_id(view.connection, number)
    assert found is not None, number  # noqa: S101  # a key result is never deleted
    return found


def recount(deed: Deed, number: int) -> None:
    """Count the progress of a key result anew from the value it has, after its numbers changed."""
    key_result = again(deed, number)
    if key_result.checked_week is not None:
        key_results.change(deed.connection, number, {"progress": progress_now(deed, key_result)})
