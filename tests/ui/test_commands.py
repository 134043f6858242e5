"""The one table of commands: no key twice, every act there, and every key in reach of what has the focus."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.widgets import Input, TextArea

from screens.commands import COMMANDS, PAGES, bindings_of, by_id, of_page
from screens.dialogs.help import Help
from widgets.listing import Listing
from widgets.numbers import NumberList
from widgets.reading import Reading

# What a list, or a text that is read, does itself with the keys that move; Enter on a list is heard by its page.
OWN = {
    Listing: {"cursor_down", "cursor_up", "select"},
    Reading: {"scroll_down", "scroll_up"},
    NumberList: {f"number({number})" for number in range(10)},
}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_two_acts_on_one_key(page):
    keys = Counter(key for binding in bindings_of(page) for key in binding.key.split(","))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_hides_a_key_of_everywhere(page):
    shown = {command.id for command in of_page(page)}
    everywhere = {command.id for command in COMMANDS if command.page == "everywhere" and command.keys}
    hidden = everywhere - shown
    own = {"cursor_down", "cursor_up", "search"}  # what a page may do in its own way: the tree filters
    assert all(by_id(name).action in own for name in hidden), hidden


def test_ids_are_unique():
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("page", PAGES)
async def test_every_act_is_there(page, company, open_app):
    async with open_app(company, "ana") as ana:
        ana.app.action_go(page)
        await ana.on(page)
        for command in of_page(page):
            name = command.action.partition("(")[0]
            holder = ana.app if name.startswith("app.") else ana.page
            method = getattr(holder, f"action_{name.removeprefix('app.')}", None)
            assert callable(method), command.id


@pytest.mark.parametrize("page", PAGES)
async def test_no_key_is_unreachable_from_what_has_the_focus(page, company, open_app):
    company.agreed()
    async with open_app(company, "ana", size=(120, 36)) as ana:
        ana.app.action_go(page)
        await ana.on(page)
        for widget in ana.page.focus_chain:
            in_field = isinstance(widget, Input | TextArea)
            ana.page.set_focus(widget)
            await ana.pilot.pause()
            active = ana.page.active_bindings
            for command in of_page(page):
                if in_field and not command.in_fields:
                    continue
                for key in filter(None, command.keys.split(",")):
                    action = active[key].binding.action
                    own = {act for kind, acts in OWN.items() if isinstance(widget, kind) for act in acts}
                    reached = {action, action.removeprefix("app.")} & {
                        command.action,
                        command.action.removeprefix("app."),
                    }
                    assert reached or action in own, (page, widget, key, action)


async def test_digits_and_letters_are_text_in_a_form(company, open_app):
    company.accepted()
    async with open_app(company, "ana") as ana:
        await ana.press("3")
        await ana.on("board")
        await ana.press("a")
        await ana.dialog()
        await ana.write("1q?T]2")
        assert ana.field("statement").value == "1q?T]2"
        assert ana.page.PAGE == "board"
        await ana.press("escape")
        await ana.closed()


async def test_function_keys_go_to_the_pages(company, open_app):
    async with open_app(company, "ana") as ana:
        for key, page in (("f2", "objectives"), ("f3", "board"), ("f4", "checkin"), ("f8", "report"), ("f1", "room")):
            await ana.press(key)
            await ana.on(page)


@pytest.mark.parametrize("page", PAGES)
async def test_help_tells_every_key_of_the_page(page, company, open_app):
    async with open_app(company, "ana", size=(120, 90)) as ana:
        ana.app.action_go(page)
        await ana.on(page)
        ana.page.set_focus(ana.page.focus_chain[0])
        ana.app.action_help()
        await ana.until(lambda: isinstance(ana.screen, Help))
        await ana.until(lambda: f"Keys of {PAGES[page][0]}" in ana.picture())
        assert all(command.help in ana.picture() for command in of_page(page) if command.keys)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
async def test_help_is_always_in_the_last_line(width, company, open_app):
    company.draft()
    async with open_app(company, "lea", size=(width, 24)) as lea:
        for page in PAGES:
            lea.app.action_go(page)
            await lea.on(page)
            await lea.until(lambda: lea.keys.rstrip().endswith("? help"))
            assert len(lea.keys) <= width


async def test_the_app_has_a_mode_for_every_page(company, open_app):
    async with open_app(company, "ana") as ana:
        assert set(ana.app._modes) == set(PAGES)
