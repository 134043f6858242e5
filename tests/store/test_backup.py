from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading

import pytest

from okrtui.core.errors import StoreError
from okrtui.store import backup as module
from okrtui.store import events
from okrtui.store.backup import backup
from okrtui.store.file import Store


@pytest.fixture
def filled(store, record):
    with store.writing() as connection:
        for _ in range(3):
            record(connection)
    return store


def beside(path):
    return sorted(found.name for found in path.parent.iterdir())


def test_a_copy_holds_what_the_file_holds(filled, tmp_path):
    (tmp_path / "b").mkdir()
    copy = tmp_path / "b" / "copy.db"
    size = backup(filled, copy)
    assert size == copy.stat().st_size > 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert beside(copy) == ["copy.db"]
    with Store.open(copy) as opened:
        assert events.latest_id(opened.connection) == 3
        assert list(events.verify(opened.connection)) == []


def test_what_is_there_is_left_alone(filled, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(StoreError, match="already a file"):
        backup(filled, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_no_folder(filled, tmp_path):
    with pytest.raises(StoreError, match="no folder"):
        backup(filled, tmp_path / "no" / "copy.db")


def test_a_copy_that_is_not_whole_is_removed(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_is_whole", lambda _: False)
    before = beside(filled.path)
    with pytest.raises(StoreError, match="not whole"):
        backup(filled, tmp_path / "copy.db")
    assert beside(filled.path) == before


def test_a_copy_that_ends_otherwise_is_removed(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_stamp", id)
    with pytest.raises(StoreError, match="not whole"):
        backup(filled, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_no_room_leaves_nothing_behind(filled, tmp_path):
    script = (
        "import resource, sys; from okrtui.store.file import Store; from okrtui.store.backup import backup\n"
        "from okrtui.core.errors import StoreError\n"
        "store = Store.open(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))\n"
        "try: backup(store, sys.argv[2])\n"
        "except StoreError as error: print(error)"
    )
    before = beside(filled.path)
    run = [sys.executable, "-c", script, str(filled.path), str(tmp_path / "copy.db")]
    said = subprocess.check_output(run, text=True)
    assert "disk" in said
    assert beside(filled.path) == before


def test_while_others_write(path, tmp_path, record):
    stop, written = threading.Event(), threading.Event()

    def write() -> None:
        with Store.open(path) as store:
            while not stop.is_set():
                with store.writing() as connection:
                    record(connection)
                written.set()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait(10)
    with Store.open(path) as store:
        sizes = [backup(store, tmp_path / f"copy{number}.db") for number in range(5)]
    stop.set()
    writer.join()
    assert len(sizes) == 5
    with Store.open(tmp_path / "copy4.db") as copy:
        assert list(events.verify(copy.connection)) == []


def test_a_backup_of_ours_that_died_is_not_in_the_way(filled, tmp_path):
    (tmp_path / f"copy.db.{os.getpid()}.new").write_text("half")
    backup(filled, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").exists()
