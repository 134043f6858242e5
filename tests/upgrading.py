"""A program that knows one step more than the files were made by; run by itself, one that is killed while it takes the step.

    python tests/upgrading.py

It reads a line of JSON for each upgrade, the file and the number of the call to the disk at which it dies (0: none), and
answers with how many calls there were, where it lives, and with its exit status.
"""

from __future__ import annotations

import json
import os
import sys

from disk import Disk, under
from sqlite_utils import Migrations

import okrtui.store.file
from okrtui.store import migrations
from okrtui.store.file import Store
from okrtui.store.migrations import steps


def another_step(known: Migrations) -> Migrations:
    """The steps there are, and one that makes a table with a row for each event."""
    more = Migrations("okrtui")
    for step in known._migrations:
        more(name=step.name)(step.fn)

    @more()
    def another(db) -> None:
        db.conn.execute("CREATE TABLE another (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT")
        db.conn.execute("INSERT INTO another SELECT id, verb FROM event")

    return more


def upgrade(path: str, number: int) -> None:
    """Open a file that is older than this program."""
    disk = Disk()
    if number:
        disk.fail("kill", number)
    with under(disk):
        Store.open(path).close()
    os.write(1, f"{len(disk.calls)} ".encode())


def main() -> None:
    """Be the newer program; each upgrade is a process, forked, as starting an interpreter would take most of the time."""
    steps.migrations = another_step(steps.migrations)
    migrations.VERSION = okrtui.store.file.VERSION = migrations.VERSION + 1
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            try:
                upgrade(*json.loads(line))
            finally:
                os._exit(0)
        _, status = os.waitpid(pid, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
