"""The review that goes on, in a line: who keeps it, what it is at, and its clock."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from widgets.text import joined, short, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from okrtui.core.reviews import Review

TICK_SECONDS = 1.0
COARSE_SECONDS = 10
"""The steps in which the clock is told while more than a minute is left: a line a step is all it sends."""


class ReviewLine(Static):
    """Says who keeps the review and how long its key result has; nothing, and no line, while there is none.

    A tick asks nothing of the store, and draws nothing while the terminal has not taken what was drawn before.
    """

    DEFAULT_CSS = """
    ReviewLine {
        height: 1;
        display: none;
        padding: 0 1;
        background: $boost;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    class BoxOver(Message):
        """The time of the key result the review is at has run out."""

    def __init__(self, is_behind: Callable[[], bool], *, clock: Callable[[], float] = time) -> None:
        """``is_behind`` tells whether the terminal is slow now; ``clock`` gives seconds since 1970."""
        super().__init__("", markup=False)
        self._is_behind, self._clock = is_behind, clock
        self._review: Review | None = None
        self._me = 0
        self._agenda: tuple[tuple[str, bool], ...] = ()
        self._timer: Timer | None = None
        self._drawn = Content("")
        self._over: tuple[str, float | None] | None = None
        """The key result, and when its time began, of which it was told that it is over."""

    def on_mount(self) -> None:
        """Wait for a clock that runs."""
        self._timer = self.set_interval(TICK_SECONDS, self._tick, pause=True)

    def show(self, review: Review | None, me: int, agenda: tuple[tuple[str, bool], ...]) -> None:
        """Show a review as it was read, to ``me``; ``agenda`` are the refs in their order, each with whether it is settled."""
        self._review, self._me, self._agenda = review, me, agenda
        self.display = review is not None
        if self._timer is not None:
            (self._timer.resume if review is not None and review.since is not None else self._timer.pause)()
        self._draw()

    def _tick(self) -> None:
        if self.screen.is_current and not self._is_behind():
            self._draw()

    def _draw(self) -> None:
        review = self._review
        if review is None:
            return
        now = self._clock()
        told = _told(review, self._me, self._agenda, now)
        if told != self._drawn:
            self._drawn = told
            self.update(told, layout=False)
        box = (review.item, review.since)
        if review.runs(now) and not review.left(now) and self._over != box:
            self._over = box
            self.post_message(self.BoxOver())

    @property
    def text(self) -> str:
        """What can be read now, without its styles."""
        return self._drawn.plain if self._review is not None else ""


def _told(review: Review, me: int, agenda: tuple[tuple[str, bool], ...], now: float) -> Content:
    item = words(review.item, "bold")
    if review.is_on_offer(now):
        who = f"The review is on offer since @{short(review.keeper)} left it: "
        return joined(
            ("‖ ", "bold $text-warning"), words(who), item, ", ", _clock(review, now), (". K takes it up", "bold")
        )
    runs = review.runs(now)
    glyph = ("▶ ", "bold $text-success") if runs else ("‖ ", "bold $foreground-muted")
    is_mine = review.keeper_id == me
    who = "You keep the review: " if is_mine else f"@{short(review.keeper)} keeps the review: "
    mine = ". > next, K more" if runs else ". t goes on"
    hint = mine if is_mine else ". @ follows"
    return joined(
        glyph, words(who), item, ", ", _clock(review, now), "" if runs else ", paused", _how_far(agenda), (hint, "bold")
    )


def _clock(review: Review, now: float) -> Content:
    left = review.left(now)
    if not left:
        return words("time is up", "bold $text-warning")
    steps = COARSE_SECONDS if left > 60 and review.runs(now) else 1
    seconds = -(-int(left + 0.999) // steps) * steps
    return words(f"{seconds // 60}:{seconds % 60:02} left", "bold $accent")


def _how_far(agenda: tuple[tuple[str, bool], ...]) -> Content:
    settled = sum(is_settled for _, is_settled in agenda)
    return words(f" · {settled} of {len(agenda)} settled", "$foreground-muted") if agenda else Content("")
