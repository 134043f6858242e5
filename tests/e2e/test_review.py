"""A review of ten key results by three people in three real ptys: one keeps it, two follow."""

from __future__ import annotations

import re
from contextlib import ExitStack
from time import time

import pytest
from terminal import Terminal, command

from okrtui.core.model import ScoreSide
from okrtui.service import scores, show

COUNT = 10
WORDS = "We would say this again, all of it"


@pytest.fixture
def quarter(company):
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


def seat(company, path, handle, **size):
    clock = {"OKRTUI_NOW": company.now.strftime("%Y-%m-%dT%H:%M")}
    return Terminal(*command(path, handle), env=clock, **size)


def shows(ref):
    """The key result is read in full: its name is in the frame around its text."""
    return lambda text: re.search(rf"╭─ {ref} ─", text)


def at_scoring(terminal):
    terminal.until("Sales")
    terminal.press("5")
    terminal.until("Scores")


def follows(terminal, handle):
    terminal.press("@")
    terminal.until(lambda text: f"following @{handle}" in text)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
def test_a_review_of_ten_by_three_of_whom_one_leads(quarter, path, size):
    window = {"columns": size[0], "rows": size[1]}
    with ExitStack() as stack:
        ana, ben, lea = (stack.enter_context(seat(quarter, path, who, **window)) for who in ("ana", "ben", "lea"))
        begin(ana, ben, lea)
        go_along(ana, ben, lea)
        write_while_the_review_goes_on(ana, ben, lea)
        ben.until(lambda _: said_by(quarter, "ben") == [WORDS])
        ana.child.kill(9)
        ana.child.wait()
        quarter.store.live.write(silent)
        take_it_up(ben, lea)
        for terminal in (ben, lea):
            terminal.press("ctrl+q")  # of lea, who follows, it leaves that and does nothing else
        lea.until(lambda text: "yours again" in text)
        lea.press("ctrl+q")
        assert (ben.ends(), lea.ends()) == (0, 0)
    with quarter.store.reading() as connection:
        verbs = {verb for (verb,) in connection.execute("SELECT verb FROM event")}
    assert not {verb for verb in verbs if verb.startswith(("review", "follow"))}


def begin(ana, ben, lea):
    for terminal in (ana, ben, lea):
        at_scoring(terminal)
    ana.press("K")
    ana.until("You keep the review: KR1")
    for terminal in (ben, lea):
        terminal.until("@ana keeps the review: KR1")
        follows(terminal, "ana")
    ana.until("ben, lea follow you")


def go_along(ana, ben, lea):
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


def said_by(quarter, handle):
    """What somebody wrote about the fifth key result."""
    thread = show.key_result(quarter.as_("rob"), "KR5").thread
    return [one.body for one in thread if one.author == handle and one.body]


def write_while_the_review_goes_on(ana, ben, lea):
    """The first key of one's own leaves, and does nothing else; what is typed then stays whole where it is."""
    ben.press("c")
    ben.until(lambda text: "yours again" in text and "following @" not in text)
    assert "Comment on" not in ben.text
    ben.press("c")
    ben.until("Comment on KR5")
    for place, letter in enumerate(WORDS):
        ben.press(letter)
        if place in {5, 15, 25}:
            ana.press(">")
            lea.until(shows(f"KR{6 + (place - 5) // 10}"))
    ben.until(WORDS)
    ben.press("ctrl+s")
    ben.until(lambda text: "ctrl+s save" not in text)
    ben.until(shows("KR5"))


def take_it_up(ben, lea):
    """The keeper's line was cut: who followed is told, and another takes the review up where it stopped."""
    lea.until(lambda text: "has left" in text and "following @" not in text, seconds=15)
    for terminal in (ben, lea):
        terminal.until("on offer since @ana left it: KR8", seconds=15)
    ben.press("K")
    ben.until("You keep the review: KR8")
    lea.until("@ben keeps the review: KR8")
    follows(lea, "ben")
    for place in (9, 10):
        ben.press(">")
        lea.until(shows(f"KR{place}"))


def silent(connection):
    """The silence of a minute is played: the keeper's last words are put back."""
    connection.execute("UPDATE presence SET at = ? WHERE handle = 'ana'", (time() - 61,))
    connection.execute("UPDATE review SET heard = ?, since = ? WHERE keeper = 'ana'", (time() - 61, time() - 100))
