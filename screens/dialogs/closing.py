"""Closing a cycle: what is missing by team, each one key away, and closing over the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from okrtui.service.cycles import Missing
from screens.dialogs.dialog import Dialog
from widgets.listing import Listing
from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

Answer = Missing | Literal["close", "over"]


class ClosingDialog(Dialog["Answer | None"]):
    """Gives the missing thing to go to, "close" where nothing is missing, "over" to close over it, None when it is left."""

    DEFAULT_CSS = """
    ClosingDialog {
        align: center middle;
        & > #closing {
            width: 90%;
            max-width: 92;
            height: auto;
            max-height: 90%;
            border: round $accent;
            background: $surface;
            padding: 0 1;
        }
        #words { height: auto; }
        Listing { height: auto; max-height: 20; border: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="closing.leave"),
        Binding("ctrl+s", "close", "Close the cycle", id="closing.close"),
    ]

    def __init__(self, cycle: str, missing: Sequence[Missing]) -> None:
        super().__init__()
        self._cycle, self._missing = cycle, missing

    def compose(self) -> ComposeResult:
        """What closing means, and what is missing by team."""
        with Vertical(id="closing") as box:
            box.border_title = Content(f"Close {self._cycle}")
            box.border_subtitle = Content("Enter goes there · ctrl+s closes · Esc leaves")
            yield Static(words(self._said, lines=True), id="words", markup=False)
            yield Listing(id="missing")

    @property
    def _said(self) -> str:
        if not self._missing:
            return "Nothing is missing. Closed, the quarter stays as it is: what is kept, changed or deferred goes on in the next."
        count = f"{len(self._missing)} thing{'s are' if len(self._missing) > 1 else ' is'} missing"
        return f"{count}. A lead of the company may close over the rest: each is then recorded as left open, by whom and when."

    def on_mount(self) -> None:
        """Show it all, with the cursor on the first."""
        listing = self.query_one(Listing)
        listing.show(list(self._options()), "")
        listing.display = bool(self._missing)
        (listing if self._missing else self).focus()

    def _options(self) -> list[Option]:
        options: list[Option] = []
        team = ""
        for at, one in enumerate(self._missing):
            if one.team != team:
                team = one.team
                options.append(Option(words(team), disabled=True))
            options.append(Option(joined("  ", (one.ref, "bold"), " ", words(one.text)), id=f"missing-{at}"))
        return options

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.dismiss(self._missing[int(event.option_id.removeprefix("missing-"))])

    def action_close(self) -> None:
        """Close it, over what is missing where something is."""
        self.dismiss("over" if self._missing else "close")

    def action_leave(self) -> None:
        """Leave it as it is."""
        self.dismiss(None)
