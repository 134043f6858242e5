"""The scoring screen: each side writes under its seal, the team opens both, the two agree."""

from __future__ import annotations

import pytest

from okrtui.core.errors import Invalid
from okrtui.core.model import ScoreSide
from okrtui.service import scoreboard, scores
from screens.dialogs.confirm import Confirm
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick
from screens.score_forms import read_score

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)])
NIGHTS = "Nights were the point"


@pytest.fixture
def quarter(company):
    """A quarter that is scoring, with two agreed key results of Sales."""
    under = company.accepted()
    company.agreed(under)
    company.agreed(under, statement="Nights are answered too")
    company.running().at("2026-12-18")
    company.checked_in("KR1", 19)
    return company.scoring()


async def at_scoring(seat):
    await seat.press("5")
    await seat.on("scoring")


def line(company, ref="KR1", by="rob"):
    return next(one for one in scoreboard.scoreboard(company.as_(by)) if one.ref == ref)


def write(company, side, value, ref="KR1", reasoning=NIGHTS):
    by = "ana" if side is ScoreSide.SELF else "lea"
    scores.write(company.as_(by), ref, side, value, reasoning)


def both(company, own=0.4, manager=0.7, ref="KR1"):
    write(company, ScoreSide.SELF, own, ref)
    write(company, ScoreSide.MANAGER, manager, ref)


async def confirmed(seat):
    await seat.dialog(Confirm)
    await seat.press("enter")
    await seat.closed()


@SIZES
async def test_a_side_is_written_and_in_with_four_keys_beside_the_words(quarter, open_app, size):
    async with open_app(quarter, "ana", size=size) as ana:
        await at_scoring(ana)
        for ref, digit in (("KR1", "4"), ("KR2", "7")):
            assert ana.page.chosen() == ref
            await ana.press("i")
            await ana.dialog()
            await ana.press(digit, "enter")
            await ana.put(f"As we saw it in {ref}")
            await ana.press("ctrl+s")
            await ana.closed()
    assert [(one.value, one.reasoning) for one in (line(quarter, ref, "ana").self_score for ref in ("KR1", "KR2"))] == [
        (0.4, "As we saw it in KR1"),
        (0.7, "As we saw it in KR2"),
    ]
    assert line(quarter).self_score.is_in


@SIZES
async def test_a_draft_is_marked_in_later(quarter, open_app, size):
    async with open_app(quarter, "ana", size=size) as ana:
        await at_scoring(ana)
        await ana.press("enter")
        await ana.saved(value="0.4", reasoning=NIGHTS)
        assert not line(quarter).self_score.is_in
        assert "(0.4)?" in ana.listed
        assert "a draft: mark it in (i)" in ana.full
        await ana.press("i")
        await ana.until(lambda: line(quarter).self_score.is_in)
        await ana.until(lambda: "(0.4) " in ana.listed)


@SIZES
async def test_of_the_other_side_it_shows_that_it_is_in_and_nothing_more(quarter, open_app, size):
    write(quarter, ScoreSide.SELF, 0.9)
    for who in ("lea", "rob", "olga"):
        async with open_app(quarter, who, size=size) as other:
            other.page.desk.where.team = "sales"
            await at_scoring(other)
            await other.until(lambda one=other: "in, and sealed" in one.full)
            assert "0.9" not in other.picture() + other.full
            assert NIGHTS not in other.picture() + other.full


async def test_the_team_opens_all_that_are_in_and_the_widest_gap_comes_first(quarter, open_app):
    both(quarter, 0.5, 0.6)
    both(quarter, 0.2, 0.9, "KR2")
    async with open_app(quarter, "ana") as ana:
        await at_scoring(ana)
        assert ana.refs == ["KR1", "KR2"]
        await ana.press("r")
        await ana.dialog(Pick)
        await ana.press("down", "enter")
        await confirmed(ana)
        await ana.until(lambda: ana.refs == ["KR2", "KR1"])
        assert "!0.7" in ana.listed
        await ana.press("o")
        assert ana.refs == ["KR1", "KR2"]


async def test_leadership_does_not_open_and_is_told_what_to_do(quarter, open_app):
    both(quarter)
    async with open_app(quarter, "lea") as lea:
        lea.page.desk.where.team = "sales"
        await at_scoring(lea)
        await lea.press("r")
        await lea.until(lambda: any("ask the team to open them with you (c)" in one for one in lea.said))
    assert not line(quarter).opened


async def test_what_is_not_ready_says_what_comes_first(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await at_scoring(ana)
        for key, sentence in (
            ("r", "open when both are in"),
            ("p", "the team opens them when both are in (r)"),
            ("y", "No agreed score of KR1 is proposed"),
        ):
            await ana.press(key)
            await ana.until(lambda said=sentence: any(said in one for one in ana.said), sentence)


@SIZES
async def test_the_two_sides_agree(quarter, open_app, size):
    both(quarter)
    scores.reveal(quarter.as_("ana"), ["KR1"])
    async with open_app(quarter, "ana", size=size) as ana, open_app(quarter, "lea", size=size) as lea:
        lea.page.desk.where.team = "sales"
        await at_scoring(ana)
        await at_scoring(lea)
        await ana.press("p")
        await ana.dialog()
        await ana.fill(value="5")
        await ana.press("ctrl+s")
        await ana.until(lambda: "say why" in ana.wrong("reason"))
        await ana.saved(reason="Nights count half")
        await lea.until(lambda: "@ana proposes 0.5" in lea.full)
        await lea.press("n")
        await lea.saved(value="0.4", reason="A third of them")
        await ana.until(lambda: "@lea proposes 0.4" in ana.full)
        await ana.press("y")
        await confirmed(ana)
        await lea.until(lambda: "0.4✓" in lea.listed)
        assert "by lea and ana" in lea.full
    agreed = line(quarter).agreed
    assert (agreed.value, agreed.proposed_by, agreed.confirmed_by) == (0.4, "lea", "ana")


async def test_no_score_and_a_close_decision(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await at_scoring(ana)
        await ana.press("minus")
        await ana.saved(reason="The pilot never began")
        await ana.until(lambda: "none✓" in ana.listed)
        await ana.press("C")
        await ana.saved(decision="defer", words="In spring")
        await ana.until(lambda: "put off to a later cycle: In spring" in ana.full)
    assert line(quarter).decision == "defer"


async def test_another_side_coming_in_leaves_the_cursor_and_what_is_typed(quarter, open_app):
    async with open_app(quarter, "ana") as ana:
        await at_scoring(ana)
        await ana.press("down")
        await ana.until(lambda: ana.full.startswith("Nights are answered too"))
        await ana.press("enter")
        await ana.dialog()
        await ana.press("3", "enter")
        await ana.write("Half")
        write(quarter, ScoreSide.MANAGER, 0.8)
        await ana.until(lambda: "   in" in ana.listed)
        assert isinstance(ana.screen, FormDialog)
        assert ana.field("reasoning").text == "Half"
        await ana.press("escape")
        await ana.closed()
        assert ana.page.chosen() == "KR2"


@pytest.mark.parametrize(
    ("typed", "value"), [("4", 0.4), ("0", 0.0), (".4", 0.4), ("0,7", 0.7), ("+", 1.0), ("1.0", 1.0), (" 0.30 ", 0.3)]
)
def test_a_score_is_typed_in_tenths(typed, value):
    assert read_score(typed) == value


@pytest.mark.parametrize("typed", ["", "1", "10", "0.45", "-1", "nan", "much", "٣"])
def test_and_nothing_else_is_one(typed):
    with pytest.raises(Invalid, match=r"tenth|0\.1 or 1\.0"):
        read_score(typed)
