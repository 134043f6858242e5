"""A replica by Litestream while people write, restored and compared: docs/deploy.md says how."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import process

LITESTREAM = Path(sys.executable).with_name("litestream")
PEOPLE = ("ana", "ben", "rob")
EACH = 5

pytestmark = pytest.mark.skipif(not LITESTREAM.exists(), reason="there is no Litestream for this machine")


@contextmanager
def replicated(path, replica):
    """Copy what is saved until the block ends, and then what is left."""
    running = subprocess.Popen(
        [LITESTREAM, "replicate", str(path), f"file://{replica}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        assert any(b"replicating to" in line for line in running.stdout), "it did not begin"
        yield
    finally:
        running.terminate()
        running.communicate(timeout=60)


def restored(replica, target):
    subprocess.run([LITESTREAM, "restore", "-o", str(target), f"file://{replica}"], check=True, capture_output=True)


def comments(path, handle):
    """Save a few comments, each by a process of its own; what was said to be saved."""
    answers = [
        process("comment", "KR1", f"{handle} {number}", OKRTUI_DB=str(path), OKRTUI_AS=handle, OKRTUI_NOW="2026-11-24")
        for number in range(EACH)
    ]
    return [answer.out for answer in answers if answer.status == 0]


def tables(shell):
    """What the file holds, but for where its events end."""
    found = json.loads(shell("export"))["tables"]
    return {name: rows for name, rows in found.items() if name != "setting"}


def test_a_replica_holds_whatever_was_saved_and_is_put_back(running, tmp_path):
    replica, back = tmp_path / "replica", tmp_path / "back.db"
    with replicated(running.path, replica):
        with ThreadPoolExecutor(len(PEOPLE)) as pool:
            saved = list(pool.map(lambda handle: comments(running.path, handle), PEOPLE))
        assert {one["level"] for one in running.json("doctor")} == {"ok"}
    assert [len(one) for one in saved] == [EACH] * len(PEOPLE)
    whole = tables(running)
    restored(replica, back)
    running.path.unlink()
    running("restore", str(back))
    assert {one["level"] for one in running.json("doctor")} == {"ok"}
    found = tables(running)
    assert found["event"].pop()["verb"] == "file.restore"
    assert found == whole
