"""The workshop: two prompts, notes that several people write at once, ideas on the board, who is there, and the clock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from okrtui.core.errors import OkrtuiError, StoreError
from okrtui.core.workshops import closing_question
from okrtui.service import drafts, minutes
from okrtui.service.drafts import Opened
from screens.commands import bindings_of
from screens.page import Go, Page
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

_NO_CYCLE = "There is no cycle yet, and a workshop is held in one: press ] for what comes first."
_CLOSED = "The workshop is closed. Open it again, for a further sitting?\n\nIts minutes stay, and the times add up."
_DOTS = 5


class WorkshopPage(Page):
    """One of a team and cycle: open for everybody, kept by one."""

    PAGE = "workshop"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("workshop")]
    CSS_PATH = "workshop.tcss"

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk, notice=notice)
        self._shown: Shown | None = None
        self._now: Callable[[], datetime] | None = None
        self._here: tuple[str, ...] = ()
        self._turned = False
        """Whether the minutes are shown while the workshop goes on."""
        self._form = ""
        """The name under which the words of the field are kept."""

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
        self.query_one(ClockLine).show_nothing(_NO_CYCLE)

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

    # What may not be done

    def refusal(self, command: str) -> str:
        """Why a command is not for this person, or this workshop, now."""
        shown = self._shown
        if not command.startswith("workshop."):
            return super().refusal(command)
        if shown is None:
            return _NO_CYCLE
        match command.removeprefix("workshop."):
            case "clock":
                return shown.no_keeping if shown.clock.runs else shown.no_start
            case "next" | "box" | "close":
                return shown.no_keeping
            case "hand":
                return shown.no_writing or shown.no_start
            case "write" | "save" | "edit" | "people":
                return shown.no_writing
            case "idea" | "dot" | "undot" if shown.is_closed:
                return f"Do it on the board (3): {shown.no_writing}"
            case "dot" | "undot" if not shown.ideas:
                return "There is no idea to put a dot on yet: write one (a)."
            case _:
                return ""

    def _granted(self, command: str) -> Shown | None:
        """The workshop where a command may be done to it; else None, and the sentence is said."""
        if sentence := self.refusal(command):
            self.say(sentence, severity="warning")
            return None
        return self._shown

    # The clock

    @work(group="asking")
    async def action_clock(self) -> None:
        """Start the clock, or stop it for a break."""
        shown = self._granted("workshop.clock")
        if shown is None:
            return
        from okrtui.service import workshops  # noqa: PLC0415  # loaded when asked for: what checks input comes with it

        team, cycle = self.desk.where.team, self.desk.where.cycle
        if shown.clock.runs:
            pause = partial(workshops.pause, team=team, cycle=cycle)
            await self.save(pause, "The clock stands still: a break does not count.")
        elif not shown.is_closed or await self.confirmed(_CLOSED, "Go on with it"):
            start = partial(workshops.start, team=team, cycle=cycle, has_line=True)
            await self.save(start, "The clock runs, and you keep it.")

    @work(group="moving")
    async def action_ask_next(self) -> None:
        """Go on to the next prompt."""
        if self._granted("workshop.next"):
            from okrtui.service import workshops  # noqa: PLC0415  # as above

            team, cycle = self.desk.where.team, self.desk.where.cycle
            await self.save(partial(workshops.ask_next, team=team, cycle=cycle))

    @work(group="asking")
    async def action_box(self) -> None:
        """Set a time box."""
        if self._granted("workshop.box"):
            from screens import workshop_forms  # noqa: PLC0415  # as above

            await workshop_forms.box(self)

    @on(ClockLine.BoxOver)
    def _box_over(self) -> None:
        self.say("The time box is over.", severity="warning")

    @work(group="asking")
    async def action_hand_over(self) -> None:
        """Take over the keeping, or hand it over."""
        if shown := self._granted("workshop.hand"):
            from screens import workshop_forms  # noqa: PLC0415  # as above

            await workshop_forms.hand_over(self, shown, self._here)

    @work(group="asking")
    async def action_close_workshop(self) -> None:
        """End it, with a remark."""
        if shown := self._granted("workshop.close"):
            from screens import workshop_forms  # noqa: PLC0415  # as above

            seconds = shown.clock.seconds(self._now()) if self._now is not None else shown.seconds
            await workshop_forms.close(self, shown, seconds, closing_question(seconds))

    @work(group="asking")
    async def action_people(self) -> None:
        """Tick names."""
        if shown := self._granted("workshop.people"):
            from screens import workshop_forms  # noqa: PLC0415  # as above

            await workshop_forms.people(self, shown)

    # Notes

    def action_write(self) -> None:
        """Go into the field."""
        if self._granted("workshop.write"):
            self.query_one(SharedNotes).field.focus()

    def action_save(self) -> None:
        """Add what is typed."""
        if self._granted("workshop.save"):
            self.query_one(SharedNotes).submit()

    @on(SharedNotes.Typed)
    def _typed(self, message: SharedNotes.Typed) -> None:
        if self._form:
            self.desk.keeper(self._form).typed({"note": message.note}, {"note": ""})

    @on(SharedNotes.Written)
    def _written(self, message: SharedNotes.Written) -> None:
        self._add_note(message.note)

    @work(group="writing")
    async def _add_note(self, note: str) -> None:
        """Add a note; where that is refused its words are in the field again."""
        from okrtui.service import workshops  # noqa: PLC0415  # as above

        team, cycle, form = self.desk.where.team, self.desk.where.cycle, self._form
        prompt = self._shown.prompt if self._shown is not None else None

        def save(session: Session) -> None:
            workshops.note(session, note, prompt=prompt, team=team, cycle=cycle)
            drafts.forget(session, form)

        try:
            await self.desk.write(save)
        except StoreError:
            raise
        except OkrtuiError as error:
            notes = self.query_one(SharedNotes)
            notes.put(note)
            self.call_after_refresh(notes.say_wrong, str(error))

    @work(group="asking")
    async def action_edit(self) -> None:
        """Change one's own note; where there is none under the cursor, write one."""
        shown, ref = self._granted("workshop.edit"), self.query_one("#notes", Listing).chosen
        if shown is None:
            return
        found = next((one for one in shown.notes if one.ref == ref), None)
        if found is None:
            self.action_write()
        elif found.author != shown.me:
            self.say(f"{found.ref} is @{found.author}'s to change: write a note of your own (i).", severity="warning")
        else:
            from screens import workshop_forms  # noqa: PLC0415  # as above

            await workshop_forms.edit_note(self, found.ref)

    # Ideas

    @work(group="asking")
    async def action_idea(self) -> None:
        """Write an idea, straight to the board."""
        if self._granted("workshop.idea") is None:
            return
        team, cycle = self.desk.where.team, self.desk.where.cycle
        from okrtui.core.acts import Act  # noqa: PLC0415  # as above
        from okrtui.service import permissions  # noqa: PLC0415  # as above
        from screens import workshop_forms  # noqa: PLC0415  # as above

        refused = await self.read(lambda session: permissions.of_place(session, team, cycle))
        if refused is None:
            return
        if sentence := refused.get(Act.KR_ADD):
            self.say(sentence, severity="warning")
            return
        ref = await workshop_forms.idea(self)
        if ref:
            self.await_thing(ref)

    @work(group="moving")
    async def action_dot(self) -> None:
        """Put a dot on the chosen idea."""
        if self._granted("workshop.dot") and (ref := self.chosen()):
            from okrtui.service import dots  # noqa: PLC0415  # as above

            await self.save(lambda session: dots.put(session, ref))

    @work(group="moving")
    async def action_undot(self) -> None:
        """Take a dot off the chosen idea."""
        if self._granted("workshop.undot") and (ref := self.chosen()):
            from okrtui.service import dots  # noqa: PLC0415  # as above

            await self.save(lambda session: dots.take_off(session, ref))

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
