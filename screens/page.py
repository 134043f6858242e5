"""What all the main screens share: the place, the next step, live news, and forms that keep what was typed."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.worker import WorkerCancelled, WorkerFailed

from okrtui.core.errors import OkrtuiError, StoreError
from okrtui.service.guide import Step, frame
from screens.commands import by_id, of_page
from screens.everywhere import Everywhere
from widgets.lines import HeaderLine, KeyLine, StepLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from okrtui.service.desk import Desk
    from okrtui.service.session import Session
    from okrtui.store.events import Event
    from screens.commands import Command


class Go(Message):
    """Show another page; choose a thing on it, and run one of its commands."""

    def __init__(self, page: str, ref: str = "", command: str = "") -> None:
        super().__init__()
        self.page, self.ref, self.command = page, ref, command


class Page(Everywhere):
    """A main screen: it reads what it shows through the desk, and reads again when news concerns it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # Textual's way to say it

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk)
        self._notice = notice
        self._stale = True
        self._pending: Go | None = None
        self._is_beginning = False
        self._shown_at: tuple[str, str | None] | None = None
        self._is_typing = False

    def compose(self) -> ComposeResult:
        """The lines around every screen; what is between them is the page's."""
        yield HeaderLine()
        yield from self.body()
        yield StepLine()
        yield KeyLine()

    @abstractmethod
    def body(self) -> ComposeResult:
        """What the page shows between the lines."""

    @abstractmethod
    def look(self, session: Session) -> Callable[[], None]:
        """Read what the page shows, on the gateway's thread, and give what draws it, keeping cursor and text, on the loop."""

    def concerns(self, event: Event) -> bool:
        """Whether an event may change what is shown: by default any but another cycle's is worth a look."""
        del event
        return True

    # Loading, and news

    def on_screen_resume(self) -> None:
        """Catch up with what changed while another screen was on top."""
        where = (self.desk.where.team, self.desk.where.cycle)
        if self._shown_at != where:
            self._stale = True
        self.refresh_if_stale()
        self.look_around()

    async def begin(self) -> None:
        """Show what the first page shows, as soon as there is where to; over once it is shown or could not be read."""
        await self._mounted_event.wait()
        self._stale = False
        with suppress(WorkerFailed, WorkerCancelled):  # the application hears of it by itself
            await self.reload().wait()

    def refresh_if_stale(self) -> None:
        """Read again if anything changed since the last time."""
        if self._stale and self.desk.where.team:
            self._stale = False
            self.reload()

    def read_again(self) -> None:
        """Read what is shown once more, whether or not news came."""
        self._stale = True
        self.refresh_if_stale()

    def news(self, events: Sequence[Event], *, visible: bool) -> None:
        """Hear what was committed, here or by another process."""
        if any(self.concerns(event) for event in events):
            self._stale = True
            if visible:
                self.refresh_if_stale()

    @work(exclusive=True, group="reload")
    async def reload(self) -> None:
        """Read the frame and the page, of one moment, and show them."""
        team, cycle = self.desk.where.team, self.desk.where.cycle
        try:
            form = self.form_open
            around, draw = await self.desk.read(lambda session: (frame(session, team, cycle, form), self.look(session)))
        except StoreError:
            raise
        except OkrtuiError as error:
            self.say(str(error), severity="error")
            return
        if self.is_going:
            return
        self.frame = around
        self._shown_at = (team, cycle)
        self.query_one(HeaderLine).show(around, self._notice)
        draw()
        self.draw_step()
        self.draw_keys()
        self._carry_out()
        self.follow_on()

    def go_here(self, message: Go) -> None:
        """Choose a thing and run a command, once what is shown is current."""
        self._pending = message
        if self.catches_up():
            self._carry_out()

    @property
    def shows_where(self) -> bool:
        """Whether the team and cycle of the desk are shown, and not still those before."""
        return self.frame is not None and self._shown_at == (self.desk.where.team, self.desk.where.cycle)

    def catches_up(self) -> bool:
        """Read again where another place is to be shown; whether what is shown is current already."""
        if self._shown_at != (self.desk.where.team, self.desk.where.cycle):
            self._stale = True
            self.refresh_if_stale()
        return not self._stale and self.frame is not None and not self._is_reloading()

    @property
    def is_between(self) -> bool:
        """Whether a key that comes now may be meant for what is not there yet: another page, or a form.

        Whatever asks or saves is over, or has a dialog open; one that was left open on another page waits there.
        """
        if len(self.app.screen_stack) > 1:
            return False
        comes = self._pending is not None or not self.shows_where
        return self._is_beginning or (comes and self._is_reloading()) or self._is_asking()

    def _is_asking(self) -> bool:
        elsewhere = any(len(stack) > 1 for stack in self.app._screen_stacks.values())
        return any(
            worker.group in {"asking", "saving"} and worker.node in ({self} if elsewhere else {self, self.app})
            for worker in self.workers
            if not worker.is_finished
        )

    def _is_reloading(self) -> bool:
        return any(
            worker.node is self and worker.group == "reload" and not worker.is_finished for worker in self.workers
        )

    def _carry_out(self) -> None:
        message, self._pending = self._pending, None
        if message is None:
            return
        self.draw_step()
        if message.ref and self.choose(message.ref) is False:
            self.say(f"{message.ref} is not shown here: choose its team (T) or its cycle (Y).", severity="warning")
            return
        if message.command:
            self._is_beginning = True
            self.call_after_refresh(self._begin_command, by_id(message.command).action)

    async def _begin_command(self, action: str) -> None:
        try:
            await self.run_action(action)
        finally:
            self._is_beginning = False

    # Keys

    def draw_keys(self) -> None:
        """Show the keys of this page in its last line; what is refused now is dimmed. In a field only its own keys act."""
        if self._is_typing:
            in_fields = [command for command in of_page(self.PAGE) if command.in_fields]
            self.query_one(KeyLine).show([(one.key, one.written, one.name.lower(), True) for one in in_fields])
            return
        hints = [
            (command.key, command.written, self.label(command), not self.refusal(command.id))
            for command in of_page(self.PAGE)
            if command.label
        ]
        self.query_one(KeyLine).show(hints)

    def label(self, command: Command) -> str:
        """What a key does to the chosen thing as it stands, in a word for the last line."""
        return command.label

    def refusal(self, command: str) -> str:
        """Why a command is not for this person or this thing now; empty when it is."""
        del command
        return ""

    @on(KeyLine.Pressed)
    def _press(self, message: KeyLine.Pressed) -> None:
        # As the application, not as this page: Textual lets no message rise past its sender.
        self.app.call_later(self.app.simulate_key, message.key)

    def draw_step(self) -> None:
        """Show the step that the next key takes."""
        step = self._offered(1)
        if step is not None:
            key = by_id("next").written
            self.query_one(StepLine).show(step, f"Esc {key}" if self._is_typing else key)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _turn_keys(self) -> None:
        """Show the keys that act now: in a field letters are text."""
        typing = not isinstance(self.focused, OptionList | None) and self.in_field
        if typing != self._is_typing:
            self._is_typing = typing
            self.draw_keys()
            self.draw_step()

    def action_next_step(self) -> None:
        """Take the step that stands at the bottom; pressed again, the one after it."""
        self._take_offered(1)

    def action_previous_need(self) -> None:
        """Go to the step before the one taken last."""
        self._take_offered(-1)

    def _take_offered(self, way: int) -> None:
        step = self._offered(way)
        if step is not None:
            self.desk.taken = step
            self.take(step)
            self.draw_step()

    def _offered(self, way: int) -> Step | None:
        """The step after, or before, the one taken last where that still waits; else the first, or the last."""
        if self.frame is None:
            return None
        steps = [step for step in self.frame.steps if step.page] or [self.frame.step]
        if self.desk.taken in steps:
            return steps[(steps.index(self.desk.taken) + way) % len(steps)]
        return steps[0 if way > 0 else -1]

    def take(self, step: Step) -> None:
        """Go where a step is taken, and begin it."""
        if not step.page:
            self.say(step.text)
            return
        if step.team:
            self.desk.where.team, self.desk.where.cycle = step.team, step.cycle
        self.post_message(Go(step.page, step.ref, step.command))

    def action_go(self, page: str) -> None:
        """Show another page."""
        self.post_message(Go(page))

    def action_cursor_down(self) -> None:
        """Move down in the list that has the focus."""
        if isinstance(self.focused, OptionList):
            self.focused.action_cursor_down()

    def action_cursor_up(self) -> None:
        """Move up in the list that has the focus."""
        if isinstance(self.focused, OptionList):
            self.focused.action_cursor_up()

    @property
    def in_field(self) -> bool:
        """Whether letters are text now."""
        from textual.widgets import TextArea  # noqa: PLC0415  # loaded with the first form: the first frame does without

        return isinstance(self.focused, Input | TextArea)

    def await_thing(self, ref: str) -> None:
        """Put the cursor on what was just made, once it is shown."""
        self._pending = Go(self.PAGE, ref)
        self.read_again()
