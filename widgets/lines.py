"""The first and the last line of every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from widgets.text import joined, plain, short, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from okrtui.service.guide import Frame, Step


class Line(Static):
    """One line, as wide as the screen: what it says changes nothing of where anything stands."""

    def __init__(self, said: str = "") -> None:
        super().__init__(said, markup=False)
        self._said = Content("")

    def say(self, said: Content) -> None:
        """Say something else; what is said already is not drawn again."""
        if not said.is_same(self._said):
            self._said = said
            self.update(said, layout=False)


class HeaderLine(Line):
    """Where you are, who you are, and how much waits for you."""

    DEFAULT_CSS = """
    HeaderLine {
        dock: top;
        height: 1;
        background: $primary-background;
        color: $text;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self) -> None:
        super().__init__("okrtui")
        self._frame: Frame | None = None
        self._notice = ""
        self._here: tuple[str, ...] = ()
        self._following: tuple[str, tuple[str, ...]] = ("", ())

    def follow(self, followed: str, followers: Sequence[str]) -> None:
        """Show whom this screen goes along with, if anybody, and whose screens go along with it."""
        if (followed, tuple(followers)) != self._following:
            self._following = (followed, tuple(followers))
            self._draw()

    def here(self, others: Sequence[str]) -> None:
        """Show who else is here, each with where: "ben (scoring)"; the first ones stay where not all fit."""
        if tuple(others) != self._here:
            self._here = tuple(others)
            self._draw()

    def show(self, frame: Frame, notice: str = "") -> None:
        """Show another place or another count; ``notice`` is said in front, such as "rehearsal"."""
        self._frame, self._notice = frame, notice
        self._draw()

    def on_resize(self) -> None:
        """Keep the right part at the right edge."""
        self._draw()

    def _draw(self) -> None:
        if self._frame is None:
            return
        frame = self._frame
        waiting = f"   {len(frame.needs)} need you" if len(frame.needs) != 1 else "   1 needs you"
        width = self.size.width or 80
        ends = waiting if frame.needs else ""
        who = plain(frame.person)
        place = Content(f" {self._notice}{plain(frame.place.short)}").cell_length
        led = _led(*self._following)
        if led and place + Content(f"{who}{led}{ends} ").cell_length >= width:
            who, ends = plain(frame.who), ""  # where one is led to says more than how much waits
        others = _others(self._here, width - place - Content(f"{who}{led}{ends} ").cell_length - 1)
        right = joined(who, (led, "bold reverse") if led else "", f"{others}{ends} ")
        room = max(1, width - right.cell_length - 1)
        left = Content(f" {self._notice}{plain(frame.place.text)}")
        if left.cell_length > room:
            left = Content(f" {self._notice}{plain(frame.place.short)}")
        left = left.truncate(room, ellipsis=True)
        gap = max(1, width - left.cell_length - right.cell_length)
        self.say(joined(left.stylize("bold"), " " * gap, right))


LEAST_CELLS = 3
"""That somebody who is here takes, with the space before them: of hundreds, few are ever measured."""


def _others(here: Sequence[str], room: int) -> str:
    """As many of those who are here as fit, and how many more there are; only their number where nobody fits."""
    for count in range(min(len(here), room // LEAST_CELLS), 0, -1):
        more = f" +{len(here) - count}" if count < len(here) else ""
        said = f" · here: {' '.join(plain(one) for one in here[:count])}{more}"
        if Content(said).cell_length <= room:
            return said
    counted = f" · {len(here)} here"
    return counted if here and len(counted) <= room else ""


def _led(followed: str, followers: Sequence[str]) -> str:
    """Whom this screen goes along with, and how that ends; and whose screens go along with it."""
    told = [f"following @{short(followed)} (any key leaves)"] if followed else []
    if followers:
        more = f" +{len(followers) - 2}" if len(followers) > 2 else ""
        verb = "follows" if len(followers) == 1 else "follow"
        told.append(f"{', '.join(short(one) for one in followers[:2])}{more} {verb} you")
    return f" {' · '.join(told)} " if told else ""


class StepLine(Line):
    """The next step, by name, and the key that takes it."""

    DEFAULT_CSS = """
    StepLine {
        height: 1;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        background: $boost;
        color: $text;
    }
    """

    def show(self, step: Step, key: str = "n") -> None:
        """Show another step; ``key`` takes it where there is something to take."""
        if step.command:
            self.say(joined(("Next ", "bold $accent"), (f" {key} ", "reverse bold"), " ", words(step.text)))
        else:
            self.say(words(step.text, "$foreground-muted"))


Hint = tuple[str, str, str, bool]
"""The key to press, as it is written, what it does, and whether it may be done now."""


def _width(hint: Hint) -> int:
    _, written, label, _ = hint
    return len(written) + len(label) + 3


def _fitting(hints: Sequence[Hint], width: int) -> list[Hint]:
    """As many hints as fit: without those refused first, then without the later ones; the last one stays."""
    kept = list(hints)
    while kept and sum(map(_width, kept)) > width:
        refused = [place for place, hint in enumerate(kept[:-1]) if not hint[3]]
        if not refused and len(kept) == 1:
            break
        del kept[refused[-1] if refused else -2]
    return kept


class KeyLine(Line):
    """The most useful keys of where you are; a click presses one."""

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        background: $panel;
        color: $text;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        super().__init__()
        self._hints: Sequence[Hint] = ()
        self._ends: list[tuple[int, str]] = []

    def show(self, hints: Sequence[Hint]) -> None:
        """Show hints: the key to press, as it is written, what it does, and whether it may be done now.

        Where they do not fit, those that may not be done give way first, then the later ones; the last one stays.
        """
        self._hints = hints
        self._draw()

    def on_resize(self) -> None:
        """Show as many as fit now."""
        self._draw()

    def _draw(self) -> None:
        self._ends, parts, end = [], [], 0
        for hint in _fitting(self._hints, self.size.width or 80):
            key, written, label, allowed = hint
            style = "" if allowed else "$foreground-disabled"
            parts.append(joined((f" {written} ", "bold $accent" if allowed else style), (f"{label} ", style)))
            end += _width(hint)
            self._ends.append((end, key))
        self.say(Content("").join(parts))

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for end, key in self._ends:
            if event.x < end:
                self.post_message(self.Pressed(key))
                return
