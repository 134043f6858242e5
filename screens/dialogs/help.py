"""Every key of a screen, from the one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.commands import PAGES, of_page, written
from widgets.text import joined, stacked

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from screens.commands import Command


class Help(ModalScreen[None]):
    """The keys of a page, its own first."""

    DEFAULT_CSS = """
    Help {
        align: center middle;
        & > #help {
            width: 90%;
            max-width: 96;
            height: auto;
            max-height: 96%;
            border: round $accent;
            background: $surface;
            padding: 0 1;
        }
        Static { height: auto; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter", "close", "Close", id="help.close")]

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """The page's keys, then those of everywhere."""
        commands = [command for command in of_page(self._page) if command.keys]
        own = [command for command in commands if command.page != "everywhere"]
        rest = [command for command in commands if command.page == "everywhere"]
        name = next(title for page, (title, _, _) in PAGES.items() if page == self._page)
        with VerticalScroll(id="help") as box:
            box.border_title = Content(f"Keys of {name}")
            box.border_subtitle = Content("Esc closes")
            yield Static(
                stacked(*[_row(command) for command in own], Content(""), *[_row(command) for command in rest]),
                markup=False,
            )
            yield Static(
                "\nIn a field letters are text: Esc goes back to navigation; F-keys and ctrl-keys still work.",
                markup=False,
            )

    def action_close(self) -> None:
        """Close."""
        self.dismiss()


def _row(command: Command) -> Content:
    keys = ", ".join(written(key) for key in command.keys.split(","))
    return joined((f"{keys:>16} ", "bold $accent"), f" {command.help}")
