"""A quarter in twenty lines: the script that the command line promises, as it is written, run by a shell line by line."""

from __future__ import annotations

import json
import os
import subprocess

from command_line import COMMAND, OURS

SCRIPT = r"""
okrtui init --company "Acme" --rehearsal                       # the company is the team acme; the caller leads it
okrtui team add sales --name "Sales" --under acme
okrtui person add lea --name "Lea Park";  okrtui team join sales lea --lead
okrtui person add ana --name "Ana Ruiz";  okrtui team join sales ana
okrtui cycle add 2026-Q4 --starts 2026-10-01 --ends 2026-12-31
okrtui --as lea objective add --team sales --title "Buyers get their answer the same day" --why "We lose deals to silence"   # O1
okrtui --as lea objective publish O1;  okrtui --as lea objective invite O1 sales
okrtui --as ana invitation accept O1 --team sales -m "We answer every inbound request from one queue"
okrtui --as ana kr add O1 --team sales "Median first answer falls" --kind decrease --unit hours --baseline 26 --target 8 --owner ana \
    --control ours --week-nine "Yes: silence is why we lose"   # KR1
okrtui --as ana kr propose KR1;  okrtui --as lea kr agree KR1
okrtui cycle advance 2026-Q4 --to running
okrtui --as ana checkin KR1 --value 20 --confidence 6 -m "Weekend queue covered since Monday"
okrtui --as lea checkin KR1 --value 9 --confidence 9 -m "Looks fine"    # exit 1: check-ins are the team's
okrtui cycle advance 2026-Q4 --to scoring
okrtui --as ana score KR1 --side self --value 0.4 -m "Median 19 h; weekends solved, nights not"
okrtui --as lea scores --team sales --json                     # self is {"in": true} and nothing more
okrtui --as lea score KR1 --side manager --value 0.3 -m "Nights were the point"
okrtui --as ana reveal KR1
okrtui --as ana calibrate KR1 --value 0.3 -m "Agreed: nights were in the why";  okrtui --as lea confirm KR1
okrtui cycle advance 2026-Q4 --to closed;  okrtui report --cycle 2026-Q4 --format md
"""

# When each part of the quarter is: the clock before the line that begins so.
CLOCK = {
    "okrtui init": "2026-10-05T09:00",
    "okrtui cycle advance 2026-Q4 --to running": "2026-10-12T09:00",
    "okrtui --as ana checkin": "2026-11-27T10:00",
    "okrtui cycle advance 2026-Q4 --to scoring": "2026-12-29T15:00",
}


def test_the_script_works_as_it_is_written(tmp_path):
    environ = {name: value for name, value in os.environ.items() if name not in OURS}
    environ |= {"PATH": f"{COMMAND.parent}:{environ['PATH']}", "OKRTUI_DB": str(tmp_path / "data" / "okr.db")}
    said = {}
    for line in SCRIPT.strip().replace("\\\n", "").splitlines():
        environ["OKRTUI_NOW"] = next(
            (now for start, now in CLOCK.items() if line.startswith(start)), environ.get("OKRTUI_NOW")
        )
        done = subprocess.run(["sh", "-ec", line], env=environ, capture_output=True, text=True, check=False, timeout=60)
        expected = 1 if "# exit 1" in line else 0
        assert done.returncode == expected, (line, done)
        assert bool(done.stderr) == bool(expected), (line, done)
        said[line] = done

    def of(start):
        return next(done for line, done in said.items() if line.startswith(start))

    assert of("okrtui init").stdout == "acme\n"
    assert of("okrtui --as lea objective add").stdout == "O1\n"
    assert of("okrtui --as ana kr add").stdout == "KR1\n"
    assert (
        of("okrtui --as lea checkin").stderr == "Check-ins are the team's. You lead Sales: read it and comment (c).\n"
    )
    assert of("okrtui --as lea checkin").stdout == ""
    (line,) = json.loads(of("okrtui --as lea scores").stdout)
    assert line["self"] == {"in": True}
    assert line["manager"] == {"in": False}
    report = of("okrtui cycle advance 2026-Q4 --to closed").stdout
    assert "# Acme: 2026-Q4" in report
    assert "Median first answer falls | 26 → 20 → 8 hours" in report
    assert "Agreed: nights were in the why" in report
