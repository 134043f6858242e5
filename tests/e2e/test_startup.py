"""What a command loads: its own part of the program, never the interface, and `due` next to nothing."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest
from command_line import OURS

from okrtui.cli.main import PLACES

LOADED = """
import sys
from {module} import *
print(*sorted(sys.modules))
"""
DUE = """
import sys
from okrtui.cli.main import run
assert run(["--db", sys.argv[1], "due"]) == 0
print(*sorted(sys.modules))
"""
INTERFACE = """
import sys
from okrtui.cli import interface, start
interface.show = lambda found: print(found.path, *sorted(sys.modules), file=sys.stderr) or 0
start.main()
"""
FIRST_FRAME = """
import sys
from okrtui.terminal import driver
from okrtui.cli import start
written = driver.PosixDriver.write
def write(self, data):
    written(self, data)
    if "Needs you" in data:
        print(*sorted(sys.modules), file=sys.__stderr__)
        self._app.exit()
driver.PosixDriver.write = write
start.main()
"""
HEAVY = {"textual", "rich", "pydantic", "sqlite_utils", "asyncio", "multiprocessing", "unittest", "email", "http"}


def loaded(script, *arguments):
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("module", sorted({module for module, _ in PLACES.values()} | {"okrtui.cli.main"}))
def test_no_command_loads_the_interface(module):
    assert not loaded(LOADED.format(module=module)) & {"textual", "rich", "okrtui.app", "screens", "widgets"}


def test_due_loads_next_to_nothing(shell, monkeypatch):
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    found = loaded(DUE, str(shell.path))
    assert not found & HEAVY
    ours = {name for name in found if name.startswith("okrtui.cli.")}
    assert ours == {f"okrtui.cli.{name}" for name in ("call", "due", "main", "needs_text", "output", "shapes", "verbs")}


def test_the_list_of_commands_loads_none_of_them(shell):
    found = loaded("import sys\nfrom okrtui.cli.main import run\nrun(['--help'])\nprint(*sorted(sys.modules))")
    assert not found & {module for module, _ in PLACES.values()}


def at_a_terminal(script, *arguments):
    """What a script prints on its standard error, at a terminal; and its exit status."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, text=True
    ) as process:
        os.close(theirs)
        while process.poll() is None and drained(ours):
            pass
        said = process.stderr.read()
    os.close(ours)
    return said.split(), process.returncode


def drained(descriptor):
    """Read what there is; False at the end."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


@pytest.fixture
def by_itself(shell, monkeypatch):
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    return str(shell.path)


@pytest.mark.parametrize("words", [["--db", "{}"], ["--db={}"], ["--as", "olga", "--db", "{}"]])
def test_the_interface_loads_no_command(by_itself, words):
    (path, *found), status = at_a_terminal(INTERFACE, *(word.format(by_itself) for word in words))
    assert (path, status) == (by_itself, 0)
    assert not set(found) & {"click", "gettext", "okrtui.cli.main", "okrtui.cli.verbs", *HEAVY - {"email", "http"}}


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["--db", "/nowhere/okr.db"], 3, "There is no file"),
        (["--as", "nobody", "--db", "{}"], 1, "nobody"),
        (["--db", "{}", "--db", "{}", "--as"], 2, "--as"),
        (["--as=olga", "--as=olga", "--db={}"], 2, "--as is given twice"),
    ],
)
def test_what_is_in_the_way_of_it_is_said_by_the_command_line(by_itself, words, status, sentence):
    said, ended = at_a_terminal(
        "from okrtui.cli.start import main\nmain()", *(word.format(by_itself) for word in words)
    )
    assert ended == status
    assert sentence in " ".join(said)


def test_the_first_frame_comes_before_what_is_slow_to_load(by_itself):
    found, status = at_a_terminal(FIRST_FRAME, "--db", by_itself)
    assert status == 0
    assert "screens.room" in found
    slow = {"pydantic", "sqlite_utils", "markdown_it", "textual.widgets._text_area", "okrtui.core.inputs", "click"}
    assert not set(found) & slow
    forms = {"screens.dialogs.form", "screens.dialogs.help", "screens.palette", "screens.board", "widgets.clash"}
    assert not set(found) & forms
