"""The picture of the README: the demo's room on one day. ``python docs/picture.py > docs/room.svg``."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from okrtui.app import OkrtuiApp
from okrtui.demo import PERSON, build
from okrtui.service.session import Session
from okrtui.store import people

if TYPE_CHECKING:
    from okrtui.store.file import Store

DAY = datetime(2026, 11, 21, 10, tzinfo=UTC)


def somebody(store: Store) -> Session:
    """The demo's person, on that day."""
    with store.reading() as connection:
        person = people.by_handle(connection, PERSON)
    return Session(store, person.id if person else None, clock=lambda: DAY)


async def picture(path: Path) -> str:
    """The room as SVG, with whatever fixed-width font the reader has: nothing is fetched."""
    app = OkrtuiApp(path, somebody)
    async with app.run_test(size=(120, 36)) as pilot:
        while not app.screen.query_one("#needs").option_count:  # type: ignore[attr-defined]  # a Listing
            await pilot.pause()
        await pilot.pause()
        svg = app.export_screenshot(title="okrtui")
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)


def main() -> None:
    """Print the picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "okr.db"
        build(path, DAY)
        sys.stdout.write(asyncio.run(picture(path)))


if __name__ == "__main__":
    main()
