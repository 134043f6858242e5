"""The commands that read, with everything each may be asked, and those that write: what a test of secrets goes through.

A command that is in neither list fails those tests: whoever adds one says what it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from command_line import Shell

READING: dict[str, list[tuple[str, ...]]] = {
    "due": [("--team", "sales"), ("--person", "ana"), ("--person", "lea")],
    "scores": [(), ("--team", "sales")],
    "tree": [(), ("--care",)],
    "room": [("sales",), ("acme",), ("sales", "--squares")],
    "me": [()],
    "report": [("--format", "text"), ("--format", "md"), ("--format", "html"), ("--format", "json")],
    "log": [(), ("KR1",), ("@ana",), ("@lea",)],
    "export": [(), ("--format", "csv"), ("--format", "md")],
    "person": [("list",)],
    "team": [("list",)],
    "cycle": [("list",)],
    "objective": [("list",), ("show", "O1")],
    "invitation": [("list",)],
    "link": [("list",), ("list", "O1")],
    "sight": [("O1",), ("KR1",), ("@ana",), ("ana",)],
    "search": [("zanzibar",), ("said",), ("nights", "--newest")],
    "kr": [("list",), ("show", "KR1")],
    "priority": [("list",), ("list", "--team", "sales")],
    "win": [("list",), ("list", "--team", "sales")],
    "initiative": [("list",), ("list", "--kr", "KR1"), ("show", "I1")],
    "commitment": [("list",), ("list", "--person", "ana"), ("show", "P1")],
    "workshop": [("list",), ("show", "--team", "sales")],
    "round": [("show", "--team", "sales")],
}
WRITING = {
    "init",
    "demo",
    "comment",
    "suggest",
    "take",
    "decline",
    "dot",
    "checkin",
    "score",
    "reveal",
    "calibrate",
    "confirm",
    "import",
    "keys",
    "backup",
    "restore",
    "doctor",
    "redact",
    "who",
    "kick",
    "serve",
    "maintenance",
}

NEEDING_NO_FILE = {"check"}


def everything(shell: Shell, who: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """All that somebody can read, in text and as JSON."""
    for name, endings in READING.items():
        for ending in endings:
            for form in ((), ("--json",)):
                answer = shell.call(*who, name, *ending, *form)
                assert answer.status in {0, 1}, answer  # the operator has no page of their own
                yield (name, *ending, *form), answer.out + answer.err
