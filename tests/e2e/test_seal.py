"""What one side wrote reaches nobody of the other side, no reader and no admin, by any command, before it is opened."""

from __future__ import annotations

import json

import pytest
from command_line import process

from okrtui.cli.main import PLACES
from okrtui.store.file import Store

REASONING = "Zanzibar nights, said nobody ever"
READING = {
    "due": [("--team", "sales"), ("--person", "ana"), ("--person", "lea")],
    "scores": [(), ("--team", "sales")],
    "tree": [()],
    "room": [("sales",), ("acme",)],
    "me": [()],
    "report": [("--format", "text"), ("--format", "md"), ("--format", "json")],
    "log": [(), ("KR1",), ("@ana",), ("@lea",)],
    "export": [()],
    "person": [("list",)],
    "team": [("list",)],
    "cycle": [("list",)],
    "objective": [("list",), ("show", "O1")],
    "invitation": [("list",)],
    "kr": [("list",), ("show", "KR1")],
    "priority": [("list",), ("list", "--team", "sales")],
    "win": [("list",), ("list", "--team", "sales")],
}
WRITING = {
    "init",
    "demo",
    "comment",
    "checkin",
    "score",
    "reveal",
    "calibrate",
    "confirm",
    "import",
    "backup",
    "doctor",
}

NEEDING_NO_FILE = {"check"}


def test_no_reading_command_is_left_out():
    assert set(READING) | WRITING | NEEDING_NO_FILE == set(PLACES)


def write(shell, side, value, *more):
    who = "ana" if side == "self" else "lea"
    shell("--as", who, "score", "KR1", "--side", side, "--value", value, "-m", REASONING, *more)


def everything(shell, who):
    """All that somebody can read, in text and as JSON."""
    for name, endings in READING.items():
        for ending in endings:
            for form in ((), ("--json",)):
                answer = shell.call(*who, name, *ending, *form)
                assert answer.status in {0, 1}, answer  # the operator has no page of their own
                yield (name, *ending, *form), answer.out + answer.err


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
