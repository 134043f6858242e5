"""The weekly form: every kind of key result, what was typed, and what somebody else says meanwhile."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from okrtui.service import checkins, drafts, show
from okrtui.service.cycles import advance
from screens.page import Go
from widgets.checkin_form import CheckinForm
from widgets.notes import NoteArea
from widgets.ticks import TickList


@pytest.fixture
def week(company):
    """Thursday of week 9 of a running quarter."""
    return company


def started(company, *refs):
    advance(company.operator, "2026-Q4")
    company.at("2026-11-26")
    return refs


async def opened(ana):
    await ana.press("4")
    await ana.on("checkin")
    await ana.until(
        lambda: ana.page.query_one(CheckinForm).is_asking and ana.page.query_one(CheckinForm).has_focus_within,
        "the first field",
    )


def part(ana, name):
    return str(ana.page.query_one(f"#{name}").content)


async def test_enter_goes_from_field_to_field_and_saves(week, open_app):
    kr = week.agreed()
    started(week)
    async with open_app(week, "ana") as ana:
        await opened(ana)
        await ana.press("1", "9", "enter", "plus", "enter")
        await ana.write("Nights")
        await ana.press("enter")
        await ana.write("No on-call")
        await ana.press("enter")
        await ana.write("Hire")
        await ana.press("enter")
        await ana.until(lambda: show.key_result(week.as_("ana"), kr).checkins, "the check-in")
        await ana.until(lambda: "as your team reads it" in part(ana, "said"), "the end")
    (said,) = show.key_result(week.as_("ana"), kr).checkins
    assert (said.value, said.confidence, said.context, said.blocker, said.next) == (
        19,
        10,
        "Nights",
        "No on-call",
        "Hire",
    )


async def test_last_weeks_numbers_are_there_already(week, open_app):
    kr = week.agreed()
    started(week)
    week.at("2026-11-19").checked_in(kr, 20, 6, "Weekends covered")
    week.at("2026-11-26")
    async with open_app(week, "ana") as ana:
        await opened(ana)
        assert ana.page.query_one("#value", Input).value == "20"
        assert ana.page.query_one("#confidence", Input).value == "6"
        assert ana.page.query_one("#context", NoteArea).text == ""
        assert "Weekends covered" in part(ana, "before")
        await ana.press("ctrl+s")
        await ana.until(lambda: len(show.key_result(week.as_("ana"), kr).checkins) == 2, "the check-in")


async def test_a_milestone_ticks_its_steps(week, open_app):
    kr = week.agreed(
        kind="milestone", baseline=None, target=None, unit="", steps=[{"name": "[b]One[/b]"}, {"name": "Two"}]
    )
    started(week)
    async with open_app(week, "ana") as ana:
        await opened(ana)
        ticks = ana.page.query_one(TickList)
        assert ticks.has_focus
        await ana.press("down", "space", "up", "space", "space")
        assert ticks.ticked == ["Two"]
        await ana.press("enter", "8", "ctrl+s")
        await ana.until(lambda: show.key_result(week.as_("ana"), kr).checkins, "the check-in")
    page = show.key_result(week.as_("ana"), kr)
    assert page.checkins[0].steps == ("Two",)
    assert page.card.progress == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("value", "confidence", "field", "sentence"),
    [
        ("many", "5", "value", "takes a number"),
        ("", "5", "value", "Give the value"),
        ("3", "", "confidence", "takes a whole number"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field(week, open_app, value, confidence, field, sentence):
    kr = week.agreed()
    started(week)
    async with open_app(week, "ana", size=(80, 24)) as ana:
        await opened(ana)
        await ana.put(value)
        ana.page.query_one("#confidence", Input).value = confidence
        ana.page.query_one("#context", NoteArea).text = "Kept [b]as typed[/b]"
        await ana.press("ctrl+s")
        await ana.until(lambda: sentence in part(ana, f"wrong-{field}"), "the sentence")
        assert ana.page.query_one(CheckinForm).values["context"] == "Kept [b]as typed[/b]"
    assert not show.key_result(week.as_("ana"), kr).checkins


async def test_what_was_typed_waits_while_another_is_shown(week, open_app):
    objective = week.accepted()
    first, second = week.agreed(objective), week.agreed(objective, statement="Another")
    started(week)
    async with open_app(week, "ana") as ana:
        await opened(ana)
        await ana.press("1", "1", "escape", "down")
        await ana.until(lambda: ana.page.chosen() == second, "the second")
        await ana.press("up")
        await ana.until(lambda: ana.page.chosen() == first, "the first")
        assert ana.page.query_one("#value", Input).value == "11"
        assert "What you typed before" in part(ana, "wrong-whole")


async def test_digits_are_text_in_a_field_and_f_keys_still_work(week, open_app):
    week.agreed()
    started(week)
    async with open_app(week, "ana") as ana:
        await opened(ana)
        await ana.press("1", "2", "3")
        assert ana.page.PAGE == "checkin"
        assert ana.page.query_one("#value", Input).value == "123"
        await ana.press("f1")
        await ana.on("room")
        await ana.press("f4")
        await ana.on("checkin")
        assert ana.page.query_one("#value", Input).value == "123"


async def test_words_of_another_never_touch_what_is_typed(week, open_app):
    kr = week.agreed()
    started(week)
    async with open_app(week, "ana") as ana:
        await opened(ana)
        await ana.press("2", "1", "enter", "enter")
        await ana.write("Mine")
        fields = {"value": 15, "confidence": 3, "context": "Theirs", "blocker": "A blocker"}
        checkins.check_in(week.as_("ben"), kr, fields)
        await ana.until(lambda: "ben wrote: Theirs" in part(ana, "wrong-context"), "their words")
        form = ana.page.query_one(CheckinForm)
        assert form.values["context"] == "Mine"
        assert form.values["value"] == "21"
        assert form.values["confidence"] == "3"
        assert form.values["blocker"] == "A blocker"
        await ana.press("ctrl+s")
        await ana.until(lambda: "keeps yours" in part(ana, "wrong-whole"), "the conflict")
        await ana.press("ctrl+s")
        await ana.until(lambda: "as your team reads it" in part(ana, "said"), "the end")
    (said,) = show.key_result(week.as_("ana"), kr).checkins
    assert (said.value, said.confidence, said.context, said.blocker) == (21, 3, "Mine", "A blocker")


async def test_leadership_reads_and_is_told_why_not_to_write(week, open_app):
    kr = week.agreed()
    started(week)
    async with open_app(week, "lea") as lea:
        lea.page.post_message(Go("checkin", kr))
        await lea.on("checkin")
        await lea.until(lambda: "Check-ins are the team's" in part(lea, "told"), "the refusal")
        await lea.press("enter")
        assert not lea.page.in_field


async def test_with_nothing_due_it_says_so(week, open_app):
    async with open_app(week, "ben", size=(80, 24)) as ben:
        await ben.press("4")
        await ben.on("checkin")
        await ben.until(lambda: "Nothing is due" in part(ben, "said"), "the words")
        await ben.press("enter")
        await ben.until(lambda: any("Nothing is due" in sentence for sentence in ben.said), "the sentence")


async def test_words_are_kept_while_they_are_typed_and_offered_again(week, open_app):
    kr = week.agreed()
    started(week)
    form = f"Check in {kr}, week 9"
    async with open_app(week, "ana") as ana:
        await opened(ana)
        await ana.press("2", "1", "enter", "enter")
        await ana.write("Nights")
        await ana.until(lambda: drafts.find(week.as_("ana"), form).typed == {"value": "21", "context": "Nights"})
    async with open_app(week, "ana") as ana:
        await opened(ana)
        values = ana.page.query_one(CheckinForm).values
        assert (values["value"], values["confidence"], values["context"]) == ("21", "5", "Nights")
        assert "What you typed before" in part(ana, "wrong-whole")
        await ana.press("ctrl+s")
        await ana.until(lambda: "as your team reads it" in part(ana, "said"), "the end")
    assert drafts.waiting(week.as_("ana")) == []
    (said,) = show.key_result(week.as_("ana"), kr).checkins
    assert (said.value, said.context) == (21, "Nights")


async def test_mine_theirs_and_before_stand_beside_the_field_and_theirs_can_be_taken(week, open_app):
    kr = week.agreed()
    started(week)
    async with open_app(week, "ana", size=(80, 24)) as ana:
        await opened(ana)
        await ana.press("2", "1")
        checkins.check_in(week.as_("ben"), kr, {"value": 15.125, "confidence": 3, "context": "Theirs"})
        await ana.until(
            lambda: "ben wrote: 15.125 · before: nothing · yours: 21" in part(ana, "wrong-value"), "all three"
        )
        await ana.press("ctrl+t")
        await ana.until(lambda: ana.page.query_one("#value", Input).value == "15.125", "theirs")
        assert part(ana, "wrong-value") == ""
        await ana.press("enter", "enter")
        area = ana.page.query_one("#context", NoteArea)
        area.text = "Theirs and mine"
        await ana.press("ctrl+s")
        await ana.until(lambda: "as your team reads it" in part(ana, "said"), "the end")
    (said,) = show.key_result(week.as_("ana"), kr).checkins
    assert (said.value, said.confidence, said.context) == (15.125, 3, "Theirs and mine")


async def test_a_draft_of_before_another_s_check_in_shows_what_both_changed(week, open_app):
    kr = week.agreed()
    started(week)
    form = f"Check in {kr}, week 9"
    drafts.keep(week.as_("ana"), form, {"context": "Mine", "next": "Hire"}, {"context": "", "next": ""})
    checkins.check_in(week.as_("ben"), kr, {"value": 15, "confidence": 3, "context": "Theirs"})
    async with open_app(week, "ana") as ana:
        ana.page.post_message(Go("checkin", kr))
        await ana.on("checkin")
        await ana.until(lambda: "ben wrote: Theirs" in part(ana, "wrong-context"), "both")
        values = ana.page.query_one(CheckinForm).values
        assert (values["value"], values["context"], values["next"]) == ("15", "Mine", "Hire")


async def test_beginning_again_forgets_what_was_typed(week, open_app):
    week.agreed()
    started(week)
    async with open_app(week, "ana") as ana:
        await opened(ana)
        await ana.press("2", "1")
        await ana.until(lambda: drafts.waiting(week.as_("ana")), "the draft")
        await ana.press("ctrl+r")
        await ana.until(lambda: not drafts.waiting(week.as_("ana")), "its end")
        assert ana.page.query_one("#value", Input).value == ""


async def test_who_else_checks_it_in_is_said(week, open_app):
    kr = week.agreed()
    started(week)
    async with open_app(week, "ana") as ana, open_app(week, "ben") as ben:
        await opened(ana)
        ben.page.post_message(Go("checkin", kr))
        await ben.on("checkin")
        await ben.press("enter")
        await ana.until(lambda: "ben is in this form too" in part(ana, "wrong-others"), "ben")


async def test_the_next_one_is_shown_from_the_top(week, open_app):
    """Wherever the last one was left, and however little there is room for."""
    first, second = week.agreed(), week.agreed()
    started(week, first, second)
    async with open_app(week, "ana", size=(80, 18)) as ana:
        await opened(ana)
        sheet = ana.page.query_one("#sheet")
        await ana.press("1", "9", "enter", "7", "enter", "enter", "enter")
        await ana.until(lambda: sheet.scroll_offset.y > 0, "the last field")
        await ana.press("enter")
        await ana.until(lambda: second in part(ana, "about") and ana.screen.focused.id == "value", "the next one")
        await ana.until(lambda: sheet.scroll_offset.y == 0, "the top")
        assert ana.screen.can_view_entire(ana.screen.focused)
    async with open_app(week, "ana", size=(80, 10)) as ana:
        await opened(ana)
        await ana.until(lambda: ana.screen.can_view_entire(ana.screen.focused), "the first field")
        assert ana.page.query_one("#sheet").scroll_offset.y > 0
