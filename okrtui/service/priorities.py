"""A team's week: what it puts first, four things at most, and what it was glad of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import NotAllowed, NotFound
from okrtui.core.inputs import PriorityEntry, WinEntry
from okrtui.core.names import parse_ref
from okrtui.core.weeks import week_of, weeks
from okrtui.service import find
from okrtui.service.edits import merged
from okrtui.store import cycles, priorities, teams
from okrtui.store.priorities import Priority, Win

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrtui.core.leave import Leave
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.teams import Team

MOST = 4
"""Priorities of one team in one week (method, "The nouns")."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written down: its ref, and the team and the week it is of."""

    ref: str
    team: str
    cycle: str
    week: int


def add(
    session: Session,
    fields: Mapping[str, object],
    *,
    team: str | None,
    cycle: str | None = None,
    week: int | None = None,
) -> Made:
    """Set a priority of a team's week, this one unless named; a week to come may be planned.

    Raises:
        NotAllowed: by anybody but the team; the week has four already, or is outside the cycle; the cycle is closed.
        NotFound: no such team or cycle.
        Invalid: the words or the rank will not do.
    """
    entry = entered(PriorityEntry, dict(fields))
    with session.writing() as deed:
        meant, where = find.own_team(deed, team), find.cycle(deed, cycle)
        leave = deed.must(Act.PRIORITY_SET, find.team_in_cycle(deed, meant, where))
        number = _week(deed, where, week)
        made = Priority(
            priorities.next_id(deed.connection, "PR"),
            meant.id,
            where.id,
            number,
            str(entry.rank),
            entry.words,
            deed.person_id,
            deed.at,
            1,
        )
        _set(deed, made, meant, where, leave)
        return Made(made.ref, meant.slug, where.name, number)


def _set(deed: Deed, made: Priority, team: Team, cycle: Cycle, leave: Leave, undoes: int = 0) -> None:
    there = priorities.of_week(deed.connection, made.team_id, made.cycle_id, made.week)
    if len(there) >= MOST:
        raise NotAllowed(
            f"Four priorities are a week's most, and week {made.week} of {team.name} has them: "
            f"change one ({', '.join(one.ref for one in there)}) or drop one first."
        )
    priorities.save(deed.connection, made)
    _record(deed, Act.PRIORITY_SET, made, cycle, leave, {}, _told(made), undoes)


def _told(made: Priority | Win) -> dict[str, object]:
    told: dict[str, object] = {"week": made.week, "words": made.words, "author": made.author_id, "at": made.at}
    return {**told, "rank": made.rank} if isinstance(made, Priority) else told


def _record(
    deed: Deed,
    verb: str,
    thing: Priority | Win,
    cycle: Cycle,
    leave: Leave,
    before: Mapping[str, object],
    after: Mapping[str, object],
    undoes: int = 0,
) -> None:
    told = {**after, "undoes": undoes} if undoes else after
    deed.record(verb, thing.ref, leave=leave, cycle_id=cycle.id, team_id=thing.team_id, before=before, after=told)


def edit(
    session: Session, ref: str, changes: Mapping[str, object], began_from: Mapping[str, object] | None = None
) -> None:
    """Change the words or the rank of a priority. ``began_from`` holds the fields as the form first showed them.

    Raises:
        NotAllowed: by anybody but the team, or its cycle is closed.
        NotFound: there is none of this ref.
        Conflict: somebody changed the same field since.
        Invalid: the words or the rank will not do.
    """
    with session.writing() as deed:
        change(deed, ref, changes, began_from)


def change(
    deed: Deed,
    ref: str,
    changes: Mapping[str, object],
    began_from: Mapping[str, object] | None = None,
    *,
    undoes: int = 0,
) -> None:
    """`edit`, inside a transaction; ``undoes`` is the id of the event it undoes."""
    found, cycle, leave = _found(deed, ref, Act.PRIORITY_SET)
    stands = {"rank": found.rank, "words": found.words}
    entry = entered(PriorityEntry, merged(stands, changes, began_from, version=found.version))
    new = {"rank": str(entry.rank), "words": entry.words}
    after = {name: value for name, value in new.items() if value != stands[name]}
    if not after:
        return
    priorities.save(deed.connection, found._replace(rank=new["rank"], words=new["words"]))
    before = {name: stands[name] for name in after}
    _record(deed, "priority.edit", found, cycle, leave, before, after, undoes)


def drop(session: Session, ref: str) -> None:
    """Drop a priority of a week.

    Raises:
        NotAllowed: by anybody but the team, or its cycle is closed.
        NotFound: there is none of this ref.
    """
    with session.writing() as deed:
        take_away(deed, ref)


def take_away(deed: Deed, ref: str, *, undoes: int = 0) -> None:
    """`drop`, inside a transaction; ``undoes`` is the id of the event it undoes."""
    found, cycle, leave = _found(deed, ref, Act.PRIORITY_DROP)
    priorities.drop(deed.connection, found.id)
    _record(deed, Act.PRIORITY_DROP, found, cycle, leave, _told(found), {}, undoes)


def put_back(deed: Deed, dropped: Priority, *, undoes: int) -> None:
    """Put a priority that was dropped back where it was.

    Raises:
        NotAllowed: by anybody but the team; its week has four others by now; its cycle is closed.
    """
    team, cycle, leave = _place(deed, dropped, Act.PRIORITY_SET)
    _set(deed, dropped, team, cycle, leave, undoes)


def _place(deed: Deed, thing: Priority | Win, act: Act) -> tuple[Team, Cycle, Leave]:
    team = teams.by_id(deed.connection, thing.team_id)
    assert team is not None  # noqa: S101  # a foreign key holds it
    cycle = cycles.by_id(deed.connection, thing.cycle_id)
    return team, cycle, deed.must(act, find.team_in_cycle(deed, team, cycle))


def _found(deed: Deed, ref: str, act: Act) -> tuple[Priority, Cycle, Leave]:
    named = parse_ref(ref, "PR")
    found = priorities.by_id(deed.connection, named.number)
    if found is None:
        raise NotFound(f"There is no priority {named}: `okrtui priority list` shows those of a week.")
    _, cycle, leave = _place(deed, found, act)
    return found, cycle, leave


def add_win(
    session: Session, words: str, *, team: str | None, cycle: str | None = None, week: int | None = None
) -> Made:
    """Write down a win of a team's week, this one unless named: welcome on any day, on Friday above all.

    Raises:
        NotAllowed: by anybody but the team; a week to come or outside the cycle; the cycle is closed.
        NotFound: no such team or cycle.
        Invalid: the words will not do.
    """
    entry = entered(WinEntry, {"words": words})
    with session.writing() as deed:
        meant, where = find.own_team(deed, team), find.cycle(deed, cycle)
        leave = deed.must(Act.WIN_ADD, find.team_in_cycle(deed, meant, where))
        number = _week(deed, where, week)
        now = this_week(deed, where)
        if now is None or number > now:
            raise NotAllowed(f"Week {number} has not begun: make it a priority of that week, and a win when it is one.")
        place = (meant.id, where.id, number)
        made = Win(priorities.next_id(deed.connection, "W"), *place, entry.words, deed.person_id, deed.at, 1)
        priorities.add_win(deed.connection, made)
        _record(deed, Act.WIN_ADD, made, where, leave, {}, _told(made))
        return Made(made.ref, meant.slug, where.name, number)


def edit_win(session: Session, ref: str, words: str, began_from: str | None = None) -> None:
    """Change the words of a win. ``began_from`` holds them as the form first showed them.

    Raises:
        NotAllowed: by anybody but the team, or its cycle is closed.
        NotFound: there is none of this ref.
        Conflict: somebody changed them since.
        Invalid: the words will not do.
    """
    with session.writing() as deed:
        reword_win(deed, ref, words, began_from)


def reword_win(deed: Deed, ref: str, words: str, began_from: str | None = None, *, undoes: int = 0) -> None:
    """`edit_win`, inside a transaction; ``undoes`` is the id of the event it undoes."""
    found, cycle, leave = _found_win(deed, ref, Act.WIN_ADD)
    began = None if began_from is None else {"words": began_from}
    entry = entered(WinEntry, merged({"words": found.words}, {"words": words}, began, version=found.version))
    if entry.words == found.words:
        return
    priorities.reword_win(deed.connection, found.id, entry.words)
    _record(deed, "win.edit", found, cycle, leave, {"words": found.words}, {"words": entry.words}, undoes)


def drop_win(session: Session, ref: str) -> None:
    """Take a win back that was written down by mistake.

    Raises:
        NotAllowed: by anybody but the team, or its cycle is closed.
        NotFound: there is none of this ref.
    """
    with session.writing() as deed:
        take_win_away(deed, ref)


def take_win_away(deed: Deed, ref: str, *, undoes: int = 0) -> None:
    """`drop_win`, inside a transaction; ``undoes`` is the id of the event it undoes."""
    found, cycle, leave = _found_win(deed, ref, Act.WIN_DROP)
    priorities.drop_win(deed.connection, found.id)
    _record(deed, Act.WIN_DROP, found, cycle, leave, _told(found), {}, undoes)


def _found_win(deed: Deed, ref: str, act: Act) -> tuple[Win, Cycle, Leave]:
    named = parse_ref(ref, "W")
    found = priorities.win_by_id(deed.connection, named.number)
    if found is None:
        raise NotFound(f"There is no win {named}: `okrtui win list` shows those of a week.")
    _, cycle, leave = _place(deed, found, act)
    return found, cycle, leave


def this_week(view: View, cycle: Cycle) -> int | None:
    """The number of the week it is in a cycle, the last once it has ended; None before it begins."""
    found = week_of(min(view.day_in(cycle), cycle.ends), cycle.starts, cycle.ends)
    return found.number if found else None


def _week(view: View, cycle: Cycle, number: int | None) -> int:
    """The number of the week meant: any of the cycle, this one where none is named."""
    count = len(weeks(cycle.starts, cycle.ends))
    meant = this_week(view, cycle) if number is None else number
    if meant is None:
        raise NotAllowed(f"{cycle.name} begins on {cycle.starts}: say which of its weeks you mean (--week 1).")
    if not 1 <= meant <= count:
        raise NotAllowed(f"{cycle.name} has weeks 1 to {count}, and no week {meant}: name one of them.")
    return meant
