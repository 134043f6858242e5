"""Report: signals with their numbers and a question, scores across cycles, minutes, and what was learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from okrtui.report import sections
from okrtui.report.history import CYCLES
from okrtui.report.told import over
from screens.commands import bindings_of
from screens.listed import ListedPage
from widgets import told
from widgets.text import plain, stacked, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from okrtui.report.parts import MinutesPart
    from okrtui.report.sections import Sections
    from okrtui.service.desk import Desk
    from okrtui.service.permissions import Refusals
    from okrtui.service.session import Session
    from okrtui.store.events import Event

STEP = 4
"""How many cycles more, or fewer, a key looks at."""

LEARNT = "Learnt in "
FILE = "As a file"
FILES = (
    "No file is written from here, so that nothing is left on the host of whoever comes over SSH. On the command line:",
    "okrtui report --team {team} --cycle {cycle} --format html -o report.html",
    "text, md and json are there, too; without -o it is printed.",
)


def _title_of_minutes(team: str, part: MinutesPart) -> str:
    return f"Minutes of {plain(team)}, {part.day}"


class ReportPage(ListedPage["Sections | None", Content]):
    """The eighth screen."""

    PAGE = "report"
    TITLE_OF_LIST = "Report"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("report")]
    CSS_PATH = "report.tcss"

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk, notice=notice)
        self._read = sections.Reading()
        self._cycles = CYCLES
        self._stopped: tuple[str, str | None] | None = None
        """The team and the cycle whose reading the person has stopped."""
        self._sections: Sections | None = None
        """As it was read last, on the gateway's thread."""

    # What it shows

    def read_list(self, session: Session) -> Sections | None:
        """As much of the report as can be read at once."""
        where = self.desk.where
        self._sections = self._read.begin(session, where.team, where.cycle, self._cycles)
        return self._sections

    def refs(self, shown: Sections | None) -> Sequence[str]:
        """The titles of what is listed, in its order."""
        return [option.id for option in self.options(shown) if option.id]

    def options(self, shown: Sections | None) -> list[Option]:
        """Signals, scores, minutes, what was learnt, and how to take it along: each known by its title."""
        if shown is None:
            return []
        minutes = [Option(told.minutes_row(*one), id=_title_of_minutes(*one)) for one in shown.minutes]
        return [
            Option(words(f"Signals, {over(shown.cycles)}"), disabled=True),
            *(Option(told.signal_row(one), id=one.definition.name) for one in shown.signals),
            Option(Content("Scores"), disabled=True),
            Option(told.scores_row(shown.scores), id=told.SCORES),
            *([Option(words(f"Minutes of workshops, {shown.cycle}"), disabled=True), *minutes] if minutes else []),
            Option(Content("Learnt, and left open"), disabled=True),
            *(Option(words(f"  {cycle}"), id=f"{LEARNT}{cycle}") for cycle in reversed(shown.cycles)),
            Option(Content("Take it along"), disabled=True),
            Option(Content(f"  {FILE}"), id=FILE),
        ]

    def empty_words(self, shown: Sections | None) -> str:
        """What to wait for."""
        del shown
        return "There is no cycle yet."

    def read_full(self, session: Session, ref: str) -> Content:
        """One section."""
        shown = self._sections
        if shown is None:
            return Content("")
        if ref == told.SCORES:
            return told.scores_in_full(shown.scores)
        if ref == FILE:
            return stacked(*(words(line.format(team=shown.team, cycle=shown.cycle)) for line in FILES))
        if ref.startswith(LEARNT):
            return told.ended_in_full(sections.ended(session, shown.team, ref.removeprefix(LEARNT)))
        signals = {one.definition.name: told.signal_in_full(one) for one in shown.signals}
        minutes = {_title_of_minutes(team, part): told.minutes_in_full(part) for team, part in shown.minutes}
        return {**minutes, **signals}.get(ref, Content(""))

    def draw_full(self, full: Content) -> Content:
        """A section is drawn as it is read."""
        return full

    def refusals_of(self, full: Content) -> Refusals:
        """Everybody may read everything here."""
        del full
        return {}

    def refusals_here(self, shown: Sections | None) -> Refusals:
        """Nothing is begun here."""
        del shown
        return {}

    def concerns(self, event: Event) -> bool:
        """What is done in a cycle, or to cycles and teams; what people say about nothing counted is not."""
        return event.cycle_id is not None or event.verb.startswith(("cycle.", "team."))

    # A long reading

    def draw_list(self, shown: Sections | None) -> None:
        """Show what was read, and read on where that is not all, unless the person has stopped it."""
        super().draw_list(shown)
        self.things.border_title = Content(
            f"Report of {plain(shown.about)}" if shown is not None else self.TITLE_OF_LIST
        )
        is_stopped = self._stopped == (self.desk.where.team, self.desk.where.cycle)
        self._draw_how_far(shown, stopped=is_stopped)
        if shown is not None and not shown.is_whole and not is_stopped and not self.is_reading:
            self._read_on()

    def _draw_how_far(self, shown: Sections | None, *, stopped: bool) -> None:
        how_far = ""
        if shown is not None and not shown.is_whole:
            ends = "stopped, r reads on" if stopped else "Esc stops"
            how_far = f"read {shown.counted} of {shown.of} cycles · {ends}"
        self.things.border_subtitle = Content(how_far)

    @work(exclusive=True, group="counting")
    async def _read_on(self) -> None:
        """Read the next cycles, a turn each, and show them as they come."""
        while self._shown is not None and not self._shown.is_whole:
            shown = await self.read(self._turn)
            if shown is None:
                return
            self._draw(shown, "", None)

    def _turn(self, session: Session) -> Sections | None:
        self._sections = self._read.go_on(session, self._cycles)
        return self._sections

    @property
    def is_reading(self) -> bool:
        """Whether more is being read."""
        return any(one.group == "counting" and one.node is self and not one.is_finished for one in self.workers)

    # Acts

    @on(OptionList.OptionSelected, "#things")
    def _selected(self) -> None:
        self.action_read()

    def action_back(self) -> None:
        """Stop a long reading; else go back to the list."""
        if not self.is_reading:
            super().action_back()
            return
        self._stopped = (self.desk.where.team, self.desk.where.cycle)
        self.workers.cancel_group(self, "counting")
        self._draw_how_far(self._shown, stopped=True)

    def action_again(self) -> None:
        """Read again, and on."""
        self._stopped = None
        self.reload()

    def action_more(self) -> None:
        """Look further back."""
        self._cycles += STEP
        self.action_again()

    def action_fewer(self) -> None:
        """Look less far back."""
        self._cycles = max(1, self._cycles - STEP)
        self.action_again()
