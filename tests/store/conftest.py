from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okrtui.store import events
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from okrtui.store.sqlite import Connection

    Record = Callable[..., int]

NOW = "2026-10-01T09:00:00Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file is, made by okrtui and closed."""
    path = tmp_path / "okr.db"
    Store.create(path, rehearsal=False, now=NOW).close()
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


@pytest.fixture
def record() -> Record:
    """Appends an event that says little."""

    def append(connection: Connection, verb: str = "kr.edit", **fields: object) -> int:
        said: dict[str, object] = {
            "at": NOW,
            "person_id": None,
            "side": "team",
            "deputy_for": None,
            "alone": False,
            "way": "cli",
            "ref": "KR1",
            "cycle_id": 1,
            "team_id": 1,
            "private": False,
            "before": None,
            "after": None,
        }
        return events.append(connection, verb=verb, **{**said, **fields})

    return append
