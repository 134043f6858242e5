"""Text from people, made safe to keep and to draw in a colleague's terminal."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

MOST_MARKS = 30
"""Combining marks kept on one character: the limit of Unicode's stream-safe format (UAX #15, section 13).

No language needs more, and normalizing a longer run takes time that grows with its square.
"""

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)
)
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 (its line breaks and the tab are dealt with before), DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidirectional controls, and the deprecated ones after them
    "\ufeff"  # byte order mark
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e007f"  # tags
    f"{_NONCHARACTERS}]"
)


def clean(value: str, *, lines: bool = True) -> str:
    r"""Return ``value`` as it may be kept: everything a person reads, nothing a terminal obeys.

    In normal form C. Every line break becomes ``\n``, a tab a space. Control, bidirectional and tag characters, lone
    surrogates and noncharacters go (of an escape sequence the ESC goes and the rest stays, to be seen), and so do
    combining marks past 30 on one character. Emoji, joiners and every script stay. White space goes from the end of
    each line and from both ends. Without ``lines``, line breaks and the white space around them become one space.

    Cleaning twice changes nothing more. Raises nothing; the result may be empty.
    """
    if value.isascii() and value.isprintable():
        return value.strip()
    text = without_controls(value)
    if not text.isascii():
        text = _fewer_marks(normalize("NFC", _fewer_marks(text)))
    if lines:
        return "\n".join(map(str.rstrip, text.split("\n"))).strip()
    return " ".join(filter(None, map(str.strip, text.split("\n"))))


def without_controls(value: str) -> str:
    r"""Return ``value`` as it may stand in a field: what a terminal obeys gone, line breaks ``\n``, the rest untouched."""
    if value.isascii() and value.isprintable():
        return value
    return _UNWANTED.sub("", _BREAKS.sub("\n", value).replace("\t", " "))


def one_line(value: str) -> str:
    """Return ``value`` cleaned and on one line, as titles, names and units are kept."""
    return clean(value, lines=False)


def _fewer_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if combining(character) else 0
        if run <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)
