"""A list in which a digit gives a number to what the cursor is on."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from widgets.listing import Listing


class NumberList(Listing):
    """A list whose digits, and ``+`` for ten, number its options; the cursor goes on to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"number({digit})", show=False) for digit in range(10)),
        Binding("plus", "number(10)", show=False),
    ]

    class Numbered(Message):
        """An option was given a number, 0 to 10."""

        def __init__(self, ref: str, number: int) -> None:
            super().__init__()
            self.ref, self.number = ref, number

    def action_number(self, number: int) -> None:
        """Give the option under the cursor a number."""
        if self.chosen is not None:
            self.post_message(self.Numbered(self.chosen, number))
            if self.highlighted is not None and self.highlighted + 1 < self.option_count:
                self.action_cursor_down()
