"""Following somebody: their screen, their team and cycle, what they have chosen, and how far down they read.

Where they are stands in the second file; while somebody is followed it is looked at ten times a second, and while somebody
follows, it is said at once where this person is, five times a second at most.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import events

from okrtui.core.errors import OkrtuiError
from okrtui.service.presence import TELL_SECONDS, circle
from screens.commands import PAGES
from screens.dialogs.pick import Pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.timer import Timer

    from okrtui.service.desk import Desk
    from okrtui.service.presence import Present, Spot
    from screens.page import Page

LOOK_SECONDS = 0.1
"""How often it is looked where the one who is followed is: a number of the file's that costs two microseconds."""
NOTICE_SECONDS = 0.04
"""How often it is looked whether this person has moved, while somebody follows them."""

NOBODY = "Nobody else is here now: whoever opens the file can be followed."
_OWN = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)


class Following:
    """Who follows whom, of one person's application."""

    def __init__(self, app: App[int], desk: Desk, page: Callable[[], Page | None]) -> None:
        """``page`` gives the page that is shown."""
        self._app, self._desk, self._page = app, desk, page
        self._handle = ""
        self._seen: Spot | None = None
        self._told: Spot | None = None
        self._told_at = 0.0
        self._is_busy = self._is_telling = False
        self._button_is_down = False
        self._looking: Timer | None = None
        self._noticing: Timer | None = None

    # Following somebody

    async def choose(self) -> None:
        """Follow the person the cursor is on, else one of those who are here, whom the person picks."""
        page = self._page()
        if page is None:
            return
        others = await self._desk.see()
        found = next((one for one in others if one.handle == page.person), None)
        if found is None and others:
            choices = [(one.handle, choice(one, self._desk.me)) for one in others]
            handle = await self._app.push_screen_wait(
                Pick("Follow somebody: your screen goes where theirs goes", choices)
            )
            found = next((one for one in await self._desk.see() if one.handle == handle), None)
            if handle is None:
                return
            if found is None:
                page.say(f"@{handle} has left: there is nobody to follow.", severity="warning")
                return
        if found is None:
            page.say(NOBODY)
            return
        self.follow(found)

    def follow(self, whom: Present) -> None:
        """Follow somebody, unless they follow this person: they would go round in a circle."""
        page = self._page()
        if page is None:
            return
        if circle(self._desk.others, self._desk.me, whom.person_id):
            page.say(
                f"@{whom.handle} goes where you go: lead on, or let them stop following first.", severity="warning"
            )
            return
        self._desk.follows, self._handle, self._seen = whom.person_id, whom.handle, None
        if self._looking is None:
            self._looking = self._app.set_interval(LOOK_SECONDS, self._look)
        page.say(f"You follow @{whom.handle}: any key, or a click, leaves.")
        page.show_following()
        self._say_soon(page)
        self._look()

    def leave(self, sentence: str = "") -> None:
        """Follow nobody any more, and say so."""
        handle, self._handle = self._handle, ""
        self._desk.follows = None
        if self._looking is not None:
            self._looking.stop()
            self._looking = None
        if (page := self._page()) is not None:
            page.say(sentence or f"You follow @{handle} no longer: the screen is yours again.")
            page.show_following()
            self._say_soon(page)

    def takes(self, event: events.Event) -> bool:
        """Whether an event is the first of this person's own while they follow: it leaves, and does nothing else."""
        if isinstance(event, events.MouseUp) and self._button_is_down:  # it belongs to the click that left
            self._button_is_down = False
            return True
        if self._desk.follows is None or not isinstance(event, _OWN) or event.is_forwarded or self._is_held:
            return False
        self._button_is_down = isinstance(event, events.MouseDown)
        self.leave()
        return True

    @property
    def _is_held(self) -> bool:
        """Whether this person is in a dialog or a field, in which keys are their own and out of which nobody takes them."""
        page = self._page()
        return page is None or len(self._app.screen_stack) > 1 or page.in_field

    def _look(self) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._app.run_worker(self._go_along(), group="following")

    async def _go_along(self) -> None:
        """Go where the one who is followed is now, if that is somewhere else."""
        try:
            others = await self._desk.see()
            self.notice()
            whom = self._desk.follows
            if whom is None:
                return
            found = next((one for one in others if one.person_id == whom), None)
            if found is None:
                self.leave(f"@{self._handle} has left, and you follow nobody now.")
            elif round_ := circle(others, self._desk.me, whom):
                if min(round_) == self._desk.me:  # of those who began at the same moment one leads
                    self.leave(f"@{self._handle} follows you: you lead, and follow nobody now.")
            elif found.spot != self._seen and not self._is_held and found.spot.page in PAGES:
                self._seen = found.spot
                await self._show(found.spot)
        except OkrtuiError:  # the file serves no longer, which reading the page says
            return
        finally:
            self._is_busy = False

    async def _show(self, spot: Spot) -> None:
        where = self._desk.where
        where.team, where.cycle = spot.team, spot.cycle or None
        if spot.page != self._app.current_mode:
            await self._app.switch_mode(spot.page)
        if (page := self._page()) is not None:
            page.show_following()
            page.be_led(spot)

    # Being followed

    def notice(self) -> None:
        """Begin to say at once where this person is, or end it."""
        if (page := self._page()) is not None:
            page.show_following()
        if not self._desk.followers:
            if self._noticing is not None:
                self._noticing.stop()
                self._noticing = None
        elif self._noticing is None:
            self._noticing = self._app.set_interval(NOTICE_SECONDS, self._tell)

    def _tell(self) -> None:
        page = self._page()
        if page is None or self._is_telling or monotonic() - self._told_at < TELL_SECONDS:
            return
        if page.spot_if_shown() != self._told:
            self._say_soon(page)

    def _say_soon(self, page: Page) -> None:
        if (spot := page.spot_if_shown()) is not None:
            self._told, self._told_at, self._is_telling = spot, monotonic(), True
            self._app.run_worker(self._say(spot), group="following")

    async def _say(self, spot: Spot) -> None:
        try:
            await self._desk.tell(spot)
        except OkrtuiError:  # as above
            return
        finally:
            self._is_telling = False


def choice(one: Present, me: int) -> str:
    """Somebody who is here, as one of a list to pick from: where they are, and whether they follow ``me``."""
    title = PAGES[one.spot.page][0] if one.spot.page in PAGES else one.spot.page
    follows = ", follows you" if one.spot.follows == me else ""
    return f"@{one.handle}  {title}, {one.spot.team} {one.spot.cycle}{follows}"
