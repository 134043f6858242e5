"""The Report screen: sections by keys, another team and cycle, news, and a long reading that can be stopped."""

from __future__ import annotations

from datetime import date
from threading import Event

import pytest
from made import Made
from seat import PATIENCE

from okrtui.core.signals import DEFINITIONS
from okrtui.report import history, sections
from okrtui.service import invitations
from screens.dialogs.pick import Pick

OLDER = (("2026-Q1", date(2026, 1, 5)), ("2026-Q2", date(2026, 4, 6)), ("2026-Q3", date(2026, 7, 6)))


@pytest.fixture
def lived_in(company):
    """Sales with an agreed key result, a running quarter, and three closed ones in which it had scores."""
    company.agreed()
    with company.store.writing() as connection:
        made = Made(connection)
        for place, (name, starts) in enumerate(OLDER):
            cycle = made.cycle(name, starts)
            made.scored(made.key_result(cycle, 2), 5 + place, 4 + place, 4 + place)
            made.put(
                "learning",
                objective_id=made.asked(cycle, 2),
                words=f"Learnt in {name}",
                author_id=1,
                at="2026-01-01T00:00:00Z",
            )
    return company.running().at("2026-10-09")


async def on_report(person):
    await person.press("8")
    await person.on("report")
    return person


async def chosen(person, title):
    assert person.page.choose(title), person.refs
    await person.until(lambda: str(person.page.reading.border_title) == title)
    await person.settled()
    return person.full


async def test_every_signal_with_its_numbers_and_its_question(lived_in, open_app):
    async with open_app(lived_in, "ana") as ana:
        await on_report(ana)
        assert ana.refs[: len(DEFINITIONS)] == [one.name for one in DEFINITIONS]
        for one in DEFINITIONS:
            full = await chosen(ana, one.name)
            assert one.counts in full
            assert one.question in full
            assert all(name in full for name in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"))
        assert "0.10 apart over 1 key result, the team higher by 0.10" in await chosen(
            ana, "Gap between the two scores"
        )


async def test_scores_across_cycles_as_bars(lived_in, open_app):
    async with open_app(lived_in, "ana", size=(80, 24)) as ana:
        await on_report(ana)
        full = await chosen(ana, "Scores across cycles")
        bars = [line.count("█") for line in full.splitlines() if line.startswith("2026-")]
        assert bars == [6, 8, 9, 0]
        assert "0.40  1 objective" in full
        assert "nothing agreed" in full


async def test_by_keys_alone_at_the_smallest_size(lived_in, open_app):
    async with open_app(lived_in, "ana", size=(80, 24)) as ana:
        await on_report(ana)
        await ana.press("j", "enter")
        await ana.until(lambda: ana.page.focused is ana.page.reading)
        assert ana.page.has_class("-reading")
        await ana.press("escape")
        await ana.until(lambda: ana.page.focused is ana.things)
        assert ana.page.chosen() == "Pushbacks"


async def test_learnt_and_how_to_take_it_along(lived_in, open_app):
    async with open_app(lived_in, "ana") as ana:
        await on_report(ana)
        assert "Learnt in 2026-Q2" in await chosen(ana, "Learnt in 2026-Q2")
        assert "Nothing was written down" in await chosen(ana, "Learnt in 2026-Q4")
        full = await chosen(ana, "As a file")
        assert "okrtui report --team sales --cycle 2026-Q4 --format html -o report.html" in " ".join(full.split())
        assert "No file is written from here" in full


async def test_minutes_of_a_workshop(lived_in, open_app):
    with lived_in.store.writing() as connection:
        made = Made(connection)
        (cycle,) = connection.execute("SELECT id FROM cycle WHERE name = '2026-Q4'").fetchone()
        workshop = made.put("workshop", team_id=2, cycle_id=cycle, state="closed", at="2026-10-05T09:00:00Z")
        made.put(
            "workshop_sitting", workshop_id=workshop, starts_at="2026-10-05T09:00:00Z", ends_at="2026-10-05T10:35:00Z"
        )
        for prompt, body in (("day_to_day", "One [queue]"), ("measure", "The median")):
            made.put(
                "workshop_note", workshop_id=workshop, prompt=prompt, body=body, author_id=1, at="2026-10-05T09:30:00Z"
            )
    async with open_app(lived_in, "ana") as ana:
        await on_report(ana)
        full = await chosen(ana, "Minutes of Sales, 2026-10-05")
        assert "95 minutes in 1 sitting, 0 people, 0 ideas" in full
        assert full.index("day-to-day?") < full.index("One [queue]") < full.index("to know it is happening?")


async def test_another_team_and_another_cycle(lived_in, open_app):
    async with open_app(lived_in, "ana") as ana:
        await on_report(ana)
        await ana.press("T")
        await ana.dialog(Pick)
        await ana.write("acme")
        await ana.press("enter")
        await ana.closed()
        assert str(ana.things.border_title) == "Report of Acme and below"
        await ana.press("Y")
        await ana.dialog(Pick)
        await ana.write("2026-Q2")
        await ana.press("enter")
        await ana.closed()
        assert "Signals, 2026-Q1 to 2026-Q2" in ana.listed


async def test_more_and_fewer_cycles(lived_in, open_app):
    async with open_app(lived_in, "ana") as ana:
        await on_report(ana)
        await ana.press("minus")
        await ana.until(lambda: "Signals, 2026-Q4\n" in ana.listed)
        await ana.press("minus", "plus")
        await ana.until(lambda: "Signals, 2026-Q1 to 2026-Q4" in ana.listed)


async def test_what_others_do_shows_by_itself(lived_in, open_app):
    async with open_app(lived_in, "ana") as ana:
        await on_report(ana)
        assert "none raised on 1 invitation" in await chosen(ana, "Pushbacks")
        invitations.push_back(lived_in.as_("ben"), "O1", "sales", "cannot_measure", "Nights are not in the log")
        await ana.until(lambda: "1 raised on 1 invitation" in ana.full)


async def test_a_cycle_that_is_closed_is_counted_once(lived_in, open_app, monkeypatch):
    counted = []
    count = history.count
    monkeypatch.setattr(
        history, "count", lambda view, of, cycle: (counted.append(cycle.name), count(view, of, cycle))[1]
    )
    async with open_app(lived_in, "ana") as ana:
        await on_report(ana)
        invitations.push_back(lived_in.as_("ben"), "O1", "sales", "cannot_measure", "No")
        await ana.until(lambda: counted.count("2026-Q4") > 1)
        await ana.settled()
        assert {name: counted.count(name) for name, _ in OLDER} == {name: 1 for name, _ in OLDER}


async def test_a_long_reading_shows_how_far_it_is_and_can_be_stopped(lived_in, open_app, monkeypatch):
    going_on, count = Event(), history.count

    def slow(view, of, cycle):
        if cycle.name == "2026-Q2":
            assert going_on.wait(PATIENCE)
        return count(view, of, cycle)

    monkeypatch.setattr(history, "count", slow)
    monkeypatch.setattr(sections, "AT_ONCE_SECONDS", -1.0)
    async with open_app(lived_in, "ana") as ana:
        await ana.press("8")
        await ana.until(lambda: "read 2 of 4 cycles · Esc stops" in str(ana.things.border_subtitle))
        assert ana.page.choose("Gap between the two scores")
        await ana.press("escape")
        going_on.set()
        await ana.settled()
        assert "read 2 of 4 cycles · stopped, r reads on" in str(ana.things.border_subtitle)
        assert "Signals, 2026-Q3 to 2026-Q4" in ana.listed or "2026-Q1" not in ana.full
        await ana.press("r")
        await ana.until(lambda: str(ana.things.border_subtitle) == "")
        await ana.settled()
        assert ana.page.chosen() == "Gap between the two scores"
        await ana.until(lambda: "2026-Q1  0.10 apart" in ana.full)


async def test_without_a_cycle_it_says_so(empty, open_app):
    async with open_app(empty, "olga") as olga:
        await on_report(olga)
        assert "There is no cycle yet." in olga.listed


async def test_a_comment_asks_for_a_thing_to_comment_on(lived_in, open_app):
    async with open_app(lived_in, "ana") as ana:
        await on_report(ana)
        await ana.press("c")
        await ana.until(lambda: any("Choose an objective, a key result" in said for said in ana.said))
