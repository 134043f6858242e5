"""What the interface holds on any terminal it holds on this one: hostile text, sealed words, and bytes that nobody sends."""

from __future__ import annotations

import asyncio
import random

import pytest
from serve.test_host import Client, inside, until
from ui.test_hostile_text import hostile
from ui.test_intake import PIECES
from ui.test_seal import quarter

from okrtui.core.model import ScoreSide
from okrtui.service import scores
from screens.commands import PAGES

__all__ = ["hostile", "quarter"]

REASONING = "Zanzibar nights, said nobody ever"
OBEYED = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\u202e\u2066"
"""What would write a colleague's clipboard, clear their screen, colour it or turn it round."""


async def through_all_pages(client: Client) -> None:
    """Look at every page, with a dialog or two."""
    for page in PAGES:
        for key in (f"\x1b[{KEYS[page]}~" if page in KEYS else "", "?", "\x1b", "j"):
            if key:
                await client.press(key)
            await settled(client)


KEYS = dict(zip(PAGES, ("11", "12", "13", "14", "15", "17", "18", "19"), strict=False))
"""F1 to F8, as an xterm sends them."""


async def settled(client: Client) -> None:
    """Wait until nothing more is printed, for a moment."""
    before = -1
    while before != len(client.raw):
        before = len(client.raw)
        await asyncio.sleep(0.15)


async def test_no_text_of_anybody_is_obeyed_by_a_terminal(hostile):
    """Also where it stands in the file in spite of everything that cleans it on entry."""
    with hostile.store.writing() as connection:
        for table, column in (
            ("objective", "title"),
            ("objective", "why"),
            ("key_result", "statement"),
            ("team", "name"),
        ):
            connection.execute(f"UPDATE {table} SET {column} = ? || {column}", (OBEYED,))  # noqa: S608  # ours
    async with inside(hostile) as there, there.client("ana") as ana:
        await through_all_pages(ana)
        await ana.press("\x11")
        assert await ana.ends() == 0
    assert b"\x1b]52;" not in ana.raw
    assert b"\x1b[2J" not in ana.raw
    for obeyed in "\x9b\u202e\u2066":
        assert obeyed.encode() not in ana.raw
    assert b"[@click=app.quit]" in ana.raw


@pytest.mark.parametrize("side", [ScoreSide.SELF, ScoreSide.MANAGER])
async def test_what_is_sealed_is_not_sent_to_the_other_side(quarter, side):
    by, others = ("ana", ["lea"]) if side is ScoreSide.SELF else ("lea", ["ana", "ben"])
    scores.write(quarter.as_(by), "KR1", side, 0.1, REASONING)
    async with inside(quarter) as there:
        for handle in others:
            async with there.client(handle) as other:
                await through_all_pages(other)
            assert b"Zanzibar" not in other.raw
        async with there.client(by) as own:
            await own.press("5")
            await until(lambda: b"Zanzibar" in own.raw, "one's own words", lambda: own.text)


@pytest.mark.parametrize("seed", range(2))
async def test_any_bytes_leave_a_session_that_answers(company, seed, caplog):
    """Random bytes and pieces of what terminals send: nobody's session ends by them, and the last key is a key again."""
    company.accepted()
    chance = random.Random(seed)
    async with inside(company) as there, there.client("lea") as lea:
        async with there.client("ana") as ana:
            for _ in range(30):
                data = chance.randbytes(chance.randrange(1, 30)) + b"".join(chance.choices(PIECES, k=6))
                # Neither q nor ctrl+q, which end it as they should.
                ana.channel.write(bytes(byte for byte in data if byte not in b"qQ\x11"))
                if chance.random() < 0.1:
                    ana.channel.change_terminal_size(chance.randrange(200), chance.randrange(80))
            ana.channel.write(b"\x1b[201~")
            await settled(ana)
            assert ana.is_open
            await ana.press("\x11")
            assert await ana.ends() == 0
        await lea.press("2")
        await lea.until("Buyers get their answer")
    assert "crashed" not in caplog.text
