"""What stands on the terminal, and the shortest way from it to the next frame.

Textual writes each segment with all of its style and a reset, and all of a line of which a part has changed. Over a slow
link that is most of what a key costs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable

_BELL = "\x07"

_TEXT = "[^\x00-\x1f\x7f-\x9f]"
_TOKEN = re.compile(rf"\x1b\[([0-9;]+)m({_TEXT}*)\x1b\[0m|({_TEXT}+)|\x1b\[(\d+);(\d+)H|\n(?=\x1b\[\d+;\d+H)")

_ONE_CELL_EACH = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2190-\u2199\u2500-\u25fc\u270e\u2713\u2715\u2717\u2718]*"
)
"""Characters about whose width no two terminals differ, as far as Textual counts on it too."""

_JOINED = re.compile("[\u200d\ufe0e\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
"""Characters of which some terminals make one with those beside them, and others do not."""

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
"""What ends a mark: bold and dim share theirs."""

_UNSEEN_ON_BLANKS = frozenset({"1", "2", "3"})
_CODE = re.compile(r"[34]8;(?:2;\d+;\d+;\d+|5;\d+)|\d+")


class _Run(NamedTuple):
    """Text in one style, at a column from 1."""

    column: int
    end: int
    style: str
    text: str


class _Piece:
    """What is written from one place on. Where its runs stand is known while it ``is_sure``."""

    __slots__ = ("column", "is_sure", "row", "runs")

    def __init__(self, row: int, column: int) -> None:
        self.row, self.column = row, column
        self.runs: list[_Run] = []
        self.is_sure = True

    def add(self, column: int, style: str, text: str) -> int:
        """Write on; the column after it, as Textual counts."""
        is_sure = text.isascii() or _ONE_CELL_EACH.fullmatch(text) is not None
        self.is_sure = self.is_sure and is_sure
        end = column + (len(text) if is_sure else cell_len(text))
        self.runs.append(_Run(column, end, style, text))
        return end


class Picture:
    """Knows what was written last, and leaves out of a frame what stands there already.

    What it does not understand it passes on as it is. Whoever drops a frame, gives the terminal away, or learns that it
    was resized, calls :meth:`forget`. Between frames the terminal has no style, as Textual leaves it.
    """

    def __init__(self) -> None:
        self._rows: dict[int, list[_Run]] = {}

    def forget(self) -> None:
        """Take it that anything may stand there."""
        self._rows.clear()

    def towards(self, data: str) -> str:
        """What to write so that the terminal shows what it would after ``data``."""
        if data == _BELL:  # which leaves the cells as they are
            return data
        pieces = _pieces(data)
        if pieces is None:
            self.forget()
            return data
        way = _Way()
        for piece in pieces:
            way.write(piece, self._changed(piece))
        return way.whole(pieces[-1])

    def _changed(self, piece: _Piece) -> list[_Run]:
        """The runs of a piece that do not stand there yet; they do from now on."""
        if not piece.runs:
            return []
        before = self._rows.pop(piece.row, [])
        if not piece.is_sure:
            return piece.runs
        start, end = piece.column, piece.runs[-1].end
        self._rows[piece.row] = [*(one for one in before if one.end <= start or one.column >= end), *piece.runs]
        known = set(before)
        return [one for one in piece.runs if one not in known]


def _pieces(data: str) -> list[_Piece] | None:
    """A frame's pieces, the last of which is where it leaves the cursor; None where it is no frame."""
    pieces: list[_Piece] = []
    at = column = 0
    for token in _TOKEN.finditer(data):
        if token.start() != at:
            return None
        at = token.end()
        style, styled, plain, row, place = token.groups()
        if row:
            column = int(place)
            pieces.append(_Piece(int(row), column))
        elif text := styled or plain:
            if not pieces:
                return None
            column = pieces[-1].add(column, style or "", text)
    return pieces if pieces and not pieces[-1].runs and at == len(data) else None


class _Way:
    """What is written, with the style and the place that the terminal has come to by it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._style = ""
        self._row = self._column = 0

    def write(self, piece: _Piece, runs: Iterable[_Run]) -> None:
        """Write runs of a piece where they belong.

        After characters that a terminal may draw wider or narrower than Textual counts on, the next run begins by going to its
        column; and nothing of what stood there before is left beside them.
        """
        for run in runs:
            self._move(piece.row, run.column)
            turn, self._style = _turned(self._style, run.style, is_blank=run.text.isspace())
            if not piece.is_sure and _JOINED.search(run.text):
                self._parts += (turn, " " * (run.end - run.column), f"\x1b[{run.column}G", run.text)
                self._column = 0
            else:
                self._parts += (turn, run.text)
                self._column = run.end
        if not piece.is_sure:
            self._row = 0

    def whole(self, last: _Piece) -> str:
        """All of it; it leaves the terminal without a style, and the cursor where ``last`` says."""
        if self._style:
            self._parts.append("\x1b[m")
        self._row = 0
        self._move(last.row, last.column)
        return "".join(self._parts)

    def _move(self, row: int, column: int) -> None:
        if row != self._row:
            self._parts.append(f"\x1b[{row};{column}H" if column > 1 else f"\x1b[{row}H")
        elif column != self._column:
            self._parts.append(f"\x1b[{column}G")
        self._row, self._column = row, column


class _Style(NamedTuple):
    """A style's parts: SGR codes, empty where the terminal's own colour is meant."""

    marks: frozenset[str]
    colour: str
    ground: str


@lru_cache(maxsize=4096)
def _turned(before: str, after: str, *, is_blank: bool) -> tuple[str, str]:
    """What turns one style into another, and the style it then is: for blanks the ground alone counts."""
    old, new = _style(before), _style(after)
    if is_blank and not (old.marks | new.marks) - _UNSEEN_ON_BLANKS:
        new = old._replace(ground=new.ground)
        after = ";".join(filter(None, (*sorted(new.marks), new.colour, new.ground)))
    if old == new:
        return "", after
    if not after:
        return "\x1b[m", after
    whole = f"\x1b[0;{after}m"
    if not (old.marks | new.marks) <= _OFF.keys():
        return whole, after
    codes = sorted({_OFF[one] for one in old.marks - new.marks})
    codes += sorted(new.marks - old.marks | (new.marks & {"1", "2"} if "22" in codes else set()))
    if new.colour != old.colour:
        codes.append(new.colour or "39")
    if new.ground != old.ground:
        codes.append(new.ground or "49")
    return min(f"\x1b[{';'.join(codes)}m", whole, key=len), after


@lru_cache(maxsize=4096)
def _style(codes: str) -> _Style:
    marks, colour, ground = set(), "", ""
    for code in _CODE.findall(codes):
        if code.startswith(("3", "9")) and code not in {"3", "9"}:
            colour = "" if code == "39" else code
        elif code.startswith(("4", "10")) and code != "4":
            ground = "" if code == "49" else code
        else:
            marks.add(code)
    return _Style(frozenset(marks), colour, ground)
