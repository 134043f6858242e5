"""The first quarter of the README works as it is written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def test_the_first_quarter_works_as_written(tmp_path):
    (script,) = re.findall(r"^```sh\n(.*?)^```$", (CHECKOUT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("OKRTUI")},
        "OKRTUI_DB": str(tmp_path / "okr.db"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    ran = subprocess.run(
        ["sh", "-eu"], input=script, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "Buyers get their answer the same day" in ran.stdout
    assert ran.stderr == ""
