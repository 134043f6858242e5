"""Who has a file open, as the kernel tells it; and nobody where it tells nothing."""

from __future__ import annotations

import os

from okrtui.store import openers, queue
from okrtui.store.file import Store


def test_this_process_while_it_has_it_open(path):
    assert openers.openers(path) == []
    with Store.open(path):
        (one,) = openers.openers(path)
        assert (one.pid, one.saves, one.waits) == (os.getpid(), False, False)
        assert "python" in one.command
        assert openers.others_in(path) == "another process"
    with queue.held(path, 1):
        (one,) = openers.openers(path)
        assert one.saves


def test_who_waits_is_told_from_who_saves(path, tmp_path, monkeypatch):
    lock = queue.lock_file(path)
    lock.touch()
    found = lock.stat()
    device = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    locks = tmp_path / "locks"
    locks.write_text(
        f"1: FLOCK  ADVISORY  WRITE 111 {device} 0 EOF\n"
        f"1: -> FLOCK  ADVISORY  WRITE 999999999 {device} 0 EOF\n"
        "2: POSIX  ADVISORY  READ 222 fe:00:1 128 128\n"
        "3: OFDLCK ADVISORY  WRITE -1 fe:00:2 0 EOF\n"
        "4: DELEG  ACTIVE    READ\n\n".replace("\n\n", "\n")
    )
    monkeypatch.setattr(openers, "LOCKS", locks)
    assert [(one.pid, one.saves, one.waits) for one in openers.openers(path)] == [
        (111, True, False),
        (999999999, False, True),
    ]
    assert openers.others_in(path) == "processes 111, 999999999"
    monkeypatch.setattr(openers, "LOCKS", tmp_path / "none")
    assert openers.openers(path) == []
