"""A byte of the file changes by itself: how often the doctor finds it, and what it cannot find."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime

import pytest

from okrtui.demo.making import build
from okrtui.store import doctor, tables
from okrtui.store.file import Store


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build(path, datetime(2026, 11, 26, 10, tzinfo=UTC))
    return path


def content(path):
    """Everything that anybody can ever be shown of it."""
    with Store.open(path) as store, store.reading() as connection:
        return {table: [*map(repr, tables.every_row(connection, table))] for table in tables.TABLES}


def outcome(path, whole):
    """What became of a flipped byte: found, of no consequence, or in a table that says something else now."""
    found = [one.sentence for one in doctor.examine_file(path) if one.level == "error"]
    if found:
        return "found"
    changed = content(path)
    tables_changed = [table for table, rows in changed.items() if rows != whole[table]]
    return f"not found, changed: {tables_changed[0]}" if tables_changed else "nothing changed: unused space"


@pytest.mark.fault
def test_what_the_doctor_finds(demo, tmp_path, times, record_property):
    flips = times(15, 600)
    chance = random.Random(60)
    raw = demo.read_bytes()
    whole = content(demo)
    seen: Counter[str] = Counter()
    for number in range(flips):
        at = chance.randrange(len(raw))
        damaged = bytearray(raw)
        damaged[at] ^= chance.randrange(1, 256)
        path = tmp_path / f"flip{number}.db"
        path.write_bytes(damaged)
        path.chmod(0o600)
        seen[outcome(path, whole)] += 1
        for one in tmp_path.glob(f"{path.name}*"):
            one.unlink()
    record_property("bytes flipped", {"flips": flips, **dict(seen.most_common())})
    consequences = flips - seen["nothing changed: unused space"]
    assert seen["found"] >= 0.8 * consequences
