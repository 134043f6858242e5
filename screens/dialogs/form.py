"""A form: labelled fields, what is wrong beside each while it is typed, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static, TextArea

from screens.dialogs.dialog import Dialog
from screens.dialogs.field import FieldBox
from widgets.choice_list import ChoiceList
from widgets.in_view import InView
from widgets.notes import NoteArea
from widgets.reading import Reading
from widgets.text import plain, words
from widgets.ticks import TickList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.message import Message

    from screens.dialogs.field import Field
    from widgets.clash import Clash

    Advise = Callable[[Mapping[str, object]], Mapping[str, Content]]
    """What might be better, by field, of the values typed so far."""


LONG_INTRO = 400
"""From how many characters on what a form begins with stands in a part of its own, which scrolls."""


class FormDialog(Dialog["dict[str, object] | None"]):
    """Asks for a few fields; gives their values, or None when it is left.

    It never saves: whoever asks does, and shows the form again with the same values where saving was refused.
    """

    DEFAULT_CSS = """
    FormDialog {
        align: center middle;
        & > #form {
            width: 90%;
            max-width: 84;
            height: auto;
            max-height: 96%;
            border: round $accent;
            background: $surface;
            padding: 0 1;
            scrollbar-size-vertical: 1;
        }
        #fields { height: auto; }
        #foot { dock: bottom; height: auto; }
        .field { height: auto; }
        .label { color: $text-muted; text-style: bold; height: 1; }
        .wrong { color: $text-error; height: auto; display: none; }
        .wrong.-said, .advice.-said { display: block; }
        .advice { color: $text-muted; height: auto; display: none; }
        Input { height: 1; border: none; padding: 0 1; background: $boost; }
        NoteArea { height: 3; border: none; padding: 0 1; background: $boost; }
        NoteArea:focus, Input:focus { background: $primary 25%; }
        ChoiceList { background: $boost; }
        #buttons { height: 1; align-horizontal: right; }
        Button { height: 1; min-width: 10; border: none; margin-left: 2; }
        #whole { color: $text-error; height: auto; display: none; }
        #whole.-said { display: block; }
        #hint { color: $text-muted; height: auto; }
        #intro { height: auto; max-height: 9; }
        #others { color: $text-warning; height: auto; display: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="form.leave"),
        Binding("ctrl+s", "save", "Save", id="form.save", priority=True),
        Binding("ctrl+t", "take_theirs", "Take theirs", id="form.theirs", priority=True),
        Binding("ctrl+r", "begin_again", "Begin again", id="form.again", priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, object],
        errors: Mapping[str, str],
        *,
        check: Callable[[Mapping[str, object]], Mapping[str, str]] | None = None,
        intro: str | Content = "",
        save_label: str = "Save",
        about: str = "",
    ) -> None:
        super().__init__()
        self.name_of_form = about or title
        """What tells this form from others: ``about``, or its title, which names what it is about."""
        self._title = title
        self._fields = fields
        self._values = dict(values)
        self._errors = dict(errors)
        self._check = check
        self._advise: Advise | None = None
        is_long = isinstance(intro, str) and len(intro) > LONG_INTRO
        self._intro = words(intro, lines=True) if is_long else intro
        self._save_label = save_label
        self._began: dict[str, object] = {}
        self._touched: set[str] = set()
        self._said: dict[str, str] = {}
        self._advised: Mapping[str, Content] = {}
        self._latest: dict[str, object] = {}
        self._first: Mapping[str, object] = {}
        self._clashes: dict[str, Clash] = {}
        self._keep: Callable[[dict[str, object]], None] | None = None
        self._others: tuple[str, ...] = ()
        self.unsaved: dict[str, object] = {}

    def advising(self, advise: Advise) -> FormDialog:
        """Say under the fields what ``advise`` makes of them while they are typed; it stops nobody."""
        self._advise = advise
        return self

    def keeping(
        self,
        keep: Callable[[dict[str, object]], None],
        first: Mapping[str, object],
        clashes: Mapping[str, Clash],
    ) -> FormDialog:
        """Tell ``keep`` of every change; ``first`` is what to begin again with, ``clashes`` what others wrote meanwhile."""
        self._keep, self._first, self._clashes = keep, first, dict(clashes)
        return self

    @property
    def offered(self) -> dict[str, object]:
        """What its fields begin with, as they hold it."""
        return {field.name: field.held(self._values.get(field.name)) for field in self._fields}

    def show_others(self, handles: Sequence[str]) -> None:
        """Say who else is in this form now."""
        if tuple(handles) == self._others:
            return
        self._others = tuple(handles)
        verb = "is" if len(handles) == 1 else "are"
        for place in self.query("#others").results(Static):  # there is none any more while it is closing
            place.update(words(f"{' and '.join(handles)} {verb} in this form too." if handles else ""))
            place.display = bool(handles)

    def compose(self) -> ComposeResult:
        """A label, a widget and a place for a sentence for each field."""
        with InView(id="form", whole=FieldBox) as form:  # its label and what is wrong with it, too
            form.border_title = Content(plain(self._title))
            form.border_subtitle = Content("Enter next · ctrl+s save · Esc leave")
            yield Static("", id="others", markup=False)
            if isinstance(self._intro, Content):
                intro = Reading(id="intro")
                intro.border_subtitle = Content("shift+tab to read on")
                yield intro
            elif self._intro:
                yield Static(words(self._intro, lines=True), id="hint", markup=False)
            with Vertical(id="fields"):
                for field in self._fields:
                    yield FieldBox(field, self._values.get(field.name, ""), is_advised=self._advise is not None)
            with Vertical(id="foot"):
                yield Static("", id="whole", markup=False)
                with Horizontal(id="buttons"):
                    yield Button(Content(self._save_label), id="save", variant="primary", compact=True)
                    yield Button(Content("Leave"), id="leave", compact=True)

    def _box(self, name: str) -> FieldBox:
        return self.query_one(f"#field-{name}", FieldBox)

    def on_mount(self) -> None:
        """Begin in the first field, or in the first one that is wrong."""
        if not self.query(f"#in-{self._fields[0].name}"):  # the program ends while it opens
            return
        if isinstance(self._intro, Content):
            self.query_one("#intro", Reading).show("", self._intro)
        self._began = self._latest = self._held()
        self._show_errors(self._errors)
        self._show_advice()
        self._hide_unasked()
        said = {**self._errors, **self._clashes}
        wrong = next((field.name for field in self._fields if field.name in said), None)
        first = wrong or self._fields[0].name
        self._box(first).entry.focus(scroll_visible=False)

    @property
    def values(self) -> dict[str, object]:
        """What the fields that are asked hold now."""
        held = self._held()
        return {
            field.name: held[field.name] for field in self._fields if field.only_for is None or field.only_for(held)
        }

    def _held(self) -> dict[str, object]:
        """What every field holds now, asked or not."""
        return {box.field.name: box.value for box in self.query(FieldBox)}

    def _hide_unasked(self) -> None:
        held = self._held()
        for field in self._fields:
            if field.only_for is not None:
                self._box(field.name).display = field.only_for(held)

    def _show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what is wrong beside the fields; a place that says the same already is left alone."""
        known = {field.name for field in self._fields}
        held = self._latest
        told = {name: clash.text(held.get(name)) for name, clash in self._clashes.items() if name in known}
        errors = {**errors, **{name: "\n".join(filter(None, (errors.get(name), told[name]))) for name in told}}
        for name in known:
            sentence = errors.get(name, "")
            if sentence != self._said.get(name, ""):
                self._box(name).say_wrong(sentence)
        rest = " ".join(sentence for name, sentence in errors.items() if name not in known)
        if rest != self._said.get("", ""):
            whole = self.query_one("#whole", Static)
            whole.update(words(rest))
            whole.set_class(bool(rest), "-said")
        self._said = {**errors, "": rest}

    def _show_advice(self) -> None:
        """Say under the fields what might be better; what is said already is left alone."""
        advice = self._advise(self.values) if self._advise is not None else {}
        for name in {*advice, *self._advised}:
            if advice.get(name) != self._advised.get(name):
                self._box(name).advise(advice.get(name))
        self._advised = advice

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OptionList.OptionHighlighted)
    @on(TickList.Ticked)
    def _typed(self) -> None:
        if self.is_going:
            return
        held = self.note()
        self._touched |= {name for name, value in held.items() if value != self._began.get(name)}
        self._hide_unasked()
        self._show_errors({**self._still_said(), **self._wrong_now()})
        self._show_advice()

    def note(self) -> dict[str, object]:
        """Tell whoever keeps the words what the fields hold, where that is new; what they hold."""
        if self.is_going or not self.is_mounted:
            return self._latest
        held = self._held()
        if held != self._latest:
            self._latest = held
            if self._keep is not None:
                self._keep(held)
        return held

    def _still_said(self) -> dict[str, str]:
        """What was said when the form was opened, of fields that are as they were."""
        return {
            name: said
            for name, said in self._errors.items()
            if name not in self._touched and (name or not self._touched)
        }

    def _wrong_now(self) -> dict[str, str]:
        wrong = self._check(self.values) if self._check is not None else {}
        return {name: sentence for name, sentence in wrong.items() if self._is_worth_saying(name)}

    def _is_worth_saying(self, name: str) -> bool:
        """A field nobody has been in yet is not wrong, only empty."""
        return name in self._touched and bool(self._latest.get(name))

    @on(Input.Submitted)
    @on(NoteArea.Submitted)
    @on(ChoiceList.Chosen)
    @on(TickList.Submitted)
    def _go_on(self, event: Message) -> None:
        event.stop()
        if self.is_going:
            return
        asked = [box.entry for box in self.query(FieldBox) if box.display]
        here = next((place for place, entry in enumerate(asked) if entry.has_focus), -1)
        if here + 1 < len(asked):
            asked[here + 1].focus()
        else:
            self.action_save()

    @on(Button.Pressed, "#save")
    def _saved(self) -> None:
        self.action_save()

    @on(Button.Pressed, "#leave")
    def _left(self) -> None:
        self.action_leave()

    def action_save(self) -> None:
        """Give the values to whoever asked."""
        if not self.is_going:
            self.dismiss(self.values)

    def action_leave(self) -> None:
        """Leave without saving; ``unsaved`` holds what was typed, for whoever asked to keep."""
        if not self.is_going:
            self.unsaved = self._held()
            self.dismiss(None)

    def action_take_theirs(self) -> None:
        """Put what somebody else wrote into the field that has the focus."""
        here = next((box for box in self.query(FieldBox) if box.entry.has_focus), None)
        if here is not None and (clash := self._clashes.pop(here.field.name, None)):
            here.put(clash.theirs)
            self._typed()

    def action_begin_again(self) -> None:
        """Put back what the form began with; what was typed is forgotten."""
        self._clashes.clear()
        for field in self._fields:
            if field.name in self._first:
                self._box(field.name).put(self._first[field.name])
        self._typed()
