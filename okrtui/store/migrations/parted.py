"""What the full-text indexes are given of a text, in SQL: the schema writes ``parted(title)`` for it.

The tokenizer takes a run of letters for a word. Of a script that is written without spaces that is a whole sentence: its
letters are parted, so that each is a word, and two of them, searched for as they stand, are found wherever they stand together.
Letters that are others without an accent are spelt as they are typed. A text of ASCII is left as it is, at no cost to speak of.

A function of ours would do the same in a line, but a schema that needs one could be read by no other program, and
``trusted_schema`` is off.
"""

from __future__ import annotations

import re

from okrtui.core.searching import SPELT, UNSPACED

_CALL = re.compile(r"\bparted\((\w+)\)")


def expanded(script: str) -> str:
    """A script with every ``parted(column)`` written out."""
    return _CALL.sub(lambda found: _parted(found[1]), script)


def _parted(column: str) -> str:
    letter = f"substr({column}, at, 1)"
    # What recurses comes in the order of the places, and so it is put together.
    apart = (
        f"(WITH RECURSIVE place (at, size) AS (SELECT 1, length({column}) "
        "UNION ALL SELECT at + 1, size FROM place WHERE at < size) "
        f"SELECT group_concat(iif({letter} GLOB '[{UNSPACED}]', ' ' || {letter} || ' ', {letter}), '') FROM place)"
    )
    spelt = f"iif({column} GLOB '*[{UNSPACED}]*', {apart}, {column})"
    for one, typed in SPELT.items():
        spelt = f"replace({spelt}, '{one}', '{typed}')"
    return f"iif(length(CAST({column} AS BLOB)) = length({column}), {column}, {spelt})"
