"""What one side wrote reaches nobody of the other side, no reader and no admin, by any command, before it is opened."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess

import pytest
from command_line import COMMAND, OURS, WHOLE, Shell, process
from reading_commands import NEEDING_NO_FILE, READING, WRITING, everything

from okrtui.cli.main import PLACES
from okrtui.store.file import Store

REASONING = "Zanzibar nights, said nobody ever"


def test_no_reading_command_is_left_out():
    assert set(READING) | WRITING | NEEDING_NO_FILE == set(PLACES)


def write(shell, side, value, *more):
    who = "ana" if side == "self" else "lea"
    shell("--as", who, "score", "KR1", "--side", side, "--value", value, "-m", REASONING, *more)


@pytest.mark.parametrize("draft", [(), ("--draft",)], ids=["in", "draft"])
@pytest.mark.parametrize(
    ("side", "others"),
    [("self", ("lea", "olga", "rob", "ada", "sam")), ("manager", ("ana", "ben", "rob", "ada", "sam"))],
)
def test_a_sealed_score_reaches_nobody_else(scoring, side, others, draft):
    for value in ("0.1", "0.9"):
        write(scoring, side, value, *draft)
        for who in others:
            for command, said in everything(scoring, ("--as", who)):
                assert "anzibar" not in said, (who, command)
                assert not _has_score(command, said, value), (who, command)


def _has_score(command, said, value):
    """Whether JSON has the value in a place of its own: texts may hold 0.1 for other reasons."""
    if "--json" not in command or not said.startswith(("[", "{")):
        return False
    return float(value) in set(_numbers(json.loads(said)))


def _numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, float):
        yield value


@pytest.mark.parametrize("side", ["self", "manager"])
def test_nobody_learns_it_from_a_refusal(scoring, side):
    write(scoring, side, "0.9")
    other = "manager" if side == "self" else "self"
    for who in ("ana", "lea", "rob", "ada"):
        for command in (
            ("reveal", "KR1"),
            ("confirm", "KR1"),
            ("calibrate", "KR1", "--value", "0.5", "-m", "Hm"),
            ("score", "KR1", "--side", other, "--in"),
            ("cycle", "advance", "2026-Q4"),
        ):
            answer = scoring.call("--as", who, *command)
            assert answer.status == 1, (who, command)
            assert "anzibar" not in answer.err
            assert "0.9" not in answer.err


def test_its_own_side_sees_it(scoring):
    write(scoring, "self", "0.9")
    for who in ("ana", "ben"):
        assert scoring.json("--as", who, "scores")[0]["self"]["reasoning"] == REASONING


def test_no_event_holds_it_before_the_opening_and_one_does_after(scoring):
    write(scoring, "self", "0.1", "--draft")
    write(scoring, "self", "0.9")
    assert "anzibar" not in _payloads(scoring.path)
    write(scoring, "manager", "0.9")
    assert "anzibar" not in _payloads(scoring.path)
    scoring("--as", "ana", "reveal", "KR1")
    assert "anzibar" in _payloads(scoring.path)
    assert "opened the scores of KR1" in scoring("--as", "rob", "log", "KR1")
    assert REASONING in scoring("--as", "rob", "scores")


def _payloads(path):
    with Store.open(path) as store, store.reading() as connection:
        return "".join(text for (text,) in connection.execute("SELECT payload FROM event"))


def test_a_draft_that_was_never_in_is_not_opened(scoring):
    """One side gone, the other's score opens alone; what the gone side had drafted stays unread."""
    write(scoring, "self", "0.1", "--draft")
    scoring("team", "join", "support", "ana")
    for handle in ("ana", "ben"):
        scoring("person", "deactivate", handle)
    scoring("--as", "lea", "score", "KR1", "--side", "manager", "--value", "0.5", "-m", "Half")
    scoring("--as", "lea", "reveal", "KR1")
    for command, said in everything(scoring, ("--as", "rob")):
        assert "anzibar" not in said, command


def test_the_owner_of_the_file_alone_exports_it(scoring):
    write(scoring, "self", "0.9")
    assert REASONING in scoring("export")
    assert "the scores still sealed too" in " ".join(scoring("export", "--help").split())
    assert "anzibar" not in process("export", OKRTUI_DB=str(scoring.path), OKRTUI_AS="lea").out
    assert "anzibar" not in process("export", OKRTUI_DB=str(scoring.path), OKRTUI_AS="ana").out


# Whatever is sealed, everybody else reads the same


DIGESTS = re.compile(r"[0-9a-f]{64}")
SECRETS = {
    "low": ("0.1", "Zanzibar"),
    "high": ("0.9", "Zanzibar nights, said nobody ever, " * 40),
}


@pytest.fixture
def two_files(scoring, monkeypatch, capsys):
    """The same file twice, in which one side seals a low score with few words, and a high one with many."""
    high = scoring.path.with_name("high.db")
    scoring("backup", str(high))
    other = Shell(high, monkeypatch, capsys)
    other.at("2026-12-29T10:00")
    return {"low": scoring, "high": other}


def seal(shells, side, *more):
    who = "ana" if side == "self" else "lea"
    for name, shell in shells.items():
        value, words = SECRETS[name]
        shell("--as", who, "score", "KR1", "--side", side, "--value", value, "-m", words, *more)


def refusals(shell, who, other):
    """All that the program says to somebody who tries to get at a score under its seal."""
    for command in (
        ("reveal", "KR1"),
        ("confirm", "KR1"),
        ("calibrate", "KR1", "--value", "0.5", "-m", "Hm"),
        ("score", "KR1", "--side", other, "--in"),
        ("score", "KR1", "--side", "self", "--value", "0.45", "-m", "Hm"),
        ("score", "KR1", "--side", "manager", "--value", "0.45", "-m", "Hm"),
        ("score", "KR1", "--side", "self", "--value", "0.4", "-m", ""),
        ("cycle", "advance", "2026-Q4"),
        ("objective", "edit", "O1", "--title", "Other"),
        ("kr", "edit", "KR1", "--statement", "Other"),
        ("kr", "amend", "KR1", "--target", "9", "-m", "Hm"),
        ("suggest", "KR1", "--field", "score", "--to", "0.5"),
    ):
        answer = shell.call(*who, *command)
        assert answer.status in {1, 2}, (who, command, answer)
        yield command, answer.out + answer.err


@pytest.mark.parametrize("draft", [(), ("--draft",)], ids=["in", "draft"])
@pytest.mark.parametrize(("side", "others"), [("self", ("lea", "rob", "ada")), ("manager", ("ana", "rob", "ada"))])
def test_everybody_else_reads_the_same_to_the_byte_whatever_is_sealed(two_files, side, others, draft, tmp_path):
    """Texts, names and kinds of JSON, refusals, dry runs: nothing differs but the digests, which are salted."""
    seal(two_files, side, *draft)
    table = tmp_path / "ideas.csv"
    table.write_text("statement\nNights are answered too\n")
    for who in others:
        said = [
            {
                **{key: DIGESTS.sub("DIGEST", text) for key, text in everything(shell, ("--as", who))},
                **dict(refusals(shell, ("--as", who), "manager" if side == "self" else "self")),
                ("import",): repr(shell.call("--as", who, "import", str(table), "--dry-run")),
            }
            for shell in two_files.values()
        ]
        assert said[0].keys() == said[1].keys()
        for key, text in said[0].items():
            assert text == said[1][key], (who, key)


def test_equal_scores_have_different_digests_and_none_can_be_guessed(running):
    """Eleven values and the same words: without the salt, a digest would tell which of them it is."""
    running("--as", "ana", "kr", "add", "O1", "Nights are answered too", *WHOLE)
    running("--as", "ana", "kr", "propose", "KR2")
    running("--as", "lea", "kr", "agree", "KR2")
    running("cycle", "advance", "2026-Q4", "--to", "scoring")
    for ref in ("KR1", "KR2", "KR1"):
        running("--as", "ana", "score", ref, "--side", "self", "--value", "0.5", "-m", REASONING)
    found = DIGESTS.findall(_payloads(running.path))
    assert len(found) == len(set(found)) == 3
    guesses = {
        hashlib.sha256(f"{before}{value}{between}{REASONING}".encode()).hexdigest()
        for before in ("", "\n")
        for value in range(11)
        for between in ("\n", "")
    }
    assert not guesses & set(found)


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_who_follows_the_log_hears_that_it_is_in_and_nothing_more(scoring, form):
    environ = {name: value for name, value in os.environ.items() if name not in OURS}
    environ |= {"OKRTUI_DB": str(scoring.path), "OKRTUI_AS": "lea", "OKRTUI_NOW": "2026-12-29T10:00"}
    with subprocess.Popen(
        [COMMAND, "log", "--follow", *form], env=environ, stdout=-1, stderr=-1, text=True
    ) as following:
        told = [following.stdout.readline()]
        write(scoring, "self", "0.9")
        scoring("--as", "ana", "comment", "KR1", "It is in")
        while "It is in" not in told[-1]:
            told.append(following.stdout.readline())
        following.send_signal(2)
        following.communicate(timeout=60)
    assert "score" in told[-2]
    assert not any("anzibar" in line or "0.9" in line for line in told)


def test_the_numbers_of_a_round_are_nobody_else_s_before_it_opens(running, monkeypatch, capsys):
    """Of a round under way everybody reads who is in, and the same whatever the numbers are."""
    running("--as", "ana", "round", "start", "--team", "sales")
    high = running.path.with_name("high.db")
    running("backup", str(high))
    other = Shell(high, monkeypatch, capsys)
    other.at("2026-11-24T10:00")
    running("--as", "ana", "round", "vote", "KR1=1", "--team", "sales")
    other("--as", "ana", "round", "vote", "KR1=9", "--team", "sales")
    for who in ("ben", "lea", "rob", "ada"):
        one, two = (
            {key: DIGESTS.sub("DIGEST", text) for key, text in everything(shell, ("--as", who))}
            for shell in (running, other)
        )
        assert one == two, who
