"""No room, or an error of the disk, at every single call that a step makes: one sentence, and nothing lost."""

from __future__ import annotations

import shutil

import pytest
from conftest import Company
from disk import Disk, under

from okrtui.core.errors import StoreError
from okrtui.service import setup, show
from okrtui.store import doctor, events
from okrtui.store.backup import backup
from okrtui.store.file import Store

NOW = "2026-10-06T10:00:00Z"


def save(folder, company, ref):
    with Store.open(folder / "okr.db") as store:
        company.store = store
        yield
        company.checked_in(ref, value=21, context="saved under trouble")


def save_and_checkpoint(folder, company, ref):
    """Each commit brings what is in the log into the file."""
    with Store.open(folder / "okr.db") as store:
        store.connection.checkpoint_after = 1
        company.store = store
        yield
        company.checked_in(ref, value=21, context="saved under trouble")


def copy(folder, company, ref):
    with Store.open(folder / "okr.db") as store:
        yield
        backup(store, folder / "copy.db")


def read(folder, company, ref):
    yield
    with Store.open(folder / "okr.db") as store:
        company.store = store
        assert show.key_result(company.as_("ana"), ref).checkins[-1].context == "before"


def create(folder, company, ref):
    def fill(store):
        operator = Company(store, company.now).operator
        setup.found_company(operator, company="Acme", handle="olga", login="olga", name="Olga", lead=None)

    yield
    Store.create(folder / "new.db", rehearsal=True, now=NOW, fill=fill).close()


STEPS = [create, save, save_and_checkpoint, copy, read]


@pytest.fixture
def whole(company, tmp_path):
    """A file to copy for each try, with a check-in in it."""
    ref = company.agreed()
    company.running().at("2026-11-26").checked_in(ref, context="before")
    path = tmp_path / "whole.db"
    company.store.connection.execute("VACUUM INTO ?", (str(path),))
    with Store.open(path):
        pass
    return company, path, ref


class Try:
    """One step, in a folder of its own, on a disk that fails at one of its calls."""

    def __init__(self, step, whole, folder):
        self.company, path, self.ref = whole
        self.step, self.folder, self.disk = step, folder, Disk()
        folder.mkdir()
        shutil.copy(path, folder / "okr.db")
        (folder / "okr.db").chmod(0o600)
        self.sentence = ""

    def go(self, fault, at):
        """Take the step; whether the fault came to pass."""
        with under(self.disk):
            ran = self.step(self.folder, self.company, self.ref)
            next(ran)
            self.disk.fail(fault, at)
            try:
                next(ran, None)
            except StoreError as error:
                self.sentence = str(error)
            finally:
                self.disk.mend()
                ran.close()
        return self.disk.has_failed

    def look(self):
        """What must hold afterwards, whatever failed."""
        assert "\n" not in self.sentence
        assert self.sentence.endswith(".") or not self.sentence
        files = {path.name for path in self.folder.iterdir()}
        assert not {name for name in files if ".new" in name}, "half a file was left behind"
        if self.sentence and "was made and is whole" not in self.sentence:
            assert not files & {"new.db", "copy.db"}, "what was refused is there"
        for name in files & {"okr.db", "new.db", "copy.db"}:
            with Store.open(self.folder / name) as store:
                assert list(events.verify(store.connection)) == []
                assert [one.sentence for one in doctor.examine(store) if one.level == "error"] == []
                if name == "new.db":
                    continue
                told = {event.after.get("context") for event in events.after_id(store.connection, 0, 1_000_000)}
                assert "before" in told
                if name == "okr.db" and self.step in (save, save_and_checkpoint):
                    assert self.sentence or "saved under trouble" in told, "what was acknowledged is lost"
                    Company(store, self.company.now).checked_in(self.ref, value=3)


@pytest.mark.fault
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
@pytest.mark.parametrize("fault", ["full", "error", "error from then on"])
def test_it_is_one_sentence_and_nothing_is_lost(whole, tmp_path, times, record_property, step, fault):
    apart = times(47, 1)
    refused: dict[str, int] = {}
    tries = at = 0
    while True:
        at += apart
        one = Try(step, whole, tmp_path / f"try{at}")
        failed = one.go(fault, at)
        one.look()
        shutil.rmtree(one.folder)
        if not failed:
            break
        tries += 1
        said = one.sentence.replace(str(one.folder), "").partition(":")[0] or "nothing: it was done all the same"
        refused[said] = refused.get(said, 0) + 1
    assert tries
    record_property(f"{fault}, {step.__name__}", {"calls": tries, "said": refused})
