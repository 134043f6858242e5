"""A review of ten key results by three people at three terminals: what each of them does, whichever way they came."""

from __future__ import annotations

import re
from time import time
from typing import TYPE_CHECKING

from okrtui.core.model import ScoreSide
from okrtui.service import scores, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Company
    from terminal import Terminal

    from okrtui.store.sqlite import Connection

COUNT = 10
WORDS = "We would say this again, all of it"


def wide_apart(company: Company) -> Company:
    """A quarter that is scoring, with ten agreed key results of Sales whose scores lie wide apart in this order."""
    under = company.accepted()
    refs = [company.agreed(under, statement=f"Answer number {place} comes sooner") for place in range(1, COUNT + 1)]
    company.running().at("2026-12-18")
    company.checked_in("KR1", 19)
    company.scoring()
    for place, ref in enumerate(refs):
        scores.write(company.as_("ana"), ref, ScoreSide.SELF, 1.0, "As we saw it")
        scores.write(company.as_("lea"), ref, ScoreSide.MANAGER, place / 10, "As I saw it")
    scores.reveal(company.as_("ana"), refs)
    return company


def shows(ref: str) -> Callable[[str], bool]:
    """The key result is read in full: its name is in the frame around its text."""
    return lambda text: re.search(rf"╭─ {ref} ─", text) is not None


def at_scoring(terminal: Terminal) -> None:
    """Go to the page of scores."""
    terminal.until("Sales")
    terminal.press("5")
    terminal.until("Scores")


def follows(terminal: Terminal, handle: str) -> None:
    """Follow whoever keeps the review."""
    terminal.press("@")
    terminal.until(lambda text: f"following @{handle}" in text)


def begin(ana: Terminal, ben: Terminal, lea: Terminal) -> None:
    """Ana keeps it, and the others follow her."""
    for terminal in (ana, ben, lea):
        at_scoring(terminal)
    ana.press("K")
    ana.until("You keep the review: KR1")
    for terminal in (ben, lea):
        terminal.until("@ana keeps the review: KR1")
        follows(terminal, "ana")
    ana.until("ben, lea follow you")


def go_along(ana: Terminal, ben: Terminal, lea: Terminal) -> None:
    """Both go along with the keeper: from key result to key result, and to another screen and back."""
    for place in range(2, 6):
        ana.press(">")
        ana.until(f"You keep the review: KR{place}")
        for terminal in (ben, lea):
            terminal.until(shows(f"KR{place}"))
            terminal.until(f"@ana keeps the review: KR{place}")
    ana.press("3")
    for terminal in (ben, lea):
        terminal.until(lambda text: "[Agreed 10]" in text or "Agreed · 10" in text)
    ana.press("5")
    for terminal in (ben, lea):
        terminal.until(shows("KR5"))


def leave_to_comment(terminal: Terminal) -> None:
    """The first key of one's own leaves, and does nothing else; the second opens the form."""
    terminal.press("c")
    terminal.until(lambda text: "yours again" in text and "following @" not in text)
    assert "Comment on" not in terminal.text
    terminal.press("c")
    terminal.until("Comment on KR5")


def write(terminal: Terminal, words: str, meanwhile: Callable[[int], None]) -> None:
    """Type a text letter by letter; what happens ``meanwhile`` leaves it whole."""
    for place, letter in enumerate(words):
        terminal.press(letter)
        meanwhile(place)
    terminal.until(words)


def save(terminal: Terminal) -> None:
    """Save the form that is open."""
    terminal.press("ctrl+s")
    terminal.until(lambda text: "ctrl+s save" not in text)


def said_by(company: Company, handle: str) -> list[str]:
    """What somebody wrote about the fifth key result."""
    thread = show.key_result(company.as_("rob"), "KR5").thread
    return [one.body for one in thread if one.author == handle and one.body]


def take_it_up(company: Company, ben: Terminal, lea: Terminal) -> None:
    """The keeper's line was cut: who followed is told, and another takes the review up where it stopped."""
    company.store.live.write(_silent)
    lea.until(lambda text: "has left" in text and "following @" not in text)
    for terminal in (ben, lea):
        terminal.until("on offer since @ana left it: KR8")
    ben.press("K")
    ben.until("You keep the review: KR8")
    lea.until("@ben keeps the review: KR8")
    follows(lea, "ben")
    for place in (9, 10):
        ben.press(">")
        lea.until(shows(f"KR{place}"))


def _silent(connection: Connection) -> None:
    """The silence of a minute is played: the keeper's last words are put back."""
    connection.execute("UPDATE presence SET at = ? WHERE handle = 'ana'", (time() - 61,))
    connection.execute("UPDATE review SET heard = ?, since = ? WHERE keeper = 'ana'", (time() - 61, time() - 100))
