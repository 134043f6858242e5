"""A team's week from the command line: who sets its priorities, who writes down its wins, and who may not."""

from __future__ import annotations

import pytest


def priorities(shell, who="rob", *more):
    return [(one["ref"], one["rank"], one["words"]) for one in shell.json("--as", who, "priority", "list", *more)]


def test_a_member_sets_changes_and_drops(running):
    assert running("--as", "ana", "priority", "add", "Nights have a rota") == "PR1"
    made = running.json("--as", "ana", "priority", "add", "Tea", "--rank", "P2", "--team", "sales", "--week", "10")
    assert made == {"ref": "PR2", "team": "sales", "cycle": "2026-Q4", "week": 10}
    assert running("--as", "ben", "priority", "edit", "pr1", "--words", "Nights and weekends") == "PR1"
    assert priorities(running, "ana") == [("PR1", "P1", "Nights and weekends")]
    assert priorities(running, "ana", "--week", "10") == [("PR2", "P2", "Tea")]
    assert "PR1  P1  ana  Nights and weekends" in running("--as", "ana", "priority", "list")
    assert running("--as", "ana", "priority", "drop", "PR1") == "PR1"
    assert "No priorities are set for week 9" in running("--as", "ana", "priority", "list")


def test_a_member_writes_down_wins(running):
    assert running("--as", "ana", "win", "add", "The first quiet night") == "W1"
    (win,) = running.json("--as", "rob", "win", "list", "--team", "sales")
    assert (win["ref"], win["week"], win["words"], win["author"]) == ("W1", 9, "The first quiet night", "ana")
    assert "rank" not in win
    assert running("--as", "ben", "win", "edit", "w1", "The first two quiet nights") == "W1"
    assert "W1  ana  The first two quiet nights" in running("--as", "rob", "win", "list", "--team", "sales")
    assert running("--as", "ana", "win", "drop", "W1") == "W1"
    assert "No wins" in running("--as", "ana", "win", "list")


def test_their_lead_does_too(running):
    assert running("--as", "lea", "priority", "add", "Nights") == "PR1"
    assert running("--as", "lea", "win", "add", "A night") == "W1"


@pytest.mark.parametrize("who", ["olga", "rob", "sam", "ada"])
@pytest.mark.parametrize(
    "command",
    [
        ("priority", "add", "Mine", "--team", "sales"),
        ("priority", "edit", "PR1", "--rank", "P2"),
        ("priority", "drop", "PR1"),
        ("win", "add", "Mine", "--team", "sales"),
        ("win", "edit", "W1", "Mine"),
        ("win", "drop", "W1"),
    ],
)
def test_a_lead_above_and_a_reader_read(running, who, command):
    running("--as", "ana", "priority", "add", "Nights")
    running("--as", "ana", "win", "add", "A night")
    sentence = running.refused("--as", who, *command)
    assert "are the team's to " in sentence
    assert "read them, and" in sentence
    assert priorities(running, who, "--team", "sales") == [("PR1", "P1", "Nights")]


def test_a_fifth_is_refused(running):
    for words in ("One", "Two", "Three", "Four"):
        running("--as", "ana", "priority", "add", words)
    sentence = running.refused("--as", "ben", "priority", "add", "Five")
    assert sentence.startswith("Four priorities are a week's most, and week 9 of Sales has them")
    assert "drop one first" in sentence


@pytest.mark.parametrize(
    ("command", "status", "words"),
    [
        (("priority", "add", "Mine", "--week", "99"), 1, "has weeks 1 to"),
        (("priority", "list", "--week", "0"), 1, "has weeks 1 to"),
        (("win", "add", "Mine", "--week", "10"), 1, "has not begun"),
        (("priority", "add", ""), 2, "missing"),
        (("priority", "add", "x" * 201), 2, "longer than 200"),
        (("priority", "add", "Mine", "--rank", "P3"), 2, "P3"),
        (("priority", "add", "Mine", "--week", "nine"), 2, "nine"),
        (("priority", "add", "Mine", "--team", "nobody"), 1, "No team is called"),
        (("priority", "edit", "PR9", "--rank", "P1"), 1, "no priority PR9"),
        (("priority", "edit", "PR9"), 2, "Nothing to change"),
        (("priority", "drop", "KR1"), 1, "priority"),
        (("win", "edit", "W9", "Mine"), 1, "no win W9"),
        (("win", "drop", "W9"), 1, "no win W9"),
        (("room", "sales", "--squares", "--week", "99"), 1, "has weeks 1 to"),
        (("room", "sales", "--week", "9"), 2, "goes with --squares"),
    ],
)
def test_what_will_not_do_is_one_line(running, command, status, words):
    assert words in running.refused("--as", "ana", *command, status=status)


def test_the_log_tells_it(running):
    running("--as", "ana", "priority", "add", "Nights")
    running("--as", "ana", "win", "add", "A night")
    assert "set the priority PR1: Nights" in running("--as", "rob", "log", "PR1")
    assert "wrote down the win W1: A night" in running("--as", "rob", "log", "W1")


def test_the_four_squares_are_there_as_text(running):
    running("--as", "ana", "priority", "add", "Nights have a rota", "--rank", "P2")
    running("--as", "ana", "win", "add", "A quiet night")
    band = ("--kind", "maintain", "--low", "2", "--high", "4", "--unit", "%", "--weight", "0")
    told = ("--owner", "ana", "--control", "ours", "--week-nine", "Yes")
    running("--as", "ana", "kr", "add", "O1", "Returns stay", *band, *told)
    running("--as", "ana", "kr", "propose", "KR2")
    running("--as", "lea", "kr", "agree", "KR2")
    running("--as", "ana", "checkin", "KR1", "--value", "20", "--confidence", "7", "--next", "hire for nights")
    text = running("--as", "rob", "room", "sales", "--squares")
    for line in (
        "Priorities of week 9",
        "  PR1  P2  ana  Nights have a rota",
        "Wins of week 9",
        "  W1  ana  A quiet night",
        "  KR1  confidence 7",
        "next: hire for nights",
        "check-ins of week 9 are due",
        "no data  within 2 to 4 %  Returns stay",
    ):
        assert line in text, line
    assert "None are set" in running("--as", "rob", "room", "sales", "--squares", "--week", "8")


def test_and_as_json(running):
    running("--as", "ana", "priority", "add", "Nights")
    found = running.json("--as", "rob", "room", "sales", "--squares")
    assert (found["team"], found["cycle"], found["week"]) == ("sales", "2026-Q4", 9)
    (said,) = found["priorities"]
    assert (said["ref"], said["rank"], said["words"]) == ("PR1", "P1", "Nights")
    assert [one["ref"] for one in found["confidence"]] == ["KR1"]
    assert found["coming"][0] == {
        "day": "2026-11-27",
        "ref": None,
        "text": "check-ins of week 9 are due",
        "overdue": False,
    }
