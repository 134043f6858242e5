"""What leadership does with an objective, from the command line: starting from an earlier one, splitting, asking no more."""

from __future__ import annotations


def test_an_objective_starts_from_an_earlier_ones_text(accepted):
    accepted("cycle", "add", "2027-Q1", "--starts", "2027-01-01", "--ends", "2027-03-31")
    begin = ("objective", "add", "--from", "O1", "--cycle", "2027-Q1")
    assert accepted("--as", "lea", *begin, "--why", "Still") == "O2"
    found = accepted.json("--as", "rob", "objective", "show", "O2")
    assert (found["title"], found["why"], found["state"], found["team"], found["origin"]) == (
        "Buyers get their answer the same day",
        "Still",
        "draft",
        "sales",
        "O1",
    )
    assert accepted.json("--as", "rob", "objective", "show", "O1")["goes_on"] == ["O2"]
    assert "O2 in 2027-Q1" in accepted("--as", "rob", "objective", "show", "O1")
    sentence = accepted.refused("--as", "lea", "objective", "add", "--from", "O1", "--cycle", "2026-Q4")
    assert "O1 is of 2026-Q4 itself: name one of an earlier cycle" in sentence
    assert "leadership's to write" in accepted.refused("--as", "ana", *begin)


def test_without_an_earlier_one_a_team_and_a_title_are_named(shell):
    for arguments, missing in ((("--title", "Faster"), "--team"), (("--team", "sales"), "--title")):
        answer = shell.call("--as", "lea", "objective", "add", *arguments)
        assert (answer.status, f"Missing option '{missing}'" in answer.err) == (2, True)


def test_a_split_writes_new_ones_and_may_leave_the_drafts(accepted):
    accepted("--as", "ana", "kr", "add", "O1", "Phones are answered")
    push_back = ("invitation", "push-back", "O1", "--reason", "wrong_altitude", "-m", "Two things")
    answer = ("--as", "lea", "invitation", "answer", "O1", "--with", "split", "-m", "Right")
    accepted("--as", "ana", *push_back)
    accepted(*answer, "--new", "By phone", "--new", "By mail", "--keep-drafts")
    assert [one["objective"] for one in accepted.json("kr", "list")] == ["O1"]
    accepted("--as", "ana", *push_back)
    accepted(*answer, "--into", "O2")
    assert [one["objective"] for one in accepted.json("kr", "list")] == ["O2"]
    (invitation,) = accepted.json("objective", "show", "O1")["invitations"]
    assert [(one["round"], one["answer"], one["into"]) for one in invitation["rounds"]] == [
        (1, "split", ["O2", "O3"]),
        (2, "split", ["O2"]),
    ]
    told = accepted("objective", "show", "O1")
    assert "pushback 1 by ana, wrong altitude: Two things" in told
    assert "split into O2, O3 by lea: Right" in told


def test_who_is_asked_no_more(accepted):
    accepted("team", "add", "east", "--name", "East", "--under", "sales")
    accepted("--as", "lea", "objective", "invite", "O1", "east")
    accepted("--as", "lea", "objective", "uninvite", "O1", "east")
    assert "release the team instead" in accepted.refused("--as", "lea", "objective", "uninvite", "O1", "sales")
    accepted("--as", "lea", "objective", "release", "O1", "sales", "-m", "Yours is the launch")
    assert [(one["team"], one["state"]) for one in accepted.json("invitation", "list")] == [("sales", "released")]


def test_a_withdrawn_objective_takes_its_key_results_with_it(running):
    assert running.call("--as", "lea", "objective", "withdraw", "O1").status == 2
    running("--as", "lea", "objective", "withdraw", "O1", "-m", "The market left")
    found = running.json("kr", "show", "KR1")
    assert (found["state"], found["reason"]) == ("dropped", "objective withdrawn")
    assert "it is withdrawn once" in running.refused("--as", "lea", "objective", "withdraw", "O1", "-m", "Again")
