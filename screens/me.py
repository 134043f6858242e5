"""Me: what somebody owns and promised, how each reaches the company, and the week's check-ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from okrtui.core.acts import Act
from okrtui.service import commitments, initiative_lines, initiatives, mine, show
from okrtui.service.presence import Spot
from screens.commands import bindings_of
from screens.listed import ListedPage
from screens.page import Go
from widgets.in_full import part
from widgets.key_result_in_full import key_result_in_full
from widgets.marks import key_result_row
from widgets.objective_in_full import objective_in_full
from widgets.promises import (
    initiative_in_full,
    initiative_row,
    own_objective_row,
    promise_in_full,
    promise_row,
    way_row,
)
from widgets.text import joined, stacked, words
from widgets.ways_up import ways_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import BindingType

    from okrtui.service.commitments import CommitmentLine
    from okrtui.service.initiative_lines import InitiativeLine
    from okrtui.service.mine import Me, Own
    from okrtui.service.permissions import Refusals
    from okrtui.service.session import Session

CHANGING = {"me.edit": "edited", "me.done": "done", "me.let_go": "let go"}
"""The commands that change what is chosen, and what they make of it."""


@dataclass(frozen=True, slots=True)
class Full:
    """One thing of the page: drawn, and the initiative or the promise it is, with what may not be done with it."""

    ref: str
    drawn: Content
    refusals: Refusals
    initiative: InitiativeLine | None = None
    promise: CommitmentLine | None = None


class MePage(ListedPage["Me", Full]):
    """The seventh screen; whatever team is shown, it is about the person at it."""

    PAGE = "me"
    TITLE_OF_LIST = "Mine"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("me")]
    CSS_PATH = "me.tcss"

    # What it shows

    def read_list(self, session: Session) -> Me:
        """What is this person's in the cycle shown."""
        self._own = mine.me(session, self.desk.where.cycle, with_needs=False)
        return self._own

    def refs(self, shown: Me) -> Sequence[str]:
        """In the order of the list."""
        return [option.id for option in _options(shown.own) if option.id]

    def options(self, shown: Me) -> list[Option]:
        """Parts with a heading, each thing with its way up below it."""
        return _options(shown.own)

    def draw_list(self, shown: Me) -> None:
        """The list, headed by how much of the week's check-ins is said."""
        agreed = [one.ref for one in shown.own.key_results if one.state == "agreed"]
        said = sum(ref in shown.own.checkins for ref in agreed)
        week = f": {said} of {len(agreed)} checked in, week {shown.own.week}" if agreed and shown.own.reports else ""
        self.things.border_title = Content(f"{self.TITLE_OF_LIST}{week}")
        super().draw_list(shown)

    def empty_words(self, shown: Me) -> str:
        """What to do first."""
        return (
            f"You own nothing in {shown.own.cycle} yet. a writes down a contribution, a development goal, a stretch or an "
            "initiative."
            if shown.own.cycle
            else "There is no cycle yet."
        )

    def read_full(self, session: Session, ref: str) -> Full:
        """One thing, with its way up."""
        sight = self._own.own.ways.get(ref)
        ways = list(ways_up(sight)) if sight is not None else []
        if ref.startswith("KR"):
            return Full(ref, stacked(*_way(ways), key_result_in_full(show.key_result(session, ref))), {})
        if ref.startswith("O"):
            page = show.objective(session, ref)
            team = page.invitations[0].team if page.invitations else page.team
            return Full(ref, stacked(*_way(ways), objective_in_full(page, team, session.clock())), {})
        if ref.startswith("I"):
            work = initiative_lines.shown(session, ref)
            refusals = initiatives.refusals(session, ref)
            return Full(ref, initiative_in_full(work, ways, show.thread(session, ref)), refusals, initiative=work)
        promise = commitments.shown(session, ref)
        return Full(ref, promise_in_full(promise, ways, show.thread(session, ref)), {}, promise=promise)

    def draw_full(self, full: Full) -> Content:
        """It is drawn as it is read."""
        return full.drawn

    def refusals_of(self, full: Full) -> Refusals:
        """What may not be done with an initiative."""
        return full.refusals

    def refusals_here(self, shown: Me) -> Refusals:
        """A promise is always one's own to make."""
        del shown
        return {}

    def refusal(self, command: str) -> str:
        """Why a command is not for the chosen thing, or not now."""
        if command in CHANGING and self._full is not None:
            return _why_not(command, self._full)
        return super().refusal(command)

    @property
    def spot(self) -> Spot:
        """Where this person is: on this page, and nothing of what they have chosen or write there, which may be theirs alone."""
        where = self.desk.where
        return Spot(self.PAGE, where.team, where.cycle or "", follows=self.desk.follows)

    # Acts

    @on(OptionList.OptionSelected, "#things")
    def _selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open a key result on the board, an objective on its screen; go into the text of anything else."""
        ref = self.chosen()
        card = next((one for one in self._own.own.key_results if one.ref == ref), None)
        objective = next((one for one in self._own.own.objectives if one.ref == ref), None)
        if card is not None:
            self._go("board", ref, card.team)
        elif objective is not None:
            self._go("objectives", ref, objective.team)
        else:
            self.action_read()

    def _go(self, page: str, ref: str, team: str) -> None:
        self.desk.where.team = team
        self.post_message(Go(page, ref))

    async def _granted(self, command: str) -> Full | None:
        full = await self.fresh()
        if full is None:
            return None
        if sentence := _why_not(command, full):
            self.say(sentence, severity="warning")
            return None
        return full

    @work(group="asking")
    async def action_add(self) -> None:
        """Write down a promise or an initiative."""
        from screens import me_forms as forms  # noqa: PLC0415  # loaded when asked for

        ref = await forms.add(self)
        if ref:
            self.await_thing(ref)

    @work(group="asking")
    async def action_edit(self) -> None:
        """Change the chosen promise or initiative."""
        if full := await self._granted("me.edit"):
            from screens import me_forms as forms  # noqa: PLC0415  # as above

            if full.promise is not None:
                await forms.edit_promise(self, full.promise)
            elif full.initiative is not None:
                await forms.edit_initiative(self, full.initiative)

    @work(group="moving")
    async def action_done(self) -> None:
        """Say that the chosen one is done."""
        if full := await self._granted("me.done"):
            ref = full.ref
            if full.initiative is not None:
                await self.save(lambda session: initiatives.set_status(session, ref, "done"), f"{ref} is done.")
            else:
                await self.save(lambda session: commitments.done(session, ref), f"{ref} is done: u takes that back.")

    @work(group="moving")
    async def action_let_go(self) -> None:
        """Let the chosen promise go, or stop the chosen initiative."""
        if full := await self._granted("me.let_go"):
            ref = full.ref
            if full.initiative is not None:
                await self.save(lambda session: initiatives.set_status(session, ref, "stopped"), f"{ref} is stopped.")
            else:
                await self.save(
                    lambda session: commitments.let_go(session, ref), f"{ref} is let go: u takes that back."
                )


def _options(own: Own) -> list[Option]:
    public = [one for one in own.commitments if one.kind != "development"]
    private = [one for one in own.commitments if one.kind == "development"]
    parts = (
        ("Key results I own", [(one.ref, key_result_row(one)) for one in own.key_results]),
        ("Objectives of my own", [(one.ref, own_objective_row(one)) for one in own.objectives]),
        ("Initiatives", [(one.ref, initiative_row(one)) for one in own.initiatives]),
        ("Promised", [(one.ref, promise_row(one)) for one in public]),
        (
            "Development goals: for me and the leads of my teams alone",
            [(one.ref, promise_row(one)) for one in private],
        ),
        ("Development goals in the teams I lead", [(one.ref, promise_row(one)) for one in own.growth]),
    )
    return [option for title, rows in parts for option in _part(title, rows, own)]


def _part(title: str, rows: Sequence[tuple[str, Content]], own: Own) -> Iterator[Option]:
    if rows:
        yield Option(words(title), disabled=True)
    agreed = {one.ref for one in own.key_results if one.state == "agreed"} if own.reports else set()
    for ref, row in rows:
        said = ref in own.checkins if ref in agreed else None
        way = [Content("\n"), way_row(own.ways[ref].in_a_line, said=said)] if ref in own.ways else []
        yield Option(joined(row, *way), id=ref)


def _way(ways: Sequence[Content]) -> list[Content]:
    """The ways up, in front of a text that stands elsewhere, too."""
    return [*part("Line of sight", ways)[1:], Content("")] if ways else []


def _why_not(command: str, full: Full) -> str:
    """Why a command does nothing to a thing; empty where it does."""
    if full.ref.startswith("KR"):
        return f"{full.ref} is worked on elsewhere: open it on the board (Enter), or check it in (4)."
    if full.ref.startswith("O"):
        return f"{full.ref} is worked on elsewhere: open it (Enter)."
    if full.initiative is not None:
        act = Act.INITIATIVE_EDIT if command == "me.edit" else Act.INITIATIVE_STATUS
        return full.refusals.get(act, "")
    promise = full.promise
    if promise is None or promise.mine:
        over = promise is not None and promise.state != "open"
        return f"{full.ref} is {CHANGING[command]} no more: it is over. Promise something new (a)." if over else ""
    return f"{full.ref} is @{promise.person}'s alone to change: talk with them about it."
