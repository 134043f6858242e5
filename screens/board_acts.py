"""What a team does on the board: each key's act, with its question or its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work

from okrtui.core.acts import Act
from okrtui.service import key_results
from screens.board_exchange import BoardExchange
from screens.dialogs.field import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.service.cards import ObjectiveCard
    from okrtui.service.permissions import Refusals
    from screens.board_shown import Full, Shown


class BoardActs(BoardExchange):
    """The acts of the board, over whatever shows its cards."""

    BEGUN: ClassVar[frozenset[Act]] = frozenset({Act.KR_ADD})
    ACTS: ClassVar[dict[str, Act]] = {
        "board.add": Act.KR_ADD,
        "board.right": Act.KR_START,
        "board.left": Act.KR_IDEA,
        "board.propose": Act.KR_PROPOSE,
        "board.drop": Act.KR_DROP,
        "board.decline": Act.KR_DECLINE,
        "board.dot": Act.KR_DOT,
        "board.undot": Act.KR_DOT,
        "board.amend": Act.KR_AMEND,
        "board.guide": Act.KR_GUIDE,
        "board.defend": Act.KR_DEFEND,
        "board.link": Act.KR_LINK,
        "board.answer": Act.AMENDMENT_ANSWER,
        "board.quiet": Act.KR_QUIET,
        "suggest": Act.KR_SUGGEST,
    }

    _under = ""
    """The objective the next idea is offered under."""

    # What may not be done

    def refusals_of(self, full: Full) -> Refusals:
        """What may not be done with the key result."""
        return full.refusals

    def refusals_here(self, shown: Shown) -> Refusals:
        """What may not be begun here."""
        return shown.refusals

    def act_of(self, command: str, full: Full | None) -> Act | None:
        """Some keys do one thing or another, as the key result stands."""
        state = full.page.card.state if full is not None else ""
        asked = full is not None and full.page.card.amendment in {"asked", "questioned"}
        match command:
            case "board.edit":
                return {"proposed": Act.KR_TAKE_BACK, "agreed": Act.KR_OWN}.get(state, Act.KR_EDIT)
            case "board.agree":
                return Act.AMENDMENT_AGREE if asked else Act.KR_AGREE
            case "board.return":
                return Act.AMENDMENT_QUESTION if asked else Act.KR_RETURN
            case "board.take_back":
                return Act.AMENDMENT_TAKE_BACK if asked else Act.KR_TAKE_BACK
            case "board.park":
                return Act.KR_UNPARK if state == "parked" else Act.KR_PARK
            case "board.take":
                return Act.KR_ADOPT if full is not None and full.is_to_adopt else Act.KR_TAKE
            case _:
                return super().act_of(command, full)

    def lacking(self, command: str, full: Full) -> str:
        """Why there is nothing for a command to be done to, and what to do instead."""
        ref = full.page.card.ref
        match command:
            case "board.quiet" if not full.page.check.questions:
                return f"The checks ask nothing more about the words of {ref}: edit it (e), or comment (c)."
            case "board.undot" if not full.page.card.my_dots:
                return f"You have no dot on {ref}: put one on it (.)."
            case _:
                return ""

    # Writing

    @work(group="asking")
    async def action_add(self) -> None:
        """Write an idea."""
        shown = self._shown
        if shown is None:
            return
        if sentence := self.refused_in(Act.KR_ADD, None):
            self.say(sentence, severity="warning")
            return
        from screens import key_result_forms as forms  # noqa: PLC0415  # loaded when asked for

        here = self.chosen()
        chosen = self._under or next((one.objective for one in shown.each if one.ref == here), "")
        self._under = ""
        ref = await forms.add(self, self.desk.where.team, _open(shown.cards), chosen)
        if ref:
            self.await_thing(ref)

    @work(group="asking")
    async def action_edit(self) -> None:
        """Fill in an idea or a draft; take a proposal back first; of what is agreed name another owner."""
        if not self.chosen():
            self.action_next_step()
            return
        full = await self.granted("board.edit")
        if full is None:
            return
        from screens import key_result_forms as forms  # noqa: PLC0415  # as above

        page = full.page
        if page.card.state == "agreed":
            await forms.own(self, page)
            return
        if page.card.state == "proposed":
            question = f"{page.card.ref} is proposed. Take it back into the drafts to change it?"
            if not await self.confirmed(question, "Take it back"):
                return
            await self.save(lambda session: key_results.take_back(session, page.card.ref))
        await forms.edit(self, page, {})

    @work(group="asking")
    async def action_amend(self) -> None:
        """Amend what is agreed."""
        if full := await self.granted("board.amend"):
            from screens import key_result_forms as forms  # noqa: PLC0415  # as above

            await forms.amend(self, full.page)

    @work(group="asking")
    async def action_guide(self) -> None:
        """Write the guidance."""
        if full := await self.granted("board.guide"):
            from screens import key_result_forms as forms  # noqa: PLC0415  # as above

            await forms.guide(self, full.page)

    @work(group="asking")
    async def action_quiet(self) -> None:
        """Answer a question of the writing checks."""
        if full := await self.granted("board.quiet"):
            from screens import key_result_forms as forms  # noqa: PLC0415  # as above

            await forms.quiet(self, full.page)

    # Carrying over

    def refusal(self, command: str) -> str:
        """Why a command is not for this person, or the chosen key result, now."""
        if command == "board.carry" and self._shown is not None:
            theirs = "" if self._shown.to_carry.own else self.refused_in(Act.KR_ADD, None)
            return theirs or _nothing_to_carry(self._shown)
        return super().refusal(command)

    @work(group="asking")
    async def action_carry(self) -> None:
        """Carry a key result of the cycle closed last under an objective of this one."""
        if self._shown is None:
            return
        if sentence := self.refusal("board.carry"):
            self.say(sentence, severity="warning")
            return
        from screens import carrying  # noqa: PLC0415  # loaded when asked for

        under, self._under = self._under, ""
        if ref := await carrying.carry(self, self.desk.where.team, _open(self._shown.cards), under):
            self.await_thing(ref)

    # Moving

    @work(group="moving")
    async def action_move_right(self) -> None:
        """Make a draft of an idea."""
        if full := await self.granted("board.right"):
            await self.save(lambda session: key_results.start(session, full.page.card.ref))

    @work(group="moving")
    async def action_move_left(self) -> None:
        """Put a draft back among the ideas."""
        if full := await self.granted("board.left"):
            await self.save(lambda session: key_results.back_to_idea(session, full.page.card.ref))

    @work(group="moving")
    async def action_park(self) -> None:
        """Put it aside, or take it up again."""
        if full := await self.granted("board.park"):
            move = key_results.unpark if full.page.card.state == "parked" else key_results.park
            await self.save(lambda session: move(session, full.page.card.ref))

    @work(group="asking")
    async def action_drop(self) -> None:
        """Drop it, with a reason."""
        if full := await self.granted("board.drop"):
            from screens import key_result_forms as forms  # noqa: PLC0415  # as above

            card = full.page.card
            await forms.ask_words(
                self,
                f"Drop {card.ref}",
                Field("reason", "Reason", "note", hint="it stays on record, with its progress of today"),
                card.statement,
                lambda session, words: key_results.drop(session, card.ref, words),
                f"Dropped {card.ref}.",
            )

    @work(group="moving")
    async def action_dot(self) -> None:
        """Put a dot on it."""
        if full := await self.granted("board.dot"):
            from okrtui.service import dots  # noqa: PLC0415  # loaded when asked for

            left = await self.save(lambda session: dots.put(session, full.page.card.ref))
            self._say_dots(left)

    @work(group="moving")
    async def action_undot(self) -> None:
        """Take a dot off it."""
        if full := await self.granted("board.undot"):
            from okrtui.service import dots  # noqa: PLC0415  # as above

            left = await self.save(lambda session: dots.take_off(session, full.page.card.ref))
            self._say_dots(left)

    def _say_dots(self, left: int | None) -> None:
        if left is not None:
            self.say(f"{left} of your five dots {'is' if left == 1 else 'are'} left.")


def _open(cards: Sequence[ObjectiveCard]) -> list[ObjectiveCard]:
    """The objectives under which key results may be written."""
    states = {"open", "accepted", "pushed_back"}
    return [card for card in cards if card.invitation is not None and card.invitation.state in states]


def _nothing_to_carry(shown: Shown) -> str:
    """Why there is nothing to carry; empty where there is."""
    if any(shown.to_carry):
        return ""
    return "Nothing of the cycle closed last waits to be carried: write an idea (a)."
