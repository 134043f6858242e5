"""``okrtui import`` of what is no whole export, and ``okrtui export`` as CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess

import pytest
from command_line import COMMAND, OURS

LIST = "# For the north\n\n- Cut refunds from 9% to 6%\n- Launch the partner portal by Q3\n"


@pytest.fixture
def written(tmp_path):
    def write(text, name="ideas.txt"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return str(path)

    return write


def test_each_with_its_verdict_and_questions(accepted, written):
    file = written(LIST)
    said = accepted("--as", "rob", "import", file, "--under", "O1", "--dry-run").splitlines()
    assert said[0] == "Line 3  outcome: Cut refunds from 9% to 6%"
    assert "  What changes for users because the partner portal launched?  (output)" in said
    assert said[-1] == "Would import 2 ideas: 1 outcome, 1 output"
    assert accepted.json("kr", "list") == []
    said = accepted("--as", "rob", "import", file, "--under", "O1").splitlines()
    assert said[0] == "KR1  outcome: Cut refunds from 9% to 6%"
    assert said[-2:] == [
        "Imported 2 ideas: 1 outcome, 1 output",
        "They are nobody's until their team adopts them: `okrtui kr adopt`, or y on the board.",
    ]
    assert "imported the idea KR2: Launch the partner portal by Q3" in accepted("--as", "ana", "log", "KR2")


def test_json(accepted, written):
    found = accepted.json("--as", "lea", "import", written(LIST), "--under", "O1", "--team", "sales")
    assert list(found) == ["dry_run", "ideas", "verdicts", "problems", "left_out", "over"]
    assert found["verdicts"] == {"outcome": 1, "output": 1, "vague": 0}
    assert list(found["ideas"][1]) == [
        *("place", "ref", "objective", "team", "statement", "verdict", "questions", "example"),
    ]
    assert [one["ref"] for one in found["ideas"]] == ["KR1", "KR2"]
    assert [one["imported_by"] for one in accepted.json("kr", "list")] == ["lea", "lea"]


def test_a_sentence_for_each_row_that_will_not_do(accepted, written):
    file = written("statement,objective,target\nGood,O1,3\nBad,O9,3\nWorse,O1,soon\n", "ideas.csv")
    answer = accepted.call("--as", "ana", "import", file)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.splitlines() == [
        "Line 3: There is no O9: `okrtui objective list` shows the objectives.",
        "Line 4: The target takes a number, such as 12.5.",
        "Nothing was imported: 2 of 3 will not do.",
    ]
    answer = accepted.call("--as", "ana", "import", file, "--json", "--dry-run")
    assert answer.status == 2
    assert [one["place"] for one in answer.json["problems"]] == [3, 4]
    assert accepted.json("kr", "list") == []


@pytest.mark.parametrize("text", ["", "[", "statement\n", "objective,team\nO1,sales\n"])
def test_what_cannot_be_read_is_one_sentence(accepted, written, text):
    accepted.refused("--as", "ana", "import", written(text), "--under", "O1", status=2)


def test_from_the_standard_input(accepted):
    done = subprocess.run(
        [COMMAND, "import", "-", "--under", "O1", "--json"],
        input=LIST.encode(),
        capture_output=True,
        check=True,
        env=environ(accepted, OKRTUI_AS="ana"),
    )
    assert len(json.loads(done.stdout)["ideas"]) == 2
    assert done.stderr == b""


def environ(shell, **more):
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**clean, "OKRTUI_DB": str(shell.path), **more}


def test_whose_words_they_are(accepted, written):
    """Nobody gets a pen by importing: leadership and readers cannot change what they brought in."""
    file = written("Cut refunds from 9% to 6%\n")
    for number, who in enumerate(("lea", "rob", "ana"), 1):
        accepted("--as", who, "import", file, "--under", "O1")
        edit = ("kr", "edit", f"KR{number}", "--statement", "Mine")
        assert "adopt it first" in accepted.refused("--as", "ana", *edit)
        for other in ("lea", "rob"):
            assert "Key results are the team's to write" in accepted.refused("--as", other, *edit)
            assert "the team's to adopt" in accepted.refused("--as", other, "kr", "adopt", f"KR{number}")
        accepted("--as", "ana", "kr", "adopt", f"KR{number}")
        accepted("--as", "ana", *edit)


def test_nothing_of_a_terminal(accepted, written):
    file = written('statement,o\x1b]0;x\x07\n"Cut \x1b[31mred\u202e",1\n', "ideas.csv")
    for command in (("import", file, "--under", "O1"), ("export", "--format", "csv"), ("export", "--format", "md")):
        answer = accepted.call("--as", "rob", *command)
        assert answer.status == 0
        assert not set(answer.out + answer.err) & {"\x1b", "\x07", "\u202e"}


def test_a_whole_export_says_itself_where_it_belongs(accepted, written):
    whole = written(accepted("export"), "whole.json")
    assert "leave --under and --team out" in accepted.refused("import", whole, "--under", "O1", status=2)


def test_an_export_in_part_brings_its_key_results(accepted, written):
    accepted("--as", "ana", "kr", "add", "O1", "--team", "sales", "Cut refunds from 9% to 6%", "--owner", "ana")
    part = written(accepted("--as", "rob", "export"), "part.json")
    assert "KR2" in accepted("--as", "rob", "import", part)
    listed = written(accepted("kr", "list", "--json"), "list.json")
    assert "Imported 2 ideas" in accepted("--as", "ana", "import", listed)


@pytest.mark.parametrize("format_", ["csv", "md"])
def test_out_and_in(accepted, written, format_):
    accepted(
        "--as", "ana", "kr", "add", "O1", "--team", "sales", "=Cut *refunds*", "--kind", "decrease", "--target", "6"
    )
    said = {who: accepted("--as", who, "export", "--format", format_) for who in ("lea", "ana", "rob")}
    assert len(set(said.values())) == 1
    file = written(said["rob"], f"out.{format_}")
    accepted("--as", "rob", "import", file)
    first, second = accepted.json("kr", "list")
    assert second["statement"] == first["statement"] == "=Cut *refunds*"
    if format_ == "csv":
        assert (second["kind"], second["target"]) == ("decrease", 6)
        (row, _) = csv.DictReader(io.StringIO(accepted("export", "--format", "csv")))
        assert row["statement"] == "'=Cut *refunds*"
        assert (row["ref"], row["objective"], row["team"], row["state"]) == ("KR1", "O1", "sales", "idea")


class TestThousands:
    @pytest.fixture
    def many(self, written):
        rows = "".join(f"Cut refunds in shop {number} from 9% to 6%\n" for number in range(10_000))
        return written(rows)

    def begin(self, shell, file):
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [COMMAND, "import", file, "--under", "O1"],
            env=environ(shell, OKRTUI_AS="ana"),
            stdout=subprocess.DEVNULL,
            stderr=follower,
        )
        os.close(follower)
        return process, leader

    def test_are_counted_where_somebody_watches(self, accepted, many):
        process, leader = self.begin(accepted, many)
        said = read_all(leader)
        assert process.wait(60) == 0
        assert "\r200 of 10,000" in said
        assert said.endswith("\r\x1b[K")
        assert len(accepted.json("kr", "list")) == 10_000

    def test_leave_nothing_when_they_are_interrupted(self, accepted, many):
        process, leader = self.begin(accepted, many)
        os.read(leader, 100)  # the first word about how far it is: the transaction is open
        process.send_signal(signal.SIGINT)
        read_all(leader)
        assert process.wait(60) == 130
        assert accepted.json("kr", "list") == []
        assert {one["level"] for one in accepted.json("doctor")} == {"ok"}


def read_all(leader):
    """What comes until the other end is closed."""
    said = b""
    while True:
        try:
            piece = os.read(leader, 10_000)
        except OSError:  # a pty whose other end is closed says so by this
            piece = b""
        if not piece:
            os.close(leader)
            return said.decode()
        said += piece
