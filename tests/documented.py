"""What stands in the boxes of docs/ssh.md, for the tests that run it."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "ssh.md"


def box(language: str) -> str:
    """The text of the first box of a language."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found is not None, language
    return found[1]
