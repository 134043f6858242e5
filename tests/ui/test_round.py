"""A confidence round on the screen: sealed numbers, given by digits, opened at once."""

from __future__ import annotations

import pytest

from okrtui.service import rounds
from screens.dialogs.confirm import Confirm

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)])


@pytest.fixture
def team(company):
    """Sales in its third week, with two agreed key results."""
    under = company.accepted()
    company.agreed(under)
    company.agreed(under, statement="Nights are answered too")
    return company.running().at("2026-10-16")


async def at_the_round(seat):
    await seat.press("R")
    await seat.on("round")


def title(seat):
    return str(seat.things.border_title)


@SIZES
async def test_two_people_give_their_numbers_and_see_how_they_lie(team, open_app, size):
    async with open_app(team, "ana", size=size) as ana, open_app(team, "ben", size=size) as ben:
        await at_the_round(ana)
        await at_the_round(ben)
        assert "none is under way" in title(ana)
        await ana.press("b")
        await ben.until(lambda: "0 of 2 in" in title(ben))
        await ana.press("3", "9")
        await ana.until(lambda: "yours 9, sealed" in ana.listed)
        await ben.until(lambda: "1 of 2 in" in title(ben))
        assert "3" not in ben.listed.replace("KR", "")
        await ana.press("r")
        await ana.until(lambda: any("@ben is not yet" in one for one in ana.said))
        await ben.press("plus", "8")
        await ben.until(lambda: any("All your numbers are in" in one for one in ben.said))
        await ben.press("r")
        for seat in (ana, ben):
            await seat.until(lambda one=seat: "week 3: 3 10  middle 6.5  7 apart" in one.listed)
            assert "week 3: 8 9  middle 8.5" in seat.listed
            assert not any(name in seat.listed + seat.full for name in ("ana", "ben"))


async def test_it_is_ended_unopened_after_a_question(team, open_app):
    rounds.start(team.as_("ana"), "sales")
    rounds.vote(team.as_("ana"), {"KR1": 2}, "sales")
    async with open_app(team, "ben") as ben:
        await at_the_round(ben)
        await ben.press("d")
        await ben.dialog(Confirm)
        await ben.press("enter")
        await ben.closed()
        await ben.until(lambda: "none is under way" in title(ben))
    assert rounds.page(team.as_("ana"), "sales").key_results[0].earlier == ()


async def test_leadership_is_told_to_ask_for_one(team, open_app):
    async with open_app(team, "olga") as olga:
        olga.page.desk.where.team = "sales"
        await at_the_round(olga)
        await olga.press("b")
        await olga.until(lambda: any("ask the team to take one (c)" in one for one in olga.said))
    assert rounds.page(team.as_("ana"), "sales").week is None


async def test_who_only_looks_in_from_elsewhere_does_not_take_part(team, open_app):
    rounds.start(team.as_("ana"), "sales")
    async with open_app(team, "rob") as rob:
        rob.page.desk.where.team = "sales"
        await at_the_round(rob)
        await rob.until(lambda: "0 of 1 in" in title(rob))
        await rob.press("4")
        await rob.until(lambda: any("A confidence round is the team's" in one for one in rob.said))
    assert rounds.page(team.as_("ana"), "sales").taking_part == ("ana",)
