"""The review in three real SSH sessions: one keeps it, two follow, links are cut in the middle; nobody loses a word."""

from __future__ import annotations

import pytest
import review

from okrtui.service import drafts

CUT_AT = 17
END = "\x1b[F"


@pytest.fixture
def quarter(company):
    """Ten key results to be gone through."""
    return review.wide_apart(company)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
def test_a_review_of_ten_by_three_of_whom_two_lose_their_link(quarter, host, size):
    host.let_in("ben")
    window = {"columns": size[0], "rows": size[1]}
    with host.terminal("ana", **window) as ana, host.terminal("lea", **window) as lea:
        with host.terminal("ben", **window) as ben:
            review.begin(ana, ben, lea)
            review.go_along(ana, ben, lea)
            review.leave_to_comment(ben)
            review.write(ben, review.WORDS[:CUT_AT], lambda place: go_on(place, ana, lea))
            ben.until(lambda _: kept(quarter) == [review.WORDS[:CUT_AT]])  # a tenth of a second after the last key
            cut(ben)
        with host.terminal("ben", **window) as ben:
            come_back_to_ones_words(ben)
            review.write(ben, review.WORDS[CUT_AT:], lambda place: go_on(place + CUT_AT, ana, lea))
            review.save(ben)
            ben.until(lambda _: review.said_by(quarter, "ben") == [review.WORDS])
            cut(ana)
            review.take_it_up(quarter, ben, lea)
            with host.terminal("ana", **window) as ana_again:
                review.at_scoring(ana_again)
                ana_again.until("@ben keeps the review: KR10")
                review.follows(ana_again, "ben")
                ben.until("ana, lea follow you")


def go_on(place, ana, lea):
    """The keeper goes on to the sixth, the seventh and the eighth while somebody writes."""
    if place in {5, 15, 25}:
        ana.press(">")
        lea.until(review.shows(f"KR{6 + (place - 5) // 10}"))


def kept(quarter):
    """What Ben typed and did not save, as it is offered again."""
    return [draft.typed["body"] for draft in drafts.waiting(quarter.as_("ben"))]


def cut(terminal):
    """The link is gone from one moment to the next: nothing is said any more, in either direction."""
    terminal.child.kill(9)
    terminal.child.wait()


def come_back_to_ones_words(terminal):
    """What was on the screen when the link was cut is offered again, and one key opens it."""
    terminal.until("unfinished form is kept")
    terminal.press("tab", END)
    terminal.until("Go on with what you began")
    terminal.press("enter")
    terminal.until("─ Comment on KR5")
    terminal.until(review.WORDS[:CUT_AT].strip())
    terminal.press(END)
