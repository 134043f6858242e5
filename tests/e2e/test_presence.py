"""What is typed outlives the program, and who else is here is seen: in real ptys."""

from __future__ import annotations

import json
import time

import pytest
from terminal import Terminal, command

from okrtui.service import drafts

TEXT = "Weekends are covered by two of us now"


@pytest.fixture
def running(company):
    """A running quarter with one agreed key result."""
    kr = company.agreed()
    company.running().at("2026-11-26")
    return company, kr


def seat(company, path, handle, **size):
    clock = {"OKRTUI_NOW": company.now.strftime("%Y-%m-%dT%H:%M")}
    return Terminal(*command(path, handle), env=clock, **size)


def kept(company, form, field):
    draft = drafts.find(company.as_("ana"), form)
    return "" if draft is None else str(draft.typed.get(field, ""))


def until(terminal, holds):
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, terminal.text
        terminal.pump(0.01)


def test_killed_while_typing_keeps_what_was_typed_before(running, path):
    """All but the last moment of it: how long that is, `make faults` measures."""
    company, kr = running
    form = f"Check in {kr}, week 9"
    before, last = TEXT[:25], TEXT[25:]
    with seat(company, path, "ana") as terminal:
        terminal.until("1 needs you")
        terminal.press("4")
        terminal.until("Nothing was said before")
        terminal.press("20", "enter", "7", "enter")
        terminal.press(*before)
        until(terminal, lambda: kept(company, form, "context") == before)
        terminal.press(*last)
        terminal.child.kill(9)
        terminal.child.wait()
    words = kept(company, form, "context")
    assert words.startswith(before)
    assert TEXT.startswith(words)
    with seat(company, path, "ana") as terminal:
        terminal.until("unfinished form is kept")
        terminal.press("4")
        terminal.until("What you typed before is here still")
        terminal.until(words.strip()[-20:])
        terminal.press("ctrl+s")
        terminal.until("as your team reads it")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
    with company.store.reading() as connection:
        said = connection.execute("SELECT value, confidence, context FROM checkin").fetchone()
    assert said == (20, 7, words.strip())
    assert drafts.waiting(company.as_("ana")) == []


def test_a_hang_up_in_a_form_keeps_it(company, path):
    company.accepted()
    with seat(company, path, "ana") as terminal:
        terminal.until("Sales")
        terminal.press("3")
        terminal.until("a idea")
        terminal.press("a")
        terminal.until("its statement is enough")
        terminal.press("Answer within a day")
        terminal.until("within a day")
        terminal.child.ptyproc.fileobj.close()
        end = time.monotonic() + 20
        while terminal.child.isalive():
            assert time.monotonic() < end, "it outlives its terminal"
    form = "Write an idea: its statement is enough (sales, 2026-Q4)"
    end = time.monotonic() + 10
    while kept(company, form, "statement") != "Answer within a day":
        assert time.monotonic() < end, drafts.waiting(company.as_("ana"))
    with seat(company, path, "ana") as terminal:
        terminal.until("unfinished form is kept")
        terminal.press("3")
        terminal.until("a idea")
        terminal.press("a")
        terminal.until("What you typed before is here still")
        terminal.until("Answer within a day")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0


def test_two_see_each_other_where_they_are(company, path):
    company.accepted()
    with seat(company, path, "ana", columns=120) as ana, seat(company, path, "ben", columns=120) as ben:
        ana.until("here: ben (room)")
        ben.until("here: ana (room)")
        ana.press("3")
        ben.until("here: ana (board)")
        ana.press("q")
        assert ana.ends() == 0
        ben.until(lambda text: "here:" not in text)
        ben.press("q")
        assert ben.ends() == 0


def test_two_in_one_form_see_mine_theirs_and_before(company, path):
    kr = company.draft()
    with seat(company, path, "ana", rows=36) as ana, seat(company, path, "ben", rows=36) as ben:
        for one, words in ((ana, " by Ana"), (ben, " by Ben")):
            one.until("Sales")
            one.press("3")
            one.until("[Drafts 1]")
            one.press("e")
            one.until(f"Edit {kr}")
            one.press(words)
            one.until(words)
        ana.until("ben is in this form too")
        ben.until("ana is in this form too")
        ben.press("ctrl+s")
        ben.until(f"Saved {kr}")
        ana.press("ctrl+s")
        for words in (
            "Theirs: Median first answer falls by Ben",
            "before: Median first answer falls",
            "yours: Median first answer falls by Ana",
        ):
            ana.until(words)
        ana.press("\x14")  # ctrl+t
        ana.until(lambda text: "Theirs:" not in text)
        ana.press("ctrl+s")
        ana.until(f"Saved {kr}")
        for one in (ana, ben):
            one.press("ctrl+q")
            assert one.ends() == 0
    with company.store.reading() as connection:
        assert connection.execute("SELECT statement FROM key_result").fetchall() == [
            ("Median first answer falls by Ben",)
        ]
        told = connection.execute("SELECT payload FROM event WHERE verb = 'kr.edit'").fetchall()
    assert json.dumps(told).count("by Ana") == 0
