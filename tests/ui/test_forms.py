"""What all forms share: fields that open and close, sentences beside them, and Enter all the way."""

from __future__ import annotations

import asyncio
import re

import pytest
from textual.app import App
from textual.widgets import Input

from screens.dialogs.field import Field
from screens.dialogs.form import FormDialog
from widgets.lines import KeyLine
from widgets.notes import NoteArea

FIELDS = (
    Field("name", "Name"),
    Field("kind", "Kind", "choice", choices=(("", "none yet"), ("up", "goes up"), ("down", "goes down"))),
    Field("unit", "Unit", only_for=lambda held: held["kind"] == "up"),
    Field("teams", "Teams", "several", choices=(("a", "Alpha"), ("b", "Beta"))),
    Field("why", "Why", "note"),
)


class Host(App[None]):
    """Asks with one form and keeps its answer."""

    def __init__(self, values=None, errors=None, check=None):
        super().__init__()
        self.form = FormDialog("A form", FIELDS, values or {}, errors or {}, check=check)
        self.answers = []

    def on_mount(self):
        self.push_screen(self.form, self.answers.append)


async def test_enter_goes_through_every_field_and_saves():
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "enter", "down", "enter", "h", "enter", "space", "enter")
        assert isinstance(host.form.focused, NoteArea)
        await pilot.press("o", "alt+enter", "k", "enter")
    assert host.answers == [{"name": "x", "kind": "up", "unit": "h", "teams": ["a"], "why": "o\nk"}]


async def test_a_choice_shows_one_line_until_it_has_the_focus():
    host = Host({"kind": "down"})
    async with host.run_test(size=(80, 24)) as pilot:
        kind = host.form.query_one("#in-kind")
        await pilot.pause()
        assert (kind.size.height, kind.scroll_offset.y) == (1, 2)
        await pilot.press("tab")
        assert kind.size.height == 3
        await pilot.press("g")
        assert kind.value == "up"


async def test_the_click_that_opens_a_choice_chooses_nothing():
    host = Host({"kind": "down"})
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        kind = host.form.query_one("#in-kind")
        await pilot.click(kind)
        assert (kind.has_focus, kind.value) == (True, "down")
        await pilot.click(kind, offset=(1, 1))
        assert kind.value == "up"
        await pilot.pause()
        assert not kind.has_focus


async def test_what_is_wrong_stays_beside_its_field_until_that_changes():
    host = Host(errors={"name": "Say a name.", "why": "Say why.", "": "All of it."})
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        said = {name: str(host.form.query_one(f"#wrong-{name}").content) for name in ("name", "why")}
        assert said == {"name": "Say a name.", "why": "Say why."}
        assert str(host.form.query_one("#whole").content) == "All of it."
        await pilot.press("x")
        assert str(host.form.query_one("#wrong-name").content) == ""
        assert str(host.form.query_one("#wrong-why").content) == "Say why."
        assert not host.form.query_one("#whole").display


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_the_field_with_the_focus_is_in_view_with_its_label(size):
    host = Host(errors=dict.fromkeys(("name", "teams", "why"), "This is wrong, and said beside it."))
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        for _ in range(4):
            field = host.form.focused.parent
            window = host.form.query_one("#form").region
            assert field.region.y >= window.y
            assert field.region.bottom <= window.bottom
            await pilot.press("tab")
            await pilot.pause()


async def test_esc_leaves_and_gives_nothing():
    host = Host()
    async with host.run_test() as pilot:
        await pilot.press("x", "escape")
    assert host.answers == [None]


async def test_a_prefilled_line_is_written_on_not_over():
    host = Host({"name": "Ana"})
    async with host.run_test() as pilot:
        await pilot.press("!")
        assert host.form.query_one("#in-name", Input).value == "Ana!"


async def test_prefilled_words_are_written_on_too():
    host = Host({"why": "Because\nit is"})
    async with host.run_test() as pilot:
        field = host.form.query_one("#in-why", NoteArea)
        field.focus()
        await pilot.press("!")
        assert field.text == "Because\nit is!"
        field.text = "So"
        await pilot.press("?")
        assert field.text == "So?"


async def test_what_comes_after_the_answer_finds_no_form_and_breaks_nothing():
    """Keys and messages that were on their way when it was answered, as a flood of them leaves some."""
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        late = Input.Changed(host.form.query_one("#in-name", Input), "y")
        host.form.action_leave()
        host.form.post_message(late)
        host.form.post_message(Input.Submitted(late.input, "y"))
        await pilot.pause()
        assert host.form.is_going
        for late_key in ("save", "leave", "take_theirs", "begin_again"):
            await host.run_action(late_key, host.form)
    assert host.answers == [None]


def drawn_by(seat, monkeypatch):
    """What is sent to the terminal from now on, a frame each."""
    drawn = []

    def display(screen, update):
        if screen is seat.app.screen and update is not None:
            drawn.append(update.render_segments(seat.app.console))

    monkeypatch.setattr(seat.app, "_display", display)
    return drawn


async def test_words_are_drawn_also_while_the_page_beneath_is(company, open_app, monkeypatch):
    """Textual forgets what waits to be drawn of the upper screen where the lower one has changed."""
    company.objective()
    async with open_app(company, "ana", size=(80, 24)) as ana:
        ana.app.action_go("objectives")
        await ana.on("objectives")
        await ana.press("c")
        form = await ana.dialog()
        await ana.pilot.pause()
        drawn = drawn_by(ana, monkeypatch)
        words = ana.field("body")
        words.text = "None of this is lost"
        form._update_timer.pause()
        while words not in form._dirty_widgets:  # noqa: ASYNC110  # its own loop says when
            await asyncio.sleep(0)
        ana.page._dirty_widgets.add(ana.things)
        ana.things._set_dirty()
        ana.page._on_timer_update()
        form._on_timer_update()
        assert "one of this is lost" in "".join(drawn)  # after the cursor


async def test_what_went_is_drawn_over_also_where_it_was_asked_meanwhile_how_things_stand(
    company, open_app, monkeypatch
):
    """Textual takes a layout that was worked out between two frames for one that was drawn."""
    company.objective()
    async with open_app(company, "ana", size=(80, 24)) as ana:
        ana.app.action_go("objectives")
        await ana.on("objectives")
        await ana.pilot.pause()
        drawn = drawn_by(ana, monkeypatch)
        compositor = ana.page._compositor
        ana.page.query_one(KeyLine).display = False
        compositor.update_widgets({ana.page.query_one("#textual-toastrack")})  # one that is not shown has to be drawn
        ana.page.find_widget(ana.things)
        ana.page._refresh_layout()
        assert re.search(r"\x1b\[24;\d+H", "".join(drawn))
