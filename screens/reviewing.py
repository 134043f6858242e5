"""Keeping a review of the scores that are shown: its keys, and what they ask."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from time import time
from typing import TYPE_CHECKING

from textual import on, work

from okrtui.service.reviewing import PAGE, why_not_mine
from screens.page import Page
from screens.together import Follow
from widgets.review_line import ReviewLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from okrtui.core.reviews import Review
    from okrtui.service.session import Session
    from screens.dialogs.form import FormDialog

_LED = {
    "scoring.next_item": "Next key result (>)",
    "scoring.previous_item": "Back to the one before (<)",
    "scoring.pause": "Pause the clock, or let it run again (t)",
    "scoring.box": "Minutes for each key result (b)",
    "scoring.hand": "Hand it over to somebody who is here (H)",
    "scoring.end": "End the review (E)",
}
"""What whoever keeps a review may do, by the command."""

_NOTHING = "There is no key result to review here."


class ReviewKeeping(Page):
    """A page of scores on which somebody may keep a review; the list is its agenda."""

    _review: Review | None = None

    @property
    def review(self) -> Review | None:
        """The review of the scores that are shown, as of the last look."""
        review = self._review
        return review if review is not None and (review.team, review.cycle) == self._shown_place else None

    @property
    @abstractmethod
    def agenda(self) -> tuple[tuple[str, bool], ...]:
        """The refs of the key results in their order, each with whether it is settled."""

    @property
    @abstractmethod
    def no_review(self) -> str:
        """Why no review may be kept here; empty where one may."""

    @abstractmethod
    def redraw(self) -> None:
        """Draw again what depends on the review."""

    # Showing it

    def show_review(self, review: Review | None) -> None:
        """Show the review as it stands now; who is handed it is told so."""
        before, self._review = self._review, review
        for line in self.query(ReviewLine):
            line.show(review, self.desk.me, self.agenda)
        if _mark(before) != _mark(review):
            self.redraw()
            self.draw_keys()
        if before is not None and review is not None and review.keeper_id != before.keeper_id:
            self._go_with(review, before.keeper_id)

    def _go_with(self, review: Review, before: int) -> None:
        """Somebody else keeps it now: who followed the keeper goes on with the new one, who leads and follows no longer."""
        follows = self.desk.follows == before
        if review.keeper_id == self.desk.me:
            if follows:
                self.post_message(Follow(None))
            self.say("You keep the review now: > goes on to the next key result, K tells the rest.")
        elif follows:
            keeper = next((one for one in self.desk.others if one.person_id == review.keeper_id), None)
            if keeper is not None:
                self.post_message(Follow(keeper))

    @on(ReviewLine.BoxOver)
    def _box_over(self) -> None:
        item = self.review.item if self.review is not None else ""
        self.say(f"The time for {item} is up.", severity="warning")

    @property
    def person(self) -> str:
        """Whoever keeps the review, as it says that @ follows them."""
        review = self.review
        if review is None or review.keeper_id == self.desk.me or review.is_on_offer(time()):
            return ""
        return review.keeper

    def refusal(self, command: str) -> str:
        """Why this person may not lead the review on."""
        if command == "scoring.keep":
            return self.no_review or ("" if self.agenda else _NOTHING)
        if command in _LED:
            return why_not_mine(self.review, self.desk.me, time())
        return super().refusal(command)

    # Keeping it

    @work(group="asking")
    async def action_keep(self) -> None:
        """Keep the review: begin it, take it up or over; whoever keeps it sees what they may do."""
        review = self.review
        if review is not None and review.keeper_id == self.desk.me and not review.is_on_offer(time()):
            await self._offer()
            return
        if not self._may_lead("scoring.keep"):
            return
        item = self.chosen() or self.agenda[0][0]
        over = None
        if review is not None and not review.is_on_offer(time()):
            question = f"@{review.keeper} keeps the review at {review.item}. Take it over?"
            if not await self.confirmed(question, "Take it over"):
                return
            over = review.keeper_id
        team, cycle = self._shown_place
        from okrtui.service import reviews  # noqa: PLC0415  # loaded when asked for: what checks input comes with it

        await self._lead(partial(reviews.keep, team=team, cycle=cycle, item=item, over=over))

    async def _offer(self) -> None:
        """Show what whoever keeps it may do."""
        from screens.dialogs.pick import Pick  # noqa: PLC0415  # as above

        command = await self.app.push_screen_wait(Pick("You keep the review", list(_LED.items())))
        if command:
            acts: Mapping[str, Callable[[], object]] = {
                "scoring.next_item": self.action_next_item,
                "scoring.previous_item": self.action_previous_item,
                "scoring.pause": self.action_pause,
                "scoring.box": self.action_box,
                "scoring.hand": self.action_hand_over,
                "scoring.end": self.action_end_review,
            }
            acts[command]()

    @property
    def _shown_place(self) -> tuple[str, str]:
        return self.desk.where.team, self.desk.where.cycle or ""

    def _may_lead(self, command: str) -> bool:
        """Whether a command of the review is for this person; where not, the sentence is said."""
        sentence = self.refusal(command)
        if sentence:
            self.say(sentence, severity="warning")
        return not sentence

    async def _lead(self, use_case: Callable[[Session], Review]) -> None:
        """Do something with the review, and go to the key result it is at."""
        review = await self.read(use_case)
        if review is not None:
            self.show_review(review)
            self.choose(review.item)

    @work(group="moving")
    async def action_next_item(self) -> None:
        """Go on to the next key result."""
        if self._may_lead("scoring.next_item"):
            from okrtui.service import reviews  # noqa: PLC0415  # as above

            team, cycle = self._shown_place
            await self._lead(partial(reviews.go_on, team=team, cycle=cycle, agenda=self.agenda))

    @work(group="moving")
    async def action_previous_item(self) -> None:
        """Go back to the key result before."""
        if self._may_lead("scoring.previous_item"):
            from okrtui.service import reviews  # noqa: PLC0415  # as above

            team, cycle = self._shown_place
            await self._lead(partial(reviews.go_back, team=team, cycle=cycle))

    @work(group="moving")
    async def action_pause(self) -> None:
        """Stop the clock, or let it run again."""
        if self._may_lead("scoring.pause"):
            from okrtui.service import reviews  # noqa: PLC0415  # as above

            team, cycle = self._shown_place
            await self._lead(partial(reviews.pause, team=team, cycle=cycle))

    @work(group="asking")
    async def action_box(self) -> None:
        """Ask how many minutes each key result is given."""
        if not self._may_lead("scoring.box") or self.review is None:
            return
        from okrtui.core.inputs import ReviewBoxEntry  # noqa: PLC0415  # as above
        from okrtui.service import reviews  # noqa: PLC0415  # as above
        from screens.dialogs.checks import check_of  # noqa: PLC0415  # as above
        from screens.dialogs.field import Field  # noqa: PLC0415  # as above
        from screens.dialogs.form import FormDialog  # noqa: PLC0415  # as above

        team, cycle = self._shown_place
        fields = [Field("minutes", "Minutes", hint="1 to 60, for this key result from now and for each after it")]
        first: dict[str, object] = {"minutes": self.review.minutes}

        def form(values: Mapping[str, object], errors: Mapping[str, str]) -> FormDialog:
            title = "Time box of the review"
            return FormDialog(title, fields, values or first, errors, check=check_of(ReviewBoxEntry))

        await self.ask(
            form, lambda session, values: reviews.box(session, values["minutes"], team, cycle), "The time box is set."
        )
        self.look_around()

    @work(group="asking")
    async def action_hand_over(self) -> None:
        """Ask to whom of those who are here it goes."""
        if not self._may_lead("scoring.hand"):
            return
        here = [one for one in await self.desk.see() if one.person_id]
        if not here:
            self.say("Nobody else is here to keep it: end the review (E), or wait for somebody.", severity="warning")
            return
        from okrtui.service import reviews  # noqa: PLC0415  # as above
        from screens.dialogs.pick import Pick  # noqa: PLC0415  # as above
        from screens.following import choice  # noqa: PLC0415  # as above

        there = sorted(here, key=lambda one: one.spot.page != PAGE)
        choices = [(one.handle, choice(one, self.desk.me)) for one in there]
        handle = await self.app.push_screen_wait(Pick("Who keeps the review from now on?", choices))
        if handle:
            team, cycle = self._shown_place
            review = await self.read(partial(reviews.hand_over, handle=handle, team=team, cycle=cycle))
            if review is not None:
                self.show_review(review)
                self.say(f"@{handle} keeps the review now: @ follows them.")

    @work(group="asking")
    async def action_end_review(self) -> None:
        """End it, after a question."""
        if not self._may_lead("scoring.end"):
            return
        left = [ref for ref, is_settled in self.agenda if not is_settled]
        rest = f"\n\nNot settled: {', '.join(left)}" if left else ""
        if not await self.confirmed(f"End the review? What was said and scored stays.{rest}", "End it"):
            return
        from okrtui.service import reviews  # noqa: PLC0415  # as above

        team, cycle = self._shown_place
        if await self.read(partial(reviews.end, team=team, cycle=cycle)):
            self.show_review(None)
            self.say("The review is ended.")


def _mark(review: Review | None) -> tuple[str, int] | None:
    """What of a review shows in the list, and in the keys."""
    return None if review is None else (review.item, review.keeper_id)
