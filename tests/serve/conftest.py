"""A company whose people come to `okrtui serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from served import Served
from sshd import must_have_sshd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Company


@pytest.fixture
def host(company: Company, tmp_path: Path) -> Iterator[Served]:
    """A server for the file of Acme; ``ana`` and ``lea`` have a key."""
    must_have_sshd()
    with Served(tmp_path / "served", company.store.path) as host:
        for handle in ("ana", "lea"):
            host.let_in(handle)
        yield host
