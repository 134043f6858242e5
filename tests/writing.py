"""People who check in as fast as they can, each in a process of their own, and say what was saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

# Forks a writer for each line it is given: starting an interpreter for each would take most of the time.
FORK = """
import os, signal, sys
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


class Writers:
    """One for each key result, from the begin of the block to its end."""

    def __init__(self, path: Path, person_id: int, refs: Sequence[str]) -> None:
        self.running: dict[int, str] = {}
        """Process ids, each with what it writes to."""
        self.saved: set[str] = set()
        """The words of every check-in that was acknowledged."""
        self._refs = refs
        self._call = [sys.executable, "-c", FORK, str(path), str(person_id)]

    def __enter__(self) -> Writers:
        self._process = subprocess.Popen(self._call, stdin=-1, stdout=-1, stderr=-1, start_new_session=True)
        for ref in self._refs:
            self._start(ref)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)  # of those, too, of which it has not been said yet that they began
        for line in self._process.stdout.read().decode().splitlines():
            self._hear(line.split())
        self._process.communicate()

    def _start(self, ref: str) -> None:
        self._process.stdin.write(f"{ref}\n".encode())
        self._process.stdin.flush()

    def _hear(self, words: list[str]) -> bool:
        if words[:1] == ["saved"] and len(words) == 3:
            self.saved.add(" ".join(words[1:]))
            return True
        return False

    def next(self) -> tuple[int, int]:
        """Wait until something is saved; by which process, and how many that makes of it."""
        while True:
            line = self._process.stdout.readline().decode()
            assert line, self._process.stderr.read().decode()
            verb, pid, what = line.split()
            if self._hear([verb, pid, what]):
                return int(pid), int(what)
            self.running[int(pid)] = what

    def kill(self, pid: int) -> None:
        """Kill one, whatever it is doing, and let another take its place."""
        os.kill(pid, signal.SIGKILL)
        self._start(self.running.pop(pid))
