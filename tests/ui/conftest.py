"""What tests of the interface share; see ``seat`` for what they drive it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import seat

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager


@pytest.fixture
def open_app() -> Callable[..., AbstractAsyncContextManager[seat.Seat]]:
    """Opens the interface over a company's file for a person: ``async with open_app(company, "ana") as ana``."""
    return seat.open_app
