"""Putting a backup back: looked at first, put there in one step, and what was there kept beside it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid, StoreError
from okrtui.service import sessions
from okrtui.store import events, people, queue
from okrtui.store.doctor import examine_file
from okrtui.store.file import QUEUE_SECONDS, Store
from okrtui.store.live import ENDING as LIVE
from okrtui.store.live import Live, live_file
from okrtui.store.making import free_name, settle
from okrtui.store.swap import copy_of, making_room, swap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from okrtui.service.session import Session

ENDING = "before-restore"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: how many events it holds, when the last one was; and where the file before is, None for none."""

    events: int
    last: str
    kept: Path | None


def restore(path: Path, backup: Path, session_of: Callable[[Store], Session]) -> Restored:
    """Put a backup in the place of a file, which is kept as ``FILE.before-restore``; its drafts as the same with ``.live``.

    Nobody may be at work in the file. Drafts, visits and choices stay with those who are the same people in both. For the
    owner of the file, whose session at the opened backup ``session_of`` gives: the restoring is its last event.

    Raises:
        Invalid: the backup is the file itself.
        StoreError: somebody is at work, or the backup is not whole, newer than this program or none of ours. Nothing is
            changed.
    """
    path, backup = path.resolve(), backup.resolve()
    if backup.exists() and path.exists() and backup.samefile(path):
        raise Invalid(f"{backup} is the file itself: name the backup that is to take its place.")
    _must_be_left(path)
    with queue.held(path, QUEUE_SECONDS), making_room(path) as beside:
        copy_of(backup, beside)
        _must_be_whole(beside, backup)
        kept = free_name(path.with_name(f"{path.name}.{ENDING}"), LIVE)
        is_kept = path.exists() and path.stat().st_size > 0
        count, last = _sign(beside, backup, kept if is_kept else None, session_of)
        settle(beside)
        _must_be_left(path)
        _sort_drafts(path, beside, kept)
        swap(path, beside, kept)
    return Restored(count, last, kept if is_kept else None)


def _must_be_left(path: Path) -> None:
    """Refuse while somebody has a screen open, and say who."""
    live = Live(path)
    try:
        here = sessions.who(live) if live.path.exists() else []
    except StoreError:  # damaged, or a newer program's: whoever has the file open is found by its lock
        here = []
    finally:
        live.close()
    if here:
        named = ", ".join(f"{one.handle} ({one.page}, process {one.pid})" for one in here)
        raise StoreError(
            f"{path} is in use by {named}: end their sessions with `okrtui maintenance on -m WHY`, which keeps what they "
            "typed, and restore then."
        )


def _must_be_whole(beside: Path, backup: Path) -> None:
    wrong = [one.sentence for one in examine_file(beside) if one.level == "error"]
    if wrong:
        raise StoreError(f"{backup} is not whole, and nothing was restored: {wrong[0]}")


def _sign(beside: Path, backup: Path, kept: Path | None, session_of: Callable[[Store], Session]) -> tuple[int, str]:
    """Record the restoring in the copy; how many events the backup has, and when the last was."""
    with Store.open(beside) as store:
        with store.reading() as connection:
            newest = events.latest(connection, 1)
        count, last = (newest[0].id, newest[0].at) if newest else (0, "")
        with session_of(store).writing() as deed:
            told = {"from": backup.name, "last": last, "kept": kept.name if kept else ""}
            deed.record("file.restore", "file", after=told)
    return count, last


def _sort_drafts(path: Path, beside: Path, kept: Path) -> None:
    """Leave what is typed and not saved to those who are the same people in both files; all of it is kept with the old one."""
    if not live_file(path).exists():
        return
    before, after = _people(path), _people(beside)
    same = [number for number, handle in before.items() if after.get(number) == handle]
    with Store.open(beside) as store, store.reading() as connection:
        newest = events.latest_id(connection)
    live = Live(path)
    try:
        if not live.keep_for(live_file(kept), same, newest):
            live.move_to(live_file(kept))
    finally:
        live.close()


def _people(path: Path) -> dict[int, str]:
    """Everybody's handle by their id; nobody where the file cannot be read."""
    with suppress(StoreError), Store.open(path) as store, store.reading() as connection:
        return {one.id: one.handle for one in people.everybody(connection)}
    return {}
