"""What each may do and may not, in the order of a quarter: leader, member, reader, admin, the operator of the file.

A refusal says whose it is and what the person can do instead.
"""

from __future__ import annotations

import re

import pytest
from command_line import WHOLE

SELF = ("score", "KR1", "--side", "self", "--value", "0.4", "-m", "Weekends, not nights")
MANAGER = ("score", "KR1", "--side", "manager", "--value", "0.3", "-m", "Nights were the point")
CHECKIN = ("checkin", "KR1", "--value", "19", "--confidence", "6", "-m", "Nights too")
OBJECTIVE = ("objective", "add", "--team", "sales", "--title", "Every clinic knows us")


class TestALeader:
    """Lea leads Sales: objectives are hers, key results are not."""

    def test_says_what_winning_looks_like_and_asks_the_team(self, shell):
        assert shell("--as", "lea", *OBJECTIVE, "--ambition", "committed") == "O1"
        assert shell("--as", "lea", "objective", "edit", "O1", "--why", "We are not known") == "O1"
        assert shell("--as", "lea", "objective", "publish", "O1") == "O1"
        assert shell("--as", "lea", "objective", "invite", "O1", "sales") == "O1"
        assert shell("--as", "lea", "objective", "reword", "O1", "--title", "Every clinic has heard of us") == "O1"

    def test_does_not_ask_a_team_that_is_not_below(self, shell):
        shell("--as", "lea", *OBJECTIVE)
        shell("--as", "lea", "objective", "publish", "O1")
        sentence = shell.refused("--as", "lea", "objective", "invite", "O1", "support")
        assert "Support is not Sales or below it" in sentence
        assert "Ask their leads" in sentence

    def test_writes_no_objective_of_another_team(self, shell):
        sentence = shell.refused("--as", "lea", "objective", "add", "--team", "support", "--title", "Faster")
        assert sentence.startswith("Objectives are leadership's to write.")
        assert "comment (c) or suggest" in sentence

    def test_does_not_accept_for_the_team(self, shell):
        shell("--as", "lea", *OBJECTIVE)
        shell("--as", "lea", "objective", "publish", "O1")
        shell("--as", "lea", "objective", "invite", "O1", "sales")
        sentence = shell.refused("--as", "lea", "invitation", "accept", "O1", "-m", "We do it all")
        assert sentence.startswith("Accepting and pushing back are the invited team's. You lead Sales: ")

    def test_answers_a_pushback(self, shell):
        shell("--as", "lea", *OBJECTIVE)
        shell("--as", "lea", "objective", "publish", "O1")
        shell("--as", "lea", "objective", "invite", "O1", "sales")
        shell("--as", "ben", "invitation", "push-back", "O1", "--reason", "cannot_measure", "-m", "Known by whom?")
        assert "reworded" in shell.refused("--as", "lea", "invitation", "answer", "O1", "--with", "reworded")
        answer = ("invitation", "answer", "O1", "--with", "explained", "-m", "By the front desk")
        assert shell("--as", "lea", *answer) == "O1"

    @pytest.mark.parametrize(
        "command",
        [
            ("kr", "add", "O1", "Nights are covered"),
            ("kr", "edit", "KR1", "--target", "6"),
            ("kr", "take-back", "KR1"),
            ("kr", "park", "KR1"),
            ("kr", "drop", "KR1", "-m", "No"),
            ("kr", "guide", "KR1", "--low", "Weekends"),
            ("kr", "edit", "KR1", "--owner", "ben"),
        ],
    )
    def test_writes_no_key_result(self, proposed, command):
        sentence = proposed.refused("--as", "lea", *command)
        assert " the team's" in sentence
        assert "You lead Sales: " in sentence
        assert "(s) or ask (c)" in sentence or "return it with a question" in sentence

    def test_returns_a_proposal_with_a_question_or_agrees(self, proposed):
        assert proposed("--as", "lea", "kr", "return", "KR1", "-m", "Whose hours, @ana?") == "KR1"
        assert "question" in [need["kind"] for need in proposed.json("--as", "ana", "due")]
        proposed("--as", "ana", "kr", "propose", "KR1")
        assert proposed("--as", "lea", "kr", "agree", "KR1") == "KR1"
        assert proposed.json("kr", "show", "KR1")["state"] == "agreed"

    def test_checks_nothing_in(self, running):
        sentence = running.refused("--as", "lea", *CHECKIN)
        assert sentence == "Check-ins are the team's. You lead Sales: read it and comment (c)."
        assert running("--as", "lea", "comment", "KR1", "Nights?") == "C3"

    def test_scores_its_own_side_alone(self, scoring):
        assert scoring.refused("--as", "lea", *SELF).startswith("The self score is the team's. You lead Sales: ")
        assert scoring("--as", "lea", *MANAGER) == "KR1"
        scoring("--as", "ana", *SELF)
        assert scoring.refused("--as", "lea", "reveal", "KR1").startswith("Opening the scores is the team's.")
        scoring("--as", "ana", "reveal", "KR1")
        scoring("--as", "lea", "calibrate", "KR1", "--value", "0.3")
        assert scoring.refused("--as", "lea", "confirm", "KR1").startswith("Your side proposed it: ")
        assert scoring("--as", "ana", "confirm", "KR1") == "KR1"

    def test_moves_no_cycle_unless_the_company_is_theirs(self, shell):
        assert "a lead of Acme or an admin" in shell.refused("--as", "lea", "cycle", "advance", "2026-Q4")
        assert shell("--as", "olga", "cycle", "advance", "2026-Q4") == "2026-Q4"


class TestAMember:
    """Ana is in Sales: key results are hers, objectives are not."""

    def test_answers_for_the_team_and_writes_its_key_results(self, shell):
        shell("--as", "lea", *OBJECTIVE)
        shell("--as", "lea", "objective", "publish", "O1")
        shell("--as", "lea", "objective", "invite", "O1", "sales")
        shell(
            "--as", "ana", "invitation", "push-back", "O1", "--reason", "wrong_altitude", "-m", "That is the company's"
        )
        shell("--as", "ben", "invitation", "take-back", "O1")
        shell("--as", "ana", "invitation", "accept", "O1", "-m", "We ring three clinics a day")
        assert shell("--as", "ana", "kr", "add", "O1", "Clinics that know our name", *WHOLE) == "KR1"
        assert shell("--as", "ben", "kr", "edit", "KR1", "--target", "6") == "KR1"
        assert shell("--as", "ana", "kr", "park", "KR1") == "KR1"
        assert shell("--as", "ana", "kr", "unpark", "KR1") == "KR1"
        assert shell("--as", "ana", "kr", "propose", "KR1") == "KR1"

    @pytest.mark.parametrize(
        "command",
        [
            OBJECTIVE,
            ("objective", "reword", "O1", "--title", "Something easier"),
            ("objective", "withdraw", "O1", "-m", "Too hard"),
        ],
    )
    def test_writes_no_objective(self, accepted, command):
        sentence = accepted.refused("--as", "ana", *command)
        assert sentence.startswith("Objectives are leadership's to write.")

    def test_pushes_back_instead(self, accepted):
        sentence = accepted.refused("--as", "ana", "objective", "reword", "O1", "--title", "Something easier")
        assert "You are in Sales: push back with a reason (b), suggest a wording (s) or ask (c)" in sentence

    def test_does_not_agree_to_what_the_team_proposes(self, proposed):
        for verb in (("agree",), ("return",)):
            more = ("-m", "Hm?") if verb == ("return",) else ()
            sentence = proposed.refused("--as", "ana", "kr", *verb, "KR1", *more)
            assert sentence.startswith("Agreeing and returning are leadership's. You are in Sales: ")

    def test_needs_a_straight_line_before_proposing(self, shell):
        shell("--as", "lea", *OBJECTIVE)
        shell("--as", "lea", "objective", "publish", "O1")
        shell("--as", "lea", "objective", "invite", "O1", "sales")
        shell("--as", "ana", "kr", "add", "O1", "Clinics that know our name", *WHOLE)
        assert "accept it with a straight line" in shell.refused("--as", "ana", "kr", "propose", "KR1")

    def test_checks_in_and_amends_with_a_reason(self, running):
        assert running("--as", "ben", *CHECKIN) == "KR1"
        assert running("--as", "ana", "kr", "amend", "KR1", "--target", "10", "-m", "Nights moved to January") == "KR1"
        found = running.json("kr", "show", "KR1")
        assert (found["target"], found["original"]["target"], found["amendment"]) == (10, 8, "asked")
        assert "amend what is agreed" in running.refused("--as", "ana", "kr", "edit", "KR1", "--target", "12")

    def test_checks_in_for_this_week_or_one_before(self, running):
        assert running.json("--as", "ana", *CHECKIN, "--week", "7")["late"] is True
        assert "Week 10 has not begun" in running.refused("--as", "ana", *CHECKIN, "--week", "10")
        assert "has weeks 1 to 14" in running.refused("--as", "ana", *CHECKIN, "--week", "15")
        assert "has weeks 1 to 14" in running.refused("--as", "ana", *CHECKIN, "--week", "0")

    def test_revises_a_check_in_and_leaves_what_is_not_said(self, running):
        assert running("--as", "ana", *CHECKIN, "--blocker", "Nobody for Sundays") == "KR1"
        saved = running.json("--as", "ben", "checkin", "KR1", "--value", "18", "--confidence", "7")
        assert saved["revised"] is True
        (found,) = running.json("kr", "show", "KR1")["checkins"]
        assert (found["value"], found["context"], found["blocker"]) == (18, "Nights too", "Nobody for Sundays")

    def test_ticks_the_steps_of_a_milestone(self, accepted):
        steps = ("--kind", "milestone", "--step", "Night desk", "--step", "Weekend desk: 9 to 5:3")
        accepted("--as", "ana", "kr", "add", "O1", "Both desks are open", *WHOLE, *steps)
        accepted("--as", "ana", "kr", "propose", "KR1")
        accepted("--as", "lea", "kr", "agree", "KR1")
        accepted("cycle", "advance", "2026-Q4")
        accepted.at("2026-11-17")
        checkin = ("--as", "ana", "checkin", "KR1", "--confidence", "6")
        assert accepted.json(*checkin, "--step", "weekend desk: 9 to 5")["progress"] == 0.75
        accepted.at("2026-11-24")
        assert accepted.json(*checkin)["progress"] == 0.75
        assert accepted.json(*checkin, "--step", "Night desk")["progress"] == 0.25
        assert "has no step 'Sunday'" in accepted.refused(*checkin, "--step", "Sunday")

    def test_scores_the_self_side_and_opens(self, scoring):
        assert scoring.refused("--as", "ana", *MANAGER).startswith("The manager score is leadership's.")
        scoring("--as", "ana", *SELF)
        assert "the manager score is not" in scoring.refused("--as", "ana", "reveal", "KR1")
        scoring("--as", "lea", *MANAGER)
        assert scoring("--as", "ben", "reveal", "KR1") == "KR1"

    def test_leaves_a_key_result_unscored_with_a_reason(self, scoring):
        assert "reason" in scoring.refused("--as", "ana", "score", "KR1", "--none", status=2)
        assert scoring("--as", "ana", "score", "KR1", "--none", "-m", "The counter broke") == "KR1"
        assert scoring.json("scores")[0]["agreed"]["value"] is None

    def test_sets_nothing_up(self, shell):
        for command in (
            ("person", "add", "kim"),
            ("person", "edit", "ana", "--admin"),
            ("person", "deactivate", "lea"),
            ("team", "add", "nights"),
            ("team", "join", "sales", "ana", "--lead"),
            ("cycle", "add", "2027-Q1", "--starts", "2027-01-01", "--ends", "2027-03-31"),
        ):
            assert "are set up by an admin: ask one of them" in shell.refused("--as", "ana", *command)

    def test_may_lead_another_team(self, accepted):
        accepted("team", "join", "support", "ana", "--lead")
        assert accepted("--as", "ana", "objective", "add", "--team", "support", "--title", "Calm phones") == "O2"


class TestAReader:
    """Rob is in no team: he sees everything, comments, and decides nothing."""

    @pytest.mark.parametrize(
        "command",
        [
            ("due", "--team", "sales"),
            ("tree",),
            ("room", "sales"),
            ("me",),
            ("scores",),
            ("log",),
            ("report",),
            ("export",),
            ("kr", "show", "KR1"),
            ("kr", "list"),
            ("objective", "show", "O1"),
            ("objective", "list"),
            ("invitation", "list"),
            ("person", "list"),
            ("team", "list"),
            ("cycle", "list"),
        ],
    )
    def test_reads_everything(self, scoring, command):
        assert scoring("--as", "rob", *command)
        assert scoring.json("--as", "rob", *command) is not None

    def test_comments(self, scoring):
        assert scoring("--as", "rob", "comment", "KR1", "What about nights, @ana?") == "C3"
        assert "mention" in [need["kind"] for need in scoring.json("--as", "ana", "due")]

    @pytest.mark.parametrize(
        "command",
        [
            ("objective", "reword", "O1", "--title", "Other"),
            ("objective", "invite", "O1", "support"),
            ("invitation", "push-back", "O1", "--team", "sales", "--reason", "cannot_measure", "-m", "No"),
            ("kr", "add", "O1", "Nights are covered"),
            ("kr", "agree", "KR1"),
            ("kr", "amend", "KR1", "--target", "10", "-m", "No"),
            ("kr", "drop", "KR1", "-m", "No"),
            CHECKIN,
        ],
    )
    def test_decides_nothing(self, running, command):
        sentence = running.refused("--as", "rob", *command)
        assert "Rob, you " in sentence
        assert "do not lead Sales: " in sentence
        assert "comment (c)" in sentence

    @pytest.mark.parametrize("command", [SELF, MANAGER, ("reveal", "KR1"), ("calibrate", "KR1", "--value", "0.3")])
    def test_scores_nothing(self, scoring, command):
        assert "comment (c)" in scoring.refused("--as", "rob", *command)

    def test_sees_no_logins(self, scoring):
        assert not any("login" in one for one in scoring.json("--as", "rob", "person", "list"))


class TestAnAdmin:
    """Ada sets up people, teams and cycles, and has no other pen."""

    def test_sets_up(self, shell):
        assert shell("--as", "ada", "person", "add", "kim", "--login", "kkim") == "kim"
        assert shell("--as", "ada", "person", "edit", "kim", "--name", "Kim Lund") == "kim"
        assert shell("--as", "ada", "team", "add", "nights", "--under", "support", "--due-day", "thu") == "nights"
        assert shell("--as", "ada", "team", "join", "nights", "kim") == "nights"
        assert shell("--as", "ada", "team", "edit", "nights", "--name", "Night desk") == "nights"
        assert shell("--as", "ada", "team", "move", "nights", "--under", "sales") == "nights"
        assert shell("--as", "ada", "team", "steady", "nights") == "nights"
        assert (
            shell("--as", "ada", "team", "deputy", "sales", "ana", "--for", "lea", "--until", "2026-10-31") == "sales"
        )
        assert shell("--as", "ada", "team", "leave", "nights", "kim") == "nights"
        assert shell("--as", "ada", "team", "archive", "nights") == "nights"
        assert shell("--as", "ada", "person", "deactivate", "kim") == "kim"
        assert shell("--as", "ada", "person", "activate", "kim") == "kim"
        assert shell("--as", "ada", "cycle", "edit", "2026-Q4", "--ends", "2026-12-30") == "2026-Q4"
        assert shell("--as", "ada", "cycle", "advance", "2026-Q4") == "2026-Q4"
        assert shell("--as", "ada", "cycle", "back", "2026-Q4", "-m", "Too early") == "2026-Q4"
        assert {"kim": "kkim"}.items() <= {one["handle"]: one["login"] for one in shell.json("person", "list")}.items()

    def test_has_no_other_pen(self, running):
        for command in (
            OBJECTIVE,
            ("invitation", "push-back", "O1", "--team", "sales", "--reason", "cannot_measure", "-m", "No"),
            ("kr", "add", "O1", "Nights are covered"),
            CHECKIN,
        ):
            assert re.search(
                "Ada, you (are not in Sales and )?do not lead Sales", running.refused("--as", "ada", *command)
            )

    def test_leaves_the_company_a_lead_and_the_file_an_admin(self, shell):
        assert "is the only lead of Acme" in shell.refused("--as", "ada", "team", "leave", "acme", "olga")
        own = next(one["handle"] for one in shell.json("person", "list") if one["admin"] and one["handle"] != "ada")
        shell("--as", "ada", "person", "edit", own, "--no-admin")
        assert "is the only admin" in shell.refused("--as", "ada", "person", "deactivate", "ada")

    def test_closes_over_nothing_that_is_missing(self, scoring):
        assert "still waits for 1 thing" in scoring.refused("--as", "ada", "cycle", "advance", "2026-Q4")
        assert "Only a lead of Acme" in scoring.refused("--as", "ada", "cycle", "advance", "2026-Q4", "--over")
        assert scoring("--as", "olga", "cycle", "advance", "2026-Q4", "--over") == "2026-Q4"


class TestTheOperator:
    """The owner of the file who is nobody in it: set-up and the file, no pen of the method's."""

    @pytest.fixture
    def scoring(self, scoring):
        own = next(one["handle"] for one in scoring.json("person", "list") if one["admin"] and one["handle"] != "ada")
        scoring("--as", "ada", "person", "edit", own, "--login", "somebody-else")
        return scoring

    def test_sets_up_and_keeps_the_file(self, scoring, tmp_path):
        assert scoring("person", "add", "kim") == "kim"
        assert scoring("backup", str(tmp_path / "copy.db")) == str(tmp_path / "copy.db")
        assert "Every event is as it was written" in scoring("doctor")
        assert scoring.json("export")["partial"] is False

    def test_sees_what_waits_for_everybody(self, scoring):
        assert {need["person"] for need in scoring.json("due")} >= {"ana", "lea"}

    @pytest.mark.parametrize(
        "command",
        [OBJECTIVE, ("kr", "add", "O1", "Nights"), CHECKIN, SELF, ("comment", "KR1", "Hello"), ("me",)],
    )
    def test_has_no_pen(self, scoring, command):
        sentence = scoring.refused(*command)
        assert sentence.startswith("You are the operator of this file and no person in it: ")
        assert "--as" in sentence

    def test_sees_no_sealed_score_on_a_page(self, scoring):
        scoring("--as", "ana", *SELF)
        assert scoring.json("scores")[0]["self"] == {"in": True}


class TestADeputy:
    """Ben stands in for Lea through a day."""

    def test_acts_for_the_lead_and_each_act_says_so(self, proposed):
        proposed("--as", "lea", "team", "deputy", "sales", "ben", "--until", "2026-10-31")
        proposed("--as", "ben", "kr", "agree", "KR1")
        last = proposed.json("log", "KR1")[-1]
        assert (last["who"], last["deputy_for"]) == ("ben", "lea")
        assert "ben (for lea) agreed to KR1" in proposed("log", "KR1")

    def test_until_that_day(self, proposed):
        proposed("--as", "lea", "team", "deputy", "sales", "ben", "--until", "2026-10-31")
        proposed.at("2026-11-01T00:00")
        assert "You are in Sales" in proposed.refused("--as", "ben", "kr", "agree", "KR1")


def test_two_real_processes_are_refused_and_let_in_alike(running):
    answer = running.process("--as", "lea", *CHECKIN, OKRTUI_NOW="2026-11-24T10:00")
    assert (answer.status, answer.out) == (1, "")
    assert answer.sentence == "Check-ins are the team's. You lead Sales: read it and comment (c)."
    answer = running.process("--as", "ana", *CHECKIN, OKRTUI_NOW="2026-11-24T10:00")
    assert (answer.status, answer.out, answer.err) == (0, "KR1\n", "")
