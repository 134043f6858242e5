"""What each role may do with initiatives, commitments and individual OKRs, as a script of the command line."""

from __future__ import annotations

import pytest

HOSTILE = "[red]\x1b]52;c;x\x07[/] \u202eKR9 [@click=app.quit]"


def test_the_team_writes_initiatives(running):
    assert running("--as", "ana", "initiative", "add", "A rota", "--kr", "kr1", "--owner", "ben") == "I1"
    running("--as", "ben", "initiative", "status", "I1", "doing")
    running("--as", "lea", "initiative", "edit", "I1", "--title", "A rota for the nights")
    assert "You lead Acme: ask the team" in running.refused("--as", "olga", "initiative", "status", "I1", "done")
    assert "you are not in Sales" in running.refused("--as", "rob", "initiative", "drop", "I1")
    (one,) = running.json("--as", "rob", "initiative", "list", "--team", "sales")
    assert (one["title"], one["status"], one["owner"], one["key_results"]) == (
        "A rota for the nights",
        "doing",
        "ben",
        ["KR1"],
    )
    assert "A rota for the nights" in running("--as", "rob", "kr", "show", "KR1")
    running("--as", "ana", "initiative", "unlink", "i1", "KR1")
    assert "nothing yet: `okrtui initiative link I1 KR`" in running("initiative", "show", "I1")
    running("--as", "ana", "initiative", "link", "I1", "KR1")
    running("--as", "ana", "initiative", "drop", "I1")
    assert running("initiative", "list") == "No initiative is written yet."


def test_wrong_usage_is_said(running):
    running("--as", "ana", "initiative", "add", "A rota")
    assert "Nothing to change" in running.refused("--as", "ana", "initiative", "edit", "I1", status=2)
    assert "'late' is not one of" in running.refused("--as", "ana", "initiative", "status", "I1", "late", status=2)
    assert "There is no I9" in running.refused("--as", "ana", "initiative", "status", "I9", "done")
    assert "'KR1' names nothing here" in running.refused("--as", "ana", "initiative", "show", "KR1")
    assert "say which, such as KR3" in running.refused(
        "--as", "ana", "commitment", "add", "contribution", "x", status=2
    )
    assert "Nothing to change" in running.refused("--as", "ana", "commitment", "edit", "P1", status=2)


def test_a_person_promises_and_keeps(running):
    assert running("--as", "ben", "commitment", "add", "contribution", "The weekend queue", "--to", "KR1") == "P1"
    running("--as", "ben", "commitment", "edit", "p1", "--words", "The weekend queue, and teach it")
    assert "P1 is its owner's alone" in running.refused("--as", "lea", "commitment", "done", "P1")
    running("--as", "ben", "commitment", "done", "P1")
    (one,) = running.json("--as", "rob", "commitment", "list", "--person", "@ben")
    assert (one["words"], one["state"], one["about"]) == ("The weekend queue, and teach it", "done", "KR1")
    own = running.json("--as", "ben", "me")
    assert own["commitments"][0]["way_up"].startswith("KR1 Median first answer falls ▸ O1")


def test_one_page_of_ones_own(running):
    running("--as", "ana", "initiative", "add", "A rota", "--kr", "KR1", "--owner", "ana")
    running("--as", "ana", "checkin", "KR1", "--value", "20", "--confidence", "6", "-m", "Weekends covered")
    told = running("--as", "ana", "me")
    for part in (
        "Key results you own",
        "Initiatives you own",
        "How each reaches the company",
        "✕ O1 contributes to nothing",
        "Your check-ins this week",
        "KR1  20, confidence 6: Weekends covered",
    ):
        assert part in told, part
    found = running.json("--as", "ana", "me")
    assert [one["ref"] for one in found["initiatives"]] == ["I1"]
    assert found["checkins"] == [{"ref": "KR1", "value": 20.0, "confidence": 6, "context": "Weekends covered"}]


def test_what_people_type_is_text(running):
    running("--as", "ana", "initiative", "add", HOSTILE, "--kr", "KR1", "--owner", "ana")
    running("--as", "ana", "commitment", "add", "contribution", HOSTILE, "--to", "KR1")
    for command in (
        ("initiative", "list"),
        ("initiative", "show", "I1"),
        ("commitment", "list"),
        ("me",),
        ("kr", "show", "KR1"),
    ):
        told = running("--as", "ana", *command)
        assert "[@click=app.quit]" in told, command
        assert not {"\x1b", "\x07", "\u202e"} & set(told), command


class TestAnIndividualOKR:
    INVITE = ("objective", "invite", "O2", "--person", "ana", "--need", "accountability", "-m", "Data is nobody's")

    @pytest.fixture
    def asked(self, running):
        running("--as", "lea", "objective", "add", "--team", "sales", "--title", "Numbers can be trusted")
        running("--as", "lea", "objective", "publish", "O2")
        return running

    def test_from_the_switch_to_an_agreed_key_result(self, asked):
        assert "served better by a contribution" in asked.refused("--as", "lea", *self.INVITE)
        assert "are off in Sales" in asked.refused("--as", "lea", *self.INVITE, "--anyway")
        assert "need a reason" in asked.refused(
            "--as", "lea", "team", "individual", "sales", "--mode", "selective", status=2
        )
        assert "This is early" in asked(
            "--as", "lea", "team", "individual", "sales", "--mode", "selective", "-m", "The analyst"
        )
        assert "contributes to no key result" in asked.refused("--as", "lea", *self.INVITE, "--anyway")
        asked("--as", "lea", *self.INVITE, "--anyway", "--contributes-to", "KR1")
        assert "okrtui invitation accept O2 --team @ana" in asked("due", "--person", "ana")
        assert "you are not Ana" in asked.refused("--as", "ben", "invitation", "accept", "O2", "-m", "x")
        asked("--as", "ana", "invitation", "accept", "O2", "--team", "@ana", "-m", "Every Friday I check them")
        asked("--as", "ana", "kr", "add", "O2", "Errors fall", "--kind", "binary", "--done-means", "None", "--owner", "ana",
              "--control", "ours", "--week-nine", "Yes")  # fmt: skip
        asked("--as", "ana", "kr", "propose", "KR2")
        asked("--as", "lea", "kr", "agree", "KR2")
        assert "@ana: accepted" in asked("objective", "show", "O2")
        assert "accountability: Data is nobody's" in asked("room", "sales")
        assert asked.json("--as", "ana", "me")["objectives"][0]["way_up"].startswith("KR1 ")
        assert asked.json("room", "sales")["warnings"] == []

    def test_wrong_usage_is_said(self, asked):
        assert "Name teams, or one person" in asked.refused("--as", "lea", "objective", "invite", "O2", status=2)
        both = ("objective", "invite", "O2", "sales", "--person", "ana")
        assert "Name teams, or one person" in asked.refused("--as", "lea", *both, status=2)
        assert "one person is asked with --person ana" in asked.refused(
            "--as", "lea", "objective", "invite", "O2", "@ana", status=2
        )
        stray = ("objective", "invite", "O2", "sales", "--anyway")
        assert "Only --person goes with --anyway" in asked.refused("--as", "lea", *stray, status=2)
        assert "are invited teams" not in asked("--as", "lea", "objective", "invite", "O2", "sales")
