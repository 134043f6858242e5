"""``okrtui check``: needs no file and nobody, never refuses a sentence, and prints nothing a terminal obeys."""

from __future__ import annotations

import json

import pytest
from command_line import process


@pytest.fixture
def run(tmp_path):
    def run(*arguments, stdin=b"", **environ):
        path = tmp_path / "stdin"
        path.write_bytes(stdin)
        with path.open("rb") as lines:
            answer = process("check", *arguments, stdin=lines, XDG_CONFIG_HOME=str(tmp_path), **environ)
        assert answer.err == ""
        assert answer.status == 0
        return answer.out

    return run


def test_one_sentence(run):
    assert run("Launch three features").splitlines()[:2] == [
        "output: Launch three features",
        "  What changes for users because three features launched?  (output)",
    ]


def test_json(run):
    found = json.loads(run("--json", "Launch three features"))
    assert list(found) == ["text", "verdict", "questions", "example"]
    assert found["verdict"] == "output"
    assert found["questions"][0]["rule"] == "output"


def test_json_of_several(run):
    found = json.loads(run("--json", "Launch it", "Cut refunds from 9% to 6%"))
    assert [one["verdict"] for one in found] == ["output", "outcome"]


def test_a_sentence_a_line(run):
    lines = "Launch it\n\nImprove morale\r\nna\u00efve \u202ewords".encode() + b"\xff\x1b]c;x\x07\n"
    found = json.loads(run("--json", "-", stdin=lines))
    assert [one["verdict"] for one in found] == ["output", "vague", "vague"]
    assert not set(run("-", stdin=lines)) & {"\x1b", "\x07", "\u202e"}


def test_no_lines(run):
    assert json.loads(run("--json", "-")) == []
    assert run("-").strip() == ""


def test_a_database_that_cannot_be_is_not_asked(run):
    assert run("Launch it", OKRTUI_DB="/nowhere/at/all.db")


@pytest.mark.skipif("sys.platform == 'darwin'", reason="its folder for settings is not moved by XDG_CONFIG_HOME")
def test_words_of_ones_own(run, tmp_path):
    folder = tmp_path / "okrtui" / "checks"
    folder.mkdir(parents=True)
    (folder / "verbs_outcome.txt").write_text("train\n", "utf-8")
    assert run("Train 40% of nurses").startswith("outcome")
    (folder / "vague_words.txt").write_bytes(b"\xff\xfe")
    answer = process("check", "Train 40% of nurses", XDG_CONFIG_HOME=str(tmp_path))
    assert answer.status == 2
    assert "vague_words.txt" in answer.sentence


@pytest.mark.skipif("sys.platform == 'darwin'", reason="as above")
def test_the_board_and_an_import_read_with_the_same_words(proposed, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "okrtui" / "checks"
    folder.mkdir(parents=True)
    (folder / "verbs_outcome.txt").write_text("train\n", "utf-8")
    ideas = tmp_path / "ideas.txt"
    ideas.write_text("Train 40% of nurses\n", "utf-8")
    assert proposed.json("--as", "ana", "import", str(ideas), "--under", "O1")["verdicts"]["outcome"] == 1
    assert proposed.json("--as", "ana", "kr", "show", "KR2")["check"]["verdict"] == "outcome"
    assert proposed.json("check", "Train 40% of nurses")["verdict"] == "outcome"
