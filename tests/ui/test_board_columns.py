"""The board's columns: one at a time or side by side, the cursor on its card, and who else is in it."""

from __future__ import annotations

import pytest
from textual.events import MouseScrollDown

from okrtui.service import key_results, show, threads
from widgets.column import Column
from widgets.columns import ColumnNames

NARROW, WIDE, BROAD = (80, 24), (120, 36), (160, 40)


async def at_the_board(person):
    await person.press("3")
    await person.on("board")


def drafts(company, *statements):
    """Drafts of these statements under one objective, and its ref."""
    under = company.accepted()
    return under, [company.draft(under, statement=one) for one in statements]


def names(person):
    return str(person.page.query_one(ColumnNames).content)


def columns_shown(person):
    return [one.called for one in person.page.query(Column) if one.region.area]


async def test_left_and_right_go_between_columns_with_cards(company, open_app):
    under, (first, second, third) = drafts(company, "One", "Two", "Three")
    idea = key_results.add(company.as_("ana"), under, "sales", {"statement": "An idea"})
    key_results.propose(company.as_("ana"), third)
    key_results.agree(company.as_("lea"), third)
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        assert ana.page.chosen() == idea
        for key, ref in (("l", first), ("down", second), ("right", third), ("l", third), ("left", first), ("h", idea)):
            await ana.press(key)
            await ana.until(lambda ref=ref: ana.page.chosen() == ref and ana.things.has_focus, f"{ref} after {key}")
        assert columns_shown(ana) == ["Ideas", "Drafts", "Proposed", "Agreed"]


async def test_a_column_is_entered_at_the_height_one_left(company, open_app):
    _, refs = drafts(company, *(f"Draft {at}" for at in range(8)))
    for ref in refs[4:]:
        key_results.propose(company.as_("ana"), ref)
    async with open_app(company, "ana", size=BROAD) as ana:
        await at_the_board(ana)
        await ana.press("down", "down", "l")
        assert ana.page.chosen() == refs[6]
        await ana.press("down", "h")
        assert ana.page.chosen() == refs[3]


async def test_what_is_parked_or_dropped_is_folded_and_opens(company, open_app):
    _, (_, parked, dropped) = drafts(company, "Kept", "Parked", "Dropped")
    key_results.park(company.as_("ana"), parked)
    key_results.drop(company.as_("ana"), dropped, "Nobody can measure it")
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        assert "▸ Parked 1" in names(ana)
        assert "▸ Dropped 1" in names(ana)
        await ana.press("l")
        await ana.until(lambda: columns_shown(ana)[-1] == "Parked")
        assert ana.page.chosen() == parked
        await ana.press("z")
        await ana.until(lambda: ana.page.chosen() == parked and ana.things.called == "Drafts")
        assert "Parked" not in columns_shown(ana)
        await ana.pilot.click(ColumnNames, offset=(5, 0))
        await ana.until(lambda: ana.page.chosen() == dropped)


async def test_a_narrow_screen_shows_one_column_and_names_all_with_their_counts(company, open_app):
    under, (first, _) = drafts(company, "One", "Two")
    idea = key_results.add(company.as_("ana"), under, "sales", {"statement": "An idea"})
    async with open_app(company, "ana", size=NARROW) as ana:
        await at_the_board(ana)
        assert columns_shown(ana) == ["Ideas"]
        assert names(ana) == "[Ideas 1]  Drafts 2  Proposed 0  Agreed 0  ▸ Parked 0  ▸ Dropped 0"
        await ana.press("l")
        await ana.until(lambda: columns_shown(ana) == ["Drafts"] and "[Drafts 2]" in names(ana))
        threads.comment(company.as_("ben"), first, "Is this ours?")
        for key in ("v", "enter"):
            await ana.press(key)
            await ana.until(lambda: columns_shown(ana) == [] and ana.page.reading.has_focus, f"{key}")
            assert "straight line" in ana.picture()
            assert "Is this ours?" in ana.full
            await ana.press("escape")
            await ana.until(lambda: columns_shown(ana) == ["Drafts"] and ana.things.has_focus)
        await ana.pilot.click(ColumnNames, offset=(3, 0))
        await ana.until(lambda: ana.page.chosen() == idea)


async def test_the_cursor_stays_on_its_card_while_another_moves_it(company, open_app):
    _, (first, second, _) = drafts(company, "One", "Two", "Three")
    async with open_app(company, "lea") as lea:
        await at_the_board(lea)
        await lea.press("down")
        assert lea.page.chosen() == second
        key_results.propose(company.as_("ana"), second)
        await lea.until(lambda: lea.things.called == "Proposed" and lea.things.has_focus)
        assert lea.page.chosen() == second
        key_results.propose(company.as_("ana"), first)
        await lea.until(lambda: first in lea.column("proposed"))
        assert lea.page.chosen() == second


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_anothers_move_leaves_the_cursor_and_the_text_alone(company, open_app, size):
    _, (first, second) = drafts(company, "One", "Two")
    async with open_app(company, "ana", size=size) as ana:
        await at_the_board(ana)
        await ana.press("down", "e")
        await ana.dialog()
        await ana.write("!")
        key_results.park(company.as_("ben"), first)
        await ana.until(lambda: "Parked · 1" in ana.listed, "the move")
        assert ana.screen.focused is ana.field("statement")
        assert ana.field("statement").value == "Two!"
        await ana.press("escape")
        await ana.closed()
        assert ana.page.chosen() == second


async def test_a_held_key_reads_the_card_where_it_rests_alone(company, open_app, monkeypatch):
    _, refs = drafts(company, *(f"Draft {at}" for at in range(12)))
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        read = []
        reading = show.key_result
        monkeypatch.setattr(show, "key_result", lambda session, ref: read.append(ref) or reading(session, ref))
        for _ in range(9):
            ana.page.action_cursor_down()
        await ana.until(lambda: "Draft 9" in ana.full)
        assert read == [refs[9]]


async def test_a_click_chooses_two_open_and_the_wheel_scrolls(company, open_app):
    _, refs = drafts(company, *(f"Draft {at}" for at in range(20)))
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        column = ana.things
        height = column._heights[0]
        await ana.pilot.click(column, offset=(4, 1 + height))
        await ana.until(lambda: ana.page.chosen() == refs[1])
        assert column.has_focus
        await ana.pilot.click(column, offset=(4, 1), times=2)
        await ana.until(lambda: ana.page.chosen() == refs[0] and ana.page.reading.has_focus)
        assert column.scroll_offset.y == 0
        await ana.pilot._post_mouse_events([MouseScrollDown], column, offset=(4, 4))
        await ana.until(lambda: column.scroll_offset.y > 0)
        assert ana.page.chosen() == refs[0]


async def test_each_sees_on_the_card_who_is_in_it(company, open_app):
    _, (first, second) = drafts(company, "One", "Two")
    async with open_app(company, "ana") as ana, open_app(company, "ben") as ben:
        await at_the_board(ana)
        await at_the_board(ben)
        await ben.press("down", "e")
        await ben.dialog()
        await ana.until(lambda: "▸ ben is in it now" in ana.column("drafts"))
        assert ana.column("drafts").index(second) < ana.column("drafts").index("▸ ben")
        assert ana.page.chosen() == first
        await ben.press("escape")
        await ben.closed()
        await ana.until(lambda: "in it now" not in ana.column("drafts"))


async def test_two_people_in_one_card_keep_both_texts(company, open_app):
    _, (ref,) = drafts(company, "Median first answer falls")
    async with open_app(company, "ana") as ana, open_app(company, "ben") as ben:
        for person in (ana, ben):
            await at_the_board(person)
            await person.press("e")
            await person.dialog()
        await ana.until(lambda: "ben is in this form too" in ana.picture())
        await ben.saved(statement="Ben's words", target="6")
        await ana.fill(statement="Ana's words", baseline="30")
        await ana.press("ctrl+s")
        await ana.until(lambda: "Ben's words" in ana.wrong("statement") and "before:" in ana.wrong("statement"))
        await ana.press("ctrl+t")
        await ana.until(lambda: ana.field("statement").value == "Ben's words")
        await ana.press("ctrl+s")
        await ana.closed()
    card = show.key_result(company.as_("rob"), ref).card
    assert (card.statement, card.baseline, card.target) == ("Ben's words", 30, 6)


async def test_cards_say_what_is_going_on_in_words_and_glyphs(company, open_app):
    under, (ref,) = drafts(company, "Launch three features")
    threads.comment(company.as_("rob"), ref, "For whom?")
    key_results.add(company.as_("ana"), under, "sales", {"statement": "Fewer answers wait", "weight": 0})
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        card = ana.column("drafts")
        for said in ("Launch three features", "26 → 8 hours", "@ana", under, "□ output", "1✎"):
            assert said in card
        assert "no owner" in ana.column("ideas")
        assert "guardrail" in ana.column("ideas")


async def test_too_many_key_results_are_asked_about_above_the_columns(company, open_app):
    under, _ = drafts(company, *(f"Draft {at}" for at in range(6)))
    async with open_app(company, "ana", size=NARROW) as ana:
        await at_the_board(ana)
        assert f"{under}: 6 key results: is the objective underspecified?" in ana.picture()
