from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from time import monotonic

import pytest

from okrtui.core.errors import StoreError
from okrtui.store import queue
from okrtui.store.file import Store

HOLD = (
    "import sys; from pathlib import Path; from okrtui.store import queue\n"
    "with queue.held(Path(sys.argv[1]), 10):\n"
    "    print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def holder(path):
    """Another process that holds the queue until it is told or killed."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=-1, stdout=-1, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def waiting(threads: int) -> None:
    """Wait until so many threads of this process stand in the line."""
    end = monotonic() + 30
    while sum(thread.name == "okrtui queue" for thread in threading.enumerate()) != threads:
        assert monotonic() < end, "the line never got that long"


def test_the_lock_is_the_owner_s_alone(path):
    with queue.held(path, 1):
        assert stat.S_IMODE(queue.lock_file(path).stat().st_mode) == 0o600


def test_nobody_holds_it(path):
    queue.lock_file(path).unlink()
    assert queue.holder(path) is None
    with queue.held(path, 1):
        assert queue.holder(path) == os.getpid()
    assert queue.holder(path) is None


def test_a_wait_has_an_end_and_names_who_holds_it(path, holder):
    assert queue.holder(path) == holder.pid
    with pytest.raises(StoreError, match=f"locked: process {holder.pid} has been saving"), queue.held(path, 0.05):
        pytest.fail("two hold it")


def test_a_stopped_holder_does_not_stop_those_who_wait(path, holder):
    holder.send_signal(signal.SIGSTOP)
    with pytest.raises(StoreError, match="locked"), queue.held(path, 0.05):
        pytest.fail("two hold it")
    holder.send_signal(signal.SIGCONT)


def test_who_left_the_line_does_not_hold_it_later(path, holder):
    with pytest.raises(StoreError), queue.held(path, 0.01):
        pass
    waiting(1)
    holder.kill()
    holder.wait()
    waiting(0)
    assert queue.holder(path) is None


def test_a_wait_ends_when_the_queue_is_free(path, holder):
    taken = threading.Event()

    def take() -> None:
        with queue.held(path, 10):
            taken.set()

    thread = threading.Thread(target=take)
    thread.start()
    waiting(1)
    assert not taken.is_set()
    holder.stdin.close()
    thread.join(10)
    assert taken.is_set()


def test_a_killed_holder_frees_it(path, holder):
    holder.kill()
    holder.wait()
    with queue.held(path, 0.01):
        assert queue.holder(path) == os.getpid()


def test_an_interrupted_wait_gives_up_its_place(path, holder):
    def interrupt() -> None:
        waiting(1)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt), queue.held(path, 10):
        pytest.fail("two hold it")
    thread.join()
    holder.kill()
    holder.wait()
    waiting(0)
    assert queue.holder(path) is None


def test_threads_with_stores_of_their_own_take_turns(path):
    inside, most = [], []

    def write() -> None:
        with Store.open(path) as store:
            for _ in range(20):
                with store.writing():
                    inside.append(1)
                    most.append(len(inside))
                    inside.pop()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 160


def test_the_queue_works_without_its_file(path):
    with Store.open(path) as store:
        with store.writing():
            queue.lock_file(path).unlink()
        with store.writing() as connection:
            connection.execute("INSERT INTO setting VALUES ('a', 'b')")
