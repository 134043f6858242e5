"""What a page has of the others: who is here, who follows whom, and where this person is for those who follow them."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from okrtui.core.errors import OkrtuiError
from okrtui.service.presence import Spot
from screens.asking import Asking
from screens.commands import PAGES
from widgets.lines import HeaderLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okrtui.core.reviews import Review
    from okrtui.service.desk import Desk
    from okrtui.service.presence import Present


class Follow(Message):
    """Follow somebody who is here, or nobody any more."""

    def __init__(self, whom: Present | None) -> None:
        super().__init__()
        self.whom = whom


class Followed(Message):
    """Somebody follows this person, or did when it was looked before."""


class Together(Asking):
    """A screen that says where its person is, shows who else is here, and goes along with whoever they follow."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._led: Spot | None = None
        """Where whoever is followed is, while that is not shown here yet."""
        self._is_looking = False

    # What a page says of itself

    @property
    @abstractmethod
    def shows_where(self) -> bool:
        """Whether the team and cycle of the desk are shown, and not still those before."""

    @abstractmethod
    def catches_up(self) -> bool:
        """Read again where another place is to be shown; whether what is shown is current already."""

    def choose(self, ref: str) -> bool | None:
        """Put the cursor on a thing; False where it is not here."""
        del ref
        return None

    # Who else is here

    @property
    def form_open(self) -> str:
        """The form this person is in, for others to see; empty where they are in none."""
        return self.desk.form

    @work(group="around")
    async def look_around(self) -> None:
        """Say where this person is, and see who else is here; asked twice a second while the page is shown."""
        if self._is_looking or not self.is_mounted or not self.desk.where.team:
            return
        self._is_looking = True
        was_followed = bool(self.desk.followers)
        try:
            around = await self.desk.look_around(self.spot_if_shown)
        except OkrtuiError as error:  # reading the page says so, or the next save
            if error.ends_session:
                raise
            return
        finally:
            self._is_looking = False
        if not self.query(HeaderLine):  # the page was taken down meanwhile
            return
        if around.trouble:
            self.say(f"What is typed is not kept aside now. {around.trouble}", severity="warning")
        if around.unfinished:
            count = (
                "An unfinished form is"
                if len(around.unfinished) == 1
                else f"{len(around.unfinished)} unfinished forms are"
            )
            self.say(f"{count} kept: {'; '.join(around.unfinished)}. Open it to go on.", severity="warning")
        self.show_others(around.others)
        self.show_review(around.review)
        if was_followed or self.desk.followers:
            self.post_message(Followed())

    def show_review(self, review: Review | None) -> None:
        """Show the review of the scores that are shown, as it stands now, on a page that has any."""

    def show_others(self, others: Sequence[Present]) -> None:
        """Show who else is here: in the first line, those of this team first, and in the form they are in too."""
        own_team = [one for one in others if one.spot.team == self.desk.where.team]
        rest = [one for one in others if one not in own_team]
        for header in self.query(HeaderLine):  # there is none any more while the page is closing
            header.here([f"{one.handle} ({_page_word(one.spot.page)})" for one in (*own_team, *rest)])
            header.follow(self._followed, self.desk.followers)
        if self._asking is not None and self._asking.is_mounted:
            same = [one.handle for one in others if one.spot.form and one.spot.form == self.form_open]
            self._asking.show_others(same)

    # Following: where this person is, and going where somebody else is

    @property
    def spot(self) -> Spot:
        """Where this person is, down to what the cursor is on."""
        spot = self.place
        if not self.shows_where:
            return spot
        return replace(spot, ref=self.chosen(), view=" ".join(self.view), scroll=self.scrolled)

    @property
    def place(self) -> Spot:
        """The same without what changes with every key."""
        where = self.desk.where
        return Spot(self.PAGE, where.team, where.cycle or "", self.form_open, follows=self.desk.follows)

    def spot_if_shown(self) -> Spot | None:
        """The same; None while the page is not there yet, or not there any more."""
        is_shown = self.is_mounted and not self.is_going and self.app.screen_stack[:1] == [self]
        return self.spot if is_shown else None

    @property
    def view(self) -> tuple[str, ...]:
        """How the page is shown, in words of its own without spaces: what a follower's is turned to."""
        return ()

    @property
    def scrolled(self) -> float:
        """How far down the text stands that is read, from 0 to 1."""
        return 0.0

    @property
    def person(self) -> str:
        """The handle of the person the cursor is on, or who is told of; empty where there is none."""
        return ""

    @property
    def _followed(self) -> str:
        """The handle of the person this screen goes along with; empty where there is none."""
        return next((one.handle for one in self.desk.others if one.person_id == self.desk.follows), "")

    def show_following(self) -> None:
        """Say in the first line who follows whom."""
        for header in self.query(HeaderLine):
            header.follow(self._followed, self.desk.followers)

    def be_led(self, spot: Spot) -> None:
        """Go where somebody else is, once what is shown is current."""
        self._led = spot
        if self.catches_up():
            self.follow_on()

    def follow_on(self) -> None:
        """What is shown is current: go where whoever is followed is, unless that was done."""
        spot = self._led
        if spot is not None and self.desk.follows is not None and self.go_along(spot):
            self._led = None

    def go_along(self, spot: Spot) -> bool:
        """Turn the page to how somebody else has it, on what they have chosen; False where that is not here yet."""
        return not spot.ref or spot.ref == self.chosen() or self.choose(spot.ref) is not False


def _page_word(page: str) -> str:
    return next((title.lower() for name, (title, _, _) in PAGES.items() if name == page), page)
