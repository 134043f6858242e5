"""A company whose people come to `okrtui serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from served import Served, clean_environ
from sshd import must_have_sshd
from standby import Standby

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Company


@pytest.fixture(scope="session")
def standby() -> Iterator[Standby]:
    """What becomes the server of each test."""
    with Standby(clean_environ()) as standby:
        yield standby


@pytest.fixture
def host(company: Company, tmp_path: Path, standby: Standby) -> Iterator[Served]:
    """A server for the file of Acme; ``ana`` and ``lea`` have a key."""
    must_have_sshd()
    with Served(tmp_path / "served", company.store.path, standby=standby) as host:
        for handle in ("ana", "lea"):
            host.let_in(handle)
        yield host
