"""People who check in at once, processes that are killed, a disk without room, a file that goes away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys

import pytest

from okrtui.core.errors import StoreError
from okrtui.store import doctor, events
from okrtui.store.file import Store

AT_ONCE, KILLS = 8, 100

# Forks a writer for each line it is given: starting an interpreter for each would take most of the time.
FORK = """
import gc, os, signal, sys
from datetime import UTC, datetime
from okrtui.service import checkins
from okrtui.service.session import Session
from okrtui.store.file import Store

NOW = datetime(2026, 10, 8, 10, tzinfo=UTC)

def work(path, person, ref):
    with Store.open(path, wait=60) as store:
        session = Session(store, person, clock=lambda: NOW)
        number = 0
        while True:
            number += 1
            words = f"{os.getpid()} {number}"
            checkins.check_in(session, ref, {"value": number, "confidence": 5, "context": words})
            os.write(1, f"saved {words}\\n".encode())

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    pid = os.fork()
    if not pid:
        try:
            work(sys.argv[1], int(sys.argv[2]), line.strip())
        finally:
            os._exit(1)
    os.write(1, f"began {pid} {line}".encode())
"""


def said(process: subprocess.Popen[bytes]) -> list[str]:
    line = process.stdout.readline().decode()
    assert line, process.stderr.read().decode()
    return line.split()


@pytest.fixture
def agreed(company):
    """Eight agreed key results of a running cycle."""
    objective = company.accepted()
    refs = [company.agreed(objective) for _ in range(AT_ONCE)]
    company.running()
    company.at("2026-10-08")
    return refs


def test_of_those_who_are_killed_nothing_that_was_saved_is_lost(company, agreed):
    ana = company.as_("ana").person_id
    call = [sys.executable, "-c", FORK, str(company.store.path), str(ana)]
    with subprocess.Popen(call, stdin=-1, stdout=-1, stderr=-1) as process:
        running: dict[int, str] = {}
        saved: list[str] = []
        killed: set[int] = set()

        def start(ref: str) -> None:
            process.stdin.write(f"{ref}\n".encode())
            process.stdin.flush()

        try:
            for ref in agreed:
                start(ref)
            while len(killed) < KILLS:
                verb, pid, what = said(process)
                if verb == "began":
                    running[int(pid)] = what
                    continue
                saved.append(f"{pid} {what}")
                if int(pid) in running and len(running) == AT_ONCE and int(what) >= 2:
                    os.kill(int(pid), signal.SIGKILL)
                    killed.add(int(pid))
                    start(running.pop(int(pid)))
        finally:
            process.kill()
            for pid in running:
                os.kill(pid, signal.SIGKILL)
        saved += [
            " ".join(line.split()[1:])
            for line in process.stdout.read().decode().splitlines()
            if line.startswith("saved") and len(line.split()) == 3
        ]
    with Store.open(company.store.path) as store:
        found = events.after_id(store.connection, 0, 1_000_000)
        told = {str(event.after["context"]) for event in found if event.verb == "kr.checkin"}
        assert set(saved) <= told
        assert list(events.verify(store.connection)) == []
        assert [one.sentence for one in doctor.examine(store) if one.level == "error"] == []


@pytest.fixture
def little_room(tmp_path):
    """A folder on a file system of two megabytes."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small file system needs root and mount")
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder):
    """Take all the room there is, page by page to the last."""
    with (folder / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"\0" * 4096)
        except OSError:
            return


def test_on_a_full_disk_a_save_is_refused_and_everything_before_it_stays(company, agreed, little_room):
    path = little_room / "okr.db"
    company.store.connection.execute("VACUUM INTO ?", (str(path),))
    path.chmod(0o600)
    with Store.open(path) as store:
        company.store = store
        ref = agreed[0]
        company.checked_in(ref, value=20)
        fill(little_room)
        saved = 20

        def go_on():
            nonlocal saved
            for value in range(21, 2000):
                company.checked_in(ref, value=value, context="word " * 200)
                saved = value

        with pytest.raises(StoreError, match="no room left"):
            go_on()
        with store.reading() as connection:
            assert connection.execute("SELECT value FROM key_result WHERE id = ?", (int(ref[2:]),)).fetchone() == (
                saved,
            )
        (little_room / "filler").unlink()
        company.checked_in(ref, value=3)
        assert list(events.verify(store.connection)) == []
        assert [one.sentence for one in doctor.examine(store) if one.level == "error"] == []


def test_a_check_in_into_a_deleted_file_is_refused(company, agreed):
    company.store.path.unlink()
    with pytest.raises(StoreError, match="deleted or moved"):
        company.checked_in(agreed[0])


def test_a_check_in_into_a_replaced_file_is_refused(company, agreed, tmp_path):
    Store.create(tmp_path / "other.db", rehearsal=False, now="2026-10-01T09:00:00Z").close()
    (tmp_path / "other.db").replace(company.store.path)
    with pytest.raises(StoreError, match="was replaced"):
        company.checked_in(agreed[0])
