"""The server as a process: who is let in, what a terminal gets, and what is left of it when the server stops."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys

import asyncssh
import pytest
from command_line import Answer
from served import Served
from ssh import test_documented
from sshd import ACCOUNT

from okrtui.cli.main import run
from okrtui.remote.serving.gate import SEND_BUFFER
from okrtui.service import threads
from okrtui.terminal.outlet import MOST_WAITING

WORDS = "None of this shall be lost"
ASKED = ("-oBatchMode=no",)
"""As a person at a terminal comes: asked whatever there is to ask."""


def at_home(terminal):
    terminal.until("Needs you")


def commenting(terminal, words=WORDS):
    """Comment on the first objective, and do not save yet."""
    at_home(terminal)
    terminal.press("2")
    terminal.until("Buyers get their answer")
    terminal.press("c")
    terminal.until("Comment on O1")
    terminal.press(*words)
    terminal.until(words)


def fingerprint(host, name):
    return asyncssh.read_public_key(f"{host.folder / name}.pub").get_fingerprint()


class TestTheHostKey:
    def test_is_made_once_and_is_its_accounts_alone(self, host):
        key = host.path.with_name(f"{host.path.name}.hostkey")
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert asyncssh.read_private_key(key).get_fingerprint() == host.host_key
        host.stop()
        before = host.host_key
        with host:
            assert host.host_key == before

    def test_that_others_may_read_is_none(self, host):
        host.stop()
        key = host.path.with_name(f"{host.path.name}.hostkey")
        key.chmod(0o644)
        with pytest.raises(AssertionError):
            host.__enter__()
        assert "may be read by others" in host.said
        assert host.ends() == 3


class TestWhoIsLetIn:
    def test_the_name_says_nothing(self, host):
        assert host.ssh("ana", "me --json").json["handle"] == "ana"
        client = [word.replace(f"{ACCOUNT}@", "lea@") for word in host.client("ana")]
        done = subprocess.run([*client, "me --json"], capture_output=True, check=True)
        assert json.loads(done.stdout)["handle"] == "ana"

    def test_an_unknown_key_is_refused_and_noted(self, host):
        host.make_key("eve")
        assert host.ssh("eve", "me").status == 255
        assert f"unknown key {fingerprint(host, 'eve')} from 127.0.0.1:" in host.said
        assert "eve" not in host.said.replace(str(host.folder), "")

    def test_who_is_unknown_is_told_what_to_do(self, host):
        host.make_key("eve")
        with host.terminal("eve", options=ASKED) as eve:
            assert eve.ends() == 255
        assert "is nobody's here: ask the owner" in eve.said
        assert fingerprint(host, "eve") in eve.said.replace(" ", "")

    async def test_a_key_is_tried_after_one_that_is_unknown(self, host):
        host.make_key("eve")
        keys = [str(host.folder / name) for name in ("eve", "ana")]
        async with host.connect("ana", client_keys=keys) as connection:
            done = await connection.run("me --json", check=True)
        assert '"ana"' in str(done.stdout)

    def test_no_password_and_no_other_way(self, host):
        answer = host.ssh("ana", "me", options=("-oPubkeyAuthentication=no",))
        assert answer.status == 255
        assert "(publickey,keyboard-interactive)" in answer.err


class TestACode(test_documented.TestACode):
    """As with OpenSSH; and the key is bound that its client has proved to have, in the same connection."""

    test_lets_no_port_be_forwarded = None  # it ends with a status of its own

    def test_lets_the_key_in_that_came_with_it(self, host):
        """The file alone: no list of keys is written here."""
        host.make_key("eve")
        code = test_documented.invited(host)
        answer = host.ssh("ben", code)
        assert (answer.status, answer.out) == (0, "Welcome, ben: this key lets you in from now on. Connect again.\n")
        assert host.ssh("ben", "me", "--json").json["handle"] == "ben"
        assert host.ssh("eve", code).status == 255

    def test_is_typed_as_on_any_terminal(self, host):
        code = test_documented.invited(host)
        with host.terminal("ben") as ben:
            ben.until("Your code:")
            ben.press(f"x{code}", *["\x7f"] * (len(code) + 1), code, "enter")
            ben.until("Welcome, ben")
            assert ben.ends() == 0
        assert f"ben was let in by a code, with key {fingerprint(host, 'ben')}" in host.said
        assert code not in host.said

    async def test_binds_no_key_that_its_client_has_not(self, host):
        """Somebody with a code names another's key, which is public: it is not theirs to give."""
        test_documented.invited(host)
        victims = asyncssh.read_public_key(f"{host.make_key('victim')}.pub")
        with pytest.raises(asyncssh.PermissionDenied):
            await asyncssh.connect(
                "127.0.0.1",
                host.port,
                known_hosts=None,
                config=None,
                agent_path=None,
                username="okr",
                client_keys=[_Claimed(victims)],
            )
        assert f"unknown key {fingerprint(host, 'victim')}" in host.said
        assert fingerprint(host, "victim") not in host.owner("keys", "list").out


class _Claimed(asyncssh.SSHKeyPair):
    """A key of which somebody has the public half alone."""

    _key_type = "claimed"

    def __init__(self, public):
        algorithm = public.algorithm
        super().__init__(algorithm, algorithm, public.sig_algorithms, public.sig_algorithms, public.public_data, None)

    def sign(self, data):
        return asyncssh.generate_private_key("ssh-ed25519").sign(data, b"ssh-ed25519")


class TestATerminal:
    @pytest.mark.parametrize(
        ("term", "environ", "has", "has_not"),
        [
            ("xterm-256color", {}, "38;5;", "38;2;"),
            ("xterm-256color", {"COLORTERM": "truecolor"}, "38;2;", "38;5;"),
            ("xterm-256color", {"NO_COLOR": "1", "COLORTERM": "truecolor"}, "Needs", "38;"),
            ("tmux-256color", {}, "38;5;", "38;2;"),
        ],
    )
    def test_gets_the_colours_it_can_show(self, host, term, environ, has, has_not):
        clean = {"COLORTERM": "", "NO_COLOR": None, **environ}
        sent = tuple(
            f"-oSetEnv={' '.join(f'{name}={value}' for name, value in clean.items() if value)}" for _ in environ
        )
        with host.terminal("ana", options=sent[:1], env={"TERM": term}) as ana:
            at_home(ana)
            assert has in ana.raw.decode("utf-8", "replace")
            assert has_not not in ana.raw.decode("utf-8", "replace")

    def test_that_is_none_gets_a_sentence(self, host):
        with host.terminal("ana", env={"TERM": "dumb"}) as ana:
            assert ana.ends() == 2
        assert "The interface needs a terminal" in ana.said

    def test_is_given_back_as_it_was(self, host):
        with host.terminal("ana") as ana:
            at_home(ana)
            ana.press("ctrl+q")
            assert ana.ends() == 0
        raw = bytes(ana.raw)
        for mode in (b"1049", b"1000", b"1006", b"2004", b"1004"):
            assert raw.rindex(b"\x1b[?%sl" % mode) > raw.rindex(b"\x1b[?%sh" % mode)
        assert b"?1003h" not in raw

    def test_pastes_into_a_field(self, host, company):
        company.accepted()
        with host.terminal("ana") as ana:
            commenting(ana, "First: ")
            ana.send("\x1b[200~pasted é\x1b[201~".encode())
            ana.until("First: pasted é")

    def test_survives_what_no_terminal_sends(self, host, company):
        company.accepted()
        with host.terminal("ana") as ana:
            commenting(ana, "Still ")
            for bad in (b"\xe9", b"\xff\xfe", b"\x1b[999999999;1R", b"\x1b[<0;1M", b"\x1b[200", b"\x1b]52;c;x\x07"):
                ana.send(bad)
            ana.press("esc")
            ana.send(b"here")
            ana.press("ctrl+q")
            assert ana.ends() == 0
        assert "crashed" not in host.said

    def test_that_hangs_up_has_its_words_kept(self, host, company):
        company.accepted()
        with host.terminal("ana") as ana:
            commenting(ana)
            ana.child.kill(signal.SIGKILL)
        with host.terminal("ana") as ana:
            ana.until("unfinished form is kept")
            assert "ana left after" in host.said

    def test_nothing_is_sent_to_one_that_nobody_types_in(self, host, company):
        """No blink, no clock: a dead link would be kept alive for ever by it."""
        company.accepted()
        with host.terminal("ana") as ana, host.terminal("lea") as lea:
            commenting(ana)
            at_home(lea)
            lea.until("here: ana")
            ana.until("here: lea")
            ana.pump(0.5)
            before = len(ana.raw)
            ana.pump(1.5)
            assert len(ana.raw) == before


class TestTheEnd:
    def test_keeps_what_everybody_typed_and_says_so(self, host, company):
        company.accepted()
        with host.terminal("ana") as ana, host.terminal("lea") as lea:
            commenting(ana)
            at_home(lea)
            assert host.stop() == 0
            for one in (ana, lea):
                assert one.ends() == 143
                assert "The server stops now: what you typed is kept" in one.said
        with host, host.terminal("ana") as ana:
            ana.until("unfinished form is kept")
            ana.press("2")
            ana.until("Buyers get their answer")
            ana.press("c")
            ana.until(WORDS)

    def test_comes_with_maintenance_of_which_everybody_is_told(self, host, company):
        company.accepted()
        with host.terminal("ana") as ana:
            commenting(ana)
            host.owner("maintenance", "on", "-m", "Going back to Friday")
            assert ana.ends() == 3
            assert "Going back to Friday" in ana.said
        assert host.ends() == 3
        with pytest.raises(AssertionError):
            host.__enter__()
        assert host.ends() == 3
        host.owner("maintenance", "off")
        with host, host.terminal("ana") as ana:
            ana.until("unfinished form is kept")

    def test_of_one_session_by_the_owner(self, host):
        with host.terminal("ana") as ana, host.terminal("lea") as lea:
            at_home(ana)
            at_home(lea)
            lea.until("here: ana")
            host.owner("kick", "ana")
            assert ana.ends() == 1
            lea.until(lambda text: "here: ana" not in text)
            lea.press("ctrl+q")
            assert lea.ends() == 0

    def test_of_a_server_that_nobody_came_to(self, host):
        assert host.stop(signal.SIGINT) == 0
        assert "Traceback" not in host.said

    def test_a_command_that_runs_is_ended(self, host):
        with host.terminal("ana", "log", "--follow") as ana:
            ana.until("acme")
            assert host.stop() == 0
            assert ana.ends() != 0


class TestLimits:
    def test_of_one_person_and_of_all(self, company, tmp_path):
        options = ("--a-person", "1", "--sessions", "2")
        with Served(tmp_path / "served", company.store.path, options=options) as host:
            for handle in ("ana", "lea", "ben"):
                host.let_in(handle)
            with host.terminal("ana") as ana:
                at_home(ana)
                with host.terminal("ana") as again:
                    assert again.ends() == 1
                    assert "You are here 1 times already" in again.said
                with host.terminal("lea") as lea:
                    at_home(lea)
                    assert "All 2 places" in host.ssh("ben", "due").sentence
                    lea.press("ctrl+q")
                    assert lea.ends() == 0
                assert host.ssh("ben", "due").status == 0


class TestTheCommand:
    def test_is_for_the_owner(self, host):
        answer = host.ssh("lea", "serve")
        assert (answer.status, answer.out) == (1, "")

    def test_says_what_it_lacks(self, shell_of, monkeypatch):
        monkeypatch.setitem(sys.modules, "asyncssh", None)
        answer = shell_of("serve")
        assert answer.status == 2
        assert "okrtui[serve]" in answer.sentence

    def test_says_that_the_place_is_taken(self, host, shell_of):
        answer = shell_of("serve", "--listen", f"127.0.0.1:{host.port}")
        assert answer.status == 3
        assert "Nobody can listen on" in answer.sentence

    @pytest.mark.parametrize("address", ["2222", "localhost", "host:port", ":99999", "x:-1"])
    def test_says_what_an_address_is(self, shell_of, address):
        assert shell_of("serve", "--listen", address).status == 2

    @pytest.fixture
    def shell_of(self, company, capsys, monkeypatch):
        """A command line of the file's owner, in this process."""
        for name in [name for name in os.environ if name.startswith(("OKRTUI", "TEXTUAL"))]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("OKRTUI_DB", str(company.store.path))

        def call(*arguments):
            status = run(arguments)
            said = capsys.readouterr()
            return Answer(status, said.out, said.err)

        return call


def test_a_long_answer_comes_whole_through_a_narrow_window(host, company):
    """More than is kept for a client that reads slowly: a command waits for it, and loses nothing."""
    ref = company.accepted()
    for _ in range(40):
        threads.comment(company.as_("ana"), ref, "é" * 9_900)
    answer = host.ssh("ana", "export", "--format", "json")
    assert len(answer.out) > MOST_WAITING + SEND_BUFFER
    assert answer.json["partial"] is True
    assert answer.out.count("é" * 9_900) >= 40
