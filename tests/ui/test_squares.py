"""The four squares of the room: this week's priorities and wins, confidence, what is coming, guardrails."""

from __future__ import annotations

import pytest

from okrtui.service import priorities, squares
from okrtui.service.cycles import advance
from screens.dialogs.confirm import Confirm
from widgets.listing import Listing
from widgets.squares import FourSquares

SIZES = [(80, 24), (120, 36)]
SQUARES = ("priorities", "confidence", "coming", "guardrails")


def listing(seat, name="priorities"):
    return seat.page.query_one(f"#{name}", Listing)


def said_in(seat, name="priorities"):
    return "\n".join(str(option.prompt) for option in listing(seat, name).options)


def stored(company):
    return [(one.rank, one.words) for one in squares.squares(company.as_("ana"), "sales").priorities]


def won(company):
    return [one.words for one in squares.squares(company.as_("ana"), "sales").wins]


def add(company, words="Nights", by="ben", rank="P1"):
    return priorities.add(company.as_(by), {"rank": rank, "words": words}, team="sales").ref


async def turned(seat):
    await seat.press("v")
    await seat.until(lambda: listing(seat).has_focus and said_in(seat), "the squares")
    await seat.settled()


@pytest.fixture
def quarter(company):
    """A running quarter with two agreed key results, one of them a guardrail, in its week seven."""
    objective = company.accepted()
    ref = company.agreed(objective)
    band = {"kind": "maintain", "low": 2, "high": 4, "unit": "%", "baseline": None, "target": None, "weight": 0}
    rail = company.agreed(objective, statement="Returns stay", **band)
    company.running().at("2026-11-04").checked_in(ref, 20, 7)
    company.checked_in(rail, 3, 8)
    company.at("2026-11-11").checked_in(ref, 20, 4)
    return company


@pytest.mark.parametrize("size", SIZES)
async def test_all_four_are_on_the_screen(quarter, open_app, size):
    add(quarter, "Nights have a rota")
    async with open_app(quarter, "ana", size=size) as ana:
        await turned(ana)
        assert "P1 Nights have a rota  @ben" in said_in(ana)
        assert said_in(ana, "confidence").startswith("conf 4 ◆ fell from 7")
        assert "check-ins of week 7 are due" in said_in(ana, "coming")
        assert "✓ inside  KR2 Returns stay  3 within 2 to 4 %" in said_in(ana, "guardrails")
        for word in ("Nights have a rota", "fell from 7", "are due", "✓ inside", "Priorities of week 7"):
            assert word in ana.picture(), word
        screen = ana.page.region
        assert all(screen.contains_region(listing(ana, name).region) for name in SQUARES)
        tops = {listing(ana, name).region.y for name in SQUARES}
        assert len(tops) == (2 if size[0] >= 110 else 4)


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_is_reached_with_tab_and_arrows(quarter, open_app, size):
    for number in range(4):
        add(quarter, f"Thing {number} " + "long " * 30)
    async with open_app(quarter, "ana", size=size) as ana:
        await turned(ana)
        for name in SQUARES:
            assert listing(ana, name).has_focus
            await ana.press("end")
            await ana.pilot.pause()
            assert listing(ana, name).highlighted == listing(ana, name).option_count - 1
            if name == "priorities":
                assert "Thing 3" in ana.picture()
            await ana.press("tab")


async def test_it_turns_back_and_stays_as_it_was_left(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        await ana.press("3")
        await ana.on("board")
        await ana.press("1")
        await ana.on("room")
        assert ana.page.query_one(FourSquares).display
        await ana.press("v")
        await ana.until(lambda: listing(ana, "objectives").has_focus)
        assert not ana.page.query_one(FourSquares).display
        assert ana.page.query_one("#room").display


@pytest.mark.parametrize("size", SIZES)
async def test_a_priority_and_a_win_are_written_down(quarter, open_app, size):
    async with open_app(quarter, "ana", size=size) as ana:
        await turned(ana)
        assert "what comes first this week?" in said_in(ana)
        await ana.press("a")
        await ana.saved(rank="P2", words="Nights")
        await ana.until(lambda: listing(ana).chosen == "PR1", "the cursor on it")
        await ana.press("a")
        await ana.saved(rank="win", words="A quiet night")
        await ana.until(lambda: "★ A quiet night" in said_in(ana), "the win")
    assert stored(quarter) == [("P2", "Nights")]
    assert won(quarter) == ["A quiet night"]


async def test_from_the_room_too(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await ana.press("a")
        await ana.saved(words="Nights")
        await ana.until(lambda: "set the priority PR1: Nights" in said_in(ana, "activity"), "the news")
        ana.go_to(ana.page.query_one("#activity"))
        await ana.press("home", "enter")
        await ana.until(lambda: listing(ana).chosen == "PR1" and listing(ana).has_focus, "the priority")


async def test_enter_changes_one_and_a_fifth_is_refused_in_the_form(quarter, open_app):
    for number in range(4):
        add(quarter, f"Thing {number}")
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        await ana.press("enter")
        await ana.saved(rank="P2", words="Another thing")
        await ana.until(lambda: "P2 Another thing" in said_in(ana), "the change")
        await ana.press("a")
        await ana.dialog()
        await ana.fill(words="Fifth")
        await ana.press("ctrl+s")
        await ana.until(lambda: "Four priorities are a week's most" in ana.picture(), "the refusal")
        assert ana.field("words").value == "Fifth"
        await ana.press("escape")
        await ana.closed()
    assert len(stored(quarter)) == 4


async def test_two_who_change_the_same_both_see_it(quarter, open_app):
    add(quarter)
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        await ana.press("enter")
        await ana.dialog()
        priorities.edit(quarter.as_("ben"), "PR1", {"words": "Days"})
        await ana.fill(words="Evenings")
        await ana.press("ctrl+s")
        await ana.until(lambda: "Days" in ana.wrong("words"), "theirs")
        await ana.press("ctrl+s")
        await ana.closed()
    assert stored(quarter) == [("P1", "Evenings")]


async def test_enter_changes_a_win_and_keeps_what_somebody_else_wrote(quarter, open_app):
    priorities.add_win(quarter.as_("ben"), "A night", team="sales")
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        await ana.press("end", "enter")
        await ana.dialog()
        priorities.edit_win(quarter.as_("ben"), "W1", "A quiet night")
        await ana.fill(words="Two nights")
        await ana.press("ctrl+s")
        await ana.until(lambda: "A quiet night" in ana.wrong("words"), "theirs")
        await ana.press("ctrl+s")
        await ana.closed()
        await ana.until(lambda: "★ Two nights" in said_in(ana), "the win")
    assert won(quarter) == ["Two nights"]


async def test_dropping_asks_first(quarter, open_app):
    add(quarter)
    priorities.add_win(quarter.as_("ben"), "A night", team="sales")
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        await ana.press("d")
        await ana.dialog(Confirm)
        assert "Nights" in ana.picture()
        await ana.press("escape")
        await ana.closed()
        assert stored(quarter) == [("P1", "Nights")]
        await ana.press("d")
        await ana.dialog(Confirm)
        await ana.press("enter")
        await ana.closed()
        assert stored(quarter) == []
        await ana.until(lambda: listing(ana).chosen == "W1", "the win")
        await ana.press("d")
        await ana.dialog(Confirm)
        await ana.press("enter")
        await ana.closed()
    assert won(quarter) == []


async def test_dropping_nothing_says_what_to_choose(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await ana.press("d")
        await ana.until(lambda: any("of the four squares first" in one for one in ana.said))


async def test_anothers_priority_arrives_and_the_cursor_stays(quarter, open_app):
    add(quarter, "Second", rank="P2")
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        assert listing(ana).chosen == "PR1"
        add(quarter, "First")
        await ana.until(lambda: "P1 First" in said_in(ana), "the news")
        assert listing(ana).chosen == "PR1"


async def test_enter_opens_a_key_result_on_the_board(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        ana.go_to(ana.page.query_one("#guardrails"))
        await ana.press("enter")
        await ana.on("board")
        await ana.until(lambda: ana.page.chosen() == "KR2")


async def test_enter_on_none_begins_the_first(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        await ana.press("enter")
        await ana.saved(words="Nights")
    assert stored(quarter) == [("P1", "Nights")]


@pytest.mark.parametrize("who", ["rob", "olga"])
async def test_who_may_not_is_told_before_and_when_trying(quarter, open_app, who):
    add(quarter)
    async with open_app(quarter, who) as reader:
        reader.app.desk.where.team = "sales"
        reader.page.reload()
        await turned(reader)
        assert "PR1" in {option.id for option in listing(reader).options}
        for key in ("a", "d", "enter"):
            await reader.press(key)
            await reader.settled()
        assert len(reader.app.screen_stack) == 1
        assert len([one for one in reader.said if "A week's priorities are the team's to set." in one]) == 3


async def test_friday_asks_for_wins(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        assert "Wins" not in said_in(ana)
    quarter.at("2026-11-13")
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        assert "Wins\nWhat went well this week?" in said_in(ana)


async def test_before_there_is_a_cycle_and_after_it_is_closed(empty, company, open_app):
    for _ in range(3):
        advance(company.operator, "2026-Q4")
    async with open_app(company, "ana") as ana:
        await turned(ana)
        await ana.press("a")
        await ana.until(lambda: any("is closed" in one for one in ana.said))


async def test_in_a_new_file_it_says_what_is_missing(empty, open_app):
    async with open_app(empty, "olga") as olga:
        await turned(olga)
        assert "There is no cycle yet." in said_in(olga)
        await olga.press("a")
        await olga.until(lambda: any("There is no cycle yet" in one for one in olga.said))


async def test_peoples_words_are_words(quarter, open_app):
    hostile = "[/b] [@click=app.quit]x[/] [50%]"
    add(quarter, hostile)
    priorities.add_win(quarter.as_("ben"), hostile, team="sales")
    async with open_app(quarter, "ana") as ana:
        await turned(ana)
        assert f"P1 {hostile}" in ana.picture()
        assert f"★ {hostile}" in ana.picture()
        await ana.press("d")
        await ana.dialog(Confirm)
        assert hostile in ana.picture()
