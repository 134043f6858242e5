"""The weekly check-in: one key result at a time, everything of the week on one screen, keys only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from okrtui.core.errors import Conflict, Invalid, OkrtuiError
from okrtui.service import checkins, drafts, weekly
from okrtui.service.drafts import Opened
from screens import checkin_shown
from screens.asking import STILL_HERE
from screens.checkin_typed import all_as_typed, form_of, plain_value, same, typed_of
from screens.commands import bindings_of
from screens.page import Page
from widgets.checkin_form import CheckinForm
from widgets.clash import Clash
from widgets.in_view import InView
from widgets.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from okrtui.service.desk import Desk
    from okrtui.service.drafts import Draft
    from okrtui.service.presence import Present
    from okrtui.service.session import Session
    from okrtui.service.weekly import Sheet
    from okrtui.store.events import Event


class CheckinPage(Page):
    """All my key results of all my teams in one queue."""

    PAGE = "checkin"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("checkin")]
    CSS_PATH = "checkin.tcss"

    def body(self) -> ComposeResult:
        """The queue, and the sheet of the one that is chosen."""
        with Horizontal(id="week"):
            yield Listing(id="queue", title="This week")
            with InView(id="sheet"):
                yield Static("", id="about", markup=False)
                yield Static("", id="before", markup=False)
                yield Static("", id="guidance", markup=False)
                yield Static("", id="told", markup=False)
                yield CheckinForm()
            with Vertical(id="end"):
                yield Static("", id="said", markup=False)

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk, notice=notice)
        self._sheets: dict[str, Sheet] = {}
        self._typed: dict[str, dict[str, object]] = {}
        self._began: dict[str, dict[str, object]] = {}
        self._recalled: set[str] = set()
        self._last: dict[str, object] = {}
        self._shown = ""
        self._also = ""
        self._wanted = ""
        self._entered = False
        self._at_end = False
        self._left_on: str | None = None

    def on_mount(self) -> None:
        """Begin with nothing shown."""
        self.query_one("#end").display = False

    def look(self, session: Session) -> Callable[[], None]:
        """The queue of whoever looks, and the key result they were sent to."""
        return partial(self._draw, weekly.queue(session, also=self._also), drafts.waiting(session))

    def concerns(self, event: Event) -> bool:
        """Whatever touches a key result in the queue, or may bring one into it."""
        return event.ref in self._sheets or event.verb.startswith(("kr.", "amendment.", "cycle."))

    def _draw(self, sheets: list[Sheet], kept: list[Draft]) -> None:
        self._sheets = {sheet.card.ref: sheet for sheet in sheets}
        self._recall({draft.form: draft for draft in kept})
        listing = self.query_one("#queue", Listing)
        listing.show(
            [Option(checkin_shown.queue_row(sheet), id=ref) for ref, sheet in self._sheets.items()], "Nothing is due."
        )
        if self._shown in self._sheets and not self._at_end:
            self._catch_up(self._sheets[self._shown])
        elif not self._at_end:
            self._show_first()
        if self._at_end:
            self._show_end()

    def _recall(self, kept: dict[str, Draft]) -> None:
        """Take up what was typed before and not saved, the first time a key result is here."""
        for ref, sheet in self._sheets.items():
            draft = None if ref in self._recalled else kept.get(form_of(sheet))
            self._recalled.add(ref)
            if draft is not None:
                self._began[ref] = {**sheet.offered, **draft.began}
                self._typed[ref] = {**typed_of(sheet.offered), **draft.typed}

    def _show_first(self) -> None:
        first = next((ref for ref, sheet in self._sheets.items() if sheet.now is None), "")
        if self._wanted in self._sheets:
            first, self._wanted = self._wanted, ""
        self._show(first or next(iter(self._sheets), ""))
        if not self._sheets:
            self._show_end()
        elif not self._entered and first and self.desk.follows is None:  # a field is entered by one's own key
            self._entered = True
            self.action_begin()

    def chosen(self) -> str:
        """The key result that is shown."""
        return self._shown

    def choose(self, ref: str) -> None:
        """Show a key result; one that is not in the queue joins it."""
        if ref in self._sheets:
            self._show(ref)
        elif ref.startswith("KR"):
            self._also, self._shown, self._at_end = ref, "", False
            self._wanted = ref
            self.reload()

    # The sheet

    def _show(self, ref: str) -> None:
        self._keep_typed()
        self._shown = ref
        sheet = self._sheets.get(ref)
        self._show_sheet(sheet is not None)
        if sheet is None:
            return
        self.query_one("#queue", Listing).choose(ref)
        self._began.setdefault(ref, dict(sheet.offered))
        form = self.query_one(CheckinForm)
        form.ask(sheet, self._typed.get(ref, sheet.offered))
        self._draw_sheet(sheet)
        if ref in self._typed:
            form.tell({"": STILL_HERE})
        self._catch_up(sheet)
        self.look_around()

    def _show_sheet(self, shown: bool) -> None:  # noqa: FBT001  # whether there is one
        self._at_end = self._at_end and not shown
        self.query_one("#sheet").display = shown
        self.query_one("#end").display = not shown

    def _draw_sheet(self, sheet: Sheet) -> None:
        drawn = {
            "about": checkin_shown.about(sheet),
            "before": checkin_shown.before(sheet),
            "guidance": checkin_shown.guidance(sheet),
            "told": checkin_shown.told(sheet),
        }
        for name, content in drawn.items():
            part = self.query_one(f"#{name}", Static)
            part.update(content)
            part.display = bool(content.plain)

    def _keep_typed(self) -> None:
        """Keep what was typed and not saved, for when this key result is shown again."""
        if self._shown in self._sheets and self.query_one(CheckinForm).is_asking:
            values = self.query_one(CheckinForm).values
            if all_as_typed(values) != all_as_typed(self._began.get(self._shown, {})):
                self._typed[self._shown] = values
            else:
                self._typed.pop(self._shown, None)

    def _catch_up(self, sheet: Sheet) -> None:
        """Take over what somebody else has saved meanwhile, but never over what is typed here."""
        began, stored = self._began.setdefault(self._shown, dict(sheet.offered)), sheet.offered
        self._draw_sheet(sheet)
        if all_as_typed(began) == all_as_typed(stored):
            return
        form = self.query_one(CheckinForm)
        mine = form.values
        clashes = {}
        who = sheet.now.author if sheet.now else ""
        for name, value in stored.items():
            if name not in mine or same(value, began.get(name)):
                continue
            if same(mine[name], began.get(name)):
                form.put(name, value)
                began[name] = value
            elif same(mine[name], value):
                began[name] = value
            else:
                clashes[name] = Clash(value, began.get(name), who)
        form.tell_clashes(clashes)

    # What is typed

    @property
    def form_open(self) -> str:
        """The key result being checked in, while a field of it has the focus."""
        sheet = self._sheets.get(self._shown)
        return form_of(sheet) if sheet is not None and self.in_field else super().form_open

    def show_others(self, others: Sequence[Present]) -> None:
        """Show who else is here, and who is in this form."""
        super().show_others(others)
        sheet = self._sheets.get(self._shown)
        same = [one.handle for one in others if sheet is not None and one.spot.form == form_of(sheet)]
        for form in self.query(CheckinForm):
            form.show_others(same)

    @on(CheckinForm.Typed)
    def _keep(self) -> None:
        """Keep what is typed; what says nothing new is forgotten."""
        sheet, form = self._sheets.get(self._shown), self.query_one(CheckinForm)
        if sheet is None or not form.is_asking or self._shown not in self._began:
            return
        values, began = form.values, self._began[self._shown]
        if values != self._last:
            self._last = values
            keeper = self.desk.keeper(form_of(sheet))
            keeper.opened = Opened(self.PAGE, "checkin.value", sheet.card.ref, sheet.card.team, sheet.cycle)
            keeper.typed(
                {
                    name: plain_value(began.get(name)) if same(value, began.get(name)) else value
                    for name, value in values.items()
                },
                {name: plain_value(value) for name, value in began.items()},
            )

    @on(CheckinForm.Took)
    def _took(self, message: CheckinForm.Took) -> None:
        sheet = self._sheets[self._shown]
        self._began[self._shown][message.name] = sheet.offered[message.name]

    @on(CheckinForm.BeginAgain)
    def _begin_again(self) -> None:
        """Forget what was typed."""
        sheet = self._sheets.get(self._shown)
        if sheet is not None:
            self._typed.pop(self._shown, None)
            self._began[self._shown] = dict(sheet.offered)
            self.query_one(CheckinForm).ask(sheet, sheet.offered)

    @on(OptionList.OptionHighlighted, "#queue")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        if not self.query_one("#queue").has_focus or event.option_id in {None, self._shown, self._left_on}:
            return
        self._left_on = None
        self._show(event.option_id or "")

    @on(OptionList.OptionSelected, "#queue")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id and event.option_id != self._shown:
            self._show(event.option_id)
        self.action_begin()

    # Acts

    def action_begin(self) -> None:
        """Go into the first field."""
        sheet = self._sheets.get(self._shown)
        if sheet is None:
            first = next(iter(self._sheets), "")
            if not first:
                self.say("Nothing is due: your key results are checked in, or none is agreed yet.")
                return
            self._show(first)
            sheet = self._sheets[first]
        if sheet.refusal:
            self.say(sheet.refusal, severity="warning")
        else:
            self.query_one(CheckinForm).begin()
            self.query_one(InView).show_focused()

    def action_leave(self) -> None:
        """Back to navigation; what was typed stays."""
        self._keep_typed()
        self.query_one("#queue").focus()

    def action_next_key_result(self) -> None:
        """The next one in the queue."""
        self._step(1)

    def action_previous_key_result(self) -> None:
        """The one before in the queue."""
        self._step(-1)

    def _step(self, way: int) -> None:
        refs = list(self._sheets)
        if refs:
            here = refs.index(self._shown) if self._shown in refs else -way
            self._show(refs[(here + way) % len(refs)])

    @on(CheckinForm.Done)
    def _done(self) -> None:
        self.action_save()

    @work(group="saving")
    async def action_save(self) -> None:
        """Save, and go on to the next that was not said."""
        ref, form = self._shown, self.query_one(CheckinForm)
        sheet = self._sheets.get(ref)
        if sheet is None or not form.is_asking:
            return
        began = dict(self._began[ref])
        # A field that says what it began with is not this person's to change, whoever saves it meanwhile.
        values = {
            name: began[name] if same(value, began.get(name)) and began.get(name) is not None else value
            for name, value in form.values.items()
        }
        keeper = self.desk.keeper(form_of(sheet))

        def save(session: Session) -> checkins.Saved:
            saved = checkins.check_in(session, ref, values, week=sheet.week, began_from=began)
            drafts.forget(session, keeper.form)
            return saved

        try:
            await keeper.keep()
            keeper.drop()
            saved = await self.desk.write(save)
        except Conflict as error:
            self._began[ref] |= {name: theirs for name, (_, _, theirs) in error.fields.items()}
            form.tell({"": f"{error} ctrl+s again keeps yours."})
            form.tell_clashes({name: Clash(theirs, before) for name, (before, _, theirs) in error.fields.items()})
            return
        except Invalid as error:
            form.tell(error.fields or {"": str(error)})
            form.go_to(next(iter(error.fields), ""))
            return
        except OkrtuiError as error:
            if error.ends_session:
                raise
            form.tell({"": str(error)})
            self._last = {}
            self._keep()  # where there was no room to save, there was none to keep it aside either
            return
        self._typed.pop(ref, None)
        self._began.pop(ref, None)
        self.say(f"{ref} is checked in for week {saved.week}{', late' if saved.late else ''}.")
        self._go_on(ref)

    def _go_on(self, saved: str) -> None:
        waiting = [ref for ref, sheet in self._sheets.items() if sheet.now is None and ref != saved]
        form = self.query_one(CheckinForm)
        form.stop()
        if waiting:
            self._show(waiting[0])
            self.action_begin()
        else:
            self._shown, self._at_end = "", True
            self._left_on = self.query_one("#queue", Listing).chosen
            self._show_sheet(shown=False)
            self.query_one("#queue").focus()
        self.reload()

    def _show_end(self) -> None:
        """What was said this week, as the team will read it."""
        self.query_one("#said", Static).update(checkin_shown.the_week(self._sheets.values()))
        self._show_sheet(shown=False)
        self._at_end = True
