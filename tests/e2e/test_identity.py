"""Who the caller is: the operating system says so, and only the owner of the file plays somebody else."""

from __future__ import annotations

import os
import pwd
from types import SimpleNamespace

import pytest
from command_line import process

from okrtui.remote import identity

LOGIN = pwd.getpwuid(os.getuid()).pw_name
STRANGER = 54321
OWNERS = (
    ("backup", "copy.db"),
    ("restore", "copy.db"),
    ("doctor",),
    ("redact", "@ana", "-m", "Why"),
    ("who",),
    ("kick", "ana"),
    ("maintenance", "on", "-m", "Why"),
    ("maintenance", "off"),
)
ACCOUNTS = {STRANGER: "ana", 54322: "nemo", 54323: "ben"}


@pytest.fixture(autouse=True)
def accounts(monkeypatch):
    """A few accounts on this machine that are people of Acme, or nobody."""
    known = pwd.getpwuid

    def look_up(uid):
        return SimpleNamespace(pw_name=ACCOUNTS[uid]) if uid in ACCOUNTS else known(uid)

    monkeypatch.setattr(identity.pwd, "getpwuid", look_up)


@pytest.fixture
def as_account(monkeypatch):
    """Be another account, to whom the file does not belong."""
    return lambda uid: monkeypatch.setattr(identity.os, "getuid", lambda: uid)


class TestTheOwner:
    def test_is_the_person_of_their_login(self, shell):
        assert shell.json("me")["handle"] == LOGIN

    @pytest.mark.parametrize("name", ["USER", "LOGNAME", "USERNAME"])
    def test_is_not_who_a_variable_says(self, shell, monkeypatch, name):
        monkeypatch.setenv(name, "ana")
        assert shell.json("me")["handle"] == LOGIN

    def test_plays_somebody(self, shell, monkeypatch):
        assert shell.json("--as", "ana", "me")["handle"] == "ana"
        assert shell.json("--as", "@Ana", "me")["handle"] == "ana"
        monkeypatch.setenv("OKRTUI_AS", "ben")
        assert shell.json("me")["handle"] == "ben"
        assert shell.json("--as", "ana", "me")["handle"] == "ana"

    def test_plays_nobody_who_is_not_there(self, shell):
        assert "Nobody here is called 'eve'" in shell.refused("--as", "eve", "me")
        assert "Nobody here is called ''" in shell.refused("--as", "", "me")

    def test_plays_one_at_a_time(self, shell):
        assert "--as is given twice" in shell.refused("--as", "ana", "--as", "ben", "me", status=2)

    def test_plays_nobody_who_was_switched_off(self, shell):
        shell("person", "deactivate", "ana")
        sentence = shell.refused("--as", "ana", "me")
        assert sentence == f"Ana (ana) was switched off in this file: ask Ada or {LOGIN}."

    def test_without_a_person_of_their_own_is_the_operator(self, shell):
        shell("--as", "ada", "person", "edit", LOGIN, "--login", "somebody-else")
        assert shell("person", "add", "kim") == "kim"
        assert "You are the operator of this file" in shell.refused("me")

    def test_whose_own_person_was_switched_off(self, shell):
        shell("--as", "ada", "person", "deactivate", LOGIN)
        assert "was switched off in this file: ask Ada." in shell.refused("me")
        assert shell("doctor")

    def test_is_not_themselves_while_they_play(self, shell, tmp_path):
        assert "is for the owner of" in shell.refused("--as", "ana", "backup", str(tmp_path / "copy.db"))
        assert not (tmp_path / "copy.db").exists()
        assert shell.json("--as", "ana", "export")["partial"] is True


class TestAnotherAccount:
    """One that may open the file all the same, as where somebody made it their group's."""

    def test_is_the_person_of_their_login(self, shell, as_account):
        as_account(STRANGER)
        assert shell.json("me")["handle"] == "ana"

    def test_that_is_nobody_is_told_whom_to_ask(self, shell, as_account):
        as_account(54322)
        assert shell.refused("me") == (
            f"Your login 'nemo' belongs to nobody in this file: ask Ada or {LOGIN} to add you with "
            "`okrtui person add HANDLE --login nemo`."
        )

    def test_without_a_login(self, shell, as_account):
        as_account(54399)
        assert "Your login '54399' belongs to nobody" in shell.refused("me")

    @pytest.mark.parametrize("by", ["option", "variable"])
    def test_plays_nobody(self, shell, as_account, monkeypatch, by):
        as_account(STRANGER)
        if by == "variable":
            monkeypatch.setenv("OKRTUI_AS", "lea")
        sentence = shell.refused(*(["--as", "lea"] if by == "option" else []), "me")
        assert sentence.startswith("Only the owner of ")
        assert "leave --as and OKRTUI_AS out" in sentence

    def test_says_nothing_by_sudo(self, shell, as_account, monkeypatch):
        """Who does not own the file could have set the variable themselves."""
        as_account(STRANGER)
        monkeypatch.setenv("SUDO_UID", "54323")
        monkeypatch.setenv("OKRTUI_DB", str(shell.path))
        shell.options = ()
        assert shell.json("me")["handle"] == "ana"

    @pytest.mark.parametrize("command", OWNERS)
    def test_does_nothing_of_the_owners(self, shell, as_account, command):
        as_account(STRANGER)
        assert "is for the owner of" in shell.refused(*command)

    def test_imports_no_whole_file(self, shell, as_account, tmp_path):
        whole = tmp_path / "whole.json"
        whole.write_text(shell("export"), "utf-8")
        as_account(STRANGER)
        assert "is for the owner of" in shell.refused("import", str(whole))

    def test_gets_an_export_in_part(self, shell, as_account):
        as_account(STRANGER)
        assert shell.json("export")["partial"] is True

    def test_whose_person_was_switched_off(self, shell, as_account):
        shell("person", "deactivate", "ana")
        as_account(STRANGER)
        assert "was switched off in this file" in shell.refused("me")


class TestBySudo:
    """Ana runs ``sudo -u okr okrtui``: the process is the owner's, and sudo says whose it is."""

    @pytest.fixture
    def by_sudo(self, monkeypatch):
        def come(shell, uid=STRANGER):
            monkeypatch.setenv("SUDO_UID", str(uid))
            monkeypatch.setenv("OKRTUI_DB", str(shell.path))
            shell.options = ()

        return come

    def test_is_the_person_of_their_own_login(self, shell, by_sudo):
        by_sudo(shell)
        assert shell.json("me")["handle"] == "ana"

    def test_each_event_says_so(self, accepted, by_sudo):
        by_sudo(accepted)
        accepted("comment", "O1", "Hello")
        assert accepted.json("log", "O1")[-1]["way"] == "sudo+rehearsal"

    @pytest.mark.parametrize("by", ["option", "variable"])
    def test_plays_nobody(self, shell, by_sudo, monkeypatch, by):
        by_sudo(shell)
        if by == "variable":
            monkeypatch.setenv("OKRTUI_AS", "lea")
        assert shell.refused(*(["--as", "lea"] if by == "option" else []), "me").startswith("Only the owner of ")

    def test_names_no_file(self, shell, by_sudo, tmp_path):
        by_sudo(shell)
        assert "leave --db out" in shell.refused("--db", str(shell.path), "me")
        assert "leave -o out" in shell.refused("report", "-o", str(tmp_path / "report.md"))
        assert "leave --keep out" in shell.refused("demo", "--keep", str(tmp_path / "demo.db"))
        assert list(tmp_path.iterdir()) == [shell.path.parent]

    @pytest.mark.parametrize("command", OWNERS)
    def test_does_nothing_of_the_owners(self, shell, by_sudo, command):
        by_sudo(shell)
        assert "is for the owner of" in shell.refused(*command)

    def test_imports_from_the_standard_input_alone(self, shell, by_sudo, monkeypatch, tmp_path):
        whole = tmp_path / "whole.json"
        whole.write_text(shell("export"), "utf-8")
        by_sudo(shell)
        assert "import - reads the standard input" in shell.refused("import", str(whole))
        with whole.open(encoding="utf-8") as stream:
            monkeypatch.setattr("sys.stdin", stream)
            assert "is for the owner of" in shell.refused("import", "-")

    def test_of_the_owner_to_themselves_changes_nothing(self, shell, by_sudo):
        by_sudo(shell, os.getuid())
        assert shell.json("me")["handle"] == LOGIN
        assert shell.json("--as", "ana", "me")["handle"] == "ana"

    def test_that_is_nobody(self, shell, by_sudo):
        by_sudo(shell, 54322)
        assert "Your login 'nemo' belongs to nobody" in shell.refused("me")

    @pytest.mark.parametrize("said", ["ana", "", "-1", "1e3", "٣", "99999999999999999999"])
    def test_with_no_user_id(self, shell, by_sudo, said):
        by_sudo(shell, said)
        assert shell.call("me").status == 1


class TestTheClock:
    def test_is_set_for_a_rehearsal(self, shell):
        shell.at("2026-11-27T10:00")
        assert shell.json("cycle", "list")[0]["week"] == 9
        shell.at("2026-11-30T00:30+02:00")  # Sunday still, by UTC
        assert shell.json("cycle", "list")[0]["week"] == 9
        shell.at("2026-11-30")
        assert shell.json("cycle", "list")[0]["week"] == 10

    def test_each_event_says_so(self, accepted):
        assert {line["way"] for line in accepted.json("log", "O1")} == {"as+rehearsal"}
        assert accepted.json("log")[0]["way"] == "local+rehearsal"

    @pytest.mark.parametrize(
        "said", ["soon", "2026-13-01", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "\x1b[2J"]
    )
    def test_that_is_none(self, shell, said):
        shell.at(said)
        sentence = shell.refused("due", status=2)
        assert sentence.endswith("is no time: give one such as 2026-11-27T10:00.")
        assert "\x1b" not in sentence

    def test_is_refused_for_any_other_file(self, bare, monkeypatch):
        assert "OKRTUI_NOW sets the clock of files made with" in bare.refused("init", status=2)
        assert not bare.path.exists()
        monkeypatch.delenv("OKRTUI_NOW")
        bare("init")
        assert bare.json("log")[0]["way"] == "local"
        bare.at("2026-11-27T10:00")
        assert "OKRTUI_NOW sets the clock of files made with" in bare.refused("due", status=2)

    def test_goes_on_by_itself_where_it_is_not_set(self, shell, monkeypatch):
        monkeypatch.delenv("OKRTUI_NOW")
        shell("team", "add", "nights")
        assert shell.json("log", "nights")[-1]["way"] == "local"


def test_processes_of_their_own(shell):
    """The same through the real command, whose account and variables are the process's own."""
    assert process("me", "--json", OKRTUI_DB=str(shell.path)).json["handle"] == LOGIN
    assert process("me", "--json", OKRTUI_DB=str(shell.path), OKRTUI_AS="ana").json["handle"] == "ana"
    nobody = process("me", OKRTUI_DB=str(shell.path), SUDO_UID="54399")
    assert (nobody.status, nobody.out) == (1, "")
    assert "Your login '54399' belongs to nobody in this file" in nobody.sentence
    played = process("--as", "ana", "me", OKRTUI_DB=str(shell.path), SUDO_UID="54399")
    assert played.status == 1
    assert "Only the owner of" in played.sentence
