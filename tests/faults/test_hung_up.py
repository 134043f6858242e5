"""A session ends in the middle of a word, in every way it can: nothing is left running, and next to nothing that was typed is lost."""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from terminal import Terminal, command, open_process

from okrtui.service import drafts

GONE_IN = 3.0
"""Seconds in which a process whose terminal is gone has to be gone, too."""
KEY_SECONDS = 0.02
"""Between two keys: faster than anybody types."""
BAR, BAR_OF_A_KILL = 0.15, 0.3
"""Seconds of typing that may be lost, at most; while other tests run beside, ten times as many."""


@pytest.fixture
def running(company, path):
    company.agreed()
    company.running().at("2026-11-26")
    return company, path


@dataclass
class Typed:
    """What was typed, and when each key was sent."""

    terminal: Terminal
    text: str = ""
    sent: list[float] = field(default_factory=list)

    def for_a_while(self, seconds: float) -> None:
        """Type, and read what is drawn meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            key = chr(ord("a") + len(self.text) % 26)
            self.text += key
            self.sent.append(time.monotonic())
            self.terminal.send(key.encode())
            self.terminal.pump(KEY_SECONDS)

    def lost(self, kept: str, ended: float) -> float:
        """Seconds of typing that are not in what was kept."""
        assert self.text.startswith(kept)
        return 0.0 if kept == self.text else ended - self.sent[len(kept)]


def commenting(path, **more) -> Terminal:
    """A session in a field of a form."""
    terminal = Terminal(*command(path, "ana"), env={"OKRTUI_NOW": "2026-11-26T10:00"}, **more)
    in_a_field(terminal)
    return terminal


def in_a_field(terminal):
    terminal.until("Median first answer")
    terminal.press("c")
    terminal.until("Comment")


def words_kept(company):
    ana = company.as_("ana")
    found = drafts.waiting(ana)
    for draft in found:
        drafts.forget(ana, draft.form)
    return str(found[0].typed["body"]) if found else ""


def is_gone(pid):
    """Whether a process that is not ours to wait for ends in time."""
    try:
        with open_process(pid) as process:
            return bool(select.select([process], [], [], GONE_IN)[0])
    except ProcessLookupError:
        return True


def by_signal(number):
    def end(terminal):
        os.kill(terminal.child.pid, number)
        assert terminal.ends() == 128 + number

    return end


def by_a_closed_terminal(terminal):
    assert terminal.hang_up(GONE_IN) == 128 + signal.SIGHUP


def by_a_frozen_one_that_is_closed(terminal):
    """Nobody reads what it draws any more, until there is nobody."""
    for columns in range(100, 140):
        terminal.child.setwinsize(50, columns)
        time.sleep(0.005)
    assert terminal.hang_up(GONE_IN) == 128 + signal.SIGHUP


def by_the_death_of_its_shell(terminal):
    (child,) = Path(f"/proc/{terminal.child.pid}/task/{terminal.child.pid}/children").read_text().split()
    with open_process(int(child)) as process:
        os.kill(terminal.child.pid, signal.SIGKILL)
        assert select.select([process], [], [], GONE_IN)[0], "it outlives its shell"


WAYS = {
    "SIGHUP": by_signal(signal.SIGHUP),
    "SIGTERM": by_signal(signal.SIGTERM),
    "terminal closed": by_a_closed_terminal,
    "frozen, then closed": by_a_frozen_one_that_is_closed,
    "shell killed": by_the_death_of_its_shell,
    "SIGKILL": by_signal(signal.SIGKILL),
}


@pytest.mark.fault
@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_left_running_and_next_to_nothing_is_lost(running, times, record_property, way):
    company, path = running
    bar = BAR_OF_A_KILL if way == "SIGKILL" else BAR
    shell = {"program": "/bin/sh"} if way == "shell killed" else {}
    losses = []
    for number in range(times(1, 50)):
        arguments = command(path, "ana")
        if shell:
            arguments = ["-c", '"$0" -m okrtui "$@"; exit 1', sys.executable, *arguments]
        with Terminal(*arguments, env={"OKRTUI_NOW": "2026-11-26T10:00"}, **shell) as terminal:
            in_a_field(terminal)
            typed = Typed(terminal)
            typed.for_a_while(random.Random(number).uniform(0.2, 0.7))
            ended = time.monotonic()
            WAYS[way](terminal)
        assert b"Traceback" not in terminal.raw
        losses.append(typed.lost(words_kept(company), ended))
    found = sorted(round(1000 * loss) for loss in losses)
    lost = {"median": found[len(found) // 2], "most": found[-1]}
    record_property(
        f"hung up by {way}", {"times": len(found), "orphans": len(running_at(path)), "ms of typing lost": lost}
    )
    assert running_at(path) == []
    assert max(losses) <= bar * times(10, 1)


def running_at(path):
    """Processes that name the file."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(path).encode() in one.read_bytes():
                found.append(one.parent.name)
        except OSError:  # it has ended meanwhile
            continue
    return found


PASTE = "".join(f"line {number} of a paste that is long\n" for number in range(3000))[:100_000]


@pytest.mark.fault
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "once it is there"])
def test_a_long_paste_and_a_lost_connection(running, times, record_property, at_once):
    company, path = running
    kept = []
    for _ in range(times(1, 10)):
        with commenting(path) as terminal:
            terminal.send(f"\x1b[200~{PASTE}\x1b[201~".encode())
            if not at_once:
                terminal.until(lambda text: "line 29" in text or "of a paste" in text)
                terminal.pump(0.5)
            assert terminal.hang_up(GONE_IN) == 128 + signal.SIGHUP
        words = words_kept(company)
        assert PASTE.startswith(words)
        kept.append(len(words))
    assert running_at(path) == []
    record_property(
        f"100 kB pasted, hung up {'at once' if at_once else 'half a second later'}", {"characters kept": kept}
    )
    assert at_once or min(kept) >= len(PASTE.rstrip())


@pytest.mark.fault
def test_a_frozen_client_comes_back(running, record_property):
    """Nobody reads for a while; the program waits for nobody, takes keys, and draws the last of it once it is read again."""
    company, path = running
    with commenting(path) as terminal:
        for columns in range(100, 180):
            terminal.child.setwinsize(50, columns)
            time.sleep(0.005)
        terminal.send(b"typed to a frozen screen")
        end = time.monotonic() + 20
        while "typed to a frozen screen" not in str(drafts.waiting(company.as_("ana"))):
            assert time.monotonic() < end
            time.sleep(0.02)
        terminal.screen.resize(24, 80)
        terminal.screen.reset()
        terminal.child.setwinsize(24, 80)
        terminal.until("typed to a frozen screen")
        os.kill(terminal.child.pid, signal.SIGTERM)
        assert terminal.ends() == 128 + signal.SIGTERM
    assert b"Traceback" not in terminal.raw
    record_property("frozen client", "its keys are kept, and it goes on")
