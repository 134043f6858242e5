"""Shells at every stage of a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command_line import OURS, WHOLE, Shell

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have set something for themselves."""
    for name in OURS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell, and no file yet."""
    return Shell(tmp_path / "data" / "okr.db", monkeypatch, capsys)


@pytest.fixture
def shell(bare: Shell) -> Shell:
    """Acme, led by ``olga``; Sales led by ``lea``, with ``ana`` and ``ben``; Support led by ``sam``; ``ada``, an admin in no
    team, as the owner's own person is; ``rob``, a reader; a drafting quarter.
    """
    bare("init", "--company", "Acme", "--rehearsal", "--lead", "olga")
    bare("team", "add", "sales", "--name", "Sales")
    bare("team", "add", "support", "--name", "Support")
    bare("person", "edit", "olga", "--name", "Olga")
    bare("person", "add", "ada", "--name", "Ada", "--admin")
    for handle in ("lea", "ana", "ben", "sam", "rob"):
        bare("person", "add", handle, "--name", handle.title())
    for arguments in (("sales", "lea", "--lead"), ("sales", "ana"), ("sales", "ben"), ("support", "sam", "--lead")):
        bare("team", "join", *arguments)
    bare("cycle", "add", "2026-Q4", "--starts", "2026-10-01", "--ends", "2026-12-31")
    return bare


@pytest.fixture
def accepted(shell: Shell) -> Shell:
    """O1, which Sales has accepted."""
    shell("--as", "lea", "objective", "add", "--team", "sales", "--title", "Buyers get their answer the same day")
    shell("--as", "lea", "objective", "publish", "O1")
    shell("--as", "lea", "objective", "invite", "O1", "sales")
    shell("--as", "ana", "invitation", "accept", "O1", "-m", "We answer every inbound request from one queue")
    return shell


@pytest.fixture
def proposed(accepted: Shell) -> Shell:
    """KR1, which Sales proposes."""
    accepted("--as", "ana", "kr", "add", "O1", "Median first answer falls", *WHOLE)
    accepted("--as", "ana", "kr", "propose", "KR1")
    return accepted


@pytest.fixture
def running(proposed: Shell) -> Shell:
    """KR1 agreed, in a running cycle, in its ninth week."""
    proposed("--as", "lea", "kr", "agree", "KR1")
    proposed("cycle", "advance", "2026-Q4", "--to", "running")
    proposed.at("2026-11-24T10:00")
    return proposed


@pytest.fixture
def scoring(running: Shell) -> Shell:
    """The cycle scores, and KR1 was checked in."""
    running("--as", "ana", "checkin", "KR1", "--value", "20", "--confidence", "6", "-m", "Weekends covered")
    running("cycle", "advance", "2026-Q4", "--to", "scoring")
    running.at("2026-12-29T10:00")
    return running
