"""What our drivers share: they write only what the terminal does not show yet, and nothing of the host is opened."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.driver import Driver

from okrtui.terminal.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import App

LEAVE = "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""What gives the terminal back, at once."""

_LARGEST = 1000
"""Columns or rows that a terminal can have: more is no size, and costs the memory of one."""


def size_of(columns: int, rows: int) -> tuple[int, int]:
    """The size a terminal says it has, as it is drawn for: one that says nothing, or nonsense, gets one that works."""
    return min(columns or 80, _LARGEST), min(rows or 24, _LARGEST)


class PaintingDriver(Driver):
    """Writes frames through a ``Picture``; buttons and wheel of the mouse, no movements.

    ``App.hung_up`` is called on the loop when the terminal is gone.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._picture = Picture()
        self._must = self._is_amid_a_frame = False

    @property
    @abstractmethod
    def is_behind(self) -> bool:
        """Whether the terminal is slow: it has not taken yet what was written."""

    @abstractmethod
    def put(self, text: str, *, must: bool) -> bool:
        """Send a text as it is; whether it is on its way: one that need not be is dropped while too much waits."""

    def write(self, data: str) -> None:
        """Write to the terminal what it does not show yet; shapes of a pointer that is never followed are left out.

        A frame goes with what opens and closes it, or not at all: a terminal that was told of none waits for no end.
        """
        if data in {SYNC_START, SYNC_END}:
            self._is_amid_a_frame = data == SYNC_START
        elif not data.startswith("\x1b]22;"):
            text = self._picture.towards(data)
            if self._is_amid_a_frame:
                text = f"{SYNC_START}{text}{SYNC_END}"
            if not self.put(text, must=self._must):
                self._picture.forget()

    def open_url(self, url: str, new_tab: bool = True) -> None:  # noqa: FBT001, FBT002  # Textual's signature
        """Open nothing: a browser would open where the program runs."""

    def deliver_binary(self, binary: object, *, delivery_key: str, save_path: Path, **how: object) -> None:
        """Save nothing: a file would be saved where the program runs."""

    def _whole(self, switch: Callable[[], None]) -> None:
        """Run what writes modes, none of which may be dropped; what stands there is another's before or after."""
        self._must = True
        self._picture.forget()
        try:
            switch()
        finally:
            self._must = False

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1006l")

    def _hung_up(self) -> None:
        self._app.hung_up()  # type: ignore[attr-defined]  # these drivers are ours alone

    def _redraw(self) -> None:
        self._picture.forget()
        if self._app.is_running and not self._app._exit:  # an ending application draws no more
            self._app.refresh(layout=True)
            self._app.screen.refresh(layout=True)
