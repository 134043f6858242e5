"""What the interface does for its terminal: the last guard of every line, themes, no blink, output that may stall."""

from __future__ import annotations

import os
import subprocess
import sys
import termios
import threading

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from terminal import Terminal
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.color import Color
from textual.command import CommandPalette
from textual.content import Content
from textual.events import Paste
from textual.widgets import Input, TextArea

from okrtui.terminal.driver import PosixDriver
from okrtui.terminal.outlet import MOST_WAITING, Outlet
from okrtui.terminal.settings import settle
from okrtui.terminal.unseen import Unseen
from screens.dialogs.pick import Pick
from widgets.themes import THEMES

OBEYED = "\x00\x07\x1b\x7f\x9b\x85\u061c\u200e\u202e\u2066\u2028\ufeff\U000e0041\ud800\t"


def test_a_line_keeps_its_width_and_nothing_that_is_obeyed():
    segments = [Segment("clean "), Segment(f"a{OBEYED}b"), Segment("日本 é 👩\u200d💻")]
    after = Unseen().apply(segments, Color(0, 0, 0))
    assert not set(OBEYED) & set("".join(one.text for one in after))
    assert [cell_len(one.text) for one in after] == [cell_len(one.text) for one in segments]
    assert after[2].text == segments[2].text


def test_a_clean_line_is_passed_on():
    segments = [Segment("clean "), Segment("日本 é")]
    assert Unseen().apply(segments, Color(0, 0, 0)) is segments


async def test_the_guard_holds_for_a_widget_that_forgot(company, open_app):
    async with open_app(company, "ana") as ana:
        ana.page.query_one("HeaderLine").update(Content("forgot\x1b]52;c;cm0=\x07\x9b\u202e!"))
        await ana.until(lambda: "forgot]52;c;cm0=!" in ana.picture())
        assert not set("\x1b\x07\x9b\u202e") & set(ana.picture())


async def test_no_cursor_blinks(company, open_app):
    async with open_app(company, "ana") as ana:
        await ana.press("T")
        await ana.dialog(Pick)
        assert not ana.screen.query_one(Input).cursor_blink
        await ana.press("escape")
        await ana.closed()
        await ana.press("ctrl+p")
        await ana.until(lambda: isinstance(ana.screen, CommandPalette))
        assert not ana.screen.query_one(Input).cursor_blink
        await ana.press("escape")
        await ana.press("4")
        await ana.on("checkin")
        assert {area.cursor_blink for area in ana.page.query(TextArea)} == {False}
        assert {line.cursor_blink for line in ana.page.query(Input)} == {False}


async def choose_theme(person, name):
    person.app.action_choose_theme()
    await person.dialog(Pick)
    await person.write(THEMES[name][0])
    await person.press("enter")
    await person.until(lambda: person.app.theme == name)
    await person.closed()


@pytest.mark.parametrize("name", THEMES)
async def test_a_theme_is_chosen_and_kept_for_the_person(company, open_app, name):
    async with open_app(company, "ana") as ana:
        await choose_theme(ana, name)
        for page in ("objectives", "board", "checkin"):
            ana.app.action_go(page)
            await ana.on(page)
        await ana.app.workers.wait_for_complete([one for one in ana.app.workers if one.group == "asking"])
    async with open_app(company, "ana") as ana:
        await ana.until(lambda: ana.app.theme == name)
    async with open_app(company, "ben") as ben:
        assert ben.app.theme == "dark"


def luminance(color):
    parts = [part / 255 for part in color.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The contrast of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("name", "least"), [("dark", 4.5), ("light", 4.5), ("contrast", 7)])
@pytest.mark.parametrize(
    "role", ["foreground", "foreground-muted", "accent", "text-error", "text-warning", "text-success"]
)
def test_words_can_be_read(name, least, role):
    colours = THEMES[name][1].to_color_system().generate() | THEMES[name][1].variables
    for ground in ("background", "surface"):
        below = Color.parse(colours[ground])
        assert contrast(below.blend(*blended(colours[role], below)), below) >= least


def blended(text, below):
    """A colour, and how much of it there is; one that fits itself to its ground is white or black there."""
    if text.startswith("auto"):
        return below.get_contrast_text(1.0), float(text.split()[-1].rstrip("%")) / 100
    color = Color.parse(text)
    return color.with_alpha(1.0), color.a


def test_what_textual_reads_is_set_before_it_is_imported():
    local, remote = {"TEXTUAL_ANIMATIONS": "full"}, {"SSH_CONNECTION": "1"}
    settle(local)
    settle(remote)
    assert local["TEXTUAL_ANIMATIONS"] == "full"
    assert "TEXTUAL_FPS" not in local
    assert remote["TEXTUAL_ANIMATIONS"] == "none"
    assert int(remote["TEXTUAL_FPS"]) < 60
    code = "import sys, okrtui.cli.main, okrtui.cli.interface; print('textual' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_stalled_terminal_holds_nobody_up_and_is_drawn_anew():
    reading, writing = os.pipe()
    caught_up, gone = threading.Event(), threading.Event()
    outlet = Outlet(writing, caught_up.set, gone.set)
    frame = "x" * 10_000
    written = [outlet.write(frame) for _ in range(100)]
    assert written[0]
    assert not written[-1]
    assert outlet.write("END", must=True)
    got = b""
    while not got.endswith(b"END"):
        got += os.read(reading, 65536)
    assert len(got) < MOST_WAITING + 200_000
    assert caught_up.wait(5)
    os.close(reading)
    outlet.write("nobody reads this")
    assert gone.wait(5)
    assert not outlet.write("nor this")
    outlet.close(1)
    os.close(writing)


class Stalling:
    """An outlet that takes a frame, or drops it."""

    def __init__(self):
        self.took, self.drops = [], False

    def write(self, text, *, must=False):
        if not self.drops or must:
            self.took.append(text)
        return not self.drops or must


async def test_a_frame_that_was_dropped_stands_nowhere(company, open_app):
    frame = "\x1b[2;3H\x1b[1;31mwords\x1b[0m\x1b[1;1H"
    async with open_app(company, "ana") as ana:
        driver = PosixDriver(ana.app)
        driver._outlet = outlet = Stalling()
        driver.write(frame)
        driver.write(frame)
        assert ["words" in one for one in outlet.took] == [True, False]
        outlet.drops = True
        driver.write(frame.replace("words", "lost "))
        outlet.drops = False
        driver.write(frame)
        assert "words" in outlet.took[-1]


async def test_a_frame_is_written_with_what_opens_and_closes_it_or_not_at_all(company, open_app):
    async with open_app(company, "ana") as ana:
        driver = PosixDriver(ana.app)
        driver._outlet = outlet = Stalling()
        for outlet.drops in (False, True):
            for part in (SYNC_START, "\x1b[2;3H\x1b[1;31mwords\x1b[0m\x1b[1;1H", SYNC_END):
                driver.write(part)
        driver.write("\x07")
        outlet.drops = False
        driver.write("\x07")
        assert outlet.took == [f"{SYNC_START}\x1b[2;3H\x1b[1;31mwords\x1b[m\x1b[1H{SYNC_END}", "\x07"]


async def test_what_a_terminal_shows_after_its_modes_changed_is_written_anew(company, open_app):
    frame = "\x1b[2;3H\x1b[1;31mwords\x1b[0m\x1b[1;1H"
    async with open_app(company, "ana") as ana:
        driver = PosixDriver(ana.app)
        driver._outlet = outlet = Stalling()
        for change in (driver._redraw, lambda: driver._whole(lambda: driver.write("\x1b[?1049h"))):
            driver.write(frame)
            change()
            driver.write(frame)
            assert "words" in outlet.took[-1]


async def test_a_paste_of_ten_thousand_characters(company, open_app):
    company.accepted()
    text = "[b]é日👩\u200d💻[/x] " * 800
    async with open_app(company, "ana", size=(80, 24)) as ana:
        await ana.press("c")
        await ana.dialog()
        ana.app.post_message(Paste(text))
        await ana.until(lambda: len(ana.screen.focused.text) > 10_000)
        assert ana.screen.focused.text == text
        assert {len(set(map(cell_len, ana.picture().split("\n"))))} == {1}


async def test_a_page_that_comes_while_the_program_ends_is_no_mistake(company, open_app):
    async with open_app(company, "ana") as ana:
        ana.app.exit()
        await ana.app.switch_mode("board")


SAYS_LAST_WORDS = """
import sys, time
from okrtui.terminal.application import OnTerminal

class Slow(OnTerminal):
    def on_mount(self):
        self.call_later(self.exit, 3, message="last words")

    def _print_error_renderables(self):
        time.sleep(0.5)
        super()._print_error_renderables()

app = Slow()
try:
    app.run()
finally:
    app.give_back_terminal()
sys.exit(3)
"""


def test_the_last_words_are_neither_held_back_nor_mixed_with_what_is_typed():
    """On a terminal that is given back a ctrl+s stops what is printed, until somebody thinks of ctrl+q, and each key is shown."""
    with Terminal("-c", SAYS_LAST_WORDS, program=sys.executable, seconds=10) as terminal:
        as_found = termios.tcgetattr(terminal.child.fileno())
        assert as_found[0] & termios.IXON
        terminal.until(lambda _: b"\x1b[?1049l" in terminal.raw)
        terminal.press("ctrl+s", "r", "m")
        terminal.until("last words")
        assert terminal.said == "last words"
        while terminal.child.isalive():
            terminal.pump()
        assert termios.tcgetattr(terminal.child.fileno()) == as_found
        assert terminal.ends() == 3
