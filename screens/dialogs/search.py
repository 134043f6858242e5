"""Searching as it is typed: a field, and what is found below it, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from screens.dialogs.dialog import Dialog
from widgets.found import found_options
from widgets.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult

    from okrtui.service.search import Found, Results

    Look = Callable[[str, bool, int], Awaitable[Results | str]]
    """Searches for what was typed, ranked or not, in lines so wide; gives what was found, or the sentence of a refusal."""

HINT = "words; team:sales owner:ana cycle:2026-Q4 state:agreed narrow it down"
NOTHING = "Nothing is found: type less of it, or leave a filter out."


class Search(Dialog["Found | None"]):
    """Gives what was chosen, or None when it is left. Newest first while it is typed, ranked once Enter is pressed."""

    DEFAULT_CSS = """
    Search {
        align: center top;
        & > #search {
            width: 90%;
            max-width: 110;
            height: 90%;
            margin-top: 1;
            border: round $accent;
            background: $surface;
        }
        Input { height: 1; border: none; background: $boost; padding: 0 1; }
        Listing, Listing:focus { height: 1fr; border: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="search.leave"),
        Binding("down", "into_list", "Into the list", id="search.down", show=False),
        Binding("slash", "into_field", "Back to the words", id="search.field", show=False),
    ]

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look_up = look
        self._found: tuple[Found, ...] = ()
        self._ranked = ""

    def compose(self) -> ComposeResult:
        """A field, and what is found."""
        with Vertical(id="search") as box:
            box.border_title = Content("Search")
            yield Input(placeholder=HINT, compact=True)
            yield Listing(id="found")

    def on_mount(self) -> None:
        """Begin with the words."""
        self._say("newest first")
        self.query_one(Input).focus()

    def _say(self, order: str) -> None:
        enter = "Enter goes there" if self._ranked else "Enter ranks them"
        hints = [order, enter, "↓ into the list"] if self._found else []
        self.query_one("#search").border_subtitle = Content(" · ".join([*hints, "Esc leaves"]))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._ranked = ""
        self._search(event.value, ranked=False)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.value == self._ranked:
            self._take()
        elif event.value.strip():
            self._ranked = event.value
            self._search(event.value, ranked=True)

    @work(exclusive=True, group="searching")
    async def _search(self, typed: str, *, ranked: bool) -> None:
        """Search; what was typed meanwhile takes its place."""
        listing = self.query_one(Listing)
        answer = await self._look_up(typed, ranked, listing.size.width - 4) if typed.strip() else ""
        self._found = () if isinstance(answer, str) else answer.found
        listing.show(found_options(self._found), answer if isinstance(answer, str) else NOTHING)
        if self._found:
            listing.highlighted = 0
        self._say("newest first" if isinstance(answer, str) or not answer.is_ranked else "best first")
        if ranked and self._found:
            listing.focus()

    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        chosen = self.query_one(Listing).chosen
        if chosen is not None:
            self.dismiss(self._found[int(chosen.removeprefix("found-"))])

    @property
    def found(self) -> tuple[Found, ...]:
        """What is found now."""
        return self._found

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def action_into_list(self) -> None:
        """Go down into what is found."""
        if self._found:
            self.query_one(Listing).focus()

    def action_into_field(self) -> None:
        """Go back to the words."""
        self.query_one(Input).focus()
