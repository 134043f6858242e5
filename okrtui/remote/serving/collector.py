"""Python's collector of cycles, tuned for many applications: all of what they hold is looked through when nobody types.

Each application is some sixty thousand objects. By itself Python looks through those of all in the middle of a key.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE, NEVER = 10_000, 10, 1_000_000
QUIET_SECONDS = 10.0
"""How long nobody has pressed anything before all is looked through."""
MOST_ENDED = 50
"""Sessions that ended after which it is done whether or not somebody types: each leaves two megabytes."""


class Collector:
    """Looks through what is young by itself, and through the rest once sessions have ended."""

    def __init__(self) -> None:
        self._ended = 0

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
        if self._ended >= MOST_ENDED or (self._ended and quiet > QUIET_SECONDS):
            self._ended = 0
            gc.collect()
