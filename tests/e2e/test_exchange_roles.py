"""What a leader, a member and a reader each may and may not do of the exchange, from the command line.

Whatever is refused says whose it is, where one stands oneself, and what one can do instead.
"""

from __future__ import annotations

import pytest

KR_SUGGESTION = ("suggest", "KR1", "--field", "target", "7")
WHY_SUGGESTION = ("suggest", "O1", "--field", "why", "Silence is why we lose")
PUSH_BACK = ("invitation", "push-back", "O1", "--team", "sales", "--reason", "wrong_altitude", "-m", "Two things")
ANSWER = ("invitation", "answer", "O1", "--team", "sales", "-m", "Right")
SPLIT = (*ANSWER, "--with", "split", "--new", "By phone", "--new", "By mail")
FROM_LAST = ("objective", "add", "--from", "O1", "--cycle", "2027-Q1")
DEFEND = ("kr", "defend", "KR1", "--decision", "keep", "-m", "Nights are where we lose them")
QUIET = ("kr", "quiet", "KR1", "--rule", "counter-measure", "-m", "Quality is counted by Support")

THE_TEAMS = (
    ("take", "S1"),
    ("decline", "S1"),
    QUIET,
    ("kr", "park", "KR1"),
    ("kr", "adopt", "KR2"),
    ("kr", "take-back", "KR1"),
)
LEADERSHIPS = (
    ("take", "S2"),
    ("decline", "S2"),
    ("objective", "invite", "O1", "support"),
    ("objective", "uninvite", "O1", "sales"),
    ("objective", "release", "O1", "sales", "-m", "Enough"),
    ("objective", "withdraw", "O1", "-m", "The market left"),
    FROM_LAST,
    ("kr", "agree", "KR1"),
    ("kr", "return", "KR1", "-m", "Whose hours?"),
)
WHILE_PUSHED_BACK = (
    (*ANSWER, "--with", "explained"),
    (*ANSWER, "--with", "released"),
    SPLIT,
)
LATER = (
    DEFEND,
    ("kr", "answer", "KR1", "-m", "Ours"),
    ("kr", "amend", "KR1", "--target", "10", "-m", "The tool came late"),
    ("kr", "drop", "KR1", "-m", "The pilot was cancelled"),
    ("kr", "establish", "KR1", "--baseline", "26", "--target", "8"),
)


@pytest.fixture
def exchange(proposed, tmp_path):
    """Suggestions on both, S1 and S2, by a reader; KR2, which a leader imported; and a cycle to come."""
    ideas = tmp_path / "ideas.txt"
    ideas.write_text("Deals lost to silence fall\n", "utf-8")
    assert proposed("--as", "rob", *KR_SUGGESTION) == "S1"
    assert proposed("--as", "rob", *WHY_SUGGESTION) == "S2"
    proposed("--as", "lea", "import", str(ideas), "--under", "O1", "--team", "sales")
    proposed("cycle", "add", "2027-Q1", "--starts", "2027-01-01", "--ends", "2027-03-31")
    return proposed


def stands(sentence, *, as_):
    """Whether a refusal says where its person stands, and names an act that is theirs by its key."""
    where, _, instead = sentence.rpartition(": ")
    known = {
        "leader": ("You lead Sales",),
        "member": ("You are in Sales", "Ana, you do not lead Sales"),
        "reader": ("Rob, you ",),
    }
    assert any(words in where for words in known[as_]), sentence
    assert any(f"({key})" in instead for key in "cbsxgeiAy") or "instead" in instead, sentence
    return True


class TestALeader:
    """Lea leads Sales."""

    def test_decides_what_is_suggested_for_an_objective_and_suggests_for_a_key_result(self, exchange):
        assert exchange("--as", "lea", "take", "S2") == "O1"
        assert exchange.json("objective", "show", "O1")["why"] == "Silence is why we lose"
        exchange("--as", "ana", "suggest", "O1", "--field", "title", "Buyers get their answer soon")
        assert exchange("--as", "lea", "decline", "S3", "-m", "The same day is the point") == "O1"
        assert exchange("--as", "lea", "suggest", "KR1", "--field", "statement", "Median answer, nights too") == "S4"
        assert exchange("--as", "lea", "dot", "KR2") == "KR2"

    def test_splits_an_objective_and_starts_from_it_next_time(self, exchange):
        exchange("--as", "ana", *PUSH_BACK)
        assert exchange("--as", "lea", *SPLIT) == "O1"
        assert [one["state"] for one in exchange.json("objective", "list")] == ["published"] * 3
        assert exchange("--as", "lea", *FROM_LAST) == "O4"

    def test_asks_a_team_no_more_and_withdraws(self, exchange):
        exchange("team", "add", "east", "--name", "East", "--under", "sales")
        assert exchange("--as", "lea", "objective", "invite", "O1", "east") == "O1"
        assert exchange("--as", "lea", "objective", "uninvite", "O1", "east") == "O1"
        assert exchange("--as", "lea", "objective", "withdraw", "O1", "-m", "The market left, @rob") == "O1"
        assert "mention" in [one["kind"] for one in exchange.json("--as", "rob", "due")]

    @pytest.mark.parametrize("command", THE_TEAMS)
    def test_has_not_the_teams_pen(self, exchange, command):
        before = exchange.json("kr", "list")
        assert stands(exchange.refused("--as", "lea", *command), as_="leader")
        assert exchange.json("kr", "list") == before

    @pytest.mark.parametrize("command", LATER)
    def test_nor_later(self, running, command):
        running.at("2026-12-01T10:00")
        assert stands(running.refused("--as", "lea", *command), as_="leader")

    def test_keeps_a_workshop_and_gets_no_pen_by_it(self, accepted):
        assert accepted("--as", "lea", "workshop", "start", "--team", "sales") == "WS1"
        assert accepted("--as", "lea", "workshop", "note", "--team", "sales", "-m", "Nights count too") == "N1"
        assert stands(accepted.refused("--as", "lea", "kr", "add", "O1", "Nights are covered"), as_="leader")
        accepted("--as", "lea", "workshop", "close", "--team", "sales")


class TestAMember:
    """Ana is in Sales."""

    def test_decides_what_is_suggested_for_a_key_result_and_suggests_for_an_objective(self, exchange):
        assert exchange("--as", "ana", "take", "S1") == "KR1"
        assert exchange.json("kr", "show", "KR1")["target"] == 7
        exchange("--as", "lea", "suggest", "KR1", "--field", "target", "6")
        assert exchange("--as", "ben", "decline", "S3", "-m", "Seven is far already") == "KR1"
        assert exchange("--as", "ana", "suggest", "O1", "--field", "title", "Buyers get their answer soon") == "S4"

    def test_adopts_dots_and_answers_the_checks(self, exchange):
        assert exchange("--as", "ana", "kr", "adopt", "KR2") == "KR2"
        assert exchange("--as", "ben", "dot", "KR2") == "KR2"
        assert exchange("--as", "ben", "dot", "KR2", "--off") == "KR2"
        assert exchange("--as", "ana", *QUIET) == "KR1"

    def test_pushes_back_with_words_that_tell_somebody_and_takes_it_back(self, exchange):
        exchange("--as", "ana", *PUSH_BACK[:-1], "@sam has the nights")
        assert "mention" in [one["kind"] for one in exchange.json("--as", "sam", "due")]
        assert exchange("--as", "ben", "invitation", "take-back", "O1", "--team", "sales") == "O1"

    def test_defends_amends_and_answers_what_is_asked_about_it(self, running):
        running.at("2026-12-01T10:00")
        assert running("--as", "ana", *DEFEND) == "KR1"
        running("--as", "ana", "kr", "amend", "KR1", "--target", "10", "-m", "The tool came late")
        running("--as", "lea", "kr", "return", "KR1", "-m", "Is nine out of reach?")
        (asked,) = [one for one in running.json("--as", "ana", "due") if one["kind"] == "question"]
        assert asked["command"].startswith("okrtui kr answer KR1")
        assert running("--as", "ben", "kr", "answer", "KR1", "-m", "It is") == "KR1"

    @pytest.mark.parametrize("command", LEADERSHIPS)
    def test_has_not_leaderships_pen(self, exchange, command):
        before = exchange.json("objective", "list")
        assert stands(exchange.refused("--as", "ana", *command), as_="member")
        assert exchange.json("objective", "list") == before

    @pytest.mark.parametrize("command", WHILE_PUSHED_BACK)
    def test_does_not_answer_its_own_pushback(self, exchange, command):
        exchange("--as", "ana", *PUSH_BACK)
        sentence = exchange.refused("--as", "ana", *command)
        assert sentence.startswith("Answering a pushback is leadership's. You are in Sales: ")
        assert "take the pushback back" in sentence

    def test_keeps_the_workshop(self, accepted):
        assert accepted("--as", "ana", "workshop", "start") == "WS1"
        accepted("--as", "ana", "workshop", "hand-over", "ben")
        accepted("--as", "ben", "workshop", "close", "-m", "No")


class TestAReader:
    """Rob is in no team."""

    def test_suggests_comments_and_brings_ideas(self, exchange, tmp_path):
        ideas = tmp_path / "more.txt"
        ideas.write_text("Refunds fall from 9% to 6%\n", "utf-8")
        assert exchange("--as", "rob", "suggest", "KR1", "--field", "unit", "minutes") == "S3"
        exchange("--as", "rob", "import", str(ideas), "--under", "O1", "--team", "sales")
        found = exchange.json("kr", "show", "KR3")
        assert (found["state"], found["imported_by"], found["owner"]) == ("idea", "rob", None)

    @pytest.mark.parametrize("command", [*THE_TEAMS, *LEADERSHIPS, ("dot", "KR1"), PUSH_BACK])
    def test_decides_nothing(self, exchange, command):
        before = (exchange.json("kr", "list"), exchange.json("objective", "list"))
        assert stands(exchange.refused("--as", "rob", *command), as_="reader")
        assert (exchange.json("kr", "list"), exchange.json("objective", "list")) == before

    @pytest.mark.parametrize("command", WHILE_PUSHED_BACK)
    def test_answers_no_pushback(self, exchange, command):
        exchange("--as", "ana", *PUSH_BACK)
        assert stands(exchange.refused("--as", "rob", *command), as_="reader")

    @pytest.mark.parametrize("command", LATER)
    def test_nor_later(self, running, command):
        running.at("2026-12-01T10:00")
        assert stands(running.refused("--as", "rob", *command), as_="reader")


class TestADeputy:
    """Ben stands in for Lea: each of his acts on leadership's side says so, and he has the team's pen no more."""

    @pytest.fixture
    def deputised(self, exchange):
        exchange("--as", "lea", "team", "deputy", "sales", "ben", "--until", "2026-12-31")
        return exchange

    @pytest.mark.parametrize(
        ("command", "ref"),
        [
            (("take", "S2"), "O1"),
            (("decline", "S2", "-m", "Later"), "O1"),
            (("objective", "reword", "O1", "--title", "Buyers get their answer soon"), "O1"),
            (("objective", "withdraw", "O1", "-m", "The market left"), "O1"),
            (FROM_LAST, "O2"),
            (("kr", "agree", "KR1"), "KR1"),
            (("kr", "return", "KR1", "-m", "Whose hours?"), "KR1"),
        ],
    )
    def test_acts_in_the_open(self, deputised, command, ref):
        deputised("--as", "ben", *command)
        last = deputised.json("log", ref)[-1]
        assert (last["who"], last["deputy_for"]) == ("ben", "lea")

    @pytest.mark.parametrize("command", WHILE_PUSHED_BACK)
    def test_answers_in_the_open(self, deputised, command):
        deputised("--as", "ana", *PUSH_BACK)
        deputised("--as", "ben", *command)
        answered = next(one for one in deputised.json("log") if one["verb"] == "invitation.answer")
        assert (answered["who"], answered["deputy_for"]) == ("ben", "lea")
        assert "ben (for lea)" in deputised("log", "O1")

    @pytest.mark.parametrize("command", THE_TEAMS)
    def test_has_not_the_teams_pen(self, deputised, command):
        sentence = deputised.refused("--as", "ben", *command)
        assert "You lead Sales" in sentence or "You stand in for" in sentence
