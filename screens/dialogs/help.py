"""Every key of a screen, from the one table."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.commands import PAGES, of_page, written
from screens.dialogs.dialog import Dialog
from widgets.text import joined, stacked

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from screens.commands import Command


class Help(Dialog[None]):
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
        name = next(title for page, (title, _, _) in PAGES.items() if page == self._page)
        with VerticalScroll(id="help") as box:
            box.border_title = Content(f"Keys of {name}")
            box.border_subtitle = Content("Esc closes")
            yield Static("", id="keys", markup=False)
            yield Static(
                "\nIn a field letters are text: Esc goes back to navigation; F-keys and ctrl-keys still work.",
                markup=False,
            )

    def on_resize(self) -> None:
        """Break the lines where they end, so that the keys stand by themselves."""
        width = max(20, min(92, int(self.size.width * 0.9) - 4) - _KEYS_WIDTH)
        commands = [command for command in of_page(self._page) if command.keys]
        own = [_row(command, width) for command in commands if command.page != "everywhere"]
        rest = [_row(command, width) for command in commands if command.page == "everywhere"]
        self.query_one("#keys", Static).update(stacked(*own, Content(""), *rest))

    def action_close(self) -> None:
        """Close."""
        self.dismiss()


_KEYS_WIDTH = 16


def _row(command: Command, width: int) -> Content:
    keys = ", ".join(written(key) for key in command.keys.split(","))
    told = wrap(command.help, width)
    rest = [f"\n{' ' * _KEYS_WIDTH}{line}" for line in told[1:]]
    return joined((f"{keys:>{_KEYS_WIDTH - 2}}  ", "bold $accent"), told[0], *rest)
