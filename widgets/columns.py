"""Columns of cards side by side, or one at a time; the cursor goes between them and stays on its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from widgets.column import Column
from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets.option_list import Option


class Columns(Horizontal):
    """Columns by their keys; those that are folded open while the cursor is in them, one without cards is passed over."""

    DEFAULT_CSS = """
    Columns {
        Column { width: 1fr; height: 1fr; }
        Column.-empty { width: 18; }
        Column.-folded { display: none; }
        Column.-folded.-current { display: block; }
    }
    """

    class Entered(Message):
        """The cursor came to another column."""

    def __init__(self, names: Mapping[str, str], *, folded: Sequence[str] = (), id: str) -> None:  # noqa: A002  # Textual's name
        """``names`` are the columns from left to right, by key."""
        super().__init__(id=id)
        self.each = {key: Column(name, id=f"column-{key}", folded=key in folded) for key, name in names.items()}
        self.current = next(iter(self.each.values()))

    def compose(self) -> ComposeResult:
        """The columns."""
        for column in self.each.values():
            column.set_class(column.folded, "-folded")
            column.set_class(column is self.current, "-current")
            yield column

    def show(self, cards: Mapping[str, Sequence[Option]], keep: str, empty: str) -> None:
        """Show the cards of each column; the cursor goes where the card ``keep`` went. ``empty`` is said where there is none."""
        none = not any(cards.values())
        for key, column in self.each.items():
            column.show(cards.get(key, ()), empty if none and column is self.first else "")
            column.set_class(not column.count and not (none and column is self.first), "-empty")
        if not (keep and self.choose(keep)) and not self.current.count:
            self._enter(next((one for one in self.each.values() if one.count), self.first))

    @property
    def first(self) -> Column:
        """The leftmost column."""
        return next(iter(self.each.values()))

    @property
    def chosen(self) -> str:
        """The card the cursor is on; empty where there is none."""
        return self.current.chosen or ""

    def choose(self, card: str) -> bool:
        """Put the cursor on a card; False where it is in no column."""
        column = next((one for one in self.each.values() if one.has(card)), None)
        if column is None:
            return False
        column.choose(card)
        self._enter(column)
        return True

    def go(self, way: int) -> None:
        """Go to the next column with cards, to the right or with -1 to the left, and stay at the same height."""
        order = list(self.each.values())
        here = order.index(self.current)
        reach = order[here + 1 :] if way > 0 else order[:here][::-1]
        there = next((one for one in reach if one.count), None)
        if there is not None:
            there.choose_at(self.current.line_of_cursor)
            self._enter(there)

    def open(self, key: str) -> None:
        """Go to a column by its key, where it has cards."""
        if self.each[key].count:
            self._enter(self.each[key])

    def _enter(self, column: Column) -> None:
        """Come to a column, with the focus unless that is outside the columns."""
        if isinstance(self.screen.focused, Column | None):
            column.focus()
        self._mark(column)

    def _mark(self, column: Column) -> None:
        if column is self.current:
            return
        self.current.remove_class("-current")
        self.current = column
        column.add_class("-current")
        self.post_message(self.Entered())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The column that has the focus, by a click too, is the one the cursor is in."""
        if isinstance(event.widget, Column) and event.widget is self.screen.focused:
            self._mark(event.widget)


class ColumnNames(Static):
    """A line of the columns' names with their counts: all of them where one column shows at a time, else the folded ones.

    A click on one opens it. Behind them, or below, stands advice where there is any.
    """

    DEFAULT_CSS = """
    ColumnNames { height: auto; max-height: 2; text-wrap: nowrap; text-overflow: ellipsis; padding: 0 1; }
    """

    class Pressed(Message):
        """A name was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__("", id=id, markup=False)
        self._ends: list[tuple[int, str]] = []
        self._shown = Content("")

    def show(self, columns: Columns, advice: str, *, alone: bool) -> None:
        """Show the names; ``alone`` says that one column shows at a time."""
        self._ends, names, end = [], [], 1
        for key, column in columns.each.items():
            if alone or (column.folded and column.count):
                name = _name(column, is_current=column is columns.current)
                names.append(name)
                end += name.cell_length + 2
                self._ends.append((end, key))
        said = words(f"? {advice}", "$text-warning") if advice else Content("")
        row = Content("  ").join(names)
        shown = Content("\n" if alone else "   ").join([part for part in (row, said) if part])
        if shown != self._shown:  # an update lays the whole screen out anew
            self._shown = shown
            self.update(shown)
        self.display = bool(shown)

    def on_click(self, event: events.Click) -> None:
        """Open the column whose name was clicked."""
        key = next((key for end, key in self._ends if event.x < end), "")
        if key and event.y == 0:
            self.post_message(self.Pressed(key))


def _name(column: Column, *, is_current: bool) -> Content:
    text = f"{column.called} {column.count}"
    if is_current:
        return joined((f"[{text}]", "bold $accent"))
    return joined((f"▸ {text}" if column.folded else text, "$foreground-muted"))
