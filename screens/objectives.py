"""Objectives: leadership writes and publishes; teams read why, accept with a straight line, or push back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from okrtui.core.acts import Act
from okrtui.service import invitations, listing, objectives, permissions, rooms, show
from screens.commands import bindings_of
from screens.listed import ListedPage
from widgets.in_full import objective_in_full
from widgets.marks import objective_row
from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from textual.binding import BindingType
    from textual.content import Content

    from okrtui.service.cards import ObjectiveCard
    from okrtui.service.permissions import Refusals
    from okrtui.service.rooms import Place
    from okrtui.service.session import Session
    from okrtui.service.show import ObjectivePage


@dataclass(frozen=True, slots=True)
class Shown:
    """What is listed: the objectives of a team and a cycle, the withdrawn last.

    ``awaited`` says of each how many other teams pushed back, and how many have not answered.
    """

    place: Place
    cards: tuple[ObjectiveCard, ...]
    refusals: Refusals
    awaited: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Full:
    """The chosen objective; ``unseen`` are ids of invitations to the person's own teams that they have not seen."""

    page: ObjectivePage
    refusals: Refusals
    team: str
    now: datetime
    unseen: tuple[int, ...]


class ObjectivesPage(ListedPage[Shown, Full]):
    """The second screen."""

    PAGE = "objectives"
    TITLE_OF_LIST = "Objectives"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("objectives")]
    CSS_PATH = "objectives.tcss"
    BEGUN: ClassVar[frozenset[Act]] = frozenset({Act.OBJECTIVE_ADD})
    ACTS: ClassVar[dict[str, Act]] = {
        "objective.add": Act.OBJECTIVE_ADD,
        "objective.publish": Act.OBJECTIVE_PUBLISH,
        "objective.invite": Act.INVITE,
        "objective.accept": Act.ACCEPT,
        "objective.answer": Act.ANSWER,
    }

    # What it shows

    def read_list(self, session: Session) -> Shown:
        """The objectives of the team and cycle shown."""
        team, cycle = self.desk.where.team, self.desk.where.cycle
        place, cards = rooms.objectives_of(session, team, cycle)
        standing = [one for one in cards if one.state != "withdrawn"]
        withdrawn = [one for one in cards if one.state == "withdrawn"]
        awaited = listing.answers_awaited(session, team, cycle)
        return Shown(place, (*standing, *withdrawn), permissions.of_place(session, team, cycle), awaited)

    def refs(self, shown: Shown) -> Sequence[str]:
        """In the order of the list."""
        return [card.ref for card in shown.cards]

    def options(self, shown: Shown) -> list[Option]:
        """Two lines each; what is withdrawn is dimmed."""
        return [Option(_row(card, *shown.awaited.get(card.ref, (0, 0))), id=card.ref) for card in shown.cards]

    def empty_words(self, shown: Shown) -> str:
        """What to do first."""
        if not shown.place.cycle:
            return "There is no cycle yet."
        return f"{shown.place.team_name} has no objective in {shown.place.cycle} yet, and none was put to it."

    def read_full(self, session: Session, ref: str) -> Full:
        """One objective, and what this person may do with it for the team shown."""
        page = show.objective(session, ref)
        team = self.desk.where.team
        refusals = permissions.of_objective(session, ref, team)
        return Full(page, refusals, team, session.clock(), listing.unseen(session, ref))

    def draw_full(self, full: Full) -> Content:
        """The objective as the people of the team shown look at it."""
        return objective_in_full(full.page, full.team, full.now)

    def refusals_of(self, full: Full) -> Refusals:
        """What may not be done with the objective."""
        return full.refusals

    def refusals_here(self, shown: Shown) -> Refusals:
        """What may not be begun here."""
        return shown.refusals

    def act_of(self, command: str, full: Full | None) -> Act | None:
        """Editing is rewording once it is published; pushing back twice is taking back."""
        if command == "objective.edit":
            published = full is not None and full.page.state != "draft"
            return Act.OBJECTIVE_REWORD if published else Act.OBJECTIVE_EDIT
        if command == "objective.push_back":
            return Act.TAKE_BACK if full is not None and _waits(full) else Act.PUSH_BACK
        return super().act_of(command, full)

    def seen(self, full: Full) -> None:
        """Note that the person has seen what was put to their team."""
        if full.unseen:
            self._see(full)

    @work(group="seeing")
    async def _see(self, full: Full) -> None:
        await self.save(lambda session: invitations.see(session, list(full.unseen)))
        if self.chosen() == full.page.ref:
            self._load_full(full.page.ref)

    # Acts

    @on(OptionList.OptionSelected, "#things")
    def _selected(self) -> None:
        self.action_read()

    @work(group="asking")
    async def action_add(self) -> None:
        """Write a draft objective of the team shown."""
        sentence = self.refused_in(Act.OBJECTIVE_ADD, None)
        if sentence:
            self.say(sentence, severity="warning")
            return
        from screens import objective_forms as forms  # noqa: PLC0415  # loaded when asked for

        ref = await forms.add(self, self.desk.where.team, self.desk.where.cycle)
        if ref:
            self.await_thing(ref)

    @work(group="asking")
    async def action_edit(self) -> None:
        """Edit a draft, or reword what is published."""
        if full := await self.granted("objective.edit"):
            from screens import objective_forms as forms  # noqa: PLC0415  # as above

            await forms.edit(self, full.page)

    @work(group="asking")
    async def action_publish(self) -> None:
        """Publish a draft, after a question."""
        if full := await self.granted("objective.publish"):
            page = full.page
            question = f"Publish {page.ref}? Everybody will be able to read it.\n\n{page.title}"
            if await self.confirmed(question, "Publish"):
                await self.save(lambda session: objectives.publish(session, page.ref), f"Published {page.ref}.")

    @work(group="asking")
    async def action_invite(self) -> None:
        """Put it to teams."""
        if full := await self.granted("objective.invite"):
            from screens import objective_forms as forms  # noqa: PLC0415  # as above

            await forms.invite(self, full.page)

    @work(group="asking")
    async def action_accept(self) -> None:
        """Accept for the team shown."""
        if full := await self.granted("objective.accept"):
            from screens import objective_forms as forms  # noqa: PLC0415  # as above

            await forms.accept(self, full.page, full.team)

    @work(group="asking")
    async def action_push_back(self) -> None:
        """Push back for the team shown, or take its pushback back."""
        if full := await self.granted("objective.push_back"):
            from screens import objective_forms as forms  # noqa: PLC0415  # as above

            ask = forms.take_back if _waits(full) else forms.push_back
            await ask(self, full.page, full.team)

    @work(group="asking")
    async def action_answer(self) -> None:
        """Answer a pushback."""
        if full := await self.granted("objective.answer"):
            from screens import objective_forms as forms  # noqa: PLC0415  # as above

            await forms.answer(self, full.page)


def _waits(full: Full) -> bool:
    """Whether the team shown waits for an answer to its pushback."""
    return any(one.team == full.team and one.state == "pushed_back" for one in full.page.invitations)


def _row(card: ObjectiveCard, pushed_back: int, unanswered: int) -> Content:
    if card.state == "withdrawn":
        style = "$foreground-muted"
        return joined(words(f"✕ {card.ref} {card.title}", style), "\n  ", words("withdrawn", style))
    said = [
        (pushed_back, f"! {pushed_back} pushed back", "$text-error"),
        (unanswered, f"{unanswered} unanswered", "$text-warning"),
    ]
    return joined(objective_row(card), *[(f"  {text}", style) for count, text, style in said if count])
