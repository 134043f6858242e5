"""What people read on a terminal and in a pipe."""

from __future__ import annotations

import sys

import pytest

from okrtui.cli import output


def test_a_key_result(scoring):
    scoring("--as", "rob", "comment", "KR1", "What about\nnights?")
    said = scoring("kr", "show", "KR1")
    assert said.startswith("KR1  Median first answer falls\nSales ▸ 2026-Q4 ▸ week 14 of 14, scoring ▸ O1 Buyers get")
    for words in (
        "  state        agreed",
        "  numbers      26 → 8 hours",
        "  now          20 hours, 33%, behind by 63 points, confidence 6, silent",
        "  week nine    Yes: silence is why we lose",
        "  week 9: 20, confidence 6 (ana)\n    Weekends covered",
        "  C3  rob, 2026-12-29T10:00:00Z\n    What about\n    nights?",
    ):
        assert words in said


def test_a_key_result_that_is_not_ready(accepted):
    accepted("--as", "ana", "kr", "add", "O1", "Nights")
    said = accepted("kr", "show", "KR1")
    assert "  owner        nobody yet" in said
    assert "Missing before it is proposed\n  Name its owner." in said


def test_an_objective(accepted):
    accepted("--as", "lea", "objective", "reword", "O1", "--title", "Buyers get their answer within the hour")
    accepted("--as", "ben", "invitation", "push-back", "O1", "--reason", "cannot_measure", "-m", "No log of nights")
    said = accepted("objective", "show", "O1")
    for words in (
        "O1  Buyers get their answer within the hour",
        "sales: pushed back, reworded since it accepted\n    We answer every inbound request from one queue",
        "pushback 1 by ben, cannot measure: No log of nights",
        "Earlier texts\n  2026-10-06T10:00:00Z by lea  Buyers get their answer the same day",
    ):
        assert words in said


def test_a_room(scoring):
    said = scoring("--as", "ana", "room", "sales")
    assert "  33%, 1 of 1 reporting, weakest KR1 (aspirational, set by sales)" in said
    assert "  KR1  agreed  33%  confidence 6  behind by 63 points  Median first answer falls" in said
    assert "    okrtui score KR1 --side self --value V -m REASON" in said
    assert scoring("room", "support").endswith("No objective is put to it yet.")


def test_a_tree(scoring):
    assert scoring("tree").splitlines()[1:] == [
        "O1  Buyers get their answer the same day (sales, 33%) [unaligned]",
        "  KR1  Median first answer falls (sales, 33%, confidence 6) [silent]",
    ]


def test_what_of_the_tree_needs_care(scoring):
    assert scoring("tree", "--care").splitlines()[1:] == [
        "O1  Buyers get their answer the same day (sales, 33%) [unaligned]",
        "  KR1  Median first answer falls (sales, 33%, confidence 6) [no initiative, silent]",
        "acme  Acme [no objectives]",
        "support  Support [no objectives]",
    ]
    scoring("team", "steady", "support")
    assert "support" not in scoring("tree", "--care")


def test_a_board_of_scores(scoring):
    scoring("--as", "ana", "score", "KR1", "--side", "self", "--value", "0.4", "-m", "Weekends")
    assert "  self     in, sealed\n  manager  not in" in scoring("--as", "lea", "scores")
    assert "  self     0.4 by ana: Weekends" in scoring("--as", "ben", "scores")


def test_what_waits(running):
    assert running("--as", "ana", "due") == (
        "· Check in KR1 Median first answer falls (week 9, due Fri 27 Nov)\n"
        "    okrtui checkin KR1 --value V --confidence N -m CONTEXT"
    )
    assert running("--as", "ana", "due", "--exit-code", "--help")
    assert running.call("--as", "ana", "due", "--exit-code").status == 10
    assert running.call("--as", "rob", "due", "--exit-code").status == 0
    assert running("--as", "rob", "due") == "Nothing is waiting."
    assert running("due", "--person", "ana").startswith("· Check in KR1")


def test_tables_line_up_whatever_the_letters():
    assert output.table([("ana", "Ana"), ("東京", "Tokyo"), ("e\u0301", None)]) == [
        "ana   Ana",
        "東京  Tokyo",
        "e\u0301",
    ]


class TestColour:
    @pytest.fixture
    def on_a_terminal(self, monkeypatch):
        def begin():
            monkeypatch.delenv("NO_COLOR", raising=False)
            monkeypatch.setenv("TERM", "xterm")
            monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

        return begin

    def test_on_a_terminal(self, on_a_terminal, capsys):
        on_a_terminal()
        output.say(f"{output.paint('Sales', 'bold')} \x1b[31m")
        assert capsys.readouterr().out == "\x1b[1mSales\x1b[0m ·[31m\n"

    @pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("NO_COLOR", ""), ("TERM", "dumb")])
    def test_unless_it_is_not_wanted(self, on_a_terminal, monkeypatch, name, value):
        on_a_terminal()
        monkeypatch.setenv(name, value)
        assert output.paint("Sales", "bold") == "Sales"

    def test_not_in_a_pipe(self):
        assert output.paint("Sales", "bold") == "Sales"
