"""How the screens look, on the demo of one day: few, and for looks alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import seat

from okrtui.demo import PERSON, build
from widgets.checkin_form import CheckinForm

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

DAY = datetime(2026, 11, 21, 10, tzinfo=UTC)
SIZES = [(80, 24), (120, 36)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "okr.db"
    build(path, DAY)
    return path


def looking(*keys: str, page: str = "room"):
    """Press keys once the first page is read, and wait until another is."""

    async def run(pilot: Pilot[int]) -> None:
        person = seat.Seat(pilot.app, pilot)
        await person.on("room")
        await person.press(*keys)
        await person.on(page)
        if page == "checkin":
            form = person.page.query_one(CheckinForm)
            await person.until(lambda: form.is_asking and form.has_focus_within, "the first field")
        await person.settled()

    return run


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
@pytest.mark.parametrize(
    ("keys", "page"),
    [((), "room"), (("2",), "objectives"), (("3",), "board"), (("4",), "checkin")],
    ids=["room", "objectives", "board", "checkin"],
)
def test_screen(snap_compare, demo, size, keys, page):
    app = seat.app_of(demo, PERSON, lambda: DAY)
    assert snap_compare(app, terminal_size=size, run_before=looking(*keys, page=page))


def test_help(snap_compare, demo):
    app = seat.app_of(demo, PERSON, lambda: DAY)
    assert snap_compare(app, terminal_size=(80, 24), run_before=looking("question_mark"))


def test_report(snap_compare, demo):
    """A team with a story, the cursor on its scores."""

    async def run(pilot: Pilot[int]) -> None:
        person = seat.Seat(pilot.app, pilot)
        await person.on("room")
        person.page.desk.where.team = "marketing"
        await person.press("8")
        await person.on("report")
        assert person.page.choose("Scores across cycles")
        await person.until(lambda: "0.7" in person.full and "1.00" in person.full)
        await person.settled()

    assert snap_compare(seat.app_of(demo, PERSON, lambda: DAY), terminal_size=(120, 36), run_before=run)
