"""One person at the interface, for tests: the app on a real file, keys, and conditions to wait for."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, TextArea

from okrtui.app import OkrtuiApp
from okrtui.service.session import Session
from okrtui.store import people
from screens.dialogs.form import FormDialog
from screens.listed import ListedPage
from screens.page import Page
from widgets.choice_list import ChoiceList
from widgets.column import Column
from widgets.lines import KeyLine, StepLine
from widgets.listing import Listing
from widgets.reading import Reading

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime
    from pathlib import Path

    from conftest import Company
    from textual.screen import Screen
    from textual.scrollbar import ScrollBar

    from okrtui.store.file import Store

PATIENCE = 60.0
"""Seconds before a condition that does not come true fails its test."""


class OwnPilot(Pilot[int]):
    """A pilot of one application, where a test has several.

    Textual's stops the timer of the screen's next frame and draws that frame itself, and for a screen of another application
    than was opened last, which it takes for hidden, it only stops the timer: what waited to be drawn would wait for ever.
    """

    async def pause(self, delay: float | None = None) -> None:
        """Wait until nothing is done, and have drawn what was changed."""
        with self.app._context():
            await super().pause(delay)


class Heard(OkrtuiApp):
    """The application, with whatever it said in passing: of that nothing stands on the screen for long."""

    heard: tuple[str, ...] = ()

    def notify(self, message: str, **more: Any) -> None:
        """Say it, and remember it."""
        self.heard += (message,)
        super().notify(message, **more)


@dataclass
class Seat:
    """One person at the interface."""

    app: OkrtuiApp
    pilot: Pilot[int]

    async def until(self, holds: Callable[[], object], what: str | Callable[[], str] = "") -> None:
        """Wait until a condition holds."""
        end = monotonic() + PATIENCE
        while not _holds(holds):
            if monotonic() > end:
                said = what() if callable(what) else what or holds
                raise AssertionError(f"{said} did not come true; on the screen:\n{self.picture()}")
            await self.pilot.pause()
            await asyncio.sleep(0.005)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        """Type a text into the field that has the focus."""
        field = self.screen.focused
        assert isinstance(field, Input | TextArea), field
        await self.pilot.press(*[_KEYS.get(character, character) for character in text])

    async def put(self, text: str) -> None:
        """Write a text into the field that has the focus at once, as a paste does."""
        field = self.screen.focused
        assert isinstance(field, Input | TextArea), field
        with self.app._context():
            if isinstance(field, Input):
                field.value = text
            else:
                field.text = text
        await self.pilot.pause()

    def go_to(self, field: Widget) -> None:
        """Give a field the focus, by the application it is of, whichever was opened last."""
        with self.app._context():
            field.focus()

    @property
    def screen(self) -> Screen[object]:
        """The screen on top."""
        return self.app.screen

    @property
    def page(self) -> Page:
        """The page shown, under whatever dialog is open."""
        page = self.app.screen_stack[0]
        assert isinstance(page, Page)
        return page

    async def on(self, name: str) -> None:
        """Wait until a page is shown and has been read."""
        await self.until(lambda: name == self.page.PAGE and self.page.frame is not None, f"the page {name}")
        await self.settled()

    async def settled(self) -> None:
        """Wait until nothing is being read or saved any more, and what came of it is drawn."""
        busy = {"reload", "full", "seeing", "moving", "counting"}
        await self.until(
            lambda: not any(one.group in busy and not one.is_finished for one in self.app.workers), "the end of work"
        )
        await self.pilot.pause()
        await self.until(lambda: not self._undrawn(), lambda: f"the last frame, of {self._undrawn()},")

    def _undrawn(self) -> list[tuple[Widget, ...]]:
        """The parts of the screen that wait to be laid out or drawn, by what for: a bar beside a text comes a frame after the text."""
        parts = [part for one in self.screen.walk_children(Widget, with_self=True) for part in (one, *_bars(one))]
        wait = (
            tuple(self.screen._dirty_widgets),
            tuple(one for one in parts if one.message_queue_size),
            tuple(one for one in parts if one._layout_required or one._scroll_required),
            tuple(one for one in parts if one._repaint_required),
        )
        return list(wait) if any(wait) else []

    async def dialog(self, kind: type[Screen[object]] = FormDialog) -> Screen[object]:
        """Wait until a dialog is open and can be used."""
        await self.until(
            lambda: isinstance(self.screen, kind) and self.screen.is_mounted and self.screen.focused is not None,
            kind.__name__,
        )
        return self.screen

    async def closed(self) -> None:
        """Wait until no dialog is open, and what it did is shown."""
        await self.until(lambda: len(self.app.screen_stack) == 1, "the dialog's end")
        await self.settled()

    def field(self, name: str) -> Widget:
        """A field of the form that is open."""
        return self.screen.query_one(f"#in-{name}")

    def wrong(self, name: str) -> str:
        """What is said beside a field of the form that is open."""
        return str(self.screen.query_one(f"#wrong-{name}").content)

    async def select(self, name: str, value: str) -> None:
        """Choose a value in a choice of the form that is open, with the arrows."""
        choice = self.field(name)
        assert isinstance(choice, ChoiceList)
        self.go_to(choice)
        while choice.value != value:
            before = choice.highlighted
            await self.press("down")
            assert choice.highlighted != before, f"{value!r} is no choice of {name}"

    async def fill(self, **values: str) -> None:
        """Fill in fields of the form that is open."""
        for name, value in values.items():
            field = self.field(name)
            if isinstance(field, ChoiceList):
                await self.select(name, value)
            else:
                self.go_to(field)
                await self.pilot.pause()
                await self.put(value)

    async def saved(self, **values: str) -> None:
        """Fill in the form that is open, save it, and wait for its end."""
        await self.dialog()
        await self.fill(**values)
        await self.press("ctrl+s")
        await self.closed()

    @property
    def things(self) -> Listing:
        """The list of the page shown that has the cursor: of the board the column."""
        assert isinstance(self.page, ListedPage)
        return self.page.things

    @property
    def refs(self) -> list[str]:
        """The refs listed, in their order."""
        return [
            option.id for one in self.page.query(Listing) for option in one.options if option.id and not option.disabled
        ]

    @property
    def listed(self) -> str:
        """What the list says, headings too, and the names of columns."""
        return "\n".join(
            "\n".join([f"{one.called} · {one.count}" if isinstance(one, Column) else "", *_prompts(one)])
            for one in self.page.query(Listing)
        )

    def column(self, key: str) -> str:
        """What the cards of a column of the board say."""
        return "\n".join(_prompts(self.page.query_one(f"#column-{key}", Column)))

    @property
    def full(self) -> str:
        """What is said of the chosen thing."""
        return self.page.query_one(Reading).text

    @property
    def step(self) -> str:
        """What the line of the next step says."""
        return str(self.page.query_one(StepLine).content)

    @property
    def keys(self) -> str:
        """What the last line says."""
        return str(self.page.query_one(KeyLine).content)

    @property
    def said(self) -> list[str]:
        """What was said in passing so far, the first first."""
        assert isinstance(self.app, Heard)
        return list(self.app.heard)

    def picture(self) -> str:
        """What stands on the screen, as text."""
        return "\n".join(
            "".join(segment.text for segment in strip) for strip in self.screen._compositor.render_strips()
        )


_KEYS = {" ": "space", "\n": "alt+enter"}


def _bars(widget: Widget) -> list[ScrollBar]:
    """The bars beside and under a widget that has had any."""
    return [bar for bar in (widget._vertical_scrollbar, widget._horizontal_scrollbar) if bar is not None]


def _prompts(listing: Listing) -> list[str]:
    return [str(option.prompt) for option in listing.options]


def _holds(condition: Callable[[], object]) -> bool:
    """Whether a condition holds; one that cannot be asked yet does not."""
    try:
        return bool(condition())
    except (LookupError, AssertionError):
        return False


def app_of(path: Path, handle: str, clock: Callable[[], datetime]) -> OkrtuiApp:
    """The application over a file, for a person of it, at a time that is set."""
    app = Heard(path, _identify(handle, clock), rehearsal=True)
    app.animation_level = "none"
    return app


@asynccontextmanager
async def open_app(company: Company, handle: str, *, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Seat]:
    """The interface over a company's file, for a person of it, at the company's time."""
    app = app_of(company.store.path, handle, lambda: company.now)
    async with app.run_test(size=size, notifications=True) as pilot:
        seat = Seat(app, OwnPilot(pilot.app))
        await seat.on("room")
        yield seat


def _identify(handle: str, clock: Callable[[], datetime]) -> Callable[[Store], Session]:
    def identify(store: Store) -> Session:
        with store.reading() as connection:
            person = people.by_handle(connection, handle)
        assert person is not None, handle
        return Session(store, person.id, "as", clock=clock)

    return identify
