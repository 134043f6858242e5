"""What a service manager hears of the server."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
from served import clean_environ

SECONDS = 20.0


@pytest.fixture
def manager(tmp_path):
    """Where a service manager listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(tmp_path / "notify"))
        channel.settimeout(SECONDS)
        yield channel


@contextmanager
def server(company, manager, **environ):
    """A server that is told where it may tell of itself."""
    words = ["-m", "okrtui", "--db", str(company.store.path), "serve", "--listen", "127.0.0.1:0"]
    told = clean_environ() | {"NOTIFY_SOCKET": manager.getsockname()} | environ
    with subprocess.Popen(
        [sys.executable, *words], env=told, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_is_told_when_it_begins_that_it_goes_on_and_when_it_stops(company, manager):
    with server(company, manager, WATCHDOG_USEC="200000") as process:
        assert [manager.recv(99) for _ in range(4)] == [b"READY=1", *3 * [b"WATCHDOG=1"]]
        process.terminate()
        while (said := manager.recv(99)) == b"WATCHDOG=1":
            pass
        assert said == b"STOPPING=1"
        assert process.wait(SECONDS) == 0


@pytest.mark.parametrize("environ", [{}, {"WATCHDOG_USEC": "200000", "WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "soon"}])
def test_is_told_no_more_than_it_asks_for(company, manager, environ):
    with server(company, manager, **environ) as process:
        assert manager.recv(99) == b"READY=1"
        manager.settimeout(0.5)
        with pytest.raises(TimeoutError):
            manager.recv(99)
        process.terminate()
        manager.settimeout(SECONDS)
        assert manager.recv(99) == b"STOPPING=1"


def test_reads_where_it_stood_that_was_ended_for_standing_still(company, manager):
    with server(company, manager) as process:
        assert manager.recv(99) == b"READY=1"
        process.send_signal(signal.SIGABRT)
        _, said = process.communicate(timeout=SECONDS)
        assert process.returncode == -signal.SIGABRT
    assert b"run_forever" in said
