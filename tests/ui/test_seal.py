"""What one side wrote reaches nobody else on any screen before it is opened: the same is drawn whatever it says."""

from __future__ import annotations

import pytest
from conftest import Company

from okrtui.core.model import ScoreSide
from okrtui.service import drafts, rounds, scores
from okrtui.store.backup import backup
from okrtui.store.file import Store
from screens.commands import PAGES
from screens.palette import Palette

SECRETS = {"low": (0.1, "Zanzibar"), "high": (0.9, "Zanzibar nights, said nobody ever. " * 30)}


@pytest.fixture
def quarter(company):
    """A quarter that is scoring, with an agreed key result of Sales."""
    company.agreed()
    company.running().at("2026-12-18")
    company.checked_in("KR1", 19)
    return company.scoring()


@pytest.fixture
def two(quarter, tmp_path):
    """The same file twice, to seal something else in each."""
    path = tmp_path / "high.db"
    backup(quarter.store, path)
    with Store.open(path) as store:
        yield {"low": quarter, "high": Company(store, quarter.now)}


def seal(two, side):
    by = "ana" if side is ScoreSide.SELF else "lea"
    for name, company in two.items():
        scores.write(company.as_(by), "KR1", side, *SECRETS[name])


async def on(seat, page):
    seat.page.desk.where.team = "sales"
    seat.app.action_go(page)
    await seat.on(page)


async def drawn(seat):
    """Every page, its text and its list, with what is said of keys, in passing, and in the dialogs of any page."""
    seen = {}
    for page in PAGES:
        await on(seat, page)
        seen[page] = seat.picture()
        seen[f"{page} keys"] = seat.keys + seat.step
    await on(seat, "scoring")
    seen["scoring in full"] = seat.full + seat.listed
    for key, what in (("c", "comment"), ("s", "suggest"), ("question_mark", "help")):
        await seat.press(key)
        await seat.until(lambda: len(seat.app.screen_stack) > 1 or seat.said, what)
        seen[what] = seat.picture()
        await seat.press("escape")
        await seat.closed()
    for key in ("i", "r", "p", "y", "n", "u", "right_square_bracket"):
        await on(seat, "scoring")
        await seat.press(key)
        await seat.settled()
        seen[f"after {key}"] = seat.picture()
        if len(seat.app.screen_stack) > 1:
            await seat.press("escape")
            await seat.closed()
    seen["said"] = "\n".join(seat.said)
    return seen


@pytest.mark.parametrize(
    ("side", "who", "size"),
    [
        (ScoreSide.SELF, "lea", (80, 24)),
        (ScoreSide.SELF, "rob", (120, 36)),
        (ScoreSide.SELF, "olga", (120, 36)),
        (ScoreSide.MANAGER, "ana", (120, 36)),
        (ScoreSide.MANAGER, "rob", (80, 24)),
    ],
)
async def test_the_same_is_drawn_whatever_is_sealed(two, open_app, side, who, size):
    seal(two, side)
    seen = []
    for company in two.values():
        async with open_app(company, who, size=size) as seat:
            seen.append(await drawn(seat))
    assert seen[0].keys() == seen[1].keys()
    for place, picture in seen[0].items():
        assert picture == seen[1][place], (who, place)
        assert "anzibar" not in picture


async def test_the_palette_finds_nothing_of_it(two, open_app):
    seal(two, ScoreSide.SELF)
    async with open_app(two["high"], "lea") as lea:
        await lea.press("ctrl+p")
        await lea.until(lambda: isinstance(lea.screen, Palette))
        for letter in "zanzibar":
            await lea.press(letter)
        await lea.until(lambda: "No matches" in lea.picture() or "Search for" not in lea.picture())
        assert "nights" not in lea.picture().casefold().replace("zanzibar", "")
        await lea.press("escape")
        await lea.closed()


async def test_a_score_that_is_being_typed_is_the_typist_s_own(quarter, open_app):
    """Others read that somebody is in the form; who follows them goes to the key result and stays out of the form."""
    async with open_app(quarter, "ana") as ana, open_app(quarter, "lea") as lea:
        await on(ana, "scoring")
        await on(lea, "scoring")
        await ana.press("i")
        await ana.dialog()
        await ana.fill(value="0.9", reasoning="Zanzibar nights")
        await ana.until(lambda: drafts.waiting(quarter.as_("ana")), "the draft")
        await lea.until(lambda: "ana (scoring)" in lea.picture())
        assert "anzibar" not in lea.picture() + lea.full
        for handle in ("lea", "ben", "rob", "olga"):
            assert drafts.waiting(quarter.as_(handle)) == []
            assert drafts.find(quarter.as_(handle), "The self score of KR1") is None

        def forms():
            return [one.spot.form for one in lea.app.desk.others if one.handle == "ana"]

        await lea.until(lambda: forms() == ["The self score of KR1"], "the form")
        (spot,) = [one.spot for one in lea.app.desk.others if one.handle == "ana"]
        assert "anzibar" not in repr(spot)
        assert "0.9" not in repr(spot)
        await ana.press("escape")
        await ana.closed()


async def test_nothing_typed_under_a_seal_stands_among_who_is_here(quarter, open_app):
    """The row of each session in the second file: where somebody is, never what they type."""
    async with open_app(quarter, "ana") as ana:
        await on(ana, "scoring")
        await ana.press("i")
        await ana.dialog()
        await ana.fill(value="0.9", reasoning="Zanzibar nights")
        await ana.until(lambda: drafts.waiting(quarter.as_("ana")), "the draft")
        rows = quarter.store.live.read(lambda connection: connection.execute("SELECT * FROM presence").fetchall())
        assert rows
        assert "anzibar" not in repr(rows)
        await ana.press("escape")
        await ana.closed()


async def test_undo_gives_nothing_away(two, open_app):
    seal(two, ScoreSide.SELF)
    said = []
    for company in two.values():
        async with open_app(company, "lea") as lea:
            await on(lea, "scoring")
            await lea.press("u")
            await lea.until(lambda seat=lea: seat.said)
            said.append(lea.said)
    assert said[0] == said[1]
    assert "anzibar" not in repr(said)


@pytest.fixture
def two_rounds(company, tmp_path):
    """The same round twice, in which Ana gives a low number, and a high one."""
    company.agreed()
    company.running().at("2026-11-24")
    rounds.start(company.as_("ana"), "sales")
    path = tmp_path / "high.db"
    backup(company.store, path)
    with Store.open(path) as store:
        other = Company(store, company.now)
        rounds.vote(company.as_("ana"), {"KR1": 1}, "sales")
        rounds.vote(other.as_("ana"), {"KR1": 9}, "sales")
        yield company, other


@pytest.mark.parametrize("who", ["ben", "lea", "rob", "olga"])
async def test_the_numbers_of_a_round_show_to_nobody_else(two_rounds, open_app, who):
    seen = []
    for company in two_rounds:
        async with open_app(company, who) as seat:
            await on(seat, "round")
            await seat.until(lambda one=seat: one.full)
            seen.append((seat.picture(), seat.full, seat.listed))
    assert seen[0] == seen[1]
