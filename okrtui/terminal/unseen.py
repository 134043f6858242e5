"""The last guard before the terminal: whatever is drawn, no line of it holds what a terminal would obey."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

from widgets.text import UNSEEN

if TYPE_CHECKING:
    from textual.color import Color

# Within a line that is drawn a newline is obeyed, too.
_OBEYED = re.compile(f"\n|{UNSEEN.pattern}")


class Unseen(LineFilter):
    """Blanks control, bidirectional and tag characters, and keeps each line as wide as it was measured.

    Text from people is made safe where it enters and again where it is put into a widget; this holds for a widget that
    forgot.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments where all is well, as in nearly every line."""
        del background
        for segment in segments:
            text = segment.text
            if not (text.isascii() and text.isprintable()) and _OBEYED.search(text):
                return [_blanked(one) for one in segments]
        return segments


def _blanked(segment: Segment) -> Segment:
    text, style, _ = segment
    # Most of them are measured as nothing, and leave nothing behind.
    return Segment(_OBEYED.sub(lambda found: "·" * cell_len(found.group()), text), style)
