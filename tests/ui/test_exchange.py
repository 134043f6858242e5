"""The exchange on an objective, on its screen: several teams asked, answers gone to, rewordings compared, splits written."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette

from okrtui.service import cycles, invitations, key_results, objectives, setup, show, suggestions
from screens.dialogs.confirm import Confirm
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick
from screens.dialogs.read import Read
from widgets.reading import Reading

HOSTILE = "[b]B[/b][/x][50%] [@click=app.quit]q[/] $text [red :smile:"
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["narrow", "wide"])


@pytest.fixture
def several(company):
    """An objective of Acme's, put to Sales, Support and Product: one pushed back, one accepted, one has not answered."""
    for slug, handle in (("support", "sam"), ("product", "pia")):
        company.team(slug)
        company.person(handle, leads=(slug,))
    olga = company.as_("olga")
    ref = objectives.add(olga, team="acme", cycle=None, fields={"title": "Nobody waits", "why": "Silence costs us"})
    objectives.publish(olga, ref)
    objectives.invite(olga, ref, ["sales", "support", "product"])
    invitations.push_back(company.as_("ana"), ref, "sales", "wrong_altitude", "Two things in one")
    invitations.accept(company.as_("sam"), ref, "support", "We answer at night too")
    company.at("2026-10-09")
    return company


def whole(company, ref="O1"):
    """An objective in full, as a reader sees it."""
    return show.objective(company.as_("rob"), ref)


def answer_of(company, team, ref="O1"):
    """What a team has said."""
    return next(one for one in whole(company, ref).invitations if one.team == team)


async def at_objectives(person):
    """Go to the screen."""
    await person.press("2")
    await person.on("objectives")


async def run_from_palette(person, name):
    """Find a command in the palette, and run it."""
    await person.press("ctrl+p")
    await person.until(lambda: isinstance(person.screen, CommandPalette))
    await person.write(name)
    await person.until(lambda: name in person.picture().split("\n", 3)[-1])
    await person.press("enter")


@SIZES
async def test_a_lead_sees_who_has_not_answered_first_and_goes_to_each(several, open_app, size):
    async with open_app(several, "olga", size=size) as olga:
        await at_objectives(olga)
        assert olga.refs == ["O1 sales", "O1 product", "O1"]
        assert "Unanswered · 2" in olga.listed
        assert "! O1 Sales  pushed back, 3 days" in olga.listed
        assert "· O1 Product  3 days, not seen yet" in olga.listed
        assert "! 1 pushed back  · 1 unanswered  ✓ 1 accepted" in olga.listed
        answer = olga.full.partition("The answer of this team")[2]
        assert answer.startswith("\nSales  ! pushed back")
        await olga.press("down")
        await olga.until(lambda: "The answer of this team\nProduct  · unanswered for 3 days" in olga.full)
        await olga.press("t")
        await olga.dialog(Pick)
        assert "Support · accepted" in olga.picture()
        await olga.write("supp")
        await olga.press("enter")
        await olga.closed()
        await olga.until(lambda: "The answer of this team\nSupport  ✓ accepted" in olga.full)
        assert olga.page.reading.has_focus
        assert "We answer at night too" in olga.picture()


async def test_members_and_readers_see_no_list_of_the_unanswered(several, open_app):
    async with open_app(several, "ana") as ana:
        await at_objectives(ana)
        assert ana.refs == ["O1"]
        assert "Unanswered" not in ana.listed


@SIZES
async def test_the_team_under_the_cursor_is_the_one_that_is_answered(several, open_app, size):
    invitations.push_back(several.as_("sam"), "O1", "support", "cannot_measure", "What is waiting?")
    async with open_app(several, "olga", size=size) as olga:
        await at_objectives(olga)
        assert olga.refs[:2] == ["O1 sales", "O1 support"]
        await olga.press("down", "r")
        await olga.saved(answer="explained", words="Over an hour")
        await olga.until(lambda: olga.refs == ["O1 sales", "O1 product", "O1"])
    assert answer_of(several, "support").pushback.answer == "explained"
    assert answer_of(several, "sales").state == "pushed_back"


async def test_a_click_chooses_an_answer(several, open_app):
    async with open_app(several, "olga") as olga:
        await at_objectives(olga)
        await olga.pilot.click("#things", offset=(5, 3))
        await olga.until(lambda: "The answer of this team\nProduct" in olga.full)


@SIZES
async def test_many_teams_are_narrowed_by_typing(company, open_app, size):
    for number in range(100):
        company.team(f"shop{number:02}", under="sales")
    ref = company.objective()
    async with open_app(company, "lea", size=size) as lea:
        await at_objectives(lea)
        await lea.press("i")
        await lea.dialog()
        await lea.press(*"shop42")
        await lea.until(lambda: "1 of 101" in lea.picture() and "Shop42" in lea.picture())
        await lea.press("space", *["backspace"] * 2, *"77", "space", "enter")
        await lea.closed()
        await lea.until(lambda: any("2 teams" in said for said in lea.said))
        assert "Unanswered · 3" in lea.listed
    assert {one.team for one in whole(company, ref).invitations} == {"sales", "shop42", "shop77"}


async def test_the_list_of_the_unanswered_leaves_room_for_the_objectives(company, open_app):
    for number in range(20):
        company.team(f"shop{number:02}", under="sales")
    ref = company.objective()
    objectives.invite(company.as_("lea"), ref, [f"shop{number:02}" for number in range(20)])
    async with open_app(company, "lea", size=(80, 24)) as lea:
        await at_objectives(lea)
        assert "and 15 more" in lea.listed
        assert len(lea.refs) == 7


@SIZES
async def test_a_team_that_is_unmarked_is_let_go(several, open_app, size):
    async with open_app(several, "olga", size=size) as olga:
        await at_objectives(olga)
        await olga.press("i")
        await olga.dialog()
        assert "Support · accepted" in olga.picture()
        assert "Product · unanswered, 3 days" in olga.picture()
        assert not olga.screen.query_one("#field-words").display
        await olga.press(*"product", "space", *["backspace"] * 7, *"supp", "space")
        await olga.until(lambda: olga.screen.query_one("#field-words").display, "the question why")
        await olga.fill(words="Yours is the launch")
        await olga.press("ctrl+s")
        await olga.closed()
        await olga.until(lambda: olga.refs == ["O1 sales", "O1"])
        assert "Took the invitation of product back, released support." in olga.said
    assert {one.team: one.state for one in whole(several).invitations} == {
        "sales": "pushed_back",
        "support": "released",
    }


async def test_a_form_in_which_nothing_changed_says_what_to_do(several, open_app):
    async with open_app(several, "olga") as olga:
        await at_objectives(olga)
        await olga.press("i")
        await olga.dialog()
        await olga.press("ctrl+s")
        await olga.until(lambda: "unmark one to let it go" in olga.wrong("teams"))


async def test_releasing_and_taking_back_are_in_the_palette(several, open_app):
    async with open_app(several, "olga") as olga:
        await at_objectives(olga)
        await run_from_palette(olga, "Release a team")
        await olga.saved(words="You have no buyers")
        await olga.until(lambda: olga.refs == ["O1 product", "O1"])
        await run_from_palette(olga, "Take an invitation back")
        await olga.dialog(Confirm)
        await olga.press("enter")
        await olga.closed()
        await olga.until(lambda: olga.refs == ["O1"])
    assert {one.team: one.state for one in whole(several).invitations} == {"sales": "released", "support": "accepted"}


@SIZES
async def test_rewording_is_compared_by_words_and_the_line_is_offered_again(company, open_app, size):
    ref = company.accepted()
    company.at("2026-10-09")
    objectives.reword(company.as_("lea"), ref, {"title": "Buyers get their answer within the hour"})
    objectives.reword(company.as_("lea"), ref, {"why": "Because silence loses deals"})
    async with open_app(company, "ana", size=size) as ana:
        assert "was reworded since you accepted" in ana.step
        await at_objectives(ana)
        assert "reworded since it was accepted" in ana.full
        await ana.press("A")
        await ana.dialog()
        assert ana.field("straight_line").text == "We answer every request from one queue"
        offered = ana.screen.query_one("#intro", Reading).text
        assert "Buyers get their answer [+within] the [−same day] [+hour]" in offered
        assert "why  [+Because silence loses deals]" in offered
        await ana.press("ctrl+s")
        await ana.closed()
        await ana.until(lambda: "reworded since" not in ana.full)
        await ana.press("H")
        read = await ana.dialog(Read)
        parts = [line for line in read.text.splitlines() if line.startswith("Text ")]
        assert parts == [
            "Text 3 (as it reads now)  @lea, 10-09 10:00",
            "Text 2  @lea, 10-09 10:00",
            "Text 1  @lea, 10-06 10:00",
        ]
        assert "accepted by Sales" in read.text
        assert "[+within] the [−same day] [+hour]" in ana.picture()
        await ana.press("escape")
        await ana.closed()
    assert not answer_of(company, "sales").reworded


async def test_what_was_never_reworded_says_so(company, open_app):
    company.objective()
    async with open_app(company, "ana") as ana:
        await at_objectives(ana)
        await ana.press("H")
        await ana.until(lambda: "O1 reads as it was first written" in ana.said[-1])


async def test_long_texts_are_scrolled_with_keys_alone(company, open_app):
    ref = company.objective()
    objectives.reword(company.as_("lea"), ref, {"why": "\n".join(f"line {number}" for number in range(100))})
    async with open_app(company, "ana", size=(80, 24)) as ana:
        await at_objectives(ana)
        await ana.press("H")
        await ana.dialog(Read)
        assert "line 99" not in ana.picture()
        await ana.press("end")
        await ana.until(lambda: "Buyers get their answer the same day" in ana.picture())
        await ana.press("q")
        await ana.closed()


@SIZES
async def test_the_answer_reworded_rewords_in_the_same_form(company, open_app, size):
    ref = company.objective()
    invitations.push_back(company.as_("ana"), ref, "sales", "cannot_measure", "What is an answer?")
    async with open_app(company, "lea", size=size) as lea:
        await at_objectives(lea)
        await lea.press("r")
        await lea.dialog()
        await lea.select("answer", "reworded")
        await lea.until(lambda: lea.screen.query_one("#field-title").display)
        await lea.press("ctrl+s")
        await lea.until(lambda: "was not reworded since" in lea.wrong("title"))
        await lea.fill(title="", words="A person's, now")
        await lea.press("ctrl+s")
        await lea.until(lambda: "title" in lea.wrong("title").lower())
        await lea.fill(title="Buyers get a person's answer the same day")
        await lea.press("ctrl+s")
        await lea.closed()
        await lea.until(lambda: "→ reworded by @lea: A person's, now" in lea.full)
    assert whole(company, ref).title == "Buyers get a person's answer the same day"
    assert answer_of(company, "sales").state == "open"


async def test_a_rewording_meanwhile_is_no_words_lost(company, open_app):
    ref = company.objective()
    invitations.push_back(company.as_("ana"), ref, "sales", "cannot_measure", "What is an answer?")
    async with open_app(company, "lea") as lea:
        await at_objectives(lea)
        await lea.press("r")
        await lea.dialog()
        await lea.select("answer", "reworded")
        objectives.reword(company.as_("olga"), ref, {"title": "Theirs"})
        await lea.fill(title="Mine", words="Clearer")
        await lea.press("ctrl+s")
        await lea.until(lambda: "Theirs: Theirs" in lea.wrong("title"))
        await lea.press("ctrl+s")
        await lea.closed()
    assert whole(company, ref).title == "Mine"
    assert answer_of(company, "sales").pushback.answer == "reworded"


@SIZES
@pytest.mark.parametrize(("drafts", "under"), [("move", "O2"), ("keep", "O1")])
async def test_a_split_writes_the_new_ones_and_leaves_or_moves_the_drafts(company, open_app, size, drafts, under):
    ref = company.accepted()
    draft = company.draft(ref)
    invitations.push_back(company.as_("ana"), ref, "sales", "wrong_altitude", "Two things in one")
    async with open_app(company, "lea", size=size) as lea:
        await at_objectives(lea)
        await lea.press("r")
        await lea.dialog()
        await lea.select("answer", "split")
        await lea.until(lambda: lea.screen.query_one("#field-new").display)
        await lea.fill(new="Answers by phone\n\n Answers by mail ", drafts=drafts, words="You are right")
        await lea.press("ctrl+s")
        await lea.closed()
        await lea.until(lambda: {"O1", "O2", "O3"} <= set(lea.refs))
        lea.page.choose("O1")
        await lea.until(lambda: "→ split into O2, O3 by @lea: You are right" in lea.full)
    for number, title in ((2, "Answers by phone"), (3, "Answers by mail")):
        new = whole(company, f"O{number}")
        assert (new.title, new.state, [one.team for one in new.invitations]) == (title, "published", ["sales"])
    assert [card.ref for card in whole(company, under).key_results] == [draft]


@SIZES
async def test_withdrawing_says_what_goes_with_it(company, open_app, size):
    ref = company.accepted()
    company.agreed(ref)
    company.draft(ref)
    async with open_app(company, "lea", size=size) as lea:
        await at_objectives(lea)
        await lea.press("W")
        await lea.dialog()
        assert "2 key results are dropped with it (1 agreed, 1 draft)" in " ".join(lea.picture().split())
        await lea.press("ctrl+s")
        await lea.until(lambda: "needs a reason" in lea.wrong("reason"))
        await lea.fill(reason=f"The market left {HOSTILE}")
        await lea.press("ctrl+s")
        await lea.closed()
        await lea.until(lambda: f"✕ withdrawn: The market left {HOSTILE}" in lea.full)
        await lea.press("W")
        await lea.until(lambda: "it is withdrawn once" in lea.said[-1])


@SIZES
async def test_an_objective_starts_from_last_cycles(company, open_app, size):
    ref = company.objective()
    cycles.add(company.operator, {"name": "2027-Q1", "starts": "2027-01-01", "ends": "2027-03-31"})
    async with open_app(company, "lea", size=size) as lea:
        lea.app.desk.where.cycle = "2027-Q1"
        lea.page.reload()
        await lea.settled()
        await at_objectives(lea)
        assert "N starts one from an earlier cycle's" in lea.listed
        await lea.press("N")
        await lea.dialog(Pick)
        assert "2026-Q4  O1 Buyers get their answer" in lea.picture()
        await lea.press("enter")
        await lea.dialog()
        await lea.fill(title="Buyers still get it the same day")
        await lea.press("ctrl+s")
        await lea.closed()
        await lea.until(lambda: "← goes on from O1 of 2026-Q4" in lea.full)
        assert "draft" in lea.full
    assert whole(company, ref).goes_on == (("O2", "2027-Q1"),)


async def test_without_an_earlier_cycle_there_is_nothing_to_start_from(company, open_app):
    async with open_app(company, "lea") as lea:
        await at_objectives(lea)
        await lea.press("N")
        await lea.until(lambda: "No earlier cycle has an objective of this team" in lea.said[-1])


@SIZES
async def test_leadership_takes_and_declines_what_is_suggested(company, open_app, size):
    ref = company.objective()
    suggestions.suggest(company.as_("ana"), ref, "title", f"Answers {HOSTILE}", "Shorter")
    suggestions.suggest(company.as_("rob"), ref, "why", "No why")
    async with open_app(company, "ana", size=size) as ana:
        await at_objectives(ana)
        assert f"[+Answers {HOSTILE}]" in ana.full
        assert "[+No why]" in ana.full
        await ana.press("y")
        await ana.until(lambda: "leadership's to take or decline" in ana.said[-1])
    async with open_app(company, "lea", size=size) as lea:
        await at_objectives(lea)
        lea.page.choose(ref)
        await lea.settled()
        await lea.press("y")
        await lea.dialog(Pick)
        await lea.press("enter")
        await lea.saved()
        await lea.until(lambda: whole(company, ref).title == f"Answers {HOSTILE}")
        await lea.press("n")
        await lea.saved(reason="It has one")
        await lea.until(lambda: "S2 by @rob on the why: declined by @lea: “It has one”" in lea.full)
        assert "No suggestion for O1 waits" in lea.page.refusal("objective.take")
    assert [one.state for one in whole(company, ref).suggestions] == ["taken", "declined"]


async def test_a_deputys_acts_say_for_whom(company, open_app):
    setup.name_deputy(company.as_("lea"), "sales", "ben", until=company.now.date())
    ref = company.objective(by="ben")
    invitations.push_back(company.as_("ana"), ref, "sales", "cannot_measure", "What is an answer?")
    invitations.answer(company.as_("ben"), ref, "sales", {"answer": "explained", "words": "Any reply"})
    async with open_app(company, "ana") as ana:
        await at_objectives(ana)
        assert "set by @ben (for @lea)" in ana.full
        assert "→ explained by @ben (for @lea): Any reply" in ana.full


async def test_every_round_of_pushing_back_stands_there(company, open_app):
    ref = company.objective()
    for number in range(3):
        invitations.push_back(company.as_("ana"), ref, "sales", "cannot_measure", f"Round {number} {HOSTILE}")
        invitations.answer(company.as_("lea"), ref, "sales", {"answer": "explained", "words": f"No {number} {HOSTILE}"})
    invitations.push_back(company.as_("ana"), ref, "sales", "does_not_apply", "Still")
    async with open_app(company, "ana") as ana:
        await at_objectives(ana)
        assert "pushed back 4 times" in ana.full
        for number in range(3):
            assert f"“Round {number} {HOSTILE}”" in ana.full
            assert f"→ explained by @lea: No {number} {HOSTILE}" in ana.full


async def test_advice_on_counts_is_advice(company, open_app):
    refs = [company.objective() for _ in range(4)]
    invitations.accept(company.as_("ana"), refs[0], "sales", "We answer")
    for _ in range(6):
        key_results.add(company.as_("ana"), refs[0], "sales", {"statement": "Something rises"})
    async with open_app(company, "ana") as ana:
        await at_objectives(ana)
        assert "? 4 objectives for one team: which would you let go of first?" in ana.listed
        assert "? 6 key results: is the objective underspecified?" in ana.full


async def test_what_has_no_way_up_and_what_waits_for_one_is_marked(company, open_app):
    top = objectives.add(company.as_("olga"), team="acme", cycle=None, fields={"title": "We grow"})
    objectives.publish(company.as_("olga"), top)
    lone = company.objective()
    asks = objectives.add(company.as_("lea"), team="sales", cycle=None, fields={"title": "Deals close"}, parent=top)
    async with open_app(company, "lea") as lea:
        await at_objectives(lea)
        lea.page.choose(lone)
        await lea.until(lambda: "no way up" in lea.full)
        lea.page.choose(asks)
        await lea.until(lambda: f"asks to contribute to {top}: waits for its leads' consent" in lea.full)
        lea.app.desk.where.team = "acme"
        lea.page.reload()
        await lea.until(lambda: top in lea.refs)
        assert "no way up" not in lea.full


async def test_news_leaves_the_reader_where_they_are(several, open_app):
    objectives.reword(several.as_("olga"), "O1", {"why": "\n".join(f"line {number}" for number in range(60))})
    async with open_app(several, "olga", size=(80, 24)) as olga:
        await at_objectives(olga)
        await olga.press("enter", "end")
        await olga.until(lambda: olga.page.reading.scroll_y > 20)
        place = olga.page.reading.scroll_y
        invitations.push_back(several.as_("pia"), "O1", "product", "cannot_measure", "How?")
        await olga.until(lambda: "O1 Product  pushed back" in olga.listed)
        await olga.settled()
        assert olga.page.reading.scroll_y == place
        assert olga.page.chosen() == "O1"


async def test_long_words_leave_room_for_the_form(company, open_app):
    ref = company.objective()
    invitations.push_back(company.as_("ana"), ref, "sales", "cannot_measure", "word " * 1900)
    async with open_app(company, "lea", size=(80, 24)) as lea:
        await at_objectives(lea)
        await lea.press("r")
        await lea.dialog()
        assert "explained: it stands" in lea.picture()
        intro = lea.screen.query_one("#intro", Reading)
        await lea.press("shift+tab")
        await lea.until(lambda: intro.has_focus)
        await lea.press("end")
        await lea.until(lambda: intro.scroll_y > 50)


async def test_hostile_words_show_as_they_were_typed(several, open_app):
    setup.edit_team(several.operator, "product", {"name": f"Product {HOSTILE}"})
    objectives.reword(several.as_("olga"), "O1", {"title": f"T {HOSTILE}", "why": f"Y {HOSTILE}"})
    async with open_app(several, "olga", size=(160, 60)) as olga:
        await at_objectives(olga)
        assert f"Product {HOSTILE}" in olga.listed
        for key, kind, read in (
            ("H", Read, f"[+T {HOSTILE}]"),
            ("t", Pick, f"Product {HOSTILE}"[:45]),
            ("i", FormDialog, f"Product {HOSTILE}"[:60]),
            ("W", FormDialog, f"T {HOSTILE}"),
        ):
            await olga.press(key)
            await olga.dialog(kind)
            assert read in olga.picture()
            await olga.press("escape")
            await olga.closed()
        await olga.press("i")
        await olga.dialog()
        await olga.press("left_square_bracket", "slash")
        await olga.until(lambda: "/ [/  1 of 4, backspace" in olga.picture())
        await olga.press("space", "down", "enter")
    assert olga.app.return_code in {0, None}
