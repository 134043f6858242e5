"""A development goal, and what is said of it, shows on no screen but those of its owner and who leads a team of theirs."""

from __future__ import annotations

import pytest

from okrtui.core.errors import NotAllowed
from okrtui.service import activity, commitments, drafts, needs, threads, undo
from okrtui.service.presence import Spot
from screens.commands import PAGES
from screens.dialogs.search import Search
from screens.palette import Palette

GOAL = "Wombat whispering without notes"
OTHERS = ("ben", "rob", "olga")


@pytest.fixture
def growing(company):
    """Ana's development goal, P1, with a comment of hers, and one of Lea's who mentions everybody; a contribution beside it."""
    company.agreed()
    company.running().at("2026-10-13")
    ana, lea = company.as_("ana"), company.as_("lea")
    commitments.add(ana, {"kind": "development", "words": GOAL})
    commitments.add(ana, {"kind": "contribution", "words": "The weekend queue", "about": "KR1"})
    threads.comment(ana, "P1", "The Wombat was asleep")
    threads.comment(lea, "P1", "Wake the Wombat, @ana, @ben, @rob, @olga")
    return company


async def typed(seat, word):
    for letter in word:
        await seat.press(letter)


async def drawn(seat):
    """Every page with its step and keys, a palette and a search that ask for the goal, the sight of its owner, the tree's filter."""
    for page in PAGES:
        seat.page.desk.where.team = "sales"
        seat.app.action_go(page)
        await seat.on(page)
        yield page, seat.picture() + seat.step + seat.keys
    await seat.press("ctrl+p")
    await seat.until(lambda: isinstance(seat.screen, Palette))
    await typed(seat, "whisper")
    await seat.until(lambda: "No matches" in seat.picture() or "Search for" not in seat.picture())
    yield "palette", seat.picture()
    await seat.press("escape")
    await seat.closed()
    await seat.press("slash")
    await seat.dialog(Search)
    await typed(seat, "whisper")
    await seat.settled()
    yield "search", seat.picture()
    await seat.press("escape")
    await seat.closed()
    await seat.press("u")
    await seat.settled()
    yield "said", "\n".join(seat.said)


@pytest.mark.parametrize("who", OTHERS)
async def test_no_screen_shows_it_to_others(growing, open_app, who):
    async with open_app(growing, who) as seat:
        async for place, picture in drawn(seat):
            assert "ombat" not in picture, (who, place)
            assert "P1" not in picture.split(), (who, place)


@pytest.mark.parametrize("who", ["ana", "lea"])
async def test_its_owner_and_who_leads_a_team_of_theirs_see_it(growing, open_app, who):
    async with open_app(growing, who) as seat:
        await seat.press("7")
        await seat.on("me")
        assert seat.page.choose("P1")
        await seat.until(lambda: "Wake the Wombat" in seat.full)
        assert GOAL in seat.full


async def test_a_comment_on_it_is_written_on_ones_own_page(growing, open_app):
    async with open_app(growing, "lea", size=(80, 24)) as lea:
        await lea.press("7")
        await lea.on("me")
        assert lea.page.choose("P1")
        await lea.until(lambda: "Wombat" in lea.full)
        await lea.press("c")
        await lea.saved(body="Let it sleep")
        await lea.until(lambda: "Let it sleep" in lea.full)
        assert [one.spot for one in lea.app.desk.others] == []
        assert isinstance(lea.page.spot, Spot)
        assert "P1" not in repr(lea.page.spot)
    assert "P1" in {need.ref for need in needs.due(growing.as_("ana"))}


@pytest.mark.parametrize("who", [*OTHERS, None])
def test_nor_does_anything_that_screens_read(growing, who):
    session = growing.operator if who is None else growing.as_(who)
    said = [activity.log(session), activity.log(session, ref="P1"), drafts.waiting(session) if who else ()]
    said += [needs.due(session, person="ana"), needs.due(session, team="sales")]
    assert "ombat" not in repr(said)
    assert "P1" not in {need.ref for need in needs.due(session, person="ana")}


def test_undo_takes_nothing_of_it_back_for_others(growing):
    for who in OTHERS:
        with pytest.raises(NotAllowed) as refused:
            undo.undo(growing.as_(who))
        assert "P1" not in str(refused.value)
