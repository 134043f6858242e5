"""What ``--json`` promises: names that stay, and progress from 0 to 1."""

from __future__ import annotations

import pytest

from okrtui.cli.main import PLACES, okrtui

KR = {
    *(
        "ref",
        "objective",
        "team",
        "statement",
        "kind",
        "unit",
        "baseline",
        "target",
        "weight",
        "owner",
        "author",
        "state",
    ),
    *("control", "progress", "pace", "confidence", "checkins", "original", "guidance", "links", "version"),
}


def test_a_key_result(scoring):
    found = scoring.json("kr", "show", "kr1")
    assert set(found) >= KR
    assert found["progress"] == pytest.approx(1 / 3)
    assert found["original"]["target"] == 8
    assert found["guidance"] == {"low": "", "middle": "", "high": ""}
    (checkin,) = found["checkins"]
    assert {name: checkin[name] for name in ("week", "value", "confidence", "context", "author", "late")} == {
        "week": 9,
        "value": 20,
        "confidence": 6,
        "context": "Weekends covered",
        "author": "ana",
        "late": False,
    }
    assert checkin["at"] == "2026-11-24T10:00:00Z"


def test_a_room(scoring):
    found = scoring.json("--as", "ana", "room", "sales")
    assert (found["team"], found["cycle"], found["week"]) == ("sales", "2026-Q4", 14)
    (objective,) = found["objectives"]
    assert objective["progress"] == pytest.approx(1 / 3)
    assert objective["reporting"] == {"reporting": 1, "of": 1}
    assert objective["weakest"] == "KR1"
    assert objective["invitation"]["straight_line"] == "We answer every inbound request from one queue"
    assert [one["ref"] for one in objective["key_results"]] == ["KR1"]
    # The last week's check-in is still asked for, and now the score.
    assert [(need["kind"], need["ref"]) for need in found["needs_you"]] == [("checkin", "KR1"), ("score", "KR1")]
    assert all({"kind", "ref", "text"} <= set(need) for need in found["needs_you"])


def test_what_has_no_data_is_null(running):
    (objective,) = running.json("room", "sales")["objectives"]
    assert objective["progress"] is None
    assert objective["reporting"] == {"reporting": 0, "of": 1}
    assert running.json("tree")[0]["progress"] is None


def test_scores_from_sealed_to_settled(scoring):
    def board(who="lea"):
        (line,) = scoring.json("--as", who, "scores", "--team", "sales")
        return line

    assert board()["self"] == board()["manager"] == {"in": False}
    scoring("--as", "ana", "score", "KR1", "--side", "self", "--value", "0.6", "-m", "Weekends", "--draft")
    assert board()["self"] == {"in": False}
    scoring("--as", "ana", "score", "KR1", "--side", "self", "--in")
    assert board()["self"] == {"in": True}
    assert board("ben")["self"]["value"] == 0.6
    scoring("--as", "lea", "score", "KR1", "--side", "manager", "--value", "0.3", "-m", "Nights")
    scoring("--as", "ana", "reveal", "KR1")
    opened = board("rob")
    assert opened["self"] == {
        "in": True,
        "value": 0.6,
        "reasoning": "Weekends",
        "author": "ana",
        "at": "2026-12-29T10:00:00Z",
    }
    assert (opened["gap"], opened["agreed"], opened["proposed"]) == (0.3, None, None)
    scoring("--as", "ana", "score", "KR1", "--side", "self", "--value", "0.5", "-m", "Fewer weekends")
    assert board()["self"]["first_value"] == 0.6
    scoring("--as", "ana", "calibrate", "KR1", "--value", "0.4", "-m", "Nights count")
    assert board()["agreed"] is None
    assert board()["proposed"]["proposed_by"] == "ana"
    scoring("--as", "lea", "confirm", "KR1")
    settled = board()
    assert settled["proposed"] is None
    assert settled["agreed"] == {
        "value": 0.4,
        "reason": "Nights count",
        "state": "confirmed",
        "proposed_by": "ana",
        "confirmed_by": "lea",
        "at": "2026-12-29T10:00:00Z",
        "reading": "0.4: short of the aim of 0.7, what would have taken it there?",
    }


def test_a_tree(scoring):
    (root,) = scoring.json("tree")
    assert set(root) == {"ref", "kind", "text", "team", "progress", "confidence", "marks", "children"}
    assert [(child["ref"], child["kind"], child["confidence"]) for child in root["children"]] == [
        ("KR1", "key_result", 6)
    ]
    assert scoring.json("tree", "--depth", "1")[0]["children"] == []


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("due --team sales", {"person", "kind", "ref", "team", "cycle", "text", "command", "overdue"}),
        ("log", {"id", "at", "who", "verb", "ref", "text", "side", "deputy_for", "alone", "way"}),
        ("person list", {"handle", "name", "admin", "active", "teams", "login"}),
        ("team list", {"slug", "name", "under", "leads", "members", "steady", "archived"}),
        ("cycle list", {"name", "phase", "starts", "ends", "zone", "week", "current"}),
        ("objective list", {"ref", "team", "title", "state", "ambition", "invitations"}),
        ("invitation list", {"objective", "title", "team", "state", "straight_line", "pushback"}),
        ("kr list", {"ref", "team", "statement", "state", "progress"}),
        ("doctor", {"level", "sentence"}),
    ],
)
def test_lists(scoring, command, names):
    found = scoring.json(*command.split())
    assert found
    assert all(set(one) >= names for one in found)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("team", "add", "Night"), {"team": "night"}),
        (("person", "add", "@kim"), None),
        (("comment", "kr1", "Well done"), {"ref": "C3"}),
        (("team", "join", "support", "ROB"), {"team": "support", "person": "rob"}),
    ],
)
def test_what_writing_commands_answer(scoring, command, said):
    answer = scoring.call("--as", "ada", *command, "--json")
    if said is None:
        assert answer.status == 2
    else:
        assert answer.json == said


def test_every_command_says_what_it_does_with_an_example(shell):
    for name in PLACES:
        command = okrtui.get_command(None, name)
        for words in ([name], *([name, verb] for verb in getattr(command, "commands", {}))):
            said = shell(*words, "--help")
            assert said.startswith("Usage: okrtui")
            if not hasattr(command, "commands") or len(words) == 2:
                assert "Example:" in said, words
                assert "--json" in said, words
