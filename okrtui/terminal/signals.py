"""Signals that end the program: through its loop, so that what is open is finished; and in time, whatever happens."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENDING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)

PATIENCE = 2.2
"""Seconds an application has to finish what is open; after them the terminal is restored and the process left."""

LAST = 2.8
"""Seconds after which the system ends a process in which nothing runs any more."""


@contextmanager
def ending(leave: Callable[[int], None], restore: Callable[[], None]) -> Iterator[Callable[[int], None]]:
    """End by signals, within.

    ``leave`` gets the exit status to end with (128 and the signal's number); called on the main thread between any two
    instructions, it may only leave a note. ``restore`` gives the terminal back where the application did not end in
    time. Yields the same way to end, for who learns otherwise that the terminal is gone.
    """
    before = {one: signal.getsignal(one) for one in ENDING}
    watch: list[Timer] = []

    def end(status: int) -> None:
        if watch:
            return
        watch.append(_watchdog(status, restore))
        leave(status)

    for one in ENDING:
        signal.signal(one, lambda number, _frame: end(128 + number))
    try:
        yield end
    finally:
        for timer in watch:
            timer.cancel()
        for one, handler in before.items():
            # A second one, on the way out, shall not leave a word about it.
            signal.signal(one, signal.SIG_IGN if watch else handler)


def _watchdog(status: int, restore: Callable[[], None]) -> Timer:
    def give_up() -> None:
        restore()
        os._exit(status)

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, LAST)
    timer = Timer(PATIENCE, give_up)
    timer.daemon = True
    timer.start()
    return timer
