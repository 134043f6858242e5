"""One-line commands over SSH: those marked remote, with their status and their input; and nothing else of the host."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
from contextlib import contextmanager

import click
import pytest
from sshd import ACCOUNT, OPEN, SECONDS, Host, running, wait_until

from okrtui.cli.main import PLACES, okrtui
from okrtui.cli.over_ssh import REMOTE

AT_HOME = sorted(set(PLACES) - REMOTE)
IDEAS = b"Median first answer falls from 26 to 8 hours\nHalf of the questions never come\n"


class TestACommand:
    def test_answers_as_the_person_of_the_key(self, host):
        assert host.ssh("ana", "me", "--json").json["handle"] == "ana"
        assert host.ssh("lea", "me --json").json["handle"] == "lea"
        assert host.ssh("ana", "due", "--json").json == []

    def test_leaves_with_its_status(self, host, company):
        assert host.ssh("lea", "due", "--exit-code").status == 0
        company.objective()
        assert host.ssh("ana", "due", "--exit-code").status == 10
        refused = host.ssh("lea", "invitation", "accept", "O1", "-m", "Sure")
        assert (refused.status, refused.out) == (1, "")
        assert refused.sentence.startswith("Accepting and pushing back are the invited team's.")
        assert host.ssh("ana", "kr", "show", "KR99").status == 1
        assert host.ssh("ana", "due", "--nonsense").status == 2

    def test_writes_and_says_by_which_way(self, host, company):
        company.accepted()
        said = "Two words, a ' and a \" and $HOME; `id` | tee x"
        assert host.ssh("ana", f"comment O1 {shlex.quote(said)}").status == 0
        log = host.ssh("ana", "log", "O1", "--json").json
        assert (log[-1]["who"], log[-1]["way"], said in log[-1]["text"]) == ("ana", "ssh", True)
        assert {line["way"] for line in log[:-1]} == {"as"}

    def test_reads_its_input(self, host, company):
        company.accepted()
        checked = host.ssh("ana", "check", "--json", "-", typed=b"Launch three features\nChurn falls from 5% to 3%\n")
        assert [one["text"] for one in checked.json] == ["Launch three features", "Churn falls from 5% to 3%"]
        assert host.ssh("ana", "import", "-", "--under", "O1", "--team", "sales", typed=IDEAS).status == 0
        found = host.ssh("ana", "kr", "list", "--json").json
        assert [one["imported_by"] for one in found] == ["ana", "ana"]

    def test_prints_a_report_in_each_format(self, host):
        for form in ("text", "md", "html", "json"):
            assert host.ssh("ana", "report", "--format", form).out

    def test_has_bytes_that_are_no_text_put_right(self, host, company):
        company.accepted()
        answer = subprocess.run([*host.client("ana"), b"comment O1 caf\xe9\x1b[2J"], capture_output=True, check=False)
        assert answer.returncode == 0, answer
        assert b"\x1b" not in host.ssh("ana", "log", "O1").out.encode()

    def test_ends_when_its_reader_has_gone(self, host):
        """`log --follow` waits for what may never come; the link that is cut ends it all the same."""
        with subprocess.Popen([*host.client("ana"), "log", "--follow"], stdout=subprocess.PIPE) as client:
            assert client.stdout.readline()
            (following,) = running(host.path)
            client.kill()
        wait_until(lambda: following not in running(host.path))

    def test_ends_when_its_key_is_switched_off(self, host):
        with subprocess.Popen(
            [*host.client("ana"), "log", "--follow"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as client:
            assert client.stdout.readline()
            host.owner("keys", "remove", "@ana")
            _, said = client.communicate(timeout=SECONDS)
        assert client.returncode == 1
        assert b"The key you came with was switched off" in said


class TestWhatIsNotRemote:
    def test_is_refused(self, host):
        for command in AT_HOME:
            answer = host.ssh("lea", command)
            assert (answer.status, answer.out) == (1, ""), command
            assert answer.sentence.startswith(f"`{command}` is for the host of the file, and is not run over SSH")

    def test_is_everything_that_is_the_owners_or_makes_files(self):
        assert set(AT_HOME) >= {"init", "demo", "backup", "doctor", "keys"}
        assert set(PLACES) >= REMOTE

    def test_no_file_of_the_host_is_touched(self, host):
        for command in (
            f"report -o {host.folder}/report.md",
            f"report --output={host.folder}/report.md --format json",
            f"import {host.folder}/sshd_config",
            "import ~/.ssh/id_ed25519 --dry-run",
            "import ./-",
        ):
            answer = host.ssh("ana", command)
            assert (answer.status, answer.out) == (1, ""), command
            assert answer.sentence.startswith("Who comes over SSH touches no other file: "), command
        assert not (host.folder / "report.md").exists()

    def test_no_remote_command_takes_a_file_that_is_not_refused(self):
        """Whoever adds one says here how it is refused."""
        taking = {path for path, parameter in parameters(okrtui) if isinstance(parameter.type, click.Path | click.File)}
        assert {path for path in taking if path.split()[1] in REMOTE} == {"okrtui report"}

    def test_neither_file_nor_person_nor_key_is_named(self, host):
        for options in (f"--db {host.path}", "--db=", "--as lea", "--as ana"):
            answer = host.ssh("ana", f"{options} me")
            assert (answer.status, answer.out) == (1, ""), options
            assert "leave --db and --as out" in answer.sentence, options
        for options in ("--key SHA256:x", "--redeem x"):
            assert host.ssh("ana", f"{options} me").status == 2, options

    def test_a_whole_file_is_neither_given_out_nor_taken_in(self, host):
        whole = host.owner("export").out
        assert '"partial": true' in host.ssh("lea", "export").out
        answer = host.ssh("lea", "import", "-", typed=whole.encode())
        assert (answer.status, answer.out) == (1, "")


def parameters(command, path="okrtui"):
    """All parameters of a command and of those below it."""
    for parameter in command.params:
        yield path, parameter
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from parameters(command.get_command(click.Context(command), name), f"{path} {name}")


class TestNoShell:
    def test_whatever_is_asked_for(self, host):
        for command in (
            "sh",
            "id; due",
            "/bin/sh -c id",
            "scp -t .",
            "rsync --server . .",
            "internal-sftp",
            "$(id)",
            "`id`",
        ):
            answer = host.ssh("ana", command)
            assert (answer.status, answer.out) == (2, ""), command
            assert answer.sentence.startswith("Over SSH there is okrtui and nothing else"), command
            assert "uid=" not in answer.err, command

    def test_more_is_an_argument(self, host):
        answer = host.ssh("ana", "due; id")
        assert (answer.status, answer.out) == (2, "")
        assert "uid=" not in answer.err
        assert "uid=" not in host.ssh("ana", "due && id").err
        assert host.ssh("ana", "due\nid").status == 2

    def test_an_open_quote(self, host):
        answer = host.ssh("ana", "comment O1 'Two words")
        assert (answer.status, answer.out) == (2, "")
        assert "A quote is open in it" in answer.sentence

    def test_no_terminal_no_interface(self, host):
        answer = host.ssh("ana")
        assert (answer.status, answer.out) == (2, "")
        assert "connect with `ssh -t`" in answer.sentence

    def test_no_file_transfer(self, host, tmp_path):
        """Neither by sftp nor by the older way of scp; and nothing of either is left."""
        mine = tmp_path / "mine.txt"
        mine.write_text("mine")
        options = host.client("ana")[1:-2]
        options[options.index("-p")] = "-P"
        for program in (["scp"], ["scp", "-O"]):
            there = tmp_path / "there.txt"
            for ends in ([mine, f"{ACCOUNT}@127.0.0.1:{there}"], [f"{ACCOUNT}@127.0.0.1:{host.path}", there]):
                copied = subprocess.run([*program, *options, *ends], capture_output=True, check=False, timeout=60)
                assert copied.returncode != 0
                assert not there.exists()
        sftp = subprocess.run(
            ["sftp", *options, f"{ACCOUNT}@127.0.0.1"], input=b"ls\n", capture_output=True, check=False, timeout=60
        )
        assert sftp.returncode != 0
        assert not sftp.stdout


class TestNoWayThrough:
    """On a server that would allow each."""

    def test_no_port_is_forwarded(self, host):
        with socket.create_server(("127.0.0.1", 0)) as inner:
            there = f"127.0.0.1:{inner.getsockname()[1]}"
            answer = host.ssh("ana", options=("-W", there))
            assert answer.status != 0
            inner.settimeout(0.2)
            with pytest.raises(TimeoutError):
                inner.accept()

    def test_none_is_opened(self, host):
        for place in ("0", host.folder / "forwarded.sock"):
            options = ("-R", f"{place}:127.0.0.1:1", "-oExitOnForwardFailure=yes")
            assert host.ssh("ana", "due", options=options).status == 255

    def test_a_bare_server_would(self, host):
        """The same without the key's line: what the tests above see is the line's doing."""
        host.make_key("bare")
        lines = host.folder / "authorized_keys"
        lines.write_text(lines.read_text() + (host.folder / "bare.pub").read_text())
        assert host.ssh("bare", "true", options=("-R", "0:127.0.0.1:1", "-oExitOnForwardFailure=yes")).status == 0
        assert host.ssh("bare", "echo $OKRTUI_AS", options=("-oSetEnv=OKRTUI_AS=lea",)).out == "lea\n"

    def test_no_agent_and_no_x11(self, host, tmp_path):
        with agent() as sock, Host(tmp_path / "loud", host.path, OPEN.replace("VERBOSE", "DEBUG")) as loud:
            loud.let_in("ana")
            client = [word for word in loud.client("ana", "-A", "-Y") if not word.startswith("-oIdentityAgent")]
            environ = {**os.environ, "SSH_AUTH_SOCK": sock, "DISPLAY": "127.0.0.1:99"}
            said = subprocess.run([*client, "due"], env=environ, capture_output=True, text=True, check=True, timeout=60)
        assert "agent forwarding disabled" in loud.log.read_text()
        assert "X11 forwarding request failed" in said.stderr


@contextmanager
def agent():
    """An agent without a key; its socket."""
    said = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
    place = dict(re.findall(r"(SSH_\w+)=([^;]+);", said))
    try:
        yield place["SSH_AUTH_SOCK"]
    finally:
        os.kill(int(place["SSH_AGENT_PID"]), signal.SIGTERM)
