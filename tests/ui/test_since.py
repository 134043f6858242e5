"""What happened since somebody was last in a room is marked there."""

from __future__ import annotations

from okrtui.service import objectives
from widgets.listing import Listing

MARK = "since you were last here"


def activity(seat):
    return [str(option.prompt) for option in seat.page.query_one("#activity", Listing).options]


def above(seat):
    rows = activity(seat)
    marks = [place for place, row in enumerate(rows) if MARK in row]
    return rows[: marks[0]] if marks else None


async def test_what_others_did_meanwhile_stands_above_the_mark(company, open_app):
    company.objective()
    async with open_app(company, "ana") as ana:
        assert above(ana) is None
    objectives.reword(company.as_("lea"), "O1", {"title": "Reworded"})
    async with open_app(company, "ana") as ana:
        (new,) = above(ana)
        assert "reworded O1" in new or "Reworded" in new
        objectives.reword(company.as_("lea"), "O1", {"title": "Again"})
        await ana.until(lambda: len(above(ana)) == 2, "the second, above the same mark")
        await ana.press("3")
        await ana.on("board")
        await ana.press("1")
        await ana.until(lambda: ana.page.PAGE == "room" and above(ana) is None, "the mark's end")
        await ana.press("2")
        await ana.on("objectives")
        objectives.reword(company.as_("lea"), "O1", {"title": "Third"})
        await ana.press("1")
        await ana.until(lambda: ana.page.PAGE == "room" and above(ana) and len(above(ana)) == 1, "the mark")


async def test_what_oneself_did_is_not_marked(company, open_app):
    company.objective()
    async with open_app(company, "lea"):
        pass
    objectives.reword(company.as_("lea"), "O1", {"title": "Mine"})
    async with open_app(company, "lea") as lea:
        assert above(lea) is None
