"""What people do in a workshop: the clock, who keeps it, notes, ideas and dots."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from okrtui.core.errors import OkrtuiError
from okrtui.core.workshops import closing_question
from okrtui.service import drafts
from screens.page import Page
from widgets.clock import ClockLine
from widgets.listing import Listing
from widgets.shared_notes import SharedNotes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from okrtui.service.desk import Desk
    from okrtui.service.minutes import WorkshopPage as Shown
    from okrtui.service.session import Session

NO_CYCLE = "There is no cycle yet, and a workshop is held in one: press ] for what comes first."
_CLOSED = "The workshop is closed. Open it again, for a further sitting?\n\nIts minutes stay, and the times add up."


class WorkshopActs(Page):
    """The acts of a workshop, over whatever shows it."""

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk, notice=notice)
        self._shown: Shown | None = None
        self._now: Callable[[], datetime] | None = None
        self._here: tuple[str, ...] = ()
        self._form = ""
        """The name under which the words of the field are kept."""

    # What may not be done

    def refusal(self, command: str) -> str:
        """Why a command is not for this person, or this workshop, now."""
        shown = self._shown
        if not command.startswith("workshop."):
            return super().refusal(command)
        if shown is None:
            return NO_CYCLE
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
        except OkrtuiError as error:
            if error.ends_session:
                raise
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
