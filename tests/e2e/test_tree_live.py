"""The tree in a terminal of its own, while other processes write, and once more after it was left."""

from __future__ import annotations

import subprocess
import sys

import pytest
from command_line import COMMAND
from terminal import Terminal, command

from okrtui.service import links, objectives


@pytest.fixture
def grown(company):
    """Two objectives of the company, Sales' own with a key result below the first, wide characters and emoji in it."""
    for title in ("Grow", "日本語で続ける 🚀"):
        ref = objectives.add(company.as_("olga"), team="acme", cycle=None, fields={"title": title})
        objectives.publish(company.as_("olga"), ref)
    company.agreed()
    links.add(company.as_("lea"), "O3", "O1")
    links.consent(company.as_("olga"), "O3", "O1")
    return company.running()


@pytest.fixture
def environment(grown):
    return {"OKRTUI_NOW": grown.now.strftime("%Y-%m-%dT%H:%M")}


@pytest.fixture
def open_tree(grown, path, environment):
    """Opens the interface for somebody in a process of its own, on the tree."""

    def opened(handle, wanted="O1 Grow", **kwargs):
        terminal = Terminal(*command(path, handle), env=environment, **kwargs)
        terminal.until("What happened")
        terminal.press("6")
        terminal.until("Tree of 2026-Q4")
        terminal.until(wanted)
        return terminal

    return opened


@pytest.fixture
def run(grown, path, environment):
    """Runs a command in a process of its own."""

    def ran(handle, *arguments):
        subprocess.run(
            [COMMAND, *command(path, handle, *arguments)],
            check=True,
            capture_output=True,
            env={"PATH": "/usr/bin:/bin", "HOME": str(path.parent), **environment},
        )

    return ran


def on(terminal):
    """The line with the cursor."""
    return next((line for line in terminal.text.splitlines() if "▌" in line), "")


def test_fold_cursor_and_filter_stay_while_another_process_writes_and_after_a_restart(open_tree, run):
    with open_tree("ana") as ana:
        ana.press("down", " ")
        ana.until(lambda text: "● KR1" not in text)
        run("olga", "objective", "reword", "O2", "--title", "Stay for years")
        ana.until("O2 Stay for years")
        ana.until(lambda _: "▸ ◎ O3" in on(ana))
        assert "● KR1" not in ana.text
        ana.press("/", "years")
        ana.until("1 of 4")
        run("olga", "objective", "add", "--team", "acme", "--title", "Ten more years")
        run("olga", "objective", "publish", "O4")
        ana.until("O4 Ten more years")
        ana.until("2 of 5")
        assert "O1 Grow" not in ana.text
        ana.until(lambda _: "O2" in on(ana))
        ana.press("enter")
        ana.until("“years”: 2 of 5")
        ana.press("down")
        ana.until(lambda _: "O4" in on(ana))
        ana.press("ctrl+q")
        assert ana.ends() == 0
    with open_tree("ana", wanted="O2 Stay for years") as ana:
        ana.until("“years”: 2 of 5")
        ana.until(lambda _: "O4" in on(ana))
        ana.press("esc")
        ana.until("▸ ◎ O3")
        assert "● KR1" not in ana.text
        ana.until(lambda _: "O4" in on(ana))


def test_what_one_person_folds_stays_open_for_another_at_the_same_time(open_tree):
    with open_tree("ana") as ana, open_tree("ben") as ben:
        ana.press("-")
        ana.until(lambda text: "O3" not in text)
        ben.press("down")
        ben.until(lambda _: "O3" in on(ben))
        ben.press("-")
        ben.until(lambda text: "O3" not in text)
        ben.press("*")
        ben.until("● KR1")
        assert "O3" not in ana.text


@pytest.mark.parametrize(("columns", "rows"), [(60, 20), (80, 24), (120, 36)])
def test_columns_stand_one_below_the_other_whatever_the_words(open_tree, run, columns, rows):
    run(
        "olga",
        "objective",
        "reword",
        "O1",
        "--title",
        "Grow 🚀 e\u0301 각 日本語テキスト more than fits here",
    )
    with open_tree("ana", columns=columns, rows=rows) as ana:
        ana.until("日本")
        ana.press("down", "down")
        ana.until(lambda _: "KR1" in on(ana))
        assert {ana.screen.buffer[row][columns - 1].data for row in range(2, rows - 4)} == {"│"}
        figures = {cell for row in range(2, 6) for cell in range(columns) if ana.screen.buffer[row][cell].data == "–"}
        assert len(figures) == 1


def test_the_mouse_chooses_folds_and_scrolls(open_tree):
    with open_tree("ana") as ana:
        line = next(at for at, text in enumerate(ana.screen.display, 1) if "O3" in text)
        ana.send(f"\x1b[<0;20;{line}M\x1b[<0;20;{line}m".encode())
        ana.until(lambda _: "O3" in on(ana))
        for _ in range(2):
            ana.send(f"\x1b[<0;20;{line}M\x1b[<0;20;{line}m".encode())
        ana.until(lambda text: "● KR1" not in text)
        ana.send(f"\x1b[<65;20;{line}M".encode())
        ana.press("down")
        ana.until(lambda _: "O2" in on(ana))


def test_the_example_of_the_widget_runs(tmp_path):
    """docs/tree_example.py, which shows others how the widget is used."""
    table = tmp_path / "lines.db"
    make = (
        "import sqlite3, sys\n"
        "with sqlite3.connect(sys.argv[1]) as file:\n"
        "    file.execute('CREATE TABLE line (name TEXT, depth INTEGER, words TEXT, owner TEXT, share REAL)')\n"
        "    rows = [(f'L{at}', min(at, 1 + at % 3), f'line {at}', f'@p{at}', at % 10 / 10) for at in range(500)]\n"
        "    file.executemany('INSERT INTO line VALUES (?, ?, ?, ?, ?)', rows)\n"
    )
    subprocess.run([sys.executable, "-c", make, str(table)], check=True)
    with Terminal("docs/tree_example.py", str(table), program=sys.executable) as terminal:
        terminal.until("L12 line 12")
        terminal.press("/", "499")
        terminal.until("L499 line 499")
        terminal.until(lambda text: "line 12" not in text)
        terminal.press("esc")
        terminal.until("L490 ")
        terminal.until(lambda _: "L499" in on(terminal))
        terminal.press("\x1b[H")
        terminal.until(lambda _: "L0" in on(terminal))
        terminal.press("-")
        terminal.until(lambda text: "L1 " not in text)
        terminal.press("enter")
        terminal.until(lambda text: text.count("L0") == 2)
        terminal.press("q")
        assert terminal.ends() == 0
