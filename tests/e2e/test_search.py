"""Links, lines of sight and search, from the command line, as each of the two sides and a reader."""

from __future__ import annotations

import pytest


@pytest.fixture
def tied(running):
    """KR1 of Sales under its own O1; Support's O2, whose lead asks that it contribute to KR1."""
    running(
        "--as", "sam", "objective", "add", "--team", "support", "--title", "Nobody waits at night", "--parent", "KR1"
    )
    running("--as", "sam", "objective", "publish", "O2")
    return running


def test_a_link_is_asked_listed_consented_to_and_taken_away(tied):
    assert tied.json("link", "list") == tied.json("link", "list", "O2")
    (one,) = tied.json("link", "list")
    assert (one["child"], one["parent"], one["kind"], one["consented_by"]) == ("O2", "KR1", "contributes", None)
    assert "asks that O2" in tied("due", "--person", "lea")
    assert "for a lead of that team to consent to" in tied.refused("--as", "ana", "link", "consent", "O2", "KR1")
    assert tied.json("--as", "lea", "link", "consent", "o2", "kr1") == {"ref": "O2", "parent": "KR1", "consented": True}
    assert "consented by lea" in tied("link", "list", "--team", "sales")
    assert tied("--as", "sam", "link", "remove", "O2", "KR1") == "O2"
    assert tied.json("link", "list") == []
    assert "took the link of O2 to KR1 away" in tied("log", "O2")


def test_declining_and_a_circle(tied):
    tied("--as", "lea", "link", "decline", "O2", "KR1", "-m", "Another of ours")
    assert "Another of ours" in tied("objective", "show", "O2")
    assert tied.json("--as", "sam", "link", "add", "O2", "KR1", "--kind", "supports")["consented"] is False
    tied("--as", "sam", "link", "remove", "O2", "KR1")
    assert "waits for the consent of a lead of the team of KR1" in tied("--as", "sam", "link", "add", "O2", "KR1")
    sentence = tied.refused("--as", "lea", "link", "add", "O1", "O2")
    assert "O1 would stand under itself (O1 → O2 → KR1 → O1)" in sentence
    assert "causes" in tied.refused("link", "add", "O2", "O1", "--kind", "causes", status=2)


def test_sight_in_text_and_json(tied):
    said = tied("--as", "rob", "sight", "O2")
    assert "✕ O2 asks to contribute to KR1, and waits for consent" in said
    tied("--as", "lea", "link", "consent", "O2", "KR1")
    found = tied.json("--as", "rob", "sight", "O2")
    assert [step["ref"] for step in found["ways"][0]["steps"]] == ["O2", "KR1", "O1"]
    assert [gap["text"] for gap in found["ways"][0]["gaps"]] == ["O1 contributes to nothing above Sales"]
    assert found["ways"][0]["steps"][2]["straight_line"] == "We answer every inbound request from one queue"
    assert tied.json("sight", "@ana")["person"] == "ana"
    assert "names nothing here" in tied.refused("sight", "nothing")


def test_search_in_text_and_json(tied):
    assert "Nobody waits at night" in tied("--as", "rob", "search", "NIGHT")
    (one,) = tied.json("search", "waits", "team:support")
    assert (one["kind"], one["ref"], one["team"], one["title_marks"]) == ("objective", "O2", "support", [[7, 12]])
    assert tied("search", "nobodywrotethis") == "Nothing is found."
    assert tied.json("search", "nobodywrotethis", "--newest") == []
    assert "No team is called 'x'" in tied.refused("search", "night", "team:x")
    assert "Give a word" in tied.refused("search", "***", status=2)
    assert "No state is called" in tied.refused("search", "night", "state:odd", status=2)
