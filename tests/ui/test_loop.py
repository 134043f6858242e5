"""No call of the store runs on the event loop, whatever screen or form is used."""

from __future__ import annotations

import asyncio
import threading

import pytest

from okrtui.service import invitations
from okrtui.store import live
from okrtui.store.file import Store
from okrtui.store.gateway import Gateway
from okrtui.store.sqlite import Error
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Pick


async def test_a_file_is_not_opened_on_a_loop(company, path):
    with pytest.raises(RuntimeError, match="on an event loop"):
        Store.open(path)
    await asyncio.to_thread(lambda: Store.open(path).close())


async def test_the_gateways_store_serves_its_own_thread_alone(company, path):
    gateway = Gateway(path)
    await gateway.start()
    store = await gateway.read(lambda store: store)
    with pytest.raises(Error, match="thread"), store.reading():
        pass
    with pytest.raises(Error, match="thread"), store.writing():
        pass
    await gateway.close()


@pytest.fixture
def on_the_loop(company, monkeypatch):
    """What the application's stores were asked on the main thread, on which its loop runs; the test's own is left out."""
    found, all_calls = [], []

    def watch(owner, name, own):
        asked = getattr(owner, name)

        def ask(self, *args, **kwargs):
            if self is not own:
                all_calls.append(name)
                if threading.current_thread() is threading.main_thread():
                    found.append(f"{owner.__name__}.{name}")
            return asked(self, *args, **kwargs)

        monkeypatch.setattr(owner, name, ask)

    for name in ("reading", "writing", "look", "data_version"):
        watch(Store, name, company.store)
    for name in ("read", "write", "trouble"):
        watch(live.Live, name, company.store.live)
    yield found
    assert all_calls, "nothing was asked at all"


async def through(person, page, *keys):
    """Open what each key opens, type into it, save it or leave it."""
    person.app.action_go(page)
    await person.on(page)
    for key in keys:
        await person.press(key)
        await person.settled()
        if isinstance(person.screen, FormDialog):
            await person.press("x", "y")
            await person.press("ctrl+s")
            await person.settled()
        while len(person.app.screen_stack) > 1:
            await person.press("escape")
            await person.pilot.pause()
        await person.settled()


async def test_every_screen_and_form_asks_its_own_threads(company, open_app, on_the_loop):
    kr = company.agreed()
    company.draft("O1")
    other = company.objective()
    invitations.push_back(company.as_("ana"), other, "sales", "does_not_apply", "No")
    company.running().at("2026-10-09")
    company.checked_in(kr)
    async with open_app(company, "ana") as ana:
        await through(ana, "room", "down", "v", "a", "v", "u", "right_square_bracket")
        await through(ana, "objectives", "down", "A", "b", "c", "s")
        await through(ana, "board", "a", "e", "p", "z", "c", "down", "o", "G")
        await through(ana, "checkin", "enter", "5", "ctrl+s", "escape", "down")
        await through(ana, "room", "T", "Y", "question_mark", "ctrl+p", "f3", "f1")
        ana.app.action_choose_theme()
        await ana.dialog(Pick)
        await ana.press("enter")
        await ana.closed()
    async with open_app(company, "lea") as lea:
        await through(lea, "objectives", "a", "e", "p", "i", "r")
        await through(lea, "board", "g", "x", "d")
        await through(lea, "room")
        for name in ("add_cycle", "advance_cycle", "add_team", "add_person"):
            await lea.page.run_action(name)
            await lea.until(lambda: len(lea.app.screen_stack) > 1 or lea.said, "a form or a refusal")
            while len(lea.app.screen_stack) > 1:
                await lea.press("escape")
                await lea.pilot.pause()
            await lea.settled()
    assert on_the_loop == []
