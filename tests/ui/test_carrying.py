"""Learning, and what goes on: written on Scoring and Objectives, carried and shown on the board."""

from __future__ import annotations

import pytest

from okrtui.service import closing, cycles, invitations, objectives, scores, setup, show
from screens.dialogs.pick import Pick
from screens.page import Go
from screens.palette import Palette


@pytest.fixture
def quarter(company):
    """A quarter that is scoring, with an agreed key result of Sales that is settled."""
    company.agreed()
    company.running().at("2026-12-28")
    company.checked_in("KR1", 19)
    company.scoring()
    scores.leave_unscored(company.as_("ana"), "KR1", "Told in the report")
    cycles.add(company.operator, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"})
    return company


@pytest.fixture
def next_quarter(quarter):
    """The next quarter, drafting, with an objective that Sales accepted and that was started from none."""
    closing.decide(quarter.as_("ana"), "KR1", "change", "Count weekends too")
    cycles.advance(quarter.operator, "2026-Q4")
    quarter.at("2027-01-04")
    ref = objectives.add(quarter.as_("lea"), team="sales", cycle="2027-Q1", fields={"title": "Something else"})
    objectives.publish(quarter.as_("lea"), ref)
    objectives.invite(quarter.as_("lea"), ref, ["sales"])
    invitations.accept(quarter.as_("ana"), ref, "sales", "The same queue")
    return quarter


@pytest.mark.parametrize(("page", "key"), [("scoring", "5"), ("objectives", "2")])
async def test_what_was_learnt_is_written_where_it_is_talked_about(quarter, open_app, page, key):
    async with open_app(quarter, "lea") as lea:
        lea.page.desk.where.team = "sales"
        await lea.press(key)
        await lea.on(page)
        await lea.press("w")
        await lea.saved(words="Nights need people, not tools")
        await lea.until(lambda: "Nights need people, not tools" in lea.full)
    assert show.objective(quarter.as_("rob"), "O1").learning == "Nights need people, not tools"


async def test_a_reader_does_not_write_it_and_is_told_why(quarter, open_app):
    async with open_app(quarter, "rob") as rob:
        rob.page.desk.where.team = "sales"
        await rob.press("5")
        await rob.on("scoring")
        await rob.press("w")
        await rob.until(lambda: any("comment (c)" in one for one in rob.said))
    assert show.objective(quarter.as_("rob"), "O1").learning is None


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_team_carries_on_its_board_what_did_not_come_along(next_quarter, open_app, size):
    async with open_app(next_quarter, "ana", size=size) as ana:
        await ana.until(lambda: "1 key result goes on" in ana.step)
        await ana.press("right_square_bracket")
        await ana.dialog(Pick)
        assert "Median first answer falls" in ana.picture()
        await ana.press("enter")
        await ana.closed()
        await ana.until(lambda: ana.page.chosen() == "KR2" and "goes on from KR1 of 2026-Q4" in ana.full)
        assert "ended at 19 hours, 39%, no agreed score" in " ".join(ana.full.split())
        assert "goes on, changed: Count weekends too" in ana.full
        ana.page.post_message(Go("board", command="board.carry"))
        await ana.until(lambda: any("waits to be carried" in one for one in ana.said))
    assert [one.ref for one in show.key_result(next_quarter.as_("rob"), "KR1").goes_on] == ["KR2"]


async def test_nobody_else_carries_it(next_quarter, open_app):
    async with open_app(next_quarter, "lea") as lea:
        lea.page.desk.where.team = "sales"
        await lea.press("3")
        await lea.on("board")
        lea.page.post_message(Go("board", command="board.carry"))
        await lea.until(lambda: any("suggest a wording (s) or ask (c)" in one for one in lea.said))
    assert closing.count_waiting(next_quarter.as_("rob"), "sales").team == 1


async def test_the_palette_dims_what_is_refused_and_says_why(next_quarter, open_app):
    """A refusal may name what people typed, which stays text there."""
    setup.edit_team(next_quarter.operator, "sales", {"name": "Sales [/b] [red]"})
    async with open_app(next_quarter, "rob") as rob:
        rob.page.desk.where.team = "sales"
        await rob.press("3")
        await rob.on("board")
        await rob.press("ctrl+p")
        await rob.until(lambda: isinstance(rob.screen, Palette) and rob.screen.focused is not None)
        for letter in "carry":
            await rob.press(letter)
        await rob.until(lambda: "Board: Carry over" in rob.picture() and "Key results are the team's" in rob.picture())
        await rob.press("escape")
        await rob.closed()
