"""The exchange on key results from the command line: suggestions, dots, questions, adoption, week nine."""

from __future__ import annotations

import pytest

SUGGEST = ("suggest", "KR1", "--field", "target", "7")
KR = {
    *("suggestions", "dots", "my_dots", "check", "quieted", "defence", "defence_due", "imported_by", "adopted_by"),
    *("ref", "statement", "target", "checkins", "original", "guidance", "links", "version"),
}


def test_a_reader_suggests_and_the_team_decides(proposed):
    assert proposed("--as", "rob", *SUGGEST, "-m", "@ana, the pilot was at seven") == "S1"
    assert proposed("--as", "lea", "suggest", "KR1", "--field", "statement", "Median first answer, nights too") == "S2"
    assert proposed("--as", "ana", "take", "S1") == "KR1"
    assert proposed("--as", "ana", "decline", "S2", "-m", "Nights are KR2") == "KR1"
    found = proposed.json("kr", "show", "KR1")
    assert set(found) >= KR
    assert (found["state"], found["target"]) == ("proposed", 7)
    first, second = found["suggestions"]
    assert (first["state"], first["before"], first["proposed"], first["decided_by"]) == ("taken", "8", "7", "ana")
    assert (second["state"], second["reason"], second["moved"]) == ("declined", "Nights are KR2", False)
    log = proposed("log", "KR1")
    assert "rob suggested S1 on KR1, target 7: @ana, the pilot was at seven" in log
    assert "ana took S1 on KR1, target 7, by @rob" in log
    page = proposed("kr", "show", "KR1")
    assert "S1  rob, 2026-10-06T10:00:00Z: target: 8 → 7" in page
    assert "    taken by ana" in page
    assert "    declined by ana: Nights are KR2" in page


@pytest.mark.parametrize(
    ("who", "command", "sentence"),
    [
        (
            "lea",
            ("take", "S1"),
            "What is suggested for a key result is the team's to take or decline. You lead Sales: ",
        ),
        (
            "rob",
            ("decline", "S1"),
            "What is suggested for a key result is the team's to take or decline. Rob, you are not in ",
        ),
        (
            "ana",
            ("take", "S2"),
            "What is suggested for an objective is leadership's to take or decline. You are in Sales: ",
        ),
        ("ana", ("take", "S9"), "There is no suggestion S9: "),
        ("rob", ("dot", "KR1"), "Dots are of the two sides. Rob, you are not in "),
        (
            "lea",
            ("kr", "quiet", "KR1", "--rule", "number", "-m", "So"),
            "Answering a writing check is the team's. You lead ",
        ),
        (
            "lea",
            ("kr", "defend", "KR1", "--decision", "keep", "-m", "So"),
            "Defending a key result is the team's. You lead ",
        ),
        (
            "lea",
            ("kr", "answer", "KR1", "-m", "So"),
            "Answering the question about an amendment is the team's. You lead ",
        ),
        (
            "ana",
            ("kr", "answer", "KR1", "-m", "So"),
            "KR1 is proposed: there is no amendment to answer for; comment (c).",
        ),
        ("ana", ("kr", "adopt", "KR1"), "KR1 is proposed: only an imported idea is adopted; edit it (e)."),
    ],
)
def test_a_refusal_says_whose_it_is(proposed, who, command, sentence):
    proposed("--as", "rob", *SUGGEST)
    proposed("--as", "rob", "suggest", "O1", "--field", "title", "Buyers get their answer in an hour")
    assert proposed.refused("--as", who, *command).startswith(sentence)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("suggest", "KR1", "--field", "target", "soon"), "The target takes a number, such as 12.5."),
        (("suggest", "KR1", "--field", "target", "30"), "A target of kind decrease lies below its baseline."),
        (("suggest", "KR1", "--field", "title", "x"), "A suggestion is for one of statement, "),
        (("suggest", "KR1", "--field", "target", "8"), "KR1 says that already: "),
        (("suggest", "KR1", "--field", "owner", "ben"), "Invalid value for '--field': 'owner' is not one of "),
        (("suggest", "KR1", "7"), "Missing option '--field'."),
        (
            ("kr", "quiet", "KR1", "--rule", "grammar", "-m", "So"),
            "Invalid value for '--rule': 'grammar' is not one of ",
        ),
        (("kr", "defend", "KR1", "--decision", "keep"), "The argument is missing."),
    ],
)
def test_what_will_not_do_is_said_in_a_line(proposed, command, sentence):
    assert proposed.refused("--as", "ana", *command, status=2).startswith(sentence)


def test_dots_are_counted_for_all_and_listed_for_nobody(accepted):
    accepted("--as", "ana", "kr", "add", "O1", "Answers are faster")
    assert accepted.json("--as", "ana", "dot", "KR1") == {"ref": "KR1", "left": 4}
    assert accepted("--as", "ben", "dot", "kr1") == "KR1"
    assert accepted.json("--as", "ana", "dot", "KR1", "--off") == {"ref": "KR1", "left": 5}
    assert "You have no dot on KR1" in accepted.refused("--as", "ana", "dot", "KR1", "--off")
    for who, mine in (("ana", 0), ("ben", 1), ("rob", 0)):
        found = accepted.json("--as", who, "kr", "show", "KR1")
        assert (found["dots"], found["my_dots"]) == (1, mine)
    for command in (("log",), ("log", "@ben"), ("room", "sales"), ("export",)):
        assert "dot" not in accepted("--as", "rob", *command).replace('"dots"', "").replace('"dot": []', "")


def test_an_imported_idea_is_adopted_before_it_is_edited(accepted, tmp_path):
    table = tmp_path / "ideas.csv"
    table.write_text("statement\nMedian first answer falls\n")
    accepted("--as", "lea", "import", str(table), "--under", "O1", "--team", "sales")
    for command in (("edit", "KR1", "--unit", "hours"), ("propose", "KR1"), ("guide", "KR1", "--low", "Weekdays")):
        sentence = accepted.refused("--as", "ana", "kr", *command)
        assert sentence == "KR1 was imported and is not the team's own yet: adopt it first (y)."
    assert "the team's to adopt. You lead Sales" in accepted.refused("--as", "lea", "kr", "adopt", "KR1")
    assert accepted("--as", "ana", "kr", "adopt", "KR1") == "KR1"
    assert accepted.refused("--as", "ana", "kr", "adopt", "KR1") == "KR1 is the team's own already: edit it (e)."
    accepted("--as", "ana", "kr", "edit", "KR1", "--unit", "hours")
    found = accepted.json("kr", "show", "KR1")
    assert (found["imported_by"], found["adopted_by"]) == ("lea", "ana")
    assert [text["side"] for text in found["texts"]] == ["import", "team"]
    assert "ana made KR1 the team's own, which @lea had imported" in accepted("log", "KR1")


def test_an_amendment_is_answered_for_and_taken_back(running):
    running("--as", "ana", "kr", "amend", "KR1", "--target", "12", "-m", "The tool came late")
    running("--as", "lea", "kr", "return", "KR1", "-m", "Is ten out of reach?")
    running("--as", "lea", "comment", "KR1", "No hurry")
    assert ("question", "KR1") in [(one["kind"], one["ref"]) for one in running.json("--as", "ana", "due")]
    running("--as", "ben", "kr", "answer", "KR1", "-m", "It is")
    assert ("amendment", "KR1") in [(one["kind"], one["ref"]) for one in running.json("--as", "lea", "due")]
    assert running("--as", "ana", "kr", "take-back", "KR1") == "KR1"
    found = running.json("kr", "show", "KR1")
    assert (found["target"], found["amendment"], found["original"]["target"]) == (8, None, 8)


def test_week_nine_is_answered_beside_what_was_said_at_drafting(running):
    running.at("2026-12-01T10:00")
    assert running.json("kr", "show", "KR1")["defence_due"] is True
    assert "Two thirds are through: answer with `okrtui kr defend KR1`." in running("kr", "show", "KR1")
    running("--as", "ana", "kr", "defend", "KR1", "--decision", "keep", "-m", "Nights are still where we lose them")
    found = running.json("kr", "show", "KR1")
    assert (found["defence_due"], found["week_nine"]) == (False, "Yes: silence is why we lose")
    assert {name: found["defence"][name] for name in ("decision", "argument", "author")} == {
        "decision": "keep",
        "argument": "Nights are still where we lose them",
        "author": "ana",
    }


def test_a_question_of_the_checks_is_quieted_and_kept(proposed):
    asked = [one["rule"] for one in proposed.json("kr", "show", "KR1")["check"]["questions"]]
    proposed("--as", "ana", "kr", "quiet", "KR1", "--rule", asked[0], "-m", "Support counts it every day")
    found = proposed.json("kr", "show", "KR1")
    assert [one["rule"] for one in found["check"]["questions"]] == asked[1:]
    assert found["quieted"] == {asked[0]: "Support counts it every day"}
    assert f"{asked[0]}: we know, because Support counts it every day" in proposed("kr", "show", "KR1")


def test_what_is_suggested_for_an_objective_shows_with_it(accepted):
    accepted("--as", "ana", "suggest", "O1", "--field", "why", "Silence is why we lose")
    accepted("--as", "lea", "take", "S1")
    found = accepted.json("objective", "show", "O1")
    assert found["why"] == "Silence is why we lose"
    assert [(one["ref"], one["state"]) for one in found["suggestions"]] == [("S1", "taken")]
    assert "lea took S1 on O1, why Silence is why we lose, by @ana" in accepted("log", "O1")
    assert "S1  ana" in accepted("objective", "show", "O1")


def test_a_proposal_older_than_a_pushback_waits_for_it(proposed):
    proposed("--as", "ana", "invitation", "push-back", "O1", "--reason", "cannot_measure", "-m", "Nobody counts")
    sentence = proposed.refused("--as", "lea", "kr", "agree", "KR1")
    assert sentence == ("Sales pushed back on O1: answer that first (r), and agree once Sales has accepted it again.")
    proposed("--as", "lea", "invitation", "answer", "O1", "--with", "explained", "-m", "Support does")
    proposed("--as", "ana", "invitation", "accept", "O1", "-m", "We answer them all")
    assert proposed("--as", "lea", "kr", "agree", "KR1") == "KR1"
