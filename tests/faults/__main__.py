"""Every fault, as often as the docs say, as one JSON document.

    python tests/faults [PYTEST'S OPTIONS, such as -k WORD]

What pytest says goes to the standard error. The exit status is pytest's: 0 where every bar was kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


class Whole:
    """Tells the tests that they are to be run whole, and gathers the figures they record."""

    __name__ = "whole"  # by which pytest knows it

    def __init__(self) -> None:
        self.found: dict[str, object] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the figures of a test that has ended."""
        if report.when == "call":
            self.found.update(report.user_properties)
            if report.failed:
                self.found[report.nodeid] = "failed"


def main(arguments: list[str]) -> int:
    """Run them all, or those that are named."""
    whole = Whole()
    began = time.monotonic()
    options = ["-m", "fault", "-p", "no:cacheprovider", "-q", str(TESTS), *arguments]
    with contextlib.redirect_stdout(sys.stderr):
        status = int(pytest.main(options, plugins=[whole]))
    head = {
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "minutes": round((time.monotonic() - began) / 60, 1),
    }
    sys.stdout.write(json.dumps({**head, **whole.found}, indent=2, ensure_ascii=False) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
