"""A company whose people come over SSH."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sshd import Host, must_have_sshd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Company


@pytest.fixture
def host(company: Company, tmp_path: Path) -> Iterator[Host]:
    """An sshd that allows whatever it can, for the file of Acme; ``ana`` and ``lea`` have a key."""
    must_have_sshd()
    with Host(tmp_path / "sshd", company.store.path) as host:
        for handle in ("ana", "lea"):
            host.let_in(handle)
        yield host
