"""A review of ten key results by three people in three real ptys: one keeps it, two follow."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
import review
from terminal import Terminal, command


@pytest.fixture
def quarter(company):
    """Ten key results to be gone through."""
    return review.wide_apart(company)


def seat(company, path, handle, **size):
    clock = {"OKRTUI_NOW": company.now.strftime("%Y-%m-%dT%H:%M")}
    return Terminal(*command(path, handle), env=clock, **size)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
def test_a_review_of_ten_by_three_of_whom_one_leads(quarter, path, size):
    window = {"columns": size[0], "rows": size[1]}
    with ExitStack() as stack:
        ana, ben, lea = (stack.enter_context(seat(quarter, path, who, **window)) for who in ("ana", "ben", "lea"))
        review.begin(ana, ben, lea)
        review.go_along(ana, ben, lea)
        write_while_the_review_goes_on(ana, ben, lea)
        ben.until(lambda _: review.said_by(quarter, "ben") == [review.WORDS])
        ana.child.kill(9)
        ana.child.wait()
        review.take_it_up(quarter, ben, lea)
        lea.press("ctrl+q")  # of lea, who follows, it leaves that and does nothing else
        lea.until(lambda text: "yours again" in text)
        for terminal in (ben, lea):
            terminal.press("ctrl+q")
        assert (ben.ends(), lea.ends()) == (0, 0)
    with quarter.store.reading() as connection:
        verbs = {verb for (verb,) in connection.execute("SELECT verb FROM event")}
    assert not {verb for verb in verbs if verb.startswith(("review", "follow"))}


def write_while_the_review_goes_on(ana, ben, lea):
    def go_on(place):
        if place in {5, 15, 25}:
            ana.press(">")
            lea.until(review.shows(f"KR{6 + (place - 5) // 10}"))

    review.leave_to_comment(ben)
    review.write(ben, review.WORDS, go_on)
    review.save(ben)
    ben.until(review.shows("KR5"))
