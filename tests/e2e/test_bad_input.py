"""Whatever is typed, piped or lies at the path: one line that says what to do, a status, and never a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from command_line import COMMAND, OURS, process
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrtui.cli import output
from okrtui.cli.main import PLACES, okrtui, run
from okrtui.store.file import Store

CHECKIN = ("--as", "ana", "checkin", "KR1", "--confidence", "6")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("nonsense",), "No such command 'nonsense'"),
        (("kr",), "Missing command. See `okrtui kr --help`."),
        (("kr", "nonsense"), "No such command 'nonsense'"),
        (("--nonsense",), "No such option"),
        (("due", "--nonsense"), "See `okrtui due --help`."),
        (("kr", "show"), "Missing argument 'REF'"),
        (("kr", "show", "KR1", "KR2"), "unexpected extra argument"),
        (("--as",), "requires an argument"),
        (("report", "--format", "pdf"), "'pdf' is not one of"),
        (("tree", "--depth", "0"), "0 is not in the range"),
        (("objective", "add", "--team", "sales"), "Missing option '--title'"),
        (("objective", "add", "--team", "sales", "--title", "  "), "The title is missing."),
        (("objective", "add", "--team", "sales", "--title", "x" * 201), "longer than 200 characters"),
        (("objective", "reword", "O1"), "Nothing to change"),
        (("kr", "edit", "KR1"), "Nothing to change"),
        (("invitation", "accept", "O1", "-m", " "), "The straight line is missing."),
        (("invitation", "push-back", "O1", "--reason", "no", "-m", "No"), "'no' is not one of"),
        (("comment", "O1", " "), "The comment is missing."),
        (("comment", "O1", "x" * 10_001), "longer than 10,000 characters"),
        (("cycle", "add", "2027-Q1", "--starts", "soon", "--ends", "2027-03-31"), "'soon' is no day"),
        (
            ("cycle", "add", "2027-Q1", "--starts", "2027-04-01", "--ends", "2027-03-31"),
            "ends on or after the day it starts",
        ),
        (("cycle", "add", "2027 Q1", "--starts", "2027-01-01", "--ends", "2027-03-31"), "'2027 Q1' is not"),
        (("cycle", "add", "Q1", "--starts", "2027-01-01", "--ends", "2027-03-31", "--zone", "Mars/X"), "No time zone"),
        (("cycle", "advance", "2026-Q4", "--to", "done"), "'done' is not one of"),
        (("cycle", "back", "2026-Q4", "-m", ""), "needs a reason"),
        (("person", "add", "Jörg!"), "A handle is 1 to 40 letters"),
        (("person", "add", "ana"), "There is a ana already"),
        (("person", "add", "ann", "--login", "ana"), "The login 'ana' is ana's"),
        (("team", "add", ""), "A team's short name is 1 to 40 letters"),
        (("team", "deputy", "sales", "ana", "--until", "2026-02-30"), "'2026-02-30' is no day"),
        (("log", "--since", "yesterday"), "'yesterday' is no time"),
        (("score", "KR1", "--value", "0.4", "-m", "Hm"), "Say whose score it is"),
        (("score", "KR1", "--side", "self"), "Give the score"),
        (("score", "KR1", "--none", "--side", "self", "-m", "Hm"), "--none stands alone"),
        (("calibrate", "KR1", "--value", ""), "Give the score"),
        ((), "The interface needs a terminal"),
        (("demo",), "The interface needs a terminal"),
        (("import", "no-such-file"), "cannot be read (No such file or directory)"),
        (("import", "."), "cannot be read (Is a directory)"),
    ],
)
def test_wrong_usage(running, command, said):
    assert said in running.refused(*command, status=2)


@pytest.mark.parametrize("value", ["many", "nan", "inf", "-inf", "1e999", "8,5", "0x10", "²", "１２abc", " "])
def test_a_value_that_is_no_number(running, value):
    assert "is no number: give one such as 12.5." in running.refused(*CHECKIN, "--value", value, status=2)


@pytest.mark.parametrize("score", ["0.45", "1.1", "-0.1", "4", "1e308"])
def test_a_score_that_is_no_tenth(scoring, score):
    command = ("--as", "ana", "score", "KR1", "--side", "self", "--value", score, "-m", "Hm")
    assert "tenth" in scoring.refused(*command, status=2)


@pytest.mark.parametrize("confidence", ["11", "-1", "6.5", "high", "99999999999999999999"])
def test_a_confidence_that_is_none(running, confidence):
    command = ("--as", "ana", "checkin", "KR1", "--value", "9", "--confidence", confidence)
    assert "onfidence" in running.refused(*command, status=2)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("kr", "show", "KR99"), "There is no KR99"),
        (("kr", "show", "O1"), "'O1' names nothing here: give KR12"),
        (("kr", "show", "KR999999999999999999"), "There is no KR"),
        (("kr", "show", "KR9999999999999999999999"), "names nothing here"),
        (("objective", "show", "o99"), "There is no O99"),
        (("room", "nowhere"), "No team is called 'nowhere'"),
        (("due", "--team", "nowhere"), "No team is called"),
        (("due", "--person", "nobody"), "Nobody here is called"),
        (("report", "--cycle", "1999-Q1"), "No cycle is called"),
        (("log", "KR99"), "There is no KR99"),
        (("team", "join", "sales", "nobody"), "Nobody here is called"),
        (("--as", "ana", "kr", "add", "O1", "Nights", "--owner", "nobody"), "Nobody here is called"),
        (("--as", "ana", "kr", "add", "O1", "Nights", "--team", "support"), "was not put to Support"),
        ((*CHECKIN, "--value", "9", "--week", "14"), "Week 14 has not begun"),
        ((*CHECKIN, "--value", "9", "--week", "-3"), "has weeks 1 to 14"),
    ],
)
def test_nothing_by_that_name(running, command, said):
    assert said in running.refused(*command)


def test_several_teams_and_none_named(accepted):
    accepted("--as", "olga", "objective", "add", "--team", "acme", "--title", "Calm growth")
    accepted("--as", "olga", "objective", "publish", "O2")
    accepted("--as", "olga", "objective", "invite", "O2", "sales", "support")
    sentence = accepted.refused(
        "--as", "olga", "invitation", "answer", "O2", "--with", "explained", "-m", "So", status=2
    )
    assert sentence == "O2 was put to several teams: say which with --team (sales, support)."


def test_what_a_proposal_lacks_is_one_line(accepted):
    accepted("--as", "ana", "kr", "add", "O1", "Nights")
    sentence = accepted.refused("--as", "ana", "kr", "propose", "KR1", status=2)
    assert sentence.startswith("KR1 cannot be proposed yet. ")


class TestTheFile:
    def refused(self, path, *command):
        answer = process("--db", str(path), *(command or ("due",)))
        assert (answer.status, answer.out) == (3, "")
        assert str(path) in answer.sentence
        return answer.sentence

    def test_that_is_not_there(self, tmp_path):
        path = tmp_path / "no such.db"
        assert "make one with" in self.refused(path)
        assert "name another with --db" in self.refused(path, "doctor")
        answer = process("--db", str(path))
        assert (answer.status, answer.out) == (3, "")
        assert f"make one with `okrtui --db '{path}' init --company NAME`" in answer.sentence
        assert "make one with `okrtui init --company NAME`" in process(OKRTUI_DB=str(path)).sentence

    def test_that_is_there_already(self, tmp_path):
        path = tmp_path / "okr.db"
        path.write_text("A letter")
        assert "There is already a file" in self.refused(path, "init")
        assert path.read_text() == "A letter"

    @pytest.mark.parametrize(
        "content",
        [b"", b"A letter", b"SQLite format 3\0" + bytes(4080), bytes(range(256)) * 16],
        ids=["empty", "letter", "header", "noise"],
    )
    def test_that_is_no_database(self, tmp_path, content):
        path = tmp_path / "okr.db"
        path.write_bytes(content)
        self.refused(path)
        self.refused(path, "room", "sales", "--json")

    def test_that_is_a_folder_or_below_a_file(self, tmp_path):
        assert "is a folder" in self.refused(tmp_path)
        (tmp_path / "letter").write_text("A letter")
        self.refused(tmp_path / "letter" / "okr.db")
        self.refused(tmp_path / "letter" / "okr.db", "init")
        self.refused(tmp_path / ("x" * 300))

    def test_in_a_folder_that_is_read_only(self):
        """A process of an account without root's rights: in this process, they could not be given back to a thread."""
        folder = Path(tempfile.mkdtemp())
        path = folder / "okr.db"
        assert process("--db", str(path), "init").status == 0
        me = os.getuid() or 65534
        for found in (path, path.with_name("okr.db.lock"), folder):
            os.chown(found, me, -1)
        folder.chmod(0o500)
        try:
            done = subprocess.run(
                [sys.executable, "-c", _WITHOUT_ROOT, str(me), "--db", str(path), "due"],
                env={name: value for name, value in os.environ.items() if name not in OURS},
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
        finally:
            folder.chmod(0o700)
            shutil.rmtree(folder)
        assert (done.returncode, done.stdout) == (3, "")
        assert "may not be written to from this account" in done.stderr

    def test_of_a_name_that_is_no_utf_8(self, tmp_path):
        path = os.fsencode(tmp_path) + b"/caf\xe9.db"
        assert process(b"--db", path, "init", "--company", "Acme").status == 0
        assert process(b"--db", path, "team", "list").out.startswith("acme")

    def test_damaged(self, shell):
        shell.path.write_bytes(shell.path.read_bytes()[:8192])
        assert "is damaged" in shell.refused("tree", status=3)
        answer = shell.call("doctor")
        assert answer.status == 3
        assert "is damaged" in answer.out


# Everything is imported before the rights of root are given up: the interpreter may lie where only root reads.
_WITHOUT_ROOT = """
import os, sys
from okrtui.cli import due, main, start
if os.getuid() == 0:
    os.setgroups([])
    os.setuid(int(sys.argv[1]))
del sys.argv[1]
start.main()
"""


class TestTextOfAnyKind:
    NOT_UTF_8 = (b"\xff\xfe", b"caf\xe9", b"\xed\xa0\x80")

    @pytest.mark.parametrize("raw", NOT_UTF_8, ids=["bytes", "latin-1", "surrogate"])
    def test_that_is_no_utf_8(self, accepted, raw):
        for command in (
            ("kr", "show", raw),
            ("room", raw),
            ("due", "--person", raw),
            ("--as", raw, "due"),
            ("log", raw),
            ("person", "add", raw),
            (raw,),
            (b"--" + raw,),
            ("kr", "list", "--state", raw),
        ):
            answer = process(*command, OKRTUI_DB=str(accepted.path), OKRTUI_NOW="2026-10-06T10:00")
            assert answer.status in {0, 1, 2}, command
            assert answer.err.count("\n") <= 1, answer
        answer = process("comment", "O1", b"Hello " + raw, OKRTUI_DB=str(accepted.path))
        assert (answer.status, answer.out) == (0, "C1\n")

    def test_what_a_terminal_obeys_does_not_come_in(self, accepted):
        accepted("comment", "O1", "\x1b]52;c;aGk=\x07 clip\u202eboard \U000e0041\x85")
        (said,) = accepted.json("objective", "show", "O1")["thread"]
        assert said["body"] == "]52;c;aGk= clipboard"

    def test_what_an_old_file_holds_is_seen_and_not_obeyed(self, scoring):
        for command in (
            ("--as", "lea", "score", "KR1", "--side", "manager", "--value", "0.3", "-m", "Nights"),
            ("--as", "ana", "score", "KR1", "--side", "self", "--value", "0.3", "-m", "Nights"),
            ("--as", "ana", "reveal", "KR1"),
            ("--as", "ana", "calibrate", "KR1", "--value", "0.3", "-m", "Nights"),
            ("--as", "ben", "comment", "KR1", "Well, @ana"),
            ("--as", "lea", "objective", "learn", "O1", "-m", "Nights"),
        ):
            scoring(*command)
        _poison(scoring.path)
        for command in READING:
            for form in ((), ("--json",)):
                said = scoring("--as", "ana", *command, *form)
                assert not output._UNSEEN.search(said), command
        assert "·[2J·" in scoring("--as", "ana", "kr", "show", "KR1")
        assert scoring.json("--as", "ana", "kr", "show", "KR1")["statement"] == POISON
        sentence = scoring.refused("--as", "rob", "kr", "drop", "KR1", "-m", "No")
        assert "·[2J·" in sentence
        assert not output._UNSEEN.search(sentence)


POISON = "\x1b[2J\u202e<\x9b31m\u2066\U000e0041>"
READING = (
    ("kr", "show", "KR1"),
    ("kr", "list"),
    ("objective", "show", "O1"),
    ("objective", "list"),
    ("invitation", "list"),
    ("person", "list"),
    ("team", "list"),
    ("cycle", "list"),
    ("room", "sales"),
    ("tree",),
    ("scores",),
    ("due", "--team", "sales"),
    ("me",),
    ("log",),
    ("report",),
    ("report", "--format", "md"),
    ("export",),
)
_TEXTS = {
    "person": ("name",),
    "team": ("name", "function"),
    "objective": ("title", "why", "reason"),
    "objective_text": ("title", "why"),
    "invitation": ("straight_line",),
    "key_result": ("statement", "unit", "week_nine", "guidance_low", "done_means", "measure"),
    "key_result_text": ("statement",),
    "comment": ("body", "quoted"),
    "checkin": ("context", "blocker", "next"),
    "score": ("reasoning",),
    "calibration": ("reason",),
    "learning": ("words",),
}


def _poison(path):
    """Put what a terminal would obey into every text of a file, behind the back of the program."""
    with Store.open(path) as store, store.writing() as connection:
        for table, columns in _TEXTS.items():
            for column in columns:
                connection.execute(f"UPDATE {table} SET {column} = ?", (POISON,))  # noqa: S608  # names of ours
        connection.execute("DROP TRIGGER event_is_final")
        words = (
            POISON.encode("unicode_escape").decode().replace("\\x", "\\u00").replace("\\U000e0041", "\\udb40\\udc41")
        )
        connection.execute("UPDATE event SET payload = replace(payload, 'Nights', ?)", (words,))


class TestStreams:
    """Readers that leave, disks that are full, terminals that are not there."""

    def through(self, shell, line):
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        environ |= {"PATH": f"{COMMAND.parent}:{environ['PATH']}", "OKRTUI_DB": str(shell.path)}
        return subprocess.run(
            ["bash", "-c", line],
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def test_a_reader_that_leaves(self, shell):
        for command in ("export", "log --json", "--help"):
            done = self.through(shell, f"okrtui {command} | true; exit ${{PIPESTATUS[0]}}")
            assert done.stderr == "", command
            assert done.returncode in {0, 1}

    def test_a_full_disk(self, shell):
        done = self.through(shell, "okrtui log > /dev/full")
        assert done.returncode == 3
        assert done.stderr == "The output cannot be written (No space left on device): send it elsewhere.\n"
        done = self.through(shell, "okrtui --help > /dev/full")
        assert done.returncode == 3
        assert done.stderr.count("\n") == 1

    @pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
    def test_closed(self, shell, closed):
        done = self.through(shell, f"okrtui team add nights {closed}")
        assert (done.returncode, done.stderr) == (0, "")
        assert "nights" in shell("team", "list")
        done = self.through(shell, f"okrtui team add nights {closed}")
        assert done.returncode == 2
        done = self.through(shell, f"okrtui {closed}")
        assert done.returncode == 2
        done = self.through(shell, f"okrtui --db other.db import - {closed}")
        assert done.returncode == 2

    def test_an_output_that_lacks_letters(self, shell):
        shell("--as", "ada", "person", "edit", "ana", "--name", "Ana Ruíz 🌱")
        done = self.through(shell, "PYTHONIOENCODING=ascii okrtui person list")
        assert done.returncode == 0
        assert "Ana Ru?z ?" in done.stdout

    def test_a_folder_that_is_gone(self, shell):
        done = self.through(shell, "mkdir gone && cd gone && rmdir ../gone && okrtui --db okr.db due")
        assert done.returncode == 3
        assert done.stderr.count("\n") == 1

    def test_an_interrupt_while_following(self, shell):
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        with subprocess.Popen(
            [COMMAND, "log", "--follow"], env=environ | {"OKRTUI_DB": str(shell.path)}, stdout=-1, stderr=-1, text=True
        ) as following:
            lines = [following.stdout.readline()]
            shell("team", "add", "nights")
            while "nights" not in lines[-1]:
                lines.append(following.stdout.readline())
            following.send_signal(2)
            following.communicate(timeout=60)
        assert following.returncode == 130
        assert "added the team nights" in lines[-1]


@pytest.fixture(scope="module")
def typed_at(tmp_path_factory):
    """A file to type anything at."""
    folder = tmp_path_factory.mktemp("typed")
    path = folder / "okr.db"
    assert process("--db", str(path), "init").status == 0
    return path


_WRITES_FILES = {"init", "demo", "backup", "import"}
_WORDS = sorted(
    {name for name in PLACES if name not in _WRITES_FILES}
    | {verb for name in PLACES for verb in getattr(okrtui.get_command(None, name), "commands", {})}
    | {"--json", "--team", "--cycle", "-m", "--value", "--confidence", "--week", "--side", "--as", "--since", "--depth"}
    | {"O1", "KR1", "sales", "company", "ana", "2026-Q4", "self", "0.4", "-1", "--", "--help", "", "9" * 30}
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(_WORDS) | st.text(max_size=20), max_size=7))
def test_anything_typed_ends_with_a_status_and_at_most_a_line(typed_at, monkeypatch, words):
    monkeypatch.chdir(typed_at.parent)
    said, complaint = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complaint):
        status = run(["--db", str(typed_at), *(word for word in words if word not in _WRITES_FILES)])
    assert status in {0, 1, 2, 3}
    assert complaint.getvalue().count("\n") == (status != 0)
