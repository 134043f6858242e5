"""Every hostile text through every field and every page: nothing breaks, runs or reaches the terminal as it is."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from rich.cells import cell_len
from terminal import Terminal, command
from textual.command import CommandPalette
from textual.events import Paste
from textual.widgets import Input, TextArea

from okrtui.core.errors import OkrtuiError
from okrtui.service import checkins, invitations, key_results, objectives, setup, threads
from screens.dialogs.form import FormDialog
from screens.dialogs.help import Help
from screens.dialogs.pick import Pick

OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)

TEXTS = {
    "markup": "[b]bold[/b] [red]r[/] $text {x} :smile:",
    "click": "[@click=app.quit]click[/] [@click='app.bell']b[/]",
    "closing": "[/x] [/] [/b] [",
    "percent": "[50%] 100% %s %(x)s",
    "escapes": "\x1b[31mred\x1b[0m\x1b[2J\x1b[9;9H\x1bc",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07\x1b]0;title\x1b\\",
    "c1": "\x9b31m\x9d52;c;cm0=\x9c\x85\x90q\x9c",
    "bidi": "\u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c",
    "tags": "\U000e0041\U000e0042 tags \U000e007f",
    "wide": "日本語テキスト 한국어 ＡＢＣ 👩\u200d💻🏳️\u200d🌈 👍🏽",
    "combining": "e" + "\u0301" * 200 + " Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G",
    "long": "word [b] 日本 " * 900,
    "unbroken": "x" * 10_000,
    "lines": "one\r\ntwo\u2028three\x0bfour\n" * 20,
    "zero": "\u200b\u2060\ufeff\u00ad\u0000",
}

# Together where a page is opened for each: one that opens takes a second.
TOGETHER = {
    "brackets": " ".join(TEXTS[name] for name in ("markup", "click", "closing", "percent")),
    "obeyed": " ".join(TEXTS[name] for name in ("escapes", "clipboard", "c1", "bidi", "tags", "zero")),
    "wide": " ".join(TEXTS[name] for name in ("wide", "combining")),
    "long": TEXTS["long"],
}


@pytest.fixture(params=TOGETHER)
def swept(request, company):
    """Sales, in which everybody wrote one text into everything that took it."""
    text = TOGETHER[request.param]
    line, note = text[:200].strip(), text

    def tried(use_case, *args, **kwargs):
        with suppress(OkrtuiError):
            return use_case(*args, **kwargs)
        return None

    ana, lea = company.as_("ana"), company.as_("lea")
    tried(setup.edit_team, company.operator, "sales", {"name": line})
    tried(setup.edit_person, company.operator, "ana", name=line, login=None, admin=None)
    ref = company.objective()
    tried(objectives.reword, lea, ref, {"title": line, "why": note})
    tried(invitations.push_back, ana, ref, "sales", "does_not_apply", note)
    tried(invitations.answer, lea, ref, "sales", {"answer": "explained", "words": note})
    if tried(invitations.accept, ana, ref, "sales", line) is None:
        tried(invitations.accept, ana, ref, "sales", "We answer every request")
    tried(threads.comment, ana, ref, note)
    kr = company.agreed(ref)
    company.draft(ref)
    for change in ({"statement": line}, {"unit": line[:20]}, {"week_nine": note}):
        tried(key_results.edit, ana, "KR2", change)
    tried(threads.comment, ana, kr, f"@ana {note}")
    company.running().at("2026-10-09")
    tried(checkins.check_in, ana, kr, {"value": 20, "confidence": 6, "context": note, "blocker": note, "next": note})
    company.at("2026-10-16")
    return company, text


@pytest.fixture(params=TOGETHER)
def old(request, company):
    """The same from a file that an older or another program wrote: straight into its rows, as they are."""
    text = TOGETHER[request.param]
    kr = company.agreed()
    threads.comment(company.as_("ben"), kr, "@ana look")
    threads.comment(company.as_("ben"), "O1", "@ana look")
    company.draft("O1")
    company.running().at("2026-10-09")
    company.checked_in(kr)
    company.at("2026-10-16")
    short, most = text[:200].replace("\x00", ""), text[:10_000].replace("\x00", "")
    with company.store.writing() as connection:
        for table, column, value in (
            ("key_result", "statement", short),
            ("key_result", "week_nine", most),
            ("objective", "title", short),
            ("objective", "why", most),
            ("comment", "body", most),
            ("checkin_text", "context", most),
            ("checkin", "context", most),
            ("person", "name", short),
            ("team", "name", short),
            ("invitation", "straight_line", short),
        ):
            with suppress(Exception):  # a column that is elsewhere, or refuses it by its own rule
                connection.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608
    return company, text


def sound(person):
    """No crash, nothing ran, nothing that is obeyed is drawn, and every line is as wide as the screen."""
    assert person.app.return_code in {0, None}
    assert person.app.is_running
    rows = person.picture().split("\n")
    assert not OBEYED.search("".join(rows))
    assert {cell_len(row) for row in rows} == {person.app.size.width}


async def look_everywhere(person):
    for page in ("room", "objectives", "board", "checkin", "report"):
        person.app.action_go(page)
        await person.on(page)
        sound(person)
        person.app.action_help()
        await person.dialog(Help)
        await person.press("escape")
        await person.closed()


async def test_what_people_wrote_shows_everywhere(swept, open_app):
    company, _ = swept
    async with open_app(company, "ana", size=(80, 24)) as ana:
        await look_everywhere(ana)


async def test_what_an_old_file_holds_shows_everywhere(old, open_app):
    company, _ = old
    async with open_app(company, "ana", size=(120, 36)) as ana:
        await look_everywhere(ana)


FORMS = [("objectives", "lea", "a"), ("objectives", "lea", "e"), ("objectives", "ana", "b"), ("objectives", "lea", "r"), ("objectives", "ana", "A"),
         ("board", "ana", "a"), ("board", "ana", "e"), ("board", "ana", "c")]  # fmt: skip


@pytest.mark.parametrize(("page", "who", "key"), FORMS)
async def test_every_field_of_every_form_takes_every_text(company, open_app, page, who, key):
    ref = company.objective()
    if page == "board" or key == "A":
        company.accepted() if page == "board" else None
        if page == "board":
            company.draft("O2")
    if key == "r":
        invitations.push_back(company.as_("ana"), ref, "sales", "does_not_apply", "No")
    async with open_app(company, who, size=(80, 24)) as person:
        person.app.action_go(page)
        await person.on(page)
        if page == "board" and key != "a":
            person.page.choose("KR1")
            await person.settled()
        await person.press(key)
        await person.dialog(FormDialog)
        for text in TEXTS.values():
            for field in [*person.screen.query(Input), *person.screen.query(TextArea)]:
                if isinstance(field, Input):
                    field.value = text
                else:
                    field.text = text
            await person.pilot.pause()
            sound(person)
        await person.press("ctrl+s")
        await person.settled()
        sound(person)


async def every_text_into_every_field(person):
    """Each text into each field of what is open; saved in the end, whatever is said to it."""
    for text in TEXTS.values():
        for field in [*person.screen.query(Input), *person.screen.query(TextArea)]:
            if isinstance(field, Input):
                field.value = text
            else:
                field.text = text
        await person.pilot.pause()
        sound(person)
    for text in TOGETHER.values():
        person.app.post_message(Paste(text))
        await person.pilot.pause()
        sound(person)
    await person.press("ctrl+s")
    await person.settled()
    sound(person)


@pytest.mark.parametrize("action", ["add_cycle", "add_team", "add_person"])
async def test_every_form_that_sets_up_takes_every_text(company, open_app, action):
    async with open_app(company, "olga", size=(80, 24)) as olga:
        await olga.page.run_action(action)
        await olga.dialog(FormDialog)
        await every_text_into_every_field(olga)


@pytest.mark.parametrize("rank", ["P1", "win"])
async def test_every_form_of_the_week_takes_every_text(company, open_app, rank):
    company.running().at("2026-10-09")
    async with open_app(company, "ana", size=(80, 24)) as ana:
        await ana.press("a")
        await ana.dialog(FormDialog)
        await ana.select("rank", rank)
        await every_text_into_every_field(ana)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_steps_of_any_text_are_drawn_and_ticked(company, open_app, text):
    steps = [{"name": name} for name in ("first", "second")]
    kr = company.agreed(kind="milestone", steps=steps, unit="", baseline=None, target=None)
    with company.store.writing() as connection:
        name = text[:198].replace("\x00", "") or "-"
        connection.execute("UPDATE key_result_step SET name = position || ' ' || ?", (name,))
    company.running().at("2026-10-09")
    async with open_app(company, "ana", size=(80, 24)) as ana:
        sound(ana)
        for page in ("board", "checkin"):
            ana.app.action_go(page)
            await ana.on(page)
            sound(ana)
        assert kr in ana.picture()
        await ana.press("enter", "space", "down", "space")
        await ana.pilot.pause()
        sound(ana)


@pytest.mark.parametrize("key", ["T", "Y", "theme"])
async def test_every_picker_takes_and_shows_every_text(company, open_app, key):
    with company.store.writing() as connection:
        connection.execute("UPDATE team SET name = ? WHERE slug = 'sales'", (TOGETHER["brackets"][:200],))
    async with open_app(company, "ana", size=(80, 24)) as ana:
        if key == "theme":
            ana.app.action_choose_theme()
        else:
            await ana.press(key)
        await ana.dialog(Pick)
        sound(ana)
        await every_text_into_every_field(ana)
        await ana.press("enter", "escape")
        await ana.closed()
        sound(ana)


async def test_the_palette_takes_every_text_and_shows_every_name(company, open_app):
    kr = company.agreed()
    names = [text[:200].replace("\x00", "") for text in TOGETHER.values()]
    with company.store.writing() as connection:
        connection.execute("UPDATE key_result SET statement = ?", (f"{kr} {names[1]}",))
        connection.execute("UPDATE objective SET title = ?", (names[0],))
        connection.execute("UPDATE team SET name = ? WHERE slug = 'sales'", (names[2],))
        connection.execute("UPDATE person SET name = ? WHERE handle = 'ben'", (names[3],))
    async with open_app(company, "ana", size=(80, 24)) as ana:
        await ana.press("ctrl+p")
        await ana.until(lambda: isinstance(ana.screen, CommandPalette) and ana.screen.focused is not None)
        await every_text_into_every_field(ana)
        for typed in ("KR1", "O1", "sales", "ben"):
            ana.screen.query_one(Input).value = typed
            await ana.until(lambda: not any(one.group == "gather" for one in ana.app.workers if not one.is_finished))
            await ana.pilot.pause()
            sound(ana)
        await ana.press("escape")
        await ana.closed()


async def test_every_field_of_a_check_in_takes_every_text(company, open_app):
    company.agreed()
    company.running().at("2026-10-09")
    async with open_app(company, "ana", size=(80, 24)) as ana:
        ana.app.action_go("checkin")
        await ana.on("checkin")
        for text in TEXTS.values():
            for field in ana.page.query(Input):
                field.value = text
            for area in ana.page.query(TextArea):
                area.text = text
            await ana.pilot.pause()
            sound(ana)


async def test_every_notice_shows_every_text(company, open_app):
    async with open_app(company, "ana", size=(80, 24)) as ana:
        for text in TEXTS.values():
            ana.page.say(text, severity="warning")
            await ana.pilot.pause()
            sound(ana)
            ana.app.clear_notifications()


# Cursor, colours, erasing, modes and the keyboard's: what Textual writes, and nothing else.
OURS = re.compile(r"\x1b\[[0-9;]*[mGHKJABCD]|\x1b\[\?[0-9;]+(?:[hl]|\$p)|\x1b\[[<>=][0-9;]*u|\x1b\[[0-9;]*[ -/]?q")


def test_the_bytes_a_terminal_gets(company, path):
    text = TOGETHER["obeyed"][:180].replace("\x00", "")
    kr = company.agreed()
    company.running().at("2026-10-09")
    with company.store.writing() as connection:
        connection.execute("UPDATE key_result SET statement = ?, week_nine = ?", (text, text))
        connection.execute("UPDATE objective SET title = ?, why = ?", (text, text))
        connection.execute("UPDATE person SET name = ? WHERE handle = 'ana'", (text,))
        connection.execute("UPDATE team SET name = ? WHERE slug = 'sales'", (text,))
    clock = {"OKRTUI_NOW": company.now.strftime("%Y-%m-%dT%H:%M")}
    with Terminal(*command(path, "ana"), env=clock) as terminal:
        terminal.until("1 needs you")
        terminal.press("3")
        terminal.until("Agreed")
        terminal.press("2")
        terminal.until("Objectives")
        terminal.press("4")
        terminal.until(kr)
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
    sent = OURS.sub("", terminal.raw.decode())
    assert not re.search(
        "[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\U000e0000-\U000e007f]", sent
    )
    assert b"]52;" not in terminal.raw.replace("·]52;".encode(), b"")


@pytest.mark.parametrize("name", TEXTS)
def test_the_command_line_prints_nothing_that_is_obeyed(company, path, name, capfd):
    from okrtui.cli.main import run  # noqa: PLC0415

    text = TEXTS[name].replace("\x00", "")
    kr = company.agreed()
    threads.comment(company.as_("ben"), kr, "@ana look")
    with company.store.writing() as connection:
        connection.execute("UPDATE key_result SET statement = ?, week_nine = ?", (text[:200], text[:10_000]))
        connection.execute("UPDATE objective SET title = ?, why = ?", (text[:200], text[:10_000]))
        connection.execute("UPDATE comment SET body = ?", (text[:10_000],))
    for words in (
        ["tree"],
        ["room", "sales"],
        ["due"],
        ["log"],
        ["me"],
        ["kr", "show", kr],
        ["objective", "show", "O1"],
        ["kr", "show", kr, "--json"],
    ):
        assert run(command(path, "ana", *words)) == 0
        printed = capfd.readouterr()
        assert not OBEYED.search(printed.out + printed.err)
