"""Two texts side by side; one below the other where there is little room."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from widgets.text import joined, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 56  # cells in which two texts can still be read side by side
_BETWEEN = " │ "


def beside(left: tuple[str, str], right: tuple[str, str], width: int) -> list[Content]:
    """Two titled texts in ``width`` cells, each a title and its words."""
    if width < _LEAST:
        return [row for title, text in (left, right) for row in (_title(title), words(text, lines=True))]
    each = (width - len(_BETWEEN)) // 2
    columns = [[_title(title), *_wrapped(text, each)] for title, text in (left, right)]
    return [
        joined((one or Content("")).pad_right(each - (one.cell_length if one else 0)), _BETWEEN, other or Content(""))
        for one, other in zip_longest(*columns)
    ]


def _title(text: str) -> Content:
    return words(text, "bold")


def _wrapped(text: str, width: int) -> Sequence[Content]:
    return words(text, lines=True).wrap(width)
