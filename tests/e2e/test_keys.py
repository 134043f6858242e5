"""`okrtui keys`: access over SSH, for the owner of the file alone. What sshd does with it is in tests/ssh."""

from __future__ import annotations

import io
import re

import pytest
from command_line import process

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDQFA5J35o4yPVdsRDX2AjgNjsGFLqZbfLfDPXvX54W3"
FINGERPRINT = "SHA256:6vPgBEjRw//hnbgSvjmnzOUNRgr1LQpYPcsECybGNvw"
OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEy9PMQMHKsOVqPeR9WdupRAxFPDg8Tbf7MmMSNlszyD"


@pytest.fixture
def public(tmp_path):
    """A .pub file."""
    found = tmp_path / "ana.pub"
    found.write_text(f"{KEY} ana@laptop\n")
    return str(found)


class TestAdd:
    def test_from_a_file(self, shell, public):
        assert shell("keys", "add", "@Ana", public) == FINGERPRINT
        assert shell.json("log", "@ana")[-1]["verb"] == "key.add"

    def test_from_the_standard_input(self, shell, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{KEY}\n{OTHER} two\n".encode())))
        answer = shell.json("keys", "add", "ana", "-")
        assert (answer["person"], len(answer["keys"])) == ("ana", 2)

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (f'command="sh" {KEY}', "Line 1: Options in front of a key"),
            ("-----BEGIN OPENSSH PRIVATE KEY-----", "That is a private key"),
            ("ssh-dss AAAAB3NzaC1kc3M= old", "Line 1: DSA keys are too weak"),
            ("", "There is no public key in it"),
            ("x" * 100_001, "is longer than any list of keys"),
        ],
        ids=["options", "private", "dsa", "empty", "long"],
    )
    def test_anything_else_is_refused_in_one_line(self, shell, tmp_path, text, sentence):
        given = tmp_path / "given"
        given.write_text(text)
        assert sentence in shell.refused("keys", "add", "ana", str(given), status=2)
        assert shell.json("keys", "list")["keys"] == []

    def test_a_file_that_is_not_there(self, shell, tmp_path):
        assert "name a .pub file" in shell.refused("keys", "add", "ana", str(tmp_path / "no.pub"), status=2)
        assert "name a .pub file" in shell.refused("keys", "add", "ana", str(tmp_path), status=2)

    def test_for_nobody(self, shell, public):
        assert "Nobody here is called 'eve'" in shell.refused("keys", "add", "eve", public)


def test_a_list_and_taking_away(shell, public):
    shell("keys", "add", "ana", public)
    shell("keys", "invite", "ben")
    said = shell("keys", "list")
    assert re.search(rf"ana +ssh-ed25519 +{re.escape(FINGERPRINT)} +not used yet +ana@laptop", said)
    assert re.search(r"ben +code +open until 2026-10-09T10:00:00Z", said)
    assert shell("keys", "remove", FINGERPRINT[:16]) == FINGERPRINT
    found = shell.json("keys", "list")
    assert found["keys"][0]["off_at"] == "2026-10-06T10:00:00Z"
    assert found["codes"] == [
        {"person": "ben", "expires": "2026-10-09T10:00:00Z", "added_by": found["codes"][0]["added_by"]}
    ]
    assert "names no key" in shell.refused("keys", "remove", "ana")


def test_a_code(shell):
    found = shell.json("keys", "invite", "ana", "--hours", "8")
    assert re.fullmatch(r"(?:[0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", found["code"])
    assert found["expires"] == "2026-10-06T18:00:00Z"
    said = shell("keys", "invite", "ana").splitlines()
    assert len(said) == 2
    assert said[0] in said[1]
    assert said[0] not in shell("export")
    assert shell.call("keys", "invite", "ana", "--hours", "0").status == 2


class TestAuthorized:
    def test_prints_a_line_for_each_key_that_lets_somebody_in(self, shell, public):
        shell("keys", "add", "ana", public)
        shell("person", "add", "kim")
        line = shell("keys", "authorized")
        assert line.startswith('restrict,pty,command="')
        assert line.endswith(f'--db {shell.path} --as ana --key {FINGERPRINT}" {KEY} ana ana@laptop')
        assert shell("keys", "authorized", "--key", *KEY.split()) == line.removesuffix(" ana@laptop")
        shell("keys", "remove", "@ana")
        assert shell("keys", "authorized") == ""
        assert shell("keys", "authorized", "--key", *KEY.split()) == ""

    @pytest.mark.parametrize("asked", [("ssh-ed25519", "AAAA"), ("x", "y"), ("ssh-dss", "AAAA"), ("", "")])
    def test_whatever_sshd_asks_for(self, shell, asked):
        shell("keys", "invite", "ana")
        assert shell("keys", "authorized", "--key", *asked) == ""

    def test_a_key_that_nobody_knows_while_a_code_is_open(self, shell):
        assert shell("keys", "authorized", "--key", *KEY.split()) == ""
        shell.at("2099-01-01")  # codes are open by the time it is, whatever day a rehearsal plays
        shell("keys", "invite", "ana")
        line = shell("keys", "authorized", "--key", *KEY.split())
        assert line.startswith('restrict,pty,command="')
        assert f"--redeem '{KEY}'\" {KEY}" in line
        assert "--as" not in line

    def test_without_a_file(self, bare):
        assert "There is no file at" in bare.refused("keys", "authorized", status=3)


class TestWhoseItIs:
    @pytest.mark.parametrize(
        "verb", [("list",), ("authorized",), ("invite", "ana"), ("remove", "@ana"), ("add", "ana", "-")]
    )
    def test_the_owners_as_themselves(self, shell, verb):
        sentence = shell.refused("--as", "ada", "keys", *verb)
        assert sentence.startswith("Access over SSH is for the owner of ")

    def test_nobodys_by_sudo(self, shell):
        answer = process("keys", "list", OKRTUI_DB=str(shell.path), SUDO_UID="54321")
        assert (answer.status, answer.out) == (1, "")
        assert "is for the owner of" in answer.sentence

    def test_the_operators_too(self, shell, public):
        shell("--as", "ada", "person", "edit", shell.json("me")["handle"], "--login", "somebody-else")
        assert shell("keys", "add", "ana", public) == FINGERPRINT


class TestTheLineOfAKey:
    """What sshd starts, started by hand: the owner's account alone may say who comes with which key."""

    def test_alone_fixes_the_person(self, shell, public):
        shell("keys", "add", "ana", public)
        entering = ("--db", str(shell.path), "--as", "ana", "--key", FINGERPRINT)
        found = process(*entering, SSH_ORIGINAL_COMMAND="me --json", OKRTUI_AS="lea", OKRTUI_DB="/nowhere")
        assert found.json["handle"] == "ana"
        assert process(*entering).status == 2
        assert process(*entering, "me").status == 2
        assert process(*entering, SSH_ORIGINAL_COMMAND="me", SUDO_UID="54321").status == 1
        missing = process(*entering[2:], SSH_ORIGINAL_COMMAND="me", HOME="/nonexistent", XDG_DATA_HOME="/nonexistent")
        assert missing.status == 3

    def test_of_an_unknown_key(self, shell):
        answer = process("--db", str(shell.path), "--key", FINGERPRINT, SSH_ORIGINAL_COMMAND="me")
        assert (answer.status, answer.out) == (1, "")
        assert "lets nobody in here any more" in answer.sentence
