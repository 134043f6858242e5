"""The command as people call it: in this process for speed, or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from okrtui.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

COMMAND = Path(sys.executable).with_name("okrtui")
OURS = ("OKRTUI_DB", "OKRTUI_AS", "OKRTUI_NOW", "SUDO_UID")


@dataclass(frozen=True)
class Answer:
    """What a command said, and the status it left with."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line on the standard error."""
        assert self.err.endswith("\n"), self
        assert self.err.count("\n") == 1, self
        return self.err.strip()


class Shell:
    """Commands on one file, at the time that is set, each by whoever is named."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self.options: tuple[str, ...] = ("--db", str(path))
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.at("2026-10-06T10:00")

    def at(self, moment: str) -> None:
        """Set the clock."""
        self._monkeypatch.setenv("OKRTUI_NOW", moment)

    def call(self, *arguments: str) -> Answer:
        """Run a command in this process."""
        self._capsys.readouterr()
        status = run([*self.options, *arguments])
        captured = self._capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    def __call__(self, *arguments: str) -> str:
        """Run a command of the owner that must be done; what it printed."""
        answer = self.call(*arguments)
        assert answer.status == 0, answer
        assert not answer.err, answer
        return answer.out.strip()

    def json(self, *arguments: str) -> Any:
        """What a command that must be done answers as JSON."""
        return json.loads(self(*arguments, "--json"))

    def refused(self, *arguments: str, status: int = 1) -> str:
        """The one sentence with which a command is refused; it printed nothing else."""
        answer = self.call(*arguments)
        assert answer.status == status, answer
        assert not answer.out, answer
        return answer.sentence

    def process(self, *arguments: str, **environ: str) -> Answer:
        """Run a command as a process of its own."""
        return process(*arguments, OKRTUI_DB=str(self.path), **environ)


def process(*arguments: str | bytes, stdin: Any = subprocess.DEVNULL, **environ: str) -> Answer:
    """Run the installed command; its environment has nothing of ours but what is named."""
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        [COMMAND, *arguments], env={**clean, **environ}, stdin=stdin, capture_output=True, check=False, timeout=60
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


# What a key result needs before it can be proposed.
WHOLE: Sequence[str] = (
    *("--kind", "decrease", "--unit", "hours", "--baseline", "26", "--target", "8", "--owner", "ana"),
    *("--control", "ours", "--week-nine", "Yes: silence is why we lose"),
)
