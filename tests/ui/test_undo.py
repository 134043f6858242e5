"""``u`` on every page: what it undoes, and what it says where it does not."""

from __future__ import annotations

import pytest

from okrtui.service import key_results, priorities, show, squares, threads
from screens.commands import PAGES
from screens.dialogs.confirm import Confirm


def state(company, ref="KR1"):
    return show.key_result(company.as_("ana"), ref).card.state


async def said(seat, sentence):
    await seat.until(lambda: any(sentence in one for one in seat.said), sentence)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_move_on_the_board(company, open_app, size):
    company.draft()
    async with open_app(company, "ana", size=size) as ana:
        await ana.press("3")
        await ana.on("board")
        await ana.press("<")
        await ana.until(lambda: state(company) == "idea")
        await ana.press("u")
        await said(ana, "KR1 is a draft again.")
        assert state(company) == "draft"
        await ana.press("z")
        await ana.until(lambda: state(company) == "parked")
        await ana.press("u")
        await ana.until(lambda: state(company) == "draft")


@pytest.mark.parametrize("page", PAGES)
async def test_on_every_page(page, company, open_app):
    company.draft()
    key_results.park(company.as_("ana"), "KR1")
    async with open_app(company, "ana") as ana:
        ana.app.action_go(page)
        await ana.on(page)
        await ana.press("u")
        await said(ana, "KR1 is a draft again.")
    assert state(company) == "draft"


async def test_a_priority_just_written_down(company, open_app):
    async with open_app(company, "ana") as ana:
        await ana.press("v", "a")
        await ana.saved(words="Nights")
        await ana.press("u")
        await said(ana, "PR1 is no priority any more: Nights")
    assert not squares.squares(company.as_("ana"), "sales").priorities


async def test_a_win_just_taken_back(company, open_app):
    priorities.add_win(company.as_("ana"), "A night", team="sales")
    async with open_app(company, "ana") as ana:
        await ana.press("u")
        await said(ana, "W1 is no win any more: A night")


async def test_not_what_the_other_side_was_told(company, open_app):
    company.draft()
    async with open_app(company, "ana") as ana:
        await ana.press("3")
        await ana.on("board")
        await ana.press("p")
        await ana.until(lambda: len(ana.app.screen_stack) == 2)
        if isinstance(ana.screen, Confirm):
            await ana.press("enter")
        else:
            await ana.press("ctrl+s")
        await ana.closed()
        await ana.until(lambda: state(company) == "proposed")
        await ana.press("u")
        await said(ana, "take the proposal back instead")
    assert state(company) == "proposed"


async def test_not_after_somebody_else_worked_on_it(company, open_app):
    company.draft()
    key_results.back_to_idea(company.as_("ana"), "KR1")
    threads.comment(company.as_("ben"), "KR1", "Good as it is")
    async with open_app(company, "ana") as ana:
        await ana.press("u")
        await said(ana, "ben commented on KR1: Good as it is")
    assert state(company) == "idea"


async def test_it_is_a_letter_in_a_form(company, open_app):
    company.draft()
    key_results.park(company.as_("ana"), "KR1")
    async with open_app(company, "ana") as ana:
        await ana.press("a")
        await ana.dialog()
        ana.go_to(ana.field("words"))
        await ana.press("u")
        await ana.until(lambda: ana.field("words").value == "u")
    assert state(company) == "parked"
