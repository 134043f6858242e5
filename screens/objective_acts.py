"""What people do with objectives: each key's act, with its question or its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work

from okrtui.core.acts import Act
from okrtui.service import objectives
from screens.listed import ListedPage
from screens.objectives_shown import Full, Shown

if TYPE_CHECKING:
    from okrtui.service.permissions import Refusals
    from screens.commands import Command


class ObjectiveActs(ListedPage[Shown, Full]):
    """The acts on objectives, over whatever lists them."""

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

    # What may not be done

    def refusals_of(self, full: Full) -> Refusals:
        """What may not be done with the objective."""
        return full.refusals

    def refusals_here(self, shown: Shown) -> Refusals:
        """What may not be begun here."""
        return shown.refusals

    def label(self, command: Command) -> str:
        """One key pushes back, and takes back what was pushed back."""
        if command.id == "objective.push_back" and self._full is not None and _waits(self._full):
            return "take back"
        return super().label(command)

    def act_of(self, command: str, full: Full | None) -> Act | None:
        """Editing is rewording once it is published; pushing back twice is taking back."""
        if command == "objective.edit":
            published = full is not None and full.page.state != "draft"
            return Act.OBJECTIVE_REWORD if published else Act.OBJECTIVE_EDIT
        if command == "objective.push_back":
            return Act.TAKE_BACK if full is not None and _waits(full) else Act.PUSH_BACK
        return super().act_of(command, full)

    @property
    def asked(self) -> str:
        """The slug of the team whose answer is looked at; empty where none is."""
        return ""

    # Writing and publishing

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

    @work(group="asking")
    async def action_ask_person(self) -> None:
        """Put the chosen objective to one person of its team."""
        if full := await self.granted("objective.individual"):
            from screens import individual_forms  # noqa: PLC0415  # as above

            await individual_forms.ask_person(self, full.page)


def _waits(full: Full) -> bool:
    """Whether the team shown waits for an answer to its pushback."""
    return any(one.team == full.team and one.state == "pushed_back" for one in full.page.invitations)
