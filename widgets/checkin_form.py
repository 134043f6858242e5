"""The fields of a weekly check-in: Enter goes from each to the next, and from the last one on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from widgets.notes import NoteArea
from widgets.text import words
from widgets.ticks import TickList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from okrtui.service.weekly import Sheet
    from widgets.clash import Clash

NOTES = (("context", "What changed"), ("blocker", "Blocker"), ("next", "Next"))


class CheckinForm(Vertical):
    """Value, confidence, what changed, blocker, next; a milestone's steps stand in place of the value."""

    DEFAULT_CSS = """
    CheckinForm {
        height: auto;
        .numbers { height: 1; }
        .label { width: auto; height: 1; color: $foreground-muted; text-style: bold; }
        .short { width: 14; }
        #confidence { width: 6; margin-left: 0; }
        .hint { width: auto; max-width: 24; height: 1; color: $foreground-muted; padding: 0 2 0 1; }
        Input { height: 1; border: none; padding: 0 1; background: $boost; }
        NoteArea { height: 2; border: none; padding: 0 1; background: $boost; }
        #context { height: 3; }
        TickList { max-height: 6; }
        NoteArea:focus, Input:focus, TickList:focus { background: $primary 25%; }
        .wrong { color: $text-error; height: auto; display: none; }
        .wrong.-said { display: block; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "take_theirs", "Take theirs", id="checkin.theirs", show=False),
        Binding("ctrl+r", "begin_again", "Begin again", id="checkin.again", show=False),
    ]

    class Done(Message):
        """Enter was pressed in the last field."""

    class Typed(Message):
        """Something was typed, ticked or put in."""

    class Took(Message):
        """What somebody else wrote into a field was taken."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class BeginAgain(Message):
        """What was typed is not wanted any more."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._wrong: Mapping[str, str] = {}
        self._clashes: dict[str, Clash] = {}

    def compose(self) -> ComposeResult:
        """All fields, those that do not fit the kind hidden."""
        yield Static("", classes="wrong", id="wrong-others", markup=False)
        yield Static("", classes="wrong", id="wrong-whole", markup=False)
        yield TickList(id="steps")
        yield Static("", classes="wrong", id="wrong-steps", markup=False)
        with Horizontal(classes="numbers"):
            yield Static("Value ", classes="label", id="label-value", markup=False)
            yield Input(id="value", classes="short", compact=True)
            yield Static("", classes="hint", id="unit", markup=False)
            yield Static("Confidence ", classes="label", markup=False)
            yield Input(id="confidence", compact=True, restrict=r"10|[0-9]?|\+", max_length=2)
            yield Static("0 to 10, + is 10", classes="hint", markup=False)
        yield Static("", classes="wrong", id="wrong-value", markup=False)
        yield Static("", classes="wrong", id="wrong-confidence", markup=False)
        for name, label in NOTES:
            yield Static(label, classes="label", markup=False)
            yield NoteArea(id=name)
            yield Static("", classes="wrong", id=f"wrong-{name}", markup=False)

    @property
    def is_asking(self) -> bool:
        """Whether a key result is being checked in."""
        return self._sheet is not None

    def ask(self, sheet: Sheet, values: Mapping[str, object]) -> None:
        """Begin a key result, with these values in the fields."""
        self._sheet = sheet
        self._has_steps = bool(sheet.steps)
        self.query_one("#steps").display = self._has_steps
        for name in ("#value", "#label-value"):
            self.query_one(name).display = not self._has_steps
        self.query_one(TickList).show([(step, step) for step in sheet.steps], ())
        unit = "1 done, 0 not yet" if sheet.card.kind == "binary" else sheet.card.unit
        self.query_one("#unit", Static).update(words("" if self._has_steps else unit))
        for name, value in values.items():
            self.put(name, value)
        self._clashes.clear()
        self.tell({})
        for field in self.query(Input):
            field.disabled = bool(sheet.refusal)
        for area in self.query(NoteArea):
            area.disabled = bool(sheet.refusal)

    def stop(self) -> None:
        """Ask for nothing, so that what is in the fields is no draft."""
        self._sheet = None

    def put(self, name: str, value: object) -> None:
        """Put a value into a field."""
        if name == "steps":
            self.query_one(TickList).tick(str(step) for step in (value if isinstance(value, list | tuple) else ()))
        elif name in {"value", "confidence"}:
            self.query_one(f"#{name}", Input).value = as_typed(value)
        else:
            self.query_one(f"#{name}", NoteArea).text = str(value or "")

    @property
    def values(self) -> dict[str, object]:
        """What the fields hold, as typed."""
        values: dict[str, object] = {name: self.query_one(f"#{name}", NoteArea).text for name, _ in NOTES}
        typed = self.query_one("#confidence", Input).value
        values["confidence"] = "10" if typed == "+" else typed
        if self._has_steps:
            values["steps"] = tuple(self.query_one(TickList).ticked)
        else:
            values["value"] = self.query_one("#value", Input).value
        return values

    def tell(self, wrong: Mapping[str, str]) -> None:
        """Say what is wrong, or worth knowing, beside the fields; under the empty name above them all."""
        self._wrong = wrong
        values = self.values if self.is_asking else {}
        for place in self.query(".wrong").results(Static):
            name = (place.id or "").removeprefix("wrong-")
            if name != "others":
                said = [wrong.get("" if name == "whole" else name, "")]
                said += [self._clashes[name].text(values.get(name))] if name in self._clashes else []
                _say(place, "\n".join(filter(None, said)))

    def tell_clashes(self, clashes: Mapping[str, Clash]) -> None:
        """Show mine, theirs and before beside each field that somebody else has changed, too."""
        self._clashes = dict(clashes)
        self.tell(self._wrong)

    def show_others(self, handles: Sequence[str]) -> None:
        """Say who else checks in this key result now."""
        verb = "is" if len(handles) == 1 else "are"
        for place in self.query("#wrong-others").results(Static):
            _say(place, f"{' and '.join(handles)} {verb} in this form too." if handles else "")

    def action_take_theirs(self) -> None:
        """Put what somebody else wrote into the field that has the focus."""
        name = next((field.id for field in self._order if field.has_focus), None)
        if name is not None and (clash := self._clashes.pop(name, None)):
            self.put(name, clash.theirs)
            self.tell(self._wrong)
            self.post_message(self.Took(name))

    def action_begin_again(self) -> None:
        """Ask the page to begin this one again."""
        self.post_message(self.BeginAgain())

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(TickList.Ticked)
    def _typed(self) -> None:
        if self.is_asking:
            self.post_message(self.Typed())

    def begin(self) -> None:
        """Go into the first field."""
        self._order[0].focus(scroll_visible=False)

    def go_to(self, name: str) -> None:
        """Go into a field."""
        for field in self._order:
            if field.id == name:
                field.focus()

    @property
    def _order(self) -> list[Widget]:
        first = "#steps" if self._has_steps else "#value"
        return [self.query_one(name) for name in (first, "#confidence", "#context", "#blocker", "#next")]

    @on(Input.Submitted)
    @on(NoteArea.Submitted)
    @on(TickList.Submitted)
    def _go_on(self, event: Message) -> None:
        event.stop()
        order = self._order
        here = next((place for place, field in enumerate(order) if field.has_focus), 0)
        if here + 1 < len(order):
            order[here + 1].focus()
        else:
            self.post_message(self.Done())

    @on(Input.Changed, "#confidence")
    def _plus_is_ten(self, event: Input.Changed) -> None:
        if event.value == "+":
            event.input.value = "10"
            event.input.cursor_position = 2


def as_typed(value: object) -> str:
    """A number as it is typed again, with nothing of it lost; words as they are."""
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return str(value or "")


def _say(place: Static, sentence: str) -> None:
    """Show a sentence in its place; one that stands there already is left alone."""
    told = words(sentence, lines=True)
    if place.content != told:
        place.update(told)
        place.set_class(bool(sentence), "-said")
