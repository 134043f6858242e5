"""A field that has the focus, while the text above it and the height there is change."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from seat import Seat
from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from widgets.in_view import InView

LONG = "\n".join(["a line more than there is room for"] * 20)


class Host(App):
    """A text, fields below it, the first of them away, and a place elsewhere."""

    CSS = "#fields, #row { height: auto; } Static { width: auto; height: auto; } Input { height: 1; border: none; width: 9; }"

    def compose(self):
        with InView(id="shown", whole=Horizontal):
            yield Static("one\ntwo", id="text", markup=False)
            with Vertical(id="fields"):
                yield Input(id="away")
                yield Input(id="first")
                for _ in range(12):
                    yield Input()
                with Horizontal(id="row"):
                    yield Static("label\nlabel", markup=False)
                    yield Input(id="last")
        yield Input(id="elsewhere")

    def on_mount(self):
        self.query_one("#away").display = False
        self.query_one("#elsewhere").focus()

    @property
    def top(self):
        return self.query_one(InView).scroll_offset.y

    def go(self, name):
        """Give a field the focus, without Textual's own look at where it is."""
        self.query_one(f"#{name}").focus(scroll_visible=False)

    def is_seen(self, name):
        return self.screen.can_view_entire(self.query_one(f"#{name}"))


@asynccontextmanager
async def shown():
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        seat = Seat(host, pilot)
        await seat.until(lambda: host.focused is host.query_one("#elsewhere"), "the focus")
        yield seat, host


async def test_the_first_one_is_shown_with_what_stands_above_it():
    async with shown() as (seat, host):
        host.go("last")
        await seat.until(lambda: host.top > 0 and host.is_seen("last"), "the last field")
        host.go("first")
        await seat.until(lambda: host.top == 0, "the top")


async def test_another_one_is_shown_with_what_belongs_to_it():
    async with shown() as (seat, host):
        host.go("last")
        await seat.until(lambda: host.is_seen("row"), "its row")


@pytest.mark.parametrize("name", ["first", "last"])
async def test_it_is_shown_where_the_text_above_it_puts_it(name):
    async with shown() as (seat, host):
        host.go(name)
        await seat.until(lambda: host.is_seen(name), "the field")
        host.query_one("#text", Static).update(LONG)
        await seat.until(lambda: host.query_one(InView).virtual_size.height > 30, "the layout")
        await seat.until(lambda: host.is_seen(name), "the field")


@pytest.mark.parametrize("name", ["first", "last"])
async def test_it_is_shown_in_a_terminal_that_got_lower(name):
    async with shown() as (seat, host):
        host.go(name)
        await seat.until(lambda: host.is_seen(name), "the field")
        await seat.pilot.resize_terminal(40, 4)
        await seat.until(lambda: host.query_one(InView).size.height == 3, "the layout")
        await seat.until(lambda: host.is_seen(name), "the field")


async def test_nothing_moves_while_the_focus_is_elsewhere():
    async with shown() as (seat, host):
        host.query_one(InView).scroll_to(y=3, animate=False, immediate=True)
        host.query_one("#text", Static).update(LONG)
        await seat.until(lambda: host.query_one(InView).virtual_size.height > 30, "the layout")
        await seat.settled()
        assert host.top == 3
