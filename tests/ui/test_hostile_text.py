"""Whatever people type shows as they typed it, everywhere: it styles nothing, moves nothing and runs nothing."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette

from okrtui.service import checkins, invitations, key_results, objectives, setup, threads
from screens.dialogs.help import Help
from screens.dialogs.pick import Pick

MARKUP = "[b]B[/b][/x][50%]"
LINK = "[@click=app.quit]q[/]"
HOSTILE = f"{MARKUP} {LINK} $text [red :smile:"


@pytest.fixture
def hostile(company):
    """Sales, in which everything anybody could type is hostile."""
    setup.edit_team(company.operator, "sales", {"name": f"Sales {MARKUP}"})
    setup.edit_person(company.operator, "ana", name=f"Ana {MARKUP}", login=None, admin=None)
    lea, ana, ben = company.as_("lea"), company.as_("ana"), company.as_("ben")
    ref = objectives.add(lea, team="sales", cycle=None, fields={"title": f"O {HOSTILE}", "why": f"W {HOSTILE}"})
    objectives.publish(lea, ref)
    objectives.invite(lea, ref, ["sales"])
    invitations.push_back(ana, ref, "sales", "does_not_apply", f"P {HOSTILE}")
    invitations.answer(lea, ref, "sales", {"answer": "explained", "words": f"E {HOSTILE}"})
    invitations.accept(ana, ref, "sales", f"S {HOSTILE}")
    threads.comment(ben, ref, f"C {HOSTILE}")
    kr = company.agreed(ref, statement=f"K {HOSTILE}", unit=MARKUP, week_nine=f"N {HOSTILE}")
    threads.comment(ben, kr, f"@ana T {HOSTILE}")
    company.draft(ref, statement=f"D {HOSTILE}")
    company.running().at("2026-10-09")
    checkins.check_in(
        ana, kr, {"value": 20, "confidence": 6, "context": f"X {HOSTILE}", "blocker": f"B {HOSTILE}", "next": HOSTILE}
    )
    company.at("2026-10-16")
    return company


async def at(person, page):
    person.app.action_go(page)
    await person.on(page)


async def test_pages_show_it_as_it_was_typed(hostile, open_app):
    async with open_app(hostile, "ana", size=(160, 60)) as ana:
        assert f"Sales {MARKUP}" in ana.picture()
        assert f"O {HOSTILE}" in ana.picture()
        assert f"K {HOSTILE}" in ana.picture()
        await at(ana, "objectives")
        for words in (f"O {HOSTILE}", f"W {HOSTILE}", f"P {HOSTILE}", f"E {HOSTILE}", f"S {HOSTILE}", f"C {HOSTILE}"):
            assert words in ana.full
        assert f"W {HOSTILE}" in ana.picture()
        await at(ana, "board")
        ana.page.choose("KR1")
        await ana.until(lambda: f"T {HOSTILE}" in ana.full)
        for words in (f"K {HOSTILE}", f"N {HOSTILE}", f"X {HOSTILE}", f"B {HOSTILE}", f"26 → 20 → 8 {MARKUP}"):
            assert words in ana.full
        assert f"K {HOSTILE}" in ana.picture()
        await at(ana, "checkin")
        assert f"K {HOSTILE}" in ana.picture()
    assert ana.app.return_code in {0, None}


async def test_dialogs_show_it_as_it_was_typed(hostile, open_app):
    async with open_app(hostile, "ana", size=(160, 60)) as ana:
        await at(ana, "objectives")
        await ana.press("A")
        await ana.dialog()
        assert f"O {HOSTILE}" in ana.picture()
        assert f"Sales {MARKUP}" in ana.picture()
        assert ana.field("straight_line").text == f"S {HOSTILE}"
        await ana.press("escape")
        await ana.closed()
        await at(ana, "board")
        ana.page.choose("KR2")
        await ana.settled()
        await ana.press("e")
        await ana.dialog()
        assert f"D {HOSTILE}" in ana.picture()
        assert f"Ana {MARKUP}" in ana.picture()
        await ana.fill(statement="")
        await ana.press("ctrl+s")
        await ana.until(lambda: ana.wrong("statement"))
        key_results.edit(hostile.as_("ben"), "KR2", {"statement": f"Z {MARKUP}"})
        await ana.fill(statement="mine")
        await ana.press("ctrl+s")
        await ana.until(lambda: f"Theirs: Z {MARKUP}" in ana.picture())
        await ana.press("escape")
        await ana.closed()
        await ana.press("c")
        await ana.dialog()
        await ana.press("escape")
        await ana.closed()
        await ana.press("p")
        await ana.until(lambda: len(ana.app.screen_stack) == 2)
        assert f"Z {MARKUP}" in ana.picture()
        await ana.press("escape")
        await ana.closed()
        await ana.press("T")
        await ana.dialog(Pick)
        assert f"Sales {MARKUP}" in ana.picture()
        await ana.press("escape")
        await ana.closed()
        await ana.press("question_mark")
        await ana.dialog(Help)


async def test_the_palette_shows_it_as_it_was_typed(hostile, open_app):
    async with open_app(hostile, "ana", size=(160, 60)) as ana:
        await ana.press("ctrl+p")
        await ana.until(lambda: isinstance(ana.screen, CommandPalette))
        await ana.write("KR1 K")
        await ana.until(lambda: f"KR1 K {HOSTILE}" in ana.picture())
        await ana.press("enter")
        await ana.until(lambda: ana.page.PAGE == "board" and ana.page.chosen() == "KR1")


async def test_a_refusal_that_quotes_it_shows_it(hostile, open_app):
    async with open_app(hostile, "rob", size=(160, 60)) as rob:
        rob.app.desk.where.team = "sales"
        rob.page.reload()
        await rob.settled()
        await at(rob, "objectives")
        await rob.press("A")
        await rob.until(lambda: f"Sales {MARKUP}" in rob.said[-1] and f"Sales {MARKUP}" in rob.picture())


async def test_what_a_terminal_obeys_never_reaches_it(hostile, open_app):
    raw = "\x1b]52;c;cm0=\x07\x9b31m\u202eevil\u2066"
    with hostile.store.writing() as connection:
        connection.execute("UPDATE key_result SET statement = ?, week_nine = ? WHERE id = 1", (raw, raw))
        connection.execute("UPDATE objective SET title = ?, why = ?", (raw, raw))
        connection.execute("UPDATE person SET name = ? WHERE handle = 'ana'", (raw,))
        connection.execute("UPDATE comment SET body = ?", (raw,))
    async with open_app(hostile, "ana", size=(160, 60)) as ana:
        for page in ("room", "objectives", "board", "checkin", "report"):
            await at(ana, page)
            await ana.until(lambda: "evil" in ana.picture())
            assert not set(raw) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"} & set(ana.picture())
