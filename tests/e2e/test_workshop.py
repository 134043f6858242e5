"""A whole workshop: from the command line, and by two people in two terminals who write at the same time."""

from __future__ import annotations

from time import time

import pytest
from terminal import Terminal, command

from okrtui.service import minutes
from okrtui.store import workshops as rows


def seat(path, handle, **size):
    return Terminal(*command(path, handle), **size)


def at_workshop(terminal):
    terminal.until("Sales")
    terminal.press("3")
    terminal.until("Ideas")
    terminal.press("w")
    terminal.until("Prompt 1 of 2")


# The command line


def test_a_workshop_from_the_command_line(accepted):
    assert "Sales has no workshop in 2026-Q4 yet" in accepted("--as", "rob", "workshop", "show", "--team", "sales")
    assert accepted("--as", "ana", "workshop", "start") == "WS1"
    accepted.at("2026-10-06T10:20")
    assert accepted("--as", "ben", "workshop", "note", "-m", "We call back") == "N1"
    assert accepted("--as", "ana", "workshop", "next") == "What would we measure to know it is happening?"
    assert accepted("--as", "lea", "workshop", "note", "-m", "Hours", "--prompt", "measure") == "N2"
    accepted("--as", "ana", "workshop", "box", "15")
    accepted("--as", "ana", "kr", "add", "O1", "Median first answer falls")
    accepted("--as", "ana", "workshop", "pause")
    accepted.at("2026-10-06T10:40")
    accepted("--as", "ben", "workshop", "start")
    accepted("--as", "ben", "workshop", "attend", "@ana", "rob")
    accepted("--as", "ben", "workshop", "attend", "rob", "--off")
    accepted.at("2026-10-06T11:10")
    closed = accepted("--as", "ben", "workshop", "close", "-m", "No, we were quick")
    assert closed == "WS1\nWas this a template being filled in?"
    shown = accepted.json("--as", "rob", "workshop", "show", "--team", "sales")
    assert (shown["state"], shown["seconds"], shown["first"]) == ("closed", 50 * 60, True)
    assert (shown["asked"], shown["remark"]) == ("Was this a template being filled in?", "No, we were quick")
    assert [one["handle"] for one in shown["people"]] == ["ana", "ben", "lea"]
    assert [(one["prompt"], one["author"], one["body"]) for one in shown["notes"]] == [
        ("day_to_day", "ben", "We call back"),
        ("measure", "lea", "Hours"),
    ]
    assert [one["ref"] for one in shown["ideas"]] == ["KR1"]
    (listed,) = accepted.json("workshop", "list")
    assert (listed["team"], listed["cycle"], listed["seconds"], listed["ideas"]) == ("sales", "2026-Q4", 3000, 1)
    said = accepted("--as", "rob", "workshop", "show", "--team", "sales")
    for words in ("closed, 0:50:00", "We call back", "@ana, @ben, @lea", "Remark: No, we were quick", "KR1"):
        assert words in said, words


@pytest.mark.parametrize("who", ["ana", "lea", "rob"])
def test_every_role_may_keep_it_and_write(accepted, who):
    accepted("--as", who, "workshop", "start", "--team", "sales")
    accepted("--as", who, "workshop", "note", "-m", "Here", "--team", "sales")
    accepted("--as", who, "workshop", "close", "--team", "sales")


def test_what_is_refused_says_what_to_do_instead(accepted):
    assert "start its clock" in accepted.refused("--as", "ana", "workshop", "pause")
    assert "start its clock" in accepted.refused("--as", "ana", "workshop", "note", "-m", "Early")
    accepted("--as", "ana", "workshop", "start")
    assert "take it over first" in accepted.refused("--as", "ben", "workshop", "pause")
    assert "runs already, kept by ana" in accepted.refused("--as", "ben", "workshop", "start")
    note = accepted("--as", "ana", "workshop", "note", "-m", "Mine")
    assert "write a note of your own" in accepted.refused("--as", "ben", "workshop", "edit-note", note, "-m", "Theirs")
    accepted("--as", "ana", "workshop", "edit-note", note, "-m", "Mine still")
    assert "The note is missing." in accepted.refused("--as", "ana", "workshop", "note", "-m", "  ", status=2)
    assert "number of minutes" in accepted.refused("--as", "ana", "workshop", "box", "900", status=2)
    accepted("--as", "ben", "workshop", "hand-over", "ben")
    accepted("--as", "ben", "workshop", "close")
    assert "minutes stay as they are" in accepted.refused("--as", "ana", "workshop", "note", "-m", "Late")


# Two terminals


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
def test_two_write_at_the_same_time_and_see_each_others_lines(company, path, size):
    company.accepted()
    window = {"columns": size[0], "rows": size[1]}
    with seat(path, "ana", **window) as ana, seat(path, "ben", **window) as ben:
        at_workshop(ana)
        at_workshop(ben)
        ana.press("t")
        ana.until("running, kept by @ana")
        ben.until("running, kept by @ana")
        ana.press("i")
        ben.press("i")
        for mine, theirs in zip("We call back at nine", "Half a thought, told", strict=True):
            ana.press(mine)
            ben.press(theirs)
        ana.until("We call back at nine")
        ben.until("Half a thought, told")
        ana.press("enter")
        ben.until("@ana We call back at nine")
        ben.until("Half a thought, told")
        ben.press(" twice", "enter")
        ana.until("@ben Half a thought, told twice")
        for terminal in (ana, ben):
            terminal.until("@ana We call back at nine")
            terminal.until("@ben Half a thought, told twice")
        ana.until(lambda text: "@ben" in text.partition("People")[2])
        for terminal in (ana, ben):
            terminal.press("ctrl+q")
            assert terminal.ends() == 0
    kept = minutes.workshop(company.as_("rob"), "sales")
    assert {(one.author, one.body) for one in kept.notes} == {
        ("ana", "We call back at nine"),
        ("ben", "Half a thought, told twice"),
    }
    assert [(one.handle, one.seen) for one in kept.people] == [("ana", True), ("ben", True)]


def test_a_keeper_whose_terminal_is_killed_leaves_a_clock_on_offer(company, path):
    """The silence of a minute is played: the keeper's last word is put back in the second file."""
    with seat(path, "ana") as ana:
        at_workshop(ana)
        ana.press("t")
        ana.until("running, kept by @ana")
        ana.child.kill(9)
        ana.child.wait()
    with seat(path, "ben") as ben:
        at_workshop(ben)
        ben.until("running, kept by @ana")
        number = company.as_("ana").person_id
        company.store.live.write(lambda connection: rows.hear(connection, 1, number, time() - 3600))
        ben.until("paused, and nobody keeps it")
        ben.press("t")
        ben.until("running, kept by @ben")
        ben.press("ctrl+q")
        assert ben.ends() == 0
    shown = minutes.workshop(company.as_("rob"), "sales")
    assert shown.sittings[0].seconds == 0
    assert shown.keeper == "ben"


def test_a_running_clock_sends_one_line_a_second_and_a_standing_one_nothing(company, path):
    with seat(path, "ana") as ana:
        at_workshop(ana)
        ana.press("t")
        ana.until("running, kept by @ana")
        ana.until("you keep it.")
        ana.until(lambda text: "you keep it." not in text)  # the word in passing is over
        ana.until("0:00:12")
        before = len(ana.raw)
        seconds = ana.until("0:00:17")
        assert len(ana.raw) - before < 150 * (seconds + 1)
        ana.press("t")
        ana.until("paused, kept by @ana")
        ana.until("stands still")
        ana.until(lambda text: "stands still" not in text)
        ana.pump(0.5)
        before, end = len(ana.raw), time() + 3
        while time() < end:
            ana.pump()
        assert len(ana.raw) - before < 40, "less than one tick"
        ana.press("ctrl+q")
        assert ana.ends() == 0
