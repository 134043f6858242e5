"""What a filter compares, and where in a text it found what it looks for; without anything that draws."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def bare(text: str) -> str:
    """A text as a filter compares it: without case and accents."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(one for one in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(one))


def found_in(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each place where one of these words, which are bare, stands in a text."""
    said, origins = _with_origins(text)
    for word in wanted:
        for match in re.finditer(re.escape(word), said):
            yield origins[match.start()], _end(text, origins[match.end() - 1])


def _with_origins(text: str) -> tuple[str, Sequence[int]]:
    """A text made bare, and for each of its characters the place of the one that it came from."""
    if text.isascii():
        return bare(text), range(len(text))
    pieces = [bare(one) for one in text]
    return "".join(pieces), [at for at, piece in enumerate(pieces) for _ in piece]


def _end(text: str, last: int) -> int:
    """The place after a character and the accents that it wears."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
