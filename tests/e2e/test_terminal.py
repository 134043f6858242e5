"""The interface and its terminal: bad bytes, signals, a lost connection, sizes, and what is written to it."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import termios
import time

import pytest
from terminal import Terminal, command

GONE_IN = 3.0
"""Seconds in which a process whose terminal is gone has to be gone, too."""


@pytest.fixture
def running(company):
    company.agreed()
    company.running().at("2026-11-26")
    return company


def clock(company) -> dict[str, str]:
    return {"OKRTUI_NOW": company.now.strftime("%Y-%m-%dT%H:%M")}


@pytest.fixture
def open_terminal(running, path):
    """Opens the interface in a pty and waits for the first page."""

    def opened(**kwargs):
        env = {**clock(running), **kwargs.pop("env", {})}
        terminal = Terminal(*command(path, "ana"), env=env, **kwargs)
        terminal.until("1 needs you")
        return terminal

    return opened


def works(terminal):
    """Whether keys still do something: the board, and back."""
    terminal.press("3")
    terminal.until("Agreed")
    terminal.press("1")
    terminal.until("What happened")


def test_bad_bytes_leave_it_working(open_terminal):
    with open_terminal() as terminal:
        for data in (
            b"\xe9",
            b"\xff\xfe\x80",
            b"\x1b[<999999999999999;1;1M",
            b"\x1b[55296u",
            b"\x1b[48;9999;9999;1;1t",
        ):
            terminal.send(data)
            works(terminal)
        terminal.send(b"\x1b[200~qqqq\x1bq\x1b[201~")
        terminal.send(b"gqdq gqdq gqdq")
        works(terminal)
        terminal.press("q")
        assert terminal.ends() == 0
    assert b"Traceback" not in terminal.raw, terminal.raw.partition(b"Traceback")[2][-1500:].decode(errors="replace")


@pytest.mark.fault
def test_random_bytes_leave_it_working(open_terminal, times, record_property):
    """Whatever it is taken for, and whether or not that ends it as a key may, nothing breaks."""
    chance = random.Random(7)
    strings = times(60, 150)
    with open_terminal(seconds=120) as terminal:
        for _ in range(strings):
            # Keys that leave are left out.
            data = bytes(b for b in chance.randbytes(60) if b not in b"q\x11\x03\x1c\x1a")
            terminal.send(data)
            terminal.pump(0.01)
        terminal.send(b"\x1b[201~")
        terminal.pump(0.5)
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
    assert b"Traceback" not in terminal.raw, terminal.raw.partition(b"Traceback")[2][-1500:].decode(errors="replace")
    record_property("byte strings to a session in a terminal", {"strings": strings, "tracebacks": 0})


def test_no_movement_of_the_mouse_is_asked_for_and_a_click_works(open_terminal):
    with open_terminal() as terminal:
        assert b"\x1b[?1000h" in terminal.raw
        assert b"\x1b[?1006h" in terminal.raw
        assert not re.search(rb"\x1b\[\?100[23]h|\x1b\[\?101[56]h|\x1b\[\?2048h", terminal.raw)
        terminal.until("? help")
        row = next(at for at, line in enumerate(terminal.screen.display, 1) if "help" in line)
        column = terminal.screen.display[row - 1].index("help") + 1
        terminal.send(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m".encode())
        terminal.until("Keys of Room")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0


def test_an_idle_screen_is_silent(open_terminal):
    """No blink and no animation, in a field neither: output keeps a dead link alive for ever."""
    with open_terminal() as terminal:
        terminal.press("c")
        terminal.until("Comment")
        settled = time.monotonic() + 20
        while time.monotonic() < settled:
            before = len(terminal.raw)
            terminal.pump(1.2)
            if len(terminal.raw) == before:
                break
        else:
            pytest.fail(f"it goes on writing: {bytes(terminal.raw[-200:])!r}")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0


def test_a_lost_connection_leaves_nobody_behind(running, path):
    """Hung up in a field with unsaved words: gone in time."""
    with Terminal(*command(path, "ana"), env=clock(running)) as terminal:
        terminal.until("1 needs you")
        terminal.press("c")
        terminal.until("Comment")
        terminal.press("unsaved words")
        terminal.until("unsaved words")
        assert terminal.hang_up(GONE_IN) == 128 + signal.SIGHUP


def test_nothing_is_said_to_whoever_reads_the_errors_of_a_lost_session(running, path, tmp_path):
    said = tmp_path / "stderr"
    line = 'exec "$0" -m okrtui "$@" 2>' + str(said)
    args = ["-c", line, sys.executable, *command(path, "ana")]
    with Terminal(*args, env=clock(running), program="/bin/sh") as terminal:
        terminal.until("1 needs you")
        assert terminal.hang_up(GONE_IN) == 128 + signal.SIGHUP
    assert said.read_text() == ""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_and_the_terminal_is_as_before(open_terminal, number):
    with open_terminal() as terminal:
        assert not termios.tcgetattr(terminal.child.child_fd)[3] & termios.ECHO
        terminal.press("c")
        terminal.until("Comment")
        began = time.monotonic()
        os.kill(terminal.child.pid, number)
        assert terminal.ends() == 128 + number
        assert time.monotonic() - began < GONE_IN
    for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l", b"\x1b[<u"):
        assert mode in terminal.raw
    assert b"Traceback" not in terminal.raw, terminal.raw.partition(b"Traceback")[2][-1500:].decode(errors="replace")


HANGS = """
import signal, sys
from okrtui.terminal.signals import ending
with ending(lambda status: None, lambda: print("restored", flush=True)):
    print("ready", flush=True)
    while True:
        signal.pause()
"""


def test_what_hangs_is_ended_in_time():
    with subprocess.Popen([sys.executable, "-c", HANGS], stdout=subprocess.PIPE, text=True) as hanging:
        assert hanging.stdout.readline() == "ready\n"
        hanging.terminate()
        hanging.terminate()
        assert hanging.wait(GONE_IN) == 128 + signal.SIGTERM
        assert hanging.stdout.read() == "restored\n"


def test_continued_after_a_stop_it_draws_itself_again(open_terminal):
    with open_terminal() as terminal:
        os.kill(terminal.child.pid, signal.SIGSTOP)
        cooked = termios.tcgetattr(terminal.child.child_fd)
        cooked[3] |= termios.ECHO | termios.ICANON
        termios.tcsetattr(terminal.child.child_fd, termios.TCSANOW, cooked)
        terminal.screen.reset()
        os.kill(terminal.child.pid, signal.SIGCONT)
        # What was drawn before the stop may still be on its way: the terminal's mode is what tells of the return.
        terminal.until(lambda _: not termios.tcgetattr(terminal.child.child_fd)[3] & (termios.ECHO | termios.ICANON))
        terminal.until("1 needs you")
        works(terminal)
        terminal.press("q")
        assert terminal.ends() == 0


def test_a_stop_is_ignored_where_nobody_could_continue_it(open_terminal):
    with open_terminal() as terminal:
        os.kill(terminal.child.pid, signal.SIGTSTP)
        works(terminal)
        terminal.press("q")
        assert terminal.ends() == 0


def test_a_shell_stops_and_continues_it(running, path):
    env = {**clock(running), "PS1": "shell> ", "PYTHON": sys.executable}
    with Terminal("--norc", "--noprofile", "-i", env=env, program="/bin/bash") as terminal:
        terminal.until("shell>")
        terminal.press(f'"$PYTHON" -m okrtui --db {path} --as ana\n')
        terminal.until("1 needs you")
        group = os.tcgetpgrp(terminal.child.child_fd)
        os.kill(group, signal.SIGTSTP)
        terminal.until("Stopped")
        terminal.press("stty -a\n")
        terminal.until(" icanon")
        terminal.press("clear; fg\n")
        terminal.until("1 needs you")
        works(terminal)
        terminal.press("q")
        terminal.until("shell>")
        terminal.press("exit\n")
        terminal.ends()


@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color", "tmux-256color", "linux"])
def test_terminals(open_terminal, term):
    with open_terminal(env={"TERM": term, "COLORTERM": ""}) as terminal:
        works(terminal)
        terminal.press("q")
        assert terminal.ends() == 0


def test_without_colours_no_colour_is_written(open_terminal):
    with open_terminal(env={"NO_COLOR": "1"}) as terminal:
        works(terminal)
        terminal.press("q")
        assert terminal.ends() == 0
    for style in re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw):
        assert not {int(one) for one in style.split(b";") if one} & {*range(30, 39), *range(40, 49), *range(90, 108)}


def test_any_size_at_any_time(open_terminal):
    chance = random.Random(3)
    with open_terminal() as terminal:
        for keys in (
            ("2",),
            ("3", "e"),
            ("escape", "4"),
            ("1", "c"),
            ("escape", "?"),
            ("escape", "ctrl+p"),
            ("escape", "T"),
            ("escape",),
        ):
            for _ in range(4):
                terminal.resize(chance.randrange(20, 201), chance.randrange(5, 61))
                terminal.pump(0.02)
            terminal.press(*keys)
        terminal.resize(80, 24)
        terminal.press("1")
        terminal.until("needs you")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
    assert b"Traceback" not in terminal.raw, terminal.raw.partition(b"Traceback")[2][-1500:].decode(errors="replace")


def test_all_of_it_is_drawn_anew_on_a_terminal_that_was_resized(open_terminal):
    """Some terminals are blank after it: what stood there is not taken to stand there still."""
    with open_terminal() as terminal:
        terminal.until("? help")
        whole = terminal.text
        for columns, rows in ((100, 30), (80, 24)):
            terminal.screen.erase_in_display(2)
            terminal.resize(columns, rows)
            terminal.until(lambda text, last=rows - 1: "needs you" in text and "? help" in text.split("\n")[last])
        terminal.until(lambda text: text.splitlines()[1:] == whole.splitlines()[1:])
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
