"""Objectives: leadership writes and publishes; teams read why, accept with a straight line, or push back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.widgets import OptionList

from okrtui.core.acts import Act
from okrtui.service import answers, invitations, listing, objectives, permissions, rooms, show
from screens.commands import bindings_of
from screens.listed import ListedPage
from widgets.objective_in_full import objective_in_full
from widgets.objective_rows import objective_rows, unanswered_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from textual.binding import BindingType
    from textual.content import Content
    from textual.widgets.option_list import Option

    from okrtui.service.answers import Answers, Unanswered
    from okrtui.service.cards import ObjectiveCard
    from okrtui.service.desk import Desk
    from okrtui.service.permissions import Refusals
    from okrtui.service.rooms import Place
    from okrtui.service.session import Session
    from okrtui.service.show import ObjectivePage


@dataclass(frozen=True, slots=True)
class Shown:
    """What is listed: the objectives of a team and a cycle, how their teams answered, and who has not yet.

    ``has_earlier`` says that an empty cycle could begin with what an earlier one had.
    """

    place: Place
    cards: tuple[ObjectiveCard, ...]
    refusals: Refusals
    answers: Mapping[str, Answers]
    unanswered: tuple[Unanswered, ...]
    now: datetime
    has_earlier: bool


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
        "objective.go_on": Act.OBJECTIVE_ADD,
        "objective.publish": Act.OBJECTIVE_PUBLISH,
        "objective.invite": Act.INVITE,
        "objective.individual": Act.INVITE,
        "objective.release": Act.INVITE,
        "objective.uninvite": Act.INVITE,
        "objective.accept": Act.ACCEPT,
        "objective.answer": Act.ANSWER,
        "objective.withdraw": Act.OBJECTIVE_WITHDRAW,
        "objective.learn": Act.OBJECTIVE_LEARN,
        "objective.take": Act.OBJECTIVE_TAKE,
        "objective.decline": Act.OBJECTIVE_DECLINE,
        "objective.link": Act.OBJECTIVE_LINK,
        "objective.consent": Act.LINK_CONSENT,
        "objective.refuse": Act.LINK_DECLINE,
        "suggest": Act.OBJECTIVE_SUGGEST,
    }

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
    async def action_go_on(self) -> None:
        """Write a draft that goes on from an objective of an earlier cycle."""
        sentence = self.refused_in(Act.OBJECTIVE_ADD, None)
        if sentence:
            self.say(sentence, severity="warning")
            return
        from screens import objective_forms as forms  # noqa: PLC0415  # as above

        ref = await forms.go_on(self, self.desk.where.team, self.desk.where.cycle)
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
    async def action_withdraw(self) -> None:
        """Withdraw it, with a reason."""
        if full := await self.granted("objective.withdraw"):
            from screens import objective_forms as forms  # noqa: PLC0415  # as above

            await forms.withdraw(self, full.page)

    @work(group="asking")
    async def action_learn(self) -> None:
        """Write its line of learning."""
        if full := await self.granted("objective.learn"):
            from screens import objective_forms as forms  # noqa: PLC0415  # as above

            await forms.learn(self, full.page.ref, full.page.title, full.page.learning)

    @work(group="asking")
    async def action_invite(self) -> None:
        """Put it to teams, or let some go."""
        if full := await self.granted("objective.invite"):
            from screens import inviting  # noqa: PLC0415  # as above

            await inviting.invite(self, full.page, full.now)

    @work(group="asking")
    async def action_release(self) -> None:
        """Release a team from it."""
        if full := await self.granted("objective.release"):
            from screens import inviting  # noqa: PLC0415  # as above

            await inviting.let_go(self, full.page, self.asked)

    @work(group="asking")
    async def action_uninvite(self) -> None:
        """Take an invitation back that nobody answered."""
        if full := await self.granted("objective.uninvite"):
            from screens import inviting  # noqa: PLC0415  # as above

            await inviting.take_away(self, full.page, self.asked)

    @work(group="asking")
    async def action_accept(self) -> None:
        """Accept for the team shown."""
        if full := await self.granted("objective.accept"):
            from screens import answer_forms as forms  # noqa: PLC0415  # as above

            await forms.accept(self, full.page, full.team)

    @work(group="asking")
    async def action_push_back(self) -> None:
        """Push back for the team shown, or take its pushback back."""
        if full := await self.granted("objective.push_back"):
            from screens import answer_forms as forms  # noqa: PLC0415  # as above

            ask = forms.take_back if _waits(full) else forms.push_back
            await ask(self, full.page, full.team)

    @work(group="asking")
    async def action_answer(self) -> None:
        """Answer a pushback: of the team that is looked at, else of the team shown, else of one that is picked."""
        if full := await self.granted("objective.answer"):
            from screens import answer_forms as forms  # noqa: PLC0415  # as above

            await forms.answer(self, full.page, self.asked or full.team)

    @work(group="asking")
    async def action_take(self) -> None:
        """Take a suggestion."""
        if full := await self.granted("objective.take"):
            from screens import suggesting  # noqa: PLC0415  # as above

            await suggesting.take(self, full.page.suggestions, needs_reason=False)

    @work(group="asking")
    async def action_decline(self) -> None:
        """Decline a suggestion."""
        if full := await self.granted("objective.decline"):
            from screens import suggesting  # noqa: PLC0415  # as above

            await suggesting.decline(self, full.page.suggestions)

    # Links

    @work(group="asking")
    async def action_link(self) -> None:
        """Ask what it is to stand under."""
        if full := await self.granted("objective.link"):
            from screens import linking  # noqa: PLC0415  # as above

            await linking.link(self, full.page.ref)

    @work(group="asking")
    async def action_unlink(self) -> None:
        """Take one of its links away."""
        if full := await self.fresh():
            from screens import linking  # noqa: PLC0415  # as above

            await linking.unlink(self, full.page.ref)

    @work(group="asking")
    async def action_consent(self) -> None:
        """Consent to a link that others ask for."""
        if full := await self.granted("objective.consent"):
            from screens import linking  # noqa: PLC0415  # as above

            await linking.consent(self, full.page.asked_below)

    @work(group="asking")
    async def action_refuse(self) -> None:
        """Decline a link that others ask for."""
        if full := await self.granted("objective.refuse"):
            from screens import linking  # noqa: PLC0415  # as above

            await linking.decline(self, full.page.asked_below)

    # Reading

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
    async def action_ask_person(self) -> None:
        """Put the chosen objective to one person of its team."""
        if full := await self.granted("objective.individual"):
            from screens import individual_forms  # noqa: PLC0415  # as above

            await individual_forms.ask_person(self, full.page)

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
    """Whether an objective is one of those the team shown works for now."""
    released = card.invitation is not None and card.invitation.state == "released"
    return card.state != "withdrawn" and not released


def _waits(full: Full) -> bool:
    """Whether the team shown waits for an answer to its pushback."""
    return any(one.team == full.team and one.state == "pushed_back" for one in full.page.invitations)
