"""Several real processes at one file."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from okrtui.store import events, queue
from okrtui.store.file import Store

if TYPE_CHECKING:
    from pathlib import Path

WRITERS, EACH = 6, 40

APPEND = """
import os, signal, sys
from okrtui.store import events
from okrtui.store.file import Store

def append(connection, verb="kr.edit"):
    events.append(
        connection, at="2026-10-01T09:00:00Z", person_id=None, side="team", deputy_for=None, alone=False, way="cli",
        verb=verb, ref=sys.argv[2], cycle_id=1, team_id=1, private=False, before=None, after={"by": os.getpid()},
    )

store = Store.open(sys.argv[1], wait=60)
"""
WRITE = """
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    with store.writing() as connection:
        append(connection)
"""
DIE = """
with store.writing() as connection:
    append(connection, verb="lost")
    os.kill(os.getpid(), signal.SIGKILL)
"""
HALT = """
with store.writing() as connection:
    append(connection, verb="lost")
    print("ready", flush=True)
    sys.stdin.read()
"""
OPEN_FIRST = """
import sys
from okrtui.core.errors import StoreError
from okrtui.store.file import Store
print("ready", flush=True)
sys.stdin.readline()
try:
    Store.create(sys.argv[1], rehearsal=False, now="2026-10-01T09:00:00Z").close()
    print("made")
except StoreError as error:
    print("refused" if "already a file" in str(error) else error)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "okr.db"
    Store.create(path, rehearsal=False, now="2026-10-01T09:00:00Z").close()
    return path


class Crowd:
    """Processes that wait for one another, then go at once."""

    def __init__(self, script: str, *calls: list[str]) -> None:
        run = [sys.executable, "-c", script]
        self._all = [subprocess.Popen([*run, *call], stdin=-1, stdout=-1, text=True) for call in calls]

    def __enter__(self) -> list[subprocess.Popen[str]]:
        for process in self._all:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        return self._all

    def __exit__(self, *_: object) -> None:
        for process in self._all:
            process.kill()
            process.communicate()


def go(processes: list[subprocess.Popen[str]]) -> list[str]:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0] for process in processes]


def recorded(path: Path) -> Counter[str]:
    """The events by who wrote them, once the chain is found whole."""
    with Store.open(path) as store, store.reading() as connection:
        assert list(events.verify(connection)) == []
        return Counter(event.ref for event in events.after_id(connection, 0, 10_000))


def test_nothing_is_lost_and_the_chain_holds(path):
    calls = [[str(path), f"KR{number}", str(EACH)] for number in range(WRITERS)]
    with Crowd(APPEND + WRITE, *calls) as processes:
        go(processes)
        assert [process.returncode for process in processes] == [0] * WRITERS
    assert recorded(path) == {f"KR{number}": EACH for number in range(WRITERS)}


def test_a_process_killed_inside_a_transaction_is_in_nobody_s_way(path):
    writers = [[str(path), f"KR{number}", str(EACH)] for number in range(3)]
    with Crowd(APPEND + WRITE, *writers) as processes:
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        for _ in range(5):
            died = subprocess.run([sys.executable, "-c", APPEND + DIE, str(path), "KR9"], check=False)
            assert died.returncode == -9
        for process in processes:
            assert process.wait(60) == 0
    assert recorded(path) == {f"KR{number}": EACH for number in range(3)}


def test_the_queue_is_free_once_its_holder_was_killed(path):
    with Crowd(APPEND + HALT, [str(path), "KR9"]) as (process,):
        assert queue.holder(path) == process.pid
        process.kill()
        process.wait()
        with Store.open(path, wait=0.01) as store, store.writing() as connection:
            assert events.latest_id(connection) == 0


def test_of_many_that_make_the_same_file_one_does(tmp_path):
    with Crowd(OPEN_FIRST, *[[str(tmp_path / "okr.db")]] * 6) as processes:
        said = Counter(answer.strip() for answer in go(processes))
    assert said == {"made": 1, "refused": 5}
    assert recorded(tmp_path / "okr.db") == {}
