"""Many people write notes into one workshop at once, each in a process of their own: no one's line is lost."""

from __future__ import annotations

import subprocess
import sys

from okrtui.service import minutes, workshops

PEOPLE, NOTES = 6, 25

WRITE = """
import sys
from okrtui.service import workshops
from okrtui.service.session import Session
from okrtui.store.file import Store

path, number, handle, count = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
with Store.open(path, wait=60) as store:
    session = Session(store, number)
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(count):
        ref = workshops.note(session, f"{handle} {number}", team="sales", cycle="2026-Q4")
        if number % 5 == 0:
            workshops.edit_note(session, ref, f"{handle} {number} again", f"{handle} {number}")
"""


def test_no_line_is_lost(company, path):
    handles = [f"p{number}" for number in range(PEOPLE)]
    for handle in handles:
        company.person(handle, "sales")
    workshops.start(company.as_("ana"), team="sales")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, str(path), str(company.as_(handle).person_id), handle, str(NOTES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for handle in handles
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    kept = minutes.workshop(company.as_("rob"), "sales").notes
    for handle in handles:
        own = [one.body for one in kept if one.author == handle]
        assert own == [f"{handle} {number}{' again' if number % 5 == 0 else ''}" for number in range(NOTES)]
    assert len({one.ref for one in kept}) == PEOPLE * NOTES
    assert [one.author for one in kept] != sorted(one.author for one in kept), "they wrote one after the other"
