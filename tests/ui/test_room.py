"""The room: what it shows, where it leads, and what others do while it is open."""

from __future__ import annotations

import pytest

from okrtui.service import invitations, key_results, setup, show
from okrtui.service.cycles import advance
from screens.dialogs.help import Help
from screens.dialogs.pick import Pick
from widgets.lines import HeaderLine
from widgets.listing import Listing


def listing(seat, name="objectives"):
    return seat.page.query_one(f"#{name}", Listing)


def said_in(seat, name):
    return "\n".join(str(option.prompt) for option in listing(seat, name).options)


def header(seat):
    return str(seat.page.query_one(HeaderLine).content)


async def test_it_shows_progress_confidence_and_silence(company, open_app):
    objective = company.accepted()
    kr = company.agreed(objective)
    company.agreed(objective, statement="Never said")
    company.running().at("2026-11-05").checked_in(kr, 17, 7)
    company.at("2026-11-12").checked_in(kr, 17, 4)
    company.at("2026-11-26")
    async with open_app(company, "ana") as ana:
        rows = said_in(ana, "objectives")
        assert "1 of 2 reporting" in rows
        assert "weakest KR2 no data" in rows
        assert "26 → 17 → 8 hours" in rows
        assert " 50%" in rows
        assert "conf 4 ◆ fell" in rows
        assert rows.count("silent") == 2
        assert "no way up" in rows


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_header_says_where_and_who(company, open_app, size):
    company.objective()
    async with open_app(company, "ana", size=size) as ana:
        assert "Sales ▸ 2026-Q4 ▸ week 2" in header(ana)
        assert "ana (member)" in header(ana)
        assert "1 needs you" in header(ana)
        assert "[rehearsal]" in header(ana)


async def test_anothers_act_arrives_and_the_cursor_stays(company, open_app):
    objective = company.accepted()
    first, second = company.draft(objective), company.draft(objective, statement="Second")
    async with open_app(company, "lea") as lea:
        listing(lea).choose(second)
        key_results.propose(company.as_("ana"), first)
        await lea.until(lambda: "Agree to or return KR1" in said_in(lea, "needs"), "the proposal")
        assert listing(lea).chosen == second
        assert "ana proposed KR1" in said_in(lea, "activity")
        assert "1 needs you" in header(lea)


async def test_enter_opens_what_needs_you(company, open_app):
    company.objective()
    async with open_app(company, "ana") as ana:
        await ana.press("tab", "enter")
        await ana.on("objectives")
        await ana.dialog()
        await ana.saved(straight_line="One queue")
    (answer,) = show.objective(company.as_("ana"), "O1").invitations
    assert (answer.state, answer.straight_line) == ("accepted", "One queue")


async def test_another_team_and_cycle_can_be_shown(company, open_app):
    company.team("support")
    company.objective()
    async with open_app(company, "ana") as ana:
        await ana.press("T")
        await ana.dialog(Pick)
        await ana.press(*"supp", "enter")
        await ana.until(lambda: "Support ▸" in header(ana), "the other team")
        assert "ana (reader)" in header(ana)
        await ana.press("Y")
        await ana.dialog(Pick)
        await ana.press("enter")
        await ana.until(lambda: len(ana.app.screen_stack) == 1, "the choice")


async def test_help_shows_every_key_and_closes(company, open_app):
    async with open_app(company, "ana", size=(80, 24)) as ana:
        await ana.press("question_mark")
        await ana.dialog(Help)
        assert "Open the chosen objective or key result" in ana.picture()
        await ana.press("end")
        await ana.until(lambda: "In a field letters are text" in ana.picture(), "the end of the keys")
        await ana.press("escape")
        await ana.until(lambda: not isinstance(ana.screen, Help), "the help's end")


async def test_a_steady_team_is_left_alone(company, open_app):
    setup.set_steady(company.as_("lea"), "sales", steady=True)
    async with open_app(company, "lea") as lea:
        await lea.until(lambda: "Sales is a steady team" in said_in(lea, "objectives"), "the words")
        assert "Write the first objective" not in lea.step


async def test_switched_off_while_looking(company, open_app):
    company.objective()
    async with open_app(company, "ana") as ana:
        setup.set_active(company.operator, "ana", active=False)
        await ana.until(lambda: ana.app.trouble == "Your access to this file was switched off: ask an admin.")


async def test_a_closed_cycle_offers_nothing_to_press(company, open_app):
    company.objective()
    invitations.accept(company.as_("ana"), "O1", "sales", "Yes")
    advance(company.operator, "2026-Q4")
    advance(company.operator, "2026-Q4")
    advance(company.operator, "2026-Q4")
    async with open_app(company, "ana") as ana:
        await ana.until(lambda: "is closed" in ana.step, "the words")


@pytest.mark.parametrize("opening", ["question_mark", "T", "c", "ctrl+p"])
async def test_leaving_a_dialog_twice_leaves_the_room_alone(company, open_app, opening):
    company.objective()
    async with open_app(company, "ana") as ana:
        await ana.press(opening)
        await ana.until(lambda: len(ana.app.screen_stack) == 2, "the dialog")
        dialog = ana.screen
        dialog.dismiss(None)
        dialog.dismiss(None)
        await ana.until(lambda: len(ana.app.screen_stack) == 1, "its end")
        assert ana.page.PAGE == "room"


async def test_an_empty_list_says_the_step_that_is_next_now(company, open_app):
    company.agreed()
    company.running().at("2026-12-29")
    async with open_app(company, "olga") as olga:
        await olga.until(lambda: "Move 2026-Q4 on to scoring" in olga.listed)
        advance(company.operator, "2026-Q4")
        await olga.until(lambda: "Close 2026-Q4" in olga.listed)
        assert "Move 2026-Q4 on" not in olga.listed
