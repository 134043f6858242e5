"""The file: where it is, making it, copying it, looking at it, importing it, and opening the interface on it."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path

import pytest
from command_line import process

import okrtui.app
from okrtui.demo import PERSON
from okrtui.store.file import Store

LOGIN = pwd.getpwuid(os.getuid()).pw_name


class TestWhereItIs:
    def test_named_by_the_option_before_the_variable(self, tmp_path):
        answer = process("--db", str(tmp_path / "one.db"), "init", OKRTUI_DB=str(tmp_path / "two.db"))
        assert answer.status == 0
        assert (tmp_path / "one.db").exists()
        assert not (tmp_path / "two.db").exists()

    def test_else_in_the_folder_of_the_account(self, tmp_path):
        answer = process("init", "--company", "Acme", "--json", XDG_DATA_HOME=str(tmp_path))
        assert answer.json == {
            "company": "acme",
            "person": LOGIN,
            "path": str(tmp_path / "okrtui" / "okr.db"),
        }
        assert process("team", "list", XDG_DATA_HOME=str(tmp_path), OKRTUI_DB="").out.startswith("acme")

    def test_in_folders_that_are_made_and_private(self, bare):
        bare("init", "--rehearsal")
        assert bare.path.stat().st_mode & 0o777 == 0o600
        assert bare.path.parent.stat().st_mode & 0o777 == 0o700


class TestInit:
    def test_makes_the_caller_admin_and_lead(self, bare):
        assert bare("init", "--company", "Acme & Söhne", "--rehearsal") == "acme-sohne"
        (me,) = bare.json("person", "list")
        assert me == {
            "handle": LOGIN,
            "name": LOGIN,
            "admin": True,
            "active": True,
            "teams": ["acme-sohne (lead)"],
            "login": LOGIN,
        }

    def test_with_another_lead(self, bare):
        bare("init", "--lead", "olga", "--rehearsal")
        people = {one["handle"]: (one["admin"], one["teams"]) for one in bare.json("person", "list")}
        assert people == {LOGIN: (True, []), "olga": (False, ["company (lead)"])}

    @pytest.mark.parametrize("option", [("--company", " "), ("--company", "x" * 201), ("--lead", "O'Hara")])
    def test_leaves_nothing_behind_when_a_name_will_not_do(self, bare, option):
        bare.refused("init", "--rehearsal", *option, status=2)
        assert not bare.path.exists()
        assert bare("init", "--rehearsal") == "company"


def test_a_backup_is_a_file_to_open(shell, tmp_path):
    target = tmp_path / "copy.db"
    assert shell.json("backup", str(target))["bytes"] == target.stat().st_size
    shell("team", "add", "nights")
    shell.options = ("--db", str(target))
    assert [team["slug"] for team in shell.json("team", "list")] == ["acme", "sales", "support"]
    assert "already" in shell.refused("backup", str(target), status=3)


def test_the_doctor_warns_and_finds(shell):
    assert {one["level"] for one in shell.json("doctor")} == {"ok"}
    shell.path.chmod(0o644)
    assert {one["level"] for one in shell.json("doctor")} == {"ok", "warning"}
    with Store.open(shell.path) as store, store.writing() as connection:
        connection.execute("UPDATE team SET path = '/7/' WHERE slug = 'sales'")
    answer = shell.call("doctor", "--json")
    assert answer.status == 3
    assert [one["sentence"] for one in answer.json if one["level"] == "error"] == [
        "The team sales is kept under another path than its parent's."
    ]


class TestImport:
    @pytest.fixture
    def exported(self, scoring, tmp_path):
        target = tmp_path / "whole.json"
        target.write_text(scoring("export"), "utf-8")
        return target

    def test_a_new_file(self, scoring, exported, tmp_path):
        scoring.options = ("--db", str(tmp_path / "new" / "okr.db"))
        assert "key_result_text" in scoring("import", str(exported), "--dry-run")
        assert not (tmp_path / "new").exists()
        assert scoring("import", str(exported)) == str(tmp_path / "new" / "okr.db")
        assert scoring.json("kr", "show", "KR1")["checkins"][0]["author"] == "ana"
        assert scoring("export") + "\n" == exported.read_text("utf-8") + "\n"
        assert "holds a company already" in scoring.refused("import", str(exported))
        assert {one["level"] for one in scoring.json("doctor")} == {"ok"}

    def test_from_the_standard_input(self, exported, tmp_path):
        with exported.open("rb") as stream:
            answer = process("--db", str(tmp_path / "new.db"), "import", "-", "--json", stdin=stream)
        assert answer.json["path"] == str(tmp_path / "new.db")
        assert answer.json["rows"]["key_result"] == 1

    def test_what_is_refused_leaves_no_file(self, scoring, exported, tmp_path):
        raw = exported.read_text("utf-8")
        exported.write_text(raw[: len(raw) // 2], "utf-8")
        scoring.options = ("--db", str(tmp_path / "new.db"))
        assert "was cut off" in scoring.refused("import", str(exported), status=2)
        exported.write_text(raw.replace('"confidence": 6', '"confidence": 60'), "utf-8")
        assert "does not fit" in scoring.refused("import", str(exported), "--dry-run", status=2)
        assert "does not fit" in scoring.refused("import", str(exported), status=2)
        assert not (tmp_path / "new.db").exists()


class TestTheInterface:
    @pytest.fixture
    def opened(self, monkeypatch):
        """Be a terminal, and note what the interface is opened on."""
        seen = []

        def run(path, identify, *, rehearsal=False):
            with Store.open(path) as store, identify(store).reading() as view:
                seen.append((Path(path), view.actor.handle, rehearsal))
            return 0

        monkeypatch.setattr(okrtui.app, "run", run)
        for stream in (sys.stdin, sys.stdout):
            monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
        return seen

    def test_without_a_command(self, shell, opened, monkeypatch):
        monkeypatch.setattr("okrtui.cli.interface.is_a_terminal", lambda: True)
        shell()
        shell("--as", "ana")
        assert opened == [(shell.path, LOGIN, True), (shell.path, "ana", True)]

    def test_is_not_opened_for_who_is_refused(self, shell, opened, monkeypatch):
        monkeypatch.setattr("okrtui.cli.interface.is_a_terminal", lambda: True)
        assert "Nobody here is called" in shell.refused("--as", "eve")
        assert opened == []

    def test_demo(self, bare, opened, monkeypatch):
        monkeypatch.delenv("OKRTUI_NOW")
        for module in ("okrtui.cli.interface", "okrtui.cli.demo"):
            monkeypatch.setattr(f"{module}.is_a_terminal", lambda: True)
        bare("demo")
        ((path, handle, _),) = opened
        assert handle == PERSON
        assert not path.parent.exists()
        assert "Nobody here is called" in bare.refused("demo", "--person", "eve")

    def test_demo_that_is_kept(self, bare, opened, monkeypatch, tmp_path):
        monkeypatch.delenv("OKRTUI_NOW")
        monkeypatch.setattr("okrtui.cli.demo.is_a_terminal", lambda: False)
        target = tmp_path / "kept" / "demo.db"
        assert bare("demo", "--keep", str(target)) == str(target)
        assert opened == []
        assert "already" in bare.refused("demo", "--keep", str(target), status=3)
        bare.options = ("--db", str(target), "--as", PERSON)
        assert bare.json("me")["handle"] == PERSON
