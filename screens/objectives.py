"""Objectives: leadership writes and publishes; teams read why, accept with a straight line, or push back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.widgets import OptionList

from okrtui.service import answers, invitations, listing, permissions, rooms, show
from screens.commands import bindings_of
from screens.objective_acts import ObjectiveActs
from screens.objectives_shown import Full, Shown
from widgets.objective_in_full import objective_in_full
from widgets.objective_rows import objective_rows, unanswered_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.content import Content
    from textual.widgets.option_list import Option

    from okrtui.service.cards import ObjectiveCard
    from okrtui.service.desk import Desk
    from okrtui.service.session import Session


class ObjectivesPage(ObjectiveActs):
    """The second screen."""

    PAGE = "objectives"
    TITLE_OF_LIST = "Objectives"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("objectives")]
    CSS_PATH = "objectives.tcss"

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk, notice=notice)
        self._picked: tuple[str, str] = ("", "")
        self._drawn_for = ""

    # What it shows

    def read_list(self, session: Session) -> Shown:
        """The objectives of the team and cycle shown."""
        team, cycle = self.desk.where.team, self.desk.where.cycle
        place, cards = rooms.objectives_of(session, team, cycle)
        return Shown(
            place,
            cards,
            permissions.of_place(session, team, cycle),
            answers.counted(session, team, cycle),
            answers.unanswered(session, team, cycle),
            session.clock(),
            not cards and bool(place.cycle) and bool(listing.to_go_on_from(session, team, cycle)),
        )

    def refs(self, shown: Shown) -> Sequence[str]:
        """In the order of the list."""
        return [*(one.ref for one in shown.unanswered), *(card.ref for card in shown.cards)]

    def options(self, shown: Shown) -> list[Option]:
        """Who has not answered, then the objectives by their state."""
        many = sum(_counts(card) for card in shown.cards)
        return [
            *unanswered_rows(shown.unanswered, shown.now),
            *objective_rows(shown.cards, shown.answers, shown.place.team, many=many),
        ]

    def empty_words(self, shown: Shown) -> str:
        """What to do first."""
        if not shown.place.cycle:
            return "There is no cycle yet."
        earlier = "\nN starts one from an earlier cycle's." if shown.has_earlier else ""
        return f"{shown.place.team_name} has no objective in {shown.place.cycle} yet, and none was put to it.{earlier}"

    def chosen(self) -> str:
        """The ref under the cursor; of who has not answered too."""
        return super().chosen().partition(" ")[0]

    @property
    def asked(self) -> str:
        """The slug of the team whose answer is looked at: the one under the cursor, or the one that was picked."""
        row = (self.things.chosen or "").partition(" ")
        ref, team = self._picked
        return row[2] or (team if ref == row[0] else "")

    @on(OptionList.OptionHighlighted, "#things")
    def _asked_moved(self) -> None:
        """From one team's answer to another's on the same objective; a picked one is forgotten on another."""
        full = self._full
        if self.is_going:
            return
        if self._picked[0] != self.chosen():
            self._picked = ("", "")
        if full is not None and full.page.ref == self.chosen() and self.asked != self._drawn_for:
            self._show_answer(full)

    def _show_answer(self, full: Full) -> None:
        """Show the objective again, from its beginning, with the answer of the team that is asked first."""
        self._draw_full(full.page.ref, full)
        self.reading.scroll_home(animate=False)

    def read_full(self, session: Session, ref: str) -> Full:
        """One objective, and what this person may do with it for the team shown."""
        page = show.objective(session, ref)
        shown = self.desk.where.team
        refusals = permissions.of_objective(session, ref, shown)
        team = next((one.team for one in page.invitations if one.is_to_person), shown)
        return Full(page, refusals, team, session.clock(), listing.unseen(session, ref))

    def draw_full(self, full: Full) -> Content:
        """The objective as the people of the team shown look at it."""
        self._drawn_for = self.asked
        return objective_in_full(full.page, full.team, full.now, self.asked)

    def seen(self, full: Full) -> None:
        """Note that the person has seen what was put to their team."""
        if full.unseen:
            self._see(full)

    @work(group="seeing")
    async def _see(self, full: Full) -> None:
        await self.save(lambda session: invitations.see(session, list(full.unseen)))
        if self.chosen() == full.page.ref:
            self._load_full(full.page.ref)

    # Reading

    @on(OptionList.OptionSelected, "#things")
    def _selected(self) -> None:
        self.action_read()

    @work(group="asking")
    async def action_earlier(self) -> None:
        """Read every earlier text, compared with the one after it."""
        full = await self.fresh()
        if full is None:
            return
        if sentence := _no_earlier(full):
            self.say(sentence)
            return
        from screens.dialogs.read import Read  # noqa: PLC0415  # as above
        from widgets.earlier_texts import earlier_texts  # noqa: PLC0415  # as above

        await self.app.push_screen_wait(Read(f"Texts of {full.page.ref}", earlier_texts(full.page)))

    @work(group="asking")
    async def action_pick_answer(self) -> None:
        """Go to one team's answer to the chosen objective."""
        full = await self.fresh()
        if full is None:
            return
        from screens.inviting import pick_answer  # noqa: PLC0415  # as above

        team = await pick_answer(self, full.page, full.now)
        if team:
            self._picked = (full.page.ref, team)
            self.choose(full.page.ref)
            self._show_answer(full)
            self.reading.focus()

    def refusal(self, command: str) -> str:
        """Why a command is not for this person, or the chosen objective, now."""
        if command == "objective.earlier" and self._full is not None:
            return _no_earlier(self._full)
        return super().refusal(command)


def _no_earlier(full: Full) -> str:
    """Why there is no earlier text to read; empty where there is one."""
    ref = full.page.ref
    return f"{ref} reads as it was first written: it has no earlier text." if len(full.page.texts) < 2 else ""


def _counts(card: ObjectiveCard) -> bool:
    """Whether an objective is one of those the team shown works for now; one person's own is not."""
    asked = card.invitation
    return card.state != "withdrawn" and (asked is None or not (asked.is_to_person or asked.state == "released"))
