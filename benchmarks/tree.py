"""The tree widget with 100 lines and with 100,000, beside Textual's own Tree, and the tree screen on the large demo.

    python -m benchmarks.tree [--rounds 5] [--large FILE]

Prints JSON. Each program is the widget's example (docs/tree_example.py), or the same with the stock Tree, on a pty of 120 by 40,
the lines read from a file; all take turns. The bars: 100,000 lines against 100: opening, from the process's start to the first
frame with lines, 1.5 times; moving, folding and unfolding 2 times; a key of the filter 3 times one scan of the lines in Python;
60 MB more than without lines; 15 times faster to open and 40 times to fold than the stock Tree; 600 bytes for a cursor that
stays in view and 12 KB for a page down, in the program itself; the screen 1.5 times its bare queries.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.keys import Terminal
from benchmarks.memory import resident
from benchmarks.screens import at_once, bare, session_at, statements_of
from okrtui.app import YOUNG, OkrtuiApp
from okrtui.demo import PERSON, build
from okrtui.service import guide, rooms, trees
from screens.tree import TreePage
from widgets.tree import Folds, Lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from okrtui.service.session import Session

SIZE = (120, 40)
FEW, MANY = 100, 100_000
EXAMPLE = Path(__file__).parents[1] / "docs/tree_example.py"
READY = b"line 35 "
STOCK = """
import sqlite3, sys
from textual.app import App
from textual.widgets import Tree
class Stock(App):
    def compose(self):
        yield Tree("lines")
    def on_mount(self):
        tree = self.query_one(Tree)
        tree.show_root = False
        tree.root.expand()
        above = [tree.root]
        for name, depth, words, owner, share in sqlite3.connect(sys.argv[1]).execute("SELECT * FROM line"):
            del above[depth + 1:]
            above.append(above[depth].add(f"{name} {words}  {share:4.0%}  {owner}", expand=True))
        tree.focus()
Stock().run()
"""
KEYS = {
    "page down": b"\x1b[6~",
    "home": b"\x1b[H",
    "fold all lines": b" ",
    "unfold all lines": b" ",
    "down": b"\x1b[B",
    "fold": b" ",
    "unfold": b" ",
}
"""What is pressed in turn: the first line has all others below it, the second one a few."""
WORDS = ("Buyers get their answer", "Médian first answer falls", "Every request has an owner", "Nobody waits at night")
TYPED = ("e", "answer", "line 9", "99999", "nothing of it")
PATIENCE = 120.0


def make(path: Path, lines: int) -> Path:
    """A table of so many lines: a root, and below it branches of four levels."""
    rows = [
        (f"L{at}", 1 + (at - 1) % 4 if at else 0, f"line {at} {WORDS[at % 4]}", f"@p{at % 97}", at % 11 / 10)
        for at in range(lines)
    ]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE line (name TEXT, depth INTEGER, words TEXT, owner TEXT, share REAL)")
        connection.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?)", rows)
    return path


def ways(folder: Path) -> dict[str, list[str]]:
    """Each program, by its name."""
    few, many = make(folder / "few", FEW), make(folder / "many", MANY)
    found = {f"{FEW:,} lines": few, f"{MANY:,} lines": many}
    return {
        **{name: [sys.executable, str(EXAMPLE), str(path)] for name, path in found.items()},
        "stock Tree": [sys.executable, "-c", STOCK, str(many)],
    }


def opening(command: list[str]) -> float:
    """Seconds until the first frame with lines."""
    began = time.perf_counter()
    with Terminal(command, SIZE) as terminal:
        terminal.until_printed(READY, PATIENCE)
        return time.perf_counter() - began


def megabytes(command: list[str], wanted: bytes) -> float:
    """What a program has in memory once it has drawn."""
    with Terminal(command, SIZE) as terminal:
        terminal.until(wanted, PATIENCE)
        return resident(terminal.pid)


def measure_keys(commands: dict[str, list[str]], rounds: int) -> dict[str, dict[str, float]]:
    """The median milliseconds of each key in each program; they take turns."""
    times: dict[str, dict[str, list[float]]] = {}
    with ExitStack() as stack:
        terminals = {name: stack.enter_context(Terminal(command, SIZE)) for name, command in commands.items()}
        for terminal in terminals.values():
            terminal.until(READY, PATIENCE)
        for _ in range(rounds):
            for name, terminal in terminals.items():
                for what, key in KEYS.items():
                    took, _ = terminal.press(key, PATIENCE)
                    times.setdefault(what, {}).setdefault(name, []).append(took * 1000)
    return {what: {name: statistics.median(one) for name, one in each.items()} for what, each in times.items()}


def processor(what: Callable[[], object]) -> float:
    """Milliseconds of the processor, which others on the machine change less than those of the clock."""
    began = time.process_time()
    what()
    return (time.process_time() - began) * 1000


def measure_filter(path: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds of the processor of a key of the filter, and of one scan of the lines in Python, by what is typed."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, depth, words FROM line").fetchall()
    texts = [row[2] for row in rows]
    lines = Lines([row[0] for row in rows], bytes(row[1] for row in rows), Folds(), lambda: texts)
    lines.prepare()
    found = {}
    for typed in TYPED:
        keys, scans = [], []
        for _ in range(rounds):
            lines.filter(typed[:-1])
            keys.append(processor(partial(lines.filter, typed)))
            scans.append(processor(partial(scan, texts, typed)))
        key, once = statistics.median(keys), statistics.median(scans)
        found[typed] = {"key": round(key, 1), "scan": round(once, 1), "ratio": round(key / once, 2)}
    return found


def scan(texts: list[str], typed: str) -> list[int]:
    """One scan of the lines."""
    return [at for at, text in enumerate(texts) if typed in text]


def measure_widget(folder: Path, rounds: int) -> dict[str, object]:
    """Everything of the widget."""
    commands = ways(folder)
    few, many, stock = commands
    opened = {name: statistics.median(opening(command) for _ in range(rounds)) for name, command in commands.items()}
    keys = measure_keys(commands, rounds)
    empty = megabytes([sys.executable, str(EXAMPLE), str(make(folder / "none", 0))], b"\x1b[")
    held = {name: megabytes(command, READY) - empty for name, command in commands.items()}
    return {
        "milliseconds": {
            "open": {name: round(one * 1000) for name, one in opened.items()},
            **{what: {name: round(one, 1) for name, one in each.items()} for what, each in keys.items()},
        },
        "ratios": {
            f"{many} / {few}": {
                "open": round(opened[many] / opened[few], 2),
                **{what: round(each[many] / each[few], 2) for what, each in keys.items()},
            },
            f"stock Tree / {many}": {
                "open": round(opened[stock] / opened[many], 1),
                **{what: round(each[stock] / each[many], 1) for what, each in keys.items()},
            },
        },
        "megabytes more than without lines": {name: round(one, 1) for name, one in held.items()},
        "filter": measure_filter(folder / "many", rounds),
    }


def measure_bytes(path: Path) -> dict[str, int]:
    """What moving sends to the terminal, in the program itself: the median of some keys."""
    with Terminal([sys.executable, "-m", "okrtui", "--db", str(path), "--as", PERSON], SIZE) as terminal:
        terminal.until(b"reporting")
        terminal.send(b"6")
        terminal.until("▾".encode())
        found: dict[str, list[int]] = {"down": [], "page down": []}
        for _ in range(6):
            for what, counts in found.items():
                counts.append(terminal.press(KEYS[what])[1])
                time.sleep(0.3)  # the line that it rests on is read in full
                terminal.drain()
            terminal.press(KEYS["home"])
            time.sleep(0.3)
            terminal.drain()
    return {what: max(one) for what, one in found.items()}


async def measure_reading(path: Path, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of the processor, in turns: the bare queries, the read, and from the wish to read the tree to its frame.

    The last is what a key costs in the program itself, without a terminal.
    """
    app, found = OkrtuiApp(path, session_at), dict[str, list[float]]()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("6")
        while not isinstance(app.screen, TreePage) or not app.screen.tree_shown.key:
            await pilot.pause(0.1)
        page = app.screen
        await pilot.pause(1.0)
        team, cycle = await app.desk.read(rooms.home)

        def read(at: Session) -> object:
            return guide.frame(at, team, cycle), trees.lines(at, cycle=cycle)

        sent = await app.desk.read(lambda session: statements_of(session, read))
        gc.freeze()  # as the application does once it has started
        gc.set_threshold(YOUNG)
        for _ in range(rounds):
            for name, what in (("bare queries", partial(bare, statements=sent)), ("read", partial(at_once, read=read))):
                took = await app.desk.read(lambda session, what=what: processor(partial(what, session)))  # type: ignore[misc]  # a lambda's default has no annotation
                found.setdefault(name, []).append(took)
            began = time.process_time()
            await page.reload().wait()
            page.tree_shown.render_lines(page.tree_shown.outer_size.region)
            found.setdefault("to the frame", []).append((time.process_time() - began) * 1000)
            await pilot.pause(0.3)
    return found


def first_visit(path: Path) -> float:
    """Milliseconds by the clock from the key that opens the tree for the first time to its first frame with lines."""
    with Terminal([sys.executable, "-m", "okrtui", "--db", str(path), "--as", PERSON], SIZE) as terminal:
        terminal.until(b"reporting")
        began = time.perf_counter()
        terminal.send(b"6")
        terminal.until_printed("◎".encode())
        return (time.perf_counter() - began) * 1000


def measure_screen(path: Path, small: Path, rounds: int) -> dict[str, object]:
    """What the tree of a large company costs, and a first visit there and at a small one."""
    times = asyncio.run(measure_reading(path, rounds))
    medians = {name: statistics.median(one) for name, one in times.items()}
    visits = {name: [first_visit(one) for _ in range(3)] for name, one in (("large", path), ("small", small))}
    lowest = medians["bare queries"]
    return {
        "milliseconds of the processor": {name: round(one, 1) for name, one in medians.items()},
        "ratios": {f"{name} / bare": round(medians[name] / lowest, 2) for name in ("read", "to the frame")},
        "first visit, by the clock": {name: round(statistics.median(one)) for name, one in visits.items()},
    }


@click.command()
@click.option("--rounds", default=5, show_default=True, help="How often each is measured.")
@click.option("--large", type=click.Path(path_type=Path), help="A large demo that was kept, for the screen.")
def main(rounds: int, large: Path | None) -> None:
    """Measure the tree."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.db"
        build(small, datetime.now(UTC))
        found: dict[str, object] = {"widget": measure_widget(Path(folder), rounds), "bytes": measure_bytes(small)}
        if large is not None:
            found["screen"] = measure_screen(large, small, rounds + 6)
    click.echo(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
