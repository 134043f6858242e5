"""Scoring: the two sides of each key result, opened together, and the score they agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static
from textual.widgets.option_list import Option

from okrtui.core.model import Phase
from okrtui.service import reviewing, scoring
from screens.commands import bindings_of
from screens.reviewing import ReviewKeeping
from screens.scoring_acts import ScoringActs, Shown, is_settled
from widgets.listing import Listing
from widgets.reading import Reading
from widgets.review_line import ReviewLine
from widgets.scores import score_heads, score_row, scoring_in_full

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from okrtui.service.presence import Spot
    from okrtui.service.scoreboard import ScoreLine
    from okrtui.service.scoring import ScoringPage as Full
    from okrtui.service.session import Session

NO_CYCLE = "There is no cycle yet."
BY_OBJECTIVE = "objective"
"""The word for the order of the objectives, in how the page is shown."""

_FRAME = 5  # cells of a list's border, its padding and its scrollbar


class ScoringPage(ReviewKeeping, ScoringActs):
    """The fifth screen."""

    PAGE = "scoring"
    TITLE_OF_LIST = "Scores"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("scoring")]
    CSS_PATH = "scoring.tcss"

    _by_gap = True

    # What it shows

    def body(self) -> ComposeResult:
        """The review, where one goes on; the heads, the list, and the chosen key result in full."""
        with Vertical(id="listed"):
            yield ReviewLine(lambda: getattr(self.app, "is_behind", False))
            yield Static("", id="heads", markup=False)
            yield Listing(id="things", title=self.TITLE_OF_LIST)
            yield Reading(id="full")

    def read_list(self, session: Session) -> Shown:
        """The scores of the team and cycle shown."""
        team, cycle = self.desk.where.team, self.desk.where.cycle
        place, lines = scoring.of_team(session, team, cycle)
        return Shown(place, lines, reviewing.why_not(session, team, cycle) if place.cycle else NO_CYCLE)

    def ordered(self, shown: Shown) -> list[ScoreLine]:
        """By gap, the widest first, what has none after; or as they stand under their objectives."""
        return sorted(shown.lines, key=_width_of_gap) if self._by_gap else list(shown.lines)

    def refs(self, shown: Shown) -> Sequence[str]:
        """In the order of the list."""
        return [line.ref for line in self.ordered(shown)]

    @property
    def _room(self) -> int:
        return max(self.size.width - _FRAME, 20)

    def options(self, shown: Shown) -> list[Option]:
        """A line each; in a review marked where it is, and ticked what is settled."""
        marks = self._marks(shown)
        return [
            Option(score_row(line, self._room, marks.get(line.ref, "")), id=line.ref) for line in self.ordered(shown)
        ]

    def draw_list(self, shown: Shown) -> None:
        """The list under its heads."""
        self.query_one("#heads", Static).update(score_heads(self._room))
        self.set_class(not shown.lines, "-empty")
        super().draw_list(shown)

    def on_resize(self, event: events.Resize) -> None:
        """Draw again for another width."""
        del event
        if self._shown is not None:
            self.draw_list(self._shown)
            if self._full is not None:
                self.reading.show(self.chosen(), self.draw_full(self._full))

    def empty_words(self, shown: Shown) -> str:
        """What to do first."""
        if not shown.place.cycle:
            return NO_CYCLE
        if shown.place.phase is not Phase.SCORING:
            return (
                f"{shown.place.team_name} has nothing agreed in {shown.place.cycle}, and what is agreed is scored once the "
                "cycle is scoring."
            )
        return f"{shown.place.team_name} has no agreed key result in {shown.place.cycle}: there is nothing to score."

    def read_full(self, session: Session, ref: str) -> Full:
        """One key result with its scores, and what this person may do."""
        return scoring.of_key_result(session, ref)

    def draw_full(self, full: Full) -> Content:
        """Its two sides, and what they are read against."""
        return scoring_in_full(full, self._room)

    def action_order(self) -> None:
        """Order by gap, or by objective."""
        self._order(by_gap=not self._by_gap)
        self.say("Ordered by gap, the widest first." if self._by_gap else "Ordered by objective.")

    def _order(self, *, by_gap: bool) -> None:
        self._by_gap = by_gap
        if self._shown is not None:
            self.draw_list(self._shown)

    # Following, and the review

    @property
    def view(self) -> tuple[str, ...]:
        """By what it is ordered, and whether the text is read."""
        return (*super().view, "" if self._by_gap else BY_OBJECTIVE)

    def go_along(self, spot: Spot) -> bool:
        """Order the list as whoever is followed has it."""
        by_gap = BY_OBJECTIVE not in spot.view.split()
        if by_gap != self._by_gap:
            self._order(by_gap=by_gap)
        return super().go_along(spot)

    @property
    def agenda(self) -> tuple[tuple[str, bool], ...]:
        """The refs in the order of the list, each with whether it is settled."""
        lines = self.ordered(self._shown) if self._shown is not None else []
        return tuple((line.ref, is_settled(line)) for line in lines)

    @property
    def no_review(self) -> str:
        """Why no review may be kept here."""
        return self._shown.no_review if self._shown is not None else ""

    def redraw(self) -> None:
        """Draw the list again: the review is at another key result."""
        if self._shown is not None:
            self.draw_list(self._shown)

    def _marks(self, shown: Shown) -> dict[str, str]:
        """What stands before each key result while a review goes on."""
        if self.review is None:
            return {}
        at = self.review.item
        return {line.ref: "▶ " if line.ref == at else "✓ " if is_settled(line) else "  " for line in shown.lines}


def _width_of_gap(line: ScoreLine) -> float:
    return 1.0 if line.gap is None else -line.gap
