"""Who is here, and ending sessions: by a kick, by maintenance, by switching somebody off, by a newer file. In real ptys."""

from __future__ import annotations

import json
import os
import subprocess
import time

import pytest
from command_line import COMMAND, OURS
from terminal import Terminal, command

from okrtui.service import drafts
from okrtui.service.session import Session
from okrtui.store import live, maintenance, queue, sqlite
from okrtui.store.file import Store
from okrtui.store.migrations import VERSION
from okrtui.store.people import by_handle

AT = "2026-11-24T10:00"
KEPT = "What you typed is kept, and offered again when you come back."
SOON = 15.0
"""Seconds on a busy machine for what takes one."""


@pytest.fixture
def seat(running):
    """Opens the interface in a pty of its own, and waits for the first page."""

    def opened(handle="ana", **more):
        terminal = Terminal(*command(running.path, handle), env={"OKRTUI_NOW": AT}, columns=120, **more)
        terminal.until("What happened")
        return terminal

    return opened


@pytest.fixture
def typing(seat):
    """The same in a form with words that are not saved."""

    def opened(handle="ana"):
        terminal = seat(handle)
        terminal.press("c")
        terminal.until("Comment")
        terminal.press("Half a thought")
        terminal.until("Half a thought")
        return terminal

    return opened


def here(shell, count):
    """Who is here, once it is so many."""
    end = time.monotonic() + 20
    while len(found := shell.json("who")["sessions"]) != count:
        assert time.monotonic() < end, found
    return found


def waiting_to_save(shell):
    """The processes that have the file open, once one of them waits."""
    end = time.monotonic() + 20
    while not any(one["waits"] for one in shell.json("who")["processes"]):
        assert time.monotonic() < end
    return shell.json("who")["processes"]


def unsaved(shell, handle):
    with Store.open(shell.path) as store:
        with store.reading() as connection:
            person = by_handle(connection, handle)
        return [one.typed for one in drafts.waiting(Session(store, person.id))]


def ended(terminal, status, *sentences):
    """What a session says that ends by itself, with the terminal as it was."""
    began = time.monotonic()
    assert terminal.ends() == status
    assert time.monotonic() - began < SOON
    # It stands below what was drawn, on lines as wide as the terminal.
    said = b"".join(bytes(terminal.raw).rpartition(b"\x1b[?1049l")[2].split()).decode()
    for sentence in sentences:
        assert "".join(sentence.split()) in said, said
    assert b"Traceback" not in terminal.raw


def test_nobody_is_here(running):
    assert running("who") == "Nobody has a screen open."
    assert running.json("who") == {"sessions": [], "processes": [], "maintenance": None}


def test_who_is_here_and_where(running, typing):
    with typing() as ana:
        (one,) = here(running, 1)
        assert (one["handle"], one["page"], one["team"], one["pid"]) == ("ana", "room", "sales", ana.child.pid)
        assert (one["cycle"], one["way"]) == ("2026-Q4", "as+rehearsal")
        assert one["form"].startswith("Comment")
        assert one["since"] <= one["heard"]
        line = running("who")
        assert line.startswith(f"{one['session'][:6]}  ana  room sales 2026-Q4, in 'Comment")
        assert f"process {ana.child.pid}" in line
        ana.press("ctrl+q")
        assert ana.ends() == 0
    here(running, 0)


def test_one_whose_process_died_is_not_here(running, seat):
    with seat() as ana:
        here(running, 1)
        ana.child.kill(9)
        ana.child.wait()
        here(running, 0)


def test_who_holds_the_queue_and_who_waits_for_it(running):
    environ = {name: value for name, value in os.environ.items() if name not in OURS}
    environ |= {"OKRTUI_DB": str(running.path), "OKRTUI_NOW": AT, "OKRTUI_AS": "rob"}
    comment = [COMMAND, "comment", "KR1", "Hello"]
    with queue.held(running.path, 1), subprocess.Popen(comment, env=environ, stdout=subprocess.PIPE) as waiting:
        (one,) = waiting_to_save(running)
        assert (one["pid"], one["saves"]) == (waiting.pid, False)
        assert "comment KR1 Hello" in one["command"]
        assert f"Process {waiting.pid} waits to save: " in running("who")
        waiting.terminate()


def test_a_damaged_file_does_not_keep_who_from_answering(running):
    running.path.write_bytes(b"\xff" * 40_000)
    assert running("who") == "Nobody has a screen open."


def test_nobody_but_the_owner_asks_or_ends(running):
    for arguments in (("who",), ("kick", "ana"), ("maintenance", "on", "-m", "x"), ("maintenance", "off")):
        assert "is for the owner of" in running.refused("--as", "ada", *arguments)


class TestKick:
    def test_ends_a_session_and_keeps_what_is_typed(self, running, typing):
        with typing() as ana:
            here(running, 1)
            running("kick", "@Ana", "-m", "The host goes down")
            me = running.json("log")[-1]["who"]
            ended(ana, 1, f"{me} ended your session: The host goes down.", KEPT)
        assert unsaved(running, "ana") == [{"body": "Half a thought"}]
        last = running.json("log")[-1]
        assert (last["verb"], last["text"]) == ("session.kick", "ended a session of @ana: The host goes down")

    def test_ends_one_of_two(self, running, seat):
        with seat() as first, seat() as second:
            found = {one["pid"]: one["session"] for one in here(running, 2)}
            running("kick", found[first.child.pid][:8])
            ended(first, 1, "ended your session.")
            (left,) = here(running, 1)
            assert left["pid"] == second.child.pid
            second.press("3")
            second.until("Agreed")
            second.press("q")
            assert second.ends() == 0

    def test_ends_both_of_a_person_and_nobody_else_s(self, running, seat):
        with seat() as first, seat() as second, seat("ben") as ben:
            here(running, 3)
            assert {one["handle"] for one in running.json("kick", "ana")["sessions"]} == {"ana"}
            ended(first, 1, "ended your session")
            ended(second, 1, "ended your session")
            ben.press("q")
            assert ben.ends() == 0

    def test_who_was_sent_away_may_come_back(self, running, seat):
        with seat() as ana:
            here(running, 1)
            running("kick", "ana")
            ended(ana, 1)
        with seat() as ana:
            here(running, 1)
            ana.press("q")
            assert ana.ends() == 0

    def test_nobody(self, running):
        assert "`okrtui who` shows them all" in running.refused("kick", "ana")
        assert "`okrtui who` shows them all" in running.refused("kick", "")

    def test_a_session_that_hangs_is_named_with_its_process(self, running, seat, monkeypatch):
        monkeypatch.setattr("okrtui.cli.sessions._LEAVING_SECONDS", 1.0)
        with seat() as ana:
            here(running, 1)
            os.kill(ana.child.pid, 19)  # stopped, as a process whose disk hangs
            said = running("kick", "ana")
            assert f"ana has not left yet: `kill {ana.child.pid}`" in said
            os.kill(ana.child.pid, 18)
            ended(ana, 1, "ended your session")


class TestMaintenance:
    def test_ends_sessions_and_keeps_everybody_out_with_the_reason(self, running, typing):
        with typing() as ana:
            here(running, 1)
            assert running.json("maintenance", "on", "-m", "Upgrade until noon")["still_here"] == []
            ended(ana, 3, "is in maintenance since", "Upgrade until noon. Try again later.", KEPT)
        assert unsaved(running, "ana") == [{"body": "Half a thought"}]
        for arguments in (("comment", "KR1", "Hello"), ("room", "sales"), ("due",), ("export",)):
            assert ": Upgrade until noon." in running.refused("--as", "ana", *arguments, status=3)
        refused = Terminal(*command(running.path, "ana"), env={"OKRTUI_NOW": AT})
        with refused:
            assert refused.ends() == 3
        assert "Upgrade until noon" in refused.text

    def test_leaves_the_owner_at_work(self, running, tmp_path):
        running("maintenance", "on", "-m", "Upgrade")
        assert "In maintenance since" in running("who")
        running("backup", str(tmp_path / "friday.db"))
        running("doctor")
        running("person", "add", "zoe")
        running("redact", "KR1", "--column", "week_nine", "-m", "Why not")
        running("restore", str(tmp_path / "friday.db"))
        running("maintenance", "off")
        assert running("--as", "ana", "comment", "KR1", "Back")
        assert [line["verb"] for line in running.json("log")][-3:] == ["file.restore", "maintenance.end", "comment.add"]

    def test_leaves_the_owner_s_own_screen_open(self, running):
        with Terminal("--db", str(running.path), env={"OKRTUI_NOW": AT}, columns=120) as owner:
            owner.until("What happened")
            here(running, 1)
            running("maintenance", "on", "-m", "Upgrade")
            owner.press("2")
            owner.until("H texts")
            owner.press("q")
            assert owner.ends() == 0

    def test_refuses_a_write_that_waited_while_it_began(self, running):
        """Who stood in the queue then is refused, not let through."""
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        environ |= {"OKRTUI_DB": str(running.path), "OKRTUI_NOW": AT, "OKRTUI_AS": "rob"}
        with queue.held(running.path, 1):
            waiting = subprocess.Popen(
                [COMMAND, "comment", "KR1", "Hello"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            waiting_to_save(running)
            maintenance.begin(running.path, maintenance.Maintenance("Upgrade", "olga", AT))
        _, said = waiting.communicate(timeout=60)
        assert waiting.returncode == 3
        assert b"Upgrade" in said

    def test_ends_who_follows_the_log(self, running):
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        environ |= {"OKRTUI_DB": str(running.path), "OKRTUI_NOW": AT, "OKRTUI_AS": "rob"}
        with subprocess.Popen(
            [COMMAND, "log", "--follow"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as following:
            assert following.stdout.readline()
            running("maintenance", "on", "-m", "Upgrade")
            _, said = following.communicate(timeout=60)
        assert following.returncode == 3
        assert b"Upgrade" in said

    def test_needs_a_reason_and_ends_once(self, running):
        assert "Say why nobody is let in" in running.refused("maintenance", "on", status=2)
        assert "is not in maintenance" in running.refused("maintenance", "off", status=2)
        assert "leave -m out" in running.refused("maintenance", "off", "-m", "Done", status=2)

    def test_a_reason_of_another_s_hand_is_text(self, running):
        running.path.with_name("okr.db.maintenance").write_text(
            json.dumps({"reason": "\x1b[31mred\x1b[0m [b]", "by": "x", "at": "y"})
        )
        said = running.call("--as", "ana", "due").err
        assert "\x1b" not in said
        running.path.with_name("okr.db.maintenance").write_bytes(b"\xff{")
        assert "is in maintenance." in running.refused("--as", "ana", "due", status=3)


class TestSwitchedOff:
    def test_ends_the_session_at_once_and_keeps_what_is_typed(self, running, typing):
        with typing() as ana:
            running("person", "deactivate", "ana")
            ended(ana, 1, "Your access to this file was switched off: ask an admin.", KEPT)
        assert unsaved(running, "ana") == [{"body": "Half a thought"}]
        running("person", "activate", "ana")
        with Terminal(*command(running.path, "ana"), env={"OKRTUI_NOW": AT}) as again:
            again.until("unfinished form is kept")
            again.press("q")
            assert again.ends() == 0

    def test_ends_nobody_else_s(self, running, seat):
        with seat("ben") as ben:
            running("person", "deactivate", "ana")
            ben.press("3")
            ben.until("Agreed")
            ben.press("q")
            assert ben.ends() == 0


class TestOlderThanTheFile:
    def upgrade(self, path, version):
        newer = sqlite.connect(str(path), isolation_level=None)
        newer.execute(f"PRAGMA user_version = {version}")
        newer.close()

    def test_a_session_ends_when_a_newer_program_has_upgraded_the_file(self, running, typing):
        with typing() as ana:
            self.upgrade(running.path, VERSION + 1)
            ended(ana, 3, "upgraded by a newer okrtui: update okrtui, then open it again.", KEPT)
        self.upgrade(running.path, VERSION)
        assert unsaved(running, "ana") == [{"body": "Half a thought"}]

    def test_a_command_is_refused(self, running):
        self.upgrade(running.path, VERSION + 1)
        assert "upgraded by a newer okrtui" in running.refused("--as", "rob", "comment", "KR1", "Hello", status=3)

    def test_a_session_ends_when_a_newer_program_has_made_the_second_file_anew(self, running, typing, monkeypatch):
        """What was typed until then goes over into it, and it is left alone."""
        with typing() as ana:
            end = time.monotonic() + 20
            while not unsaved(running, "ana"):
                assert time.monotonic() < end
            monkeypatch.setattr(live, "VERSION", live.VERSION + 1)
            newer = live.Live(running.path)
            while newer.read(lambda _: 1) is None:  # the session may just then have made it anew itself
                assert time.monotonic() < end
            ended(ana, 3, "was made by a newer okrtui, as after an update: start okrtui again.", KEPT)
            newer.close()
        assert unsaved(running, "ana") == [{"body": "Half a thought"}]
