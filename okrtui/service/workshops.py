"""A team's workshop: the clock and who keeps it, the notes, who was there, and how it ended.

Keeping gives no pen: anybody may keep it, one person at a time. Whoever starts the clock keeps it from then on; anybody else
takes it over first, or is handed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.entering import entered
from okrtui.core.errors import NotAllowed, NotFound
from okrtui.core.inputs import BoxEntry, NoteEntry, RemarkEntry
from okrtui.core.workshops import Prompt, WorkshopState, closing_question, length
from okrtui.core.workshops import next_prompt as prompt_after
from okrtui.service import find
from okrtui.service.edits import merged
from okrtui.service.minutes import clock_of, note_of, why_kept, why_shut
from okrtui.service.watch import begin_anew, released
from okrtui.store import cycles, people, teams, workshops

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okrtui.core.leave import Leave
    from okrtui.service.session import Deed, Session, View
    from okrtui.store.cycles import Cycle
    from okrtui.store.teams import Team
    from okrtui.store.workshops import Note, Workshop


@dataclass(frozen=True, slots=True)
class Made:
    """What was done to which workshop: its ref, its team and its cycle."""

    ref: str
    team: str
    cycle: str


@dataclass(frozen=True, slots=True)
class _Held:
    """A workshop in a transaction, and as whom somebody acts on it."""

    workshop: Workshop
    team: Team
    cycle: Cycle
    leave: Leave

    @property
    def made(self) -> Made:
        return Made(self.workshop.ref, self.team.slug, self.cycle.name)

    def record(
        self,
        deed: Deed,
        verb: str,
        after: Mapping[str, object] | None = None,
        before: Mapping[str, object] | None = None,
        ref: str = "",
    ) -> None:
        deed.record(
            verb,
            ref or self.workshop.ref,
            leave=self.leave,
            cycle_id=self.cycle.id,
            team_id=self.team.id,
            before=before,
            after={"team": self.team.slug, **(after or {})},
        )


def start(session: Session, *, team: str | None, cycle: str | None = None, has_line: bool = False) -> Made:
    """Let the clock run, and keep it; the first time this begins the workshop, later a further sitting of it.

    A workshop that was closed is opened by it again: what it has stays, and the sittings add up. ``has_line`` says that
    whoever starts it has a screen open: where its line drops, the clock counts no further.

    Raises:
        NotAllowed: the clock runs already, or the cycle is closed.
        NotFound: there is no such team or cycle.
    """
    with session.writing() as deed:
        meant, where, leave = _place(deed, team, cycle, Act.WORKSHOP_KEEP)
        found = workshops.of_team(deed.connection, meant.id, where.id)
        found = found or workshops.add(deed.connection, meant.id, where.id, deed.at)
        held = _Held(released(session, deed, found), meant, where, leave)
        if clock_of(deed, held.workshop).runs:
            raise NotAllowed(
                f"The clock runs already, kept by {_keeper(deed, held)}: write a note, or take it over (K)."
            )
        before = {"state": found.state} if found.state == WorkshopState.CLOSED else {}
        begin_anew(session, found.id, has_line=has_line)
        workshops.start(deed.connection, found.id, deed.at)
        workshops.attend(deed.connection, found.id, deed.person_id, "present", deed.at)
        workshops.change(
            deed.connection,
            found.id,
            {"state": WorkshopState.OPEN, "closed_at": None, "keeper_id": deed.person_id},
        )
        held.record(deed, "workshop.start", before=before)
        return held.made


def pause(session: Session, *, team: str | None, cycle: str | None = None) -> Made:
    """Stop the clock for a break.

    Raises:
        NotAllowed: it stands still already, or somebody else keeps it.
        NotFound: there is no such workshop.
    """
    with session.writing() as deed:
        held = _kept(session, deed, team, cycle)
        if not clock_of(deed, held.workshop).runs:
            raise NotAllowed(
                "The clock stands still already: start it (t) when the break is over, or close the workshop."
            )
        workshops.stop(deed.connection, held.workshop.id, deed.at)
        held.record(deed, "workshop.pause", {"seconds": clock_of(deed, held.workshop).seconds(deed.now)})
        return held.made


def ask_next(session: Session, *, team: str | None, cycle: str | None = None) -> Prompt:
    """Go on to the next prompt, for everybody; after the last comes the first again.

    Raises:
        NotAllowed: somebody else keeps the workshop.
        NotFound: there is no such workshop.
    """
    with session.writing() as deed:
        held = _kept(session, deed, team, cycle)
        asked = prompt_after(Prompt(held.workshop.prompt))
        workshops.change(deed.connection, held.workshop.id, {"prompt": str(asked)})
        held.record(deed, "workshop.prompt", {"prompt": str(asked)}, {"prompt": held.workshop.prompt})
        return asked


def box(session: Session, minutes: object, *, team: str | None, cycle: str | None = None) -> Made:
    """Give what comes now so many minutes of working time, from now; 0 takes the time box away.

    Raises:
        NotAllowed: somebody else keeps the workshop.
        NotFound: there is no such workshop.
        Invalid: that is no number of minutes.
    """
    entry = entered(BoxEntry, {"minutes": minutes})
    with session.writing() as deed:
        held = _kept(session, deed, team, cycle)
        ends = clock_of(deed, held.workshop).seconds(deed.now) + entry.minutes * 60 if entry.minutes else None
        workshops.change(deed.connection, held.workshop.id, {"box": ends})
        held.record(deed, "workshop.box", {"minutes": entry.minutes})
        return held.made


def hand_over(
    session: Session, handle: str, *, team: str | None, cycle: str | None = None, has_line: bool = False
) -> Made:
    """Let somebody keep the workshop from now on: its keeper hands it over, anybody else takes it over for themselves.

    ``has_line`` says that whoever acts has a screen open, as for `start`.

    Raises:
        NotAllowed: it is somebody else's to hand over; that person is not active, or keeps it already.
        NotFound: there is no such workshop or person.
    """
    with session.writing() as deed:
        somebody = find.person(deed, handle)
        takes_it = somebody.id == deed.person_id
        held = _opened(session, deed, team, cycle) if takes_it else _kept(session, deed, team, cycle, keeps=False)
        if not somebody.active:
            raise NotAllowed(f"{somebody.name} is not active here any more: hand it over to somebody else.")
        if held.workshop.keeper_id == somebody.id:
            raise NotAllowed(f"{somebody.name} keeps it already: hand it over to somebody else, or go on.")
        before = {"keeper": _keeper(deed, held)} if held.workshop.keeper_id else {}
        begin_anew(session, held.workshop.id, has_line=has_line and takes_it)
        workshops.change(deed.connection, held.workshop.id, {"keeper_id": somebody.id})
        held.record(deed, "workshop.hand_over", {"keeper": somebody.handle}, before)
        return held.made


def close(session: Session, remark: str = "", *, team: str | None, cycle: str | None = None) -> Made:
    """End the workshop and keep its minutes; a clock that runs stops.

    ``remark`` answers what its length asks, or says whatever else should be kept; without one, what was said before stays.

    Raises:
        NotAllowed: somebody else keeps it.
        NotFound: there is no such workshop.
        Invalid: the remark is too long.
    """
    entry = entered(RemarkEntry, {"remark": remark})
    with session.writing() as deed:
        held = _kept(session, deed, team, cycle)
        seconds = clock_of(deed, held.workshop).seconds(deed.now)
        workshops.stop(deed.connection, held.workshop.id, deed.at)
        said = entry.remark or held.workshop.remark
        values = {
            "state": str(WorkshopState.CLOSED),
            "closed_at": deed.at,
            "remark": said,
            "keeper_id": None,
            "box": None,
        }
        workshops.change(deed.connection, held.workshop.id, values)
        asked = {"asked": question} if (question := closing_question(seconds)) else {}
        held.record(deed, "workshop.close", {"length": length(seconds), "remark": entry.remark, **asked})
        return held.made


def attend(
    session: Session, handles: Iterable[str], *, away: Iterable[str] = (), team: str | None, cycle: str | None = None
) -> Made:
    """Tick who was there; ``away`` takes ticks back, but never what their own presence said.

    Raises:
        NotAllowed: the workshop is closed.
        NotFound: there is no such workshop or person.
    """
    with session.writing() as deed:
        held = _opened(session, deed, team, cycle, Act.WORKSHOP_NOTE)
        there = [find.person(deed, one) for one in handles]
        gone = [find.person(deed, one) for one in away]
        number = held.workshop.id
        came = [one.handle for one in there if workshops.attend(deed.connection, number, one.id, "ticked", deed.at)]
        left = [one.handle for one in gone if workshops.untick(deed.connection, number, one.id)]
        if came or left:
            held.record(deed, "workshop.attend", {"ticked": came, "unticked": left})
        return held.made


def note(session: Session, body: str, *, prompt: str | None = None, team: str | None, cycle: str | None = None) -> str:
    """Write a note under a prompt, the one that is asked now unless named: a line of one's own, whoever else writes.

    Who writes one while the clock runs is there.

    Returns:
        Its ref, N12.

    Raises:
        NotAllowed: the workshop is closed.
        NotFound: there is none.
        Invalid: the words or the prompt will not do.
    """
    entry = entered(NoteEntry, {"note": body, **({"prompt": prompt} if prompt else {})})
    with session.writing() as deed:
        held = _opened(session, deed, team, cycle, Act.WORKSHOP_NOTE)
        under = str(entry.prompt or held.workshop.prompt)
        if clock_of(deed, held.workshop).runs:
            workshops.attend(deed.connection, held.workshop.id, deed.person_id, "present", deed.at)
        number = workshops.add_note(deed.connection, held.workshop.id, under, entry.note, deed.person_id, deed.at)
        ref = f"N{number}"
        held.record(deed, "workshop.note", {"prompt": under, "note": entry.note}, ref=ref)
        return ref


def edit_note(session: Session, ref: str, body: str, began_from: str | None = None) -> None:
    """Change the words of one's own note. ``began_from`` is what the form first showed.

    Raises:
        NotAllowed: it is somebody else's, or its workshop is closed.
        NotFound: there is none of this ref.
        Conflict: it was changed in another window since.
        Invalid: the words will not do.
    """
    with session.writing() as deed:
        found = note_of(deed, ref)
        held = _of_note(deed, found)
        _must_be_open(held)
        if found.author_id != deed.person_id:
            raise NotAllowed(
                f"{found.ref} is {_handle(deed, found.author_id)}'s to change: write a note of your own (i)."
            )
        began = None if began_from is None else {"note": began_from}
        stands = {"note": found.body}
        entry = entered(NoteEntry, merged(stands, {"note": body}, began, version=found.version))
        if entry.note != found.body:
            workshops.reword_note(deed.connection, found.id, entry.note)
            held.record(deed, "workshop.reword", {"note": entry.note}, stands, found.ref)


def _place(deed: Deed, team: str | None, cycle: str | None, act: Act) -> tuple[Team, Cycle, Leave]:
    meant, where = find.own_team(deed, team), find.cycle(deed, cycle)
    return meant, where, deed.must(act, find.team_in_cycle(deed, meant, where))


def _found(session: Session, deed: Deed, team: str | None, cycle: str | None, act: Act) -> _Held:
    meant, where, leave = _place(deed, team, cycle, act)
    found = workshops.of_team(deed.connection, meant.id, where.id)
    if found is None:
        raise NotFound(
            f"{meant.name} has no workshop in {where.name} yet: start its clock (t), or `okrtui workshop start`."
        )
    return _Held(released(session, deed, found), meant, where, leave)


def _opened(session: Session, deed: Deed, team: str | None, cycle: str | None, act: Act = Act.WORKSHOP_KEEP) -> _Held:
    """The workshop, which takes more."""
    held = _found(session, deed, team, cycle, act)
    _must_be_open(held)
    return held


def _must_be_open(held: _Held) -> None:
    if shut := why_shut(held.workshop, held.team, held.cycle):
        raise NotAllowed(shut)


def _kept(session: Session, deed: Deed, team: str | None, cycle: str | None, *, keeps: bool = True) -> _Held:
    """The workshop, which whoever acts keeps; one that nobody keeps is theirs from now on, unless it goes on to another."""
    held = _opened(session, deed, team, cycle)
    if kept := why_kept(deed, held.workshop):
        raise NotAllowed(kept)
    if keeps and held.workshop.keeper_id != deed.person_id:
        workshops.change(deed.connection, held.workshop.id, {"keeper_id": deed.person_id})
    return held


def _of_note(deed: Deed, found: Note) -> _Held:
    workshop = workshops.by_id(deed.connection, found.workshop_id)
    assert workshop is not None  # noqa: S101  # a foreign key holds it
    team = teams.by_id(deed.connection, workshop.team_id)
    assert team is not None  # noqa: S101  # as above
    cycle = cycles.by_id(deed.connection, workshop.cycle_id)
    return _Held(workshop, team, cycle, deed.must(Act.WORKSHOP_NOTE, find.team_in_cycle(deed, team, cycle)))


def _keeper(view: View, held: _Held) -> str:
    return _handle(view, held.workshop.keeper_id)


def _handle(view: View, number: int | None) -> str:
    return next(iter(people.handles(view.connection, [number]).values()), "nobody")
