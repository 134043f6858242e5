"""No file is touched on an event loop: a slow disk, or a writer that is waited for, would hold up everybody drawn by it."""

from __future__ import annotations

import sys


def refuse_loop() -> None:
    """Let a thread pass that runs no event loop; a connection serves the thread that opened it, and no other.

    Raises:
        RuntimeError: on a loop, which has :class:`~okrtui.store.gateway.Gateway` and its thread to ask.
    """
    events = sys.modules.get("asyncio.events")  # who never loaded it runs no loop, and need not load it now
    if events is not None and events._get_running_loop() is not None:
        raise RuntimeError("a file is opened on an event loop: ask the gateway, which has a thread for it")
