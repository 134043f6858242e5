"""A page of a list, and beside or below it the chosen thing in full."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList

from okrtui.service import threads
from screens.page import Page
from widgets.listing import Listing
from widgets.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets.option_list import Option

    from okrtui.core.acts import Act
    from okrtui.service.desk import Desk
    from okrtui.service.permissions import Refusals
    from okrtui.service.presence import Spot
    from okrtui.service.session import Session

ListT = TypeVar("ListT")
FullT = TypeVar("FullT")

READING = "reading"
"""The word for a text that is read, in how a page is shown."""

NOTHING_CHOSEN = "Nothing is chosen: the list is empty."
REST_SECONDS = 0.12
"""How long the cursor stays on a thing before it is read in full, so that a key that is held draws one text and not each."""


class ListedPage(Page, Generic[ListT, FullT]):
    """Reads a list and one thing of it; ``ListT`` and ``FullT`` are what the services give for them."""

    TITLE_OF_LIST: ClassVar[str] = ""
    ACTS: ClassVar[dict[str, Act]] = {}
    """The act whose refusal dims a command and answers its key, by the command's id."""
    BEGUN: ClassVar[frozenset[Act]] = frozenset()
    """The acts that need no thing: they begin one in the place shown."""

    def __init__(self, desk: Desk, *, notice: str = "") -> None:
        super().__init__(desk, notice=notice)
        self._shown: ListT | None = None
        self._full: FullT | None = None
        self._ref = ""
        self._scroll_of: tuple[str, float] | None = None
        """How far down the text of a thing is to stand, once it is shown."""

    def body(self) -> ComposeResult:
        """The list, and the chosen thing."""
        with Horizontal(id="listed"):
            yield Listing(id="things", title=self.TITLE_OF_LIST)
            yield Reading(id="full")

    # What a page says of itself

    @abstractmethod
    def read_list(self, session: Session) -> ListT:
        """Read what is listed, on the gateway's thread."""

    @abstractmethod
    def refs(self, shown: ListT) -> Sequence[str]:
        """The refs of what is listed, in its order."""

    @abstractmethod
    def options(self, shown: ListT) -> list[Option]:
        """What is listed, drawn; each option's id is a ref, a heading is disabled."""

    @abstractmethod
    def empty_words(self, shown: ListT) -> str:
        """What stands in the list while it is empty."""

    @abstractmethod
    def read_full(self, session: Session, ref: str) -> FullT:
        """Read one thing in full, on the gateway's thread."""

    @abstractmethod
    def draw_full(self, full: FullT) -> Content:
        """One thing in full."""

    @abstractmethod
    def refusals_of(self, full: FullT) -> Refusals:
        """What may not be done with a thing."""

    @abstractmethod
    def refusals_here(self, shown: ListT) -> Refusals:
        """What may not be begun in the place shown."""

    # Reading and drawing

    def on_mount(self) -> None:
        """Begin on the list."""
        self.things.focus()

    @property
    def things(self) -> Listing:
        """The list."""
        return self.query_one("#things", Listing)

    @property
    def reading(self) -> Reading:
        """The chosen thing in full."""
        return self.query_one("#full", Reading)

    def look(self, session: Session) -> Callable[[], None]:
        """The list, and of it the thing the cursor is on."""
        shown = self.read_list(session)
        refs = self.refs(shown)
        ref = self._ref if self._ref in refs else next(iter(refs), "")
        return partial(self._draw, shown, ref, self.read_full(session, ref) if ref else None)

    def _draw(self, shown: ListT, ref: str, full: FullT | None) -> None:
        self._shown = shown
        self.draw_list(shown)
        self._ref = self.chosen()
        if self._ref == ref:
            self._draw_full(ref, full)
        else:
            self._load_full(self._ref)

    def draw_list(self, shown: ListT) -> None:
        """Show what is listed, with the cursor on what it was on."""
        self.things.show(self.options(shown), self.when_empty(shown))

    def when_empty(self, shown: ListT) -> str:
        """What stands in an empty list, and the step that Enter takes there."""
        step = self.frame.step if self.frame is not None else None
        return self.empty_words(shown) + (f"\n\n{step.text}: press Enter." if step and step.command else "")

    def _draw_full(self, ref: str, full: FullT | None) -> None:
        self._full = full
        self.reading.show(ref, self.draw_full(full) if full is not None else Content(""))
        if self._scroll_of is not None and self._scroll_of[0] == ref:
            self.reading.scroll_share(self._scroll_of[1])
            self._scroll_of = None
        self.draw_keys()
        self._see_mentions(ref)
        if full is not None:
            self.seen(full)

    @on(OptionList.OptionHighlighted, "#things")
    def moved(self) -> None:
        """The cursor was moved: show what it is on, once it rests there."""
        if not self.is_going and self.chosen() != self._ref:
            self._ref = self.chosen()
            self._load_full(self._ref, rest=REST_SECONDS if self.desk.follows is None else 0.0)

    @work(exclusive=True, group="full")
    async def _load_full(self, ref: str, *, rest: float = 0.0) -> None:
        """Read the thing the cursor came to; one it has left again meanwhile is not read."""
        if rest:
            await asyncio.sleep(rest)
        if self.is_going:
            return
        if not ref:
            self._draw_full("", None)
            return
        full = await self.read(partial(self.read_full, ref=ref))
        if full is not None and ref == self.chosen():
            self._draw_full(ref, full)

    async def fresh(self) -> FullT | None:
        """The chosen thing as it stands now; None, and a word, where nothing is chosen."""
        ref = self.chosen()
        if not ref:
            self.say(NOTHING_CHOSEN)
            return None
        return await self.read(partial(self.read_full, ref=ref))

    # Seeing

    def seen(self, full: FullT) -> None:
        """A thing is on the screen in full."""

    @work(group="seeing")
    async def _see_mentions(self, ref: str) -> None:
        """Note, once, that the person has seen what mentions them in the thread shown."""
        needs = self.frame.needs if self.frame is not None else ()
        if not any(need.kind == "mention" and need.ref == ref for need in needs):
            return
        if await self.save(lambda session: threads.see(session, ref)):
            self.reload()

    # Choosing

    def chosen(self) -> str:
        """The ref under the cursor."""
        return self.things.chosen or ""

    def choose(self, ref: str) -> bool:
        """Put the cursor on a thing; False where it is not listed."""
        return self.things.choose(ref)

    # Following

    @property
    def view(self) -> tuple[str, ...]:
        """Whether the text is read."""
        return (READING,) if self.reading.has_focus else ()

    @property
    def scrolled(self) -> float:
        """How far down the chosen thing is read."""
        return self.reading.share

    def go_along(self, spot: Spot) -> bool:
        """Turn to the list or the text, and read as far down as whoever is followed."""
        if not super().go_along(spot):
            return False
        if (READING in spot.view.split()) != self.reading.has_focus:
            if self.reading.has_focus:
                self.things.focus()
            elif self.chosen():
                self.action_read()
        if self.reading.of == self.chosen():
            self.reading.scroll_share(spot.scroll)
        else:
            self._scroll_of = (self.chosen(), spot.scroll)
        return True

    def action_read(self) -> None:
        """Go into the text of the chosen thing; in an empty list take the next step."""
        if self.chosen():
            self.reading.focus()
        else:
            self.action_next_step()

    def action_back(self) -> None:
        """Go back to the list."""
        self.things.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Give the whole of a narrow screen to the text while it is read."""
        self.set_class(event.widget is self.reading, "-reading")

    # What may not be done

    def refusal(self, command: str) -> str:
        """Why a command is not for this person, or the chosen thing, now."""
        act = self.act_of(command, self._full) if self._shown is not None else None
        return self._refused(command, act, self._full) if act is not None else ""

    def _refused(self, command: str, act: Act, full: FullT | None) -> str:
        return self.refused_in(act, full) or (self.lacking(command, full) if full is not None else "")

    def lacking(self, command: str, full: FullT) -> str:
        """Why there is nothing on a thing for a command that its rules allow; empty where there is."""
        del command, full
        return ""

    def act_of(self, command: str, full: FullT | None) -> Act | None:
        """The act that a command does to a thing."""
        del full
        return self.ACTS.get(command)

    def refused_in(self, act: Act, full: FullT | None) -> str:
        """The sentence that refuses an act here or on a thing; empty where it may be done."""
        if act in self.BEGUN:
            return self.refusals_here(self._shown).get(act, "") if self._shown is not None else ""
        return self.refusals_of(full).get(act, "") if full is not None else NOTHING_CHOSEN

    async def granted(self, command: str) -> FullT | None:
        """The chosen thing where a command may be done to it now; else None, and the sentence is said."""
        full = await self.fresh()
        if full is None:
            return None
        act = self.act_of(command, full)
        if act is not None and (sentence := self._refused(command, act, full)):
            self.say(sentence, severity="warning")
            return None
        return full
