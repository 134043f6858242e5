"""The file is deleted, replaced, renamed or copied over while somebody works in it: said in a sentence, and nothing is saved into nowhere."""

from __future__ import annotations

import shutil
from contextlib import suppress

import pytest
from terminal import Terminal, command

from okrtui.core.errors import StoreError
from okrtui.service import drafts
from okrtui.store import doctor, events
from okrtui.store.file import Store

WORDS = "nobody types this twice"


@pytest.fixture
def running(company):
    ref = company.agreed()
    company.running().at("2026-11-26").checked_in(ref, context="before")
    return company, ref


def delete(path):
    path.unlink()


def replace(path):
    Store.create(path.with_name("other.db"), rehearsal=False, now="2026-10-01T09:00:00Z").close()
    path.with_name("other.db").replace(path)


def rename(path):
    path.rename(path.with_name("renamed.db"))


def copy_over(path):
    """What a backup put back with ``cp`` does is the same file with other content."""
    Store.create(path.with_name("other.db"), rehearsal=False, now="2026-10-01T09:00:00Z").close()
    shutil.copyfile(path.with_name("other.db"), path)


WAYS = {delete: "deleted or moved", replace: "was replaced", rename: "deleted or moved"}


@pytest.mark.fault
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_save_is_refused(running, path, way):
    company, ref = running
    way(path)
    with pytest.raises(StoreError, match=WAYS[way]):
        company.checked_in(ref)


@pytest.mark.fault
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_session_ends_with_a_sentence_and_its_words_are_kept(running, path, way, record_property):
    with Terminal(*command(path, "ana"), env={"OKRTUI_NOW": "2026-11-26T10:00"}) as terminal:
        terminal.until("Median first answer")
        terminal.press("c")
        terminal.until("Comment")
        terminal.press(WORDS)
        terminal.until(WORDS)
        kept = path.with_name("kept")
        shutil.copy(path, kept)
        terminal.until(lambda _: WORDS in words_kept(running[0]))
        way(path)
        terminal.press("ctrl+s")
        assert terminal.ends() == 3
    said = "".join(terminal.raw.decode().split())  # a sentence is longer than a line, and is broken anywhere
    assert "".join(WAYS[way].split()) in said
    assert b"Traceback" not in terminal.raw
    assert WORDS in words_kept(running[0])
    record_property(f"file {way.__name__}d", "one sentence, exit 3")


def words_kept(company):
    return str([draft.typed for draft in drafts.waiting(company.as_("ana"))])


@pytest.mark.fault
def test_a_copy_put_over_the_file_is_found(running, path):
    """The same file with other content under an open log: whether or not a sentence ends it at once, the doctor tells."""
    company, ref = running
    company.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    copy_over(path)
    with suppress(StoreError):
        for value in range(20):
            company.checked_in(ref, value=value)
    company.store.close()
    found = [one.sentence for one in doctor.examine_file(path) if one.level == "error"]
    assert found


@pytest.mark.fault
def test_a_copy_taken_with_cp_is_not_what_a_backup_is(running, path, tmp_path):
    """What stands in the log is not in it: a person who opens it sees older words, all of them whole."""
    company, _ = running
    shutil.copy(path, tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db") as store:
        assert list(events.verify(store.connection)) == []
        assert events.latest_id(store.connection) <= events.latest_id(company.store.connection)
