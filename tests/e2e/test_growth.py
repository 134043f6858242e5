"""A development goal reaches its owner and the leads of their teams, and nobody else, by any command."""

from __future__ import annotations

import json

import pytest
from command_line import process
from reading_commands import READING, WRITING, everything

from okrtui.cli.main import PLACES

GOAL = "Wombat whispering without notes"
MORE = {
    "log": [("P1",), ("--since", "2026-01-01")],
    "search": [("wombat",), ("whisp",), ("owner:ana", "wombat")],
    "sight": [("P1",), ("@ana",)],
    "commitment": [("list", "--person", "ana", "--kind", "development"), ("show", "P1")],
    "due": [("--person", "ben"), ("--person", "lea"), ("--team", "sales")],
    "initiative": [("show", "I1")],
    "tree": [("--care",), ("--team", "sales")],
}
OTHERS = ("ben", "olga", "rob", "ada", "sam")
ATTEMPTS = (
    ("commitment", "edit", "P1", "--words", "x"),
    ("commitment", "edit", "P1", "--to", "KR1"),
    ("commitment", "done", "P1"),
    ("commitment", "let-go", "P1"),
    ("comment", "P1", "Oh"),
    ("commitment", "show", "P1"),
    ("suggest", "P1", "words", "x"),
    ("take", "P1"),
)


@pytest.fixture
def growing(running):
    """Ana's development goal, P1, changed, kept, taken up again; an initiative, a contribution and a stretch beside it."""
    running("--as", "ana", "commitment", "add", "development", GOAL)
    running("--as", "ana", "commitment", "edit", "P1", "--words", f"{GOAL}, twice")
    running("--as", "ana", "commitment", "done", "P1")
    running("--as", "ana", "comment", "P1", "How did the Wombat listen, @lea, @ben, @rob and @olga?")
    running("--as", "lea", "comment", "P1", "It Wombated back, @ben")
    running("--as", "ana", "initiative", "add", "A rota", "--kr", "KR1")
    running("--as", "ana", "commitment", "add", "contribution", "The weekend queue", "--to", "KR1")
    running("--as", "ana", "commitment", "add", "stretch", "Lead it", "--to", "I1")
    return running


def said_to(shell, *who):
    """All that somebody can read, and the answers to what they try."""
    yield from everything(shell, who)
    for name, endings in MORE.items():
        for ending in endings:
            for form in ((), ("--json",)):
                answer = shell.call(*who, name, *ending, *form)
                assert answer.status in {0, 1, 2}, answer
                yield (name, *ending, *form), answer.out + answer.err
    for attempt in ATTEMPTS:
        answer = shell.call(*who, *attempt)
        assert answer.status in {1, 2}, (who, attempt)
        yield attempt, answer.out + answer.err


def test_every_command_that_reads_is_asked():
    assert set(READING) >= set(PLACES) - WRITING - {"check"}
    assert set(MORE) <= set(PLACES)


@pytest.mark.parametrize("who", OTHERS)
def test_it_reaches_nobody_else(growing, who):
    for command, said in said_to(growing, "--as", who):
        assert "ombat" not in said.replace("wombat", ""), (who, command)


def test_nor_the_operator_but_in_the_whole_file(growing):
    for command, said in said_to(growing):
        told = GOAL in said
        assert told is (command[:1] == ("export",) and "csv" not in command and "md" not in command), command


@pytest.mark.parametrize("who", OTHERS)
def test_nothing_tells_that_it_is_there(growing, who):
    for attempt in ATTEMPTS[:6]:
        there = growing.refused("--as", who, *attempt)
        not_there = growing.refused("--as", who, *(part.replace("P1", "P99") for part in attempt))
        assert there == not_there.replace("P99", "P1")
    assert growing("--as", who, "log", "P1") == growing("--as", who, "log", "P99")
    assert "P1" not in {one["ref"] for one in growing.json("--as", who, "commitment", "list")}


def test_a_partial_export_lacks_it(growing):
    for who, told in (("ana", True), ("lea", True), *((one, False) for one in OTHERS)):
        found = process("export", OKRTUI_DB=str(growing.path), OKRTUI_AS=who)
        document = json.loads(found.out)
        assert document["partial"]
        assert (GOAL in found.out) is told, who
        assert not [line for line in document["log"] if "P1" in {line["ref"]}], who


@pytest.mark.parametrize("who", ["ana", "lea"])
def test_its_owner_and_the_lead_of_the_team_read_it(growing, who):
    for command in (("commitment", "list"), ("commitment", "show", "P1"), ("me",), ("search", "wombat")):
        assert GOAL in growing("--as", who, *command), command
    assert "It Wombated back" in growing("--as", who, "commitment", "show", "P1")


def test_what_is_said_of_it_is_told_to_those_who_may_read_it(growing):
    """Its owner is told of any word of others; whoever may not read it is told of none, though it mentions them."""
    assert "lea wrote to you on P1: It Wombated back" in growing("--as", "ana", "due")
    assert "ana wrote to you on P1" in growing("--as", "lea", "due")
    for who in OTHERS:
        assert "P1" not in growing("--as", who, "due")


def test_its_lead_writes_no_word_of_it(growing):
    assert "P1 is its owner's alone to change" in growing.refused("--as", "lea", "commitment", "let-go", "P1")
