"""What a command loads: its own part of the program, never the interface, and `due` next to nothing."""

from __future__ import annotations

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
    assert ours == {f"okrtui.cli.{name}" for name in ("call", "due", "main", "needs_text", "output", "verbs")}


def test_the_list_of_commands_loads_none_of_them(shell):
    found = loaded("import sys\nfrom okrtui.cli.main import run\nrun(['--help'])\nprint(*sorted(sys.modules))")
    assert not found & {module for module, _ in PLACES.values()}
