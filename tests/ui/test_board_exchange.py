"""What two sides and a reader exchange on the board: suggestions, dots, amendments, guidance, answers to checks, defences."""

from __future__ import annotations

import pytest

from okrtui.service import key_results, show, suggestions
from screens.dialogs.confirm import Confirm
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick

STATEMENT = "Median first answer falls"


@pytest.fixture
def drafted(company):
    """A draft of Sales."""
    return company.draft()


def whole(company, ref="KR1"):
    """A key result in full, as a reader sees it."""
    return show.key_result(company.as_("rob"), ref)


async def at_the_board(person):
    person.app.desk.where.team = "sales"
    await person.press("3")
    await person.on("board")


async def test_leadership_suggests_and_the_team_takes(company, drafted, open_app):
    async with open_app(company, "lea") as lea:
        await at_the_board(lea)
        await lea.press("s")
        await lea.dialog()
        assert lea.field("statement").value == STATEMENT
        await lea.saved(statement="Median first answer halves", words="Say how far")
        await lea.until(lambda: "1 suggested" in lea.column("drafts"))
        assert "[−falls] [+halves]" in lea.full
        assert "“Say how far”" in lea.full
        await lea.press("y")
        await lea.until(lambda: any("team's to take or decline" in said for said in lea.said))
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("y")
        await ana.dialog()
        assert "before: Median first answer falls" in ana.picture()
        await ana.saved()
        await ana.until(lambda: "Median first answer halves" in ana.column("drafts"))
        await ana.until(lambda: "taken by @ana" in ana.full)
    assert whole(company).card.statement == "Median first answer halves"


async def test_of_several_suggestions_one_is_chosen_by_keys(company, drafted, open_app):
    suggestions.suggest(company.as_("lea"), drafted, "target", "6")
    suggestions.suggest(company.as_("rob"), drafted, "statement", "Answers come sooner")
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("n")
        await ana.dialog(Pick)
        await ana.press("down", "enter")
        await ana.until(lambda: isinstance(ana.screen, FormDialog))
        await ana.saved(reason="Sooner than what?")
        await ana.press("y")
        await ana.saved()
        await ana.until(lambda: "26 → 6 hours" in ana.column("drafts"))
        await ana.press("y")
        await ana.until(lambda: any("No suggestion for KR1 waits" in said for said in ana.said))
    states = {one.field: (one.state, one.reason) for one in whole(company).suggestions}
    assert states == {"target": ("taken", ""), "statement": ("declined", "Sooner than what?")}
    assert whole(company).fields["target"] == 6


async def test_a_suggestion_is_refused_beside_its_field_and_loses_nothing(company, drafted, open_app):
    async with open_app(company, "rob") as rob:
        await at_the_board(rob)
        await rob.press("s")
        await rob.dialog()
        await rob.select("field", "target")
        await rob.until(lambda: rob.screen.query_one("#field-target").display)
        await rob.fill(target="a lot", words="More is better")
        await rob.press("ctrl+s")
        await rob.until(lambda: "a number" in rob.wrong("target"))
        assert (rob.field("target").value, rob.field("words").text) == ("a lot", "More is better")
        await rob.saved(target="6")
        await rob.until(lambda: "1 suggested" in rob.column("drafts"))
    (made,) = whole(company).suggestions
    assert (made.field, made.proposed, made.words, made.author) == ("target", "6", "More is better", "rob")


async def test_dots_are_put_taken_off_and_undone(company, drafted, open_app):
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("comma")
        await ana.until(lambda: any("You have no dot on KR1" in said for said in ana.said))
        await ana.press("full_stop", "full_stop")
        await ana.until(lambda: "•• 2 mine" in ana.column("drafts"))
        await ana.press("comma")
        await ana.until(lambda: "• 1 mine" in ana.column("drafts") and "••" not in ana.column("drafts"))
        await ana.press("u")
        await ana.until(lambda: "•• 2 mine" in ana.column("drafts"))
    async with open_app(company, "rob") as rob:
        await at_the_board(rob)
        assert "••" in rob.column("drafts")
        await rob.press("full_stop")
        await rob.until(lambda: any("Dots are of the two sides" in said for said in rob.said))


async def test_amending_asks_why_and_the_original_stays(company, open_app):
    ref = company.agreed()
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("o")
        await ana.dialog()
        assert f"as it stays on record: {STATEMENT}" in " ".join(ana.picture().split())
        await ana.press("ctrl+s")
        await ana.until(lambda: "needs a reason" in ana.picture() or "is changed yet" in ana.picture())
        await ana.fill(target="12", reason="")
        await ana.press("ctrl+s")
        await ana.until(lambda: ana.wrong("reason"))
        await ana.saved(reason="Two people left")
        await ana.until(lambda: "amendment asked" in ana.column("agreed"))
        assert "As it was agreed" in ana.full
        assert "Two people left" in ana.full
    page = whole(company)
    assert (page.fields["target"], page.original.numbers["target"], page.card.amendment) == (12, 8, "asked")
    async with open_app(company, "lea") as lea:
        await at_the_board(lea)
        await lea.press("o")
        await lea.until(lambda: any("Amending a key result is the team's" in said for said in lea.said))
    assert ref == "KR1"


async def test_guidance_is_frozen_once_it_is_agreed(company, drafted, open_app):
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("G")
        await ana.saved(low="Twenty hours", middle="Twelve", high="Eight")
        await ana.until(lambda: "0.7  Twelve" in ana.full)
        key_results.propose(company.as_("ana"), drafted)
        key_results.agree(company.as_("lea"), drafted)
        await ana.until(lambda: "Agreed · 1" in ana.listed)
        await ana.press("G")
        await ana.dialog()
        await ana.fill(middle="Eleven")
        await ana.press("ctrl+s")
        await ana.until(lambda: ana.wrong("reason"))
        await ana.saved(reason="Nights count too")
    assert whole(company).guidance["middle"] == "Eleven"


async def test_a_question_of_the_checks_is_quieted_and_kept(company, open_app):
    company.draft(statement="Launch three features")
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        asked = whole(company).check.questions
        assert asked[0].text in ana.full
        assert f"({asked[0].rule})" in ana.full
        await ana.press("W")
        await ana.saved(because="they are what the pilot asked for")
        await ana.until(lambda: "We know, because they are what the pilot asked for" in ana.full)
        await ana.until(lambda: asked[0].text not in ana.full.partition("Thread")[0])
    assert whole(company).quieted == {asked[0].rule: "they are what the pilot asked for"}


async def test_the_checks_speak_while_a_statement_is_typed(company, open_app):
    company.accepted()
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("a")
        await ana.dialog()
        await ana.write("Launch three features")
        advice = ana.screen.query_one("#advice-statement")
        await ana.until(lambda: "□ output" in str(advice.content) and "What changes" in str(advice.content))
        await ana.put("Reduce churn from 8% to 5% without slower answers")
        await ana.until(lambda: "✓ outcome" in str(advice.content))
        await ana.press("ctrl+s")
        await ana.closed()
    assert whole(company).card.state == "idea"


async def test_week_nine_puts_both_answers_side_by_side(company, open_app):
    company.agreed()
    company.running().at("2026-12-02")
    async with open_app(company, "lea") as lea:
        await at_the_board(lea)
        await lea.until(lambda: "The defence is due" in lea.full)
        await lea.press("D")
        await lea.until(lambda: any("Defending a key result is the team's" in said for said in lea.said))
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("D")
        await ana.dialog()
        assert "At drafting: Yes: silence is why we lose" in ana.picture()
        await ana.saved(decision="keep", argument="Three deals were lost to silence")
        await ana.until(lambda: "Three deals were lost" in ana.full)
        line = next(one for one in ana.full.splitlines() if "silence is why we lose" in one)
        assert "│ Three deals were lost to silence" in line
    assert whole(company).defence.decision == "keep"


async def test_a_defence_that_amends_asks_for_the_amendment_next(company, open_app):
    company.agreed()
    company.running().at("2026-12-02")
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("D")
        await ana.dialog()
        await ana.fill(decision="amend", argument="Eight is out of reach")
        await ana.press("ctrl+s")
        await ana.until(lambda: "Amend KR1" in ana.picture())
        await ana.saved(target="12", reason="Eight is out of reach")
    assert whole(company).fields["target"] == 12


async def test_an_amendment_is_questioned_answered_and_taken_back(company, open_app):
    company.agreed()
    key_results.amend(company.as_("ana"), "KR1", {"target": 12}, "Two people left")
    key_results.send_back(company.as_("lea"), "KR1", "Which two?")
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        assert "amendment questioned" in ana.column("agreed")
        await ana.press("r")
        await ana.dialog()
        assert "Which two?" in ana.picture()
        await ana.saved(words="Both on nights")
        await ana.until(lambda: "amendment asked" in ana.column("agreed") and "Both on nights" in ana.full)
        await ana.press("t")
        await ana.dialog(Confirm)
        await ana.press("enter")
        await ana.closed()
        await ana.until(lambda: "26 → 8 hours" in ana.column("agreed"))
        await ana.press("r")
        await ana.until(lambda: any("No amendment of KR1 waits" in said for said in ana.said))
    assert whole(company).fields["target"] == 8


async def test_an_imported_idea_is_adopted_with_one_key(company, open_app):
    key_results.add(company.as_("ana"), company.accepted(), "sales", {"statement": "Fewer answers wait"})
    with company.store.writing() as connection:
        connection.execute("UPDATE key_result SET imported_by = (SELECT id FROM person WHERE handle = 'lea')")
    async with open_app(company, "ana", size=(80, 24)) as ana:
        await at_the_board(ana)
        assert "imported by @lea" in ana.column("ideas")
        await ana.press("e")
        await ana.until(lambda: any("adopt it first" in said for said in ana.said))
        await ana.press("y")
        await ana.until(lambda: "imported by" not in ana.column("ideas"))
        await ana.until(lambda: "imported by @lea, adopted by @ana" in ana.full)
    assert whole(company).adopted_by == "ana"


async def test_at_eighty_columns_the_whole_exchange_is_within_reach(company, drafted, open_app):
    suggestions.suggest(company.as_("lea"), drafted, "statement", "Median first answer halves", "Say how far")
    async with open_app(company, "ana", size=(80, 24)) as ana:
        await at_the_board(ana)
        await ana.press("v")
        await ana.until(lambda: "[−falls] [+halves]" in ana.picture())
        await ana.press("y")
        await ana.dialog()
        assert "after:  Median first answer halves" in ana.picture()
        await ana.saved()
        await ana.until(lambda: ana.page.reading.has_focus and "taken by @ana" in ana.full)
        await ana.press("left")
        await ana.until(lambda: ana.things.has_focus and ana.things.display)
