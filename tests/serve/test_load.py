"""That the measures of a server run, at a size that fits here; how fast it is, is measured and not asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def measured(module, *words):
    """What a benchmark prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *words],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(done.stdout)


def test_a_small_load_is_measured():
    words = ["--sessions", "4", "--typing", "2", "--seconds", "1", "--arriving", "3", "--each", "1"]
    found = measured("load", *words)
    assert found["first_frame_ms"]["count"] == 4
    assert found["arriving"]["first_frame_ms"]["count"] == 3
    assert found["echo_ms"]["count"] > 2
    assert found["megabytes"]["each_beyond_the_first"] < found["a_process_each"]["megabytes_each"]


def test_nobodys_visit_is_ended_by_another():
    found = measured("soak", "--sessions", "6", "--minutes", "0.4", "--stay", "2", "--patience", "60")
    assert found["visits"]["all"] > 6
    assert (found["ended_otherwise"], found["late"]) == ([], {})
