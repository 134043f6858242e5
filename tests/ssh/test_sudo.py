"""`sudo -u okr okrtui`, by the lines of docs/ssh.md: a real sudo, and accounts that are made for the test and removed.

Only where everything must hold, and as root: it adds accounts, a group and a line of sudoers to the machine.
"""

from __future__ import annotations

import fcntl
import getpass
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_line import COMMAND, Answer
from documented import box
from terminal import Terminal

from okrtui.service import setup

OKR = getpass.getuser()
GROUP = "okrtui-test"
ANA, STRANGER = f"{GROUP}-ana", f"{GROUP}-eve"
SUDOERS = Path("/etc/sudoers.d") / GROUP
LOCK = Path("/run/okrtui-test.lock")


@pytest.fixture(scope="module")
def accounts(tmp_path_factory):
    """Two accounts, who both may start okrtui; what was made is gone afterwards."""
    if os.environ.get("CI") != "true" or os.geteuid() != 0:
        pytest.skip("it makes accounts: run it with CI=true as root, on a machine that may be changed")
    if not shutil.which("sudo"):
        pytest.fail("sudo is missing: apt-get install sudo")
    environment = tmp_path_factory.mktemp("sudo") / "okrtui.env"
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a line of sudoers holds for the whole machine, and tests run side by side
        try:
            make(environment)
            yield environment
        finally:
            remove()


def make(environment):
    remove()  # what was left by a run that was killed
    run("groupadd", "--system", GROUP)
    for account in (ANA, STRANGER):
        run("useradd", "--system", "--no-create-home", "--groups", GROUP, "--shell", "/bin/sh", account)
    SUDOERS.write_text(sudoers(environment))
    SUDOERS.chmod(0o440)
    run("visudo", "--check", "--strict", "--file", str(SUDOERS))


def remove():
    SUDOERS.unlink(missing_ok=True)
    for account in (ANA, STRANGER):
        run("userdel", account, check=False)
    run("groupdel", GROUP, check=False)


def sudoers(environment):
    """The lines of the docs, for this installation."""
    lines = box("sudoers")
    for here, there in {
        "/opt/okrtui/bin/okrtui": str(COMMAND),
        "/etc/okrtui.env": str(environment),
        "%okr-people": f"%{GROUP}",
        "(okr)": f"({OKR})",
    }.items():
        assert here in lines
        lines = lines.replace(here, there)
    return lines


def run(*command, check=True):
    subprocess.run(command, check=check, capture_output=True)


@dataclass
class Account:
    """Somebody with an account of their own, and nothing else."""

    login: str

    def words(self, *arguments, before=(), program=COMMAND):
        as_them = ["setpriv", f"--reuid={self.login}", f"--regid={self.login}", "--init-groups", "--reset-env", "env"]
        return [*as_them, *before, "sudo", "-n", "-u", OKR, program, *arguments]

    def __call__(self, *arguments, **how):
        words = self.words(*arguments, **how)
        done = subprocess.run(words, capture_output=True, check=False, timeout=60, cwd="/", stdin=subprocess.DEVNULL)
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def ana(accounts, company):
    """Ana, whose login is her account's."""
    accounts.write_text(f"OKRTUI_DB={company.store.path}\n")
    setup.edit_person(company.operator, "ana", name=None, login=ANA, admin=None)
    return Account(ANA)


@pytest.fixture
def stranger(ana):
    """Somebody who may start okrtui, and is nobody of the file."""
    del ana
    return Account(STRANGER)


def test_is_the_person_of_their_login(ana, company):
    assert ana("me", "--json").json["handle"] == "ana"
    company.accepted()
    assert ana("comment", "O1", "Hello").status == 0
    event = ana("log", "O1", "--json").json[-1]
    assert (event["who"], event["way"]) == ("ana", "sudo")


def test_the_interface_opens(ana):
    program, *arguments = ana.words()
    with Terminal(*map(str, arguments), program=program) as terminal:
        terminal.until("Needs you")
        assert "Sales" in terminal.text
        terminal.press("ctrl+q")
        assert terminal.ends() == 0


def test_who_is_nobody_is_told_whom_to_ask(stranger):
    answer = stranger("me")
    assert (answer.status, answer.out) == (1, "")
    assert f"Your login '{STRANGER}' belongs to nobody in this file" in answer.sentence


FORGED = {"OKRTUI_AS": "lea", "USER": "lea", "LOGNAME": "lea", "SUDO_UID": "0", "SUDO_USER": OKR, "PYTHONINSPECT": "1"}


class TestPretending:
    @pytest.mark.parametrize("name", FORGED)
    def test_by_a_variable(self, ana, name):
        assert ana("me", "--json", before=(f"{name}={FORGED[name]}",)).json["handle"] == "ana"

    @pytest.mark.parametrize("name", ["SUDO_UID", "OKRTUI_AS", "OKRTUI_DB", "PYTHONPATH"])
    def test_by_a_variable_given_to_sudo(self, ana, name):
        answer = ana(COMMAND, "me", program=f"{name}=0")
        assert (answer.status, answer.out) == (1, "")
        assert "not allowed to set" in answer.err

    def test_by_a_file_of_ones_own(self, ana, tmp_path):
        other = tmp_path / "other.db"
        assert ana("me", "--json", before=(f"OKRTUI_DB={other}", f"XDG_DATA_HOME={tmp_path}")).json["handle"] == "ana"
        answer = ana("--db", str(other), "me")
        assert (answer.status, answer.out) == (1, "")
        assert "leave --db out" in answer.sentence

    @pytest.mark.parametrize("option", ["--as", "--key", "--redeem"])
    def test_by_an_option(self, ana, option):
        answer = ana(option, "lea", "me")
        assert answer.status in {1, 2}
        assert answer.out == ""

    def test_by_a_key_of_anothers(self, ana):
        answer = ana("--as", "lea", "--key", f"SHA256:{'A' * 43}")
        assert (answer.status, answer.out) == (1, "")
        assert "is for the owner of the file to say" in answer.sentence

    def test_by_another_program(self, ana):
        for program in ("/bin/sh", "/usr/bin/env"):
            answer = ana(program=program)
            assert (answer.status, answer.out) == (1, ""), answer


@pytest.mark.parametrize(
    "command", [("backup", "copy.db"), ("doctor",), ("keys", "list"), ("keys", "add", "ana", "/etc/passwd")]
)
def test_nothing_of_the_owners_is_done(ana, command):
    answer = ana(*command)
    assert (answer.status, answer.out) == (1, "")
    assert "is for the owner of" in answer.sentence


def test_no_other_file_is_touched(ana, tmp_path):
    assert "leave -o out" in ana("report", "-o", str(tmp_path / "report.md")).sentence
    assert "import - reads the standard input" in ana("import", "/etc/passwd").sentence
    assert not (tmp_path / "report.md").exists()


def test_who_is_switched_off(ana, company):
    setup.set_active(company.operator, "ana", active=False)
    assert "was switched off in this file" in ana("me").sentence
