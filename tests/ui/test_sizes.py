"""Every page and every kind of dialog at any size of terminal: nothing breaks, and it is whole again afterwards."""

from __future__ import annotations

import pytest

from okrtui.service import scores
from screens.commands import PAGES
from screens.dialogs.form import FormDialog
from screens.dialogs.help import Help
from screens.dialogs.pick import Pick

SIZES = [
    *(size for columns in range(63, 0, -7) for size in ((160, 40), (columns, 24))),
    *((80, rows) for rows in (9, 5, 3, 1)),
    *((side, side) for side in (1, 2, 4, 12)),
]
"""To ever narrower widths from a wide one, for which the page was laid out; down to no height; up again along both."""


@pytest.fixture
def busy(company):
    """Sales with an objective, key results in two columns, one of them checked in, and an invitation that waits."""
    kr = company.agreed()
    company.draft("O1", statement="Requests of the weekend are answered on Monday before ten o'clock")
    company.objective()
    company.running().at("2026-10-09")
    company.checked_in(kr)
    return company


async def resized(person, back=(80, 24)):
    """Go through all sizes and come back to what was there."""
    await person.settled()
    before = person.picture()
    for columns, rows in SIZES:
        await person.pilot.resize_terminal(columns, rows)
        assert person.app.is_running, f"broke at {columns} columns, {rows} rows"
    await person.pilot.resize_terminal(*back)
    await person.settled()
    await person.until(lambda: person.picture() == before, "what was there before")


@pytest.mark.parametrize("page", PAGES)
async def test_every_page(busy, open_app, page):
    async with open_app(busy, "ana", size=(80, 24)) as ana:
        ana.app.action_go(page)
        await ana.on(page)
        await resized(ana)


async def test_scoring_with_both_sides_to_compare(busy, open_app):
    ana, lea = busy.scoring().as_("ana"), busy.as_("lea")
    for session, side, value in ((ana, "self", 0.7), (lea, "manager", 0.5)):
        scores.write(session, "KR1", side, value, "Weekends are answered, nights are not yet")
    scores.reveal(ana, ["KR1"])
    async with open_app(busy, "ana", size=(120, 24)) as person:
        person.app.action_go("scoring")
        await person.on("scoring")
        await resized(person, back=(120, 24))


@pytest.mark.parametrize(
    ("page", "key"), [("objectives", "A"), ("board", "a"), ("board", "c"), ("me", "a"), ("room", "a")]
)
async def test_forms(busy, open_app, page, key):
    async with open_app(busy, "ana", size=(80, 24)) as ana:
        ana.app.action_go(page)
        await ana.on(page)
        await ana.press(key)
        await ana.dialog(FormDialog)
        await resized(ana)


async def test_the_help(busy, open_app):
    async with open_app(busy, "ana", size=(80, 24)) as ana:
        ana.app.action_help()
        await ana.dialog(Help)
        await resized(ana)


async def test_a_choice(busy, open_app):
    async with open_app(busy, "ana", size=(80, 24)) as ana:
        await ana.press("T")
        await ana.dialog(Pick)
        await resized(ana)
