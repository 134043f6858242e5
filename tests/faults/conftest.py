"""A file that many write to at once."""

from __future__ import annotations

import pytest

AT_ONCE = 8


@pytest.fixture
def agreed(company):
    """Eight agreed key results of a running cycle."""
    objective = company.accepted()
    refs = [company.agreed(objective) for _ in range(AT_ONCE)]
    company.running()
    company.at("2026-10-08")
    return refs
