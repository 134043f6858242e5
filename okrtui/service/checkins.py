"""Weekly check-ins: the team's own update in its own words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core import confidence as falls
from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import Invalid, NotAllowed, NotFound
from okrtui.core.inputs import CheckinEntry
from okrtui.core.key_results import progress_of
from okrtui.core.model import Kind, Phase
from okrtui.core.weeks import week_of, weeks
from okrtui.service import find
from okrtui.service.edits import merged
from okrtui.store import checkins, key_results
from okrtui.store.checkins import Checkin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.core.weeks import Week
    from okrtui.service.find import Exchange
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.key_results import KeyResult
    from okrtui.store.rows import Value

TREND_WEEKS = 13


@dataclass(frozen=True, slots=True)
class Saved:
    """What a check-in came to: its week, the progress now (0 to 1, None where there is none yet), whether it was late."""

    ref: str
    week: int
    progress: float | None
    late: bool
    revised: bool


def check_in(
    session: Session,
    ref: str,
    fields: Mapping[str, object],
    *,
    week: int | None = None,
    began_from: Mapping[str, object] | None = None,
) -> Saved:
    """Check a key result in for a week, this one unless named; the same week again revises it and keeps the earlier text.

    ``steps`` names the steps of a milestone that are done; left out, they are those done so far. ``began_from`` holds the fields as the form first showed
    them, so that two people merge.

    Raises:
        NotAllowed: by anybody but the team; not agreed; the cycle does not run; a week to come or outside the cycle.
        NotFound: no such key result or step.
        Conflict: somebody saved the same week since, with other words in the same field.
        Invalid: a value, a confidence or a text will not do.
    """
    with session.writing() as deed:
        key_result, exchange = find.key_result(deed, ref)
        leave = deed.must(Act.CHECK_IN, exchange.on_key_result(deed, key_result))
        meant = _week(deed, exchange.cycle, week)
        earlier = checkins.of_week(deed.connection, key_result.id, meant.number)
        stands = _as_entered(earlier)
        chosen = merged(stands, fields, began_from) if earlier else dict(fields)
        if key_result.kind == Kind.MILESTONE and "steps" not in fields:
            chosen["steps"] = _still_ticked(deed, key_result, meant)
        entry = entered(CheckinEntry, chosen)
        checkin = _checkin(deed, key_result, exchange, entry, meant)
        checkins.save(deed.connection, checkin)
        after = entry.model_dump(mode="json") | {"week": meant.number}
        _keep_on_key_result(deed, key_result)
        deed.record(
            Act.CHECK_IN,
            key_result.ref,
            leave=leave,
            cycle_id=exchange.cycle.id,
            team_id=exchange.team_id,
            before=stands,
            after=after,
        )
        now = key_results.by_id(deed.connection, key_result.id)
        assert now is not None  # noqa: S101  # it was there a moment ago
        return Saved(key_result.ref, meant.number, now.progress, bool(checkin.late), earlier is not None)


def _still_ticked(deed: Deed, key_result: KeyResult, week: Week) -> tuple[str, ...]:
    """The steps of a milestone that were done by a week and that it still has."""
    last = checkins.before(deed.connection, key_result.id, week.number + 1)
    known = {step.name for step in key_results.steps(deed.connection, key_result.id)}
    return tuple(name for name in last.ticked if name in known) if last else ()


def _as_entered(checkin: Checkin | None) -> dict[str, object]:
    """A stored check-in in the fields of its form; nothing where there is none."""
    if checkin is None:
        return {}
    return {
        "value": checkin.value,
        "confidence": checkin.confidence,
        "context": checkin.context,
        "blocker": checkin.blocker,
        "next": checkin.next,
        "steps": tuple(checkin.ticked),
    }


def _week(deed: View, cycle: Cycle, number: int | None) -> Week:
    today = deed.day_in(cycle)
    numbered = weeks(cycle.starts, cycle.ends)
    current = week_of(min(today, cycle.ends), cycle.starts, cycle.ends)
    if current is None:
        raise NotAllowed(f"{cycle.name} begins on {cycle.starts}: check-ins start with its first week.")
    if number is None:
        return current
    if not 1 <= number <= len(numbered):
        raise NotAllowed(f"{cycle.name} has weeks 1 to {len(numbered)}, and no week {number}.")
    if number > current.number:
        raise NotAllowed(f"Week {number} has not begun: this is week {current.number} of {cycle.name}.")
    if cycle.phase is Phase.SCORING and number < current.number:
        raise NotAllowed(f"{cycle.name} is scoring and takes check-ins of its last week alone, week {current.number}.")
    return numbered[number - 1]


def _checkin(deed: Deed, key_result: KeyResult, exchange: Exchange, entry: CheckinEntry, week: Week) -> Checkin:
    steps = _steps(deed, key_result, entry)
    return Checkin(
        key_result_id=key_result.id,
        week=week.number,
        value=_value(deed, key_result, entry, steps),
        confidence=entry.confidence,
        context=entry.context,
        blocker=entry.blocker,
        next=entry.next,
        steps=json.dumps(steps, ensure_ascii=False),
        late=int(deed.day_in(exchange.cycle) > week.last),
        author_id=deed.person_id,
        at=deed.at,
        version=1,
    )


def _steps(deed: Deed, key_result: KeyResult, entry: CheckinEntry) -> list[str]:
    """The steps named as the milestone names them, in its order."""
    if key_result.kind != Kind.MILESTONE:
        if entry.steps:
            raise Invalid(
                f"{key_result.ref} is no milestone and has no steps: leave --step out.", {"steps": "No steps."}
            )
        return []
    known = {step.name.casefold(): step.name for step in key_results.steps(deed.connection, key_result.id)}
    for name in entry.steps:
        if name.casefold() not in known:
            listed = ", ".join(repr(step) for step in known.values())
            raise NotFound(f"{key_result.ref} has no step {name!r}: its steps are {listed}.")
    ticked = {name.casefold() for name in entry.steps}
    return [name for folded, name in known.items() if folded in ticked]


def _value(deed: Deed, key_result: KeyResult, entry: CheckinEntry, steps: list[str]) -> float | None:
    """What is kept as the value: the share ticked for a milestone, 0 or 1 for a binary, else what was entered."""
    match key_result.kind:
        case Kind.MILESTONE:
            done = progress_of(key_result, None, _ticked(deed, key_result, steps))
            return done.share if done else None
        case Kind.BINARY if entry.value not in {0, 1}:
            sentence = f"{key_result.ref} is done or not: give 1 for done, 0 for not yet."
            raise Invalid(sentence, {"value": sentence})
        case Kind.ESTABLISH:
            return entry.value
        case _ if entry.value is None:
            sentence = f"Give the value of {key_result.ref}{f' in {key_result.unit}' if key_result.unit else ''}."
            raise Invalid(sentence, {"value": sentence})
    return entry.value


def _ticked(view: View, key_result: KeyResult, names: list[str]) -> list[tuple[float, bool]]:
    return [(step.weight, step.name in names) for step in key_results.steps(view.connection, key_result.id)]


def progress_now(view: View, key_result: KeyResult) -> float | None:
    """The progress of a key result by its newest check-in; None without one."""
    newest = checkins.before(view.connection, key_result.id, checkins.AFTER_ALL)
    if newest is None:
        return None
    found = progress_of(key_result, newest.value, _ticked(view, key_result, newest.ticked))
    return found.share if found else None


def _keep_on_key_result(deed: Deed, key_result: KeyResult) -> None:
    """Bring up to date what the key result keeps of its check-ins, so that lists never read the history."""
    history = checkins.history(deed.connection, key_result.id)
    newest = history[-1]
    values: dict[str, Value] = {
        "value": newest.value,
        "confidence": newest.confidence,
        "fell": int(falls.fell([one.confidence for one in history])),
        "progress": progress_now(deed, key_result),
        "checked_week": newest.week,
        "trend": json.dumps([[one.week, one.value, one.confidence] for one in history[-TREND_WEEKS:]]),
    }
    key_results.change(deed.connection, key_result.id, values)
