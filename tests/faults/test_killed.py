"""Eight people check in at once, and one process after the other is killed: nothing that was saved is lost."""

from __future__ import annotations

import pytest
from writing import Writers

from okrtui.store import doctor, events
from okrtui.store.file import Store


@pytest.mark.fault
def test_nothing_that_was_saved_is_lost(company, agreed, times, record_property):
    kills = times(50, 500)
    killed = 0
    with Writers(company.store.path, company.as_("ana").person_id, agreed) as writers:
        while killed < kills:
            pid, number = writers.next()
            if pid in writers.running and len(writers.running) == len(agreed) and number >= 2:
                writers.kill(pid)
                killed += 1
    with Store.open(company.store.path) as store:
        found = events.after_id(store.connection, 0, 1_000_000)
        told = {str(event.after["context"]) for event in found if event.verb == "kr.checkin"}
        assert writers.saved <= told
        assert list(events.verify(store.connection)) == []
        assert [one.sentence for one in doctor.examine(store) if one.level == "error"] == []
    record_property(
        "SIGKILL", {"kills": kills, "writers": len(agreed), "saves acknowledged": len(writers.saved), "lost": 0}
    )
