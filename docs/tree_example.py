"""An application of the tree widget: the lines of a table of a SQLite file, as many as there are.

    python docs/tree_example.py FILE

The table ``line`` has ``name``, ``depth``, ``words``, ``owner`` and ``share`` (0 to 1), in the order its lines stand. Names and
depths are read at once, the rest of a line when it is drawn. Enter says what a line is; / filters as you type.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from textual.app import App
from textual.content import Content
from textual.widgets import Input

from widgets.tree import Column, LineTree

if TYPE_CHECKING:
    from textual.app import ComposeResult

Row = tuple[str, str, str, float]


class Table(Sequence[Row]):
    """The rows of a file, each read when it is asked for: a tree asks for those in view."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path)
        found = self._connection.execute("SELECT name, depth FROM line ORDER BY rowid").fetchall()
        self.keys = [name for name, _ in found]
        self.depths = bytes(depth for _, depth in found)

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Row]:
        yield from self._connection.execute("SELECT name, words, owner, share FROM line ORDER BY rowid")

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        sql = "SELECT name, words, owner, share FROM line WHERE rowid = ?"
        row: Row = self._connection.execute(sql, (place + 1,)).fetchone()
        return row


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
        yield LineTree[Row](words, [Column(bar, 11), Column(owner, 8, shown_from=60)], text=lambda row: row[1])
        yield Input(placeholder="filter")

    def on_mount(self) -> None:
        """Read the lines and show them."""
        table, tree = Table(self._path), self.query_one(LineTree)
        tree.show(table, table.keys, table.depths)
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
