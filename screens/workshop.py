"""The workshop: two prompts, notes that several people write at once, ideas on the board, who is there, and the clock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from okrtui.service import drafts, minutes
from okrtui.service.drafts import Opened
from screens.commands import bindings_of
from screens.page import Go
from screens.workshop_acts import NO_CYCLE, WorkshopActs
from widgets.clock import ClockLine
from widgets.listing import Listing
from widgets.minutes import idea_row, minutes_in_full
from widgets.reading import Reading
from widgets.shared_notes import SharedNotes
from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from okrtui.service.desk import Desk
    from okrtui.service.minutes import WorkshopPage as Shown
    from okrtui.service.presence import Present
    from okrtui.service.session import Session
    from okrtui.store.events import Event

_DOTS = 5


class WorkshopPage(WorkshopActs):
    """One of a team and cycle: open for everybody, kept by one."""

    PAGE = "workshop"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("workshop")]
    CSS_PATH = "workshop.tcss"

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk, notice=notice)
        self._turned = False
        """Whether the minutes are shown while the workshop goes on."""

    def body(self) -> ComposeResult:
        """The clock; below it notes, ideas and people side by side, or one below the other; or the minutes."""
        yield ClockLine()
        with Horizontal(id="table"):
            yield SharedNotes()
            yield Listing(id="ideas", title="Ideas")
            yield Listing(id="people", title="People")
        yield Reading(id="minutes")

    def on_mount(self) -> None:
        """Begin on the notes."""
        self.query_one("#notes").focus()

    # Reading and drawing

    def look(self, session: Session) -> Callable[[], None]:
        """The workshop of the team and cycle shown, and what was typed into it and not added."""
        team, cycle = self.desk.where.team, self.desk.where.cycle
        if cycle is None:
            return self._draw_nothing
        shown = minutes.workshop(session, team, cycle)
        form = f"Workshop note, {team}, {cycle}"
        return partial(self._draw, shown, session.clock, form, drafts.find(session, form))

    def concerns(self, event: Event) -> bool:
        """Whatever is of a workshop, a key result, or who may do what."""
        return event.verb.startswith(("workshop.", "kr.", "cycle.", "invitation.", "objective.", "team.", "person."))

    def _draw_nothing(self) -> None:
        self._shown = None
        self.query_one(ClockLine).show_nothing(NO_CYCLE)

    def _draw(self, shown: Shown, now: Callable[[], datetime], form: str, kept: drafts.Draft | None) -> None:
        self._shown, self._now = shown, now
        self._recall(form, kept)
        self.query_one(ClockLine).show(shown, now)
        self.query_one(SharedNotes).show(shown)
        self._draw_ideas(shown)
        self._draw_people()
        self.query_one("#minutes", Reading).show(f"Minutes of {shown.ref or 'none yet'}", minutes_in_full(shown))
        self._show_minutes()

    def _recall(self, form: str, kept: drafts.Draft | None) -> None:
        """Take up what was typed before and not added, where another place is shown than before."""
        if form == self._form:
            return
        self._form = form
        where = self.desk.where
        self.desk.keeper(form).opened = Opened(self.PAGE, "workshop.write", "", where.team, where.cycle or "")
        notes = self.query_one(SharedNotes)
        notes.field.text = ""
        if kept is not None:
            notes.put(str(kept.typed.get("note", "")))

    def _draw_ideas(self, shown: Shown) -> None:
        listing = self.query_one("#ideas", Listing)
        left = _DOTS - sum(one.mine for one in shown.ideas)
        listing.border_title = words(f"Ideas · {max(0, left)} of your {_DOTS} dots left")
        options = [Option(idea_row(one), id=one.ref) for one in shown.ideas]
        listing.show(options, "None yet: write how everybody will know (a).")

    def _draw_people(self) -> None:
        shown = self._shown
        if shown is None:
            return
        seen = {one.handle: one for one in shown.people}
        here = {*self._here, shown.me}
        options = [
            Option(_person_row(one, is_here=one in here, keeps=one == shown.keeper, ticked=not seen[one].seen), id=one)
            for one in seen
        ]
        options += [
            Option(_person_row(one, is_here=True, keeps=one == shown.keeper), id=one)
            for one in self._here
            if one not in seen
        ]
        listing = self.query_one("#people", Listing)
        names = " ".join(f"@{option.id}" for option in options)
        listing.border_title = words(f"People · {names}" if names else "People")
        listing.show(options, "Nobody yet: tick names (p).")

    def _show_minutes(self) -> None:
        """Give the place to the minutes, or to the table; the focus goes along."""
        shown = self._shown
        reads = self._turned or (shown is not None and shown.is_closed)
        if reads == self.has_class("-minutes"):
            return
        self.set_class(reads, "-minutes")
        self.query_one("#minutes" if reads else "#notes").focus()

    @property
    def form_open(self) -> str:
        """The field for notes, while it has the focus."""
        return self._form if self.in_field and self._form else super().form_open

    def show_others(self, others: Sequence[Present]) -> None:
        """Show who else is here, and of them who is in this workshop."""
        super().show_others(others)
        where = (self.PAGE, self.desk.where.team, self.desk.where.cycle or "")
        here = tuple(one.handle for one in others if (one.spot.page, one.spot.team, one.spot.cycle) == where)
        if here != self._here:
            self._here = here
            self._draw_people()

    @property
    def person(self) -> str:
        """The person under the cursor, in the list of people."""
        people = self.query_one("#people", Listing)
        return people.chosen or "" if people.has_focus else ""

    # Choosing

    def chosen(self) -> str:
        """The idea under the cursor."""
        return self.query_one("#ideas", Listing).chosen or ""

    def choose(self, ref: str) -> bool | None:
        """Put the cursor on an idea, or on a note; the workshop itself is here."""
        if self._shown is not None and ref == self._shown.ref:
            return None
        found = [listing for listing in self.query(Listing) if listing.choose(ref)]
        for listing in found:
            listing.focus()
        return bool(found)

    @on(OptionList.OptionSelected, "#notes")
    def _selected_note(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_edit()

    @on(OptionList.OptionSelected, "#ideas")
    def _selected_idea(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(Go("board", event.option_id or ""))

    @on(OptionList.OptionSelected, "#people")
    def _selected_person(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_people()

    # Looking elsewhere

    def action_turn(self) -> None:
        """Turn to the minutes as they stand, and back; a closed workshop has nothing else."""
        if self._shown is None or not self._shown.ref or self._shown.is_closed:
            self.say(self.refusal("workshop.write"))
            return
        self._turned = not self._turned
        self._show_minutes()

    def action_back(self) -> None:
        """Out of the field, out of the minutes; else to the board."""
        if self.in_field:
            self.query_one("#notes").focus()
        elif self._turned:
            self.action_turn()
        else:
            self.post_message(Go("board"))


def _person_row(handle: str, *, is_here: bool, keeps: bool, ticked: bool = False) -> Content:
    glyph = ("● ", "$text-success") if is_here else ("✓ ", "$foreground-muted")
    told = [word for word, is_so in (("keeps it", keeps), ("ticked", ticked and not is_here)) if is_so]
    return joined(glyph, words(f"@{handle}"), (f" {', '.join(told)}" if told else "", "$foreground-muted"))
