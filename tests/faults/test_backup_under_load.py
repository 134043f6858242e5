"""Copies taken while eight people save as fast as they can: each is whole, and one that is put back is what was copied."""

from __future__ import annotations

import pytest
from command_line import process
from writing import Writers

from okrtui.store import doctor, events, tables
from okrtui.store.backup import backup
from okrtui.store.file import Store


def content(path):
    """Everything that is written in a file, but for the settings, of which a restoring is one."""
    with Store.open(path) as store, store.reading() as connection:
        return {
            table: [*map(repr, tables.every_row(connection, table))] for table in tables.TABLES if table != "setting"
        }


def told(path):
    """Its events, once it was found whole."""
    with Store.open(path) as store:
        assert list(events.verify(store.connection)) == []
        assert [one.sentence for one in doctor.examine(store) if one.level == "error"] == []
        return events.after_id(store.connection, 0, 1_000_000)


@pytest.mark.fault
def test_each_is_whole_and_of_one_moment(company, agreed, tmp_path, times, record_property):
    copies = times(5, 50)
    path = company.store.path
    acknowledged = []
    with Writers(path, company.as_("ana").person_id, agreed) as writers, Store.open(path) as store:
        for number in range(copies):
            for _ in range(20):
                writers.next()
            acknowledged.append({*writers.saved})
            backup(store, tmp_path / f"copy{number}.db")
    final = told(path)
    for number in range(copies):
        found = told(tmp_path / f"copy{number}.db")
        assert found == final[: len(found)], "it is of no one moment"
        said = {str(event.after["context"]) for event in found if event.verb == "kr.checkin"}
        assert acknowledged[number] <= said, "what was saved before it is not in it"
    company.store.close()
    last = tmp_path / f"copy{copies - 1}.db"
    copied = content(last)
    assert len(told(last)) < len(final), "nobody saved after it"
    answer = process("--db", str(path), "restore", str(last))
    assert answer.status == 0, answer
    restored = content(path)
    new = len(restored["event"]) - len(copied["event"])
    assert {**restored, "event": restored["event"][: len(copied["event"])]} == copied
    record_property(
        "backups under load",
        {
            "copies": copies,
            "writers": len(agreed),
            "saves": len(writers.saved),
            "whole": copies,
            "events that tell of the restoring": new,
        },
    )
