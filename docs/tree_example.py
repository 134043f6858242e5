"""An application of the tree widget: the lines of a table of a SQLite file, as many as there are.

    python docs/tree_example.py FILE

The table ``line`` has ``name``, ``depth``, ``words``, ``owner`` and ``share`` (0 to 1), in the order its lines stand. The depths
are read at once, names and the rest of a line when they are asked for. Enter says what a line is; / filters as you type.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, TypeVar, overload

from textual.app import App
from textual.content import Content
from textual.widgets import Input

from widgets.tree import Column, LineTree

if TYPE_CHECKING:
    from textual.app import ComposeResult

Row = tuple[str, str, str, float]
T = TypeVar("T")


class Lazy(Sequence[T]):
    """What stands in a table, each read when it is asked for: a tree asks for what is in view."""

    def __init__(self, connection: sqlite3.Connection, wanted: str, count: int) -> None:
        self._read, self._count = connection.execute, count
        self._all = f"SELECT {wanted} FROM line ORDER BY rowid"  # noqa: S608  # names of columns
        self._one = f"SELECT {wanted} FROM line WHERE rowid = ?"  # noqa: S608  # as above

    def made(self, found: tuple[object, ...]) -> T:
        """What a row of the table is here: itself."""
        return found  # type: ignore[return-value]  # for a subclass to say otherwise

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return map(self.made, self._read(self._all))

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        return self.made(self._read(self._one, (place + 1,)).fetchone())


class Names(Lazy[str]):
    """The names, by which lines are known: folds and the cursor find them again."""

    def made(self, found: tuple[object, ...]) -> str:
        """The name alone."""
        return str(found[0])

    def index(self, value: object, start: int = 0, stop: int = sys.maxsize) -> int:
        """The place of a name, as a list gives it."""
        del start, stop
        found = self._read("SELECT rowid FROM line WHERE name = ?", (value,)).fetchone()
        if found is None:
            raise ValueError(value)
        return int(found[0]) - 1


def words(row: Row) -> Content:
    """The first column: the name and the words."""
    return Content.assemble((row[0], "bold"), " ", row[1])


def owner(row: Row) -> Content:
    """Whose it is."""
    return Content.styled(row[2], "$foreground-muted")


def bar(row: Row) -> Content:
    """How far it is: a bar and a figure."""
    return Content(f"{'━' * round(row[3] * 6):6} {row[3]:4.0%}")


class Example(App[None]):
    """A tree with columns, and a field to filter it."""

    CSS = "Input { display: none; height: 1; border: none; } Input.-shown { display: block; }"
    BINDINGS = [("slash", "filter", "Filter"), ("escape", "all", "All"), ("q", "quit", "Quit")]  # noqa: RUF012  # Textual's way

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """The tree, and the field below it."""
        columns = [Column(bar, 11), Column(owner, 8, shown_from=60, searched=True)]
        yield LineTree[Row](words, columns, text=lambda row: f"{row[0]} {row[1]} {row[2]}")
        yield Input(placeholder="filter")

    def on_mount(self) -> None:
        """Read how the lines stand, and show them."""
        connection, tree = sqlite3.connect(self._path), self.query_one(LineTree)
        depths = bytes(chain.from_iterable(connection.execute("SELECT depth FROM line ORDER BY rowid")))
        rows = Lazy[Row](connection, "name, words, owner, share", len(depths))
        tree.show(rows, Names(connection, "name", len(depths)), depths)
        tree.focus()

    def action_filter(self) -> None:
        """Begin to type what is looked for."""
        self.query_one(LineTree).prepare_filter()
        field = self.query_one(Input)
        field.add_class("-shown")
        field.focus()

    def action_all(self) -> None:
        """Show everything again."""
        field = self.query_one(Input)
        field.value = ""
        field.remove_class("-shown")
        self.query_one(LineTree).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        self.query_one(LineTree).filter(event.value)

    def on_line_tree_opened(self, event: LineTree.Opened) -> None:
        """Say what was opened."""
        self.notify(event.key, markup=False)


if __name__ == "__main__":
    Example(sys.argv[1]).run()
