"""Putting another file in the place of one, while somebody opens it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from okrtui.store import swap
from okrtui.store.file import Store

NOW = "2026-10-01T09:00:00Z"
OPEN = """
import sys
from okrtui.store.file import Store
print("begins", flush=True)
with Store.open(sys.argv[1]) as store:
    print(store.rehearsal)
    with store.writing() as connection:
        connection.execute("INSERT INTO setting VALUES ('from', 'another process')")
"""


def test_who_opens_it_just_then_gets_the_new_one(path, tmp_path, monkeypatch):
    """They have the old file in hand already, and are kept from beginning a log for it beside the new one."""
    beside = tmp_path / "other.db"
    Store.create(beside, rehearsal=True, now=NOW).close()
    replace = swap._replace
    waiting = []

    def once_another_has_it_open(*paths):
        waiting.append(subprocess.Popen([sys.executable, "-c", OPEN, str(path)], stdout=-1, stderr=-1, text=True))
        assert waiting[0].stdout.readline() == "begins\n"
        while not _has_open(waiting[0].pid, path):
            assert waiting[0].poll() is None, waiting[0].communicate()
        replace(*paths)

    monkeypatch.setattr(swap, "_replace", once_another_has_it_open)
    swap.swap(path, beside, tmp_path / "kept.db")
    said, complaint = waiting[0].communicate(timeout=60)
    assert said == "True\n", complaint
    with Store.open(path) as new, Store.open(tmp_path / "kept.db") as kept:
        settings = [
            one.connection.execute("SELECT value FROM setting WHERE name = 'from'").fetchall() for one in (new, kept)
        ]
    assert settings == [[("another process",)], []]


def _has_open(pid, path):
    folder = Path(f"/proc/{pid}/fd")
    try:
        return any(one.exists() and one.resolve() == path for one in folder.iterdir())
    except OSError:
        return False
