"""The board's screen: from an idea to what is agreed, and whose keys are whose."""

from __future__ import annotations

import pytest

from okrtui.core.model import Control
from okrtui.service import key_results, setup, show, threads
from screens.dialogs.confirm import Confirm
from screens.key_result_fields import as_typed, changed, read_steps


def whole(company, ref):
    """A key result in full, as a reader sees it."""
    return show.key_result(company.as_("rob"), ref)


async def at_the_board(person):
    await person.press("3")
    await person.on("board")


async def test_an_idea_needs_its_statement_alone(company, open_app):
    company.accepted()
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("a")
        await ana.dialog()
        await ana.press("ctrl+s")
        await ana.until(lambda: "is missing" in ana.wrong("statement"))
        await ana.saved(statement="Median first answer falls")
        await ana.until(lambda: ana.page.chosen() == "KR1")
        assert "Ideas · 1" in ana.listed
        assert "Name its owner." in ana.full
    assert whole(company, "KR1").card.state == "idea"


async def test_an_idea_says_under_which_objective_where_there_are_several(company, open_app):
    first = company.accepted()
    second = company.accepted()
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("a")
        await ana.saved(statement="Calls returned", objective=second)
        await ana.until(lambda: ana.refs == ["KR1"])
        await ana.press("a")
        await ana.dialog()
        assert ana.field("objective").value == second
        await ana.saved(statement="Calls answered", objective=first)
    assert [whole(company, ref).card.objective for ref in ("KR1", "KR2")] == [second, first]


async def test_the_arrows_move_between_ideas_and_drafts_and_no_further(company, open_app):
    ref = company.draft()
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("less_than_sign")
        await ana.until(lambda: "Ideas · 1" in ana.listed)
        await ana.press("shift+left")
        await ana.until(lambda: any("only a draft goes back" in said for said in ana.said))
        await ana.press("shift+right")
        await ana.until(lambda: "Drafts · 1" in ana.listed)
        await ana.press("greater_than_sign")
        await ana.until(lambda: any("only an idea becomes a draft" in said for said in ana.said))
    assert whole(company, ref).card.state == "draft"


async def test_proposing_asks_for_what_is_missing_beside_the_fields(company, open_app):
    ref = key_results.add(company.as_("ana"), company.accepted(), "sales", {"statement": "Answers come sooner"})
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("p")
        await ana.dialog()
        assert ana.wrong("owner") == "Name its owner."
        assert "Choose its kind" in ana.wrong("kind")
        await ana.select("kind", "decrease")
        await ana.until(lambda: ana.wrong("kind") == "")
        assert ana.wrong("owner") == "Name its owner."
        assert ana.screen.query_one("#field-target").display
        await ana.fill(target="8", owner="ana", control="ours", week_nine="Yes")
        await ana.press("ctrl+s")
        await ana.until(lambda: "Say where it stands now" in ana.wrong("baseline"), "the next gap")
        assert ana.field("target").value == "8"
        await ana.fill(baseline="26")
        await ana.press("ctrl+s")
        await ana.closed()
        await ana.until(lambda: "Proposed · 1" in ana.listed)
    assert whole(company, ref).card.state == "proposed"


async def test_leadership_returns_with_a_question_then_agrees(company, open_app):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    async with open_app(company, "lea") as lea:
        await at_the_board(lea)
        await lea.press("x")
        await lea.dialog()
        await lea.press("ctrl+s")
        await lea.until(lambda: "Ask something" in lea.wrong("question"))
        await lea.saved(question="By when on weekends?")
        await lea.until(lambda: "Drafts · 1" in lea.listed)
        assert "? @lea asked" in lea.full
        assert "By when on weekends?" in lea.full
    async with open_app(company, "ana") as ana:
        assert "came back with a question" in ana.step
        await at_the_board(ana)
        await ana.press("p")
        await ana.dialog(Confirm)
        await ana.press("enter")
        await ana.closed()
        await ana.until(lambda: "Proposed · 1" in ana.listed)
        await ana.press("g")
        await ana.until(lambda: any("Agreeing and returning are leadership's" in said for said in ana.said))
    async with open_app(company, "lea") as lea:
        await lea.press("right_square_bracket")
        await lea.dialog(Confirm)
        await lea.press("y")
        await lea.closed()
        await lea.until(lambda: "Agreed · 1" in lea.listed)
    assert whole(company, ref).card.state == "agreed"


async def test_the_teams_pen_is_not_leaderships(company, open_app):
    company.draft()
    async with open_app(company, "lea", size=(200, 40)) as lea:
        await at_the_board(lea)
        for key in ("a", "e", "p", "z", "d", "greater_than_sign", "o", "G", "W", "y", "n"):
            told = len(lea.said)
            await lea.press(key)
            await lea.until(lambda told=told: len(lea.said) > told, f"why {key} is refused")
        assert all("You lead Sales: suggest a wording (s) or ask (c)." in said for said in lea.said)
        assert len(lea.app.screen_stack) == 1
    assert whole(company, "KR1").card.state == "draft"


async def test_a_proposal_is_taken_back_to_be_changed(company, open_app):
    ref = company.draft()
    key_results.propose(company.as_("ana"), ref)
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("e")
        await ana.dialog(Confirm)
        await ana.press("enter")
        await ana.saved(statement="Median first answer halves")
    found = whole(company, ref)
    assert (found.card.state, found.card.statement) == ("draft", "Median first answer halves")


async def test_of_what_is_agreed_the_owner_alone_changes(company, open_app):
    ref = company.agreed()
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("e")
        await ana.saved(owner="ben")
        await ana.until(lambda: "owner @ben" in ana.full)
    assert whole(company, ref).card.state == "agreed"


async def test_parking_and_dropping(company, open_app):
    ref = company.draft()
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("z")
        await ana.until(lambda: "Parked · 1" in ana.listed)
        await ana.press("z")
        await ana.until(lambda: "Drafts · 1" in ana.listed)
        await ana.press("d")
        await ana.saved(reason="Nobody can measure it")
        await ana.until(lambda: "Dropped · 1" in ana.listed)
    assert (whole(company, ref).card.state, whole(company, ref).card.reason) == ("dropped", "Nobody can measure it")


async def test_two_people_in_one_card_merge(company, open_app):
    ref = company.draft()
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("e")
        await ana.dialog()
        key_results.edit(company.as_("ben"), ref, {"target": 6, "statement": "Ben's words"})
        await ana.fill(baseline="30", statement="Ana's words")
        await ana.press("ctrl+s")
        await ana.until(lambda: ana.wrong("statement").startswith("Theirs: Ben's words"))
        await ana.press("ctrl+s")
        await ana.closed()
    card = whole(company, ref).card
    assert (card.statement, card.baseline, card.target) == ("Ana's words", 30, 6)


async def test_each_kind_asks_for_its_own(company, open_app):
    ref = key_results.add(
        company.as_("ana"), company.accepted(), "sales", {"statement": "The move is done"}, draft=True
    )
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("e")
        await ana.saved(
            kind="milestone", steps="Contract: signed : 2\nMoved", control="shared", shared_team="acme", owner="ana"
        )
        await ana.until(lambda: "Contract: signed (2), Moved (1)" in ana.full)
        await ana.press("e")
        await ana.dialog()
        assert ana.field("steps").text == "Contract: signed : 2\nMoved"
        await ana.saved(control="ours", weight="")
    fields = whole(company, ref).fields
    assert fields["steps"] == [{"name": "Contract: signed", "weight": 2}, {"name": "Moved", "weight": 1}]
    assert (fields["control"], fields["shared_team"], fields["weight"]) == ("ours", "", 1)


async def test_an_objective_not_accepted_yet_is_said_before_proposing(company, open_app):
    ref = company.draft(company.objective())
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        await ana.press("p")
        await ana.until(lambda: any("is not accepted by Sales yet" in said for said in ana.said))
    assert whole(company, ref).card.state == "draft"


async def test_another_process_moves_a_card_before_my_eyes(company, open_app):
    ref = company.draft()
    async with open_app(company, "lea") as lea:
        await at_the_board(lea)
        key_results.propose(company.as_("ana"), ref)
        await lea.until(lambda: "Proposed · 1" in lea.listed and "Agree to or return KR1" in lea.step)
        threads.comment(company.as_("ben"), ref, "Weekends too?")
        await lea.until(lambda: "Weekends too?" in lea.full)


@pytest.mark.parametrize("keys", ["down", "e", "p", "c", "a"])
async def test_whoever_is_switched_off_is_told_and_nothing_breaks(company, open_app, keys):
    """Whatever key is pressed before the news of it has come."""
    company.draft()
    company.draft()
    async with open_app(company, "ana") as ana:
        await at_the_board(ana)
        setup.set_active(company.operator, "ana", active=False)
        await ana.press(keys)
        await ana.until(lambda: "switched off" in ana.app.trouble)


def test_an_untouched_form_changes_nothing(company):
    ref = company.draft(
        baseline=0.1 + 0.2, target=0.1, steps=[{"name": "a: b", "weight": 1.0}, {"name": "c", "weight": 0.5}]
    )
    fields = whole(company, ref).fields
    assert changed(as_typed(fields), fields) == {}


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Signed", [("Signed", None)]),
        ("Signed : 2\n\n  Moved  ", [("Signed", 2.0), ("Moved", None)]),
        ("Call: Monday", [("Call: Monday", None)]),
        (": 3", [(": 3", None)]),
    ],
)
def test_steps_are_read_a_line_each(text, steps):
    assert [(step["name"], step.get("weight")) for step in read_steps(text)] == steps


def test_only_shared_control_keeps_its_team():
    began = {"statement": "S", "control": "shared", "shared_team": "support"}
    assert changed({"statement": "S", "control": Control.OURS}, began) == {"control": "ours", "shared_team": ""}
