"""The board: a team's key results from the first idea to the agreed one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from okrtui.core.acts import Act
from okrtui.service import key_results, permissions, rooms, show
from screens.commands import bindings_of
from screens.dialogs.form import Field
from screens.listed import ListedPage
from widgets.in_full import heading, key_result_in_full
from widgets.marks import key_result_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.content import Content

    from okrtui.service.cards import KeyResultCard, ObjectiveCard
    from okrtui.service.permissions import Refusals
    from okrtui.service.rooms import Place
    from okrtui.service.session import Session
    from okrtui.service.show import KeyResultPage

COLUMNS = (
    ("Ideas", ("idea",)),
    ("Drafts", ("draft",)),
    ("Proposed", ("proposed",)),
    ("Agreed", ("agreed",)),
    ("Parked", ("parked",)),
    ("Dropped", ("dropped", "not_agreed")),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is listed: the key results of a team and a cycle, by their objectives."""

    place: Place
    cards: tuple[ObjectiveCard, ...]
    refusals: Refusals

    def of(self, states: Sequence[str]) -> list[KeyResultCard]:
        """The key results in these states, in the order of their objectives."""
        return [one for card in self.cards for one in card.key_results if one.state in states]


@dataclass(frozen=True, slots=True)
class Full:
    """The chosen key result."""

    page: KeyResultPage
    refusals: Refusals


class BoardPage(ListedPage[Shown, Full]):
    """The third screen."""

    PAGE = "board"
    TITLE_OF_LIST = "Key results"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("board")]
    CSS_PATH = "board.tcss"
    BEGUN: ClassVar[frozenset[Act]] = frozenset({Act.KR_ADD})
    ACTS: ClassVar[dict[str, Act]] = {
        "board.add": Act.KR_ADD,
        "board.right": Act.KR_START,
        "board.left": Act.KR_IDEA,
        "board.propose": Act.KR_PROPOSE,
        "board.drop": Act.KR_DROP,
    }

    _under = ""
    """The objective the next idea is offered under."""

    # What it shows

    def read_list(self, session: Session) -> Shown:
        """The key results of the team and cycle shown."""
        team, cycle = self.desk.where.team, self.desk.where.cycle
        place, cards = rooms.objectives_of(session, team, cycle)
        return Shown(place, cards, permissions.of_place(session, team, cycle))

    def refs(self, shown: Shown) -> Sequence[str]:
        """In the order of the list."""
        return [card.ref for _, states in COLUMNS for card in shown.of(states)]

    def options(self, shown: Shown) -> list[Option]:
        """Under a heading for each state, two lines each; empty states but the first four are left out."""
        options: list[Option] = []
        if not any(card.key_results for card in shown.cards):
            return options
        for title, states in COLUMNS:
            cards = shown.of(states)
            if cards or title not in {"Parked", "Dropped"}:
                options.append(Option(heading(f"{title} · {len(cards)}"), disabled=True))
            options += [Option(key_result_row(card, indent=" ", under=card.objective), id=card.ref) for card in cards]
        return options

    def empty_words(self, shown: Shown) -> str:
        """What to do first."""
        if not shown.place.cycle:
            return "There is no cycle yet."
        return f"No key results yet. {shown.refusals.get(Act.KR_ADD, 'Write down how everybody will know (a).')}"

    def read_full(self, session: Session, ref: str) -> Full:
        """One key result, and what this person may do with it."""
        return Full(show.key_result(session, ref), permissions.of_key_result(session, ref))

    def draw_full(self, full: Full) -> Content:
        """The key result with all that was said of it."""
        return key_result_in_full(full.page)

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
            case "board.park":
                return Act.KR_UNPARK if state == "parked" else Act.KR_PARK
            case _:
                return super().act_of(command, full)

    def choose(self, ref: str) -> bool:
        """Put the cursor on a key result; an objective is kept for the next idea."""
        if any(card.ref == ref for card in (self._shown.cards if self._shown is not None else ())):
            self._under = ref
            return True
        return super().choose(ref)

    # Acts

    @on(OptionList.OptionSelected, "#things")
    def _selected(self) -> None:
        self.action_edit()

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

        chosen = self._under or (self._full.page.card.objective if self._full is not None else "")
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
            field = Field("question", "Your question", "note", hint="it stands in the thread")
            await forms.ask_words(
                self,
                f"Return {_asked(card)}",
                field,
                card.statement,
                lambda session, words: key_results.send_back(session, card.ref, words),
                f"Returned {card.ref} with your question.",
            )

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


def _open(cards: Sequence[ObjectiveCard]) -> list[ObjectiveCard]:
    """The objectives under which key results may be written."""
    states = {"open", "accepted", "pushed_back"}
    return [card for card in cards if card.invitation is not None and card.invitation.state in states]


def _asked(card: KeyResultCard) -> str:
    return f"the amendment of {card.ref}" if card.amendment in {"asked", "questioned"} else card.ref
