"""An upgrade of the file is killed anywhere: the file is the old one or the new one, and the next start goes on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter

import pytest
import upgrading

from okrtui.store import doctor, events, migrations
from okrtui.store.file import Store
from okrtui.store.migrations import steps

OLD = migrations.VERSION


@pytest.fixture
def whole(company, tmp_path):
    ref = company.agreed()
    company.running().at("2026-11-26").checked_in(ref)
    path = tmp_path / "whole.db"
    company.store.connection.execute("VACUUM INTO ?", (str(path),))
    with Store.open(path):
        pass
    return path


class Newer:
    """The newer program, in a process of its own."""

    def __enter__(self):
        self._process = subprocess.Popen([sys.executable, upgrading.__file__], stdin=-1, stdout=-1, text=True)
        return self

    def __exit__(self, *_):
        self._process.communicate(timeout=30)

    def upgrade(self, path, number=0):
        """What it answers: how many calls there were, where it was not killed, and its exit status."""
        self._process.stdin.write(json.dumps([str(path), number]) + "\n")
        self._process.stdin.flush()
        return [int(word) for word in self._process.stdout.readline().split()]


def is_old(path):
    """Whether the old program has it whole; one that is upgraded is refused by it with a sentence."""
    found = [one.sentence for one in doctor.examine_file(path) if one.level == "error"]
    assert found == [] or "newer okrtui" in found[0]
    return not found


def is_new(path, monkeypatch, told):
    """The newer program opens it, upgraded, with everything that was in it."""
    with monkeypatch.context() as patch:
        patch.setattr(steps, "migrations", upgrading.another_step(steps.migrations))
        for module in ("okrtui.store.migrations", "okrtui.store.file"):
            patch.setattr(f"{module}.VERSION", OLD + 1)
        with Store.open(path) as store:
            assert migrations.version_of(store.connection) == OLD + 1
            assert "another" in tables(store)
            assert events.after_id(store.connection, 0, 1_000_000) == told
            assert list(events.verify(store.connection)) == []
            assert [one.sentence for one in doctor.examine(store) if one.level == "error"] == []


def tables(store):
    return {name for (name,) in store.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


@pytest.mark.fault
def test_it_is_old_or_new(whole, tmp_path, monkeypatch, times, record_property):
    kills = times(8, 50)
    with Store.open(whole) as store:
        told = events.after_id(store.connection, 0, 1_000_000)
    found: Counter[str] = Counter()
    with Newer() as newer:
        measured = shutil.copy(whole, tmp_path / "measured.db")
        calls, status = newer.upgrade(measured)
        assert status == 0
        assert not is_old(measured)
        for number in range(kills):
            folder = tmp_path / f"killed{number}"
            folder.mkdir()
            path = shutil.copy(whole, folder / "okr.db")
            assert newer.upgrade(path, 1 + number * (calls - 1) // kills) == [-9]
            found["old" if is_old(path) else "new"] += 1
            for copy in folder.glob("okr.db.v1*"):
                if copy.name in {"okr.db.v1", "okr.db.v1-2"}:
                    assert is_old(copy)
            is_new(path, monkeypatch, told)
            assert not list(folder.glob("*.new")), "half a copy was left behind"
            shutil.rmtree(folder)
    assert found["old"]
    record_property("migration killed", {"kills": kills, "of calls": calls, **found, "damaged": 0})
