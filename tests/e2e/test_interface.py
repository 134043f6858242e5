"""The interface in a real pty, with other processes on the same file."""

from __future__ import annotations

import subprocess
import sys

import pytest
from terminal import Terminal, command

from okrtui.store import checkins


@pytest.fixture
def running(company):
    """A running quarter with one agreed key result; its file, closed to this process' queue."""
    kr = company.agreed()
    company.running().at("2026-11-26")
    return company, kr


def clock(company) -> dict[str, str]:
    return {"OKRTUI_NOW": company.now.strftime("%Y-%m-%dT%H:%M")}


def test_a_check_in_takes_few_keys(running, path):
    company, kr = running
    keys = 0
    with Terminal(*command(path, "ana"), env=clock(company)) as terminal:
        terminal.until("1 needs you")
        for key in ("4", "19", "enter", "7", "enter", "Weekends covered", "ctrl+s"):
            if key == "4":
                terminal.press(key)
                terminal.until("Nothing was said before")
            else:
                terminal.press(key)
            keys += (len(key) == 1 and not key.isdigit()) or key in {"4", "enter", "ctrl+s"}
        terminal.until("as your team reads it")
        terminal.press("q")
        assert terminal.ends() == 0
    assert keys <= 8
    with company.store.reading() as connection:
        (saved,) = checkins.history(connection, int(kr[2:]))
    assert (saved.value, saved.confidence, saved.context) == (19, 7, "Weekends covered")


def test_anothers_check_in_arrives_on_the_open_screen(running, path):
    company, kr = running
    with Terminal(*command(path, "lea"), env=clock(company)) as terminal:
        terminal.until("no data")
        args = ["checkin", kr, "--value", "17", "--confidence", "8", "-m", "Nights too"]
        env = {**clock(company), "PATH": ""}
        done = subprocess.run(
            [sys.executable, "-m", "okrtui", *command(path, "ana", *args)],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        terminal.until("26 → 17 → 8 hours")
        terminal.until("Nights too")
        terminal.press("q")
        assert terminal.ends() == 0


def test_two_on_one_key_result_lose_nothing(running, path):
    company, kr = running
    with Terminal(*command(path, "ana"), env=clock(company)) as terminal:
        terminal.until("1 needs you")
        terminal.press("4")
        terminal.until("Nothing was said before")
        terminal.press("20", "enter", "enter", "Nights cov")
        fields = ["checkin", kr, "--value", "18", "--confidence", "4", "-m", "Ben was here", "--next", "Hire"]
        subprocess.run(
            [sys.executable, "-m", "okrtui", *command(path, "ben", *fields)],
            env={**clock(company), "PATH": ""},
            check=True,
            capture_output=True,
        )
        terminal.until("ben wrote: 18")
        terminal.until("ben wrote: Ben was here")
        terminal.press("ered")
        terminal.until("Nights covered")
        terminal.press("ctrl+s")
        terminal.until("keeps yours")
        terminal.press("ctrl+s")
        terminal.until("as your team reads it")
        terminal.press("ctrl+q")
        assert terminal.ends() == 0
    with company.store.reading() as connection:
        (saved,) = checkins.history(connection, int(kr[2:]))
        earlier = connection.execute("SELECT context, value FROM checkin_text").fetchall()
    assert (saved.value, saved.confidence, saved.context, saved.next) == (20, 4, "Nights covered", "Hire")
    assert earlier == [("Ben was here", 18)]


def test_a_file_that_goes_away_ends_with_a_sentence(running, path):
    company, _ = running
    with Terminal(*command(path, "ana"), env=clock(company)) as terminal:
        terminal.until("1 needs you")
        path.rename(path.with_suffix(".away"))
        assert terminal.ends() == 3
        assert "wasdelete" in "".join(terminal.text.split())  # the line may be broken anywhere
        assert "Traceback" not in terminal.text


def test_without_a_terminal_it_says_so(company, path):
    done = subprocess.run(
        [sys.executable, "-m", "okrtui", "--db", str(path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
