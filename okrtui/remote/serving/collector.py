"""Python's collector of cycles, tuned for many applications: all of what they hold is looked through when nobody types.

Each application is some ten to fifty thousand objects. By itself Python looks through those of all in the middle of a key: two
seconds where forty have shown every page. What an application was that has ended is taken apart without it (okrtui.terminal.leftovers).
"""

from __future__ import annotations

import gc
from time import monotonic

YOUNG, MIDDLE, NEVER = 10_000, 10, 1_000_000
QUIET_SECONDS = 30.0
"""How long nobody has pressed anything before all is looked through."""
FEW_ENDED, MOST_ENDED = 20, 200
"""Sessions that ended after which it is worth it while nobody types, and after which it is done whether or not somebody does: each
leaves a twentieth of what it held."""
LONGEST_SECONDS = 3600.0
"""After which it is worth it in any case: dialogs leave a little, too."""


class Collector:
    """Looks through what is young by itself, and through the rest once sessions have ended."""

    def __init__(self) -> None:
        self._ended = 0
        self._looked = monotonic()

    def begin(self) -> None:
        """Take what is there for what stays: nothing of it is looked through again."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)

    def session_ended(self) -> None:
        """A session has left what it held."""
        self._ended += 1

    def look(self, quiet: float) -> None:
        """Look through all of it if that is due; ``quiet`` are the seconds since anybody pressed anything."""
        is_worth_it = self._ended >= FEW_ENDED or monotonic() - self._looked > LONGEST_SECONDS
        if self._ended >= MOST_ENDED or (is_worth_it and quiet > QUIET_SECONDS):
            self._ended, self._looked = 0, monotonic()
            gc.collect()
