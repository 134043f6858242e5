"""Text from people, drawn as text: nothing in it styles, moves or runs anything."""

from __future__ import annotations

import re

from textual.content import Content

# Controls, bidirectional marks and tags: a terminal would obey them. Newlines are the caller's to allow.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def plain(value: object, *, lines: bool = False) -> str:
    """What a person typed as it may be drawn: whatever a terminal would obey shows as ``·``.

    Without ``lines`` newlines become spaces.
    """
    text = UNSEEN.sub("·", str(value))
    return text if lines else text.replace("\n", " ")


def words(value: object, style: str = "", *, lines: bool = False) -> Content:
    """A person's words as content, in one style; brackets in them are brackets."""
    text = plain(value, lines=lines)
    return Content.styled(text, style) if style else Content(text)


def short(handle: str) -> str:
    """A handle as it may be drawn where room is scarce: in twenty cells at most."""
    return Content(plain(handle)).truncate(20, ellipsis=True).plain


def joined(*parts: str | Content | tuple[str, str]) -> Content:
    """Pieces put together as they are: strings are drawn as text, pairs are a text and its style."""
    return Content.assemble(*parts)


def stacked(*rows: Content) -> Content:
    """Rows one below the other."""
    return Content("\n").join(rows)
