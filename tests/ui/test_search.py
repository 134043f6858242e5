"""Searching and the line of sight at the screen, and the links that lines of sight are made of."""

from __future__ import annotations

import pytest

from okrtui.service import commitments, initiatives, links, threads
from okrtui.store import links as rows
from screens.dialogs.confirm import Confirm
from screens.dialogs.pick import Pick
from screens.dialogs.read import Read
from screens.dialogs.search import Search

SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def told(company):
    """O1 with KR1, agreed, and words about zebras on both; Marketing, led by ``mia``, and its O2."""
    company.agreed()
    threads.comment(company.as_("ben"), "KR1", "Is the zebra [b]ours[/b]?")
    threads.comment(company.as_("ben"), "O1", "The zebra is everybody's")
    company.team("marketing")
    company.person("mia", leads=("marketing",))
    company.objective("mia", "marketing", "marketing")
    return company


async def searched(seat, typed, count):
    await seat.press("slash")
    await seat.dialog(Search)
    await seat.write(typed)
    await seat.until(lambda: len(seat.screen.found) == count, f"{count} hits of {typed!r}")


@pytest.mark.parametrize("size", SIZES)
async def test_it_finds_as_it_is_typed_and_goes_there(told, open_app, size):
    async with open_app(told, "ana", size=size) as ana:
        await searched(ana, "zeb", 2)
        assert "Is the zebra [b]ours[/b]?" in ana.picture()
        assert "newest first" in ana.picture()
        await ana.press("down", "down", "enter")
        await ana.closed()
        await ana.on("board")
        assert ana.page.chosen() == "KR1"


async def test_enter_ranks_and_enter_again_goes(told, open_app):
    async with open_app(told, "rob") as rob:
        await searched(rob, "buyers", 2)
        await rob.press("enter")
        await rob.until(lambda: "best first" in rob.picture())
        assert rob.screen.found[0].kind == "objective"
        ref = rob.screen.found[0].ref
        await rob.press("enter")
        await rob.closed()
        await rob.on("objectives")
        assert rob.page.chosen() == ref


async def test_it_goes_to_another_team(told, open_app):
    async with open_app(told, "ana") as ana:
        await searched(ana, "buyers team:marketing", 1)
        await ana.press("down", "enter")
        await ana.closed()
        await ana.on("objectives")
        await ana.until(lambda: ana.page.chosen() == "O2")
        assert ana.app.desk.where.team == "marketing"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("*", "Give a word to search for"),
        ('"', "Give a word to search for"),
        ("zebra team:x", "No team is called 'x'"),
        ("zebra state:", "Say which state"),
        ("nothingofit", "Nothing is found"),
    ],
)
async def test_what_is_no_search_is_said(told, open_app, typed, sentence):
    async with open_app(told, "ana", size=(80, 24)) as ana:
        await ana.press("slash")
        await ana.dialog(Search)
        await ana.put(typed)
        await ana.until(lambda: sentence in ana.picture(), sentence)
        await ana.press("enter")
        await ana.settled()
        assert sentence in ana.picture()
        await ana.press("escape")
        await ana.closed()


async def test_a_development_goal_is_not_found_by_others(told, open_app):
    commitments.add(told.as_("ben"), {"kind": "development", "words": "I learn to speak, zebra"})
    async with open_app(told, "ana") as ana:
        await searched(ana, "zebra", 2)
    async with open_app(told, "ben") as ben:
        await searched(ben, "zebra", 3)


class TestSight:
    @pytest.mark.parametrize("size", SIZES)
    async def test_of_the_chosen_thing(self, told, open_app, size):
        async with open_app(told, "ana", size=size) as ana:
            ana.app.action_go("board")
            await ana.on("board")
            await ana.press("L")
            shown = await ana.dialog(Read)
            assert "KR1  Median first answer falls" in shown.text
            assert "We answer every request from one queue" in shown.text
            assert "✕ O1 contributes to nothing above Sales" in shown.text
            await ana.press("escape")
            await ana.closed()

    async def test_of_oneself_where_nothing_is_chosen(self, told, open_app):
        async with open_app(told, "ana") as ana:
            ana.app.action_go("report")
            await ana.on("report")
            await ana.press("L")
            shown = await ana.dialog(Read)
            assert "KR1" in shown.text


class TestLinks:
    def standing(self, company):
        with company.store.reading() as connection:
            return [(one.child, one.parent, one.consented_by is not None) for one in rows.of_cycle(connection, 1)]

    async def test_a_lead_links_and_another_consents(self, told, open_app):
        async with open_app(told, "mia", size=(80, 24)) as mia:
            mia.app.action_go("objectives")
            await mia.on("objectives")
            await mia.press("equals_sign")
            await mia.dialog(Pick)
            await mia.write("KR1")
            await mia.press("enter")
            await mia.until(lambda: isinstance(mia.screen, Pick) and "counts as aligned" in mia.picture())
            await mia.press("enter")
            await mia.closed()
            await mia.until(lambda: "asks to contribute to KR1" in mia.full)
        assert self.standing(told) == [("O2", "KR1", False)]
        async with open_app(told, "lea", size=(80, 24)) as lea:
            lea.app.action_go("objectives")
            await lea.on("objectives")
            assert "O2 Buyers get their answer the same day: contributes to KR1" in lea.full.replace("\n", " ")
            await lea.press("g")
            await lea.dialog(Confirm)
            await lea.press("enter")
            await lea.until(lambda: "Asks to stand below" not in lea.full)
        assert self.standing(told) == [("O2", "KR1", True)]

    async def test_the_need_leads_there(self, told, open_app):
        links.add(told.as_("mia"), "O2", "O1")
        async with open_app(told, "lea") as lea:
            assert "mia asks that O2" in lea.step
            await lea.press("right_square_bracket")
            await lea.dialog(Confirm)
            assert "contributes to it" in lea.picture()
            await lea.press("enter")
            await lea.until(lambda: self.standing(told) == [("O2", "O1", True)])

    async def test_declining_says_why(self, told, open_app):
        links.add(told.as_("mia"), "O2", "O1")
        async with open_app(told, "lea") as lea:
            lea.app.action_go("objectives")
            await lea.on("objectives")
            await lea.press("x")
            await lea.saved(words="It moves another of ours")
            await lea.until(lambda: self.standing(told) == [])
        async with open_app(told, "mia") as mia:
            said = [need.text for need in mia.page.frame.needs if need.kind == "mention"]
            assert said == ["lea mentioned you on O2: @mia It moves another of ours"]

    async def test_who_may_not_is_told_so(self, told, open_app):
        links.add(told.as_("mia"), "O2", "O1")
        async with open_app(told, "ana") as ana:
            ana.app.action_go("objectives")
            await ana.on("objectives")
            await ana.press("g")
            await ana.until(lambda: any("for a lead of that team to consent to" in said for said in ana.said))


@pytest.mark.parametrize(("who", "typed", "page", "ref"), [("ana", "rota", "tree", "I1"), ("ben", "speak", "me", "P1")])
async def test_an_initiative_and_a_promise_are_gone_to_where_they_stand(told, open_app, who, typed, page, ref):
    initiatives.add(told.as_("ana"), {"title": "A rota"}, team="sales", key_results=["KR1"])
    commitments.add(told.as_("ben"), {"kind": "development", "words": "I learn to speak"})
    async with open_app(told, who) as seat:
        await searched(seat, typed, 1)
        await seat.press("enter")
        await seat.until(lambda: "best first" in seat.picture())
        await seat.press("enter")
        await seat.on(page)
        await seat.until(lambda: seat.page.chosen() == ref)
