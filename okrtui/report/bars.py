"""Bars of blocks, an eighth of a column exact, for a terminal and for a text."""

from __future__ import annotations

_EIGHTHS = " ▏▎▍▌▋▊▉█"


def blocks(share: float, width: int) -> str:
    """A share of 0 to 1 as a bar, filled up with spaces to ``width`` columns."""
    full, rest = divmod(round(share * width * 8), 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(width)
