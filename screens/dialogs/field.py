"""One field of a form: its label, what is typed into it, what is wrong with that, and what might be better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.containers import Vertical
from textual.widgets import Input, Static

from widgets.choice_list import ChoiceList
from widgets.notes import NoteArea
from widgets.text import joined, plain, words
from widgets.ticks import TickList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget


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


class FieldBox(Vertical):
    """A field where it is filled in."""

    def __init__(self, field: Field, value: object, *, is_advised: bool) -> None:
        """Begin with ``value``; ``is_advised`` leaves a place for what might be better."""
        super().__init__(classes="field", id=f"field-{field.name}")
        self.field = field
        self._first = value
        self._is_advised = is_advised

    def compose(self) -> ComposeResult:
        """The label, the widget, and places for sentences."""
        field = self.field
        hint = (f"  {plain(field.hint)}", "not bold $foreground-muted") if field.hint else ""
        opens = " ▾" if field.kind == "choice" else ""
        yield Static(joined(f"{plain(field.label)}{opens}", hint), classes="label", markup=False)
        yield self._widget()
        yield Static("", classes="wrong", id=f"wrong-{field.name}", markup=False)
        if self._is_advised:
            yield Static("", classes="advice", id=f"advice-{field.name}", markup=False)

    def _widget(self) -> Widget:
        field, value, name = self.field, self._first, f"in-{self.field.name}"
        match field.kind:
            case "note":
                return NoteArea(str(value or ""), id=name)
            case "choice":
                return ChoiceList(field.choices, str(value or ""), id=name)
            case "several":
                chosen = value if isinstance(value, list | tuple) else ()
                return TickList(field.choices, [str(one) for one in chosen], id=name, narrows=True)
            case _:
                line = Input("" if value is None else str(value), id=name, compact=True, select_on_focus=False)
                line.cursor_blink = False
                return line

    @property
    def entry(self) -> Widget:
        """What is typed into."""
        return self.query_one(f"#in-{self.field.name}")

    @property
    def value(self) -> object:
        """What it holds now."""
        entry = self.entry
        if isinstance(entry, NoteArea):
            return entry.text
        if isinstance(entry, Input | ChoiceList):
            return entry.value
        return entry.ticked if isinstance(entry, TickList) else ""

    def put(self, value: object) -> None:
        """Put a value into it."""
        entry = self.entry
        if isinstance(entry, NoteArea):
            entry.text = str(self.field.held(value))
        elif isinstance(entry, Input):
            entry.value = str(self.field.held(value))
        elif isinstance(entry, ChoiceList):
            entry.choose(str(value))
        elif isinstance(entry, TickList):
            entry.tick(str(one) for one in (value if isinstance(value, list | tuple) else ()))

    def say_wrong(self, sentence: str) -> None:
        """Say what is wrong with it; nothing, where it is empty."""
        place = self.query_one(f"#wrong-{self.field.name}", Static)
        place.update(words(sentence, lines=True))
        place.set_class(bool(sentence), "-said")

    def advise(self, advice: Content | None) -> None:
        """Say what might be better; None where nothing is."""
        place = self.query_one(f"#advice-{self.field.name}", Static)
        place.update("" if advice is None else advice)
        place.set_class(advice is not None, "-said")
