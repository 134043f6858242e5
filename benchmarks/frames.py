"""What a frame costs between Textual and the terminal: the line filter, and leaving out what stands there already.

    python -m benchmarks.frames

Prints JSON: for the frames of a walk through every page of the small demo, drawn for 80 by 24 and for 120 by 36, their
number, their bytes as Textual writes them and as they are sent, and the microseconds a frame that each of the two takes.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.control import Control
from textual._compositor import CompositorUpdate

from benchmarks.pauses import PAGES, application
from okrtui.demo import build
from okrtui.terminal.picture import Picture
from okrtui.terminal.unseen import Unseen

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.segment import Segment
    from textual.color import Color
    from textual.screen import Screen

    from okrtui.app import OkrtuiApp

KEYS = ("j", "j", "k", "j", "k", "k")


class Timed(Unseen):
    """The line filter, and how long it took."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0
        self.lines = 0

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same as the filter's own."""
        began = time.perf_counter()
        found = super().apply(segments, background)
        self.seconds += time.perf_counter() - began
        self.lines += 1
        return found


def recorded(app: OkrtuiApp) -> list[str]:
    """The frames that an application is going to write, as Textual gives them to its driver."""
    frames: list[str] = []
    display = app._display

    def record(screen: Screen[object], update: RenderableType | None) -> None:
        if isinstance(update, CompositorUpdate) and not app._batch_count:
            end = Control.move_to(*app.cursor_position).segment.text
            frames.append(update.render_segments(app.console) + end)
        display(screen, update)

    app._display = record  # type: ignore[assignment, method-assign]  # to listen in
    return frames


async def walked(path: Path, size: tuple[int, int]) -> tuple[list[str], Timed]:
    """The frames of a walk through every page, and what the line filter did for them."""
    app = application(path)
    app._unseen = filtering = Timed()
    frames = recorded(app)
    async with app.run_test(size=size) as pilot:
        for page in PAGES:
            await pilot.press(page)
            await pilot.pause(0.7)
            for key in KEYS:
                await pilot.press(key)
                await pilot.pause(0.3)
    return frames, filtering


def figures(frames: list[str], filtering: Timed) -> dict[str, float]:
    """What the frames came to."""
    picture = Picture()
    began = time.perf_counter()
    sent = [picture.towards(frame) for frame in frames]
    took = time.perf_counter() - began
    before, after = (sum(len(one.encode()) for one in each) for each in (frames, sent))
    return {
        "frames": len(frames),
        "bytes as written": before,
        "bytes sent": after,
        "written / sent": round(before / after, 1),
        "microseconds a frame: leaving out": round(took * 1e6 / len(frames)),
        "microseconds a frame: line filter": round(filtering.seconds * 1e6 / len(frames)),
        "microseconds a line: line filter": round(filtering.seconds * 1e6 / filtering.lines, 2),
    }


@click.command()
def main() -> None:
    """Measure frames."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.db"
        build(path, datetime.now(UTC))
        found = {
            f"{width} by {rows}": figures(*asyncio.run(walked(path, (width, rows))))
            for width, rows in ((80, 24), (120, 36))
        }
    click.echo(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
