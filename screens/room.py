"""The room: a team's objectives and key results at a glance, what needs you, and what happened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from okrtui.service import rooms
from okrtui.service.guide import step_of_need
from screens.commands import bindings_of
from screens.page import Go, Page
from widgets.listing import Listing
from widgets.marks import key_result_row, objective_row
from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content

    from okrtui.service.activity import Line
    from okrtui.service.needs import Need
    from okrtui.service.rooms import Room
    from okrtui.service.session import Session


class RoomPage(Page):
    """The first screen."""

    PAGE = "room"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("room"), Binding("tab", "app.focus_next", show=False)]
    CSS_PATH = "room.tcss"

    def body(self) -> ComposeResult:
        """Objectives with their key results; beside or below them what needs you, and activity."""
        with Horizontal(id="room"):
            yield Listing(id="objectives", title="Objectives and key results")
            with Vertical(id="aside"):
                yield Listing(id="needs", title="Needs you")
                yield Listing(id="activity", title="What happened")

    def on_mount(self) -> None:
        """Begin on the objectives."""
        self.query_one("#objectives").focus()

    def look(self, session: Session) -> Callable[[], None]:
        """The room of the team and cycle shown."""
        return partial(self._draw, rooms.room(session, self.desk.where.team, self.desk.where.cycle))

    def _draw(self, shown: Room) -> None:
        """Draw the three lists, each keeping its cursor."""
        self._room = shown
        self.query_one("#objectives", Listing).show(self._objective_options(shown), self._empty_words(shown))
        needs = [
            Option(_need_row(need), id=f"{need.kind} {need.ref} {place}") for place, need in enumerate(shown.needs_you)
        ]
        self.query_one("#needs", Listing).show(needs, "Nothing needs you now.")
        activity = [Option(_activity_row(line), id=f"{line.id} {line.ref}") for line in shown.activity]
        self.query_one("#activity", Listing).show(activity, "Nothing happened yet.")

    def _objective_options(self, shown: Room) -> list[Option]:
        options = []
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
        listing = self.focused if isinstance(self.focused, Listing) else self.query_one("#objectives", Listing)
        option = listing.chosen
        if option is None:
            return ""
        return option.split(" ")[1] if " " in option else option

    def choose(self, ref: str) -> bool:
        """Put the cursor on an objective or key result."""
        return self.query_one("#objectives", Listing).choose(ref)

    def action_open(self) -> None:
        """Open what is chosen: its screen, or, in an empty room, the next step."""
        listing = self.focused if isinstance(self.focused, Listing) else self.query_one("#objectives", Listing)
        option = listing.chosen
        if option is None:
            self.action_next_step()
        elif listing.id == "needs":
            self._open_need(option)
        else:
            self._open_ref(self.chosen())

    def _open_need(self, option: str) -> None:
        need = self._room.needs_you[int(option.rsplit(" ", 1)[1])]
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
        if name and self.desk.where.cycle is None:
            self.desk.where.cycle = name
            self.reload()

    @work(group="asking")
    async def action_advance_cycle(self) -> None:
        """Move the cycle on."""
        from screens import setting_up  # noqa: PLC0415  # as above

        await setting_up.advance_cycle(self)

    @work(group="asking")
    async def action_add_team(self) -> None:
        """Add a team."""
        from screens import setting_up  # noqa: PLC0415  # as above

        await setting_up.add_team(self)

    @work(group="asking")
    async def action_add_person(self) -> None:
        """Add a person."""
        from screens import setting_up  # noqa: PLC0415  # as above

        await setting_up.add_person(self)


_NEED_LENGTH = 100  # cells: three lines of the narrowest column, so that one long comment hides no other need


def _need_row(need: Need) -> Content:
    glyph = ("! ", "bold $text-error") if need.overdue else ("· ", "$accent")
    return joined(glyph, words(need.text).truncate(_NEED_LENGTH, ellipsis=True))


def _activity_row(line: Line) -> Content:
    return joined(
        (line.at[5:16].replace("T", " "), "$foreground-muted"), " ", words(line.who, "bold"), " ", words(line.text)
    )
