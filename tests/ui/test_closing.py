"""Closing a quarter from the interface: what is missing by team, one key away from it, and closing over the rest."""

from __future__ import annotations

import pytest

from okrtui.service import rooms, scores
from okrtui.store import cycles as stored
from screens.dialogs.closing import ClosingDialog
from screens.dialogs.confirm import Confirm
from screens.page import Go

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)])


@pytest.fixture
def quarter(company):
    """A quarter that is scoring, of whose two key results neither has a score."""
    under = company.accepted()
    company.agreed(under)
    company.agreed(under, statement="Nights are answered too")
    return company.running().scoring()


def phase(company):
    return rooms.room(company.as_("rob"), "sales").place.phase


async def asked(seat):
    seat.page.post_message(Go("room", command="cycle.advance"))
    return await seat.dialog(ClosingDialog)


@SIZES
async def test_what_is_missing_is_one_key_away(quarter, open_app, size):
    async with open_app(quarter, "olga", size=size) as olga:
        await asked(olga)
        assert "2 things are missing" in olga.picture()
        await olga.press("down", "enter")
        await olga.on("scoring")
        assert (olga.page.desk.where.team, olga.page.chosen()) == ("sales", "KR2")
    assert phase(quarter) == "scoring"


@SIZES
async def test_a_lead_of_the_company_closes_over_the_rest(quarter, open_app, size):
    scores.leave_unscored(quarter.as_("ana"), "KR1", "Told elsewhere")
    async with open_app(quarter, "olga", size=size) as olga:
        await asked(olga)
        assert "1 thing is missing" in olga.picture()
        await olga.press("ctrl+s")
        await olga.dialog(Confirm)
        await olga.press("enter")
        await olga.until(lambda: phase(quarter) == "closed")
    with quarter.store.reading() as connection:
        left = connection.execute("SELECT ref, author_id FROM left_open").fetchall()
    assert left == [("KR2", 1)]


async def test_with_nothing_missing_it_is_closed_after_a_question(quarter, open_app):
    for ref in ("KR1", "KR2"):
        scores.leave_unscored(quarter.as_("ana"), ref, "Told elsewhere")
    async with open_app(quarter, "olga") as olga:
        await asked(olga)
        assert "Nothing is missing" in olga.picture()
        await olga.press("ctrl+s")
        await olga.dialog(Confirm)
        await olga.press("escape")
        await olga.closed()
        assert phase(quarter) == "scoring"


async def test_nobody_else_closes_it(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await asked(ana)
        await ana.press("ctrl+s")
        await ana.dialog(Confirm)
        await ana.press("enter")
        await ana.until(lambda: any("lead" in one for one in ana.said))
    assert phase(quarter) == "scoring"


async def test_a_cycle_goes_back_with_a_reason(quarter, open_app):
    async with open_app(quarter, "olga") as olga:
        olga.page.post_message(Go("room", command="cycle.back"))
        await olga.dialog()
        await olga.press("ctrl+s")
        await olga.until(lambda: "reason" in olga.wrong("reason") or "Say why" in olga.wrong("reason"))
        await olga.saved(reason="A week was forgotten")
        await olga.until(lambda: phase(quarter) == "running")
    with quarter.store.reading() as connection:
        assert stored.by_name(connection, "2026-Q4").phase == "running"
