"""No call of the store runs on the event loop, whatever screen or form is used."""

from __future__ import annotations

import asyncio
import threading

import pytest

from okrtui.service import commitments, initiatives, invitations, priorities, threads, workshops
from okrtui.store import live
from okrtui.store.file import Store
from okrtui.store.gateway import Gateway
from okrtui.store.sqlite import Error
from screens.commands import COMMANDS, PAGES
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


@pytest.fixture
def busy(company):
    """A running quarter with something of everything: what is agreed, drafted, pushed back, promised and talked about."""
    kr = company.agreed()
    company.draft("O1")
    other = company.objective()
    invitations.push_back(company.as_("ana"), other, "sales", "does_not_apply", "No")
    company.running().at("2026-10-09")
    company.checked_in(kr)
    ana = company.as_("ana")
    work = initiatives.add(ana, {"title": "A rota for nights"}, team="sales", key_results=[kr])
    commitments.add(ana, {"kind": "stretch", "words": "I plan it", "about": work})
    priorities.add(ana, {"words": "Nights"}, team="sales")
    priorities.add_win(ana, "A quiet night", team="sales")
    threads.comment(company.as_("lea"), kr, "@ana who counts?")
    workshops.start(ana, team="sales")
    return company


async def tried(person, page, key):
    """Press a key of a page; type into what it opens, save it and leave it."""
    if page != person.page.PAGE:
        person.app.action_go(page)
        await person.on(page)
    await person.press(key)
    await person.settled()
    if isinstance(person.screen, FormDialog):
        await person.press("x", "y")
        await person.press("ctrl+s")
        await person.settled()
    while len(person.app.screen_stack) > 1 or person.page.in_field:
        await person.press("escape")
        await person.pilot.pause()
    await person.settled()


def keys_of(page):
    return [one.key for one in COMMANDS if one.page == page and one.keys]


@pytest.mark.parametrize("page", PAGES)
async def test_every_key_of_every_page_asks_its_own_threads(busy, open_app, on_the_loop, page):
    if page == "scoring":
        busy.scoring()
    for who in ("ana", "lea"):
        async with open_app(busy, who) as person:
            person.app.action_go(page)
            await person.on(page)
            for key in keys_of(page):
                await tried(person, page, key)
    assert on_the_loop == []


async def test_what_is_on_every_page_does_too(busy, open_app, on_the_loop):
    async with open_app(busy, "ana") as ana:
        for key in keys_of("everywhere"):
            if key not in {"q", "ctrl+q"}:
                await tried(ana, "room", key)
        await tried(ana, "room", "v")
        await tried(ana, "room", "enter")
    assert on_the_loop == []


async def test_what_only_the_palette_offers_does_too(busy, open_app, on_the_loop):
    async with open_app(busy, "lea") as lea:
        lea.app.action_choose_theme()
        await lea.dialog(Pick)
        await lea.press("enter")
        await lea.closed()
        for name in ("add_cycle", "advance_cycle", "add_team", "add_person"):
            await lea.page.run_action(name)
            await lea.until(lambda: len(lea.app.screen_stack) > 1 or lea.said, "a form or a refusal")
            while len(lea.app.screen_stack) > 1:
                await lea.press("escape")
                await lea.pilot.pause()
            await lea.settled()
    assert on_the_loop == []
