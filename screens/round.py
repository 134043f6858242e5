"""A confidence round: everybody's numbers under a seal, and how they lie once it is opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from okrtui.core.acts import Act
from okrtui.service import permissions, rounds
from screens.commands import bindings_of
from screens.listed import ListedPage
from widgets.numbers import NumberList
from widgets.plot import weeks_plot
from widgets.reading import Reading
from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from okrtui.service.permissions import Refusals
    from okrtui.service.rounds import Asked, Doing, RoundPage, Spread
    from okrtui.service.session import Session


class RoundScreen(ListedPage["tuple[RoundPage, Refusals]", "Asked"]):
    """Where a team gives its numbers; reached from the room and the check-in."""

    PAGE = "round"
    TITLE_OF_LIST = "Confidence round"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("round")]
    CSS_PATH = "round.tcss"
    ACTS: ClassVar[dict[str, Act]] = {
        "round.start": Act.ROUND_START,
        "round.open": Act.ROUND_OPEN,
        "round.abandon": Act.ROUND_ABANDON,
    }
    BEGUN: ClassVar[frozenset[Act]] = frozenset(ACTS.values())

    _joined: tuple[str, int | None] = ("", None)
    """The team, and the week of the round, that this person takes part in already."""

    # What it shows

    def body(self) -> ComposeResult:
        """The key results, and how the rounds of the chosen one lay."""
        with Horizontal(id="listed"):
            yield NumberList(id="things", title=self.TITLE_OF_LIST)
            yield Reading(id="full")

    def read_list(self, session: Session) -> tuple[RoundPage, Refusals]:
        """The round of the team and cycle shown."""
        team, cycle = self.desk.where.team, self.desk.where.cycle
        return rounds.page(session, team, cycle), permissions.of_round(session, team, cycle)

    def refs(self, shown: tuple[RoundPage, Refusals]) -> Sequence[str]:
        """In the order of the list."""
        return [one.ref for one in shown[0].key_results]

    def options(self, shown: tuple[RoundPage, Refusals]) -> list[Option]:
        """Two lines each: its words, one's own number."""
        page, _ = shown
        return [Option(_row(one, under_way=page.week is not None), id=one.ref) for one in page.key_results]

    def draw_list(self, shown: tuple[RoundPage, Refusals]) -> None:
        """The list; whoever looks at a round that is under way takes part in it."""
        page, refusals = shown
        self.things.border_title = Content(_standing(page))
        super().draw_list(shown)
        here = (page.team, page.week)
        if page.week is not None and Act.ROUND_VOTE not in refusals and self._joined != here:
            self._joined = here
            self._join()

    @work(group="seeing")
    async def _join(self) -> None:
        team, cycle = self.desk.where.team, self.desk.where.cycle
        await self.save(lambda session: rounds.join(session, team, cycle))

    def empty_words(self, shown: tuple[RoundPage, Refusals]) -> str:
        """What to do first."""
        return f"{shown[0].team_name} has no agreed key result, and a round is on those."

    def read_full(self, session: Session, ref: str) -> Asked:
        """How the rounds of one key result lay."""
        page = rounds.page(session, self.desk.where.team, self.desk.where.cycle)
        return next(one for one in page.key_results if one.ref == ref)

    def draw_full(self, full: Asked) -> Content:
        """Its rounds, the newest first, and the middle of each as a plot."""
        rows = [words(full.statement, "bold"), Content("")]
        if not full.earlier:
            rows.append(words("No round was opened yet in this cycle.", "$foreground-muted"))
        rows += [_spread(one) for one in reversed(full.earlier)]
        middles = [(one.week, one.middle) for one in full.earlier]
        weeks = self.frame.place.weeks if self.frame is not None else 1
        if len(middles) > 1:
            width = min(max(self.reading.size.width - 4, 0), 60)
            rows += [Content(""), weeks_plot(middles, weeks, way=None, width=width)]
        return Content("\n").join(rows)

    def refusals_of(self, full: Asked) -> Refusals:
        """Whatever is refused is refused for the round as a whole."""
        del full
        return self._shown[1] if self._shown is not None else {}

    def refusals_here(self, shown: tuple[RoundPage, Refusals]) -> Refusals:
        """What this person may not do in the round."""
        return shown[1]

    def lacking(self, command: str, full: Asked) -> str:
        """One round at a time, and none is opened that was not begun."""
        del full
        under_way = self._shown is not None and self._shown[0].week is not None
        match command:
            case "round.start" if under_way:
                return "A round is under way: a digit numbers the chosen key result."
            case "round.open" | "round.abandon" if not under_way:
                return "No round is under way: begin one (b)."
            case _:
                return ""

    # Acts

    @on(OptionList.OptionSelected, "#things")
    def _selected(self) -> None:
        self.action_read()

    @on(NumberList.Numbered)
    def _numbered(self, message: NumberList.Numbered) -> None:
        self._vote(message.ref, message.number)

    @work(group="moving")
    async def _vote(self, ref: str, number: int) -> None:
        """Give a number: under way it is kept at once, and sealed."""
        team, cycle = self.desk.where.team, self.desk.where.cycle
        missing = await self.save(lambda session: rounds.vote(session, {ref: number}, team, cycle))
        if missing == ():
            self.say("All your numbers are in, and sealed.")

    @work(group="asking")
    async def action_start(self) -> None:
        """Begin a round."""
        await self._do(Act.ROUND_START, rounds.start, "A round is under way: a digit numbers the chosen key result.")

    @work(group="asking")
    async def action_open_round(self) -> None:
        """Open it: everybody's numbers appear at once."""
        await self._do(Act.ROUND_OPEN, rounds.open_, "The round is open.")

    @work(group="asking")
    async def action_abandon(self) -> None:
        """End it unopened, after a question."""
        if await self.confirmed("End the round without opening it? Its numbers stay sealed for good.", "End it"):
            await self._do(Act.ROUND_ABANDON, rounds.abandon, "The round is ended, unopened.")

    async def _do(self, act: Act, use_case: Doing, done: str) -> None:
        if sentence := self.refused_in(act, None):
            self.say(sentence, severity="warning")
            return
        team, cycle = self.desk.where.team, self.desk.where.cycle
        await self.save(partial(_done, use_case=use_case, team=team, cycle=cycle), done)


def _done(session: Session, *, use_case: Doing, team: str, cycle: str | None) -> None:
    use_case(session, team, cycle)


def _standing(page: RoundPage) -> str:
    if page.week is None:
        return "Confidence round: none is under way"
    waiting = f", waiting for {', '.join(f'@{one}' for one in page.waiting)}" if page.waiting else ""
    return f"Confidence round of week {page.week}: {len(page.in_)} of {len(page.taking_part)} in{waiting}"


def _row(one: Asked, *, under_way: bool) -> Content:
    first = joined((one.ref, "bold"), " ", words(one.statement))
    mine = "no number yet: a digit, or + for 10" if one.mine is None else f"yours {one.mine}, sealed"
    parts = [words(mine, "$text-warning" if one.mine is None else "$text-success")] if under_way else []
    parts += [_spread(one.earlier[-1])] if one.earlier else []
    return joined(first, "\n  ", Content("  ").join(parts)) if parts else first


def _spread(one: Spread) -> Content:
    numbers = " ".join(map(str, one.numbers))
    wide = (f"  {one.width} apart", "$text-warning") if one.width >= rounds.WIDE else ""
    return joined(f"week {one.week}: {numbers}  middle {one.middle:g}", wide)
