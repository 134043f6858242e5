"""Putting a backup back: refused while anybody is at work, looked at before, in one step, with the old file kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from command_line import COMMAND, process
from terminal import Terminal, command

from okrtui.service import drafts
from okrtui.service.session import Session
from okrtui.store import people, sqlite
from okrtui.store.file import Store
from okrtui.store.live import VERSION as LIVE_VERSION
from okrtui.store.live import live_file
from okrtui.store.migrations import VERSION

DIE_WITH_A_LOG = """
import os, signal, sys
from okrtui.cli.main import run
from okrtui.store import sqlite
held = sqlite.connect(sys.argv[1])
held.execute("SELECT count(*) FROM event").fetchone()
assert run(["--db", sys.argv[1], "team", "add", "nights"]) == 0
os.kill(os.getpid(), signal.SIGKILL)
"""

# Dies at the n-th line of what restores; prints how many there are where it lives.
DIE_AT_A_LINE = """
import os, signal, sys
from okrtui.cli.main import run
import okrtui.cli.restore
from okrtui.service import backups
from okrtui.store import live, making, swap

FILES = {module.__file__ for module in (backups, live, making, swap)}
passed = 0

def look(frame, event, _):
    global passed
    if frame.f_code.co_filename not in FILES:
        return None
    if event == "line":
        passed += 1
        if passed == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
    return look

sys.settrace(look)
status = run(["--db", sys.argv[1], "restore", sys.argv[2]])
sys.settrace(None)
print(passed)
sys.exit(status)
"""


@pytest.fixture
def friday(shell, tmp_path):
    """A backup; since then, a team was added, in a log that a process left which died."""
    target = tmp_path / "friday.db"
    shell("backup", str(target))
    died = subprocess.run([sys.executable, "-c", DIE_WITH_A_LOG, str(shell.path)], capture_output=True, check=False)
    assert died.returncode == -9, died
    assert shell.path.with_name("okr.db-wal").stat().st_size > 0
    return target


def slugs(shell):
    return {team["slug"] for team in shell.json("team", "list")}


OLD, NEW = {"acme", "sales", "support", "nights"}, {"acme", "sales", "support"}


def beside(shell):
    """What stands beside the file, but for what any session leaves."""
    return {one.name for one in shell.path.parent.iterdir()} - {"okr.db", "okr.db.lock", "okr.db.live"}


class TestRestoring:
    def test_puts_the_backup_back_and_keeps_the_file(self, shell, friday):
        done = shell.json("restore", str(friday))
        assert done["kept"] == str(shell.path.with_name("okr.db.before-restore"))
        assert slugs(shell) == NEW
        assert beside(shell) == {"okr.db.before-restore"}
        assert shell.path.stat().st_mode & 0o777 == 0o600
        assert {one["level"] for one in shell.json("doctor")} == {"ok"}
        last = shell.json("log")[-1]
        assert (last["verb"], last["id"]) == ("file.restore", done["events"] + 1)
        assert "friday.db" in last["text"]

    def test_the_file_that_was_kept_is_whole_with_what_was_in_its_log(self, shell, friday):
        kept = shell.json("restore", str(friday))["kept"]
        assert shell.json("restore", kept)["kept"].endswith("okr.db.before-restore-2")
        assert slugs(shell) == OLD

    def test_leaves_the_backup_as_it_was(self, shell, friday):
        before = friday.read_bytes()
        shell("restore", str(friday))
        assert friday.read_bytes() == before
        assert [one.name for one in friday.parent.glob("friday*")] == ["friday.db"]

    def test_of_a_copy_with_its_log(self, shell, friday, tmp_path):
        """What `cp` makes of a file is no backup; with its log it is one all the same."""
        for suffix in ("", "-wal"):
            copied = tmp_path / f"copy.db{suffix}"
            copied.write_bytes(shell.path.with_name(f"okr.db{suffix}").read_bytes())
        shell("restore", str(friday))
        shell("restore", str(tmp_path / "copy.db"))
        assert slugs(shell) == OLD

    def test_where_the_file_is_gone_and_its_log_is_not(self, shell, friday):
        shell.path.unlink()
        done = shell.json("restore", str(friday))
        assert done["kept"] is None
        assert slugs(shell) == NEW

    def test_where_the_file_is_damaged(self, shell, friday):
        damaged = b"\xff" * 40_000
        shell.path.write_bytes(damaged)
        shell("restore", str(friday))
        assert slugs(shell) == NEW
        assert shell.path.with_name("okr.db.before-restore").read_bytes() == damaged
        assert {one["level"] for one in shell.json("doctor")} == {"ok"}

    def test_goes_on_in_maintenance(self, shell, friday):
        shell("maintenance", "on", "-m", "Back to Friday")
        shell("restore", str(friday))
        assert "Back to Friday" in shell.refused("--as", "ana", "room", "sales", status=3)
        shell("maintenance", "off")
        shell("--as", "ana", "room", "sales")


class TestDrafts:
    def keep(self, shell, handle, form):
        with Store.open(shell.path) as store:
            with store.reading() as connection:
                person = people.by_handle(connection, handle)
            drafts.keep(Session(store, person.id), form, {"body": "Typed"}, {"body": ""})

    def left(self, shell, handle):
        with Store.open(shell.path) as store:
            with store.reading() as connection:
                person = people.by_handle(connection, handle)
            return [one.form for one in drafts.waiting(Session(store, person.id))]

    def test_stay_with_the_same_people_and_go_to_nobody_else(self, shell, tmp_path):
        """Who came after the backup had a number that somebody else gets now."""
        shell("backup", str(tmp_path / "friday.db"))
        shell("person", "add", "zoe")
        self.keep(shell, "ana", "Comment on O1")
        self.keep(shell, "zoe", "Comment on O2")
        shell("restore", str(tmp_path / "friday.db"))
        shell("person", "add", "yan")
        assert self.left(shell, "yan") == []
        assert self.left(shell, "ana") == ["Comment on O1"]

    def test_are_all_kept_with_the_old_file(self, shell, tmp_path):
        shell("backup", str(tmp_path / "friday.db"))
        shell("person", "add", "zoe")
        self.keep(shell, "zoe", "Comment on O2")
        kept = shell.json("restore", str(tmp_path / "friday.db"))["kept"]
        shell.options = ("--db", kept)
        shell.path = shell.path.with_name("okr.db.before-restore")
        assert live_file(shell.path).stat().st_mode & 0o777 == 0o600
        assert self.left(shell, "zoe") == ["Comment on O2"]

    def test_of_a_file_that_is_gone_are_offered_to_nobody_and_kept(self, shell, tmp_path):
        """Nothing says any more whose they were."""
        shell("backup", str(tmp_path / "friday.db"))
        self.keep(shell, "ana", "Comment on O1")
        shell.path.unlink()
        shell("restore", str(tmp_path / "friday.db"))
        assert self.left(shell, "ana") == []
        kept = sqlite.connect(str(shell.path.with_name("okr.db.before-restore.live")))
        assert kept.execute("SELECT form FROM draft").fetchall() == [("Comment on O1",)]
        kept.close()

    @pytest.mark.parametrize("what", ["newer", "damaged"])
    def test_that_cannot_be_read_are_offered_to_nobody_and_kept(self, shell, tmp_path, what):
        shell("backup", str(tmp_path / "friday.db"))
        self.keep(shell, "ana", "Comment on O1")
        if what == "newer":
            newer = sqlite.connect(str(live_file(shell.path)))
            newer.execute(f"PRAGMA user_version = {LIVE_VERSION + 1}")
            newer.close()
        else:
            live_file(shell.path).write_bytes(b"\xff" * 20_000)
        before = live_file(shell.path).read_bytes()
        shell("restore", str(tmp_path / "friday.db"))
        assert self.left(shell, "ana") == []
        found = [one for one in shell.path.parent.iterdir() if ".live" in one.name and one.read_bytes() == before]
        assert len(found) == 1


class TestRefused:
    def unchanged(self, shell):
        assert slugs(shell) == OLD
        assert beside(shell) <= {"okr.db-wal", "okr.db-shm"}

    def test_while_somebody_has_a_screen_open_and_who_that_is(self, shell, friday):
        with Terminal(*command(shell.path, "ana"), env={"OKRTUI_NOW": "2026-10-06T10:00"}) as terminal:
            terminal.until("Sales")
            end = time.monotonic() + 20
            while not shell.json("who")["sessions"]:
                assert time.monotonic() < end
                terminal.pump()
            sentence = shell.refused("restore", str(friday), status=3)
            assert f"in use by ana (room, process {terminal.child.pid})" in sentence
            assert "okrtui maintenance on" in sentence
            terminal.press("q")
            assert terminal.ends() == 0
        self.unchanged(shell)
        shell("restore", str(friday))

    def test_while_another_process_has_it_open(self, shell, friday):
        environ = {**os.environ, "OKRTUI_DB": str(shell.path), "OKRTUI_NOW": "2026-10-06T10:00"}
        with subprocess.Popen([COMMAND, "log", "--follow"], env=environ, stdout=subprocess.PIPE) as following:
            assert following.stdout.readline()
            sentence = shell.refused("restore", str(friday), status=3)
            assert f"is open (process {following.pid})" in sentence
            assert {one["pid"] for one in shell.json("who")["processes"]} == {following.pid}
            following.terminate()
        self.unchanged(shell)

    def test_a_damaged_backup(self, shell, friday):
        content = bytearray(friday.read_bytes())
        content[8192:16384] = b"\xff" * 8192
        friday.write_bytes(content)
        sentence = shell.refused("restore", str(friday), status=3)
        assert "friday.db" in sentence
        self.unchanged(shell)

    def test_a_backup_that_was_changed_behind_the_program_s_back(self, shell, friday):
        changed = sqlite.connect(str(friday))
        changed.execute("UPDATE team SET path = '/7/' WHERE slug = 'sales'")
        changed.commit()
        changed.close()
        assert "is not whole, and nothing was restored" in shell.refused("restore", str(friday), status=3)
        self.unchanged(shell)

    def test_a_newer_backup(self, shell, friday):
        newer = sqlite.connect(str(friday))
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
        newer.close()
        assert f"{friday} was made by a newer okrtui" in shell.refused("restore", str(friday), status=3)
        self.unchanged(shell)

    @pytest.mark.usefixtures("friday")
    @pytest.mark.parametrize("content", [None, b"", b"x", b"dear all\n" * 1000])
    def test_no_backup_at_all(self, shell, tmp_path, content):
        other = tmp_path / "other.db"
        if content is not None:
            other.write_bytes(content)
        assert "other.db" in shell.refused("restore", str(other), status=3)
        self.unchanged(shell)

    @pytest.mark.usefixtures("friday")
    def test_the_file_itself(self, shell):
        assert "is the file itself" in shell.refused("restore", str(shell.path), status=2)
        self.unchanged(shell)

    def test_to_anybody_but_the_owner(self, shell, friday):
        assert "is for the owner of" in shell.refused("--as", "ada", "restore", str(friday))
        assert process("restore", str(friday), OKRTUI_DB=str(shell.path), SUDO_UID="54321").status == 1
        self.unchanged(shell)


def test_killed_at_any_line_it_leaves_the_old_or_the_new_file(shell, friday, tmp_path):
    """The old file has a log beside it each time, which nobody plays into the new one."""
    kept = {one.name: one.read_bytes() for one in shell.path.parent.iterdir()}

    def again():
        for one in shell.path.parent.iterdir():
            one.unlink()
        for name, content in kept.items():
            (shell.path.parent / name).write_bytes(content)

    def killed_at(line):
        run = [sys.executable, "-c", DIE_AT_A_LINE, str(shell.path), str(friday), str(line)]
        return subprocess.run(run, capture_output=True, check=False, text=True)

    whole = killed_at(0)
    assert whole.returncode == 0, whole
    found = []
    lines = int(whole.stdout.splitlines()[-1])
    for line in range(1, lines + 1, max(1, lines // 40)):
        again()
        assert killed_at(line).returncode == -9
        found.append(slugs(shell))
        assert found[-1] in (OLD, NEW), line
        wrong = [one["sentence"] for one in shell.json("doctor") if one["level"] == "error"]
        assert wrong == [], line
        shell("restore", str(friday))
        assert slugs(shell) == NEW
    assert OLD in found
    assert NEW in found
