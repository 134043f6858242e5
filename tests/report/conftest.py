"""Reports of the small demo, built once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from okrtui.demo import build
from okrtui.report import contents
from okrtui.service.session import Session
from okrtui.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okrtui.report.parts import Report

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The demo's file, looked at by its operator."""
    path = tmp_path_factory.mktemp("demo") / "okr.db"
    build(path, NOW)
    with Store.open(path) as store:
        yield Session(store, None, clock=lambda: NOW)


@pytest.fixture(scope="session", params=["2025-Q4", "2026-Q3", "2026-Q4"])
def report(request: pytest.FixtureRequest, demo: Session) -> Report:
    """Reports of its first, its last closed and its running cycle."""
    return contents.build(demo, request.param)
