"""The power goes at any call to the disk while people save: what was acknowledged is there when it comes back.

What was written and not yet waited for is lost, kept, or kept in part, each write by itself and each sector of 512 bytes by
itself, as a disk with a cache may do it.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from conftest import Company
from disk import Disk, under

from okrtui.core.errors import StoreError
from okrtui.service import checkins, threads
from okrtui.store import doctor, events
from okrtui.store.file import Store

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

EACH = 25
"""Saves of one life of the file, unless it is cut before."""


@pytest.fixture
def lives(company, tmp_path):
    objective = company.accepted()
    refs = [company.agreed(objective) for _ in range(2)]
    company.running().at("2026-11-26")
    whole = tmp_path / "whole.db"
    company.store.connection.execute("VACUUM INTO ?", (str(whole),))
    return Lives(company, whole, refs, tmp_path)


@dataclass
class Life:
    """Somebody saves into a copy of the file, on a disk that may fail."""

    path: Path
    refs: list[str]
    now: datetime
    settings: tuple[str, int]
    disk: Disk = field(default_factory=Disk)
    saved: list[str] = field(default_factory=list)
    """What was acknowledged."""

    def begin(self) -> None:
        synchronous, checkpoint_after = self.settings
        with under(self.disk), Store.open(self.path) as store:
            if synchronous != "FULL":
                store.connection.execute(f"PRAGMA synchronous = {synchronous}")
            store.connection.checkpoint_after = checkpoint_after
            ana = Company(store, self.now).as_("ana")
            for number in range(EACH):
                words, ref = f"saved {number}", self.refs[number % 2]
                if number % 5 == 4:
                    threads.comment(ana, ref, words)
                else:
                    checkins.check_in(ana, ref, {"value": number, "confidence": 5, "context": words})
                self.saved.append(words)

    def lost(self, path) -> set[str]:
        """What was acknowledged and is not there once the power is back; all else that must hold of the file does."""
        path.chmod(0o600)
        with Store.open(path) as store:
            assert list(events.verify(store.connection)) == []
            assert [one.sentence for one in doctor.examine(store) if one.level == "error"] == []
            told = told_in(store)
            Company(store, self.now).checked_in(self.refs[0], value=1, context="after the cut")
        assert told <= {*self.saved, f"saved {len(self.saved)}"}, "something is there that nobody saved"
        return {*self.saved} - told


def told_in(store) -> set[str]:
    """What was said since the file was copied."""
    found = events.after_id(store.connection, 0, 1_000_000)
    said = [str(event.after.get("context") or event.after.get("body")) for event in found]
    return {words for words in said if words.startswith("saved")}


class Lives:
    """The same file, cut somewhere else each time."""

    def __init__(self, company, whole, refs, folder):
        self._company, self._whole, self._refs, self._folder = company, whole, refs, folder
        self._calls: dict[tuple[str, int], int] = {}

    def _life(self, settings):
        folder = self._folder / "life"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        path = shutil.copy(self._whole, folder / "okr.db")
        path.chmod(0o600)
        return Life(path, self._refs, self._company.now, settings)

    def calls(self, settings):
        """To the disk, in a life that is not cut."""
        if settings not in self._calls:
            one = self._life(settings)
            one.begin()
            self._calls[settings] = len(one.disk.calls)
        return self._calls[settings]

    def cut(self, number, *, synchronous="FULL", checkpoint_after=1000):
        """Cut one somewhere; what is lost, and the life it was."""
        settings = synchronous, checkpoint_after
        chance = random.Random(number)
        at = chance.randrange(1, self.calls(settings))
        one = self._life(settings)
        one.disk.fail("power cut", at)
        with suppress(StoreError):  # while it is closed, nobody waits for anything
            one.begin()
        assert one.disk.has_failed
        image = self._folder / "image"
        shutil.rmtree(image, ignore_errors=True)
        image.mkdir()
        one.disk.cut(image, chance)
        return one.lost(image / "okr.db"), one


@pytest.mark.fault
def test_nothing_that_was_saved_is_lost(lives, times, record_property):
    cuts = times(30, 900)
    at: Counter[str] = Counter()
    saved = 0
    for number in range(cuts):
        # Pages are brought from the log into the file often, so that some of the cuts fall into that.
        lost, life = lives.cut(number, checkpoint_after=(1000, 100, 10)[number % 3])
        assert not lost
        saved += len(life.saved)
        at[life.disk.calls[-1]] += 1
    record_property("power cuts", {"cuts": cuts, "at": dict(at), "saves acknowledged": saved, "lost": 0})


def test_where_no_disk_is_waited_for_the_same_cuts_lose_some(lives):
    assert any(lives.cut(number, synchronous="NORMAL")[0] for number in range(15))
