"""The widget: a tree of lines with columns, which folds, filters and says what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from widgets.tree.drawing import RowT, Standing
from widgets.tree.lines import Folds, Lines
from widgets.tree.painted import PaintedView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content
    from textual.scroll_view import ScrollView

    from widgets.tree.drawing import Column

_LEAF, _OPEN, _FOLDED, _ELSEWHERE = "  ", "▾ ", "▸ ", "→ "


class LineTree(PaintedView[RowT]):
    """A tree of lines with columns, of any number of lines.

    ``words`` draws a line's first column, without its guides; ``text`` is what a filter looks for it by. ``elsewhere`` gives for
    the key of a line that stands for another one the key of that: empty for any other line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "cursor_out", "Fold, or to the line above", show=False),
        Binding("right,l", "cursor_in", "Unfold, or to the first line below", show=False),
        Binding("space", "fold", "Fold or unfold", show=False),
        Binding("asterisk", "unfold_below", "Unfold all below", show=False),
        Binding("minus", "fold_all", "Fold all", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    class _OfTree(Message):
        def __init__(self, tree: ScrollView, key: str) -> None:
            super().__init__()
            self.tree, self.key = tree, key

        @property
        def control(self) -> ScrollView:
            """The tree it happened in."""
            return self.tree

    class Moved(_OfTree):
        """The cursor came to another line; ``key`` is empty where none is shown."""

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, LineTree.Moved) and message.tree is self.tree

    class Opened(_OfTree):
        """Enter was pressed on a line, or one without anything below it was clicked twice."""

    class Folded(_OfTree):
        """Something was folded or unfolded; ``key`` is the line's, or empty where all were."""

    def __init__(
        self,
        words: Callable[[RowT], Content],
        columns: Sequence[Column[RowT]] = (),
        text: Callable[[RowT], str] | None = None,
        elsewhere: Callable[[str], str] | None = None,
        *,
        id: str | None = None,  # noqa: A002  # Textual's name
    ) -> None:
        super().__init__(columns, id=id)
        self._words, self._text = words, text
        self._elsewhere = elsewhere or (lambda _: "")
        self._went = ("", "")
        """The line that the cursor was led to from another one, and that; until it leaves it."""
        self._rows: Sequence[RowT] = ()
        self._lines = Lines((), b"", Folds())
        self._filter: tuple[str, bytes | None] = ("", None)

    # What is shown

    @property
    def lines(self) -> Lines:
        """Which lines are shown, and what stands where; to be read, not to be changed."""
        return self._lines

    @property
    def folds(self) -> Folds:
        """What is folded: a copy, to be kept."""
        return self._lines.folds.copy()

    @property
    def key(self) -> str:
        """The key of the line under the cursor; empty where none is shown."""
        place = self._place
        return self._lines.keys[place] if place >= 0 else ""

    @property
    def row(self) -> RowT | None:
        """The row under the cursor."""
        place = self._place
        return self._rows[place] if place >= 0 else None

    @property
    def count(self) -> int:
        """How many lines are shown."""
        return len(self._lines.shown)

    @property
    def _place(self) -> int:
        shown = self._lines.shown
        return shown[self.cursor] if self.cursor < len(shown) else -1

    def show(self, rows: Sequence[RowT], keys: Sequence[str], depths: bytes, passing: bytes | None = None) -> None:
        """Show other rows, in the order they stand; folds, filter and cursor stay with the keys they were on.

        ``keys`` are unique. ``depths`` has a byte a row: 0 for a root, and at most one more than the row before; there are no
        more than 255. ``passing`` is what `filter` takes.
        """
        before, place = self._lines, self._place
        key, line = self.key, self.cursor - self.scroll_offset.y
        self._rows = rows
        self._lines = Lines(keys, depths, before.folds, self.texts)
        self._filter = (self._filter[0], passing)
        if before.is_filtered or passing is not None:
            self._lines.filter(*self._filter)
        self._renew(self._lines.again(before, place) if place >= 0 else 0, line)
        if self.key != key:
            self.came()

    def texts(self) -> Sequence[str]:
        """What a filter looks for each row by."""
        return [self._text(row) for row in self._rows] if self._text is not None else [""] * len(self._rows)

    def choose(self, key: str) -> bool:
        """Put the cursor on a line, and unfold what it is hidden in; False where it is not there, or the filter leaves it out."""
        place = self._lines.place_of(key)
        if place < 0 or not self._lines.keeps(place):
            return False
        if self._lines.position(place) >= 0:
            self.cursor = self._lines.position(place)
            return True
        self._lines.reveal(place)
        self._renew(self._lines.position(place))
        self.came()
        return True

    # Filtering

    def prepare_filter(self) -> None:
        """Do once, before the first key, what every key of a filter needs."""
        self._lines.prepare()

    def filter(self, words: str, passing: bytes | None = None) -> None:
        """Show only the rows whose text has each of these words, and what they stand under; with neither, all of them.

        ``passing`` has a byte a row, 1, or 0 where it is left out whatever it says. The cursor stays on its line, or goes to
        the first one that was found.
        """
        place, was_filtered = self._place, self._lines.is_filtered
        self._filter = (words, passing)
        self._lines.filter(words, passing)
        if was_filtered and not self._lines.is_filtered and place >= 0:
            self._lines.reveal(place)
        at = self._lines.position(place) if place >= 0 and self._lines.is_hit(place) else -1
        if at < 0:
            shown = self._lines.shown
            at = next((at for at, one in enumerate(shown) if self._lines.is_hit(one)), 0)
        key = self.key
        self._renew(at)
        self.post_message(self.Moved(self, self.key or key))

    # Folding

    def fold_as(self, folds: Folds) -> None:
        """Fold and unfold what these say; the filter stays."""
        place = self._place
        self._lines.take(folds.copy())
        if self._filter != ("", None):
            self._lines.filter(*self._filter)
        self._renew(self._lines.near(max(place, 0)))

    def action_fold(self) -> None:
        """Fold or unfold the line under the cursor."""
        if self._place >= 0 and self._lines.fold(self.cursor):
            self._folded()

    def action_unfold_below(self) -> None:
        """Unfold the line under the cursor and all below it."""
        if self._place >= 0 and self._lines.unfold_below(self.cursor):
            self._folded()

    def action_fold_all(self) -> None:
        """Fold every line; the cursor goes to the root it is under."""
        place = self._place
        self._lines.fold_all()
        self._renew(self._lines.near(max(place, 0)))
        self.post_message(self.Folded(self, ""))

    def _folded(self) -> None:
        self._renew(self.cursor, self.cursor - self.scroll_offset.y)
        self.post_message(self.Folded(self, self.key))

    # Moving along branches

    def action_cursor_out(self) -> None:
        """Go back to where the cursor was led from; else fold a branch that is open; else go to the line above."""
        place = self._place
        if place < 0:
            return
        came_to, came_from = self._went
        if came_to == self.key and self.choose(came_from):
            return
        if self._lines.is_branch(place) and not self._lines.is_folded(place):
            self.action_fold()
        elif (above := self._lines.parent(place)) >= 0:
            self.cursor = self._lines.position(above)

    def action_cursor_in(self) -> None:
        """Go to the line that this one stands for; else unfold a branch that is folded; else go to the first line below."""
        place = self._place
        if place < 0 or self._is_led():
            return
        if not self._lines.is_branch(place):
            return
        if self._lines.is_folded(place):
            self.action_fold()
        else:
            self.cursor += 1

    def _is_led(self) -> bool:
        """Go where the line under the cursor leads to, if it does."""
        key = self.key
        to = self._elsewhere(key)
        if not to or not self.choose(to):
            return False
        self._went = to, key
        return True

    def action_open(self) -> None:
        """Open the line under the cursor."""
        if self._place >= 0:
            self.post_message(self.Opened(self, self.key))

    def came(self) -> None:
        """Tell where the cursor is now."""
        self._went = ("", "")
        self.post_message(self.Moved(self, self.key))

    def chosen_again(self) -> None:
        """Fold a branch; of anything else go where it leads, or open it."""
        if self._lines.is_branch(self._place):
            self.action_fold()
        elif not self._is_led():
            self.action_open()

    # Showing

    def _renew(self, cursor: int, line: int | None = None) -> None:
        """Show what is shown now, with the cursor there; ``line`` is where in the view it is to stand."""
        self.moved_on()
        self.measure()
        with self.prevent(self.Moved):
            self.cursor = cursor
        if line is not None and 0 <= line < self.in_view:
            self.scroll_to(y=max(0, self.cursor - line), animate=False, force=True)
        self.keep_in_view()
        self.refresh()

    def place_at(self, line: int) -> int:
        """The place of a line that is shown."""
        return self._lines.shown[line]

    def standing(self, place: int, *, is_on: bool) -> tuple[RowT, Standing]:
        """A row and how it stands."""
        lines = self._lines
        wanted = lines.wanted if lines.is_hit(place) else ()
        return self._rows[place], Standing(lines.depths[place], self._twist(place), is_on, wanted)

    def words_of(self, row: RowT) -> Content:
        """The words of a row."""
        return self._words(row)

    def _twist(self, place: int) -> str:
        if self._lines.is_branch(place):
            return _FOLDED if self._lines.is_folded(place) else _OPEN
        return _ELSEWHERE if self._elsewhere(self._lines.keys[place]) else _LEAF
