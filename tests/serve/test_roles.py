"""The scripts of the roles, and of a quarter, hold for people who come to the server by a key: the same tests, sent there."""

from __future__ import annotations

import shlex
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from e2e import test_contract
from e2e.conftest import _no_settings_of_ours, accepted, proposed, running, scoring, shell
from e2e.test_exchange_roles import TestADeputy as TestADeputyInTheExchange
from e2e.test_exchange_roles import TestALeader as TestALeaderInTheExchange
from e2e.test_exchange_roles import TestAMember as TestAMemberInTheExchange
from e2e.test_exchange_roles import TestAReader as TestAReaderInTheExchange
from e2e.test_exchange_roles import exchange
from e2e.test_roles import CHECKIN, TestADeputy, TestALeader, TestAMember, TestAnAdmin, TestAReader
from sending import SendingShell
from served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from standby import Standby

__all__ = [
    "TestADeputy",
    "TestADeputyInTheExchange",
    "TestALeader",
    "TestALeaderInTheExchange",
    "TestAMember",
    "TestAMemberInTheExchange",
    "TestAReader",
    "TestAReaderInTheExchange",
    "TestAnAdmin",
    "_no_settings_of_ours",
    "accepted",
    "exchange",
    "proposed",
    "running",
    "scoring",
    "shell",
]
# Left out are those of the operator, who comes by no key, and the one that starts processes of its own, at the host.

STAGES = dict.fromkeys(("bare", "shell", "accepted", "proposed", "exchange", "deputised"), "2026-10-05") | {
    "running": "2026-11-23",
    "scoring": "2026-12-21",
}
"""Since when it is now for a test of a stage, as the script counts days: a Monday, so that its week is the one meant."""

LATER = {
    "test_defends_amends_and_answers_what_is_asked_about_it": "2026-11-30",
    "test_nor_later": "2026-11-30",
    "test_ticks_the_steps_of_a_milestone": "2026-11-23",
    "test_until_that_day": "2026-11-01",
    "test_the_script_works_as_it_is_written": "2026-11-23",
}
"""The same for a test that sets the clock itself: to when it does so last."""


@pytest.fixture
def bare(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
    standby: Standby,
) -> Iterator[SendingShell]:
    """A shell, and no file yet."""
    host = Served(tmp_path / "served", tmp_path / "data" / "okr.db", standby=standby)
    stage = max(STAGES[name] for name in request.fixturenames if name in STAGES)
    since = LATER.get(request.node.originalname, stage)
    shell = SendingShell(host, date.fromisoformat(since), monkeypatch, capsys)
    yield shell
    shell.close()


@pytest.fixture(autouse=True)
def _over_ssh(bare: SendingShell, request: pytest.FixtureRequest) -> Iterator[None]:
    """The stage is built here; what people do in the test itself is sent."""
    for name in request.fixturenames:
        if name in STAGES:
            request.getfixturevalue(name)
    bare.is_sending = True
    yield
    assert bare.sent


def test_acts_and_refusals_are_those_of_who_comes_by_a_key(running):
    running("--as", "ana", *CHECKIN)
    running.refused("--as", "lea", *CHECKIN)
    last = running.json("log", "KR1")[-1]
    assert (last["verb"], last["who"], last["way"]) == ("kr.checkin", "ana", "ssh")
    assert "lea left" in running.host.said


def test_the_script_works_as_it_is_written(bare, tmp_path, monkeypatch):
    """With the whole quarter in the week of its check-in: no rule asks whether a phase comes in time."""
    bare.at("2026-11-27")

    def run(words, **_):
        """What the shell would say of a line, each command done where it belongs."""
        *_, line = words
        said = SimpleNamespace(returncode=0, stdout="", stderr="")
        for command in commands(line):
            answer = bare.call(*command)
            said.stdout += answer.out
            said.stderr += answer.err
            said.returncode = answer.status
            if answer.status:
                break
        return said

    monkeypatch.setattr(test_contract, "subprocess", SimpleNamespace(run=run))
    test_contract.test_the_script_works_as_it_is_written(tmp_path)


def commands(line):
    """The command lines of a line, each without the name of the program."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=";")
    lexer.whitespace_split = True
    found = [[]]
    for word in lexer:
        if word == ";":
            found.append([])
        else:
            found[-1].append(word)
    return [one[1:] for one in found]
