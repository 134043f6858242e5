"""A form: labelled fields, what is wrong beside each while it is typed, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from screens.dialogs.dialog import Dialog
from widgets.notes import NoteArea
from widgets.text import joined, plain, words
from widgets.ticks import TickList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from widgets.clash import Clash


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    ``kind`` line is one line, note several, choice one of ``choices``, several any of them; a choice is a value with its
    words. ``only_for`` hides the field while it says no to the values typed so far.
    """

    name: str
    label: str
    kind: Literal["line", "note", "choice", "several"] = "line"
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    only_for: Callable[[Mapping[str, object]], bool] | None = None

    def held(self, value: object) -> object:
        """A value as the field's widget holds it."""
        if self.kind == "several":
            given = [str(one) for one in value] if isinstance(value, list | tuple) else []
            return [choice for choice, _ in self.choices if choice in given]
        text = "" if value is None else str(value)
        if self.kind == "choice" and text not in dict(self.choices):
            return self.choices[0][0] if self.choices else ""
        return text


class ChoiceList(OptionList):
    """One of a few, chosen with the arrows or a first letter; Enter goes on. Only what is chosen shows without the focus."""

    DEFAULT_CSS = """
    ChoiceList {
        height: 1;
        border: none;
        padding: 0;
        scrollbar-size-vertical: 0;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .option-list--option-highlighted { background: transparent; color: $text; text-style: none; }
        &:focus {
            height: auto;
            max-height: 7;
            scrollbar-size-vertical: 1;
            & > .option-list--option-highlighted { background: $primary 50%; color: $text; text-style: bold; }
        }
    }
    """

    class Chosen(Message):
        """Enter was pressed on a choice."""

    def __init__(self, choices: Sequence[tuple[str, str]], chosen: str, *, id: str) -> None:  # noqa: A002  # Textual's name
        options = [Option(words(text), id=f"choice-{place}") for place, (_, text) in enumerate(choices)]
        super().__init__(*options, id=id, markup=False, compact=True)
        self._values = [value for value, _ in choices]
        self._words = [text.lstrip("@ ").casefold() for _, text in choices]
        self._first = self._values.index(chosen) if chosen in self._values else 0
        self._is_open = False
        self._opens = False

    def on_mount(self) -> None:
        """Begin on what is chosen."""
        self.highlighted = self._first

    def on_focus(self) -> None:
        """Open."""
        self.call_after_refresh(self._opened)

    def _opened(self) -> None:
        self._is_open = self.has_focus
        self.scroll_to_highlight()

    def on_blur(self) -> None:
        """Close to what is chosen."""
        self._is_open = False
        self.call_after_refresh(self.scroll_to_highlight, top=True)

    def on_mouse_down(self) -> None:
        """A press that brings the focus opens the list, and chooses nothing yet."""
        self._opens = not self._is_open

    async def _on_click(self, event: events.Click) -> None:
        if self._opens:
            event.prevent_default()
            event.stop()

    @property
    def value(self) -> str:
        """What is chosen now."""
        place = self._first if self.highlighted is None else self.highlighted
        return self._values[place] if self._values else ""

    def choose(self, value: str) -> None:
        """Choose a value, where it is one of them."""
        if value in self._values:
            self.highlighted = self._values.index(value)

    def action_select(self) -> None:
        """Go on to the next field."""
        self.post_message(self.Chosen())

    def on_key(self, event: events.Key) -> None:
        """Go to the next choice that begins with the letter typed."""
        if not event.is_printable or event.character is None:
            return
        letter = event.character.casefold()
        here = self._first if self.highlighted is None else self.highlighted
        order = [*range(here + 1, len(self._words)), *range(here + 1)]
        self.highlighted = next((at for at in order if self._words[at].startswith(letter)), here)
        event.stop()


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
        .wrong.-said { display: block; }
        Input { height: 1; border: none; padding: 0 1; background: $boost; }
        NoteArea { height: 3; border: none; padding: 0 1; background: $boost; }
        NoteArea:focus, Input:focus { background: $primary 25%; }
        ChoiceList { background: $boost; }
        #buttons { height: 1; align-horizontal: right; }
        Button { height: 1; min-width: 10; border: none; margin-left: 2; }
        #whole { color: $text-error; height: auto; display: none; }
        #whole.-said { display: block; }
        #hint { color: $text-muted; height: auto; }
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
        intro: str = "",
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
        self._intro = intro
        self._save_label = save_label
        self._began: dict[str, object] = {}
        self._touched: set[str] = set()
        self._said: dict[str, str] = {}
        self._latest: dict[str, object] = {}
        self._first: Mapping[str, object] = {}
        self._clashes: dict[str, Clash] = {}
        self._keep: Callable[[dict[str, object]], None] | None = None
        self._others: tuple[str, ...] = ()
        self.unsaved: dict[str, object] = {}

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
        with VerticalScroll(id="form", can_focus=False) as form:
            form.border_title = Content(plain(self._title))
            form.border_subtitle = Content("Enter next · ctrl+s save · Esc leave")
            yield Static("", id="others", markup=False)
            if self._intro:
                yield Static(words(self._intro, lines=True), id="hint", markup=False)
            with Vertical(id="fields"):
                for field in self._fields:
                    with Vertical(classes="field", id=f"field-{field.name}"):
                        hint = (f"  {plain(field.hint)}", "not bold $foreground-muted") if field.hint else ""
                        opens = " ▾" if field.kind == "choice" else ""
                        yield Static(joined(f"{plain(field.label)}{opens}", hint), classes="label", markup=False)
                        yield self._widget(field)
                        yield Static("", classes="wrong", id=f"wrong-{field.name}", markup=False)
            with Vertical(id="foot"):
                yield Static("", id="whole", markup=False)
                with Horizontal(id="buttons"):
                    yield Button(Content(self._save_label), id="save", variant="primary", compact=True)
                    yield Button(Content("Leave"), id="leave", compact=True)

    def _widget(self, field: Field) -> Widget:
        value = self._values.get(field.name, "")
        name = f"in-{field.name}"
        match field.kind:
            case "note":
                return NoteArea(str(value or ""), id=name)
            case "choice":
                return ChoiceList(field.choices, str(value or ""), id=name)
            case "several":
                chosen = value if isinstance(value, list | tuple) else ()
                return TickList(field.choices, [str(one) for one in chosen], id=name)
            case _:
                line = Input("" if value is None else str(value), id=name, compact=True, select_on_focus=False)
                line.cursor_blink = False
                return line

    def on_mount(self) -> None:
        """Begin in the first field, or in the first one that is wrong."""
        self._began = self._latest = self._held()
        self._show_errors(self._errors)
        self._hide_unasked()
        said = {**self._errors, **self._clashes}
        wrong = next((field.name for field in self._fields if field.name in said), None)
        first = wrong or self._fields[0].name
        self.query_one(f"#in-{first}").focus(scroll_visible=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Bring the whole of a field into view, its label and what is wrong with it too."""
        parent = event.widget.parent
        if isinstance(parent, Vertical) and parent.has_class("field"):
            self.call_after_refresh(parent.scroll_visible, animate=False)

    @property
    def values(self) -> dict[str, object]:
        """What the fields that are asked hold now."""
        held = self._held()
        return {
            field.name: held[field.name] for field in self._fields if field.only_for is None or field.only_for(held)
        }

    def _held(self) -> dict[str, object]:
        """What every field holds now, asked or not."""
        return {field.name: self._value(field) for field in self._fields}

    def _value(self, field: Field) -> object:
        widget = self.query_one(f"#in-{field.name}")
        if isinstance(widget, NoteArea):
            return widget.text
        if isinstance(widget, Input | ChoiceList):
            return widget.value
        return widget.ticked if isinstance(widget, TickList) else ""

    def _hide_unasked(self) -> None:
        held = self._held()
        for field in self._fields:
            if field.only_for is not None:
                self.query_one(f"#field-{field.name}").display = field.only_for(held)

    def _show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what is wrong beside the fields; a place that says the same already is left alone."""
        known = {field.name for field in self._fields}
        held = self._latest
        told = {name: clash.text(held.get(name)) for name, clash in self._clashes.items() if name in known}
        errors = {**errors, **{name: "\n".join(filter(None, (errors.get(name), told[name]))) for name in told}}
        for name in known:
            sentence = errors.get(name, "")
            if sentence != self._said.get(name, ""):
                place = self.query_one(f"#wrong-{name}", Static)
                place.update(words(sentence, lines=True))
                place.set_class(bool(sentence), "-said")
        rest = " ".join(sentence for name, sentence in errors.items() if name not in known)
        if rest != self._said.get("", ""):
            whole = self.query_one("#whole", Static)
            whole.update(words(rest))
            whole.set_class(bool(rest), "-said")
        self._said = {**errors, "": rest}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OptionList.OptionHighlighted)
    @on(TickList.Ticked)
    def _typed(self) -> None:
        held = self._held()
        self._touched |= {name for name, value in held.items() if value != self._began.get(name)}
        if held != self._latest:
            self._latest = held
            if self._keep is not None:
                self._keep(held)
        self._hide_unasked()
        self._show_errors({**self._still_said(), **self._wrong_now()})

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
        return name in self._touched and self._value_is_there(name)

    def _value_is_there(self, name: str) -> bool:
        field = next((one for one in self._fields if one.name == name), None)
        return field is not None and bool(self._value(field))

    @on(Input.Submitted)
    @on(NoteArea.Submitted)
    @on(ChoiceList.Chosen)
    @on(TickList.Submitted)
    def _go_on(self, event: Message) -> None:
        event.stop()
        asked = [field for field in self._fields if self.query_one(f"#field-{field.name}").display]
        here = next((place for place, field in enumerate(asked) if self.query_one(f"#in-{field.name}").has_focus), -1)
        if here + 1 < len(asked):
            self.query_one(f"#in-{asked[here + 1].name}").focus()
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
        self.dismiss(self.values)

    def action_leave(self) -> None:
        """Leave without saving; ``unsaved`` holds what was typed, for whoever asked to keep."""
        self.unsaved = self._held()
        self.dismiss(None)

    def action_take_theirs(self) -> None:
        """Put what somebody else wrote into the field that has the focus."""
        here = next((one for one in self._fields if self.query_one(f"#in-{one.name}").has_focus), None)
        if here is not None and (clash := self._clashes.pop(here.name, None)):
            self._put(here, clash.theirs)
            self._typed()

    def action_begin_again(self) -> None:
        """Put back what the form began with; what was typed is forgotten."""
        self._clashes.clear()
        for field in self._fields:
            if field.name in self._first:
                self._put(field, self._first[field.name])
        self._typed()

    def _put(self, field: Field, value: object) -> None:
        """Put a value into a field."""
        widget = self.query_one(f"#in-{field.name}")
        if isinstance(widget, NoteArea):
            widget.text = str(field.held(value))
        elif isinstance(widget, Input):
            widget.value = str(field.held(value))
        elif isinstance(widget, ChoiceList):
            widget.choose(str(value))
        elif isinstance(widget, TickList):
            widget.tick(str(one) for one in (value if isinstance(value, list | tuple) else ()))
