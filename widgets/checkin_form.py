"""The fields of a weekly check-in: Enter goes from each to the next, and from the last one on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from widgets.marks import number
from widgets.notes import NoteArea
from widgets.text import words
from widgets.ticks import TickList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.widget import Widget

    from okrtui.service.weekly import Sheet

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

    class Done(Message):
        """Enter was pressed in the last field."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None

    def compose(self) -> ComposeResult:
        """All fields, those that do not fit the kind hidden."""
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
            shown = number(value).replace(",", "") if isinstance(value, float | int) else str(value or "")
            self.query_one(f"#{name}", Input).value = shown
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
        for place in self.query(".wrong").results(Static):
            name = (place.id or "").removeprefix("wrong-")
            sentence = wrong.get("" if name == "whole" else name, "")
            place.update(words(sentence, lines=True))
            place.set_class(bool(sentence), "-said")

    def begin(self) -> None:
        """Go into the first field."""
        self._order[0].focus()

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
