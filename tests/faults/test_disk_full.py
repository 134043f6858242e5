"""A disk without room, a real one: what a person is told, that nothing is lost, and that it goes on when there is room again."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from command_line import process
from terminal import Terminal, command

from okrtui.core.errors import StoreError
from okrtui.store import doctor, events
from okrtui.store.file import Store


@pytest.fixture
def little_room(tmp_path):
    """A folder on a file system of three megabytes."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small file system needs root and mount")
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder, keep=0):
    """Take all the room there is but so many bytes, page by page to the last."""
    with (folder / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"\0" * 4096)
        except OSError:
            filler.truncate(max(0, filler.tell() - keep))


@pytest.fixture
def small(company, little_room):
    """The company's file there, with an agreed key result and a check-in."""
    ref = company.agreed()
    company.running().at("2026-11-26").checked_in(ref, value=20)
    path = little_room / "okr.db"
    company.store.connection.execute("VACUUM INTO ?", (str(path),))
    path.chmod(0o600)
    return company, path, ref


def is_whole(path):
    with Store.open(path) as store:
        assert list(events.verify(store.connection)) == []
        assert [one.sentence for one in doctor.examine(store) if one.level == "error"] == []


@pytest.mark.fault
def test_a_save_is_refused_and_everything_before_it_stays(small, little_room, record_property):
    company, path, ref = small
    with Store.open(path) as store:
        company.store = store
        company.checked_in(ref, value=21)
        fill(little_room)
        saved = 21

        def go_on():
            nonlocal saved
            for value in range(22, 2000):
                company.checked_in(ref, value=value, context="word " * 200)
                saved = value

        with pytest.raises(StoreError, match="no room left"):
            go_on()
        with store.reading() as connection:
            found = connection.execute("SELECT value FROM key_result WHERE id = ?", (int(ref[2:]),)).fetchone()
        assert found == (saved,)
        (little_room / "filler").unlink()
        company.checked_in(ref, value=3)
    is_whole(path)
    record_property("disk full", {"lost": 0})


STEPS = {
    "create": ("--db", "new.db", "init", "--rehearsal"),
    "save": ("--db", "okr.db", "--as", "ana", "comment", "KR1", "word " * 1000),
    "read": ("--db", "okr.db", "--as", "ana", "due"),
    "backup": ("--db", "okr.db", "backup", "copy.db"),
    "look": ("--db", "okr.db", "doctor"),
}


@pytest.mark.fault
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("left", [0, 8192])
def test_a_command_says_one_sentence(small, little_room, monkeypatch, step, left):
    """Or does it all the same, where the room that is left is enough."""
    _, path, _ = small
    monkeypatch.chdir(little_room)
    before = {found.name for found in little_room.iterdir()}
    fill(little_room, left)
    answer = process(*STEPS[step], OKRTUI_NOW="2026-11-26T10:00")
    if step == "look":
        assert answer.status in (0, 3)
        assert not answer.err
    elif answer.status:
        assert answer.status == 3
        assert "no room left" in answer.sentence
        assert not answer.out
    (little_room / "filler").unlink()
    after = {found.name for found in little_room.iterdir()}
    made = {"new.db", "copy.db"} if not answer.status else set()
    assert {one for one in after - before if "-" not in one and not one.endswith((".lock", ".live"))} <= made
    is_whole(path)
    again = process(*STEPS[step], OKRTUI_NOW="2026-11-26T10:00")
    assert again.status == 0 or ("already" in again.err and not answer.status)


@pytest.mark.fault
def test_the_interface_keeps_the_words_and_saves_when_there_is_room_again(small, little_room):
    _, path, _ = small
    words = "nobody types this twice"
    with Terminal(*command(path, "ana"), env={"OKRTUI_NOW": "2026-11-26T10:00"}) as terminal:
        terminal.until("Median first answer")
        terminal.press("c")
        terminal.until("Comment")
        fill(little_room)
        terminal.press(words)
        terminal.until(words)
        terminal.press("ctrl+s")
        terminal.until("no room left")
        terminal.until(words)
        terminal.press("!")
        (little_room / "filler").unlink()
        terminal.press("ctrl+s")
        terminal.until(lambda text: "no room left" not in text and "Comment on" not in text)
        terminal.press("q")
        assert terminal.ends() == 0
    assert b"Traceback" not in terminal.raw
    with Store.open(path) as store:
        said = [event.after.get("body") for event in events.latest(store.connection, 3)]
    assert sorted(f"{words}!") in [sorted(body or "") for body in said]
    is_whole(path)
