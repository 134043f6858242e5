"""The columns of cards by themselves."""

from __future__ import annotations

from textual.app import App
from textual.content import Content
from textual.widgets.option_list import Option

from widgets.columns import Columns


async def test_cards_are_wrapped_at_any_width():
    """Columns without cards keep theirs: what is left for the one that has some may be nothing at all."""
    columns = Columns({name: name for name in ("one", "two", "three")}, id="columns")

    class Alone(App[None]):
        def compose(self):
            yield columns

    async with Alone().run_test(size=(120, 24)) as pilot:
        columns.show({"one": [Option(Content("Every request is answered"), id="card")]}, "", "")
        await pilot.pause()
        for width in range(60, 0, -1):
            await pilot.resize_terminal(width, 24)
            assert columns.first.render_line(0).cell_length, f"{width} columns"
