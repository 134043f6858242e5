"""What all the main screens share: the place, the next step, live news, and forms that keep what was typed."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from textual import events, on, work
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.worker import NoActiveWorker, WorkerCancelled, WorkerFailed, get_current_worker

from okrtui.core.errors import Conflict, Invalid, OkrtuiError, StoreError
from okrtui.service import drafts
from okrtui.service.drafts import Opened
from okrtui.service.guide import Frame, Step, frame
from screens.commands import by_id, of_page
from screens.together import Together
from widgets.lines import HeaderLine, KeyLine, StepLine
from widgets.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from textual.app import ComposeResult

    from okrtui.service.desk import Desk
    from okrtui.service.drafts import Draft
    from okrtui.service.keeping import Keeper
    from okrtui.service.session import Session
    from okrtui.store.events import Event
    from screens.dialogs.form import FormDialog
    from widgets.clash import Clash

T = TypeVar("T")

REFS = re.compile(r"\b(?:O|KR|S|C|I|N|P|PR|W|WS)[1-9]\d*\b")
STILL_HERE = "What you typed before is here still. ctrl+r begins again."


class Go(Message):
    """Show another page; choose a thing on it, and run one of its commands."""

    def __init__(self, page: str, ref: str = "", command: str = "") -> None:
        super().__init__()
        self.page, self.ref, self.command = page, ref, command


class Page(Together):
    """A main screen: it reads what it shows through the desk, and reads again when news concerns it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # Textual's way to say it

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk)
        self.frame: Frame | None = None
        self._notice = notice
        self._stale = True
        self._pending: Go | None = None
        self._shown_at: tuple[str, str | None] | None = None
        self._is_typing = False

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

    def _compositor_refresh(self) -> None:
        """Draw what changed, where it would be shown; under a dialog once, not again at every message."""
        if self.app._batch_count:
            self._repaint_required = True
            return
        super()._compositor_refresh()
        if self is not self.app.screen:
            self._repaint_required = False

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
        """Show the keys of this page in its last line; what is refused now is dimmed. In a field only its own keys act."""
        if self._is_typing:
            in_fields = [command for command in of_page(self.PAGE) if command.in_fields]
            self.query_one(KeyLine).show([(one.key, one.written, one.name.lower(), True) for one in in_fields])
            return
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

    # Saying, asking and saving

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """Tell the person something, as text."""
        kind = {"error": "error", "warning": "warning"}.get(severity, "information")
        self.notify(plain(sentence), severity=kind, markup=False, timeout=4 if kind == "information" else 8)  # type: ignore[arg-type]  # one of the three

    @property
    def is_going(self) -> bool:
        """Whether the page is being taken down: what was read for it meanwhile has no place any more."""
        return self._pruning or self._closing or not self.is_attached

    async def read(self, use_case: Callable[[Session], T]) -> T | None:
        """Run a use case that only looks; a refusal is said in its sentence. None where it was refused, or the page is going."""
        try:
            found = await self.desk.read(use_case)
        except StoreError:
            raise
        except OkrtuiError as error:
            self.say(str(error), severity="warning")
            return None
        return None if self.is_going else found

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
        *,
        shown: Callable[[Mapping[str, object]], Mapping[str, object]] | None = None,
    ) -> T | None:
        """Ask with a form until it is saved or left; what was typed comes back with what was wrong.

        ``form`` makes the dialog from the values typed so far and the sentences beside the fields. ``shown`` is given
        where the form shows what is stored, which somebody else may change meanwhile: it makes of stored fields what the
        form holds of them.
        """
        opened = form({}, {})
        about, first = self._named(opened.name_of_form), opened.offered
        kept = await self.desk.aside(lambda session, live: drafts.find(session, about, live=live))
        values, clashes = _again(kept, first, merges=shown is not None) if kept else ({}, {})
        errors: Mapping[str, str] = {"": STILL_HERE} if values else {}
        keeper = self.desk.keeper(about)
        keeper.opened = self._place_of_form()
        self.desk.form = about
        try:
            while True:
                dialog = form(values, errors).keeping(lambda held: keeper.typed(held, first), first, clashes)
                self._asking = dialog
                self.look_around()
                answer = await self.app.push_screen_wait(dialog)
                if answer is None:
                    await self._keep_left(keeper, dialog.unsaved, first)
                    return None
                values = answer
                try:
                    result = await self._save_form(keeper, use_case, dict(answer))
                except StoreError:
                    raise
                except OkrtuiError as error:
                    errors, clashes = _refused(error, shown)
                    keeper.typed(answer, first)
                    continue
                self.say(done(result) if callable(done) else done)
                return result
        finally:
            self.desk.form, self._asking = "", None

    def _named(self, form: str) -> str:
        """A form's name, by which its words are kept: with the place, where it names nothing that stands in one already."""
        if REFS.search(form):
            return form
        return f"{form} ({', '.join(filter(None, (self.desk.where.team, self.desk.where.cycle)))})"

    def _place_of_form(self) -> Opened:
        """Where a form is opened now, by the command whose worker asks."""
        with suppress(NoActiveWorker):
            action = get_current_worker().name.removeprefix("action_")
            command = next((one.id for one in of_page(self.PAGE) if one.action == action), "")
            return Opened(self.PAGE, command, self.chosen(), self.desk.where.team, self.desk.where.cycle or "")
        return Opened()

    async def _save_form(
        self, keeper: Keeper, use_case: Callable[[Session, dict[str, object]], T], typed: dict[str, object]
    ) -> T:
        """Save, and forget what was kept of the form in the same turn."""

        def save(session: Session) -> T:
            result = use_case(session, typed)
            drafts.forget(session, keeper.form)
            return result

        await keeper.keep()  # a save may stand in line for seconds, and the line may drop meanwhile
        keeper.drop()
        return await self.desk.write(save)

    async def _keep_left(self, keeper: Keeper, unsaved: dict[str, object], first: Mapping[str, object]) -> None:
        """Keep what was typed in a form that was left, until it is opened again."""
        keeper.typed(unsaved, first)
        await keeper.keep()
        self._stale = True  # what needs this person has one more, or one less
        self.refresh_if_stale()
        if unsaved != first:
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

    # Suggesting, from any page

    @work(group="asking")
    async def action_suggest(self) -> None:
        """Suggest other words or another number for the chosen objective or key result."""
        from screens import suggesting  # noqa: PLC0415  # as above

        await suggesting.suggest(self, self.chosen())

    # Searching, and the line of sight, from any page

    @work(group="asking")
    async def action_search(self) -> None:
        """Search, and go to what is chosen."""
        from screens import searching  # noqa: PLC0415  # as above

        await searching.search(self)

    @work(group="asking")
    async def action_sight(self) -> None:
        """Show every way up from the chosen thing; where nothing is chosen that has any, from all of one's own."""
        from screens import searching  # noqa: PLC0415  # as above

        await searching.sight(self, self.chosen())

    # Undoing, on any page

    @work(group="moving")
    async def action_undo(self) -> None:
        """Undo one's own last act, where nobody else was told of it; say what is so again, or why not."""
        from okrtui.service import undo  # noqa: PLC0415  # as above

        again = await self.save(undo.undo)
        if again:
            self.say(again)

    def wait_for(self, asking: Coroutine[None, None, object]) -> None:
        """Run something that asks and saves, without holding up the screen."""
        self.run_worker(asking, group="asking", exit_on_error=True)


def _again(kept: Draft, first: Mapping[str, object], *, merges: bool) -> tuple[dict[str, object], dict[str, Clash]]:
    """A form with what was typed before, and where somebody else changed the same meanwhile; nothing where all is saved."""
    from widgets.clash import Clash  # noqa: PLC0415  # loaded with a form: the first frame does without

    typed = {name: value for name, value in kept.typed.items() if name in first and value != first[name]}
    if not typed:
        return {}, {}
    moved = [name for name in typed if kept.began.get(name) != first[name]] if merges else []
    return {**first, **typed}, {name: Clash(first[name], kept.began.get(name)) for name in moved}


def _refused(
    error: OkrtuiError, shown: Callable[[Mapping[str, object]], Mapping[str, object]] | None
) -> tuple[dict[str, str], dict[str, Clash]]:
    """What is said in a form and beside its fields where saving was refused."""
    from widgets.clash import Clash  # noqa: PLC0415  # as above

    if isinstance(error, Invalid):
        return error.fields or {"": str(error)}, {}
    if not isinstance(error, Conflict):
        return {"": str(error)}, {}
    as_held = shown or dict
    before = as_held({name: both[0] for name, both in error.fields.items()})
    theirs = as_held({name: both[2] for name, both in error.fields.items()})
    clashes = {name: Clash(theirs[name], before[name]) for name in error.fields}
    return {"": f"{error} Saving again keeps yours."}, clashes
