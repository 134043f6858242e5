"""The room: a team's objectives and key results at a glance, what needs you, and what happened."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from okrtui.core.acts import Act
from okrtui.core.model import Phase
from okrtui.service import permissions, rooms
from okrtui.service.guide import step_of_need
from screens.commands import bindings_of
from screens.page import Go, Page
from widgets.listing import Listing
from widgets.marks import key_result_row, objective_row
from widgets.text import joined, stacked, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.content import Content

    from okrtui.service.activity import Line
    from okrtui.service.looking import Need
    from okrtui.service.permissions import Refusals
    from okrtui.service.presence import Spot
    from okrtui.service.rooms import Room
    from okrtui.service.session import Session
    from okrtui.service.squares import Squares
    from widgets.squares import FourSquares

OF_A_WEEK = ("PR", "W")
"""The letters of a priority's ref and of a win's."""

SQUARES = "squares"
"""The word for the four squares, in how the page is shown."""


class RoomPage(Page):
    """The first screen."""

    PAGE = "room"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("room"), Binding("tab", "app.focus_next", show=False)]
    CSS_PATH = "room.tcss"

    _turned = False
    """Whether the room shows its four squares."""
    _squares: FourSquares | None = None
    """The four squares, once they were asked for."""
    _refusals: Mapping[Act, str] = MappingProxyType({})
    """What may not be written down of the week shown."""

    def body(self) -> ComposeResult:
        """Objectives with their key results; beside or below them what needs you, and activity. Or the four squares."""
        with Horizontal(id="room"):
            yield Listing(id="objectives", title="Objectives and key results")
            with Vertical(id="aside"):
                yield Listing(id="needs", title="Needs you")
                yield Listing(id="activity", title="What happened")

    def on_mount(self) -> None:
        """Begin on the objectives."""
        self.query_one("#objectives").focus()

    def look(self, session: Session) -> Callable[[], None]:
        """The room of the team and cycle shown, or its four squares."""
        where = (self.desk.where.team, self.desk.where.cycle)
        refusals = permissions.of_week(session, *where)
        if self._turned:
            from okrtui.service import squares  # noqa: PLC0415  # loaded when asked for: the first frame does without

            return partial(self._draw_squares, squares.squares(session, *where), refusals)
        shown = rooms.room(session, *where, with_needs=False)
        since = self.desk.visit.come(session, where[0], shown.activity[0].id if shown.activity else 0)
        return partial(self._draw, shown, refusals, since)

    async def on_screen_suspend(self) -> None:
        """Leave the room for another page: what is seen now is not new any more."""
        if self.app.current_mode != self.PAGE:
            self._stale = True
            await self.desk.write(self.desk.visit.leave)

    def _draw_squares(self, shown: Squares, refusals: Refusals) -> None:
        self._refusals = refusals
        if self._squares is not None:
            self._squares.show(shown)

    def _draw(self, shown: Room, refusals: Refusals, since: int | None) -> None:
        """Draw the three lists, each keeping its cursor."""
        self._refusals = refusals
        self._room = shown
        self.query_one("#objectives", Listing).show(self._objective_options(shown), self._empty_words(shown))
        needs = [
            Option(_need_row(need), id=f"{need.kind} {need.ref} {place}") for place, need in enumerate(self._needs)
        ]
        self.query_one("#needs", Listing).show(needs, "Nothing needs you now.")
        self.query_one("#activity", Listing).show(self._activity_options(shown, since), "Nothing happened yet.")

    def _activity_options(self, shown: Room, since: int | None) -> list[Option]:
        """What happened, the newest first, and a line below what others did since this person was last here."""
        options = [Option(_activity_row(line), id=f"{line.id} {line.ref}") for line in shown.activity]
        new = [line for line in shown.activity if since is not None and line.id > since]
        if any(self.frame is None or line.who != self.frame.who for line in new):
            options.insert(len(new), Option(words("— ↑ since you were last here —", "$accent"), disabled=True))
        return options

    def _objective_options(self, shown: Room) -> list[Option]:
        options = [Option(_warning(warning), disabled=True) for warning in shown.warnings]
        for card in shown.objectives:
            options.append(Option(objective_row(card), id=card.ref))
            options += [
                Option(key_result_row(one), id=one.ref)
                for one in card.key_results
                if one.state not in {"dropped", "parked"}
            ]
        return options

    def _empty_words(self, shown: Room) -> str:
        if shown.steady:
            return f"{shown.place.team_name} is a steady team: it needs no objectives of its own."
        step = self.frame.step if self.frame else None
        first = f"\n\n{step.text}: press Enter." if step and step.command else ""
        return f"Nothing here yet.{first}"

    def chosen(self) -> str:
        """The objective or key result under the cursor, or the thing that needs you."""
        option = self._listing.chosen
        if option is None:
            return ""
        return option.split(" ")[1] if " " in option else option

    def choose(self, ref: str) -> bool:
        """Put the cursor on an objective or key result; on a priority or win too, where the squares are shown."""
        if self._turned and self._squares is not None:
            return self._squares.choose(ref)
        return self.query_one("#objectives", Listing).choose(ref)

    @property
    def view(self) -> tuple[str, ...]:
        """Whether it is turned to the four squares."""
        return (SQUARES,) if self._turned else ()

    def go_along(self, spot: Spot) -> bool:
        """Turn to the room or to its squares first; what is chosen there is shown once that is read."""
        if (SQUARES in spot.view.split()) != self._turned:
            self.run_worker(self.action_turn(), group="moving")  # it is read again then, and gone on from there
            return False
        return super().go_along(spot)

    def action_open(self) -> None:
        """Open what is chosen: its screen, the form of a priority or a win, or, in an empty room, the next step."""
        listing = self._listing
        option = listing.chosen
        if option is None and listing.id == "priorities":
            self.action_add()
        elif option is None:
            self.action_next_step()
        elif listing.id == "needs":
            self._open_need(option)
        else:
            self._open_ref(self.chosen())

    @property
    def _needs(self) -> tuple[Need, ...]:
        """What waits for this person, everywhere."""
        return self.frame.needs if self.frame else ()

    def _open_need(self, option: str) -> None:
        need = self._needs[int(option.rsplit(" ", 1)[1])]
        step = step_of_need(need)
        if step is None:
            self.say(f"{need.text}: {need.command}")
        else:
            self.take(step)

    def _open_ref(self, ref: str) -> None:
        if ref.startswith("KR"):
            self.post_message(Go("board", ref))
        elif ref.startswith("O"):
            self.post_message(Go("objectives", ref))
        elif ref.rstrip("0123456789") in OF_A_WEEK:
            (self._edit_week if self._turned else self._show_week)(ref)

    @property
    def _listing(self) -> Listing:
        """The list that has the focus, else the first that is shown."""
        if isinstance(self.focused, Listing):
            return self.focused
        return self.query_one("#priorities" if self._turned else "#objectives", Listing)

    # The four squares

    @work(group="moving")
    async def _show_week(self, ref: str) -> None:
        await self.action_turn()
        self.await_thing(ref)

    async def action_turn(self) -> None:
        """Turn the room to its four squares, and back."""
        if self._squares is None:
            from widgets.squares import FourSquares  # noqa: PLC0415  # as above

            self._squares = FourSquares(id="squares")
            await self.mount(self._squares, after="#room")
        self._turned = not self._turned
        self.set_class(self._turned, "-squares")
        self.query_one("#priorities" if self._turned else "#objectives", Listing).focus()
        self.reload()

    def refusal(self, command: str) -> str:
        """Why nothing may be written down of this week, or taken away."""
        if command == "room.drop" and not self._turned:
            return "Choose a priority or a win of the four squares first (v)."
        acts = {"room.add": Act.PRIORITY_SET, "room.drop": Act.PRIORITY_DROP}
        act = acts.get(command)
        return self._refusals.get(act, "") if act else ""

    def _is_refused(self, command: str) -> bool:
        sentence = self.refusal(command)
        if sentence:
            self.say(sentence, severity="warning")
        return bool(sentence)

    @work(group="asking")
    async def action_add(self) -> None:
        """Write down a priority or a win of this week."""
        if self._is_refused("room.add"):
            return
        from screens import week_forms  # noqa: PLC0415  # loaded when asked for: the first frame does without

        ref = await week_forms.add(self)
        if ref and self._turned:
            self.await_thing(ref)

    @work(group="asking")
    async def _edit_week(self, ref: str) -> None:
        if self._is_refused("room.add"):
            return
        from screens import week_forms  # noqa: PLC0415  # as above

        await week_forms.edit(self, ref)

    @work(group="asking")
    async def action_drop(self) -> None:
        """Drop the chosen priority, or take the chosen win back, after a question."""
        if self._is_refused("room.drop"):
            return
        ref = self.chosen()
        if not ref.startswith(("PR", "W")):
            self.say("Choose a priority or a win first, in the list of this week.")
            return
        from screens import week_forms  # noqa: PLC0415  # as above

        await week_forms.drop(self, ref, str(self._listing.get_option(ref).prompt))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_open()

    # Setting up, which the empty room asks for and the palette offers

    @work(group="asking")
    async def action_add_cycle(self) -> None:
        """Add a cycle."""
        from screens import setting_up  # noqa: PLC0415  # loaded when asked for: the first frame does without

        name = await setting_up.add_cycle(self)
        closed = self.frame is not None and self.frame.place.phase is Phase.CLOSED
        if name and (self.desk.where.cycle is None or closed):
            self.desk.where.cycle = name
            self.reload()

    @work(group="asking")
    async def action_advance_cycle(self) -> None:
        """Move the cycle on."""
        from screens import setting_up  # noqa: PLC0415  # as above

        await setting_up.advance_cycle(self)

    @work(group="asking")
    async def action_back_cycle(self) -> None:
        """Move the cycle back."""
        from screens import setting_up  # noqa: PLC0415  # as above

        await setting_up.back_cycle(self)

    @work(group="asking")
    async def action_add_team(self) -> None:
        """Add a team."""
        from screens import setting_up  # noqa: PLC0415  # as above

        await setting_up.add_team(self)

    @work(group="asking")
    async def action_switch_individual(self) -> None:
        """Switch individual OKRs of the team shown to selective, or off."""
        from screens import individual_forms  # noqa: PLC0415  # as above

        await individual_forms.switch(self)

    @work(group="asking")
    async def action_add_person(self) -> None:
        """Add a person."""
        from screens import setting_up  # noqa: PLC0415  # as above

        await setting_up.add_person(self)


_NEED_LENGTH = 100  # cells: three lines of the narrowest column, so that one long comment hides no other need


def _warning(text: str) -> Content:
    """A warning, and below it what it asks: a line is as long as a list is wide, and ends there."""
    said, colon, question = text.partition(": ")
    rows = [f"! {said}{colon.strip()}", f"  {question}"] if question else [f"! {said}"]
    return stacked(*(words(row, "$text-warning") for row in rows))


def _need_row(need: Need) -> Content:
    glyph = ("! ", "bold $text-error") if need.overdue else ("· ", "$accent")
    return joined(glyph, words(need.text).truncate(_NEED_LENGTH, ellipsis=True))


def _activity_row(line: Line) -> Content:
    return joined(
        (line.at[5:16].replace("T", " "), "$foreground-muted"), " ", words(line.who, "bold"), " ", words(line.text)
    )
