"""That the measure of the load runs, at a size that fits here; how fast it is, is measured and not asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def test_a_small_load_is_measured():
    words = ["--sessions", "4", "--typing", "2", "--seconds", "1", "--arriving", "3", "--each", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", *words],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found = json.loads(done.stdout)
    assert found["first_frame_ms"]["count"] == 4
    assert found["arriving"]["first_frame_ms"]["count"] == 3
    assert found["echo_ms"]["count"] > 2
    assert found["megabytes"]["each_beyond_the_first"] < found["a_process_each"]["megabytes_each"]
