"""Keys that come faster than what they open: each is taken where it was meant, and none is lost."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.widgets import Label

from okrtui.service import cycles, drafts, show
from okrtui.terminal import turns
from okrtui.terminal.intake import FLOOD, Flood, Intake
from screens.dialogs.form import FormDialog
from screens.dialogs.help import Help

FALLS = "Median first answer falls by half"


def comes(seat, *reads):
    """What a terminal sends, each of them in one read, at once: nothing is waited for in between."""
    intake = Intake()
    for read in reads:
        for message in intake.feed(read.encode()):
            seat.app.post_message(message)


def one_by_one(seat, text):
    """Keys, each in a read of its own, at once."""
    comes(seat, *text)


@pytest.fixture(params=[comes, one_by_one], ids=["at-once", "one-by-one"])
def types(request):
    """How words come from a terminal: in one read, as from a line that stalled, or a key each."""
    return request.param


async def test_what_is_typed_after_the_key_that_opens_a_form_stands_in_the_form(company, open_app, types):
    company.accepted()
    async with open_app(company, "ana") as ana:
        await ana.press("3")
        await ana.on("board")
        types(ana, f"a{FALLS}")
        await ana.dialog()
        await ana.until(lambda: ana.field("statement").value == FALLS, "the words")
        assert ana.said == []


async def test_what_is_typed_while_a_page_comes_stands_in_the_form_of_that_page(company, open_app, types):
    company.accepted()
    async with open_app(company, "ana") as ana:
        types(ana, f"3a{FALLS}")
        await ana.dialog()
        await ana.until(lambda: ana.field("statement").value == FALLS, "the words")
        assert ana.page.PAGE == "board"


async def test_what_is_typed_after_the_key_of_the_next_step_stands_in_its_form(company, open_app, types):
    company.objective()
    async with open_app(company, "ana") as ana:
        types(ana, "]We answer from one queue")
        await ana.dialog()
        await ana.until(lambda: ana.field("straight_line").text == "We answer from one queue", "the words")


async def test_words_wait_for_a_form_that_is_slow_to_come(company, open_app, types):
    kr = company.draft()
    async with open_app(company, "ana") as ana:
        await ana.press("3")
        await ana.on("board")
        answers, aside = asyncio.Event(), ana.app.desk.aside

        async def slowly(use_case):
            await answers.wait()
            return await aside(use_case)

        ana.app.desk.aside = slowly
        types(ana, "ap>zd")
        await ana.until(lambda: ana.app._turns._held, "keys that wait")
        answers.set()
        await ana.dialog()
        await ana.until(lambda: ana.field("statement").value == "p>zd", "the words")
        assert ana.said == []
    assert show.key_result(company.as_("ana"), kr).card.state == "draft"


async def test_words_wait_for_a_form_that_is_there_and_not_ready(company, open_app, types, monkeypatch):
    """What its terminal shows may be answered before its first field has the focus."""
    company.accepted()
    begins, ready = FormDialog.on_mount, asyncio.Event()

    async def slowly(form):
        await ready.wait()
        begins(form)

    monkeypatch.setattr(FormDialog, "on_mount", slowly)
    async with open_app(company, "ana") as ana:
        ana.app.action_go("board")
        await ana.on("board")
        comes(ana, "a")
        while not isinstance(ana.app.screen, FormDialog):  # noqa: ASYNC110  # the pilot would wait for it to be ready
            await asyncio.sleep(turns.LOOK_SECONDS)
        types(ana, FALLS)
        await asyncio.sleep(5 * turns.LOOK_SECONDS)
        ready.set()
        await ana.dialog()
        await ana.until(lambda: ana.field("statement").value == FALLS, "the words")


async def test_each_words_stand_in_their_own_field(company, open_app, types):
    async with open_app(company, "lea") as lea:
        await lea.press("2")
        await lea.on("objectives")
        types(lea, "aBuyers hear from us\rWe lose deals to silence\r")
        await lea.dialog()
        await lea.until(lambda: lea.field("why").text == "We lose deals to silence", "the second field")
        assert lea.field("title").value == "Buyers hear from us"


async def test_the_form_that_comes_after_a_save_takes_what_is_typed(company, open_app, types):
    company.accepted()
    async with open_app(company, "ana") as ana:
        await ana.press("3")
        await ana.on("board")
        types(ana, "aCalls returned\x13aCalls answered\x13")
        await ana.until(lambda: ana.refs == ["KR1", "KR2"], "both ideas")
        await ana.closed()
    assert [show.key_result(company.as_("ana"), ref).card.statement for ref in ("KR1", "KR2")] == [
        "Calls returned",
        "Calls answered",
    ]


async def test_two_key_results_are_checked_in_without_waiting_for_the_first_to_be_saved(company, open_app, types):
    first = company.agreed()
    second = company.agreed(show.key_result(company.as_("ana"), first).card.objective)
    cycles.advance(company.operator, "2026-Q4")
    company.at("2026-11-26")
    async with open_app(company, "ana") as ana:
        types(ana, "4")
        types(ana, "19\r7\rNights\r\r\r12\r8\rDays\r\r\r")
        await ana.until(lambda: show.key_result(company.as_("ana"), second).checkins, "the second")
    said = [show.key_result(company.as_("ana"), ref).checkins[-1] for ref in (first, second)]
    assert [(one.value, one.confidence, one.context, one.next) for one in said] == [
        (19, 7, "Nights", ""),
        (12, 8, "Days", ""),
    ]


async def test_the_keys_of_a_line_that_stalled_move_the_cursor(company, open_app):
    objective = company.accepted()
    for _ in range(6):
        company.draft(objective)
    async with open_app(company, "ana") as ana:
        await ana.press("3")
        await ana.on("board")
        assert ana.page.chosen() == "KR1"
        comes(ana, "jjjjkjjkj")
        await ana.until(lambda: ana.page.chosen() == "KR6", "the sixth")


@pytest.mark.parametrize("text", [f"{FALLS} p" * 20, "gqdq gqdq", "jjMpq"])
async def test_what_is_pasted_into_no_field_presses_nothing(company, open_app, text):
    kr = company.draft()
    async with open_app(company, "ana") as ana:
        await ana.press("3")
        await ana.on("board")
        comes(ana, text + " " * FLOOD, "?")
        await ana.until(lambda: isinstance(ana.app.screen, Help), "the help that was asked for after it")
    assert show.key_result(company.as_("ana"), kr).card.state == "draft"


async def test_leaving_waits_for_the_words_and_pressed_again_for_nothing(company, open_app):
    company.accepted()
    async with open_app(company, "ana") as ana:
        await ana.press("3")
        await ana.on("board")
        comes(ana, f"a{FALLS}\x11")
        await ana.until(lambda: ana.app._exit, "the end")
    (kept,) = drafts.waiting(company.as_("ana"))
    assert kept.typed["statement"] == FALLS
    async with open_app(company, "ana") as ana:
        answers, aside = asyncio.Event(), ana.app.desk.aside

        async def hangs(use_case):
            await answers.wait()
            return await aside(use_case)

        await ana.press("3")
        await ana.on("board")
        ana.app.desk.aside = hangs
        comes(ana, "a", "\x11", "\x11")
        await ana.until(lambda: ana.app._exit, "the end")
        answers.set()


async def test_a_part_that_is_behind_is_asked_once_whether_it_is_done(company, open_app):
    """Asked every time anew, a server that is behind would have the more to do the longer it takes."""
    async with open_app(company, "ana") as ana:
        goes_on, told = asyncio.Event(), []
        behind = Label()
        await ana.page.mount(behind)
        tell, behind.call_later = behind.call_later, lambda call: told.append(call) or tell(call)
        tell(goes_on.wait)
        asked = {}
        for _ in range(4):
            await turns._done(behind, asked)
        goes_on.set()
        await asked[behind].wait()
        assert len(told) == 1
        await turns._done(behind, asked)
        assert len(told) == 2


async def test_the_program_goes_on_while_a_key_waits_for_what_is_being_taken_down(company, open_app, monkeypatch):
    """A part that is closing takes no word any more, and what waits for it is never done."""
    monkeypatch.setattr(turns, "LONGEST_SECONDS", 0.3)
    company.accepted()
    async with open_app(company, "ana") as ana:
        closing = Label()
        await ana.page.mount(closing)
        await closing._close_messages()
        assert not closing.call_later(print)
        monkeypatch.setattr(turns, "_is_idle", lambda _, **__: False)
        monkeypatch.setattr(ana.app._turns, "_way", lambda: iter([closing]))
        settled = asyncio.create_task(ana.app._turns._settled())
        rounds = 0
        while not settled.done():
            await asyncio.sleep(0)
            rounds += 1
        assert rounds > 10


async def test_what_still_waits_when_the_program_has_ended_is_nobodys(company, open_app):
    async with open_app(company, "ana") as ana:
        pass
    ana.app._turns._held.append(Flood([events.Key("j", "j")]))
    await ana.app._turns._give()
    assert not ana.app._turns._held


async def test_no_key_waits_for_ever(company, open_app, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_SECONDS", 0.3)
    company.accepted()
    async with open_app(company, "ana") as ana:
        answers, aside = asyncio.Event(), ana.app.desk.aside

        async def hangs(use_case):
            await answers.wait()
            return await aside(use_case)

        await ana.press("3")
        await ana.on("board")
        ana.app.desk.aside = hangs
        comes(ana, "a", "?")
        await ana.until(lambda: isinstance(ana.app.screen, Help), "the help")
        answers.set()
        await ana.dialog()
