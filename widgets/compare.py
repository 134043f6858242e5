"""Two texts compared by their words: what went, and what came, readable without colour too."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from textual.content import Content

from widgets.text import joined, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_WENT = "strike $text-error"
_CAME = "underline $text-success"
_LINE_END = "\n"

_SIGN = r"!-/:-@\[-`{-~¡¿«»‐-‧、。「」"  # signs of punctuation, as people write them
# A line's end, a word with what stands inside it (4.5, team's), or one sign; each with the space before it.
_TOKENS = re.compile(rf"([^\S\n]*)(\n|[^\s{_SIGN}]+(?:[.,'’\-][^\s{_SIGN}]+)*|[{_SIGN}])")  # as above

Token = tuple[str, str]
"""The space before a word, and the word."""


def compared(before: str, after: str) -> Content:
    """The text after, with the words that went struck as ``[−went]`` and those that came underlined as ``[+came]``.

    A change of nothing but spaces is none. A line's end that went or came shows as ``⏎``.
    """
    old, new = _tokens(before), _tokens(after)
    # Frequent words anchor nothing (difflib's "popular"), which also keeps ten thousand characters quick.
    matcher = SequenceMatcher(None, [word for _, word in old], [word for _, word in new])
    parts: list[Content] = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            parts.append(Content(_text(new[new_start:new_end])))
        else:
            parts += [_went(old[start:end]), _came(new[new_start:new_end])]
    return joined(*parts)


def _tokens(text: str) -> list[Token]:
    return _TOKENS.findall(plain(text, lines=True).strip())


def _text(tokens: Sequence[Token]) -> str:
    return "".join(space + word for space, word in tokens)


def _went(tokens: Sequence[Token]) -> Content:
    space, said = _apart(tokens)
    return joined(space, (f"[−{said.replace(_LINE_END, '⏎')}]", _WENT)) if said else Content("")  # as wide as +


def _came(tokens: Sequence[Token]) -> Content:
    """Broken where its lines break, so that the text after keeps its shape."""
    space, said = _apart(tokens)
    lines = [line.replace(_LINE_END, "⏎") for line in said.splitlines(keepends=True)]
    marked = Content(_LINE_END).join(Content.styled(f"[+{line}]", _CAME) for line in lines)
    return joined(space, marked, _LINE_END if said.endswith(_LINE_END) else "")


def _apart(tokens: Sequence[Token]) -> tuple[str, str]:
    """The space before the first word, and the rest."""
    return (tokens[0][0], _text(tokens)[len(tokens[0][0]) :]) if tokens else ("", "")
