"""What is left out of a frame stands there already: cell by cell the screen is the one Textual wrote, in fewer bytes."""

from __future__ import annotations

import re

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.command import CommandPalette

from okrtui.terminal.picture import Picture
from screens.dialogs.form import FormDialog
from screens.dialogs.help import Help
from screens.dialogs.pick import Pick
from widgets.themes import THEMES

COLUMNS, ROWS = 24, 6


class Pair:
    """Two terminals: one that gets what Textual writes, and one that gets what is written instead."""

    def __init__(self, columns=COLUMNS, rows=ROWS):
        self.picture = Picture()
        self.given = pyte.Screen(columns, rows)
        self.shown = pyte.Screen(columns, rows)
        self.before = self.after = 0
        self._write(self.given, "\x1b[?7l")
        self._write(self.shown, "\x1b[?7l")

    @staticmethod
    def _write(screen, data):
        pyte.Stream(screen).feed(data.replace("\n", "\r\n"))

    def draw(self, data):
        shorter = self.picture.towards(data)
        self._write(self.given, data)
        self._write(self.shown, shorter)
        self.before, self.after = self.before + len(data), self.after + len(shorter)
        assert cells(self.shown) == cells(self.given)
        assert (self.shown.cursor.x, self.shown.cursor.y) == (self.given.cursor.x, self.given.cursor.y)
        assert self.shown.cursor.attrs == self.given.cursor.attrs
        return shorter


def cells(screen):
    """Every cell as it is seen: nobody sees of which colour a blank would be, or how bold."""
    return [[seen(screen.buffer[row][column]) for column in range(screen.columns)] for row in range(screen.lines)]


def seen(cell):
    if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough or cell.blink:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)


def at(row, column):
    return f"\x1b[{row};{column}H"


def styled(codes, text):
    return f"\x1b[{codes}m{text}\x1b[0m" if codes else text


MARKS = st.lists(st.sampled_from(["1", "3", "4", "5", "7", "9"]), unique=True, max_size=3)
GROUNDS = ["", "40", "49", "103", "48;5;17", "48;2;18;18;18", "48;2;11;58;95"]
COLOURS = ["", "31", "39", "97", "38;5;200", "38;2;224;224;224", "38;2;254;166;43"]
STYLES = st.builds(
    lambda marks, colour, ground: ";".join([*marks, *filter(None, [colour, ground])]),
    MARKS,
    st.sampled_from(COLOURS),
    st.sampled_from(GROUNDS),
)
TEXTS = st.one_of(
    st.text(" ", min_size=1, max_size=9),
    st.text("ab é│█▏●→✎", min_size=1, max_size=9),
    st.sampled_from(["日本", "e\u0301x", "x🙂", "a▶", "[b]"]),
)


@st.composite
def frames(draw):
    """A frame as Textual writes it: pieces of lines from the top, with a line's end between some, and the cursor."""
    parts = []
    for row in sorted(draw(st.lists(st.integers(1, ROWS), max_size=5))):
        column = draw(st.integers(1, COLUMNS))
        parts.append(at(row, column))
        left = COLUMNS + 1 - column
        for style, text in draw(st.lists(st.tuples(STYLES, TEXTS), max_size=5)):
            if cell_len(text) > left:
                break
            left -= cell_len(text)
            parts.append(styled(style, text))
        if row < ROWS:
            parts.append("\n")
    if parts and parts[-1] == "\n":
        parts.pop()
    return "".join([*parts, at(draw(st.integers(1, ROWS)), draw(st.integers(1, COLUMNS)))])


@given(st.lists(frames(), min_size=1, max_size=6))
def test_any_frames_show_the_same_cells(drawn):
    pair = Pair()
    for frame in drawn:
        pair.draw(frame)
        again = pair.draw(frame)
        assert len(again) <= len(frame)


ALL_MARKS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "53"]
OFF = {
    "0": set(ALL_MARKS),
    "22": {"1", "2"},
    "23": {"3"},
    "24": {"4", "21"},
    "25": {"5", "6"},
    "27": {"7"},
    "29": {"9"},
}


def marked(data):
    """Each character with the marks that are seen on it: bold, dim and italics are not, on a blank."""
    marks = set()
    for codes, character in re.findall(r"\x1b\[([\d;]*)m|([^\x1b])", re.sub(r"\x1b\[[\d;]*H", "", data)):
        for code in [] if character else (codes or "0").split(";"):
            marks = marks - OFF[code] if code in OFF else marks | {code}
        if character:
            yield character, marks - {"1", "2", "3"} if character == " " else set(marks)


@pytest.mark.parametrize("joined", ["👩\u200d💻", "👍🏽", "❤\ufe0f", "🇦🇺", "🏳️\u200d🌈"])
def test_what_a_terminal_draws_narrower_or_wider_moves_nothing_after_it(joined):
    """Whatever a terminal makes of these, what stands right of them stands where it should, and nothing old between."""
    frame = at(2, 1) + styled("1", joined) + styled("3", "ab") + styled("1", "|") + at(1, 1)
    screen, picture = pyte.Screen(COLUMNS, ROWS), Picture()
    Pair._write(screen, picture.towards(at(2, 1) + "#" * 12 + at(1, 1)))
    for _ in range(2):
        Pair._write(screen, picture.towards(frame))
        column = cell_len(joined)
        assert [screen.buffer[1][column + one].data for one in range(4)] == ["a", "b", "|", "#"]
        assert "#" not in [screen.buffer[1][one].data for one in range(column)]


@given(st.lists(st.tuples(st.lists(st.sampled_from(ALL_MARKS), unique=True), TEXTS), min_size=1))
def test_any_marks_are_those_that_were_meant(runs):
    """Also those that the model of a terminal above does not know."""
    frame = at(1, 1) + "".join(styled(";".join(marks), text) for marks, text in runs) + at(1, 1)
    assert list(marked(Picture().towards(frame))) == list(marked(frame))


LINE = at(2, 3) + styled("1;31;48;2;1;2;3", "text") + styled("31;48;2;1;2;3", "  ") + at(1, 1)


def test_what_stands_there_is_not_written_again():
    pair = Pair()
    assert "text" in pair.draw(LINE)
    assert pair.draw(LINE) == "\x1b[1H"


def test_what_may_be_gone_is_written_again():
    pair = Pair()
    first = pair.draw(LINE)
    pair.picture.forget()
    assert pair.draw(LINE) == first


def test_a_bell_is_passed_on_and_nothing_is_forgotten():
    pair = Pair()
    pair.draw(LINE)
    assert pair.picture.towards("\x07") == "\x07"
    assert "text" not in pair.draw(LINE)


@pytest.mark.parametrize(
    "strange",
    ["\x1b[2J", "\x1b[?1049h", "words", f"{LINE}\x1b[J", f"{at(1, 1)}\x1b]8;;x\x1b\\a\x1b]8;;\x1b\\{at(1, 1)}", ""],
)
def test_what_is_not_understood_is_passed_on_and_all_is_written_again(strange):
    pair = Pair()
    first = pair.draw(LINE)
    assert pair.picture.towards(strange) == strange
    assert pair.draw(LINE) == first


@pytest.fixture
def pair_of_app(monkeypatch):
    """Every frame of an application goes to a pair of terminals, too."""

    def drawing(size):
        pair, display = Pair(*size), App._display

        def shown(app, screen, update):
            if isinstance(update, CompositorUpdate) and not app._batch_count and app._running:
                pair.draw(
                    update.render_segments(app.console) + at(app.cursor_position.y + 1, app.cursor_position.x + 1)
                )
            display(app, screen, update)

        monkeypatch.setattr(App, "_display", shown)
        return pair

    return drawing


@pytest.mark.parametrize(("size", "theme"), [((80, 24), "dark"), ((120, 36), "ansi"), ((80, 24), "light")])
async def test_every_screen_shows_the_same_cells(company, open_app, pair_of_app, size, theme):
    kr = company.agreed()
    company.draft("O1", statement="Wartezeit sinkt 日本語 🙂")
    company.running().at("2026-10-09")
    company.checked_in(kr)
    pair = pair_of_app(size)
    async with open_app(company, "ana", size=size) as ana:
        ana.app.theme = theme
        for page, keys in {"room": "vv", "objectives": "", "board": "", "checkin": ""}.items():
            ana.app.action_go(page)
            await ana.on(page)
            await ana.press("down", "down", "up", "end", *keys)
            await ana.settled()
        ana.app.action_go("board")
        await ana.on("board")
        for key, kind in (("c", FormDialog), ("question_mark", Help), ("T", Pick), ("ctrl+p", CommandPalette)):
            await ana.press(key)
            await ana.dialog(kind)
            if kind is not Help:
                await ana.write("a日b")
            await ana.press("escape")
            await ana.closed()
        ana.page.say("Words that pass")
        await ana.pilot.pause()
    assert theme in THEMES
    assert pair.after < pair.before / 2.5
