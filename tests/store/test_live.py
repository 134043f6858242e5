"""The second file: made when it is first used, private, remade when it is of no use, and never in anybody's way."""

from __future__ import annotations

import threading

import pytest

from okrtui.store import backup, drafts, presence, sqlite, visits
from okrtui.store.file import Store
from okrtui.store.live import VERSION, Live, live_file

NOW = "2026-10-01T09:00:00Z"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "okr.db"
    Store.create(path, rehearsal=False, now=NOW).close()
    return path


@pytest.fixture
def live(path):
    live = Live(path)
    yield live
    live.close()


def kept(live, form="Edit KR1", fields="{}"):
    return live.write(lambda connection: drafts.keep(connection, 1, form, fields, "[]", NOW))


def held(live):
    return [form for form, *_ in live.read(lambda connection: drafts.of_person(connection, 1)) or ()]


def test_it_is_made_when_it_is_first_used_and_is_private(path):
    with Store.open(path) as store:
        assert not live_file(path).exists()
        assert kept(store.live)
        assert {one.stat().st_mode & 0o777 for one in path.parent.glob("okr.db.live*")} == {0o600}
        (mode,) = store.live.read(lambda connection: connection.execute("PRAGMA journal_mode").fetchone())
        (synchronous,) = store.live.read(lambda connection: connection.execute("PRAGMA synchronous").fetchone())
        assert (mode, synchronous) == ("wal", 1)
    with Store.open(path) as store:
        assert held(store.live) == ["Edit KR1"]


def test_writing_it_wakes_nobody_who_watches_the_first(path, live):
    with Store.open(path) as store:
        before, live_before = store.data_version(), store.live.data_version()
        assert kept(live)
        assert store.data_version() == before
        assert store.live.data_version() != live_before


def test_it_is_in_no_backup(path, tmp_path):
    with Store.open(path) as store:
        kept(store.live)
        backup.backup(store, tmp_path / "copy.db")
    assert sorted(one.name for one in tmp_path.glob("copy*")) == ["copy.db"]


def test_a_file_made_anew_offers_nothing_of_the_one_before(path):
    with Store.open(path) as store:
        kept(store.live)
    path.unlink()
    with Store.create(path, rehearsal=False, now=NOW) as store:
        assert held(store.live) == []


@pytest.mark.parametrize(
    "content", [b"not a database, and longer than a header" * 40, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_damaged_one_is_moved_aside(path, live, content):
    live_file(path).write_bytes(content)
    assert kept(live)
    assert held(live) == ["Edit KR1"]
    assert path.with_name("okr.db.live.old").read_bytes() == content
    assert live.trouble() == ""


def changed(path, statement):
    """A second file with a draft in it, changed by another program."""
    first = Live(path)
    kept(first, "Of another version")
    first.close()
    other = sqlite.connect(live_file(path))
    other.execute(statement)
    other.close()
    return Live(path)


@pytest.mark.parametrize("statement", ["PRAGMA application_id = 7", "DROP TABLE draft"])
def test_another_program_s_is_moved_aside(path, statement):
    live = changed(path, statement)
    assert kept(live)
    assert held(live) == ["Edit KR1"]
    live.close()


def test_of_an_older_version_s_the_drafts_are_taken_over(path):
    live = changed(path, "PRAGMA user_version = 1")
    assert held(live) == ["Of another version"]
    assert not live.outdated
    live.close()


def test_a_newer_version_s_is_left_alone_and_makes_this_program_out_of_date(path):
    live = changed(path, f"PRAGMA user_version = {VERSION + 1}")
    assert not kept(live)
    assert "newer okrtui" in live.outdated
    assert not path.with_name("okr.db.live.old").exists()
    live.close()


def test_one_that_was_removed_while_open_is_made_anew(path, live):
    kept(live, "Before")
    for one in path.parent.glob("okr.db.live*"):
        one.unlink()
    assert kept(live)
    assert held(live) == ["Edit KR1"]


def test_a_locked_one_is_not_waited_for(path, live):
    kept(live)
    other = sqlite.connect(live_file(path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert not kept(live, "Meanwhile")
    assert live.trouble() == ""
    other.execute("ROLLBACK")
    other.close()
    assert kept(live, "Afterwards")


def test_a_full_one_is_reported_once(live):
    kept(live)
    live._connection.execute("PRAGMA max_page_count = 1")
    long = "x" * 100_000
    assert not kept(live, fields=long)
    assert "no room left" in live.trouble()
    kept(live)
    live._connection.execute("PRAGMA max_page_count = 1")
    assert not kept(live, fields=long)
    assert live.trouble() == ""


def test_one_that_cannot_be_opened_ends_nothing(path, live):
    live_file(path).mkdir()
    assert not kept(live)
    assert live.data_version() == -1
    assert "okr.db.live" in live.trouble()
    with Store.open(path) as store, store.writing() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_many_that_open_it_first_at_once_lose_nothing(path):
    start = threading.Barrier(8)

    def one(number):
        live = Live(path)
        start.wait()
        while not kept(live, f"Form {number}"):
            pass
        live.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    live = Live(path)
    assert held(live) == [f"Form {number}" for number in range(8)]
    live.close()
    assert not path.with_name("okr.db.live.old").exists()


def test_presence_is_by_session_and_forgets_the_silent(live):
    def row(session, at):
        return presence.Row(
            session, 1, "ana", "room", "", "2026-Q4", "sales", "KR1", "", 0.5, None, at, at, at, 1, "as"
        )

    for one in (row("a", 100.0), row("b", 120.0), row("a", 125.0)):
        live.write(lambda connection, one=one: presence.put(connection, one))
    assert live.read(lambda connection: presence.since(connection, 110.0)) == [row("a", 125.0), row("b", 120.0)]
    live.write(lambda connection: presence.take_away(connection, "a", before=121.0))
    assert live.read(lambda connection: presence.since(connection, 0.0)) == []


def test_a_visit_never_goes_back(live):
    for event in (7, 5):
        live.write(lambda connection, event=event: visits.put(connection, 1, "sales", event, NOW))
    assert live.read(lambda connection: visits.last(connection, 1, "sales")) == 7
    assert live.read(lambda connection: visits.last(connection, 2, "sales")) is None
