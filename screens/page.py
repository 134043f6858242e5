"""What all the main screens share: the place, the next step, live news, and forms that keep what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on, work
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, TextArea

from okrtui.core.errors import Conflict, Invalid, OkrtuiError, StoreError
from okrtui.service.guide import Frame, Step, frame
from screens.commands import by_id, of_page
from widgets.lines import HeaderLine, KeyLine, StepLine
from widgets.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from textual.app import ComposeResult

    from okrtui.service.desk import Desk
    from okrtui.service.session import Session
    from okrtui.store.events import Event
    from screens.dialogs.form import FormDialog

T = TypeVar("T")


class Go(Message):
    """Show another page; choose a thing on it, and run one of its commands."""

    def __init__(self, page: str, ref: str = "", command: str = "") -> None:
        super().__init__()
        self.page, self.ref, self.command = page, ref, command


class Page(Screen[None]):
    """A main screen: it reads what it shows through the desk, and reads again when news concerns it."""

    PAGE: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # Textual's way to say it

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.frame: Frame | None = None
        self._notice = notice
        self._stale = True
        self._pending: Go | None = None
        self._shown_at: tuple[str, str | None] | None = None

    def compose(self) -> ComposeResult:
        """The lines around every screen; what is between them is the page's."""
        yield HeaderLine()
        yield from self.body()
        yield StepLine()
        yield KeyLine()

    def body(self) -> ComposeResult:
        """What the page shows between the lines."""
        raise NotImplementedError

    def look(self, session: Session) -> Callable[[], None]:
        """Read what the page shows, on the gateway's thread, and give what draws it, keeping cursor and text, on the loop."""
        raise NotImplementedError

    def chosen(self) -> str:
        """The ref of what the cursor is on; empty where there is none."""
        return ""

    def choose(self, ref: str) -> bool | None:
        """Put the cursor on a thing; False where it is not here."""
        del ref
        return None

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

    def refresh_if_stale(self) -> None:
        """Read again if anything changed since the last time."""
        if self._stale and self.desk.where.team:
            self._stale = False
            self.reload()

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
            around, draw = await self.desk.read(lambda session: (frame(session, team, cycle), self.look(session)))
        except StoreError:
            raise
        except OkrtuiError as error:
            self.say(str(error), severity="error")
            return
        self.frame = around
        self._shown_at = (team, cycle)
        self.query_one(HeaderLine).show(around, self._notice)
        draw()
        self.draw_step()
        self.draw_keys()
        self._carry_out()

    def go_here(self, message: Go) -> None:
        """Choose a thing and run a command, once what is shown is current."""
        self._pending = message
        if self._shown_at != (self.desk.where.team, self.desk.where.cycle):
            self._stale = True
            self.refresh_if_stale()
        if not self._stale and self.frame is not None and not self._is_reloading():
            self._carry_out()

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
            self.call_after_refresh(self.run_action, by_id(message.command).action)

    # Keys

    def draw_keys(self) -> None:
        """Show the keys of this page in its last line; what is refused now is dimmed."""
        hints = [
            (command.key, command.written, command.label, not self.refusal(command.id))
            for command in of_page(self.PAGE)
            if command.label
        ]
        self.query_one(KeyLine).show(hints)

    def refusal(self, command: str) -> str:
        """Why a command is not for this person or this thing now; empty when it is."""
        del command
        return ""

    @on(KeyLine.Pressed)
    def _press(self, message: KeyLine.Pressed) -> None:
        self.app.simulate_key(message.key)

    def draw_step(self) -> None:
        """Show the step that the next key takes."""
        step = self._offered(1)
        if step is not None:
            self.query_one(StepLine).show(step, by_id("next").written)

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
        steps = [step for step in self.frame.steps if step.command] or [self.frame.step]
        if self.desk.taken in steps:
            return steps[(steps.index(self.desk.taken) + way) % len(steps)]
        return steps[0 if way > 0 else -1]

    def take(self, step: Step) -> None:
        """Go where a step is taken, and begin it."""
        if not step.command:
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
        return isinstance(self.focused, Input | TextArea)

    # Saying, asking and saving

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """Tell the person something, as text."""
        kind = {"error": "error", "warning": "warning"}.get(severity, "information")
        self.notify(plain(sentence), severity=kind, markup=False, timeout=4 if kind == "information" else 8)  # type: ignore[arg-type]  # one of the three

    async def read(self, use_case: Callable[[Session], T]) -> T | None:
        """Run a use case that only looks; a refusal is said in its sentence. None where it was refused."""
        try:
            return await self.desk.read(use_case)
        except StoreError:
            raise
        except OkrtuiError as error:
            self.say(str(error), severity="warning")
            return None

    async def save(self, use_case: Callable[[Session], T], done: str = "") -> T | None:
        """Run a use case that needs no form; a refusal is said in its sentence. None where it was refused."""
        try:
            result = await self.desk.write(use_case)
        except StoreError:
            raise
        except OkrtuiError as error:
            self.say(str(error), severity="warning")
            return None
        if done:
            self.say(done)
        return result

    async def ask(
        self,
        form: Callable[[Mapping[str, object], Mapping[str, str]], FormDialog],
        use_case: Callable[[Session, dict[str, object]], T],
        done: Callable[[T], str] | str = "",
    ) -> T | None:
        """Ask with a form until it is saved or left; what was typed comes back with what was wrong.

        ``form`` makes the dialog from the values typed so far and the sentences beside the fields.
        """
        values: Mapping[str, object] = {}
        errors: Mapping[str, str] = {}
        about = form(values, errors).name_of_form
        if about in self.desk.left:
            values, errors = self.desk.left.pop(about), {"": "What you typed before is here still."}
        while True:
            dialog = form(values, errors)
            answer = await self.app.push_screen_wait(dialog)
            if answer is None:
                self._keep_left(about, dialog)
                return None
            values = answer
            typed = dict(answer)
            try:
                result = await self.desk.write(lambda session, typed=typed: use_case(session, typed))  # type: ignore[misc]  # a lambda's default has no annotation
            except StoreError:
                raise
            except Invalid as error:
                errors = error.fields or {"": str(error)}
                continue
            except Conflict as error:
                theirs = {name: f"Theirs: {_shown(both[2])}" for name, both in error.fields.items()}
                errors = {"": f"{error} Saving again keeps yours.", **theirs}
                continue
            except OkrtuiError as error:
                errors = {"": str(error)}
                continue
            self.say(done(result) if callable(done) else done)
            return result

    def _keep_left(self, about: str, dialog: FormDialog) -> None:
        """Keep what was typed in a form that was left, until it is opened again."""
        if dialog.unsaved:
            self.desk.left[about] = dialog.unsaved
            self.say("What you typed is kept: it is there when you open this form again.")

    async def confirmed(self, question: str, yes: str) -> bool:
        """Ask before what the others are told."""
        from screens.dialogs.confirm import Confirm  # noqa: PLC0415  # loaded when asked for

        answer: bool = await self.app.push_screen_wait(Confirm(question, yes=yes))
        return answer

    def await_thing(self, ref: str) -> None:
        """Put the cursor on what was just made, once it is shown."""
        self._pending = Go(self.PAGE, ref)
        self._stale = True
        self.refresh_if_stale()

    # Commenting, from any page

    @work(group="asking")
    async def action_comment(self) -> None:
        """Comment on the chosen objective or key result."""
        from screens import commenting  # noqa: PLC0415  # loaded when asked for: the first frame does without

        await commenting.comment(self, self.chosen())

    def wait_for(self, asking: Coroutine[None, None, object]) -> None:
        """Run something that asks and saves, without holding up the screen."""
        self.run_worker(asking, group="asking", exit_on_error=True)


def _shown(value: object) -> str:
    """Another person's value beside a field."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, list):
        return ", ".join(str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in value)
    return str(value)
