"""The set-up of docs/ssh.md, as it stands there: sshd asks okrtui whose a key is, and lets codes be handed in."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
from documented import box
from sshd import ACCOUNT, Host, must_have_sshd, okrtui, running, wait_until

from okrtui.core.public_keys import CODE_LETTERS
from okrtui.remote.listed import list_file
from okrtui.service import drafts

CODE = re.compile(f"[{CODE_LETTERS}]{{4}}(?:-[{CODE_LETTERS}]{{4}}){{3}}")


@pytest.fixture
def host(company, tmp_path):
    """The server of the docs: a key of ``ana`` is in the file, and in no list of sshd's."""
    must_have_sshd()
    found = Host(tmp_path / "sshd", company.store.path)
    settings = box("sshd_config")
    for here, there in {
        "Match User okr": f"Match User {ACCOUNT}",
        "AuthorizedKeysCommandUser okr": f"AuthorizedKeysCommandUser {ACCOUNT}",
        "/opt/okrtui/bin/okrtui": okrtui(),
        "/srv/okr/okr.db": str(found.path),
    }.items():
        assert here in settings
        settings = settings.replace(here, there)
    found.settings = settings
    with found:
        found.let_in("ana")
        yield found


def test_sshd_asks_whose_a_key_is(host):
    assert not list_file(host.path).exists()
    assert host.ssh("ana", "me", "--json").json["handle"] == "ana"
    host.make_key("eve")
    assert host.ssh("eve", "me").status == 255


def test_it_need_not_ask_for_a_key_on_the_list(host):
    host.make_key("lea")
    host.owner("keys", "add", "lea", str(host.folder / "lea.pub"))
    kept = list_file(host.path)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_text() == host.owner("keys", "authorized").out
    assert host.ssh("lea", "me", "--json").json["handle"] == "lea"


def test_the_list_decides_nothing(host):
    """Not even one that was put back from yesterday."""
    host.make_key("lea")
    host.owner("keys", "add", "lea", str(host.folder / "lea.pub"))
    yesterday = list_file(host.path).read_text()
    host.owner("keys", "remove", "@lea")
    assert "lea" not in list_file(host.path).read_text()
    assert host.ssh("lea", "me").status == 255
    list_file(host.path).write_text(yesterday)
    answer = host.ssh("lea", "me")
    assert (answer.status, answer.out) == (1, "")
    assert "This key lets nobody in here any more" in answer.sentence


def test_who_is_switched_off_is_not_let_in(host):
    host.owner("person", "deactivate", "ana")
    assert host.ssh("ana", "me").status == 255
    host.owner("person", "activate", "ana")
    assert host.ssh("ana", "me").status == 0


def invited(host, handle="ben"):
    """The code made for somebody, and a new key beside it that nobody knows."""
    host.make_key(handle)
    said = host.owner("keys", "invite", handle).out
    return CODE.search(said)[0]


def test_a_link_that_says_nothing_any_more_is_given_up(host, company):
    """A frozen client, or a cable that was pulled: within four times the interval, and what was typed is kept."""
    assert "ClientAliveInterval 15\n" in host.settings
    settings = host.settings.replace("ClientAliveInterval 15", "ClientAliveInterval 1")
    company.accepted()
    with Host(host.folder.with_name("quick"), host.path, settings) as quick:
        quick.let_in("lea")
        with quick.terminal("lea") as lea:
            lea.until("Needs you")
            lea.press("2")
            lea.until("─ Objectives ─")
            lea.press("c")
            lea.until("─ Comment on O1")
            lea.press("Half a word")
            lea.until("Half a word")
            lea.child.kill(signal.SIGSTOP)
            wait_until(lambda: not running(host.path))
    assert [draft.typed["body"] for draft in drafts.waiting(company.as_("lea"))] == ["Half a word"]


class TestACode:
    def test_lets_the_key_in_that_came_with_it(self, host):
        host.make_key("eve")
        code = invited(host)
        answer = host.ssh("ben", code)
        assert (answer.status, answer.out) == (0, "Welcome, ben: this key lets you in from now on. Connect again.\n")
        assert "--as ben" in list_file(host.path).read_text()
        assert host.ssh("ben", "me", "--json").json["handle"] == "ben"
        assert host.ssh("eve", code).status == 255
        assert "let in, by a code, a key as @ben" in host.owner("log", "@ben").out

    def test_is_asked_for_at_a_terminal(self, host):
        code = invited(host)
        with host.terminal("ben") as ben:
            ben.until("Your code:")
            ben.press(f" {code.upper().replace('-', ' ')}", "enter")
            ben.until("Welcome, ben")
            assert ben.ends() == 0
        with host.terminal("ben") as ben:
            ben.until("Needs you")

    def test_is_read_from_the_input(self, host):
        assert host.ssh("ben" if invited(host) else "", typed=b"no such code\n").status == 1
        assert host.ssh("ben", typed=f"{invited_again(host)}\n".encode()).status == 0

    def test_a_wrong_one_opens_nothing(self, host):
        code = invited(host)
        for said in ("0000-0000-0000-0000", "due", "--as ana me", "sh", "x" * 10_000):
            answer = host.ssh("ben", said)
            assert (answer.status, answer.out) == (1, ""), said
            assert answer.sentence.startswith("No such code is open"), said
        assert host.ssh("ben", code).status == 0

    def test_of_somebody_switched_off_is_none(self, host):
        code = invited(host)
        host.owner("keys", "invite", "lea")  # another is open, so that the key gets as far as the question
        host.owner("person", "deactivate", "ben")
        assert host.ssh("ben", code).status == 1

    def test_an_earlier_one_is_closed_by_the_next(self, host):
        first = invited(host)
        second = invited_again(host)
        assert host.ssh("ben", first).status == 1
        assert host.ssh("ben", second).status == 0

    def test_lets_no_port_be_forwarded(self, host):
        invited(host)
        assert host.ssh("ben", "x", options=("-R", "0:127.0.0.1:1", "-oExitOnForwardFailure=yes")).status == 255

    def test_stands_nowhere_in_the_file(self, host):
        code = invited(host)
        assert code.encode() not in host.path.read_bytes() + Path(f"{host.path}-wal").read_bytes()


def invited_again(host, handle="ben"):
    return CODE.search(host.owner("keys", "invite", handle).out)[0]
