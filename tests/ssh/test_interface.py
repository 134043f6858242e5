"""The interface over SSH: it opens, follows the window, and ends with a sentence when the key or the person is switched off."""

from __future__ import annotations

from pathlib import Path

import pytest
from sshd import running

from okrtui.service import show

WORDS = "None of this shall be lost"


def at_home(terminal):
    terminal.until("Needs you")


def test_opens_follows_the_window_and_leaves(host):
    with host.terminal("ana") as ana:
        at_home(ana)
        assert "Sales" in ana.text
        ana.resize(120, 36)
        ana.until(lambda text: any(len(line) > 100 for line in text.splitlines()))
        ana.resize(80, 24)
        ana.until(lambda text: max(map(len, text.splitlines())) <= 80 and "Needs you" in text)
        ana.press("ctrl+q")
        assert ana.ends() == 0


def test_a_command_in_a_terminal_is_a_command(host):
    with host.terminal("ana", "due") as ana:
        ana.until("Nothing is waiting")
        assert ana.ends() == 0


def test_saves_as_the_person_of_the_key(host, company):
    company.accepted()
    with host.terminal("ana") as ana:
        at_home(ana)
        comment(ana, WORDS)
        ana.press("ctrl+s")
        ana.until(lambda text: "ctrl+s save" not in text)
        ana.press("ctrl+q")
        assert ana.ends() == 0
    assert [(one.author, one.body) for one in show.objective(company.as_("rob"), "O1").thread] == [("ana", WORDS)]


def comment(terminal, words):
    """Comment on the first objective, and do not save yet."""
    terminal.press("2")
    terminal.until("Buyers get their answer")
    terminal.press("c")
    terminal.until("Comment on O1")
    terminal.press(words)
    terminal.until(words)


@pytest.mark.parametrize("by", ["key", "person"])
def test_who_is_switched_off_saves_nothing_more_and_is_told(host, company, by):
    company.accepted()
    with host.terminal("ana") as ana, host.terminal("lea") as lea:
        at_home(ana)
        at_home(lea)
        comment(ana, WORDS)
        host.owner(*(("keys", "remove", "@ana") if by == "key" else ("person", "deactivate", "ana")))
        ana.press("ctrl+s")
        assert ana.ends() == 1
        assert "was switched off: ask" in ana.said
        assert host.ssh("ana", "due").status in {1, 255}  # by the line of the key, or not let in at all
        lea.press("ctrl+q")
        assert lea.ends() == 0
    assert show.objective(company.as_("rob"), "O1").thread == ()


def test_who_is_switched_off_is_told_without_a_key(host):
    """Nobody waits for their next write: what is revoked ends at once."""
    with host.terminal("ana") as ana:
        at_home(ana)
        host.owner("keys", "remove", "@ana")
        assert ana.ends() == 1
        assert "The key you came with was switched off" in ana.said


def test_starts_nothing_of_the_host(host, company):
    """No pager, editor, browser or shell, whatever is pressed; and no stop from which nobody could wake it."""
    company.agreed()
    with host.terminal("ana") as ana:
        at_home(ana)
        (session,) = running(host.path)
        for page in "1234567890":
            ana.press(page, "enter", "\x1a", "!", "|", "v", "\x1b[3~", "f1", "\x1b", "\x1b")
            assert children(session) == set()
        ana.press("ctrl+q")
        ana.until(lambda _: not running(host.path))


def children(pid):
    """The processes that a process has started and that still run."""
    return set((Path("/proc") / str(pid) / "task" / str(pid) / "children").read_text().split())
