"""The board: a team's key results from the first idea to the agreed one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widgets import OptionList

from okrtui.core.acts import Act
from okrtui.service import permissions, show
from screens.board_acts import BoardActs
from screens.board_shown import COLUMNS, FOLDED, Full, Shown, read_shown
from screens.commands import bindings_of
from widgets.column import Column
from widgets.columns import ColumnNames, Columns
from widgets.key_result_in_full import key_result_in_full
from widgets.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.widgets.option_list import Option

    from okrtui.service.presence import Present
    from okrtui.service.session import Session

_KEY_RESULT = re.compile(r"KR\d+")


class BoardPage(BoardActs):
    """The third screen."""

    PAGE = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("board")]
    CSS_PATH = "board.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide"), (150, "-broad")]  # noqa: RUF012  # Textual's way to say it

    _here: Mapping[str, Sequence[str]] = {}
    """Who is in a form about a key result now, by its ref."""

    def body(self) -> ComposeResult:
        """The names of columns that do not show, the columns, and the chosen key result."""
        yield ColumnNames(id="names")
        with Horizontal(id="listed"):
            yield Columns(COLUMNS, folded=FOLDED, id="columns")
            yield Reading(id="full")

    # What it shows

    @property
    def columns(self) -> Columns:
        """The columns."""
        return self.query_one("#columns", Columns)

    @property
    def things(self) -> Column:
        """The column the cursor is in."""
        return self.columns.current

    def read_list(self, session: Session) -> Shown:
        """The key results of the team and cycle shown."""
        return read_shown(session, self.desk.where.team, self.desk.where.cycle)

    def refs(self, shown: Shown) -> Sequence[str]:
        """In the order of the columns."""
        return [card.ref for cards in shown.by_column.values() for card in cards]

    def options(self, shown: Shown) -> list[Option]:
        """All cards, from column to column."""
        return [option for options in shown.options(self._here).values() for option in options]

    def draw_list(self, shown: Shown) -> None:
        """Show the cards in their columns; the cursor goes with its card to another one."""
        self.columns.show(shown.options(self._here), self._ref, self.when_empty(shown))
        self._draw_names()

    def _draw_names(self) -> None:
        if self._shown is not None:
            alone = self.has_class("-narrow")
            self.query_one(ColumnNames).show(self.columns, self._shown.advice, alone=alone)

    def empty_words(self, shown: Shown) -> str:
        """What to do first."""
        if not shown.place.cycle:
            return "There is no cycle yet."
        return f"No key results yet. {shown.refusals.get(Act.KR_ADD, 'Write down how everybody will know (a).')}"

    def read_full(self, session: Session, ref: str) -> Full:
        """One key result, and what this person may do with it."""
        return Full(show.key_result(session, ref), permissions.of_key_result(session, ref))

    def draw_full(self, full: Full) -> Content:
        """The key result with all that was said of it."""
        return key_result_in_full(full.page, self.reading.scrollable_content_region.width or 72)

    def on_resize(self) -> None:
        """Put side by side what fits now."""
        self.call_after_refresh(self._draw_for_size)

    def _draw_for_size(self) -> None:
        self._draw_names()
        if self._full is not None:
            self.reading.show(self._full.page.card.ref, self.draw_full(self._full))

    def show_others(self, others: Sequence[Present]) -> None:
        """Show on each card who is in it too."""
        super().show_others(others)
        here: dict[str, list[str]] = {}
        for one in others:
            if found := _KEY_RESULT.search(one.spot.form):
                here.setdefault(found[0], []).append(one.handle)
        if here != self._here and self._shown is not None:
            self._here = here
            self.draw_list(self._shown)

    # Choosing

    def chosen(self) -> str:
        """The key result under the cursor."""
        return self.columns.chosen

    def choose(self, ref: str) -> bool:
        """Put the cursor on a key result; an objective is kept for the next idea."""
        if any(card.ref == ref for card in (self._shown.cards if self._shown is not None else ())):
            self._under = ref
            return True
        return self.columns.choose(ref)

    def action_column(self, way: int) -> None:
        """Go to the column on the right, or with -1 on the left; from the text back to the cards."""
        if self.reading.has_focus:
            self.action_back()
        else:
            self.columns.go(way)

    def action_read(self) -> None:
        """Go into the text of the chosen key result; on an empty board take the next step."""
        if self.chosen():
            self.add_class("-reading")  # a text that does not show takes no focus
        super().action_read()

    @on(OptionList.OptionHighlighted)
    def _cursor_moved(self) -> None:
        self.moved()

    @on(Columns.Entered)
    def _column_entered(self) -> None:
        self._draw_names()
        self.moved()

    @on(OptionList.OptionSelected)
    @on(Column.Opened)
    def _card_opened(self) -> None:
        self.action_read()

    @on(ColumnNames.Pressed)
    def _name_pressed(self, message: ColumnNames.Pressed) -> None:
        self.columns.open(message.key)
