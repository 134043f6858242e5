"""What the two sides say to each other on the board: proposing, agreeing, returning, suggesting, linking, defending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from okrtui.service import key_results
from screens.board_shown import Full, Shown
from screens.dialogs.field import Field
from screens.listed import ListedPage

if TYPE_CHECKING:
    from okrtui.service.cards import KeyResultCard


class BoardExchange(ListedPage[Shown, Full]):
    """The acts of the board by which the two sides answer each other."""

    @work(group="asking")
    async def action_propose(self) -> None:
        """Put it to leadership, asking first for what is missing."""
        if full := await self.granted("board.propose"):
            from screens import key_result_forms as forms  # noqa: PLC0415  # as above

            await forms.propose(self, full.page)

    @work(group="asking")
    async def action_agree(self) -> None:
        """Agree to a proposal or an amendment, after a question."""
        if full := await self.granted("board.agree"):
            ref, what = full.page.card.ref, _asked(full.page.card)
            if await self.confirmed(f"Agree to {what}?\n\n{full.page.card.statement}", "Agree"):
                await self.save(lambda session: key_results.agree(session, ref), f"Agreed to {ref}.")

    @work(group="asking")
    async def action_send_back(self) -> None:
        """Return a proposal, or question an amendment."""
        if full := await self.granted("board.return"):
            from screens import key_result_forms as forms  # noqa: PLC0415  # as above

            card = full.page.card
            await forms.ask_words(
                self,
                f"Return {_asked(card)}",
                Field("question", "Your question", "note", hint="it stands in the thread"),
                card.statement,
                lambda session, words: key_results.send_back(session, card.ref, words),
                f"Returned {card.ref} with your question.",
            )

    @work(group="asking")
    async def action_answer(self) -> None:
        """Answer the question about an amendment."""
        if full := await self.granted("board.answer"):
            from screens import key_result_forms as forms  # noqa: PLC0415  # as above

            card = full.page.card
            asked = [line.body for line in full.page.thread if line.topic == "question"][-1:]
            await forms.ask_words(
                self,
                f"Answer about the amendment of {card.ref}",
                Field("words", "Your answer", "note", hint="it stands in the thread, and leadership is asked again"),
                "\n".join([card.statement, *asked]),
                lambda session, words: key_results.answer(session, card.ref, words),
                f"Answered: leadership is asked again about {card.ref}.",
            )

    @work(group="asking")
    async def action_take_back(self) -> None:
        """Take a proposal or an amendment back, after a question."""
        if full := await self.granted("board.take_back"):
            ref, what = full.page.card.ref, _asked(full.page.card)
            if await self.confirmed(f"Take {what} back? The text before it stands again.", "Take it back"):
                await self.save(lambda session: key_results.take_back(session, ref), f"Took {what} back.")

    @work(group="asking")
    async def action_take(self) -> None:
        """Adopt an imported idea, or take a suggestion."""
        full = await self.granted("board.take")
        if full is None:
            return
        card = full.page.card
        if full.is_to_adopt:
            await self.save(lambda session: key_results.adopt(session, card.ref), f"{card.ref} is the team's own now.")
            return
        from screens import suggesting  # noqa: PLC0415  # loaded when asked for

        await suggesting.take(self, full.page.suggestions, needs_reason=card.state == "agreed")

    @work(group="asking")
    async def action_decline(self) -> None:
        """Decline a suggestion."""
        if full := await self.granted("board.decline"):
            from screens import suggesting  # noqa: PLC0415  # as above

            await suggesting.decline(self, full.page.suggestions)

    @work(group="asking")
    async def action_link(self) -> None:
        """Ask what it is to stand under beside its objective."""
        if full := await self.granted("board.link"):
            from screens import linking  # noqa: PLC0415  # as above

            await linking.link(self, full.page.card.ref)

    @work(group="asking")
    async def action_unlink(self) -> None:
        """Take one of its links away."""
        if full := await self.fresh():
            from screens import linking  # noqa: PLC0415  # as above

            await linking.unlink(self, full.page.card.ref)

    @work(group="asking")
    async def action_defend(self) -> None:
        """Defend it in week nine; where it is to be amended, ask for that next."""
        if full := await self.granted("board.defend"):
            from screens import key_result_forms as forms  # noqa: PLC0415  # as above

            if await forms.defend(self, full.page) and (again := await self.granted("board.amend")):
                await forms.amend(self, again.page)


def _asked(card: KeyResultCard) -> str:
    return f"the amendment of {card.ref}" if card.amendment in {"asked", "questioned"} else card.ref
