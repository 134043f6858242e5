"""What the command prints: text for people, or JSON for programs; nothing in either that a terminal obeys."""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import contextmanager
from select import poll
from typing import TYPE_CHECKING

from okrtui.core.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Controls, bidirectional marks, tags and what UTF-8 cannot say: an import or an old file may still hold them.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_STYLES = {"bold": "\x1b[1m", "dim": "\x1b[2m", "red": "\x1b[31m", "green": "\x1b[32m", "yellow": "\x1b[33m"}
_END = "\x1b[0m"
# A style is noted in a text with a mark that nobody's words can hold, as it is another in each process.
_MARK = f"\x00{os.urandom(8).hex()}"
_MARKED = re.compile(f"{_MARK}([a-z]+)\x00")


class ReaderLeft(Exception):
    """Whoever read the output has gone (``okrtui log | head``): there is nothing left to say."""


def plain(text: object) -> str:
    """A text as it may be printed: whatever a terminal would obey, but a line break, shows as ``·``."""
    return _UNSEEN.sub("·", str(text))


def one_line(text: object) -> str:
    """The same on one line."""
    return plain(text).replace("\n", " ")


def as_json(value: object, *, indent: int | None = 2) -> str:
    """A value as JSON for a terminal, too."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def escaped(text: str) -> str:
    """JSON in which what a terminal would obey is written as its escape, which means the same."""
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def write(text: str) -> None:
    """Print a line or lines that hold nothing unwanted.

    Raises:
        ReaderLeft: the reader has gone.
        StoreError: it cannot be written, as on a full disk.
    """
    with _to_somebody():
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def write_pieces(pieces: Iterable[str]) -> None:
    """Print a long text piece by piece.

    Raises:
        ReaderLeft: the reader has gone.
        StoreError: it cannot be written.
    """
    for piece in pieces:
        with _to_somebody():
            sys.stdout.write(piece)
    with _to_somebody():
        sys.stdout.flush()


def wait(seconds: float) -> None:
    """Wait, for as long as somebody reads the output: who has nothing to write would never learn that they have gone.

    Raises:
        ReaderLeft: the reader has gone.
    """
    looked = poll()
    looked.register(sys.stdout.fileno(), 0)
    if looked.poll(seconds * 1000):
        raise ReaderLeft


@contextmanager
def _to_somebody() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderLeft from error
    except OSError as error:
        raise StoreError(f"The output cannot be written ({error.strerror}): send it elsewhere.") from error


def complain(sentence: str) -> None:
    """Print one line on the standard error."""
    sys.stderr.write(f"{' '.join(plain(sentence).split())}\n")
    sys.stderr.flush()


def say(text: str) -> None:
    """Print a text for people.

    Raises:
        ReaderLeft: the reader has gone.
        StoreError: it cannot be written.
    """
    pieces = _MARKED.split(text)
    # What stands between the marks is text, every second piece a style.
    write("".join(plain(piece) if place % 2 == 0 else _STYLES.get(piece, _END) for place, piece in enumerate(pieces)))


def paint(text: str, style: str) -> str:
    """A text in a style, for `say`; as it is where the output shows no colours."""
    return f"{_MARK}{style}\x00{text}{_MARK}end\x00" if _is_coloured() else text


def _is_coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def table(rows: Iterable[Sequence[object]], *, indent: str = "") -> list[str]:
    """Rows in columns as wide as their widest cell, but the last, which ends where it ends."""
    cells = [[one_line("" if cell is None else cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return [indent + _row(row, widths).rstrip() for row in cells]


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
    return "  ".join(padded)


def _width(text: str) -> int:
    """How many columns a text takes, near enough for a table."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - few tables need it

    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text if not combining(one))


def percent(share: float | None) -> str:
    """A share of 0 to 1 in words; "no data" for none."""
    return "no data" if share is None else f"{share * 100:.0f}%"


def number(value: float | None) -> str:
    """A number as people write it: 26, 7.5; a dash for none."""
    return "–" if value is None else f"{value:.10g}"
